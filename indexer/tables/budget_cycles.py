"""Rows that stand for several lines each: a code, and below it the same few sub-rows again and again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from indexer.tables.numeric_rows import Draft
from indexer.turkish import ascii_key

_TIMES = 3  # how often a cycle must come back
_LONGEST_CYCLE = 4


def cycle_width(drafts: Sequence[Draft], width: int) -> int:
    """The number of value columns that the rows need once merged cells are counted in; ``width`` without cycles."""
    if not _cycle(drafts):
        return width
    counts: list[int] = [0]
    for row in drafts:
        if row.label:
            counts.append(len(row.values))
        else:
            counts[-1] += len(row.values)
    return max(counts)


def unfold_cycles(drafts: Sequence[Draft]) -> list[Draft]:
    """The rows with the code's text before each sub-row's label.

    Values that stand between the sub-rows, because their cell is merged over them, belong to the row above. Rows
    without a cycle come back as they are.
    """
    names = _cycle(drafts)
    if not names:
        return list(drafts)
    merged: list[Draft] = []
    above: Draft | None = None
    for row in drafts:
        key = ascii_key(" ".join(row.label))
        if not row.values:
            above = row
        elif key in names:
            if above:
                row.label = [*above.label, "-", *row.label]
                row.start = above.start if key == names[0] else row.start
            merged.append(row)
        elif not row.label and merged:
            merged[-1].values += row.values
            merged[-1].end = row.end
        else:
            above = None
            merged.append(row)
    return merged


def _cycle(drafts: Sequence[Draft]) -> tuple[str, ...]:
    """The labels that come back in the same order."""
    keys = [key for row in drafts if row.values and (key := ascii_key(" ".join(row.label)))]
    for length in range(2, _LONGEST_CYCLE + 1):
        names = tuple(keys[:length])
        places = [index for index, key in enumerate(keys) if key == keys[0]]
        regular = all(second - first == length for first, second in pairwise(places))
        if len(places) >= _TIMES and regular and len(set(names)) == length and len(keys) == length * len(places):
            return names
    return ()
