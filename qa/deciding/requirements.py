"""What an answer must have by the form of its question, whatever else speaks for it.

A target is told by what was aimed at, not by what a report says was done; whether it was met is told by what came
about, not by the target; a telephone number looks like one; a judgement ("sizce", "iyi mi?") is answered by no plan or
report, unless one judges in that very word.
"""

from __future__ import annotations

import re
from typing import Literal

from indexer.turkish import ascii_key, keys
from qa.answering.comparing.contest import asks_which
from qa.answering.comparing.judging import asks_verdict
from qa.answering.draft import Draft
from qa.answering.people.offices import asks_holder, names_holder
from qa.finding.contact_forms import ContactForm, contact_forms, holds_contact
from qa.finding.kinds import says_kind
from qa.finding.modifiers import holds
from qa.finding.row_words import word_groups
from qa.finding.vocabulary import says
from qa.records import Question

Lack = Literal["rate", "date", "target", "outcome", "opinion", "figure", "person"] | ContactForm

_DONE = frozenset({"actual", "spending", "rate", "count"})
_HELD = frozenset({"count", "other"})
REAL = frozenset({"actual", "spending"})
PLANNED = frozenset({"budget", "target", "estimate"})
"""Measures of what came about, and of what was only planned."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE_OF = re.compile(r"(?<!\w)tarihi (?:ne|nedir|neydi|kac)\w*|(?<!\w)hangi tarihte(?!\w)")


def lack_of(question: Question, draft: Draft) -> Lack | None:
    """What ``draft`` lacks to be an answer of the form that ``question`` asks for; None where it lacks nothing."""
    if asks_opinion(question) and (not draft.found or "yesno" in question.wants) and not _judges(question, draft):
        return "opinion"
    if asks_which(question) and not any(one.fact is not None for one in draft.found) and not draft.over_rows:
        return "figure"
    if draft.found and not draft.over_rows and not (question.content or question.measures):
        return "figure"  # "how many square metres" of nothing
    if _lacks_outcome(question, draft) or _lacks_spent(question, draft):
        return "outcome"
    if _lacks_rate(question, draft):
        return "rate"
    if _lacks_target(question, draft):
        return "target"
    told = _told(draft)
    undated = not says_kind(told, "date") or _is_past(question, draft, told) or not _names_matter(question, draft)
    if undated and _asks_date(question) and not draft.found and not draft.over_rows:
        return "date"
    if asks_holder(question) and not draft.over_rows and not names_holder(draft):
        return "person"
    return next((form for form in contact_forms(question) if not holds_contact(told, form)), None)


def _asks_date(question: Question) -> bool:
    text = question.query_text or question.text
    return "when" in question.wants[:1] or _DATE_OF.search(ascii_key(text)) is not None


def _names_matter(question: Question, draft: Draft) -> bool:
    """Whether a place cited, or a heading above it, has any word of what is asked about."""
    said = frozenset(keys(" ".join((_told(draft), *(name for one in draft.citations for name in one.context)))))
    return not question.content or any(holds(word, said) for word in question.content)


def _is_past(question: Question, draft: Draft, told: str) -> bool:
    """Whether it is asked when something will be, and all years told lie before those of the documents cited."""
    years = [int(year) for year in _YEAR.findall(told)]
    written = [draft.index.documents[citation.document].source.year or 0 for citation in draft.citations]
    return "target" in question.measures and bool(years) and max(years) < min(written, default=0)


def asks_whether_met(question: Question) -> bool:
    """Whether a question asks for a yes or no to a target having been met."""
    return asks_verdict(question) and {"target", "actual"} <= set(question.measures)


def asks_opinion(question: Question) -> bool:
    """Whether a question asks for a judgement: "sizce", "iyi mi?", "en güzel"."""
    text = question.query_text or question.text
    return says("opinion", text, "own") or says("opinion", text, "word")


def _judges(question: Question, draft: Draft) -> bool:
    """Whether the places cited judge in the word of the question; the judgement of the program itself is none."""
    text = question.query_text or question.text
    if says("opinion", text, "own"):
        return False
    judged = set(word_groups("opinion")["judged"]) & set(ascii_key(text).split())
    return bool(judged & set(re.findall(r"\w+", ascii_key(_told(draft)))))


def _lacks_outcome(question: Question, draft: Draft) -> bool:
    """Whether it is asked if a target was met, and nothing cited tells what came about."""
    if not asks_whether_met(question) or draft.over_rows:
        return False
    if any(one.measure in _DONE for one in draft.found if one.fact is not None):
        return False
    told = _told(draft)
    return any(one.fact is not None for one in draft.found) or not (says("outcome", told) and says("aim", told))


def _lacks_spent(question: Question, draft: Draft) -> bool:
    """Whether what really came about is asked for by that name, and only plans, budgets or estimates are told."""
    if not question.measures or not set(question.measures) <= REAL or not draft.found:
        return False
    really = says("really", question.query_text or question.text)
    return really and all(one.fact is not None and one.measure in PLANNED for one in draft.found)


def _lacks_rate(question: Question, draft: Draft) -> bool:
    """Whether a percentage is asked for by its name, and only other values are told."""
    if question.measures != ("rate",) or question.units != ("%",) or not draft.found:
        return False
    if any(figure.computed for figure in draft.figures):
        return False
    return all(one.unit not in (None, "%") or one.measure == "count" for one in draft.found)


def _lacks_target(question: Question, draft: Draft) -> bool:
    """Whether a target is asked for by that name, and sentences of reports tell what was done only.

    A verb that tells of what will be ("kaç otobüs alınacak") asks for it, too: what there is already does not answer.
    """
    if question.measures != ("target",) or not draft.found or draft.over_rows:
        return False
    if not says("aim", question.query_text or question.text):
        return all(one.fact is not None and one.measure in _HELD and one.year is None for one in draft.found)
    if any(one.fact is not None for one in draft.found):
        return False
    if any(draft.index.documents[one.document].source.kind != "faaliyet" for one in draft.found):
        return False
    told = _told(draft)
    return says("outcome", told) and not says("aim", told)


def _told(draft: Draft) -> str:
    return " ".join(citation.quote for citation in draft.citations)
