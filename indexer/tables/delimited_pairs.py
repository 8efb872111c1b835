"""Delimited lists whose header repeats ("Park | Alanı | Park | Alanı"): several rows stand side by side in a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.tables.columns import header_key
from indexer.tables.delimited_layout import Draft, DraftRow
from indexer.tables.fields import DelimitedLine, Field
from indexer.tables.number_words import is_total

_MOST_PARTS = 4


def unfolded(draft: Draft) -> Draft:
    """The draft with a line for each row that its lines hold side by side; itself where its header is simple."""
    width = _period(draft.header)
    if width is None:
        return draft
    header = replace(draft.header[0], fields=draft.header[0].fields[:width])
    parts = [list(_parts(row, width)) for row in draft.rows]
    most = max((len(found) for found in parts), default=0)
    rows = [found[at] for at in range(most) for found in parts if at < len(found)]
    return Draft([header], draft.titles, draft.head, [row for row in rows if row.line.filled])


def _period(header: Sequence[DelimitedLine]) -> int | None:
    """After how many fields the names of a header begin anew; None where they do not."""
    if len(header) != 1:
        return None
    names = [header_key(part.text) for part in header[0].fields]
    while names and not names[-1]:
        names.pop()
    for times in range(2, _MOST_PARTS + 1):
        width, rest = divmod(len(names), times)
        if width > 1 and not rest and all(names[:width]) and names == names[:width] * times:
            return width
    return None


def _parts(row: DraftRow, width: int) -> Iterator[DraftRow]:
    """The rows side by side in a line; a total whose value stands below the last of them is one row."""
    fields = row.line.fields
    filled = row.line.filled
    if filled and is_total(filled[0].text) and filled[0].index < width <= filled[-1].index:
        values = filled[1:]
        if all(value.index // width == values[0].index // width for value in values):
            moved = [replace(value, index=value.index % width) for value in values]
            yield replace(row, line=_line(row.line, (filled[0], *moved), width))
            return
    for start in range(0, len(fields), width):
        own = [replace(part, index=part.index - start) for part in fields[start : start + width] if part.text]
        yield replace(row, line=_line(row.line, own, width))


def _line(line: DelimitedLine, filled: Sequence[Field], width: int) -> DelimitedLine:
    """The line with the ``filled`` fields alone, the others of its ``width`` empty."""
    by_index = {part.index: part for part in filled}
    empty = Field(0, "", line.span)
    return DelimitedLine(line.line, tuple(by_index.get(at, replace(empty, index=at)) for at in range(width)))
