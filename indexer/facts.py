"""Facts: cells of tables made meaningful, each with whose value it is, of what, for when, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.figures import NumberStyle, canonical_unit, number_style, parse_number
from indexer.records import Cell, Document, Fact, Figure, Measure, Row, Table
from indexer.records import Place as FactPlace
from indexer.tables.columns import column_role
from indexer.turkish import ascii_key


def read_facts(document: Document, tables: Sequence[Table]) -> list[Fact]:
    """The facts of a document in reading order.

    A cell becomes a fact when it holds a number; ambiguous rows give facts marked so. The same row printed at several
    places is one fact with several places.
    """
    style = number_style(document.text)
    merged: dict[tuple[object, ...], Fact] = {}
    for table in tables:
        for row in table.rows:
            for fact in _facts_of_row(document, table, row, style):
                key = _identity(fact)
                known = merged.get(key)
                merged[key] = fact if known is None else replace(known, places=known.places + fact.places)
    return list(merged.values())


@dataclass(frozen=True, slots=True)
class _Remarks:
    """The text cells of a row that speak of its values."""

    status: str | None = None
    reason: str | None = None
    note: str | None = None


def _facts_of_row(document: Document, table: Table, row: Row, style: NumberStyle) -> Iterable[Fact]:
    remarks = _remarks(table, row)
    cells = [(column, cell) for column, cell in zip(table.columns, row.cells, strict=True) if cell is not None]
    for column, cell in cells:
        if column_role(column.name) != "value":
            continue
        value = parse_number(cell.text, style)
        if value is None:
            continue
        unit_text = row.unit or _unit_in_cell(cell)
        unit = canonical_unit(unit_text) if unit_text else column.unit
        if "%" in cell.text or column.measure == "rate":
            unit, unit_text = "%", "%"
        yield Fact(
            municipality=document.source.municipality,
            document=document.id,
            label=_label(table, row),
            measure=_measure(table, column.measure),
            year=column.year if column.year is not None else _year_of(document, column.measure),
            figure=_figure(document, cell, value, unit, unit_text),
            column=column.name,
            unit=unit,
            unit_text=unit_text,
            context=(*table.context, *row.section),
            places=(FactPlace(document.id, row.span, cell.span),),
            table_kind=table.kind,
            units_responsible=row.units_responsible,
            status=remarks.status,
            reason=remarks.reason,
            note=remarks.note or row.note,
            cumulative=row.cumulative,
            ambiguous=row.ambiguous,
            code=row.code,
        )


def _label(table: Table, row: Row) -> str:
    return row.label or (row.section[-1] if row.section else table.title)


def _measure(table: Table, measure: Measure) -> Measure:
    if measure == "other" and table.kind == "budget":
        return "budget"
    if measure == "other" and table.kind == "other":
        return "count"
    return measure


def _year_of(document: Document, measure: Measure) -> int | None:
    """A column without a year speaks of the report's own year, where the report has one."""
    return document.source.year if measure != "other" else None


def _figure(document: Document, cell: Cell, value: Decimal, unit: str | None, unit_text: str | None) -> Figure:
    return Figure(value, document.text[cell.span.start : cell.span.end], cell.span, unit, unit_text)


def _unit_in_cell(cell: Cell) -> str | None:
    words = cell.text.rstrip().rsplit(" ", 1)
    return words[1] if len(words) == 2 and canonical_unit(words[1]) else None


def _remarks(table: Table, row: Row) -> _Remarks:
    found: dict[str, str] = {}
    for column, cell in zip(table.columns, row.cells, strict=True):
        role = column_role(column.name)
        if cell is not None and role != "value":
            found.setdefault(role, cell.text)
    return _Remarks(found.get("status"), found.get("reason"), found.get("text"))


def _identity(fact: Fact) -> tuple[object, ...]:
    """Two prints of one row agree in all of this; the heading path may differ (by theme, by directorate)."""
    words = tuple(ascii_key(fact.label).split())
    path = ascii_key(" ".join(fact.context)) if not fact.code else fact.code
    return (words, fact.code, fact.measure, fact.year, fact.column, fact.figure.value, fact.unit, path)
