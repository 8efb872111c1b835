"""The JSON that scripts rely on: answers, hits and tables as plain objects (the contract is in the README)."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from indexer.records import Document, Table
from qa.records import Answer, AnswerFigure, Citation, Hit


def answer_object(answer: Answer, identifier: str | None = None) -> dict[str, Any]:
    """An answer as ``ask --json`` prints it; ``identifier`` is the ``id`` of a batch's line."""
    return {
        **({} if identifier is None else {"id": identifier}),
        "question": answer.question,
        "status": answer.status,
        "answer": answer.text,
        "confidence": round(answer.confidence, 4),
        "figures": [_figure(figure) for figure in answer.figures],
        "citations": [_citation(citation) for citation in answer.citations],
        "passages": [hit_object(hit) for hit in answer.passages],
        "timings_ms": {name: round(spent, 3) for name, spent in answer.timings_ms.items()},
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    """A passage as ``search --json`` prints it."""
    passage = hit.passage
    return {
        "document": passage.document,
        "line_start": passage.line_start,
        "line_end": passage.line_end,
        "start": passage.span.start,
        "end": passage.span.end,
        "page": passage.page,
        "score": round(hit.score, 6),
        "context": list(passage.context),
        "text": passage.text,
    }


def table_object(document: Document, table: Table) -> dict[str, Any]:
    """A table as ``tables --json`` prints it."""
    line_start, line_end = document.line_range(table.span)
    return {
        "doc": document.id,
        "line_start": line_start,
        "line_end": line_end,
        "title": table.title,
        "kind": table.kind,
        "columns": [column.name for column in table.columns],
        "rows": [
            {
                "label": row.label,
                "unit": row.unit,
                "cells": [cell and cell.text for cell in row.cells],
                "line_start": document.line_range(row.span)[0],
                "line_end": document.line_range(row.span)[1],
                "ambiguous": row.ambiguous,
            }
            for row in table.rows
        ],
    }


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number; whole ones stay whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _figure(figure: AnswerFigure) -> dict[str, Any]:
    computed = figure.computed and {"formula": figure.computed.formula, "operands": list(figure.computed.operands)}
    return {
        "value": number(figure.value),
        "text": figure.text,
        "unit": figure.unit,
        "year": figure.year,
        "measure": figure.measure,
        "label": figure.label,
        "municipality": figure.municipality,
        "citation": figure.citation,
        "computed": computed,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "document": citation.document,
        "title": citation.title,
        "page": citation.page,
        "line_start": citation.line_start,
        "line_end": citation.line_end,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "context": list(citation.context),
        "boxes": [{"page": page, **asdict(box)} for page, box in citation.boxes],
    }
