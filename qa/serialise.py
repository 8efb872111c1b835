"""The JSON that scripts rely on: answers and hits as plain objects (the contract is in the README)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

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
    }
