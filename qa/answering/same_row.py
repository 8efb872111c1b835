"""A question that only asks for another year or measure of the same thing is answered from the same indicator.

"2024'te kaç ağaç dikilecek?" – "Peki 2023'te?": where the indicator that answered has no value of that year, another
row near it is offered as such, and does not answer in its place.
"""

from __future__ import annotations

from indexer.records import Fact
from indexer.turkish import keys
from qa.answering.carried import OF_ONE_INDICATOR
from qa.answering.draft import Draft
from qa.records import Question
from qa.refusal_wording import not_in_row
from qa.wording import nearest_sentence

_ALIKE = 0.6  # share of the words of two labels in common, from which they name one indicator


def asks_same_thing(question: Question, earlier: Question) -> bool:
    """Whether ``question`` goes on with ``earlier`` and asks of the same thing and body for another value only."""
    if "content" not in question.carried or not question.wants_figure or not earlier.wants_figure:
        return False
    same = set(question.content) == set(earlier.content) and question.municipalities == earlier.municipalities
    other = question.years != earlier.years or (
        set(question.measures) <= set(OF_ONE_INDICATOR) and question.measures != earlier.measures
    )
    return same and other and not {"compare", "rank", "sum"} & set(question.wants)


def of_same_row(question: Question, draft: Draft, before: Draft) -> Draft:
    """``draft``, or a refusal that offers it where it stands in another row of the document that answered before.

    Args:
        question: the question as made whole.
        draft: its draft.
        before: the draft of the question before it.
    """
    facts, earlier = _facts(draft), _facts(before)
    if len(earlier) != 1 or len(facts) != 1 or "abstained" in (draft.status, before.status):
        return draft
    now, then = facts[0], earlier[0]
    if now.document != then.document or _likeness(now.label, then.label) >= _ALIKE:
        return draft
    refusal = Draft(draft.index, status="abstained")
    lack = not_in_row(then.label, question.years[0], question.language)
    refusal.text = f"{lack} {nearest_sentence(refusal.figure_of(draft.found[0]), question.language)}"
    return refusal


def _facts(draft: Draft) -> list[Fact]:
    """The facts that a draft tells first, one a label; none where it tells figures of sentences or computed ones."""
    if any(one.fact is None for one in draft.found) or any(figure.computed for figure in draft.figures):
        return []
    by_label = {one.fact.label: one.fact for one in reversed(draft.found) if one.fact is not None}
    return list(by_label.values())


def _likeness(label: str, other: str) -> float:
    words, others = set(keys(label)), set(keys(other))
    return len(words & others) / len(words | others) if words and others else 0.0
