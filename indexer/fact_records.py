"""Facts as flat records: what the command line, files and data frames show of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.records import Document, Fact

FIELDS = (
    "municipality", "document", "label", "measure", "year", "value", "text", "unit", "unit_text", "column", "code",
    "context", "units_responsible", "status", "reason", "note", "cumulative", "ambiguous", "places", "line_start",
    "line_end", "start", "end",
)  # fmt: skip
"""The fields of a record in order."""


def fact_record(fact: Fact, documents: Mapping[str, Document]) -> dict[str, Any]:
    """One fact as a flat record; its place is the first one where it is printed.

    ``value`` is the exact decimal value; ``start`` and ``end`` are offsets into the document's text, where ``text``
    stands; lines count from 1 and are those of the row.
    """
    place = fact.places[0]
    line_start, line_end = documents[place.document].line_range(place.row)
    return {
        "municipality": fact.municipality,
        "document": fact.document,
        "label": fact.label,
        "measure": fact.measure,
        "year": fact.year,
        "value": fact.figure.value,
        "text": fact.figure.text,
        "unit": fact.unit,
        "unit_text": fact.unit_text,
        "column": fact.column,
        "code": fact.code,
        "context": " > ".join(fact.context),
        "units_responsible": "; ".join(fact.units_responsible),
        "status": fact.status,
        "reason": fact.reason,
        "note": fact.note,
        "cumulative": fact.cumulative,
        "ambiguous": fact.ambiguous,
        "places": len(fact.places),
        "line_start": line_start,
        "line_end": line_end,
        "start": place.cell.start,
        "end": place.cell.end,
    }
