"""The money of one unit of a municipality: "itfaiye bütçesi ne kadar", "Fen İşleri Müdürlüğü ne kadar harcadı".

A report prints what each unit was granted and what it spent. A programme has the costs of activities and says which
unit is responsible for which: there the activities of the unit are added up, and the sum is named as ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from indexer.index import Index
from indexer.records import Fact, Source
from indexer.turkish import ascii_key, key, tokens
from qa.answering.draft import Draft
from qa.answering.money.total_words import activities_sum_sentence
from qa.answering.money.unit_columns import unit_lines
from qa.answering.ranking import found_of, measure_fit
from qa.finding.figures import Found
from qa.finding.lines import Line, lines_of
from qa.finding.row_question import asks_least, municipalities_in, number_asked, scope_of, sources_of, things_ranked
from qa.finding.row_words import means, word_pattern
from qa.finding.vocabulary import says
from qa.records import Question
from qa.row_wording import rank_sentence
from qa.wording import figure_sentence

_SURE = 0.95
_MONEY = "TL"
_LEAST_ROWS = 3
_OTHER_KINDS = ("rank", "list", "compare", "why", "series", "difference", "ratio", "share", "fulfilment", "yesno")


def unit_money_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """What a unit was granted or spent; None where the question asks for something else, or a printed row tells it.

    Args:
        question: the question as understood.
        found: the figures weighed for it, likeliest first.
        index: the index whose tables are read.
    """
    topic = _topic(question)
    if not topic:
        return None
    exact = not says("unit_money", question.query_text or question.text, "said")
    if found and _is_printed(found[0], topic, exact, question, index):
        return None
    draft = Draft(index, confidence=_SURE, over_rows=True)
    sentences: list[str] = []
    for municipality in question.municipalities or municipalities_in(question, index):
        for source in sources_of(question, municipality, index):
            told = _row(question, source, topic, exact, draft) or _sum(question, source, topic, exact, draft)
            if told:
                sentences += told
                break
    draft.text = " ".join(sentences)
    return draft if draft.figures else None


def with_units(question: Question, found: list[Found], index: Index) -> list[Found]:
    """The figures found, with what the question's unit was granted or spent where only percentages tell the columns.

    A comparison of units asks for each of them by itself; so the values stand among the figures found.
    """
    text = question.query_text or question.text
    if not says("unit_money", text, "said") or word_pattern("unit_money", "named").search(ascii_key(text)) is None:
        return found
    asked = frozenset(question.content)
    told = []
    for document in scope_of(question, index):
        if question.years and index.documents[document].source.year not in question.years:
            continue
        lines = [line for line in unit_lines(index, document) if asked >= (_own_words(line.name) or {""})]
        facts = [(line, fact) for line in lines for fact in line.facts if measure_fit(fact, question)]
        facts.sort(key=lambda row: row[1].measure != "spending")  # of a budget and what was spent of it, the latter
        told += [found_of(fact, line, 1.0, _SURE) for line, fact in facts]
    return [*told, *found]


def unit_rank_draft(question: Question, index: Index) -> Draft | None:
    """The units that were granted or spent most, in a table whose columns only its percentages tell; else None."""
    things = things_ranked(question) if "rank" in question.wants else None
    if things is None or things.kind != "unit" or things.rest:
        return None
    for document in scope_of(question, index):
        source = index.documents[document].source
        if question.years and source.year not in question.years:
            continue
        rows = [(line, fact) for line, fact in _values(question, unit_lines(index, document)) if things.fit(line)]
        if len(rows) >= _LEAST_ROWS:
            return _ranked(question, rows, index)
    return None


def _ranked(question: Question, rows: list[tuple[Line, Fact]], index: Index) -> Draft:
    least = asks_least(question)
    ordered = sorted(rows, key=lambda row: row[1].figure.value, reverse=not least)
    chosen = ordered[: number_asked(question)]
    draft = Draft(index, confidence=_SURE, over_rows=True)
    figures = [draft.add(found_of(fact, line, 1.0, _SURE)) for line, fact in chosen]
    draft.text = rank_sentence([line.name for line, _ in chosen], figures, least, question.language)
    return draft


def _topic(question: Question) -> frozenset[str]:
    """The words that name the unit; none where a question for something else has other words, too."""
    text = question.query_text or question.text
    if set(question.wants) & set(_OTHER_KINDS) or "%" in question.units or "rate" in question.measures:
        return frozenset()
    if word_pattern("unit_money", "named").search(ascii_key(text)) is None:
        return frozenset()
    words = (word for word in question.content if not word.isdigit() and not means("unit_money", "frame", word))
    return frozenset(word for word in words if not means("unit_money", "unit", word))


def _own_words(name: str) -> frozenset[str]:
    """The words of a unit's name that tell it from other units."""
    return frozenset(
        key(token.text) for token in tokens(name) if not means("unit_money", "unit", token.text) and len(token.text) > 1
    ) - {"ve", "ile"}


def _is_meant(name: str, topic: frozenset[str], exact: bool) -> bool:
    own = _own_words(name)
    return own == topic if exact else topic <= own


def _is_printed(one: Found, topic: frozenset[str], exact: bool, question: Question, index: Index) -> bool:
    """Whether the likeliest figure is a value of the unit's own row, of the measure and year asked for."""
    if one.fact is None or (question.years and one.year not in question.years) or not measure_fit(one.fact, question):
        return False
    rows = (line for line in lines_of(index, one.document) if line.row.span == one.quote)
    return any("unit" in line.kinds and _is_meant(line.name, topic, exact) for line in rows)


def _values(question: Question, lines: Sequence[Line]) -> Iterator[tuple[Line, Fact]]:
    """The rows with their value that fits the measure best: what was spent, unless what was planned is asked for."""
    for line in lines:
        facts = [fact for fact in line.facts if fact.unit == _MONEY]
        planned = "budget" in question.measures and not {"spending", "actual"} & set(question.measures)
        wanted = "budget" if planned else "spending"
        fact = next((fact for fact in facts if fact.measure == wanted), None)
        if fact is not None:
            yield line, fact


def _row(question: Question, source: Source, topic: frozenset[str], exact: bool, draft: Draft) -> list[str]:
    """What a row of the unit itself tells, in a table whose columns are known."""
    lines = [line for line in unit_lines(draft.index, source.id) if _is_meant(line.name, topic, exact)]
    if len({line.name for line in lines}) != 1:
        return []
    for line, fact in _values(question, lines):
        return [figure_sentence(draft.add(found_of(fact, line, 1.0, _SURE)), question.language)]
    return []


def _sum(question: Question, source: Source, topic: frozenset[str], exact: bool, draft: Draft) -> list[str]:
    """The sum of the costs of the activities for which the unit is responsible."""
    if source.kind == "faaliyet" or {"spending", "actual"} & set(question.measures):
        return []
    activities: dict[str, dict[str, tuple[Line, Fact]]] = {}
    for line in lines_of(draft.index, source.id):
        if line.table.family != "costs" or line.attribute or "activity" not in line.kinds:
            continue
        for fact in line.facts:
            if fact.unit == _MONEY and fact.measure == "budget" and fact.year in (source.year, None):
                for unit in fact.units_responsible or line.row.units_responsible:
                    if _is_meant(unit, topic, exact):
                        activities.setdefault(unit, {}).setdefault(line.name, (line, fact))
    if len(activities) != 1:
        return []
    ((unit, rows),) = activities.items()
    ordered = sorted(rows.values(), key=lambda row: -row[1].figure.value)
    figures = [draft.add(found_of(fact, line, 1.0, _SURE)) for line, fact in ordered]
    if len(figures) == 1:
        return [figure_sentence(figures[0], question.language)]
    total = sum((figure.value for figure in figures), Decimal(0))
    result = draft.compute(total, " + ".join(str(figure.value) for figure in figures), figures, _MONEY)
    return [activities_sum_sentence(result, unit, [line.name for line, _ in ordered], figures, question.language)]
