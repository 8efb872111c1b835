"""Of the cells of one row and year, the one of the very measure asked for goes before those that may only stand for it.

A budget may answer what was spent where nothing else is printed; beside the spending itself it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.records import Measure
from qa.finding.figures import Found
from qa.records import Question

_EXACT: dict[Measure, frozenset[Measure]] = {
    "spending": frozenset({"spending", "actual"}),
    "actual": frozenset({"actual", "spending", "count", "rate", "other"}),
    "target": frozenset({"target"}),
    "budget": frozenset({"budget"}),
}
_STANDS_FOR = 0.3  # what a cell counts that only stands for the measure asked for, beside one that is of it


def fit_measures(question: Question, found: Sequence[Found]) -> list[Found]:
    """The figures, likeliest first, with less for cells of another measure than asked whose row has the one asked for.

    Args:
        question: the question as understood; one that asks for several measures, or none, changes nothing.
        found: the figures weighed for it.
    """
    exact = _EXACT.get(question.measures[0]) if len(question.measures) == 1 else None
    if exact is None:
        return list(found)
    rows = {_row(one) for one in found if one.fact is not None and one.measure in exact}
    fitted = [
        replace(one, probability=one.probability * _STANDS_FOR)
        if one.fact is not None and one.measure not in exact and _row(one) in rows
        else one
        for one in found
    ]
    return sorted(fitted, key=lambda one: -one.probability)


def _row(one: Found) -> tuple[object, ...]:
    return (one.document, one.quote, one.year, one.unit)
