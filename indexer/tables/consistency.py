"""Arithmetic that tables of municipal reports must obey: totals, sums across columns, shares and rates.

A check that does not hold is a misread cell or a mistake of the source; either way it has a place to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from indexer.figures import NumberStyle, parse_number
from indexer.records import Cell, Row, Span, Table
from indexer.tables.columns import header_key
from indexer.tables.forms import form_words, phrase

CheckKind = Literal["codes", "outside", "resources", "across", "column total", "share", "rate"]

_RATE_TOLERANCE = Decimal("1.01")  # rates are printed whole or cut off, not rounded
_SHARE_TOLERANCE = Decimal("0.011")  # two decimals, the last one rounded
_PERIODS = {"target", "actual"}
_CODE_LEVEL = re.compile(r"[1-9]|0[1-9]")  # economic codes of the first level


@dataclass(frozen=True, slots=True)
class Check:
    """One equation of a table: what was to be expected from other cells, and what the cell at ``place`` says.

    ``place`` is the row's span in the document; ``column`` is the name of the column that was checked.
    """

    kind: CheckKind
    holds: bool
    place: Span
    table: str
    row: str
    column: str
    expected: Decimal
    found: Decimal


def check_tables(tables: Iterable[Table], style: NumberStyle) -> list[Check]:
    """Every equation that the tables of one document can be held to, in reading order.

    Args:
        tables: extracted tables; ambiguous rows are left out.
        style: how the document writes numbers.

    Returns:
        The checks of all tables, those that hold and those that do not.
    """
    grids = [_Grid(table, style) for table in tables]
    wholes: dict[tuple[str, ...], dict[int, Decimal]] = {}
    for grid in grids:  # a table that goes on over themes or pages has its total in the last part only
        wholes.setdefault(tuple(grid.names), {}).update(_wholes(grid))
    checks: list[Check] = []
    before: list[_Grid] = []  # the parts above of a table that goes on over pages
    for grid in grids:
        if before and not grid.continues(before[-1]):
            before = []
        checks += _code_sums(grid)
        checks += _across(grid)
        checks += _column_totals(grid, before)
        before = [] if grid.has_total else [*before, grid]
        checks += _shares(grid, wholes[tuple(grid.names)])
        checks += _rates(grid)
    return checks


class _Grid:
    """A table as numbers; an empty cell and a dash are None."""

    def __init__(self, table: Table, style: NumberStyle) -> None:
        self.table = table
        self.rows = [row for row in table.rows if not row.ambiguous]
        self.keys = [header_key(row.label) for row in self.rows]
        self.names = [header_key(column.name) for column in table.columns]
        self.numbers = [[_number(cell, style) for cell in row.cells] for row in self.rows]

    @property
    def has_total(self) -> bool:
        """Whether the last row is a total."""
        return bool(self.keys) and self.keys[-1] in form_words("totals", "labels")

    def continues(self, other: _Grid) -> bool:
        """Whether the table may be the next part of ``other``."""
        first, second = other.table, self.table
        return (first.family, first.context, other.names) == (second.family, second.context, self.names)

    def check(
        self, kind: CheckKind, row: Row, column: int, expected: Decimal, found: Decimal, tolerance: Decimal = Decimal(0)
    ) -> Check:
        name = self.table.columns[column].name
        holds = abs(expected - found) <= tolerance
        return Check(kind, holds, row.span, self.table.title, row.label, name, expected, found)


def _number(cell: Cell | None, style: NumberStyle) -> Decimal | None:
    return parse_number(cell.text, style) if cell is not None else None


def _total(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is printed, or None where nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None


def _code_sums(grid: _Grid) -> Iterator[Check]:
    """Economic codes add up to the budget, sources outside it to theirs, and both to all resources."""
    names: dict[str, tuple[CheckKind, list[int]]] = {
        "budget_total": ("codes", [i for i, row in enumerate(grid.rows) if _CODE_LEVEL.fullmatch(row.code or "")]),
        "outside_total": ("outside", _labelled(grid, "outside")),
        "total": ("resources", _labelled(grid, "budget_total") + _labelled(grid, "outside_total")),
    }
    for name, (kind, parts) in names.items():
        for index in _labelled(grid, name)[-1:]:
            for column, found in enumerate(grid.numbers[index]):
                if any(_is_lost(grid.numbers[part], column) for part in parts):
                    continue
                expected = _total(grid.numbers[part][column] for part in parts)
                if found is not None and (expected is not None or found == 0):
                    yield grid.check(kind, grid.rows[index], column, expected or Decimal(0), found)


def _is_lost(numbers: Sequence[Decimal | None], column: int) -> bool:
    """Whether a cell is empty in a row that has others, so that its value may be lost; an empty row is no money."""
    return numbers[column] is None and any(number is not None for number in numbers)


def _labelled(grid: _Grid, name: str) -> list[int]:
    return [index for index, key in enumerate(grid.keys) if key in form_words("costs", name)]


def _across(grid: _Grid) -> Iterator[Check]:
    """The columns inside and outside the budget, or of activities, administration and transfers, add up to the last."""
    parts = _parts_across(grid)
    if parts is None:
        return
    columns, whole = parts
    for row, numbers in zip(grid.rows, grid.numbers, strict=True):
        expected, found = _total(numbers[column] for column in columns), numbers[whole]
        if expected is not None and found is not None:
            yield grid.check("across", row, whole, expected, found)


def _parts_across(grid: _Grid) -> tuple[list[int], int] | None:
    money = [index for index, column in enumerate(grid.table.columns) if column.measure != "rate"]
    if len(money) == 4 and all(grid.names[index] in form_words("resources", "columns") for index in money):
        return money[:3], money[3]
    if len(money) == 3:
        inside, outside, whole = (grid.names[index] for index in money)
        if "butce" in inside and "butce disi" in outside and phrase("totals", "labels").search(whole):
            return money[:2], money[2]
    return None


def _column_totals(grid: _Grid, before: Sequence[_Grid]) -> Iterator[Check]:
    """The rows above a total, those of the parts ``before`` it too, add up to it in every column that is no rate.

    Rows with codes or numbers of several levels are left alone, as are totals of totals.
    """
    uncertain = any(row.ambiguous for part in (*before, grid) for row in part.table.rows)
    if uncertain or not grid.has_total or _labelled(grid, "total"):  # an ambiguous row is left out, its value is not
        return
    parts = [(part.rows[i], part.keys[i], part.numbers[i]) for part in (*before, grid) for i in range(len(part.rows))]
    *added, (total, _, printed) = parts
    values = [numbers for _, key, numbers in added if key not in form_words("totals", "labels")]
    if len(values) < 2 or any(row.code for row, _, _ in added):
        return
    for column, found in enumerate(printed):
        expected = _total(numbers[column] for numbers in values)
        if found is not None and expected is not None and grid.table.columns[column].measure != "rate":
            yield grid.check("column total", total, column, expected, found)


def _share_columns(grid: _Grid) -> Iterator[tuple[int, int]]:
    """The columns of shares, each with the column of the amounts that it divides."""
    for column, name in enumerate(grid.names):
        if re.search(r"(?<!\w)payi?(?!\w)", name):
            amounts = [index for index in range(column) if grid.table.columns[index].measure == "budget"]
            if amounts:
                yield column, amounts[-1]


def _wholes(grid: _Grid) -> dict[int, Decimal]:
    """The amount that has the share 100, by column of shares."""
    return {
        column: whole
        for column, amounts in _share_columns(grid)
        for numbers in grid.numbers
        if numbers[column] == 100 and (whole := numbers[amounts])
    }


def _shares(grid: _Grid, wholes: dict[int, Decimal]) -> Iterator[Check]:
    """A share beside an amount is the amount's part of the row that has the share 100."""
    for column, amounts in _share_columns(grid):
        whole = wholes.get(column)
        for row, numbers in zip(grid.rows, grid.numbers, strict=True):
            amount, found = numbers[amounts], numbers[column]
            if whole and amount is not None and found is not None:
                yield grid.check("share", row, column, 100 * amount / whole, found, _SHARE_TOLERANCE)


def _rates(grid: _Grid) -> Iterator[Check]:
    """A rate of one target and one actual value of the same year is their quotient in per cent."""
    columns = grid.table.columns
    rates = [index for index, name in enumerate(grid.names) if columns[index].measure == "rate" and "sapma" not in name]
    if grid.table.kind != "indicator" or len(rates) != 1:
        return
    places = _target_and_actual(grid.table)
    if places is None:
        return
    target, actual = places
    for row, numbers in zip(grid.rows, grid.numbers, strict=True):
        planned, done, found = numbers[target], numbers[actual], numbers[rates[0]]
        if planned and done is not None and found is not None:
            yield grid.check("rate", row, rates[0], 100 * done / planned, found, _RATE_TOLERANCE)


def _target_and_actual(table: Table) -> tuple[int, int] | None:
    places: dict[str, list[int]] = {"target": [], "actual": []}
    years: Sequence[int] = [column.year for column in table.columns if column.year and column.measure in _PERIODS]
    for index, column in enumerate(table.columns):
        if column.measure in _PERIODS and column.year in (None, max(years, default=None)):
            places[column.measure].append(index)
    if len(places["target"]) == len(places["actual"]) == 1:
        return places["target"][0], places["actual"][0]
    return None
