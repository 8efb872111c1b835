"""What a layout family is: one interface, and the rule that decides between two families that want the same lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from indexer.outline import ACTIVITY, GOAL, Outline
from indexer.records import Cell, Document, Table
from indexer.tables.columns import column_role
from indexer.tables.goal_numbers import lists_goals

_MOST_TEXT = 0.3  # share of sentences under a column of values from which on the columns cannot be right
_SENTENCE = 3  # words without a digit that no value has


class TableReader(Protocol):
    """Reads the tables of one layout family; chosen by evidence in the text, never by document."""

    family: str

    def read(self, document: Document, outline: Outline) -> Iterable[Table]:
        """The tables of this family in ``document``, in any order; their spans do not overlap."""
        ...


def extract_tables(document: Document, outline: Outline, readers: Sequence[TableReader]) -> list[Table]:
    """All tables of ``document`` in reading order.

    ``readers`` are asked in order, the most specific family first; where two tables share a line, the one of the
    earlier family stays.
    """
    taken = bytearray(len(document.lines) + 2)
    tables: list[Table] = []
    for reader in readers:
        for table in reader.read(document, outline):
            first, last = document.line_range(table.span)
            if any(taken[first : last + 1]):
                continue
            taken[first : last + 1] = b"\x01" * (last - first + 1)
            table = _of_all_goals(table, outline)
            tables.append(doubtful(table) if _misread(table) else table)
    return sorted(tables, key=lambda table: table.span)


def _of_all_goals(table: Table, outline: Outline) -> Table:
    """The table without the headings of an aim or a target where its rows are several of those."""
    if table.kind == "indicator" or not lists_goals(row.label for row in table.rows):
        return table
    last = {heading.title for heading in outline.path_at(table.span.start) if GOAL <= heading.level <= ACTIVITY}
    return replace(table, context=tuple(name for name in table.context if name not in last)) if last else table


def _misread(table: Table) -> bool:
    """Whether a column of periods or money holds labels: then the cells stand under the wrong columns."""
    if table.kind == "other":
        return False
    for place, column in enumerate(table.columns):
        if column.measure == "other" or column_role(column.name) != "value":
            continue
        cells = [row.cells[place] for row in table.rows]
        filled = [cell for cell in cells if cell is not None]
        if filled and sum(map(_is_sentence, filled)) >= _MOST_TEXT * len(filled):
            return True
    return False


def _is_sentence(cell: Cell) -> bool:
    words = cell.text.split()
    return len(words) >= _SENTENCE and not any(letter.isdigit() for letter in cell.text)


def doubtful(table: Table) -> Table:
    """The table with every row ambiguous and without cells: it stays searchable and answers no figure question."""
    empty = tuple(None for _ in table.columns)
    return replace(table, rows=tuple(replace(row, cells=empty, ambiguous=True) for row in table.rows))
