"""A cell whose own name says all that a question names: it answers, whatever else makes the best draft doubtful."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import keys
from qa.answering.draft import Draft
from qa.finding.agreement import unit_agreement
from qa.finding.figures import Found
from qa.finding.items import items_of
from qa.finding.modifiers import holds
from qa.records import Asked, Question
from qa.wording import figure_sentence

_LEAST = 2  # words that a question must name
_SPARE = 2  # words that the name of the cell may have besides
_SURE = 0.6


def named_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """The value of the one cell that bears the name asked for, of its year and measure; None where there is none.

    Args:
        question: the question as understood; one that asks for more than one figure is none for this.
        found: the figures weighed for it.
        index: the index that they come from.
    """
    words = [word for word in question.content if not word.isdigit()]
    plain = question.wants[:1] == ("figure",) and len(question.asked) < 2 and len(items_of(question)) == 1
    if not plain or len(words) < _LEAST or len(question.municipalities) > 1:
        return None
    able = [one for one in found if _is_named(one, words, question)]
    if len({(one.municipality, one.figure.value) for one in able}) != 1:
        return None
    draft = Draft(index, confidence=_SURE)
    draft.text = figure_sentence(draft.add(able[0]), question.language)
    return draft


def _is_named(one: Found, words: Sequence[str], question: Question) -> bool:
    """Whether a cell bears the name, and nothing that was asked contradicts it."""
    if one.fact is None or (question.municipalities and one.municipality not in question.municipalities):
        return False
    asked = question.asked[0] if question.asked else Asked(next(iter(question.years), None))
    if asked.year not in (None, one.year) or asked.measure not in (None, one.measure):
        return False
    if unit_agreement(question, items_of(question), one.unit) < 0:
        return False
    name = frozenset(keys(one.label.rsplit("–", 1)[-1]))
    said = frozenset(keys(f"{one.label} {one.fact.column}"))
    return all(holds(word, said) for word in words) and len(name - set(words)) <= _SPARE
