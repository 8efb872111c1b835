"""Figures of different units in one of them, so that their values can be compared and added up: kg in tonnes.

Where no fixed number leads from one unit to the other (km and m², a value without a unit and a tonne), there is no
common unit, and nothing is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.figures import format_number
from indexer.units import find_unit, units_in
from qa.answering.draft import Draft
from qa.records import AnswerFigure

_COUNTS = ("adet", "kişi")
_YEAR = "yıl"


@dataclass(frozen=True, slots=True)
class Term:
    """A figure's value in the common unit, and how it comes from the printed one: ``825000 / 1000``."""

    figure: AnswerFigure
    value: Decimal
    formula: str
    unit: str | None

    @property
    def converted(self) -> bool:
        """Whether the value is another than the printed one."""
        return self.formula != str(self.figure.value)

    def told(self) -> AnswerFigure:
        """The figure as it reads in the common unit, to be compared with others."""
        if not self.converted:
            return self.figure
        return replace(self.figure, value=self.value, text=format_number(self.value), unit=self.unit)


def in_common_unit(figures: Sequence[AnswerFigure]) -> list[Term]:
    """The figures in the largest of their units that holds them exactly; none where they have no common one.

    Things counted are alike, whatever they are; an amount a year is set against the amount of a year.
    """
    units = [_plain(figure.unit) for figure in figures]
    if len(set(units)) == 1 or all(map(counts_things, units)):
        same = figures[0].unit if len({figure.unit for figure in figures}) == 1 else units[0]
        unit = same if len(set(units)) == 1 else None
        return [Term(figure, figure.value, str(figure.value), unit) for figure in figures]
    for common in sorted(set(units), key=lambda unit: -(units_in(str(units[0]), str(unit)) or 0)):
        terms = [_term(figure, unit, str(common)) for figure, unit in zip(figures, units, strict=True)]
        known = [term for term in terms if term is not None]
        if len(known) == len(terms):
            return known
    return []


def add_converted(draft: Draft, terms: Sequence[Term]) -> list[AnswerFigure]:
    """Adds the values that were converted to a draft that holds the figures, each as a computed figure."""
    return [draft.compute(term.value, term.formula, [term.figure], term.unit) for term in terms if term.converted]


def _term(figure: AnswerFigure, unit: str | None, common: str) -> Term | None:
    """The figure in the common unit; None where there is no such number, or no exact one ("20 dakika" in hours)."""
    size = units_in(str(unit), common)
    if size is None:
        return None
    value = figure.value * size.denominator / size.numerator
    if value * size.numerator != figure.value * size.denominator:
        return None
    written = str(figure.value)
    if size != 1:
        written += f" / {size.numerator}" if size > 1 else f" * {size.denominator}"
    return Term(figure, value, written, common)


def _plain(unit: str | None) -> str | None:
    """A unit without the year that it is counted over: "yıl/km"."""
    parts = [part for part in (unit or "").split("/") if part != _YEAR]
    return "/".join(parts) or unit


def counts_things(unit: str | None) -> bool:
    """Whether a unit only counts things; a value without one may be such a number."""
    known = find_unit(unit) if unit is not None else None
    return known is None or not known.measure or known.name in _COUNTS
