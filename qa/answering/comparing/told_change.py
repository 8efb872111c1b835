"""How something changed from one year to another where a sentence tells both values.

"2019 yılında 18.018.826, 2020 yılında 9.455.998 yolcu taşınmıştır" answers "nasıl değişti": both values, and the change
in per cent, as the source prints it nearby or else computed with its formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.figures import find_figures, number_style
from indexer.index import Index
from indexer.records import Span
from indexer.sentences import find_sentences
from qa.answering.comparing.series import asks_series
from qa.answering.draft import Draft
from qa.finding.figures import Found
from qa.records import Question
from qa.row_wording import told_years_sentence
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
    sentences = [told_years_sentence(figures, question.language)]
    change = (after.figure.value - before.figure.value) / before.figure.value * 100
    printed = _printed(after, abs(change), index)
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


def _printed(after: Found, change: Decimal, index: Index) -> Found | None:
    """The percentage that the source prints right after the two values, where it is the change between them."""
    document = index.documents[after.document]
    start = after.quote.start
    text = document.text[start : after.quote.end + _NEAR]
    for sentence in find_sentences(text):
        for figure in find_figures(text[sentence.start : sentence.end], number_style(document.text)):
            if figure.unit == "%" and abs(figure.value - change) <= _CLOSE:
                at = start + sentence.start
                span = Span(figure.span.start + at, figure.span.end + at)
                quote = Span(at, start + sentence.end)
                label = " ".join(document.text[quote.start : quote.end].split())
                return replace(after, figure=replace(figure, span=span), quote=quote, label=label)
    return None
