"""Which targets were missed or met, by how much, and how many: from the rows that print a target and an actual.

"Kars hangi hedeflere ulaşamadı?" is answered with those furthest behind their target first, "hedefini en çok aşan
gösterge hangisi?" with the first of that order, "hedeflerin yüzde kaçına ulaşıldı?" with a share counted over the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from indexer.index import Index
from indexer.turkish import ascii_key, keys
from qa.answering.comparing.common_unit import in_common_unit
from qa.answering.comparing.formulas import compute
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.features import FeatureReader
from qa.finding.outcomes import RowOutcome, outcomes_by_year
from qa.finding.row_question import number_asked
from qa.finding.row_words import means, word_pattern
from qa.records import AnswerFigure, Question
from qa.row_wording import foremost_outcomes_sentence, met_share_sentence, outcomes_sentence

Order = Literal["above", "behind", "off", "near"]

_SHOWN = 10
_OPERANDS = 3  # rows that a count over all of them cites
_SURE = 0.9
_TENTH = Decimal("0.1")
_ORDERS: dict[Order, Callable[[RowOutcome], Decimal]] = {
    "above": lambda one: -one.share,
    "behind": lambda one: one.share,
    "off": lambda one: -abs(one.share - 1),
    "near": lambda one: abs(one.share - 1),
}


def outcomes_draft(question: Question, index: Index, reader: FeatureReader) -> Draft | None:
    """The indicators below (or at) their targets with both values; None where the question asks for no such list.

    Args:
        question: the question as understood.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    if len(question.municipalities) != 1:
        return None
    return _foremost(question, index, reader) or _met_share(question, index, reader) or _listed(question, index, reader)


def _listed(question: Question, index: Index, reader: FeatureReader) -> Draft | None:
    key = ascii_key(question.query_text or question.text)
    met, behind = (word_pattern("outcomes", name).finditer(key) for name in ("met", "missed"))
    asks = [*((match, False) for match in met), *((match, True) for match in behind)]
    if not asks:
        return None
    match, missed = max(asks, key=lambda pair: (pair[0].start(), pair[1]))  # in a conversation, what was said last
    rest = _rest(question, match.span())
    for year, found in outcomes_by_year(question, rest, index, reader):
        chosen = [one for one in found if (one.share < 1) == missed]
        if not chosen:
            continue
        ordered = sorted(chosen, key=lambda one: (one.share if missed else -one.share, one.line.row.span.start))
        draft = _draft(question, rest, index)
        shown = [_added(draft, one) for one in ordered[:_SHOWN]]
        count = draft.compute(Decimal(len(chosen)), f"count({len(chosen)})", [actual for _, _, actual in shown], "adet")
        draft.text = outcomes_sentence(count, year, missed, shown, question.language)
        return draft
    return None


def _foremost(question: Question, index: Index, reader: FeatureReader) -> Draft | None:
    """The first indicators of the order by how much of their target came about, with what part of it that is."""
    key = ascii_key(question.query_text or question.text)
    asked = [(match, name) for name in _ORDERS for match in word_pattern("outcome_order", name).finditer(key)]
    if not asked or not word_pattern("outcome_order", "of").search(key):
        return None
    match, order = max(asked, key=lambda pair: pair[0].start())
    rest = _rest(question, match.span())
    for year, found in outcomes_by_year(question, rest, index, reader):
        held = [one for one in found if one.target.figure.value]
        able = [one for one in held if _is_able(one, order)] or held
        ordered = sorted(able, key=lambda one: (_ORDERS[order](one), one.line.row.span.start))
        if not ordered:
            continue
        first = _ORDERS[order](ordered[0])
        alike = sum(_ORDERS[order](one) == first for one in ordered)
        draft = _draft(question, rest, index)
        chosen = ordered[: number_asked(question)]
        shown = [_added(draft, one) for one in chosen]
        computed = (compute(draft, "fulfilment", in_common_unit(pair)) for _, *pair in shown)
        parts = [part for part in computed if part is not None]
        more = alike - len(chosen)
        if more > 0:
            draft.compute(Decimal(more), f"count({more})", [shown[0][2]], "adet")
        name = order if _is_able(ordered[0], order) else "none"
        draft.text = foremost_outcomes_sentence(name, year, shown, parts, more, question.language)
        return draft
    return None


def _is_able(one: RowOutcome, order: Order) -> bool:
    """Whether an indicator can be first: one that exceeds its target, or falls short of it."""
    if order == "off":
        return one.share != 1
    return one.share > 1 if order == "above" else one.share < 1


def _met_share(question: Question, index: Index, reader: FeatureReader) -> Draft | None:
    """How many of the targets were met, and what part of all that is."""
    key = ascii_key(question.query_text or question.text)
    match = word_pattern("outcomes", "share").search(key)
    if match is None:
        return None
    rest = _rest(question, match.span())
    for year, found in outcomes_by_year(question, rest, index, reader):
        met = [one for one in found if one.share >= 1]
        draft = _draft(question, rest, index)
        shown = [_added(draft, one) for one in (met or found)[:_OPERANDS]]
        operands = [actual for _, _, actual in shown]
        value = (Decimal(len(met)) / len(found) * 100).quantize(_TENTH)
        share = draft.compute(value, f"{len(met)} / {len(found)} * 100", operands, "%")
        counts = [
            draft.compute(Decimal(count), f"count({count})", operands, "adet") for count in (len(found), len(met))
        ]
        draft.text = met_share_sentence(share, counts[0], counts[1], year, shown, question.language)
        return draft
    return None


def _draft(question: Question, rest: tuple[str, ...], index: Index) -> Draft:
    return Draft(index, confidence=_SURE, over_rows=True, understood=frozenset(question.content) - set(rest))


def _rest(question: Question, asking: tuple[int, int]) -> tuple[str, ...]:
    """The keys of the words that narrow a question down: those outside the words that ask, of no frame."""
    text = question.query_text or question.text
    others = set(keys(f"{text[: asking[0]]} {text[asking[1] :]}"))
    return tuple(word for word in question.content if word in others and not means("outcomes", "frame", word))


def _added(draft: Draft, one: RowOutcome) -> tuple[str, AnswerFigure, AnswerFigure]:
    target = draft.add(found_of(one.target, one.line, 1.0, _SURE))
    return one.line.name, target, draft.add(found_of(one.actual, one.line, 1.0, _SURE))
