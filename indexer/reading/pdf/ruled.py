"""Tables whose cells are bordered by lines: the cells are the rectangles that the lines make."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber import table as grids

from indexer.reading.pdf.ink import Grid, Ink, Line, Rule, Word
from indexer.reading.pdf.lines import lines_of
from indexer.reading.pdf.row_groups import is_value, split_rows

_SNAP = 3.0  # points between lines that are one border
_NARROW = 6.0  # points; what stands between two lines that are nearer holds no cell
_OPEN_RULES = 3  # rules of one width below each other that make a table open at its sides
_MOST_CROSSINGS = 400_000  # of lines across and down: a drawing
_LONG_CELL = 8  # lines of text in each of two cells side by side: columns of prose in a frame

_CellBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table by its cells, with the words that stand in it."""

    cells: tuple[_CellBox, ...]
    edges: tuple[float, ...]
    sides: tuple[float, ...]  # the borders between rows


def ruled_grids(ink: Ink) -> tuple[list[Grid], list[Word]]:
    """The bordered tables of a page and the words that stand in none of them."""
    tables = [table for table in map(_table, _cell_groups(ink.rules)) if table is not None]
    tables.sort(key=lambda table: (table.edges[-1] - table.edges[0]) * (table.sides[-1] - table.sides[0]))
    held: list[dict[int, list[Word]]] = [defaultdict(list) for _ in tables]
    rest: list[Word] = []
    turned = set(map(id, ink.turned))
    for word in (*ink.words, *ink.turned):
        for table, cells in zip(tables, held, strict=True):  # a table within a cell of another one comes first
            place = _cell_at(table, word)
            if place is not None:
                cells[place].append(word)
                break
        else:
            rest.append(word)
    grids_found: list[Grid] = []
    for table, cells in zip(tables, held, strict=True):
        rest += _loose(table, cells)
        grid = _grid(table, cells, turned)
        if grid is None:
            rest.extend(word for words in cells.values() for word in words)
        else:
            grids_found.append(grid)
    return sorted(grids_found, key=lambda grid: grid.top), rest


def _cell_groups(rules: Sequence[Rule]) -> list[list[_CellBox]]:
    if len(rules) < 4:
        return []
    edges = _joined(rules)
    edges = _joined([*edges, *_open_sides(edges)])
    across = sum(rule.top == rule.bottom for rule in edges)
    if across * (len(edges) - across) > _MOST_CROSSINGS:
        return []
    crossings = grids.edges_to_intersections([*map(_edge, edges)], _SNAP, _SNAP)
    return [list(group) for group in grids.cells_to_tables(grids.intersections_to_cells(crossings))]


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """The rules with those that lie in one line and touch made one."""
    merged = grids.merge_edges([*map(_edge, rules)], _SNAP, _SNAP, _SNAP, _SNAP)
    found = [Rule(edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in merged]
    return [rule for rule in found if max(rule.x1 - rule.x0, rule.bottom - rule.top) >= _SNAP]


def _edge(rule: Rule) -> dict[str, Any]:
    return {
        "object_type": "line",
        "orientation": "h" if rule.top == rule.bottom else "v",
        "x0": rule.x0,
        "x1": rule.x1,
        "top": rule.top,
        "bottom": rule.bottom,
        "width": rule.x1 - rule.x0,
        "height": rule.bottom - rule.top,
    }


def _open_sides(rules: Sequence[Rule]) -> list[Rule]:
    """The sides of tables whose outer borders are not drawn while lines part their columns."""
    across: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.top == rule.bottom:
            across[round(rule.x0 / _SNAP), round(rule.x1 / _SNAP)].append(rule)
    sides: list[Rule] = []
    for group in across.values():
        if len(group) < _OPEN_RULES:
            continue
        x0, x1 = min(rule.x0 for rule in group), max(rule.x1 for rule in group)
        inside = [rule for rule in rules if rule.x0 == rule.x1 and x0 + _SNAP < rule.x0 < x1 - _SNAP]
        for upper, lower in pairwise(sorted(group, key=lambda rule: rule.top)):
            if any(rule.top <= upper.top + _SNAP and rule.bottom >= lower.top - _SNAP for rule in inside):
                sides += [Rule(x, upper.top, x, lower.top) for x in (x0, x1)]
    return sides


def _table(cells: Sequence[_CellBox]) -> RuledTable | None:
    """The table of ``cells``; None where they are one frame or one column, which tell no cells."""
    edges = _merged(x for cell in cells for x in (cell[0], cell[2]))
    sides = _merged(y for cell in cells for y in (cell[1], cell[3]))
    if len(edges) < 3 or len(sides) < 2 or len(cells) < 2:
        return None
    return RuledTable(tuple(cells), tuple(edges), tuple(sides))


def _merged(places: Iterable[float]) -> list[float]:
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > _SNAP:
            merged.append(place)
    return merged


def _cell_at(table: RuledTable, word: Word) -> int | None:
    x, y = word.middle, word.height
    if not (table.edges[0] <= x <= table.edges[-1] and table.sides[0] <= y <= table.sides[-1]):
        return None
    for place, (x0, top, x1, bottom) in enumerate(table.cells):
        if x0 <= x <= x1 and top <= y <= bottom:
            return place
    return None


def _grid(table: RuledTable, held: dict[int, list[Word]], turned: set[int]) -> Grid | None:
    """The rows of a table; None where it holds no cells that belong to each other."""
    if sum(bool(words) for words in held.values()) < 2:
        return None
    width, height = len(table.edges) - 1, len(table.sides) - 1
    rows: list[list[Line]] = [[() for _ in range(width)] for _ in range(height)]
    bottom = table.sides[0]
    for place, words in held.items():
        x0, top, _, below = table.cells[place]
        bottom = max(bottom, below)
        across = min(width - 1, max(0, bisect_right(table.edges, x0 + _SNAP / 2) - 1))
        down = min(height - 1, max(0, bisect_right(table.sides, top + _SNAP / 2) - 1))
        rows[down][across] = (*rows[down][across], *_in_order(words, turned))
    if height == 1 and _is_prose(rows[0]):
        return None
    kept = [place for place in range(width) if _is_column(table, rows, place)]
    if len(kept) < 2:
        return None
    edges = (*(table.edges[place] for place in kept), table.edges[-1])
    found = tuple(part for row in rows if any(row) for part in split_rows(tuple(row[place] for place in kept)))
    return Grid(found, edges, table.sides[0], bottom)


def _loose(table: RuledTable, held: dict[int, list[Word]]) -> list[Word]:
    """Takes out the words of coloured rows that go on below the cells of a header without cells of their own."""
    gone: list[Word] = []
    for place, words in list(held.items()):
        x0, _, x1, _ = table.cells[place]
        if x0 > table.edges[0] + _SNAP or x1 < table.edges[-1] - _SNAP:
            continue
        columns = {bisect_right(table.edges, word.middle) for word in words}
        whole = all(sum(word.x0 < edge < word.x1 for edge in table.edges) == 0 for word in words)
        if len(columns) > 1 and whole and any(is_value(word.text) for word in words):
            gone += held.pop(place)
    return gone


def _in_order(words: Sequence[Word], turned: set[int]) -> Line:
    """The words of a cell as they are read; those that run up or down the page stay in their order."""
    if any(id(word) in turned for word in words):
        return tuple(words)
    return tuple(word for line in lines_of(words) for word in line)


def _is_column(table: RuledTable, rows: Sequence[Sequence[Line]], place: int) -> bool:
    narrow = table.edges[place + 1] - table.edges[place] < _NARROW
    return not narrow or any(row[place] for row in rows)


def _is_prose(row: Sequence[Line]) -> bool:
    """Whether a single row is a frame around columns of text."""
    return sum(len(lines_of(cell)) >= _LONG_CELL for cell in row) >= 2
