"""The kinds of answer in the order in which they are tried: the first one that the question fits gives the draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.index import Index
from qa.answering.acts import act_draft
from qa.answering.assessment import assessment_draft
from qa.answering.comparing.comparison import comparison_draft
from qa.answering.comparing.computation import computation_draft
from qa.answering.comparing.contest import contest_draft
from qa.answering.comparing.fulfilment import fulfilment_draft
from qa.answering.comparing.judging import asks_verdict, judgement_draft
from qa.answering.comparing.proportion import asks_percent, proportion_draft, told_share_draft
from qa.answering.comparing.series import series_draft
from qa.answering.comparing.told_change import told_change_draft
from qa.answering.comparing.told_twice import told_twice_draft
from qa.answering.counting import count_draft
from qa.answering.doings import doing_draft
from qa.answering.draft import Draft
from qa.answering.explanation import met_draft, negated_text_draft, reason_draft, verdict_draft
from qa.answering.figure import figure_draft
from qa.answering.goals import headings_draft
from qa.answering.grouped import group_draft
from qa.answering.listing import list_draft
from qa.answering.money.balance import balance_draft, debt_draft
from qa.answering.money.budget_items import budget_item_draft, budget_rank_draft
from qa.answering.money.most_spent import most_spent_draft
from qa.answering.money.table_total import table_total_draft
from qa.answering.money.unit_money import unit_money_draft, unit_rank_draft
from qa.answering.money.whole_budget import whole_budget_draft
from qa.answering.outcomes import outcomes_draft
from qa.answering.people.doer import doer_draft
from qa.answering.people.membership import membership_draft
from qa.answering.people.staff import staff_draft
from qa.answering.planned import planned_draft
from qa.answering.ranking import rank_draft
from qa.answering.text import text_draft
from qa.features import FeatureReader
from qa.finding.contrast import alternatives, opposes_states
from qa.finding.figures import Found
from qa.finding.items import items_of
from qa.records import Hit, Question, Want

_HUNDRED = 100
_IN_WORDS: tuple[Want, ...] = ("who", "when", "where", "text")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with everything that a kind of answer may look at.

    ``ask`` weighs the figures for a part of the question, from the same passages where the part is about the same;
    ``find`` does so from passages retrieved for it alone.
    """

    question: Question
    hits: Sequence[Hit]
    found: list[Found]
    ask: Callable[[Question], list[Found]]
    find: Callable[[Question], list[Found]]
    index: Index
    reader: FeatureReader


Drafter = Callable[[Asking], Draft | None]

_OVER_ROWS: tuple[Drafter, ...] = (
    lambda a: headings_draft(a.question, a.index),
    lambda a: assessment_draft(a.question, a.index),
    lambda a: doing_draft(a.question, a.hits, a.index),
    lambda a: planned_draft(a.question, a.index),
    lambda a: told_twice_draft(a.question, a.find, a.index),
    lambda a: balance_draft(a.question, a.index),
    lambda a: debt_draft(a.question, a.found, a.index),
    lambda a: staff_draft(a.question, a.index),
    lambda a: group_draft(a.question, a.index),
    lambda a: unit_money_draft(a.question, a.found, a.index),
    lambda a: unit_rank_draft(a.question, a.index),
    lambda a: budget_item_draft(a.question, a.found, a.index),
    lambda a: budget_rank_draft(a.question, a.index),
    lambda a: most_spent_draft(a.question, a.index, a.reader),
    lambda a: whole_budget_draft(a.question, a.found, a.ask, a.index),
    lambda a: table_total_draft(a.question, a.found, a.index),
    lambda a: outcomes_draft(a.question, a.index, a.reader),
    lambda a: contest_draft(a.question, a.ask, a.index),
    lambda a: None if _first_want(a.question) == "compare" else rank_draft(a.question, a.index, a.reader),
    lambda a: count_draft(a.question, a.found, a.hits, a.index, a.reader),
    lambda a: headings_draft(a.question, a.index, counted=True),
    lambda a: fulfilment_draft(a.question, a.ask, a.index),
    lambda a: proportion_draft(a.question, a.found, a.index, a.reader),
)
"""Kinds that look at all rows of a document, not only at the passages found."""

_VERDICTS: tuple[Drafter, ...] = (
    lambda a: judgement_draft(a.question, a.found, a.ask, a.index, a.reader),
    lambda a: met_draft(a.question, a.found, a.index),
)
_OVER_TIME: tuple[Drafter, ...] = (
    lambda a: series_draft(a.question, a.found, a.index),
    lambda a: told_change_draft(a.question, a.found, a.index),
    lambda a: act_draft(a.question, a.hits, a.index),
)
_YES_OR_NO: tuple[Drafter, ...] = (
    lambda a: membership_draft(a.question, a.hits, a.index),
    lambda a: doer_draft(a.question, a.hits, a.index),
    lambda a: verdict_draft(a.question, a.found, a.index),
    lambda a: negated_text_draft(a.question, a.hits, a.index),
)
_FIGURES: tuple[Drafter, ...] = (
    lambda a: verdict_draft(a.question, a.found, a.index) if asks_verdict(a.question) else None,
    lambda a: told_share_draft(a.question, a.ask, a.index),
    lambda a: computation_draft(a.question, a.ask, a.index, a.reader),
    lambda a: comparison_draft(a.question, a.ask, a.index, a.reader),
    lambda a: figure_draft(a.question, _in_per_cent(a.question, a.found), a.ask, a.index),
)


def drafted(asking: Asking) -> Draft:
    """The draft of the first kind of answer that fits, however unsure; at last that of the sentences that tell most."""
    draft = _first(_OVER_ROWS, asking)
    if draft is not None:
        draft.over_rows = True
        return draft
    verdicts = _VERDICTS if asks_verdict(asking.question) else ()
    rest = (*verdicts, *_OVER_TIME, *_of_kind(asking.question))
    return _first(rest, asking) or text_draft(asking.question, asking.hits, asking.index)


def _first(drafters: Sequence[Drafter], asking: Asking) -> Draft | None:
    drafts = (drafter(asking) for drafter in drafters)
    return next((draft for draft in drafts if draft is not None), None)


def _of_kind(question: Question) -> tuple[Drafter, ...]:
    """The kinds that what is asked for first leaves."""
    first = _first_want(question)
    if first == "list":
        return (lambda a: list_draft(a.question, a.hits, a.index),)
    if first == "why" and not question.counted:
        return (lambda a: reason_draft(a.question, a.found, a.index),)
    if first == "yesno":
        return _YES_OR_NO
    return () if first in _IN_WORDS else _FIGURES


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
