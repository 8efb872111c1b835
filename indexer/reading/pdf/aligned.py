"""Tables without borders: columns are what stays free between the values of three lines or more.

A table is read only where its columns are certain: each has a name above it, every line keeps to them, and each value
has its label. All else stays as lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.reading.pdf.aligned_header import Header, read_header
from indexer.reading.pdf.ink import Grid, Line, Word, text_of
from indexer.reading.pdf.lines import WIDE_GAP, foot, is_apart, pieces, size_of
from indexer.reading.pdf.row_groups import group_rows, is_value, is_year

_FEWEST = 3  # lines with values
_MOST_BETWEEN = 5  # lines of a label between two lines with values
_FAR = 4.0  # letters' sizes between two lines of one table
_GUTTER = 1.5  # points that stay free between two columns
_CLEAR_SHARE = 0.5  # of the lines have a wide gap between two columns
_VALUE_SHARE = 0.6  # of the filled cells of a column of values
_TRAILING = 0.85  # distance of a label's last line against that of rows
_STANDS_OUT = 1.3  # room between two tables, against the usual one between rows
_NAMES = 3  # things beside each other without a value: a header
_CODE = re.compile(r"[A-ZÇĞİÖŞÜ]{0,3}[ .-]?\d[\d.\-]{0,8}[.)]?")  # of a row: 3, 1.2., PG 1.1.1
_LEADERS = re.compile(r"\.{4,}|…{2,}|_{5,}")

Part = Line | Grid


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns by their borders, one more than columns, and which of them hold values."""

    edges: tuple[float, ...]
    values: frozenset[int]

    def place(self, word: Word) -> int | None:
        """The column that ``word`` stands in; None where it reaches into another one."""
        for place, (left, right) in enumerate(pairwise(self.edges)):
            if left - 1 <= word.x0 and word.x1 <= right + 1:
                return place
        return None

    def cells(self, line: Line) -> tuple[Line, ...] | None:
        """The words of ``line`` by column; None where it does not keep to them."""
        found: list[list[Word]] = [[] for _ in range(len(self.edges) - 1)]
        for word in line:
            place = self.place(word)
            if place is None:
                return None
            found[place].append(word)
        return tuple(tuple(cell) for cell in found)


def aligned_parts(lines: Sequence[Line], pitch: float, above: Grid | None = None) -> list[Part]:
    """``lines`` with the tables among them.

    Args:
        lines: the lines of a column of a page from top to bottom.
        pitch: the distance of lines within paragraphs, in sizes of their letters.
        above: the table without borders that ends the page before, which may go on here.
    """
    parts: list[Part] = []
    at = 0
    waiting = _runs(lines, 1 if above is not None else _FEWEST)[::-1]
    while waiting:
        first, last = waiting.pop()
        if first < at:
            continue
        found = _table(lines, first, last, at, pitch, above if at == 0 else None)
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


def _runs(lines: Sequence[Line], fewest: int) -> list[tuple[int, int]]:
    """The first and last place of the stretches whose lines hold values again and again."""
    runs: list[tuple[int, int]] = []
    anchors = [place for place, line in enumerate(lines) if _holds_values(line)]
    for place in anchors:
        between = lines[runs[-1][1] + 1 : place] if runs else ()
        near = bool(runs) and len(between) <= _MOST_BETWEEN and _is_near(lines[runs[-1][1] : place + 1])
        if near and not any(map(_names_columns, between)):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    most = [sum(first <= place <= last for place in anchors) for first, last in runs]
    return [
        run
        for number, (run, held) in enumerate(zip(runs, most, strict=True))
        if held >= (_FEWEST if number else fewest)
    ]


def _holds_values(line: Line) -> bool:
    """Whether a line looks like a row: something and a value behind it. Years alone make a header."""
    parts = [text_of(part) for part in pieces(line)]
    return any(is_value(part) and not is_year(part) for part in parts[1:]) and not _LEADERS.search(text_of(line))


def _names_columns(line: Line) -> bool:
    """Whether a line without values looks like a header: several things beside each other, or a year behind one."""
    parts = [text_of(part) for part in pieces(line)]
    return len(parts) >= _NAMES or any(is_year(part.split()[0]) for part in parts[1:])


def _is_near(lines: Sequence[Line]) -> bool:
    return all(foot(below) - foot(above) <= _FAR * size_of(below) for above, below in pairwise(lines))


def _table(
    lines: Sequence[Line], first: int, last: int, lowest: int, pitch: float, above: Grid | None
) -> tuple[Grid, int, int] | None:
    """The table with values from line ``first`` to ``last``, and the lines that it begins and ends before."""
    anchors = [line for line in lines[first : last + 1] if _holds_values(line)]
    columns = _continued(above, anchors) if above is not None else None
    if columns is None and len(anchors) < _FEWEST:
        return None
    header: Header | None = None
    start = first
    if columns is None:
        spans = _spans(anchors)
        if spans is None:
            return None
        lead = _leading(lines, first, lowest, spans, pitch)
        header = read_header(lines, first - lead, lowest, spans, _value_columns(anchors, spans), pitch)
        if header is None:
            return None
        columns = Columns(header.edges, header.values)
        start = first - lead
    else:
        start = lowest
    end = last + 1
    while end < len(lines) and _trails(lines, first, end, columns):
        end += 1
    rows = _rows(lines[start:end], columns)
    if rows is None:
        return None
    named = header.rows if header else ()
    begin = header.first if header else start
    grid = Grid(
        (*named, *rows), columns.edges, lines[begin][0].top, max(word.bottom for word in lines[end - 1]), ruled=False
    )
    return grid, begin, end


def _continued(above: Grid, anchors: Sequence[Line]) -> Columns | None:
    """The columns of the table on the page before, where these lines keep to them."""
    columns = Columns(above.edges, frozenset())
    cells = [columns.cells(line) for line in anchors]
    kept = [row for row in cells if row is not None and all(len(pieces(cell)) <= 1 for cell in row if cell)]
    if len(kept) < len(cells) or any(not row[0] and not row[1] for row in kept):
        return None
    filled = {place for row in kept for place, cell in enumerate(row) if cell}
    values = frozenset(place for place in filled if all(is_value(text_of(row[place])) for row in kept if row[place]))
    return Columns(above.edges, values) if values and len(filled) > 1 else None


def _spans(anchors: Sequence[Line]) -> list[tuple[float, float]] | None:
    """What each column covers across, by the lines with values; None where they have no columns in common."""
    taken: list[list[float]] = []
    for word in sorted((word for line in anchors for word in line), key=lambda word: word.x0):
        if taken and word.x0 - taken[-1][1] < _GUTTER:
            taken[-1][1] = max(taken[-1][1], word.x1)
        else:
            taken.append([word.x0, word.x1])
    spans: list[tuple[float, float]] = []
    for x0, x1 in taken:
        if spans and not _is_clear(anchors, spans[-1], (x0, x1)):
            spans[-1] = (spans[-1][0], x1)
        else:
            spans.append((x0, x1))
    if len(spans) < 2 or not _value_columns(anchors, spans):
        return None
    for line in anchors:
        for span in spans:
            if len(pieces(_within(line, span))) > 1:
                return None  # two things in one column: what stands between columns is not the same in all lines
    return spans


def _is_clear(anchors: Sequence[Line], left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Whether what stands free between two stretches parts columns and not the words of one."""
    clear = both = 0
    texts: list[str] = []
    for line in anchors:
        before, behind = _within(line, left), _within(line, right)
        texts += [text_of(side) for side in (before, behind) if side]
        if before and behind:
            both += 1
            clear += behind[0].x0 - before[-1].x1 >= WIDE_GAP * behind[0].size
    if not both:  # one column whose cells are set to either side, unless two columns of values
        return all(map(is_value, texts))
    return clear >= _CLEAR_SHARE * both


def _within(line: Line, span: tuple[float, float]) -> Line:
    return tuple(word for word in line if span[0] - 0.1 <= word.middle <= span[1] + 0.1)


def _value_columns(anchors: Sequence[Line], spans: Sequence[tuple[float, float]]) -> frozenset[int]:
    """The columns of values: never the first one, where labels and their codes stand."""
    found: set[int] = set()
    for place, span in enumerate(spans[1:], 1):
        texts = [text_of(words) for line in anchors if (words := _within(line, span))]
        if texts and sum(map(is_value, texts)) >= _VALUE_SHARE * len(texts):
            found.add(place)
    labels = [place for place in range(len(spans)) if place not in found]
    return frozenset(place for place in found if place > labels[0])


def _leading(lines: Sequence[Line], first: int, lowest: int, spans: Sequence[tuple[float, float]], pitch: float) -> int:
    """How many lines right above the first values belong to the rows: the beginning of their label, or codes."""
    value = next(iter(sorted(_value_columns(lines[first : first + 1], spans))), len(spans) - 1)
    count = coded = 0
    while first - count - 1 >= lowest:
        line, below = lines[first - count - 1], lines[first - count]
        code, label = _within(line, spans[0]), tuple(word for word in line if word.x0 > spans[0][1])
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


def _rows(lines: Sequence[Line], columns: Columns) -> list[tuple[Line, ...]] | None:
    rows: list[tuple[Line, ...]] = []
    stretch: list[Line] = []
    over: Line | None = None
    for line_above, line in pairwise([(), *lines, None]):
        cells = columns.cells(line) if line is not None else None
        if line is not None and cells is not None:
            stretch.append(line)
            continue
        if stretch:
            grouped = _labelled_rows(stretch, columns)
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


def _labelled_rows(lines: Sequence[Line], columns: Columns) -> list[tuple[Line, ...]] | None:
    placed = [cells for line in lines if (cells := columns.cells(line)) is not None]
    codes = [text_of(cells[0]) for cells in placed if cells[0]]
    coded = min(columns.values) > 1 and all(_CODE.fullmatch(code) for code in codes)

    def is_anchor(line: Line) -> bool:
        cells = columns.cells(line)
        return cells is not None and (any(cells[place] for place in columns.values) or (coded and bool(cells[0])))

    groups = group_rows(lines, is_anchor)
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
