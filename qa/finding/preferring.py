"""Which of two figures that say the same thing is told: the exact one, and the whole before its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.records import Span
from indexer.turkish import ascii_key, keys
from qa.finding.figures import Found
from qa.finding.modifiers import holds
from qa.finding.row_words import means, word_pattern
from qa.finding.vocabulary import says
from qa.records import Question

_LEAST_ZEROS = 3  # of a rounded value: "761 bin"


def exact_of(rounded: Found, found: Sequence[Found], content: Sequence[str]) -> Found | None:
    """The exact value that a rounded one of a sentence is told of: 761.140 for "761 bin"; None where there is none.

    The two count the same thing for the same municipality and year, and both sentences name a word of the question.

    Args:
        rounded: the figure told.
        found: the figures that may answer, likeliest first.
        content: the keys of the words that the question is about.
    """
    for other in found:
        words = frozenset(keys(other.label))
        if other is not rounded and _is_rounded_from(rounded, other) and any(holds(word, words) for word in content):
            return other
    return None


def _is_rounded_from(rounded: Found, exact: Found) -> bool:
    value = rounded.figure.value
    zeros = _zeros(value)
    if rounded.fact is not None or zeros < _LEAST_ZEROS or not any(letter.isalpha() for letter in rounded.figure.text):
        return False
    same = exact.unit in (rounded.unit, None) and exact.municipality == rounded.municipality
    dated = rounded.year is None or rounded.year == exact.year
    return same and dated and _zeros(exact.figure.value) < zeros and abs(exact.figure.value - value) * 2 <= 10**zeros


def _zeros(value: Decimal) -> int:
    """The number of zeros at the end of a whole value."""
    if value != value.to_integral_value() or not value:
        return 0
    digits = str(int(value))
    return len(digits) - len(digits.rstrip("0"))


def of_whole(question: Question, found: Sequence[Found]) -> list[Found]:
    """The figures with the total of a row before the money inside and outside the budget that it adds up.

    Args:
        question: the question as understood; where it names such a part itself, nothing is changed.
        found: the figures that may answer, likeliest first.
    """
    if says("resources", question.query_text or question.text):
        return list(found)
    rows: dict[tuple[str, Span, int | None], list[int]] = {}
    for place, one in enumerate(found):
        if one.fact is not None and one.measure == "budget":
            rows.setdefault((one.document, one.quote, one.year), []).append(place)
    figures = list(found)
    for places in rows.values():
        facts = [(place, fact) for place in places if (fact := figures[place].fact) is not None]
        parts = [place for place, fact in facts if word_pattern("resources", "words").search(ascii_key(fact.column))]
        total = next((place for place, fact in facts if means("sums", "whole", fact.column)), None)
        if total is not None and parts and parts[0] < total:
            first, whole = figures[parts[0]], figures[total]
            figures[parts[0]] = replace(whole, probability=first.probability)
            figures[total] = replace(first, probability=whole.probability)
    return figures
