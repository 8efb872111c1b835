"""Which lines make a row: labels that go on over several lines are joined to the values beside or between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from indexer.reading.pdf.bands import CLEARLY_WIDER, banded
from indexer.reading.pdf.ink import Line, text_of
from indexer.reading.pdf.lines import foot, lines_of, size_of
from indexer.units import find_unit

_DIGITS = r"(?:[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?|\d[\d.,]*)"  # 1 250 000,50 or 1.250.000,50
_VALUE = re.compile(rf"[%₺]? ?[-−(]?{_DIGITS}\)? ?[%₺*]?[⁰¹²³⁴-⁹]{{0,3}}|[-–—]{{1,3}}")
_NUMBER = re.compile(r"-?\d[\d.,]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAME_FOOT = 0.35  # of the letters' size


def is_value(text: str) -> bool:
    """Whether ``text`` is what a column of values holds: a number, with its % or ₺ or a unit behind it, or a dash."""
    number, _, unit = text.partition(" ")
    return _VALUE.fullmatch(text) is not None or (
        unit[:1].isalpha() and _NUMBER.fullmatch(number) is not None and find_unit(unit) is not None
    )


def is_year(text: str) -> bool:
    """Whether ``text`` is a year, which stands in headers as well."""
    return _YEAR.fullmatch(text) is not None


def group_rows(
    lines: Sequence[Line], is_anchor: Callable[[Line], bool], marks: Sequence[float] = ()
) -> list[list[Line]] | None:
    """The rows that ``lines`` make; None where it is not certain which lines belong together.

    More room between two lines than between others parts rows; where all stand as close, each row has one line with
    values, and how labels go on tells which other lines belong to it.

    Args:
        lines: the lines of rows from top to bottom.
        is_anchor: whether a line holds the values or the code of a row.
        marks: how far down lines are drawn between rows, where they are.
    """
    rows: list[list[Line]] = []
    for group in banded(lines, marks):
        anchors = sum(map(is_anchor, group))
        found = _by_anchors(group, is_anchor) if anchors > 1 else [list(group)]
        lost = not anchors and not marks and (_goes_on(group[0]) or len(group) == len(lines))
        if found is None or lost:
            return None
        rows += found
    return rows


def _by_anchors(lines: Sequence[Line], is_anchor: Callable[[Line], bool]) -> list[list[Line]] | None:
    """The rows of lines that stand equally close, one for each anchor."""
    anchors = [place for place, line in enumerate(lines) if is_anchor(line)]
    stretches = [list(range(first, last + 1)) for first, last in pairwise(anchors)]
    cuts: list[int | None] = [_cut(lines, stretch) for stretch in stretches]
    if None in cuts:
        sides = {cut == 1 for cut, stretch in zip(cuts, stretches, strict=True) if cut is not None and len(stretch) > 2}
        if len(sides) != 1:
            return None
        after_values = not sides.pop()
        for place, stretch in enumerate(stretches):
            if cuts[place] is None:
                cuts[place] = len(stretch) - 1 if after_values else 1
                if cuts[place] not in _allowed(lines, stretch):
                    return None
    starts = [0, *(stretch[cut] for stretch, cut in zip(stretches, cuts, strict=True) if cut is not None)]
    return [list(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]


def _cut(lines: Sequence[Line], stretch: Sequence[int]) -> int | None:
    """At which of the lines from one anchor to the next the second row begins; None where nothing tells."""
    if len(stretch) == 2:
        return 1
    steps = [foot(lines[below]) - foot(lines[above]) for above, below in pairwise(stretch)]
    *others, widest = sorted(steps)
    if widest >= CLEARLY_WIDER * others[-1]:
        return steps.index(widest) + 1
    allowed = _allowed(lines, stretch)
    return allowed[0] if len(allowed) == 1 else None


def _allowed(lines: Sequence[Line], stretch: Sequence[int]) -> list[int]:
    """The lines that can begin a row: none that goes on in small letters, or holds values alone."""
    return [place for place in range(1, len(stretch)) if not _goes_on(lines[stretch[place]])]


def _goes_on(line: Line) -> bool:
    first = line[0].text
    return first[0].islower() or first[0] in "(/)&" or all(is_value(word.text) for word in line)


def split_rows(row: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """The rows that stand within one row of borders, where only the columns of a table are bordered.

    They are told apart where two columns or more hold values alone, line by line beside each other.
    """
    cells = [lines_of(cell) for cell in row]
    stacked = [lines for lines in cells if len(lines) > 1 and all(is_value(text_of(line)) for line in lines)]
    if len(stacked) < 2 or len({len(lines) for lines in stacked}) != 1 or not _level(stacked):
        return [row]
    feet = [foot(line) for line in stacked[0]]
    groups = group_rows(lines_of(word for cell in row for word in cell), lambda line: _stands_at(line, feet))
    if groups is None or len(groups) != len(feet):
        return [row]
    owner = {id(word): place for place, group in enumerate(groups) for line in group for word in line}
    places = range(len(feet))
    parts = [tuple(tuple(word for word in cell if owner[id(word)] == place) for cell in row) for place in places]
    return parts if all(part[0] for part in parts) else [row]


def _level(stacked: Sequence[Sequence[Line]]) -> bool:
    """Whether the values of all columns stand beside each other."""
    first = stacked[0]
    return all(
        abs(foot(one) - foot(other)) <= _SAME_FOOT * size_of(one)
        for lines in stacked[1:]
        for one, other in zip(first, lines, strict=True)
    )


def _stands_at(line: Line, feet: Sequence[float]) -> bool:
    return any(abs(foot(line) - place) <= _SAME_FOOT * size_of(line) for place in feet) and any(
        is_value(word.text) for word in line
    )
