"""Whether all of some things are in the state that a question names: "52 konutun hepsi dolu mu?".

A sentence that tells how many there are and how many of them are in that state decides: "52 konuttan 35 adedi dolu,
17 adedi boş".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.figures import NumberStyle, find_figures
from indexer.index import Index
from indexer.turkish import ascii_key, keys
from qa.finding.figures import Found
from qa.finding.vocabulary import says
from qa.records import Question

_STATE = re.compile(r"(\w+) m[iu](?:dir|dur|ydi|ydu)?\b")
_LIKELY = 0.05  # how probable the likeliest figure of the sentence must be
_READ = 40  # characters before a figure in which "toplam" makes it the whole


def parts_told(question: Question, found: Sequence[Found], index: Index) -> list[Found]:
    """The number in the state asked for, then those that are not; that number alone where it is the whole.

    Args:
        question: the question as understood; it asks whether all are so.
        found: the figures weighed for it, likeliest first.
        index: the index whose sentences are read.

    Returns:
        Nothing where no sentence tells both the whole and the part in that state.
    """
    state = _STATE.search(ascii_key(question.text))
    if state is None:
        return []
    wanted = set(keys(state[1]))
    told = [one for one in found if one.fact is None and one.probability >= _LIKELY]
    for quote in dict.fromkeys((one.document, one.quote) for one in told):
        own = sorted((one for one in told if (one.document, one.quote) == quote), key=lambda one: one.figure.span)
        text = index.documents[quote[0]].text
        whole = _whole(question, own, text)
        if whole is None:
            continue
        ends = [one.figure.span.start for one in own[1:]] + [quote[1].end]
        for part, end in zip(own, ends, strict=True):
            if part.figure.value > whole or not wanted & set(keys(text[part.figure.span.end : end])):
                continue
            rest = [one for one in own if one is not part and one.figure.value + part.figure.value == whole]
            if part.figure.value == whole or rest:
                return [part, *rest[:1]]
    return []


def _whole(question: Question, own: Sequence[Found], text: str) -> Decimal | None:
    """How many there are: the number that the question names, or that the sentence calls the total."""
    named = [one.value for one in find_figures(question.text, NumberStyle.DOT) if one.value not in question.years]
    if named:
        return named[0]
    totals = (
        one
        for one in own
        if says("total", text[max(one.quote.start, one.figure.span.start - _READ) : one.figure.span.start])
    )
    return next((one.figure.value for one in totals), None)
