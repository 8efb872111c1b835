"""Facts: cells of tables made meaningful, each with whose value it is, of what, for when, and where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.fact_scope import PLAN_NUMBER, UNNAMED, TableScope, is_cumulative
from indexer.figures import NumberStyle, canonical_unit, find_figures, number_style, parse_number, without_note
from indexer.records import Cell, Column, Document, Fact, Figure, Row, Span, Table
from indexer.records import Place as FactPlace
from indexer.tables.columns import ColumnRole
from indexer.turkish import letters

_BLANKS = " \t\r\n\u00a0"
_BETWEEN_FIGURES = re.compile(r"[\s/,;+|()]*(?:ve)?[\s/,;+|()]*")
_NUMBER = re.compile(r"[-−]?(?:[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)(?:[.,][0-9]+)*")


def read_facts(document: Document, tables: Sequence[Table]) -> list[Fact]:
    """The facts of a document in reading order.

    A cell becomes a fact when it holds a number (two, where it holds two with their units, as ``300 m² / 2 adet``);
    text, dates and ranges do not. Ambiguous rows give facts marked so. The same row printed at several places is one
    fact with several places; prints that contradict each other stay apart.

    Args:
        document: where the tables stand.
        tables: its tables in reading order.
    """
    style = number_style(document.text)
    merged: dict[tuple[object, ...], Fact] = {}
    found = Counter(letters(label) for table in tables for label in {row.label for row in table.rows})
    common = frozenset(label for label, times in found.items() if times > 1)
    for table in tables:
        scope = TableScope(document, table, common)
        for row in table.rows:
            name = _name(scope, row)
            for fact in _facts_of_row(scope, row, style):
                key = (*name, fact.measure, fact.year, fact.column, fact.figure.value, fact.unit)
                known = merged.get(key)
                merged[key] = fact if known is None else _merge(known, fact)
    return list(merged.values())


def _facts_of_row(scope: TableScope, row: Row, style: NumberStyle) -> Iterator[Fact]:
    document, table = scope.document, scope.table
    remarks = _remarks(scope, row)
    for (column, role), cell in zip(scope.columns, row.cells, strict=True):
        if cell is None or not _holds_values(column, role):
            continue
        for figure in _figures(document, cell, style):
            unit, unit_text = scope.unit(row, column, figure)
            measure = scope.measure(row, column, unit)
            yield Fact(
                municipality=document.source.municipality,
                document=document.id,
                label=scope.label(row, column),
                measure=measure,
                year=scope.year(row, column, measure),
                figure=replace(figure, unit=unit, unit_text=unit_text),
                column=column.name,
                unit=unit,
                unit_text=unit_text,
                context=(*scope.context_of(row), *row.section),
                places=(FactPlace(document.id, row.span, figure.span),),
                table_kind=table.kind,
                units_responsible=scope.responsible(row),
                status=remarks.status,
                reason=remarks.reason,
                note=remarks.note,
                cumulative=is_cumulative(row, column),
                ambiguous=row.ambiguous or UNNAMED.fullmatch(column.name) is not None,
                code=row.code,
            )


def _holds_values(column: Column, role: ColumnRole) -> bool:
    return role == "value" or (role == "text" and (column.measure != "other" or column.unit is not None))


def _figures(document: Document, cell: Cell, style: NumberStyle) -> Iterable[Figure]:
    """The number of a cell, or its numbers where only numbers with units stand there; verbatim."""
    start, end = cell.span.start, cell.span.end
    raw = document.text[start:end]
    value = parse_number(cell.text, style)
    if value is not None:
        if any(character.isalpha() for character in raw):
            inside = [_moved(figure, start) for figure in find_figures(raw, style)]
            if len(inside) == 1 and inside[0].value == value and inside[0].unit is not None:
                return inside
            numbers = list(_NUMBER.finditer(raw))
            if len(numbers) == 1 and parse_number(numbers[0][0], style) == value:
                written = raw.replace(numbers[0][0], "").strip(_BLANKS)
                return [Figure(value, numbers[0][0], _span(numbers[0], start), canonical_unit(written), written)]
        lead = len(raw) - len(raw.lstrip(_BLANKS))
        text = without_note(raw.strip(_BLANKS))
        unit = "%" if "%" in text else None
        return [Figure(value, text, Span(start + lead, start + lead + len(text)), unit, unit)]
    inside = find_figures(raw, style) if any(character.isdigit() for character in raw) else []
    if len(inside) < 2 or any(figure.unit is None for figure in inside) or not _nothing_else(raw, inside):
        return []
    return [_moved(figure, start) for figure in inside]


def _span(match: re.Match[str], offset: int) -> Span:
    return Span(match.start() + offset, match.end() + offset)


def _nothing_else(raw: str, figures: Sequence[Figure]) -> bool:
    """Whether ``raw`` holds figures with their units and what stands between two of them only."""
    end = 0
    for figure in figures:
        if not _BETWEEN_FIGURES.fullmatch(raw[end : figure.span.start]):
            return False
        end = figure.span.end
        unit = figure.unit_text or ""
        if unit and (place := raw.find(unit, end)) >= 0 and not raw[end:place].strip(_BLANKS):
            end = place + len(unit)
    return bool(_BETWEEN_FIGURES.fullmatch(raw[end:]))


def _moved(figure: Figure, offset: int) -> Figure:
    return replace(figure, span=Span(figure.span.start + offset, figure.span.end + offset))


@dataclass(frozen=True, slots=True)
class _Remarks:
    """The text cells of a row that speak of its values."""

    status: str | None = None
    reason: str | None = None
    note: str | None = None


def _remarks(scope: TableScope, row: Row) -> _Remarks:
    found: dict[str, str] = {}
    for (_, role), cell in zip(scope.columns, row.cells, strict=True):
        if cell is not None:
            found.setdefault(role, cell.text)
    reason = found.get("reason")
    if scope.table.kind == "other":  # an explanation in a list explains the thing, not a deviation
        return _Remarks(found.get("status"), None, row.note or reason)
    return _Remarks(found.get("status"), reason, row.note)


def _name(scope: TableScope, row: Row) -> tuple[str | None, ...]:
    """What two prints of one row agree in, besides the value.

    Under a plan's number the name of the project may be spelt otherwise and the path may differ (theme, directorate).
    """
    if row.code and PLAN_NUMBER.fullmatch(row.code):
        return letters(row.label), row.code
    return letters(row.label), row.code, scope.path, letters(" ".join(row.section))


def _merge(known: Fact, other: Fact) -> Fact:
    """One fact of two prints: the places of both, and what only the second says."""
    units = dict.fromkeys((*known.units_responsible, *other.units_responsible))
    return replace(
        known,
        places=known.places + other.places,
        units_responsible=tuple(units),
        status=known.status or other.status,
        reason=known.reason or other.reason,
        note=known.note or other.note,
        ambiguous=known.ambiguous and other.ambiguous,
    )
