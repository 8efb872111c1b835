"""Columns of tables without borders: what stays free between the words of lines with values."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.reading.pdf.ink import Line, Word, bounds, text_of
from indexer.reading.pdf.lines import WIDE_GAP, pieces
from indexer.reading.pdf.row_groups import is_value

GUTTER = 1.5  # points that stay free between two columns
_CLEAR_SHARE = 0.5  # of the lines have a wide gap between two columns
_VALUE_SHARE = 0.6  # of the filled cells of a column of values
_LEVEL = 0.6  # points between ends that stand right below each other
_MORE_THAN_SPACE = 0.55  # of the letters' size


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
        for part in self._parts(line):
            first, last = (bisect_right(self.edges, x) - 1 for x in (part[0].x0 + 1, part[-1].x1 - 1))
            if self.values.isdisjoint(range(first, last + 1)):
                found[first] += part  # a label may reach over several columns, as those of totals do
                continue
            for word in part:
                place = self.place(word)
                if place is None:
                    return None
                found[place].append(word)
        return tuple(tuple(cell) for cell in found)

    def _parts(self, line: Line) -> list[Line]:
        """The parts of ``line`` with more than a space between them, at the border of columns at least."""
        parts: list[list[Word]] = []
        for word in line:
            before = parts[-1][-1] if parts else None
            room = (word.x0 - before.x1) / word.size if before else WIDE_GAP
            parted = before is not None and any(before.x1 - 1 <= edge <= word.x0 + 1 for edge in self.edges)
            if before is None or room >= WIDE_GAP or (parted and room >= _MORE_THAN_SPACE):
                parts.append([word])
            else:
                parts[-1].append(word)
        return [tuple(part) for part in parts]


def spans_of(anchors: Sequence[Line], body: Sequence[Line], *, whole: bool) -> list[tuple[float, float]] | None:
    """What each column covers across, by the lines with values; None where they have no columns in common.

    Args:
        anchors: the lines with values.
        body: the lines of the rows, which tell how far columns reach.
        whole: whether they are all lines of rows, and no other ones; they tell of further columns, then.
    """
    taken: list[list[float]] = []
    for word in sorted((word for line in anchors for word in line), key=lambda word: word.x0):
        if taken and word.x0 - taken[-1][1] < GUTTER:
            taken[-1][1] = max(taken[-1][1], word.x1)
        else:
            taken.append([word.x0, word.x1])
    spans: list[tuple[float, float]] = []
    for x0, x1 in taken:
        if spans and not _is_clear(anchors, spans[-1], (x0, x1)):
            spans[-1] = (spans[-1][0], x1)
        else:
            spans.append((x0, x1))
    spans = _widened(spans, [part for line in body if line not in anchors for part in pieces(line)], whole)
    if len(spans) < 2 or not value_columns(anchors, spans):
        return None
    for line in anchors:
        for span in spans:
            if len(pieces(within(line, span))) > 1:
                return None  # two things in one column: what stands between columns is not the same in all lines
    return spans


def _widened(spans: Sequence[tuple[float, float]], parts: Sequence[Line], whole: bool) -> list[tuple[float, float]]:
    """The columns with what ``parts`` cover of them, and the columns that hold these alone where they are ``whole``."""
    found = [list(span) for span in spans]
    for part in parts:
        x0, _, x1, _ = bounds(part)
        met = [span for span in found if min(x1, span[1]) - max(x0, span[0]) > 0]
        if len(met) == 1:
            met[0][:] = [min(x0, met[0][0]), max(x1, met[0][1])]
        elif not met and whole:
            found.append([x0, x1])
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted((x0, x1) for x0, x1 in found):
        if merged and x0 < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _is_clear(anchors: Sequence[Line], left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Whether what stands free between two stretches parts columns and not the words of one."""
    clear = both = 0
    sides = [(within(line, left), within(line, right)) for line in anchors]
    ends = [before[-1].x1 for before, _ in sides if before]
    starts = [behind[0].x0 for _, behind in sides if behind]
    level = max(ends) - min(ends) < _LEVEL and max(starts) - min(starts) < _LEVEL
    texts = [text_of(side) for both_sides in sides for side in both_sides if side]
    for before, behind in sides:
        if before and behind:
            both += 1
            beside = level and is_value(text_of(before)) != is_value(
                text_of(behind)
            )  # numbers at the right, then words
            clear += behind[0].x0 - before[-1].x1 >= (_MORE_THAN_SPACE if beside else WIDE_GAP) * behind[0].size
    if not both:  # one column whose cells are set to either side, unless two columns of values
        return all(map(is_value, texts))
    return clear >= _CLEAR_SHARE * both


def within(line: Line, span: tuple[float, float]) -> Line:
    """The words of ``line`` whose middle is within ``span``."""
    return tuple(word for word in line if span[0] - 0.1 <= word.middle <= span[1] + 0.1)


def value_columns(anchors: Sequence[Line], spans: Sequence[tuple[float, float]]) -> frozenset[int]:
    """The columns of values: never the first one, where labels and their codes stand."""
    found: set[int] = set()
    for place, span in enumerate(spans[1:], 1):
        texts = [text_of(words) for line in anchors if (words := within(line, span))]
        if texts and sum(map(is_value, texts)) >= _VALUE_SHARE * len(texts):
            found.add(place)
    labels = [place for place in range(len(spans)) if place not in found]
    return frozenset(place for place in found if place > labels[0])
