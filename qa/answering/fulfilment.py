"""How much of a target was reached, how much of an allowance was spent: the rate that the row itself prints."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import ascii_key, keys
from qa.answering.computation import plain_question
from qa.answering.draft import Draft
from qa.answering.finding import Found, fitting
from qa.answering.pairing import Ask
from qa.answering.row_words import word_pattern
from qa.records import Asked, Question
from qa.wording import figure_sentence, neighbour_sentence

_RIVAL = 0.5  # of the likeliest row's probability: what a row that prints a rate needs to go before it
_HELD = 0.5  # share of the question's words that the row must hold


def fulfilment_draft(question: Question, ask: Ask, index: Index) -> Draft | None:
    """The rate of fulfilment printed in the row asked for, with the amount where that is asked for, too.

    None where none is asked for or the row prints none: then it is computed from the row's values.

    Args:
        question: the question as understood.
        ask: finds the figures for a part of the question.
        index: the index that the figures come from.
    """
    if not asks_fulfilment(question) or len(question.municipalities) > 1:
        return None
    plain = plain_question(question)
    year = next((one.year for one in question.asked if one.year is not None), next(iter(question.years), None))
    found = [one for one in ask(plain) if one.fact is not None and fitting([one], Asked(year)) and _recall(one) >= _HELD]
    rate = _printed(found)
    if rate is None:
        return None
    row = [one for one in found if (one.document, one.quote) == (rate.document, rate.quote)]
    actual = next((one for one in row if one.measure in ("actual", "spending")), None)
    draft = Draft(index, confidence=max(one.probability for one in row))
    chosen = [actual, rate] if actual is not None and _asks_amount(question) else [rate]
    sentences = [figure_sentence(draft.add(one), question.language) for one in chosen]
    if actual is not None and actual not in chosen:
        sentences.append(neighbour_sentence(draft.figure_of(actual), question.language))
    draft.text = " ".join(sentences)
    return draft


def asks_fulfilment(question: Question) -> bool:
    """Whether a question asks what per cent of a target, an allowance or an estimate came about."""
    return word_pattern("fulfilment", "asked").search(ascii_key(question.query_text or question.text)) is not None


def _asks_amount(question: Question) -> bool:
    """Whether an amount is asked for beside the percentage ("ne kadar gerçekleşmiş ve yüzde kaçına ulaşılmış")."""
    return word_pattern("fulfilment", "amount").search(ascii_key(question.query_text or question.text)) is not None


def _printed(found: Sequence[Found]) -> Found | None:
    """The rate of the likeliest row that has a planned and a real value and prints the rate between them."""
    rows: dict[object, list[Found]] = {}
    for one in found:
        rows.setdefault((one.document, one.quote), []).append(one)
    able = []
    for row in rows.values():
        measures = {one.measure for one in row}
        rates = [one for one in row if one.unit == "%" and one.measure == "rate" and not _is_share(one)]
        if rates and measures & {"target", "budget"} and measures & {"actual", "spending"}:
            able.append((max(one.probability for one in row), rates[0]))
    best = max(able, key=lambda pair: pair[0], default=None)
    likeliest = max((one.probability for one in found), default=0.0)
    return best[1] if best is not None and best[0] >= _RIVAL * likeliest else None


def _is_share(found: Found) -> bool:
    column = found.fact.column if found.fact is not None else ""
    return word_pattern("parts", "printed").search(ascii_key(column)) is not None or "toplam" in keys(column)


def _recall(found: Found) -> float:
    return max(found.features.get("recall", 0.0), found.features.get("recall_context", 0.0))
