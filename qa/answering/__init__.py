"""Composes an answer from what was found; one module a kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.index import Index
from qa.answering.acts import act_draft
from qa.answering.balance import balance_draft, debt_draft, priced
from qa.answering.budget_items import budget_item_draft, budget_rank_draft
from qa.answering.carried import in_held_measure
from qa.answering.comparison import comparison_draft
from qa.answering.computation import computation_draft
from qa.answering.confidence import confident
from qa.answering.contact import contact_draft
from qa.answering.contest import contest_draft
from qa.answering.contrast import alternatives, opposes_states
from qa.answering.counting import count_draft
from qa.answering.doer import doer_draft
from qa.answering.draft import Draft
from qa.answering.explanation import met_draft, negated_text_draft, reason_draft, verdict_draft
from qa.answering.figure import figure_draft
from qa.answering.finding import Finder, Found
from qa.answering.fulfilment import fulfilment_draft
from qa.answering.goals import headings_draft
from qa.answering.items import items_of
from qa.answering.judging import asks_verdict, judgement_draft
from qa.answering.listing import list_draft
from qa.answering.membership import membership_draft
from qa.answering.outcomes import outcomes_draft
from qa.answering.proportion import asks_percent, proportion_draft, told_share_draft
from qa.answering.ranking import rank_draft
from qa.answering.refusal import foreign_refusal, nearest_refusal
from qa.answering.row_fit import fit_rows
from qa.answering.series import series_draft
from qa.answering.staff import staff_draft
from qa.answering.table_total import table_total_draft
from qa.answering.text import text_draft
from qa.answering.told_change import told_change_draft
from qa.answering.told_twice import told_twice_draft
from qa.answering.unit_money import unit_money_draft, unit_rank_draft, with_units
from qa.answering.whole_budget import whole_budget_draft, with_whole
from qa.features import FeatureReader
from qa.records import Hit, Question, Want

_HUNDRED = 100
_IN_WORDS = ("who", "when", "where", "text")


class Composer:
    """Composes answers over one index.

    Args:
        index: the open index.
        retrieve: finds the passages for a question, best first.
        reader: the features of passages, shared with retrieval; by default one of its own.
    """

    def __init__(
        self, index: Index, retrieve: Callable[[Question], list[Hit]], reader: FeatureReader | None = None
    ) -> None:
        self._index = index
        self._retrieve = retrieve
        self._reader = reader or FeatureReader(index)
        self._finder = Finder(index, self._reader)

    def compose(self, question: Question, hits: Sequence[Hit]) -> Draft:
        """The draft of an answer to ``question`` from ``hits``, or a refusal that says what is missing."""
        refusal = foreign_refusal(question, hits, self._index)
        if refusal is not None:
            return refusal
        printed = contact_draft(question, self._index)
        if printed is not None:
            return printed
        draft, found = self.draft(question, hits)
        if draft.status == "abstained" and draft.citations:
            return draft
        sure = confident(question, draft, hits, found)
        return draft if sure else nearest_refusal(question, hits, found, self._index, self.find)

    def find(self, question: Question) -> list[Found]:
        """The figures that may answer a part of a question, from passages retrieved for it alone."""
        return self._weigh(question, self._retrieve(question))

    def _weigh(self, question: Question, hits: Sequence[Hit]) -> list[Found]:
        """The figures of the passages in ``hits`` that can answer, likeliest first."""
        found = priced(question, self._finder.find(question, hits), self._index)
        return with_whole(question, with_units(question, fit_rows(question, found), self._index), self._index)

    def draft(self, question: Question, hits: Sequence[Hit]) -> tuple[Draft, list[Found]]:
        """The best draft, however unsure, with the figures that were weighed for it."""
        found = self._weigh(question, hits)
        held = in_held_measure(question, found)
        if held is not question:
            question, found = held, self._weigh(held, hits)
        first = _first_want(question)

        def ask(part: Question) -> list[Found]:
            if part == question:
                return found
            alike = (part.query_text, part.municipalities) == (question.query_text, question.municipalities)
            return self._weigh(part, hits) if alike else self.find(part)

        draft = (
            headings_draft(question, self._index)
            or told_twice_draft(question, self.find, self._index)
            or balance_draft(question, self._index)
            or debt_draft(question, found, self._index)
            or staff_draft(question, self._index)
            or unit_money_draft(question, found, self._index)
            or unit_rank_draft(question, self._index)
            or budget_item_draft(question, found, self._index)
            or budget_rank_draft(question, self._index)
            or whole_budget_draft(question, found, ask, self._index)
            or table_total_draft(question, found, self._index)
            or outcomes_draft(question, self._index, self._reader)
            or contest_draft(question, ask, self._index)
            or (rank_draft(question, self._index, self._reader) if first != "compare" else None)
            or count_draft(question, found, hits, self._index, self._reader)
            or headings_draft(question, self._index, counted=True)
            or fulfilment_draft(question, ask, self._index)
            or proportion_draft(question, found, self._index, self._reader)
        )
        if draft is not None:
            draft.over_rows = True
            return draft, found

        if asks_verdict(question):
            draft = judgement_draft(question, found, ask, self._index, self._reader) or met_draft(
                question, found, self._index
            )
        draft = draft or series_draft(question, found, self._index)
        draft = draft or told_change_draft(question, found, self._index) or act_draft(question, hits, self._index)
        if draft is not None:
            return draft, found
        if first == "list":
            draft = list_draft(question, hits, self._index)
        elif first == "why" and not question.counted:
            draft = reason_draft(question, found, self._index)
        elif first == "yesno":
            draft = (
                membership_draft(question, hits, self._index)
                or doer_draft(question, hits, self._index)
                or verdict_draft(question, found, self._index)
                or negated_text_draft(question, hits, self._index)
            )
        elif first not in _IN_WORDS:
            draft = verdict_draft(question, found, self._index) if asks_verdict(question) else None
            draft = (
                draft
                or told_share_draft(question, ask, self._index)
                or computation_draft(question, ask, self._index, self._reader)
                or comparison_draft(question, ask, self._index, self._reader)
                or figure_draft(question, _in_per_cent(question, found), ask, self._index)
            )
        return draft or text_draft(question, hits, self._index), found


def _first_want(question: Question) -> Want:
    """What is asked for first; "which year, 2020 or 2022?" asks for a comparison, "open or closed?" for yes or no."""
    first = question.wants[0] if question.wants else "text"
    several = len(question.municipalities) > 1 and "compare" in question.wants
    if first in ("who", "when", "where", "rank") and (several or alternatives(question)):
        return "compare"
    if first == "compare" and "figure" not in question.wants and opposes_states(question):
        return "yesno"
    return first


def _in_per_cent(question: Question, found: list[Found]) -> list[Found]:
    """The figures that can be the percentage asked for: with its sign, or without a unit and no larger than 100."""
    if len(items_of(question)) != 1 or not asks_percent(question):
        return found
    return [one for one in found if one.unit == "%" or (one.unit is None and one.figure.value <= _HUNDRED)]


__all__ = ["Composer", "Draft"]
