"""The kinds of expense and of income of a whole municipality: how much one came to, and which is the largest.

They stand in the table that adds up the whole budget by economic code. A report tells by it what was spent or came in,
a programme what is planned; of several columns of that measure the one of totals is meant, whose sum is the largest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from indexer.index import Index
from indexer.records import Fact, Measure, Source
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.exclusion import leaves_out
from qa.finding.figures import Found
from qa.finding.lines import Line, is_below_goal, is_whole, lines_of
from qa.finding.row_question import asks_least, municipalities_in, number_asked, sources_of
from qa.finding.row_words import means, word_pattern
from qa.finding.vocabulary import says
from qa.records import AnswerFigure, Question
from qa.row_wording import rank_sentence
from qa.wording import figure_sentence

_SURE = 0.95
_MONEY = "TL"
_LEAST_ROWS = 3
_VALUE_KINDS = frozenset({"figure", "text", "sum", "count"})

_Row = tuple[Line, Fact]


def budget_item_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """How much a kind of expense or income of each municipality came to; None where something else is asked for.

    Args:
        question: the question as understood.
        found: the figures weighed for it; where the first is of such a row already, it stays.
        index: the index whose tables are read.
    """
    key = ascii_key(question.query_text or question.text)
    if not set(question.wants) <= _VALUE_KINDS or "%" in question.units or "rate" in question.measures:
        return None
    if word_pattern("budget_items", "named").search(key) is None:
        return None
    topic = _topic(question.content)
    if not topic or not question.municipalities:
        return None
    if "figure" in question.wants and found and _is_kind(found[0], topic, question, index):
        return None
    draft = Draft(index, confidence=_SURE, over_rows=True)
    sentences = []
    for municipality in question.municipalities:
        for source in sources_of(question, municipality, index):
            rows = [row for row in _rows(question, source, index) if _topic(keys(row[0].name)) == topic]
            if rows:
                line, fact = rows[0]
                sentences.append(figure_sentence(draft.add(found_of(fact, line, 1.0, _SURE)), question.language))
                break
    draft.text = " ".join(sentences)
    return draft if draft.figures else None


def budget_rank_draft(question: Question, index: Index) -> Draft | None:
    """The largest kinds of expense or income of each municipality; None where something else is put in order."""
    key = ascii_key(question.query_text or question.text)
    if "rank" not in question.wants or word_pattern("budget_items", "ranked").search(key) is None:
        return None
    if _topic(question.content):
        return None
    draft = Draft(index, confidence=_SURE, over_rows=True)
    sentences = []
    for municipality in question.municipalities or municipalities_in(question, index):
        rows = foremost_items(question, municipality, draft)
        if rows:
            names, figures = zip(*rows, strict=True)
            sentences.append(rank_sentence(names, figures, asks_least(question), question.language))
    draft.text = " ".join(sentences)
    return draft if draft.figures else None


def foremost_items(question: Question, municipality: str, draft: Draft) -> list[tuple[str, AnswerFigure]]:
    """The largest kinds of expense or income of a municipality, each with the value that is added to a draft."""
    least = asks_least(question)
    for source in sources_of(question, municipality, draft.index):
        rows = [row for row in _rows(question, source, draft.index) if not leaves_out(question.excluded, row[0].name)]
        if len(rows) >= _LEAST_ROWS:
            filled = [row for row in rows if row[1].figure.value] if least else rows
            ordered = sorted(filled, key=lambda row: row[1].figure.value, reverse=not least)
            chosen = ordered[: number_asked(question)]
            return [(line.name, draft.add(found_of(fact, line, 1.0, _SURE))) for line, fact in chosen]
    return []


def _topic(words: Iterable[str]) -> frozenset[str]:
    """The words that tell kinds of expense apart."""
    telling = (word for word in words if not word.isdigit() and not means("budget_items", "number", word))
    return frozenset(word for word in telling if not means("budget_items", "frame", word))


def _is_kind(one: Found, topic: frozenset[str], question: Question, index: Index) -> bool:
    """Whether a figure is of a row of the kind in a table of the whole municipality, and of the measure meant."""
    if one.measure not in _measures(question, index.documents[one.document].source):
        return False
    rows = (line for line in lines_of(index, one.document) if line.row.span == one.quote)
    return one.fact is not None and any(
        not is_below_goal(line.table) and _topic(keys(line.name)) == topic for line in rows
    )


def _measures(question: Question, source: Source) -> tuple[Measure, ...]:
    """What the table is read for: planned money, or in a report what was spent or came in."""
    done = bool({"spending", "actual"} & set(question.measures))
    planned = "budget" in question.measures or "estimate" in question.measures
    if done or (source.kind == "faaliyet" and not planned):
        return ("spending", "actual")
    return ("budget", "estimate")


def _rows(question: Question, source: Source, index: Index) -> list[_Row]:
    """The kinds of the highest level of one table, with their values in the column of totals."""
    key = ascii_key(question.query_text or question.text)
    income = says("whole_budget", key, "income") and not says("whole_budget", key, "expense")
    tables: dict[int, list[Line]] = {}
    for line in lines_of(index, source.id):
        if line.table.kind == "budget" and line.table.family != "costs" and not is_below_goal(line.table):
            tables.setdefault(line.table.span.start, []).append(line)
    for lines in tables.values():
        items = [line for line in lines if "item" in line.kinds and not line.total and _level(line) == 1]
        whole = any(is_whole(line) or line.total for line in lines)
        if len(items) < _LEAST_ROWS or not whole or _is_income(items) != income:
            continue
        for measure in _measures(question, source):
            rows = _of_column(items, measure, source)
            if rows:
                return rows
    return []


def _level(line: Line) -> int:
    """How many numbers the economic code of a row has: 1 for "03", 2 for "03 1"; 0 for none."""
    return len((line.row.code or "").replace(".", " ").split())


def _is_income(items: Sequence[Line]) -> bool:
    """Whether most rows are kinds of income."""
    names = [line.name for line in items]
    incomes = sum(says("whole_budget", name, "income") for name in names)
    return incomes > sum(says("whole_budget", name, "expense") for name in names)


def _of_column(items: Sequence[Line], measure: Measure, source: Source) -> list[_Row]:
    """The rows with their values in the column of a measure whose sum is the largest."""
    columns: dict[str, list[_Row]] = {}
    for line in items:
        for fact in line.facts:
            if fact.unit == _MONEY and fact.measure == measure and fact.year in (source.year, None):
                columns.setdefault(fact.column, []).append((line, fact))
    sums = {name: sum((fact.figure.value for _, fact in rows), Decimal(0)) for name, rows in columns.items()}
    return columns[max(sums, key=lambda name: sums[name])] if sums else []
