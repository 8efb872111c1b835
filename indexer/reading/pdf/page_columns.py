"""Where a page, or a part of it, is set in two columns: of prose, of tables, or of forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from indexer.reading.pdf.aligned import aligned_parts
from indexer.reading.pdf.ink import Grid, Line, Rule, bounds, text_of
from indexer.reading.pdf.lines import foot, lines_of, pieces, size_of
from indexer.reading.pdf.row_groups import is_value, is_year

GUTTER = 9.0  # points between two columns
_FEWEST = 4  # lines of each column
_NARROWEST = 90.0  # points of a column of prose
_LEAST_FULL = 0.6  # of a column's width that half of its lines fill
_FEWEST_WORDS = 2.5  # a line of prose, on average
_MOST_VALUES = 0.25  # share of the words of prose that are numbers
_MOST_UNEVEN = 2.5  # times that one column may be wider than the other
_FEWEST_ROWS = 3  # lines with values of a table in a column
_MOST_OF = 0.7  # share of a column's lines that make it a table or a form
_LEVEL = 0.35  # of the letters' size, between the feet of two rows beside each other
_MOST_LEVEL = 0.8  # share of the rows of a column beside which rows of the other one stand
_BESIDE = 0.5  # of the height of the lower one of two tables, how much of it stands beside the other one
_LONGEST_SERIAL = 3  # digits of a number that counts rows
_FIELD = re.compile(r"[^\W\d_][^:]{1,60}:\s*\S.*")  # Nüfusu: 45.000

_Band = tuple[int, int, float]
"""The first line of a stretch in two columns, the line after it, and where its right column begins."""


def columns_of(lines: Sequence[Line], pitch: float, rules: Sequence[Rule]) -> _Band | None:
    """The longest stretch of lines that stand in two columns of one kind; None where all lines are as wide as the page.

    Args:
        lines: the lines of a page from top to bottom.
        pitch: the distance of lines within paragraphs, in sizes of their letters.
        rules: the lines that are drawn on the page.
    """
    best: _Band | None = None
    for gutter in _gutters(lines):
        for first, end in _free_stretches(lines, gutter):
            if best is not None and end - first <= best[1] - best[0]:
                continue
            stretch = lines[first:end]
            if _are_prose(stretch, gutter) or _are_forms(stretch, gutter) or _are_tables(stretch, gutter, pitch, rules):
                best = (first, end, gutter)
    return best


def half_of(line: Line, gutter: float, *, left: bool) -> Line:
    """The words of a line on one side of the gutter."""
    return tuple(word for word in line if (word.x0 < gutter - 1) == left)


def _sides(lines: Sequence[Line], gutter: float) -> list[list[Line]]:
    """The lines of each column by themselves."""
    return [lines_of(word for line in lines for word in half_of(line, gutter, left=left)) for left in (True, False)]


def _are_forms(lines: Sequence[Line], gutter: float) -> bool:
    """Whether either column holds a name, a colon and a value on most of its lines."""
    return all(
        sum(_FIELD.fullmatch(text_of(line)) is not None for line in side) >= max(_MOST_OF * len(side), _FEWEST - 1)
        for side in _sides(lines, gutter)
    )


def _are_tables(lines: Sequence[Line], gutter: float, pitch: float, rules: Sequence[Rule]) -> bool:
    """Whether either column holds a table of its own, which its name or its rows tell where both could make one."""
    sides = _sides(lines, gutter)
    rows = [[line for line in side if _ends_with_value(line)] for side in sides]
    if min(map(len, rows)) < _FEWEST_ROWS:
        return False
    grids = [_grids(side, pitch, rules) for side in sides]
    if any(sum(len(grid.rows) for grid in own) < _MOST_OF * len(held) for own, held in zip(grids, rows, strict=True)):
        return False
    tops, bottoms = [own[0].top for own in grids], [own[-1].bottom for own in grids]
    shortest = min(bottom - top for top, bottom in zip(tops, bottoms, strict=True))
    if min(bottoms) - max(tops) < _BESIDE * shortest:
        return False
    left, right = (text_of(own[0].rows[0][0]) for own in grids)
    return left == right != "" or not _are_level(*rows) or not _grids(lines, pitch, rules)


def _are_level(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the rows of the column with fewer of them stand beside rows of the other one."""
    fewer, more = sorted((left, right), key=len)
    beside = sum(any(abs(foot(line) - foot(other)) <= _LEVEL * size_of(line) for other in more) for line in fewer)
    return beside >= _MOST_LEVEL * len(fewer)


def _ends_with_value(line: Line) -> bool:
    parts = pieces(line)
    return len(parts) > 1 and is_value(text_of(parts[-1]))


def _grids(lines: Sequence[Line], pitch: float, rules: Sequence[Rule]) -> list[Grid]:
    """The tables among lines that begin with their labels."""
    found = [part for part in aligned_parts(lines, pitch, None, rules) if isinstance(part, Grid)]
    return [grid for grid in found if not any(_is_amount(text_of(row[0])) for row in grid.rows)]


def _is_amount(text: str) -> bool:
    """Whether a cell holds a value that is no number in an order and no year."""
    return is_value(text) and sum(sign.isdigit() for sign in text) > _LONGEST_SERIAL and not is_year(text)


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Where lines begin behind a wide gap again and again."""
    starts = sorted(part[0].x0 for line in lines for part in pieces(line, 0.7)[1:])
    alone = sorted(line[0].x0 for line in lines)
    found: list[float] = []
    for place in sorted({*starts, *alone}):
        if found and place - found[-1] < 3:
            continue
        if sum(abs(other - place) < 3 for other in (*starts, *alone)) >= _FEWEST:
            found.append(place)
    return found


def _free_stretches(lines: Sequence[Line], gutter: float) -> list[tuple[int, int]]:
    """The stretches of lines none of which crosses the gutter, that have text on both of its sides."""
    stretches: list[tuple[int, int]] = []
    first = 0
    for place in range(len(lines) + 1):
        if place == len(lines) or any(w.x0 < gutter - 1 and w.x1 > gutter - GUTTER for w in lines[place]):
            if place - first >= _FEWEST:
                stretches.append((first, place))
            first = place + 1
    return stretches


def _are_prose(lines: Sequence[Line], gutter: float) -> bool:
    widths: list[float] = []
    for left in (True, False):
        side = [part for line in lines if (part := half_of(line, gutter, left=left))]
        if len(side) < _FEWEST:
            return False
        x0, _, x1, _ = bounds([word for line in side for word in line])
        words = [word.text for line in side for word in line]
        width = x1 - x0
        if width < _NARROWEST or len(words) < _FEWEST_WORDS * len(side):
            return False
        if sum(map(is_value, words)) > _MOST_VALUES * len(words):
            return False
        if median(line[-1].x1 - line[0].x0 for line in side) < _LEAST_FULL * width:
            return False
        if sum(len(pieces(line, 1.5)) > 1 for line in side) > 0.2 * len(side) or _leads(side):
            return False
        widths.append(width)
    return max(widths) <= _MOST_UNEVEN * min(widths)


def _leads(side: Sequence[Line]) -> bool:
    """Whether lines lead to page numbers by dots."""
    return sum("...." in text_of(line) for line in side) > 0.2 * len(side)
