"""Rows that fit a question but leave the cell that it asks for empty."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.records import Column, Fact, Passage, Row, Span, Table
from indexer.turkish import keys
from qa.features import FeatureReader
from qa.finding.figures import compatible
from qa.records import Asked, Hit, Question
from qa.remembering import once_a_document, tables_of

_PASSAGES = 6
"""How many hits are read."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A row without a value for what is asked.

    Attributes:
        label: the row's label.
        asked: the value asked for.
        column: the name of the empty column, None where the table has no such column.
        recall: the share of the question's words that label and heading path hold, by rarity, 0 to 1.
        likeness: how well label and question cover each other, 0 to 1.
        document: where the row stands, with ``span`` and the heading path ``context``.
        others: what the row does tell, of other years or measures.
    """

    label: str
    asked: Asked
    column: str | None
    recall: float
    likeness: float
    document: str
    span: Span
    context: tuple[str, ...] = ()
    others: tuple[Fact, ...] = ()


def blank_rows(question: Question, hits: Sequence[Hit], index: Index) -> list[Blank]:
    """The rows of the best passages that have no value of a year and measure asked for, likeliest first."""
    asked = question.asked or tuple(Asked(year) for year in question.years)
    if not asked:
        return []
    reader = FeatureReader(index)
    found = []
    for hit in hits[:_PASSAGES]:
        for table, row in _rows_within(hit.passage, index):
            for one in asked:
                blank = _blank(question, hit.passage, table, row, one, reader, index)
                if blank is not None:
                    found.append(blank)
    return sorted(found, key=lambda blank: (-blank.recall - blank.likeness, blank.document, blank.span))


def _blank(
    question: Question, passage: Passage, table: Table, row: Row, asked: Asked, reader: FeatureReader, index: Index
) -> Blank | None:
    fitting = [place for place, column in enumerate(table.columns) if _fits(column, asked)]
    filled = [cell is not None and any(map(str.isdigit, cell.text)) for cell in row.cells]
    if row.ambiguous or any(filled[place] for place in fitting) or not (fitting or _dated(table.columns, asked)):
        return None
    name = keys(" ".join((row.label, *row.section)))
    facts = (fact for fact in index.facts_within(passage) if any(place.row == row.span for place in fact.places))
    return Blank(
        label=row.label,
        asked=asked,
        column=table.columns[fitting[0]].name if fitting else None,
        recall=reader.coverage(question.content, [*name, *keys(" ".join(passage.context))]),
        likeness=reader.likeness(question.content, row.label),
        document=passage.document,
        span=row.span,
        context=passage.context,
        others=tuple(fact for fact in facts if not fact.ambiguous),
    )


def _fits(column: Column, asked: Asked) -> bool:
    return (asked.year is None or column.year == asked.year) and (
        asked.measure is None or compatible(column.measure, asked.measure)
    )


def _dated(columns: Sequence[Column], asked: Asked) -> bool:
    """Whether columns tell years, so that none of the year asked for is a value that is not given."""
    return asked.year is not None and all(column.year is not None for column in columns)


@once_a_document
def _rows(index: Index, document: str) -> tuple[list[int], list[tuple[Table, Row]]]:
    """The rows of a document in reading order, with their tables; and where each begins."""
    pairs = [(table, row) for table in tables_of(index, document) for row in table.rows]
    pairs.sort(key=lambda pair: pair[1].span)
    return [row.span.start for _, row in pairs], pairs


def _rows_within(passage: Passage, index: Index) -> Iterator[tuple[Table, Row]]:
    """The rows that begin inside a passage, with their tables."""
    starts, pairs = _rows(index, passage.document)
    yield from pairs[bisect_left(starts, passage.span.start) : bisect_left(starts, passage.span.end)]
