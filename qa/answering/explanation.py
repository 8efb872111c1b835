"""Why a target was missed, and whether it was met: from the row that prints target, actual and reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import ascii_key
from qa.answering.draft import Draft
from qa.answering.text import text_draft
from qa.finding.figures import Found
from qa.finding.vocabulary import says
from qa.records import Hit, Question
from qa.wording import figure_sentence, reason_sentence, verdict

_LIKELY = 0.25  # how probable a cell must be for its row to be the one meant
_NAMED, _HELD = 0.5, 0.8  # share of the question's words that a row, or a row with its headings, must hold
_LONGEST_REASON = 1_100  # characters
_ALLOCATED = re.compile(
    r"\b(?:para|odenek|butce|kaynak|fon)\w*(?: \w+){0,3} (?:ayril|ayir|tahsis|ongor|konul|var)\w*|"
    r"\b(?:budget|funds?|money) allocated"
)
_END = re.compile(r"[.!?;](?=\s|\Z)")
_PREDICATE = 6  # words at the end of a sentence that may say no of what it tells; others say no of something else
_BELOW = re.compile(r"\b(?:altinda|gerisinde|dusuk|eksik|az)\b")


def reason_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """The reason printed in the row that is asked about; None where the row prints none."""
    told = next((one for one in found if one.fact is not None and one.fact.reason), None)
    if told is None or told.probability < _LIKELY or told.probability < 0.5 * found[0].probability:
        return None
    draft = Draft(index)
    mark = draft.cite(told.document, told.quote, told.context)
    draft.text = reason_sentence(told.label, _reason(told), mark, question.language)
    return draft


def verdict_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """Yes or no with target and actual of one row and year, or with the money set aside; None where no row tells it."""
    if _ALLOCATED.search(ascii_key(question.text)):
        return _allocation_draft(question, found, index)
    for actual in found:
        if actual.probability < _LIKELY or actual.probability < 0.5 * found[0].probability:
            return None
        target = _target_of(actual, found)
        if actual.measure != "actual" or target is None:
            continue
        return _verdict(question, target, actual, index)
    return None


def met_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """Yes or no to whether a target was met, whatever sentences tell beside it; None where no row has both values.

    The row must hold what the question names: its label, column or headings.
    """
    if not {"target", "actual"} <= set(question.measures):
        return None
    able = [one for one in found if not question.years or one.year in question.years]
    for actual in able:
        target = _target_of(actual, found)
        named = actual.features.get("recall", 0.0) >= _NAMED or actual.features.get("recall_context", 0.0) >= _HELD
        if actual.fact is not None and actual.measure == "actual" and target is not None and named:
            return _verdict(question, target, actual, index)
    return None


def _verdict(question: Question, target: Found, actual: Found, index: Index) -> Draft:
    """Yes or no with both values of a row, and the reason that it prints."""
    met = actual.figure.value >= target.figure.value
    below = _BELOW.search(ascii_key(question.text)) is not None
    draft = Draft(index)
    figures = [draft.add(target), draft.add(actual)]
    sentences = [verdict(met != below, question.language)]
    sentences += [figure_sentence(figure, question.language) for figure in figures]
    if actual.fact is not None and actual.fact.reason:
        sentences.append(reason_sentence("", _reason(actual), figures[1].citation, question.language))
    draft.text = " ".join(sentences)
    return draft


def _allocation_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """Whether money was set aside: the total of the activity's row, which says no where it is 0."""
    of_year = (one for one in found if not question.years or one.year is None or one.year in question.years)
    row = next((one for one in of_year if one.measure == "budget"), None)
    if row is None or row.probability < _LIKELY or row.probability < 0.5 * found[0].probability:
        return None
    same = [one for one in found if (one.document, one.quote, one.year) == (row.document, row.quote, row.year)]
    total = max(same, key=lambda one: one.figure.value)
    draft = Draft(index)
    figure = draft.add(total)
    draft.text = f"{verdict(total.figure.value > 0, question.language)} {figure_sentence(figure, question.language)}"
    return draft


def negated_text_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft:
    """The sentences that answer a yes-or-no question, led by "no" where they themselves say no."""
    draft = text_draft(question, hits, index)
    if draft.status == "answered" and _says_no(draft.text) and not says("refusal", question.text):
        draft.text = f"{verdict(False, question.language)} {draft.text}"
    return draft


def _says_no(text: str) -> bool:
    """Whether the end of a sentence says no: "… yapılmamıştır", not "seferler olmamasına rağmen …"."""
    return any(says("refusal", " ".join(sentence.split()[-_PREDICATE:])) for sentence in _END.split(text))


def _target_of(actual: Found, found: Sequence[Found]) -> Found | None:
    same = (one for one in found if (one.document, one.quote, one.year) == (actual.document, actual.quote, actual.year))
    return next((one for one in same if one.measure == "target"), None)


def _reason(found: Found) -> str:
    reason = (found.fact.reason or "") if found.fact is not None else ""
    return reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON].rsplit(" ", 1)[0] + "…"
