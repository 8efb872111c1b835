"""How something changed from one year to another where a sentence tells both values.

"2019 yılında 18.018.826, 2020 yılında 9.455.998 yolcu taşınmıştır" answers "nasıl değişti": both values, and the change
in per cent, as the source prints it nearby or else computed with its formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from indexer.index import Index
from qa.answering.draft import Draft
from qa.answering.finding import Found
from qa.answering.series import asks_series
from qa.records import Question
from qa.row_wording import series_sentence
from qa.wording import computed_sentence, told_sentence

_LIKELY = 0.6  # of the likeliest figure's probability: what both values need
_NEAR = 400  # characters after the sentence within which the source may print the change
_STEP = Decimal("0.1")
_CLOSE = Decimal("0.1")  # how far a printed percentage may lie from ours


def told_change_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """Both values of the likeliest sentence that tells them, and the change; None where none does.

    Args:
        question: the question as understood.
        found: the figures that were weighed for it, likeliest first.
        index: the index that they come from.
    """
    if not asks_series(question) or len(set(question.years)) != 2 or len(question.municipalities) > 1 or not found:
        return None
    pairs = [pair for pair in _pairs(question, found) if min(map(_likely, pair)) >= _LIKELY * found[0].probability]
    if not pairs:
        return None
    before, after = max(pairs, key=lambda pair: min(map(_likely, pair)))
    draft = Draft(index, confidence=min(before.probability, after.probability))
    figures = [draft.add(before), draft.add(after)]
    sentences = [series_sentence(figures, question.language)]
    change = (after.figure.value - before.figure.value) / before.figure.value * 100
    printed = _printed(before, abs(change), found)
    if printed is not None:
        sentences.append(told_sentence(draft.add(printed), question.language))
    else:
        old, new = before.figure.value, after.figure.value
        formula = f"({new} - {old}) / {old} * 100"
        computed = draft.compute(change.quantize(_STEP), formula, figures[::-1], "%")
        sentences.append(computed_sentence(computed, question.language))
    draft.text = " ".join(sentences)
    return draft


def _likely(one: Found) -> float:
    return one.probability


def _pairs(question: Question, found: Sequence[Found]) -> Iterator[tuple[Found, Found]]:
    """The values of both years that one sentence tells of one thing; the first may leave out the unit."""
    low, high = min(question.years), max(question.years)
    told = [one for one in found if one.fact is None and one.unit != "%"]
    for before in told:
        for after in told:
            place = (before.document, before.quote, before.year)
            if place != (after.document, after.quote, low) or after.year != high or not before.figure.value:
                continue
            if before.unit in (None, after.unit) or after.unit is None:
                yield before, after


def _printed(before: Found, change: Decimal, found: Sequence[Found]) -> Found | None:
    """The percentage printed near the two values that is the change between them."""
    for one in found:
        near = one.document == before.document and 0 <= one.figure.span.start - before.quote.start
        beside = near and one.figure.span.start - before.quote.end < _NEAR
        if beside and one.fact is None and one.unit == "%" and abs(one.figure.value - change) <= _CLOSE:
            return one
    return None
