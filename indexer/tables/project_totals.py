"""Settles rows of project tables whose source leaves open under which years their values stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod

from indexer.figures import NumberStyle, parse_number
from indexer.records import Cell, Row, Table
from indexer.tables.project_units import ends_unit, words
from indexer.turkish import ascii_key

_MOST_COMBINATIONS = 4096

Cells = tuple[Cell | None, ...]


def settle_short_rows(tables: list[Table], style: NumberStyle) -> list[Table]:
    """The tables with each ambiguous row settled where arithmetic or a repetition of the row settles it.

    A unit's total row tells under which years its short rows stand, when in one placement alone every year adds up
    to it, or differs from it by the same amount. A row that stands a second time, with its empty cells visible, is
    placed as it is there.
    """
    rows = [row for table in tables for row in table.rows]
    settled = dict(_by_totals(rows, style))
    known: dict[tuple[object, ...], int | None] = {}
    for index, row in enumerate(rows):
        row = settled.get(index, row)
        if not row.ambiguous and any(row.cells) and not all(row.cells):
            key, offset = _key(row), _offset(row)
            known[key] = offset if known.get(key, offset) == offset else None
    result = []
    index = 0
    for table in tables:
        new = []
        for row in table.rows:
            row = settled.get(index, row)
            offset_there = known.get(_key(row)) if row.ambiguous else None
            new.append(_moved(row, offset_there) if offset_there is not None else row)
            index += 1
        result.append(replace(table, rows=tuple(new)))
    return result


def _key(row: Row) -> tuple[object, ...]:
    return row.code, ascii_key(row.label), tuple(cell.text for cell in row.cells if cell)


def _offset(row: Row) -> int:
    return next(index for index, cell in enumerate(row.cells) if cell)


def _moved(row: Row, offset: int) -> Row:
    values = tuple(cell for cell in row.cells if cell)
    cells = ((None,) * offset + values + (None,) * len(row.cells))[: len(row.cells)]
    return replace(row, cells=cells, ambiguous=False)


def _by_totals(rows: list[Row], style: NumberStyle) -> Iterator[tuple[int, Row]]:
    begin = 0
    for index, row in enumerate(rows):
        if row.code is None and all(row.cells):
            section = list(enumerate(rows[begin:index], begin))
            # A row that units share is counted in the total of one of them, mostly of the first.
            shared = [(at, one) for at, one in section if any(_same_unit(row.label, u) for u in one.units_responsible)]
            first = [(at, one) for at, one in shared if _same_unit(row.label, one.units_responsible[0])]
            yield from _settle(first, row, style) or _settle(shared, row, style)
            begin = index + 1


def _same_unit(total_label: str, unit: str) -> bool:
    return _stem(total_label) == _stem(unit)


def _stem(name: str) -> tuple[str, ...]:
    keys = [key for key in ascii_key(name).split() if key not in words("total_endings")]
    return tuple(key for key in keys if not ends_unit(key))


def _settle(own: list[tuple[int, Row]], total: Row, style: NumberStyle) -> list[tuple[int, Row]]:
    """The ambiguous rows of ``own`` in the one placement that agrees with ``total``; none without such a one."""
    open_rows = [(place, row) for place, row in own if row.ambiguous]
    target = _numbers(total.cells, style)
    fixed = _sum((_numbers(row.cells, style) for _, row in own if not row.ambiguous), len(target))
    choices = [[_moved(row, offset) for offset in range(row.cells.count(None) + 1)] for _, row in open_rows]
    if prod(len(choice) for choice in choices) > _MOST_COMBINATIONS:
        return []
    fitting = []
    for combination in product(*choices):
        placed = _sum((_numbers(row.cells, style) for row in combination), len(target))
        # Rows that units share put the same amount into or out of every year's total; the years must agree on it.
        if len({c - a - b for a, b, c in zip(fixed, placed, target, strict=True)}) == 1:
            fitting.append(combination)
    if len(fitting) != 1:
        return []
    return [(place, row) for (place, _), row in zip(open_rows, fitting[0], strict=True)]


def _numbers(cells: Cells, style: NumberStyle) -> list[Decimal]:
    return [(parse_number(cell.text, style) if cell else None) or Decimal(0) for cell in cells]


def _sum(rows: Iterable[list[Decimal]], width: int) -> list[Decimal]:
    totals = [Decimal(0)] * width
    for row in rows:
        totals = [a + b for a, b in zip(totals, row, strict=True)]
    return totals
