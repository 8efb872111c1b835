"""A rule told for one thing and for the others in the same sentence, where a question asks for both.

"İmar komisyonu en fazla on iş günü, diğer komisyonlar ise beş iş günü" answers "… kaç iş günü, öteki komisyonlar için
ne kadar?" and "… kaç iş günü; imar komisyonu için süre farklı mı?" with both figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import ascii_key
from qa.finding.clauses import asks_other_side
from qa.finding.figures import Found
from qa.finding.row_words import word_pattern
from qa.records import Question

_NEAR = 0.4  # of the likeliest figure's probability: what the figure of the other side needs
_SIDES = 3  # figures that are told at most


def sides_told(question: Question, found: Sequence[Found], index: Index) -> list[Found]:
    """The figures that one sentence gives for a thing and for the others, in its order.

    Args:
        question: the question as understood.
        found: the figures that were weighed for it, likeliest first.
        index: the index that they come from.

    Returns:
        two figures or more; none where the question does not ask for both sides or the sentence tells only one.
    """
    if not asks_other_side(question) or len(question.municipalities) > 1 or not found or found[0].fact is not None:
        return []
    first = found[0]
    least = _NEAR * first.probability
    alike = [
        one
        for one in found
        if (one.fact, one.document, one.quote, one.unit) == (None, first.document, first.quote, first.unit)
        and one.probability >= least
    ]
    alike.sort(key=lambda one: one.figure.span)
    if not 1 < len(alike) <= _SIDES or len({one.figure.value for one in alike}) < len(alike):
        return []
    text = index.documents[first.document].text
    between = ascii_key(text[alike[0].figure.span.end : alike[-1].figure.span.start])
    return alike if word_pattern("other_side", "told").search(between) else []
