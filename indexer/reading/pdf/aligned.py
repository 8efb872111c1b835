"""Tables without borders: columns are what stays free between the values of three lines or more.

A table is read only where its columns are certain: each has a name above it, every line keeps to them, and each value
has its label. All else stays as lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.reading.pdf.aligned_columns import GUTTER, Columns, spans_of, value_columns, within
from indexer.reading.pdf.aligned_header import read_header
from indexer.reading.pdf.bands import banded, extent, marks_between, row_gap
from indexer.reading.pdf.ink import Grid, Line, Rule, bounds, text_of
from indexer.reading.pdf.lines import foot, is_apart, pieces, size_of
from indexer.reading.pdf.row_groups import group_rows, is_value, is_year

_FEWEST = 3  # lines with values of a table that stands close to another one
_FEWEST_VALUES = 2  # of a table
_MOST_BETWEEN = 5  # lines of a label between two lines with values
_FAR = 4.0  # letters' sizes between two lines of one table
_TRAILING = 0.85  # distance of a label's last line against that of rows
_STANDS_OUT = 1.3  # room between two tables, against the usual one between rows
_NAMES = 3  # things beside each other without a value: a header
_MOST_HEADS = 4  # rows of a header
_CODE = re.compile(r"[A-ZÇĞİÖŞÜ]{0,3}[ .-]?\d[\d.\-]{0,8}[.)]?")  # of a row: 3, 1.2., PG 1.1.1
_LEADERS = re.compile(r"\.{4,}|…{2,}|_{5,}")

Part = Line | Grid


def aligned_parts(
    lines: Sequence[Line], pitch: float, above: Grid | None = None, rules: Sequence[Rule] = ()
) -> list[Part]:
    """``lines`` with the tables among them.

    Args:
        lines: the lines of a column of a page from top to bottom.
        pitch: the distance of lines within paragraphs, in sizes of their letters.
        above: the table without borders that ends the page before, which may go on here.
        rules: the lines that are drawn on the page.
    """
    parts: list[Part] = []
    at = 0
    waiting = _runs(lines)[::-1]
    while waiting:
        first, last = waiting.pop()
        if first < at:
            continue
        found = _table(lines, first, last, at, pitch, above if at == 0 else None, rules)
        if found is not None:
            grid, start, end = found
            parts += [*lines[at:start], grid]
            at = end
        else:
            waiting += _halves(lines, first, last)
    return [*parts, *lines[at:]]


def _halves(lines: Sequence[Line], first: int, last: int) -> list[tuple[int, int]]:
    """The two parts of a run that the most room parts, the lower one first; none where nothing stands out."""
    anchors = [place for place in range(first, last + 1) if _holds_values(lines[place])]
    steps = [foot(lines[below]) - foot(lines[above]) for above, below in pairwise(anchors)]
    if len(anchors) < 2 * _FEWEST or max(steps) < _STANDS_OUT * sorted(steps)[len(steps) // 2]:
        return []
    cut = steps.index(max(steps))
    halves = [(anchors[cut + 1], last), (first, anchors[cut])]
    return [half for half in halves if sum(half[0] <= place <= half[1] for place in anchors) >= _FEWEST]


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The first and last place of the stretches whose lines hold values again and again."""
    runs: list[tuple[int, int]] = []
    anchors = [place for place, line in enumerate(lines) if _holds_values(line)]
    for place in anchors:
        if runs and _is_one_table(lines[runs[-1][1] : place + 1]):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _are_enough(anchors: Sequence[Line]) -> bool:
    """Whether lines with values can make a table: several, or several values in them."""
    return sum(is_value(text_of(part)) for line in anchors for part in pieces(line)[1:]) >= _FEWEST_VALUES


def _is_one_table(lines: Sequence[Line]) -> bool:
    """Whether the first and the last of ``lines``, which hold values, can be rows of one table with the others."""
    above, *between, below = lines
    if any(foot(lower) - foot(upper) > _FAR * size_of(lower) for upper, lower in pairwise(lines)):
        return False
    values = [bounds(part) for line in (above, below) for part in pieces(line)[1:] if is_value(text_of(part))]
    if any(_names_columns(line, [(x0, x1) for x0, _, x1, _ in values]) for line in between):
        return False
    border = min(x0 for x0, *_ in values) - GUTTER / 2
    return len(between) <= _MOST_BETWEEN or not any(word.x0 < border < word.x1 for line in between for word in line)


def _holds_values(line: Line) -> bool:
    """Whether a line looks like a row: something and a value behind it. Years alone make a header."""
    parts = [text_of(part) for part in pieces(line)]
    return any(is_value(part) and not is_year(part) for part in parts[1:]) and not _LEADERS.search(text_of(line))


def _names_columns(line: Line, values: Sequence[tuple[float, float]]) -> bool:
    """Whether a line without values looks like a header: things beside each other over ``values``, or a year."""
    parts = pieces(line)
    over = any(min(x1, right) > max(x0, left) for x0, _, x1, _ in map(bounds, parts[1:]) for left, right in values)
    return (len(parts) >= _NAMES and over) or any(is_year(part[0].text) for part in parts[1:])


def _table(
    lines: Sequence[Line],
    first: int,
    last: int,
    lowest: int,
    pitch: float,
    above: Grid | None,
    rules: Sequence[Rule],
) -> tuple[Grid, int, int] | None:
    """The table with values from line ``first`` to ``last``, and the lines that it begins and ends before."""
    body = lines[first : last + 1]
    anchors = [line for line in body if _holds_values(line)]
    marks = marks_between(body, _holds_values, rules)
    reach = extent(lines, first, last, lowest, marks, _holds_values)
    columns = _continued(above, anchors) if above is not None else None
    if above is not None and columns is not None:
        start = _below_header(lines, lowest, first, above)
        end = reach[1] if reach else _end(lines, start, last, columns)
        rows = _rows(lines[start:end], columns, marks)
        if rows is not None:
            return _grid(lines, start, end, (), rows, columns), lowest, end
    tried = [reach, None] if reach is not None else [None]
    for known in tried if _are_enough(anchors) else ():
        found = _headed(lines, first, last, lowest, pitch, anchors, known, marks)
        if found is not None and (columns is None or found[1] == lowest):
            return found
    return None


def _headed(
    lines: Sequence[Line],
    first: int,
    last: int,
    lowest: int,
    pitch: float,
    anchors: Sequence[Line],
    reach: tuple[int, int] | None,
    marks: Sequence[float],
) -> tuple[Grid, int, int] | None:
    """The table with its header; ``reach`` is where its rows begin and end, as far as that is known."""
    spans = spans_of(anchors, lines[slice(*reach or (first, last + 1))], whole=reach is not None)
    if spans is None:
        return None
    values = value_columns(anchors, spans)
    if reach is not None:
        start, end = _with_coded(lines, reach, lowest, spans, values, marks)
    else:
        start = first - _leading(lines, first, lowest, spans, pitch)
    header = read_header(lines, start, lowest, spans, values, pitch)
    if header is None:
        return None
    columns = Columns(header.edges, header.values)
    if reach is None:
        end = _end(lines, start, last, columns)
    rows = _rows(lines[start:end], columns, marks)
    if rows is None:
        return None
    return _grid(lines, header.first, end, header.rows, rows, columns), header.first, end


def _with_coded(
    lines: Sequence[Line],
    reach: tuple[int, int],
    lowest: int,
    spans: Sequence[tuple[float, float]],
    values: frozenset[int],
    marks: Sequence[float],
) -> tuple[int, int]:
    """``reach`` with the rows without values above and below it, where every row begins with a code."""
    start, end = reach
    gap = None if marks else row_gap(lines[start:end])

    def codes(rows: Sequence[Sequence[Line]]) -> list[str]:
        return [text_of(word for line in row for word in within(line, spans[0])) for row in rows]

    def is_total(row: Sequence[Line]) -> bool:
        return any(part[0].x0 < spans[0][1] < part[-1].x1 - 1 for line in row for part in pieces(line))

    def is_row(row: Sequence[Line]) -> bool:
        free = all(not within(line, spans[place]) for line in row for place in values)
        labelled = any(word.x0 > spans[0][1] for line in row for word in line)
        near = all(foot(below) - foot(above) <= _FAR * size_of(below) for above, below in pairwise(row))
        return free and labelled and near and _CODE.fullmatch(codes([row])[0]) is not None

    coded = codes([row for row in banded(lines[start:end], marks, gap) if not is_total(row)])
    if 0 in values or not coded or not all(map(_CODE.fullmatch, coded)):
        return reach
    for row in reversed(banded(lines[lowest:start], marks, gap)):
        if not is_row(row):
            break
        start -= len(row)
    for row in banded(lines[end:], marks, gap):
        if not is_row(row):
            break
        end += len(row)
    return start, end


def _end(lines: Sequence[Line], first: int, last: int, columns: Columns) -> int:
    """The line before which a table ends whose last values stand in line ``last``."""
    end = last + 1
    while end < len(lines) and _trails(lines, first, end, columns):
        end += 1
    return end


def _grid(
    lines: Sequence[Line],
    begin: int,
    end: int,
    names: Sequence[tuple[Line, ...]],
    rows: Sequence[tuple[Line, ...]],
    columns: Columns,
) -> Grid:
    bottom = max(word.bottom for word in lines[end - 1])
    return Grid((*names, *rows), columns.edges, lines[begin][0].top, bottom, ruled=False)


def _continued(above: Grid, anchors: Sequence[Line]) -> Columns | None:
    """The columns of the table on the page before, where these lines keep to them."""
    columns = Columns(above.edges, frozenset())
    cells = [columns.cells(line) for line in anchors]
    kept = [row for row in cells if row is not None and all(len(pieces(cell)) <= 1 for cell in row if cell)]
    if len(kept) < len(cells) or any(not row[0] and not row[1] for row in kept):
        return None
    filled = {place for row in kept for place, cell in enumerate(row) if cell}
    values = frozenset(
        place for place in filled if place and all(is_value(text_of(row[place])) for row in kept if row[place])
    )
    return Columns(above.edges, values) if values and len(filled) > 1 else None


def _below_header(lines: Sequence[Line], lowest: int, first: int, above: Grid) -> int:
    """Where the rows begin of a table that goes on at line ``lowest``: below its header, if that is repeated."""
    heads = [sorted(text_of(cell) for row in above.rows[:count] for cell in row) for count in range(1, _MOST_HEADS + 1)]
    told = {tuple(sorted(" ".join(texts).split())) for texts in heads}
    for end in range(lowest + 1, first + 1):
        if tuple(sorted(word.text for line in lines[lowest:end] for word in line)) in told:
            return end
    return lowest


def _leading(lines: Sequence[Line], first: int, lowest: int, spans: Sequence[tuple[float, float]], pitch: float) -> int:
    """How many lines right above the first values belong to the rows: the beginning of their label, or codes."""
    value = next(iter(sorted(value_columns(lines[first : first + 1], spans))), len(spans) - 1)
    count = coded = 0
    while first - count - 1 >= lowest:
        line, below = lines[first - count - 1], lines[first - count]
        code, label = within(line, spans[0]), tuple(word for word in line if word.x0 > spans[0][1])
        if any(word.x1 >= spans[value][0] for word in line) or foot(below) - foot(line) > _FAR * size_of(below):
            break
        if value > 1 and label and _CODE.fullmatch(text_of(code)):
            count += 1
            coded = count
        elif count - coded < _MOST_BETWEEN and not is_apart(line, below, pitch):
            count += 1
        else:
            break
    over = first - count - 1
    parted = over >= lowest and is_apart(lines[over], lines[over + 1], pitch)
    return count if parted else coded


def _trails(lines: Sequence[Line], first: int, end: int, columns: Columns) -> bool:
    """Whether line ``end`` still belongs to the label of the last row."""
    cells = columns.cells(lines[end])
    if cells is None or any(cells[place] for place in columns.values) or _holds_values(lines[end]):
        return False
    steps = [foot(below) - foot(above) for above, below in pairwise(lines[first:end])]
    step = foot(lines[end]) - foot(lines[end - 1])
    if step > 2 * size_of(lines[end]):
        return False
    return lines[end][0].text[0].islower() or (bool(steps) and step <= _TRAILING * max(steps))


def _rows(lines: Sequence[Line], columns: Columns, marks: Sequence[float]) -> list[tuple[Line, ...]] | None:
    rows: list[tuple[Line, ...]] = []
    stretch: list[Line] = []
    over: Line | None = None
    for line_above, line in pairwise([(), *lines, None]):
        cells = columns.cells(line) if line is not None else None
        if line is not None and cells is not None:
            stretch.append(line)
            continue
        if stretch:
            grouped = _labelled_rows(stretch, columns, marks)
            if grouped is None:
                return None
            rows += grouped
            stretch = []
        if line is not None:
            if len(pieces(line)) > 1 or line[0].x0 > columns.edges[1] or (over is not None and over is line_above):
                return None
            over = line
            rows.append((line, *(() for _ in columns.edges[2:])))  # a line over the columns: the name of a section
    return rows


def _labelled_rows(lines: Sequence[Line], columns: Columns, marks: Sequence[float]) -> list[tuple[Line, ...]] | None:
    placed = [cells for line in lines if (cells := columns.cells(line)) is not None]
    codes = [text_of(cells[0]) for cells in placed if cells[0]]
    coded = min(columns.values) > 1 and all(_CODE.fullmatch(code) for code in codes)

    def is_anchor(line: Line) -> bool:
        cells = columns.cells(line)
        return cells is not None and (any(cells[place] for place in columns.values) or (coded and bool(cells[0])))

    groups = group_rows(lines, is_anchor, marks)
    if groups is None:
        return None
    rows: list[tuple[Line, ...]] = []
    for group in groups:
        parts = [cells for line in group if (cells := columns.cells(line)) is not None]
        row = tuple(tuple(word for cells in parts for word in cells[place]) for place in range(len(columns.edges) - 1))
        if not any(row[place] for place in range(min(columns.values))):
            return None
        rows.append(row)
    return rows
