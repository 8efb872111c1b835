"""Resources of activities that were flattened to plain text: Bütçe İçi, Bütçe Dışı, Toplam, one line an activity.

This is the second table of the performance programme's form. It ends with a grand total, often on a later page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexer.figures import NumberStyle, canonical_unit, number_style
from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Line, Row, Span, Table
from indexer.repair import join_wrapped
from indexer.tables.columns import header_key, parse_column, starts_with_word, words
from indexer.tables.footnotes import Footnotes
from indexer.tables.indicators import ends_table, is_running, running_words
from indexer.tables.values import Value, tail
from indexer.turkish import ascii_key

_COLUMNS = 3
_INSIDE, _OUTSIDE, _TOTAL = range(_COLUMNS)
_TITLE_LINES = 8  # how far above its columns the caption of the table stands
_HEADER_LINES = 12
_HEADER_LENGTH = 80
_MAX_LABEL_LINES = 8
_MAX_BODY = 600
_UNIT = re.compile(r"\(([^()\d]+)\)")


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
        rows = tuple(_row(label, span, values, nothing_outside=nothing) for label, span, values in found)
        end = max((row.span.end for row in rows), default=document.lines[draft.header].end)
        return Table("budget", self.family, " > ".join(path), draft.columns, rows, Span(start, end), path)


def _drafts(document: Document, style: NumberStyle) -> list[_Draft]:
    footnotes = Footnotes(document)
    running = running_words(document)
    drafts: list[_Draft] = []
    index = 0
    while index < len(document.lines):
        found = _columns(document.lines, index)
        if found is None:
            index += 1
            continue
        draft = _Draft(index, *found)
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


def _columns(lines: Sequence[Line], index: int) -> tuple[tuple[Column, ...], int] | None:
    """The columns that are named from the line at ``index`` on, and the last line that names them.

    The year and the unit come from the caption above.
    """
    beside = _behind_caption(lines[index].text)
    found = (beside[1], index) if beside else _header(lines, index)
    if found is None:
        return None
    text, last = found
    caption = [line.text for line in lines[max(0, index - _TITLE_LINES) : index]] + ([beside[0]] if beside else [])
    titled = [above for above in caption if any(title in header_key(above) for title in words("activity", "title"))]
    named = any(starts_with_word(header_key(above), words("activity", "label")) for above in caption)
    if not titled and not named:
        return None
    year = parse_column(titled[-1]).year if titled else None
    units = [canonical_unit(bracket) for bracket in _UNIT.findall(titled[-1])] if titled else []
    unit = next((canonical for canonical in units if canonical is not None), None)
    columns = (replace(parse_column(name), year=year, unit=unit, measure="budget") for name in _names(text))
    return tuple(columns), last


def _header(lines: Sequence[Line], index: int) -> tuple[str, int] | None:
    """The header that begins on the line at ``index``, wrapped or not, and the position of its last line."""
    pieces: list[str] = []
    for last in range(index, min(len(lines), index + _HEADER_LINES)):
        text = lines[last].text
        if len(text) > _HEADER_LENGTH or "\t" in text.strip(" \t\r"):
            return None
        if not text.strip(" \t\r\u00a0"):
            if not pieces:
                return None
            continue
        pieces.append(text)
        key = header_key(" ".join(pieces))
        if key in words("activity", "headers"):
            return " ".join(pieces), last
        if not any(header.startswith(f"{key} ") for header in words("activity", "headers")):
            return None
    return None


def _behind_caption(text: str) -> tuple[str, str] | None:
    """The caption and the header where both stand on one line, else None."""
    if len(text) > _HEADER_LENGTH or "\t" in text.strip(" \t\r"):
        return None
    found = text.split()
    if not found or ascii_key(found[-1]) not in words("activity", "begins"):
        return None
    for header in words("activity", "headers"):
        size = len(header.split())
        caption = " ".join(found[:-size])
        titled = any(title in header_key(caption) for title in words("activity", "title"))
        if titled and header_key(" ".join(found[-size:])) == header:
            return caption, " ".join(found[-size:])
    return None


def _names(text: str) -> Iterator[str]:
    """The header cells: each begins with one of the words that the three columns begin with."""
    cell: list[str] = []
    for word in text.split():
        if cell and header_key(word) in words("activity", "begins") and header_key(cell[-1]) != "genel":
            yield " ".join(cell)
            cell = []
        cell.append(word)
    yield " ".join(cell)


READER = ActivityReader()
