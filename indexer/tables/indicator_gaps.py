"""Empty cells that a flattened indicator table shows by spaces alone: one separates two cells, each more is a cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from indexer.records import Line
from indexer.tables.indicator_tokens import Run, Token


def spaces_around(run: Run, tokens: Sequence[Token], lines: Sequence[Line]) -> tuple[int, ...]:
    """The ordinary spaces before each value of ``run`` and behind the last.

    None where it stands on several lines or at the beginning of one, or where its last value does not end its line.
    """
    first, last = tokens[run.start], tokens[run.end - 1]
    if run.compound or first.line != last.line or run.start == 0 or tokens[run.start - 1].line != first.line:
        return ()
    between = [after.span.start - before.span.end for before, after in pairwise(tokens[run.start - 1 : run.end])]
    ends_line = run.end == len(tokens) or tokens[run.end].line != last.line
    return (*between, max(1, lines[last.line].end - last.span.end) if ends_line else 1)


def places_by_spaces(gaps: Sequence[int], values: int, count: int) -> tuple[int, ...]:
    """The columns of ``values`` values under ``count`` columns; none unless each surplus space can be an empty cell.

    ``gaps`` are as :func:`spaces_around` gives them.
    """
    if len(gaps) != values + 1 or values + sum(gap - 1 for gap in gaps) != count:
        return ()
    places: list[int] = []
    for gap in gaps[:-1]:
        places.append((places[-1] + 1 if places else 0) + gap - 1)
    return tuple(places)
