"""From a run of values to the cells of a row: healing of split numbers, and empty cells that left no trace.

A value goes under a column only when the text or arithmetic makes the column certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import combinations, pairwise

from indexer.figures import NumberStyle, parse_number
from indexer.records import Cell, Column, Span
from indexer.tables.columns import durations, header_key, words
from indexer.tables.indicator_gaps import places_by_spaces
from indexer.tables.indicator_tokens import Run, Token, joined

_ONE_DECIMAL = re.compile(r"\d[\d.]*,\d|\d[\d,]*\.\d")
_MEASURED = 2  # tokens: a number and its unit
_TOLERANCE = Decimal("1.5")  # percentage points: printed rates are rounded, to whole numbers at times


@dataclass(frozen=True, slots=True)
class Placed:
    """The cells of the value columns; ``certain`` is False where the source does not tell which value is whose."""

    cells: tuple[Cell | None, ...]
    certain: bool = True


def place(
    run: Run,
    columns: Sequence[Column],
    status: str | None,
    style: NumberStyle,
    *,
    blanks_tell: bool = True,
    gaps: Sequence[int] = (),
) -> Placed:
    """The values of ``run`` under ``columns``.

    Args:
        run: the values of a row, as many as there are columns, fewer (empty cells without a trace), or more
            (numbers split at a line end; numbers at the end of the label).
        columns: the value columns of the table.
        status: the key of the row's status word, such as ``hedef ve ustu``; None where there is none.
        style: how the document writes numbers.
        blanks_tell: whether a blank line parts cells; not where one stands between all lines.
        gaps: the spaces before each value and behind the last; each space but one can stand for an empty cell.
    """
    count = len(columns)
    values = _share_out(run, count, blanks_tell=blanks_tell) if run.compound else _heal(list(run.values), count)
    if len(values) == count:
        placed = tuple(_cell(value) for value in values)
        against = run.cut and _judge(dict(enumerate(placed)), columns, status, style) is _Verdict.IMPOSSIBLE
        return Placed(placed, certain=not against)  # cut at the wrong end where the rate says otherwise
    if len(values) > count or not values:
        return Placed((None,) * count, certain=False)
    cells = [_cell(value) for value in values]
    placements = [dict(zip(chosen, cells, strict=True)) for chosen in combinations(range(count), len(cells))]
    judged = [(placement, _judge(placement, columns, status, style)) for placement in placements]
    possible = [placement for placement, verdict in judged if verdict is not _Verdict.IMPOSSIBLE]
    confirmed = [placement for placement, verdict in judged if verdict is _Verdict.CONFIRMED]
    sure = confirmed if len(confirmed) == 1 else possible
    spaced = places_by_spaces(gaps, len(cells), count)
    if len(sure) > 1 and spaced:
        sure = [placement for placement in possible if tuple(placement) == spaced] or sure
    if len(sure) == 1:
        return Placed(tuple(sure[0].get(index) for index in range(count)))
    return Placed(tuple(_common(possible, index) for index in range(count)), certain=False)


def value_count(run: Run, count: int) -> int:
    """How many values ``run`` has for ``count`` columns once split numbers are healed."""
    return len(_share_out(run, count) if run.compound else _heal(list(run.values), count))


def _share_out(run: Run, count: int, *, blanks_tell: bool = True) -> list[tuple[Token, ...]]:
    """Pieces of several words, shared out evenly over the cells that are not visibly empty.

    None come back where nothing shows that the shares are the cells: the same units in each, or a blank line between.
    """
    empties = [value for value in run.values if value[0].is_empty]
    pieces = [value for value in run.values if not value[0].is_empty]
    slots = count - len(empties)
    spans = _durations(pieces)
    if len(spans) == slots:
        return empties + spans
    if slots <= 0 or len(pieces) % slots:
        return []
    size = len(pieces) // slots
    shares = [pieces[start : start + size] for start in range(0, len(pieces), size)]
    units = {tuple(piece[1].text for piece in share if piece[0].is_number) for share in shares}
    measured = len(units) == 1 and units != {()}
    apart = all(before[-1][-1].paragraph < after[0][0].paragraph for before, after in pairwise(shares))
    if not measured and not (apart and blanks_tell):
        return []
    return empties + [tuple(token for piece in share for token in piece) for share in shares]


def _durations(pieces: Sequence[tuple[Token, ...]]) -> list[tuple[Token, ...]]:
    """Pieces such as "10 dakika" "30 saniye" "9 dakika" as durations: a smaller unit goes on with the one before it.

    None where a piece has no unit of time.
    """
    order = {unit: rank for rank, line in enumerate(durations()) for unit in line}
    found: list[tuple[Token, ...]] = []
    previous = -1
    for piece in pieces:
        rank = order.get(header_key(piece[-1].text), -1)
        if rank < 0 or len(piece) != _MEASURED:
            return []
        if found and rank > previous:
            found[-1] += piece
        else:
            found.append(piece)
        previous = rank
    return found


def _heal(values: list[tuple[Token, ...]], count: int) -> list[tuple[Token, ...]]:
    """Joins "425.000,0" at a line end with the "0" that begins the next line, where there are values too many."""
    index = 0
    while len(values) > count and index + 1 < len(values):
        (first,), (second,) = values[index][-1:], values[index + 1][:1]
        torn = second.line > first.line and _ONE_DECIMAL.fullmatch(first.text) and second.text.rstrip("%").isdigit()
        if torn and len(second.text.rstrip("%")) == 1:
            values[index : index + 2] = [(first, second)]
        index += 1
    return values


def _cell(value: tuple[Token, ...]) -> Cell | None:
    if value[0].is_empty:
        return None
    span = Span(value[0].span.start, value[-1].span.end)
    if all(token.is_number for token in value):
        return Cell("".join(token.text for token in value), span)
    return Cell(joined(value), span)


def _common(placements: Sequence[dict[int, Cell | None]], index: int) -> Cell | None:
    """What every possible placement has in a column."""
    found = {placement.get(index) for placement in placements}
    return found.pop() if len(found) == 1 else None


class _Verdict(Enum):
    IMPOSSIBLE = 0
    POSSIBLE = 1
    CONFIRMED = 2  # the rate is what target and actual give


def _judge(
    cells: dict[int, Cell | None], columns: Sequence[Column], status: str | None, style: NumberStyle
) -> _Verdict:
    """Whether a placement agrees with the status and the rate of its row."""
    target, actual, rate = (_last(columns, measure) for measure in ("target", "actual", "rate"))
    if target is None or actual is None:
        return _Verdict.POSSIBLE
    goal, reached = _number(cells.get(target), style), _number(cells.get(actual), style)
    share = _number(cells.get(rate), style) if rate is not None else None
    both = goal is not None and reached is not None
    if status is not None and rate is None and not both:
        return _Verdict.IMPOSSIBLE  # a status compares these two
    if status in words("indicator", "reached") and goal is not None and reached is not None and reached < goal:
        return _Verdict.IMPOSSIBLE
    if share is None or goal is None or reached is None or not goal:
        return _Verdict.POSSIBLE
    percentage = reached / goal * 100
    if min(abs(percentage - share), abs(percentage - 100 - share)) > _TOLERANCE:
        return _Verdict.IMPOSSIBLE
    return _Verdict.POSSIBLE if goal == reached == share else _Verdict.CONFIRMED


def _last(columns: Sequence[Column], measure: str) -> int | None:
    return max((index for index, column in enumerate(columns) if column.measure == measure), default=None)


def _number(cell: Cell | None, style: NumberStyle) -> Decimal | None:
    return parse_number(cell.text, style) if cell is not None else None


def status_key(tokens: Sequence[Token]) -> str:
    """A status as the data file writes it."""
    return header_key(" ".join(token.text for token in tokens))
