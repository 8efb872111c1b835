"""The method of procurement between the name of a contract and its date: "Açık İhale", "Pazarlık (21/b)", "DMO"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.records import Cell, Line, Row, Span, Table
from indexer.tables.columns import parse_column, starts_with_word
from indexer.tables.headers import vocabulary
from indexer.turkish import ascii_key

_MOST = 0.75  # share of the rows that name a method
_BRACKET = r"(?: ?\([^()]*\)| \d\d/[a-zçı]\b)?"  # the article of the law


def with_methods(table: Table, lines: Sequence[Line]) -> Table:
    """``table`` with a column for the methods that its labels end in, where the header names one before the first.

    Args:
        table: rows whose labels hold all text before the values.
        lines: for each row the line of its values.
    """
    name = table.columns[0].name if table.columns else ""
    head = starts_with_word(ascii_key(name), tuple(sorted(vocabulary("method_head"), key=len, reverse=True)))
    if head is None or not name[len(head) :].strip():
        return table
    rows = [_split(row, line) for row, line in zip(table.rows, lines, strict=True)]
    if sum(row is not None for row in rows) < _MOST * len(rows):
        return table
    columns = (parse_column(name[: len(head)]), parse_column(name[len(head) :].strip()), *table.columns[1:])
    found = (
        row or replace(whole, cells=(None, *whole.cells), ambiguous=True)
        for row, whole in zip(rows, table.rows, strict=True)
    )
    return replace(table, columns=columns, rows=tuple(found))


def _split(row: Row, line: Line) -> Row | None:
    """``row`` with the method at the end of its label as its first cell; None where there is none."""
    methods = "|".join(re.escape(word) for word in sorted(vocabulary("method"), key=len, reverse=True))
    match = re.search(rf"(?<!\w)(?:{methods}){_BRACKET}$", ascii_key(row.label))
    if match is None or not match.start():
        return None
    text = row.label[match.start() :]
    at = line.text.rfind(text)
    if at < 0:
        return None
    cell = Cell(text, Span(line.start + at, line.start + at + len(text)))
    return replace(row, label=row.label[: match.start()].rstrip(), cells=(cell, *row.cells))
