"""The budget of a whole municipality: what is meant where a question names a budget and nothing that it is for.

"İzmir 2024 bütçesi ne kadar?" asks for the total of all that the document plans, "Kars 2020'de ne kadar harcadı?" for
the total spent, "gelir bütçesi" for the total of revenues. The rows of totals that stand below no goal and no activity
tell it; where a document prints the totals of its units only, they are added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.index import Index
from indexer.records import Fact, Measure, Source
from indexer.turkish import ascii_key, keys
from qa.answering.comparing.pairing import Ask
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.finding.figures import Found
from qa.finding.lines import Line, is_below_goal, is_whole, lines_of
from qa.finding.row_question import scope_of, sources_of
from qa.finding.row_words import means, word_pattern
from qa.finding.vocabulary import says
from qa.records import Asked, Question
from qa.row_wording import units_sum_sentence
from qa.wording import figure_sentence, larger_sentence, nearest_sentence, told_sentence, value_missing

_SURE = 0.95
_MONEY = "TL"
_LEAST_UNITS = 3
_NOT_WHOLE = ("rank", "list", "count", "why", "series", "difference", "ratio")
_NEAR = 4  # words before a sum that say what it is of
_TITLE = 2  # headings above a table that say whose totals it holds
_FAMILIES = ("totals", "budgets", "delimited", "grid", "listing")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of the budget is asked for: revenues or expenditure, planned or come about."""

    income: bool
    measures: tuple[Measure, ...]


def whole_budget_draft(question: Question, found: Sequence[Found], ask: Ask, index: Index) -> Draft | None:
    """The total budget of each municipality asked about; None where the question names what the money is for.

    Args:
        question: the question as understood.
        found: the figures that were weighed for it, likeliest first; where the first tells the whole budget, it stays.
        ask: finds the figures for a part of the question.
        index: the index whose tables are read.
    """
    asked = _asked(question, index)
    if asked is None:
        return None
    municipalities = question.municipalities or _all(question, index)
    several = len(municipalities) > 1
    if not municipalities or (not several and found and _tells_whole(question, found[0], asked, index)):
        return None
    draft = Draft(index, confidence=_SURE, over_rows=True)
    sentences: list[str] = []
    firsts: list[Found] = []
    for municipality in municipalities:
        told = ask(replace(question, municipalities=(municipality,)))[:1] if several else []
        newest = next((source.year for source in sources_of(question, municipality, index)), None)
        told = [one for one in told if one.year == newest and _tells_whole(question, one, asked, index)]
        chosen = told or _of_municipality(question, municipality, asked, index)
        if chosen:
            shown = chosen[:1] if several else chosen
            for one in shown:
                tell = figure_sentence if one.fact is not None else told_sentence
                sentences.append(tell(draft.add(one), question.language))
            firsts.append(chosen[0])
        elif not several:
            return _of_units(question, municipality, asked, index) or _missing(question, municipality, asked, index)
    if not firsts or (several and len(firsts) < 2):
        return None
    if several and all(one.unit == _MONEY for one in firsts):
        first, second = sorted(firsts, key=lambda one: -one.figure.value)[:2]
        figures = [draft.figure_of(first), draft.figure_of(second)]
        sentences.append(larger_sentence(figures, [first.label, second.label], question.language))
    draft.text = " ".join(sentences)
    return draft


def with_whole(question: Question, found: list[Found], index: Index) -> list[Found]:
    """The figures found, with the whole budget before them where the question for one municipality is for it.

    A comparison or a ratio asks for each of its sides by itself; so the total stands among the figures found.
    """
    asked = _asked(replace(question, wants=("figure",)), index) if len(question.municipalities) == 1 else None
    if asked is None or (found and _tells_whole(question, found[0], asked, index)):
        return found
    return [*_of_municipality(question, question.municipalities[0], asked, index)[:1], *found]


def whole_totals(question: Question, municipality: str, income: bool, done: bool, index: Index) -> list[Found]:
    """The total of a municipality's income or expenses, come about or planned; empty where none is printed.

    Income that came in is told less what was paid back, where a column of the row does so.
    """
    reached: tuple[Measure, ...] = ("actual", "spending") if income else ("spending", "actual")
    found = _of_municipality(question, municipality, _Asked(income, reached if done else ("budget",)), index)
    for one in found[:1] if income and done else ():
        for line in lines_of(index, one.document):
            if line.row.span == one.quote:
                net = [
                    fact for fact in line.facts if fact.measure == one.measure and says("balance", fact.column, "net")
                ]
                return [found_of(fact, line, 1.0, _SURE) for fact in net] or found
    return found


def _missing(question: Question, municipality: str, asked: _Asked, index: Index) -> Draft | None:
    """That no document holds the budget of the year asked for, and the nearest one held; None where none is."""
    if not question.years:
        return None
    chosen = _of_municipality(replace(question, years=()), municipality, asked, index)
    if not chosen:
        return None
    draft = Draft(index, status="abstained")
    lack = value_missing(Asked(question.years[0], asked.measures[0]), question.language, municipality)
    draft.text = f"{lack} {nearest_sentence(draft.figure_of(chosen[0]), question.language)}"
    return draft


def _asked(question: Question, index: Index) -> _Asked | None:
    """What is asked of the whole budget; None where the question has words that narrow it down."""
    key = ascii_key(question.query_text or question.text)
    parts = "share" in question.wants and not {"spending", "actual"} & set(question.measures)
    if parts or set(question.wants) & set(_NOT_WHOLE) or "rate" in question.measures or "%" in question.units:
        return None
    if word_pattern("whole_budget", "named").search(key) is None:
        return None
    units = word_pattern("whole_budget", "units").search(key) is not None
    narrowing = [word for word in question.content if not word.isdigit() and not means("whole_budget", "frame", word)]
    if any(not (units and means("whole_budget", "unit", word)) for word in narrowing):
        return None
    income = says("whole_budget", key, "income") and not says("whole_budget", key, "expense")
    done = bool({"spending", "actual"} & set(question.measures))
    sources = [index.documents[document].source for document in scope_of(question, index)]
    of_year = [source for source in sources if source.year in question.years or not question.years]
    reports = all(source.kind == "faaliyet" for source in of_year)
    if done or (reports and not says("whole_budget", key, "planned")):  # a report's bare revenues came in
        return _Asked(income, ("actual", "spending") if income else ("spending", "actual"))
    return _Asked(income, ("budget",))


def _all(question: Question, index: Index) -> tuple[str, ...]:
    """Every municipality held, where the question sets them all against each other ("hangi belediyenin")."""
    if not {"compare", "who"} & set(question.wants) or not says("whole_budget", question.text, "whose"):
        return ()
    return tuple(dict.fromkeys(document.source.municipality for document in index.documents.values()))


def _tells_whole(question: Question, one: Found, asked: _Asked, index: Index) -> bool:
    """Whether the likeliest figure itself tells the whole budget of the year: a sentence on it, or a row of totals."""
    if question.years and one.year not in question.years:
        return False
    if one.fact is not None:
        lines = [line for line in lines_of(index, one.document) if line.row.span == one.quote]
        own = [line for line in lines if _is_of_all(line) and _is_income(line, one.fact) == asked.income]
        return one.measure in asked.measures and any(not _is_part(one, line) for line in own)
    if "budget" not in asked.measures:
        return False
    before = index.documents[one.document].text[one.quote.start : one.figure.span.start]
    words = [word for word in keys(before)[-4:] if not word.isdigit()]
    told = bool(words) and all(means("whole_budget", "frame", word) for word in words[-2:])
    income = says("whole_budget", " ".join(before.split()[-_NEAR:]), "income")
    return told and income == asked.income and says("whole_budget", before, "planned") and one.unit == _MONEY


def _is_part(one: Found, line: Line) -> bool:
    """Whether a row adds up more than a cell of it tells: "Performans Hedefleri | Genel Yönetim | Genel Toplam"."""
    alike = (fact for fact in line.facts if (fact.unit, fact.measure, fact.year) == (one.unit, one.measure, one.year))
    return any(fact.figure.value > one.figure.value for fact in alike)


def _of_municipality(question: Question, municipality: str, asked: _Asked, index: Index) -> list[Found]:
    """The largest total of the document of the year asked for, and the total of the budget alone where that is less."""
    for source in sources_of(question, municipality, index):
        year = question.years[0] if question.years else source.year
        cells = list(_cells(source, asked, year, index))
        for measure in asked.measures:
            own = sorted((cell for cell in cells if cell[1].measure == measure), key=_order)
            if own:
                first = own[0]
                rest = [cell for cell in own[1:] if _is_budget_alone(cell[0]) and not _is_budget_alone(first[0])]
                alone = [cell for cell in rest if cell[1].figure.value < first[1].figure.value]
                return [found_of(fact, line, 1.0, _SURE) for line, fact in (first, *alone[:1])]
    return []


def _order(cell: tuple[Line, Fact]) -> tuple[Decimal, bool, int]:
    line, fact = cell
    return (-fact.figure.value, not says("whole_budget", line.row.label, "planned"), line.row.span.start)


def _is_budget_alone(line: Line) -> bool:
    """Whether a row adds up what the budget itself pays: "Toplam Bütçe Kaynak İhtiyacı"."""
    return word_pattern("whole_budget", "inside").search(ascii_key(line.row.label)) is not None


def _cells(source: Source, asked: _Asked, year: int | None, index: Index) -> Iterator[tuple[Line, Fact]]:
    for line in lines_of(index, source.id):
        if not line.facts or not _is_of_all(line):
            continue
        for fact in line.facts:
            of_year = fact.year == year or (fact.year is None and source.year == year)
            if fact.unit == _MONEY and of_year and _is_income(line, fact) == asked.income and fact.figure.value > 0:
                yield line, fact


def _is_of_all(line: Line) -> bool:
    """Whether a row adds up everything of the municipality: named as the budget, or a total below no goal."""
    table = line.table
    if table.family not in _FAMILIES or line.attribute or is_below_goal(table):
        return False
    words = [word for word in keys(line.row.label) if not word.isdigit()]
    if not words or not all(means("whole_budget", "row", word) for word in words):
        return False
    above = " ".join((table.title, *table.context[-_TITLE:]))
    if says("whole_budget", line.row.label, "planned"):
        return line.total or len(words) < 4
    return is_whole(line) and says("whole_budget", above, "planned_above")


def _is_income(line: Line, fact: Fact) -> bool:
    own = f"{line.row.label} {fact.column}"
    if says("whole_budget", own, "income") != says("whole_budget", own, "expense"):
        return says("whole_budget", own, "income")
    above = " ".join((line.table.title.split("/")[-1], *line.table.context[-1:]))
    return says("whole_budget", above, "income") and not says("whole_budget", above, "expense")


def _of_units(question: Question, municipality: str, asked: _Asked, index: Index) -> Draft | None:
    """The sum of the totals of all units, named as such, where the document prints no total of its own."""
    if asked.income:
        return None
    for source in sources_of(question, municipality, index):
        year = question.years[0] if question.years else source.year
        totals: dict[tuple[str, ...], tuple[Line, Fact]] = {}
        for line in lines_of(index, source.id):
            if line.kinds == {"unit"} and line.table.family == "projects":
                for fact in line.facts:
                    if fact.unit == _MONEY and fact.year == year and fact.measure in asked.measures:
                        totals.setdefault(tuple(keys(line.name)), (line, fact))
        if len(totals) < _LEAST_UNITS:
            continue
        draft = Draft(index, confidence=_SURE, over_rows=True)
        figures = [draft.add(found_of(fact, line, 1.0, _SURE)) for line, fact in totals.values()]
        if len(draft.figures) != len(figures):
            return None
        total = sum((figure.value for figure in figures), Decimal(0))
        formula = " + ".join(str(figure.value) for figure in figures)
        result = draft.compute(total, formula, figures, _MONEY)
        names = [line.name for line, _ in totals.values()]
        draft.text = units_sum_sentence(result, names, figures, year, question.language)
        return draft
    return None
