"""A measure that the conversation carried into a year of which only another one is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.records import Measure
from qa.finding.figures import Found, compatible
from qa.records import Asked, Question

OF_ONE_INDICATOR: tuple[Measure, ...] = ("actual", "target", "estimate")
"""Measures that the columns of one indicator hold."""

_HELD = 0.5  # share of the question's words that a row must hold


def in_held_measure(question: Question, found: Sequence[Found]) -> Question:
    """The question, for the target or estimate where it was carried on from an actual that its new year has not yet.

    "2022'de ne kadar asfalt döküldü?" – "Peki 2024'te?" asks for what a programme aims at in 2024. A measure that the
    new question names itself stays.

    Args:
        question: the question as understood, made whole from the conversation.
        found: the figures weighed for it.
    """
    if "measures" not in question.carried or "years" in question.carried or len(question.asked) != 1:
        return question
    asked = question.asked[0]
    if asked.year is None or asked.measure not in OF_ONE_INDICATOR:
        return question
    of_year = [one for one in found if one.fact is not None and one.year == asked.year and _recall(one) >= _HELD]
    if any(compatible(one.measure, asked.measure) and one.measure != "budget" for one in of_year):
        return question
    held = next((one.measure for one in of_year if one.measure in OF_ONE_INDICATOR), None)
    return replace(question, measures=(held,), asked=(Asked(asked.year, held),)) if held else question


def _recall(found: Found) -> float:
    return max(found.features.get("recall", 0.0), found.features.get("recall_context", 0.0))
