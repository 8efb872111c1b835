"""The order in which a page is read: from top to bottom, and columns one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.reading.pdf.aligned import aligned_parts
from indexer.reading.pdf.ink import BlockOfPage, Grid, Line, Rule, Word, text_of
from indexer.reading.pdf.lines import foot, lines_of, parted, pitch_of
from indexer.reading.pdf.page_columns import GUTTER, columns_of, half_of
from indexer.reading.pdf.row_groups import is_value, is_year

_BELOW = 8.0  # letters' sizes between a header and the first line of its table


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a page is set: the distance of lines in paragraphs, in sizes of their letters, and the lines drawn on it."""

    pitch: float
    rules: tuple[Rule, ...]


def in_order(
    words: Sequence[Word], grids: Sequence[Grid], above: Grid | None = None, rules: Sequence[Rule] = ()
) -> list[BlockOfPage]:
    """The blocks of a page as they are read.

    Args:
        words: the words outside of bordered tables.
        grids: the bordered tables.
        above: the table without borders that ends the page before.
        rules: the lines that are drawn on the page.
    """
    lines = lines_of(words)
    return list(_region(lines, list(grids), _Setting(pitch_of(lines), tuple(rules)), above))


def _region(
    lines: Sequence[Line], grids: Sequence[Grid], setting: _Setting, above: Grid | None
) -> Iterator[BlockOfPage]:
    band = columns_of(lines, setting.pitch, setting.rules)
    if band is None:
        yield from _stacked(lines, grids, setting, above)
        return
    first, end, gutter = band
    upper, lower = lines[first][0].top, max(word.bottom for line in lines[first:end] for word in line)
    inside = [grid for grid in grids if upper <= (grid.top + grid.bottom) / 2 <= lower]
    if any(grid.edges[0] < gutter - GUTTER and grid.edges[-1] > gutter for grid in inside):
        # A table over both columns parts them into those above and those below it.
        wide = min((g for g in inside if g.edges[0] < gutter - GUTTER and g.edges[-1] > gutter), key=lambda g: g.top)
        over = [line for line in lines if foot(line) <= wide.top + 1]
        under = [line for line in lines if foot(line) > wide.top + 1]
        if len(over) < len(lines) and len(under) < len(lines):
            others = [grid for grid in grids if grid is not wide]
            yield from _region(over, [grid for grid in others if grid.top < wide.top], setting, above)
            yield wide
            yield from _region(under, [grid for grid in others if grid.top >= wide.top], setting, None)
            return
        yield from _stacked(lines, grids, setting, above)
        return
    outside = [grid for grid in grids if grid not in inside]
    yield from _region(lines[:first], [grid for grid in outside if grid.bottom <= upper], setting, above)
    for left in (True, False):
        half = [part for line in lines[first:end] if (part := half_of(line, gutter, left=left))]
        own = [grid for grid in inside if (grid.edges[0] < gutter - GUTTER) == left]
        yield from _region(lines_of(word for line in half for word in line), own, setting, None)
    yield from _region(lines[end:], [grid for grid in outside if grid.bottom > upper], setting, None)


def _stacked(
    lines: Sequence[Line], grids: Sequence[Grid], setting: _Setting, above: Grid | None
) -> Iterator[BlockOfPage]:
    """Lines and bordered tables from top to bottom."""
    rest = list(lines)
    head: Grid | None = None  # the table above the lines, which are its rows where it is a header alone
    for grid in (*sorted(grids, key=lambda grid: grid.top), None):
        middle = (grid.top + grid.bottom) / 2 if grid else float("inf")
        own = [line for line in rest if foot(line) <= middle]
        rest = rest[len(own) :]
        heads = head is not None and _is_header(head, own)
        blocks = list(_blocks(own, setting, head if heads else above))
        if head and heads and blocks and isinstance(blocks[0], Grid) and blocks[0].edges == head.edges:
            blocks[0] = replace(blocks[0], rows=(*head.rows, *blocks[0].rows), top=head.top)
        elif head:
            yield head
        yield from blocks
        head, above = grid, None


def _is_header(grid: Grid, lines: Sequence[Line]) -> bool:
    """Whether the cells of a bordered table hold no values while lines with values may stand right below it."""
    texts = [text_of(cell) for row in grid.rows for cell in row]
    near = bool(lines) and foot(lines[0]) - grid.bottom <= _BELOW * lines[0][0].size
    return near and not any(is_value(text) and not is_year(text) for text in texts)


def _blocks(lines: Sequence[Line], setting: _Setting, above: Grid | None) -> Iterator[BlockOfPage]:
    run: list[Line] = []
    for part in aligned_parts(lines, setting.pitch, above, setting.rules):
        if isinstance(part, Grid):
            yield from parted(run, setting.pitch)
            run = []
            yield part
        else:
            run.append(part)
    yield from parted(run, setting.pitch)


def is_continued(above: Grid, below: Grid, reach: float = 3.0) -> bool:
    """Whether the bordered table at the top of a page goes on from that at the end of the page before."""
    if above.ruled != below.ruled:
        return False
    if not above.ruled:
        return len(above.edges) == len(below.edges) and all(
            abs(one - other) <= 2 * reach for one, other in zip(above.edges, below.edges, strict=True)
        )
    ends = abs(above.edges[0] - below.edges[0]) <= reach and abs(above.edges[-1] - below.edges[-1]) <= reach
    fewer, more = sorted((above.edges, below.edges), key=len)
    return ends and all(any(abs(edge - other) <= reach for other in more) for edge in fewer)


def with_edges(grid: Grid, edges: Sequence[float]) -> Grid:
    """The bordered table with the columns between ``edges``, among which its own ones are."""
    places = [_nearest(edges, edge) for edge in grid.edges[:-1]]
    rows = []
    for row in grid.rows:
        cells: list[Line] = [()] * (len(edges) - 1)
        for place, cell in zip(places, row, strict=True):
            cells[place] = (*cells[place], *cell)
        rows.append(tuple(cells))
    return Grid(tuple(rows), tuple(edges), grid.top, grid.bottom, grid.ruled)


def _nearest(edges: Sequence[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - edge))
