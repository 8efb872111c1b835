"""Which lines stand together in one row of a table without borders between its columns.

Rows are told apart by lines or by the edges of coloured rows that are drawn across the table, else by more room than
the lines of one cell leave.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from indexer.reading.pdf.ink import Line, Rule, bounds
from indexer.reading.pdf.lines import ONE_CELL, foot, size_of

CLEARLY_WIDER = 1.25  # a gap between rows against the widest one within them
_HALF = 0.85  # letters' sizes; lines that are nearer stand in different cells
_TWO_ROWS = 1.9  # letters' sizes between two lines that never stand in one cell
_EVEN = 1.025  # distances that are the same
_WIDER = 1.08  # a gap between rows against the one within them where all are even
_MOST_STACKED = 14  # lines of one row
_OUTSIDE = 2.0  # points that a table's words may reach over its lines
_PARTED_SHARE = 0.7  # of neighbouring rows with values that something parts


def separators(rules: Sequence[Rule], lines: Sequence[Line]) -> tuple[float, ...]:
    """How far down lines are drawn across everything that ``lines`` hold, from top to bottom."""
    x0, _, x1, _ = bounds([word for line in lines for word in line])
    return tuple(
        sorted(
            {
                rule.top
                for rule in rules
                if rule.top == rule.bottom and rule.x0 <= x0 + _OUTSIDE and rule.x1 >= x1 - _OUTSIDE
            }
        )
    )


def are_separated(above: Line, below: Line, marks: Sequence[float]) -> bool:
    """Whether a line is drawn between two lines of text."""
    place = bisect_left(marks, _middle(above))
    return place < len(marks) and marks[place] < _middle(below)


def _middle(line: Line) -> float:
    return foot(line) - size_of(line) / 2


def row_gap(lines: Sequence[Line]) -> float | None:
    """From which distance on, in sizes of letters, two of ``lines`` stand in different rows; None where that varies."""
    sizes = [size_of(line) for line in lines[1:]]
    steps = [(foot(below) - foot(above)) / size for (above, below), size in zip(pairwise(lines), sizes, strict=True)]
    full = sorted(step for step in steps if step >= _HALF)
    if not full:
        return None
    closest = full[0]
    if closest >= _TWO_ROWS:
        return _TWO_ROWS
    if closest > ONE_CELL:
        return None
    wider = [step for step in full if step > _EVEN * closest]
    even = len(full) - len(wider) > 1 and bool(wider) and wider[0] >= _WIDER * closest
    return (closest + wider[0]) / 2 if even and wider[0] < CLEARLY_WIDER * closest else CLEARLY_WIDER * closest


def banded(lines: Sequence[Line], marks: Sequence[float] = (), gap: float | None = None) -> list[list[Line]]:
    """``lines`` in groups that something parts: ``marks`` where lines are drawn, else the room between them.

    ``gap`` says how much room parts rows, in sizes of letters; without it, ``lines`` themselves do.
    """
    gap = None if marks else gap or row_gap(lines)
    groups = [[line] for line in lines[:1]]
    for above, below in pairwise(lines):
        wide = gap is not None and foot(below) - foot(above) >= gap * size_of(below)
        if wide or are_separated(above, below, marks):
            groups.append([below])
        else:
            groups[-1].append(below)
    return groups


def marks_between(lines: Sequence[Line], is_anchor: Callable[[Line], bool], rules: Sequence[Rule]) -> tuple[float, ...]:
    """The separators of the rows that ``lines`` hold; none where they part few of those with values."""
    marks = separators(rules, [line for line in lines if is_anchor(line)])
    return marks if marks and _are_parted(banded(lines, marks), is_anchor) else ()


def _are_parted(groups: Sequence[Sequence[Line]], is_anchor: Callable[[Line], bool]) -> bool:
    """Whether nearly every row with values stands in a group of its own."""
    held = [count for count in (sum(map(is_anchor, group)) for group in groups) if count]
    return sum(held) > 1 and len(held) - 1 >= _PARTED_SHARE * (sum(held) - 1)


def extent(
    lines: Sequence[Line],
    first: int,
    last: int,
    lowest: int,
    marks: Sequence[float],
    is_anchor: Callable[[Line], bool],
) -> tuple[int, int] | None:
    """Where the rows begin and end whose first and last values stand in the lines ``first`` and ``last``.

    Returns:
        The place of the first line and that after the last one; None where nothing tells rows apart.
    """
    body = lines[first : last + 1]
    gap = row_gap(body)
    if not marks and len(body) > 1 and (gap is None or not _are_parted(banded(body), is_anchor)):
        return None
    reach = min(gap or ONE_CELL, ONE_CELL)

    def is_joined(above: Line, below: Line) -> bool:
        near = foot(below) - foot(above) < reach * size_of(below)
        return near and not are_separated(above, below, marks)

    start, end = first, last + 1
    while start > lowest and first - start < _MOST_STACKED and is_joined(lines[start - 1], lines[start]):
        start -= 1
    while end < len(lines) and end - last <= _MOST_STACKED and is_joined(lines[end - 1], lines[end]):
        end += 1
    return start, end
