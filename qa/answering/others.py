"""What other municipalities give for the same thing, where a question leaves the municipality open."""

from __future__ import annotations

from collections.abc import Sequence

from qa.finding.figures import Found, fitting
from qa.records import Asked, Question

_SURE = 0.5  # of the chosen one's probability: what the value of another municipality needs to be shown
_MOST = 3


def others(question: Question, chosen: Found, found: Sequence[Found]) -> list[Found]:
    """The likeliest cell of each municipality that ``chosen`` is not of, which answers the question as fully.

    Args:
        question: as understood; where it names a municipality or a document, nothing follows.
        chosen: the figure that answers.
        found: all figures that were weighed, likeliest first.
    """
    if question.municipalities or question.documents or chosen.fact is None:
        return []
    asked = question.asked or tuple(Asked(year) for year in question.years) or (Asked(),)
    held: dict[str, Found] = {}
    for one in found:
        if (
            one.fact is not None
            and one.municipality != chosen.municipality
            and one.unit == chosen.unit
            and one.measure == chosen.measure
            and one.probability >= _SURE * chosen.probability
            and one.features.get("recall", 0.0) >= chosen.features.get("recall", 0.0)
            and any(fitting([one], value) for value in asked)
        ):
            held.setdefault(one.municipality, one)
    return list(held.values())[:_MOST]
