"""Answers read off places of a particular form: a person, an expense, who is responsible, a field, a cell, a form."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from qa.answering.cell_words import cell_words_draft
from qa.answering.draft import Draft
from qa.answering.fields import field_draft
from qa.answering.forms import form_draft
from qa.answering.headed import labelled_draft
from qa.answering.money.expenses import expense_draft
from qa.answering.people.offices import person_draft
from qa.answering.responsible import responsible_draft
from qa.records import Hit, Question


def particular_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The answer of the first form that holds one; None where none does.

    Args:
        question: the question as understood.
        hits: the passages found, best first.
        index: the index that they come from.
    """
    return (
        person_draft(question, hits, index)
        or expense_draft(question, hits, index)
        or responsible_draft(question, hits, index)
        or field_draft(question, hits, index)
        or cell_words_draft(question, hits, index)
        or form_draft(question, hits, index)
        or labelled_draft(question, hits, index)
    )
