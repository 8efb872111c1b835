"""Resources of activities that were flattened to plain text: Bütçe İçi, Bütçe Dışı, Toplam, one line an activity.

This is the second table of the performance programme's form. It ends with a grand total, often on a later page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.figures import NumberStyle, number_style
from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Line, Row, Span, Table
from indexer.repair import join_wrapped
from indexer.tables.activity_header import read_activity_header
from indexer.tables.columns import header_key, words
from indexer.tables.footnotes import Footnotes
from indexer.tables.indicators import ends_table, is_running, running_words
from indexer.tables.serials import without_serials
from indexer.tables.values import Value, tail

_COLUMNS = 3
_OUTSIDE = 1  # of them, the middle one
_MONEY = re.compile(r"\d[.,]\d\d$")
_MAX_LABEL_LINES = 8
_MAX_BODY = 600


@dataclass(slots=True)
class _Draft:
    """A table while its rows are being placed."""

    header: int
    columns: tuple[Column, ...]
    header_end: int
    rows: list[tuple[str, Span, tuple[Value, ...]]] = field(default_factory=list)
    total: tuple[str, Span, tuple[Value, ...]] | None = None


class ActivityReader:
    """Reads flattened tables of the resources of activities."""

    family = "activities"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of ``document`` in order, one for every printed header."""
        style = number_style(document.text)
        drafts = _drafts(document, style)
        outside: Value | None = None  # the grand total of the middle column, printed after the last page's rows
        sealed: list[Table] = []
        for draft in reversed(drafts):
            if draft.total is not None:
                values = draft.total[2]
                outside = values[_OUTSIDE] if len(values) == _COLUMNS else None
            sealed.append(self._table(document, outline, draft, outside))
        yield from (table for table in reversed(sealed) if table.rows)

    def _table(self, document: Document, outline: Outline, draft: _Draft, outside: Value | None) -> Table:
        start = document.lines[draft.header].start
        path = tuple(heading.title for heading in outline.path_at(start))
        found = [*draft.rows, *([draft.total] if draft.total is not None else [])]
        nothing = outside is not None and not outside.number
        labels = without_serials([label for label, _, _ in found])
        rows = tuple(
            _row(label, span, values, nothing_outside=nothing)
            for label, (_, span, values) in zip(labels, found, strict=True)
        )
        end = max((row.span.end for row in rows), default=document.lines[draft.header].end)
        return Table("budget", self.family, " > ".join(path), draft.columns, rows, Span(start, end), path)


def _drafts(document: Document, style: NumberStyle) -> list[_Draft]:
    footnotes = Footnotes(document)
    running = running_words(document)
    drafts: list[_Draft] = []
    index = 0
    while index < len(document.lines):
        found = read_activity_header(document.lines, index)
        if found is None:
            index += 1
            continue
        draft = _Draft(found.first, found.columns, found.last)
        index = _fill(draft, document.lines, style, footnotes, running)
        drafts.append(draft)
    return drafts


def _fill(
    draft: _Draft, lines: Sequence[Line], style: NumberStyle, footnotes: Footnotes, running: frozenset[str]
) -> int:
    """Reads the rows below a header into ``draft``; returns the position of the first line that it left."""
    label: list[Line] = []
    for index in range(draft.header_end + 1, min(len(lines), draft.header + _MAX_BODY)):
        line = lines[index]
        if not line.text.strip(" \t\r") or footnotes.holds(index) or is_running(line, running):
            continue
        parts = tail(line, style)
        values = _amounts(parts.values)
        is_total = bool(values) and not label and _is_total(parts.label)
        wrapped = bool(label and values) and not _is_total(parts.label)  # a label that ends in "Faaliyetler"
        if not is_total and ((ends_table(line) and not wrapped) or len(label) == _MAX_LABEL_LINES):
            return index
        if len(parts.values) > _COLUMNS and _MONEY.search(parts.values[-_COLUMNS - 1].text):
            draft.rows = []  # a table of more columns
            return index
        if not values:
            label = [*label, line] if parts.label.strip("\u00a0") else label
            continue
        texts = [*(piece.text for piece in label), parts.label]
        start = label[0] if label else line
        first = start.start + len(start.text) - len(start.text.lstrip(" \t\u00a0"))
        row = (join_wrapped(texts).strip(" \u00a0"), Span(first, values[-1].span.end), values)
        label = []
        if is_total:
            draft.total = row
            return index + 1
        draft.rows.append(row)
    return min(len(lines), draft.header + _MAX_BODY)


def _amounts(values: Sequence[Value]) -> tuple[Value, ...]:
    """The cells among the values at the end of a line: the last three, and none where no amount is among them."""
    kept = tuple(values[-_COLUMNS:])
    return kept if any(value.number is not None for value in kept) else ()


def _is_total(label: str) -> bool:
    return header_key(label) in words("activity", "total")


def _row(label: str, span: Span, values: tuple[Value, ...], *, nothing_outside: bool) -> Row:
    """A row; ``nothing_outside`` says that the grand total of the middle column is zero."""
    if len(values) == _COLUMNS:
        return Row(label, tuple(value.cell for value in values), span)
    amounts = [value for value in values if value.number is not None]
    if len(amounts) == len(values) == _COLUMNS - 1 and amounts[0].number == amounts[1].number:
        total = amounts[1].cell
        if nothing_outside:
            return Row(label, (amounts[0].cell, None, total), span)
        return Row(label, (None, None, total), span, ambiguous=True)
    cells: tuple[Cell | None, ...] = (None,) * _COLUMNS
    return Row(label, cells, span, ambiguous=True)


READER = ActivityReader()
