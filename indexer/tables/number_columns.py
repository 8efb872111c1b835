"""Decides under which columns the values of a short row stand: by visible gaps, by kinds of values, by arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from math import prod

from indexer.tables.numeric_rows import spaces_fill
from indexer.tables.values import Value

_MOST_COMBINATIONS = 20_000
_SAME_WHOLE = Decimal("0.15")  # by how much the wholes of two columns or years differ at most
_FEWEST_SHARES = 3
_TOLERANCE = Decimal("0.02")  # a rounding cent for each of a few addends

Places = tuple[int, ...]


@dataclass
class Placed:
    """The values of a row and the columns that they may stand under; one choice left means that it is certain."""

    values: Sequence[Value]
    choices: list[Places]
    depth: int
    total: bool
    trailing: int = 0  # spaces after the last value

    def column(self, choice: Places, column: int) -> Decimal:
        """The amount under ``column`` with that choice; nothing counts as zero."""
        if column not in choice:
            return Decimal(0)
        return self.values[choice.index(column)].number or Decimal(0)


def place(rows: Sequence[Placed], width: int, unsummed: frozenset[int] = frozenset()) -> None:
    """Narrows the choices of each row of a table with ``width`` value columns; those ``unsummed`` hold rates."""
    shares = _share_columns(rows, width)
    common = _common_gap(rows)
    for row in rows:
        missing = width - len(row.values)
        if missing <= 0 or not row.values:
            row.choices = [tuple(range(len(row.values)))[:width]]
            continue
        row.choices = list(combinations(range(width), len(row.values)))
        _narrow(row, _by_kind(row, shares))
        if spaces_fill(row.values, row.trailing, width):
            _narrow(row, [choice for choice in row.choices if choice == _by_spaces(row.values)])
    _by_shares(rows, width, shares)
    for parent, children in _families(rows):
        _by_sums([parent, *children], [column for column in range(width) if column not in shares | unsummed])
    for row in rows:
        if len(row.choices) > 1 and len(row.values) == width - 1:
            wide = [index for index, value in enumerate(row.values) if index and value.gap > common]
            if len(wide) == 1 and row.values[wide[0]].gap == common + 1:
                places = tuple(index + (index >= wide[0]) for index in range(len(row.values)))
                _narrow(row, [choice for choice in row.choices if choice == places])


def _by_spaces(values: Sequence[Value]) -> Places:
    """The columns of ``values`` when each space but the first before one stands for an empty cell."""
    places: list[int] = []
    for value in values:
        places.append((places[-1] + 1 if places else 0) + value.gap - 1)
    return tuple(places)


def _narrow(row: Placed, choices: list[Places]) -> None:
    if choices:
        row.choices = choices


def _common_gap(rows: Sequence[Placed]) -> int:
    gaps = Counter(value.gap for row in rows for value in row.values[1:])
    return gaps.most_common(1)[0][0] if gaps else 1


def _is_share(value: Value) -> bool:
    return "%" in value.text


def _share_columns(rows: Sequence[Placed], width: int) -> frozenset[int]:
    """The columns whose values are written with a % sign in the full rows."""
    full = [row for row in rows if len(row.values) == width]
    return frozenset(column for column in range(width) if full and all(_is_share(row.values[column]) for row in full))


def _by_kind(row: Placed, shares: frozenset[int]) -> list[Places]:
    """The choices that put percentages under columns of percentages, and amounts under the others."""
    if not shares:
        return []
    return [
        choice
        for choice in row.choices
        if all(_is_share(value) == (column in shares) for value, column in zip(row.values, choice, strict=True))
    ]


def _by_shares(rows: Sequence[Placed], width: int, shares: frozenset[int]) -> None:
    """Puts the one percentage of short rows under the column that holds each row's share of one whole."""
    full = [row for row in rows if len(row.values) == width]
    open_rows = [row for row in rows if len(row.choices) > 1]
    short = [row for row in open_rows if [_is_share(value) for value in row.values[-2:]] == [False, True]]
    for amount in range(width):
        for share in shares:
            whole = _whole(full, amount, share)
            if amount in shares or whole is None:
                continue
            there = [_part(row, amount, -1) for row in short if amount < len(row.values) - 1]
            known = [part for part in there if part is not None]
            if known and all(abs(part / whole - 1) < _SAME_WHOLE for part in known):
                for row in short:
                    _narrow(row, [choice for choice in row.choices if choice[-1] == share])


def _whole(rows: Sequence[Placed], amount: int, share: int) -> Decimal | None:
    """What the amounts are shares of, when that is the same in all rows; None where it is not."""
    known = [part for row in rows if (part := _part(row, amount, share)) is not None]
    if len(known) < _FEWEST_SHARES or max(known) > min(known) * (1 + _SAME_WHOLE):
        return None
    return sorted(known)[len(known) // 2]


def _part(row: Placed, amount: int, share: int) -> Decimal | None:
    value, percent = row.values[amount].number, row.values[share].number
    if value is None or percent is None or percent < 1:
        return None  # below one per cent, rounding blurs the whole
    return 100 * value / percent


def _families(rows: Sequence[Placed]) -> Iterator[tuple[Placed, list[Placed]]]:
    """Each row that adds up others, with those: totals with the rows above, deeper rows with the one above them."""
    begin = 0
    for index, row in enumerate(rows):
        if row.total:
            yield row, [other for other in rows[begin:index] if other.values]
            begin = index + 1
        children = []
        for other in rows[index + 1 :]:
            if other.depth <= row.depth:
                break
            children.append(other)
        direct = [child for child in children if child.depth == min(c.depth for c in children)]
        if len(direct) > 1:
            yield row, direct


def _by_sums(family: list[Placed], columns: list[int]) -> None:
    """Keeps the choices of a parent and its children in which each column of the children adds up to the parent's."""
    if prod(len(row.choices) for row in family) > _MOST_COMBINATIONS or all(len(row.choices) == 1 for row in family):
        return
    fitting: list[tuple[Places, ...]] = []
    for combination in product(*(row.choices for row in family)):
        parent, *children = [
            [row.column(choice, column) for column in columns] for row, choice in zip(family, combination, strict=True)
        ]
        if all(abs(sum(child[i] for child in children) - parent[i]) <= _TOLERANCE for i in range(len(columns))):
            fitting.append(combination)
    if fitting:
        for position, row in enumerate(family):
            row.choices = sorted({combination[position] for combination in fitting})
