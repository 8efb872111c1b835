"""Composes an answer from what was found; one module a kind of answer."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from qa.answering.draft import Draft
from qa.answering.figure import figure_draft
from qa.answering.refusal import refusal_draft
from qa.answering.text import text_draft
from qa.records import Hit, Question


def compose(question: Question, hits: Sequence[Hit], index: Index) -> Draft:
    """The draft of an answer: a figure where one is asked for and found, else the sentences that answer, else a no.

    Args:
        question: the question as understood.
        hits: what retrieval found, best first.
        index: the index that the hits come from.
    """
    draft = refusal_draft(question, hits, index)
    if draft is None and (question.wants_figure or question.measures):
        draft = figure_draft(question, hits, index)
    return draft or text_draft(question, hits, index)


__all__ = ["Draft", "compose"]
