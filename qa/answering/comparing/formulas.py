"""What is computed from figures in a common unit: difference, growth, fulfilment, ratio, sum and average."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from qa.answering.comparing.common_unit import Term
from qa.answering.draft import Draft
from qa.records import AnswerFigure

Kind = Literal["difference", "growth", "fulfilment", "ratio", "sum", "average"]

_PER_CENT, _RATIO = Decimal("0.1"), Decimal("0.01")
_PLANNED = ("target", "budget")
POINTS = "puan"  # what two percentages differ by


def compute(draft: Draft, kind: Kind, terms: Sequence[Term]) -> AnswerFigure | None:
    """Adds the figure computed to a draft that holds its operands; None where nothing can be computed.

    Args:
        draft: holds the figures of ``terms``.
        kind: what is computed.
        terms: two or more operands in a common unit, in the order in which the question names them.
    """
    if kind in ("sum", "average"):
        return _added(draft, kind, terms)
    first, second = terms[0], terms[1]
    if kind == "difference":
        high, low = sorted((first, second), key=lambda term: -term.value)
        unit = POINTS if high.unit == "%" else high.unit
        return _told(draft, high.value - low.value, f"{high.formula} - {low.formula}", (high, low), unit)
    if kind == "growth":
        before, after = sorted((first, second), key=lambda term: term.figure.year or 0)
        if first.figure.year == second.figure.year:
            before, after = second, first
        if not before.value:
            return None
        value = ((after.value - before.value) / before.value * 100).quantize(_PER_CENT)
        formula = f"({after.formula} - {_factor(before)}) / {_factor(before)} * 100"
        return _told(draft, value, formula, (after, before), "%")
    if kind == "fulfilment":
        whole, part = (first, second) if first.figure.measure in _PLANNED else (second, first)
        if not whole.value:
            return None
        value = (part.value / whole.value * 100).quantize(_PER_CENT)
        return _told(draft, value, f"{_factor(part)} / {_factor(whole)} * 100", (part, whole), "%")
    years = (first.figure.year, second.figure.year)
    if first.figure.municipality == second.figure.municipality and years[0] != years[1] and None not in years:
        first, second = sorted((first, second), key=lambda term: -(term.figure.year or 0))
    if not second.value:
        return None
    value = (first.value / second.value).quantize(_RATIO)
    return _told(draft, value, f"{_factor(first)} / {_factor(second)}", (first, second), "kat")


def _added(draft: Draft, kind: Kind, terms: Sequence[Term]) -> AnswerFigure | None:
    total = sum((term.value for term in terms), Decimal(0))
    if kind == "sum" and any(term.value * 2 == total for term in terms[2:]):
        return None  # one of them is the total that the source prints
    formula = " + ".join(term.formula for term in terms)
    if kind == "sum":
        return _told(draft, total, formula, terms, terms[0].unit)
    value = (total / len(terms)).quantize(_RATIO)
    value = value.to_integral_value() if value == value.to_integral_value() else value
    return _told(draft, value, f"({formula}) / {len(terms)}", terms, terms[0].unit)


def _told(draft: Draft, value: Decimal, formula: str, terms: Sequence[Term], unit: str | None) -> AnswerFigure:
    return draft.compute(value, formula, [term.figure for term in terms], unit)


def _factor(term: Term) -> str:
    """The operand where it is divided: a conversion in brackets."""
    return f"({term.formula})" if term.converted else term.formula
