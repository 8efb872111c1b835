"""Measures of extracted tables against tables written by hand, as the task's scorer ``score_tables.py`` defines them.

A row is found when an extracted row of the same document shares a source line with it; of several, the one with the
most equal cells counts. A cell is right under the same column when it is equal but for white space and hyphens; cells
of over 40 characters need a similarity of 0.9. Precision, recall and F1 over cells: Göbel et al., *ICDAR 2013 table
competition*.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.measures.base import Measure, Pair
from evaluation.questions import GoldRow, GoldTable
from indexer.turkish import fold

_LONG, _ALIKE = 40, 0.9  # characters from which a cell may differ, and how alike it and a label must be
_SAME_COLUMN = 0.6
_ICDAR = "Göbel et al., ICDAR 2013 table competition; task scorer score_tables.py"

Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TableCounts:
    """What of one table was read: rows, rows found, labels and units right, cells right, wrong and missed."""

    rows: int = 0
    found: int = 0
    labels: int = 0
    units: int = 0
    units_right: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    right: int
    wrong: int
    missed: int
    likeness: float
    row: Object
    errors: list[str]


def compare(gold: GoldTable, extracted: Iterable[Object]) -> TableCounts:
    """One table against the tables extracted from its document, as ``kentesor tables --json`` prints them."""
    rows = [(table["columns"], row) for table in extracted if table["doc"] == gold.document for row in table["rows"]]
    found = labels = units = units_right = right = wrong = missed = 0
    errors: list[str] = []
    for one in gold.rows:
        match = _best(gold, one, rows)
        name = f"{gold.document}:{one.line_start} {one.label[:50]!r}"
        if match is None:
            missed += sum(cell is not None for cell in one.cells)
            errors.append(f"{name}: no row")
            continue
        found += 1
        right, wrong, missed = right + match.right, wrong + match.wrong, missed + match.missed
        labels += match.likeness >= _ALIKE
        if one.unit:
            units += 1
            units_right += _bare(one.unit) == _bare(match.row.get("unit"))
        errors += [f"{name} {error}" for error in match.errors]
    return TableCounts(len(gold.rows), found, labels, units, units_right, right, wrong, missed, tuple(errors))


def _best(gold: GoldTable, one: GoldRow, rows: Sequence[tuple[Sequence[str], Object]]) -> _Match | None:
    best: _Match | None = None
    for columns, row in rows:
        if row["line_start"] <= one.line_end and row["line_end"] >= one.line_start:
            match = _match(gold, one, columns, row)
            if best is None or (match.right - match.wrong, match.likeness) > (best.right - best.wrong, best.likeness):
                best = match
    return best


def _match(gold: GoldTable, one: GoldRow, columns: Sequence[str], row: Object) -> _Match:
    places = align(gold.columns, columns)
    right = wrong = missed = 0
    errors = []
    for position, cell in enumerate(one.cells):
        place = places.get(position)
        read = row["cells"][place] if place is not None and place < len(row["cells"]) else None
        if cell is not None and read is not None and _same(cell, read):
            right += 1
            continue
        wrong += read is not None
        missed += cell is not None
        if cell is not None or read is not None:
            errors.append(f"[{gold.columns[position]}]: {cell!r} is read as {read!r}")
    return _Match(right, wrong, missed, _likeness(one.label, row.get("label")), row, errors)


def align(gold: Sequence[str], read: Sequence[str]) -> dict[int, int]:
    """Positions of gold columns with those of the columns read: by name, else by place where the numbers agree."""
    places: dict[int, int] = {}
    taken: set[int] = set()
    pairs = sorted(((_likeness(g, r), i, j) for i, g in enumerate(gold) for j, r in enumerate(read)), reverse=True)
    for likeness, i, j in pairs:
        if likeness >= _SAME_COLUMN and i not in places and j not in taken:
            places[i] = j
            taken.add(j)
    if len(gold) == len(read):
        for i in range(len(gold)):
            if i not in places and i not in taken:
                places[i] = i
                taken.add(i)
    return places


def _bare(text: str | None) -> str:
    return re.sub(r"[\s\u00a0\u00ad-]+", "", unicodedata.normalize("NFKC", fold(text or "")))


def _likeness(one: str, other: str | None) -> float:
    return difflib.SequenceMatcher(None, _bare(one), _bare(other), autojunk=False).ratio()


def _same(gold: str, read: str) -> bool:
    return _bare(gold) == _bare(read) or (len(gold) > _LONG and _likeness(gold, read) >= _ALIKE)


def _pair(part: int, whole: int) -> Pair | None:
    return (float(part), float(whole)) if whole else None


TABLES: tuple[Measure[TableCounts], ...] = (
    Measure("rows_found", "rows of which some row was read", _ICDAR, lambda t: _pair(t.found, t.rows)),
    Measure("row_label", "rows with the right label", _ICDAR, lambda t: _pair(t.labels, t.rows)),
    Measure("row_unit", "right units, of rows found with one", _ICDAR, lambda t: _pair(t.units_right, t.units)),
    Measure("cell_precision", "cells read that are right", _ICDAR, lambda t: _pair(t.right, t.right + t.wrong)),
    Measure("cell_recall", "cells of the source read right", _ICDAR, lambda t: _pair(t.right, t.right + t.missed)),
    Measure("cell_f1", "harmonic mean of both", _ICDAR, lambda t: _pair(2 * t.right, 2 * t.right + t.wrong + t.missed)),
)  # fmt: skip
"""All measures of tables, in the order of reports."""
