"""A rounded figure of a sentence ("761 bin araç") told with the exact one that the documents hold elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.draft import Draft
from qa.finding.figures import Found
from qa.finding.preferring import exact_of
from qa.records import Question
from qa.wording import rounded_sentence, told_sentence


def exactly(question: Question, draft: Draft, found: Sequence[Found]) -> Draft:
    """The draft, led by the exact value where its one figure is a rounded telling of it.

    Args:
        question: the question as understood.
        draft: an answer that is sure enough to be shown.
        found: the figures that were weighed for it.
    """
    if len(draft.found) != 1 or len(draft.figures) != 1:
        return draft
    exact = exact_of(draft.found[0], found, question.content)
    if exact is None:
        return draft
    told = Draft(draft.index, confidence=draft.confidence, understood=draft.understood)
    figure, rounded = told.add(exact), told.add(draft.found[0])
    sentences = (told_sentence(figure, question.language), rounded_sentence(rounded, question.language))
    told.text = " ".join(sentences)
    return told
