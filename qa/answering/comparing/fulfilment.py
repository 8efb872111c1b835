"""How much of a target was reached, how much of an allowance was spent: the rate that the row itself prints."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from indexer.records import Fact, Measure
from indexer.turkish import ascii_key, keys
from qa.answering.comparing.computation import plain_question
from qa.answering.comparing.pairing import Ask
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.finding.figures import Found, fitting
from qa.finding.lines import Line, lines_of
from qa.finding.row_words import word_pattern
from qa.records import Asked, Question
from qa.wording import figure_sentence, neighbour_sentence

_RIVAL = 0.5  # of the likeliest row's probability: what a row that prints a rate needs to go before it
_PLANNED: tuple[Measure, ...] = ("target", "budget")
_DONE: tuple[Measure, ...] = ("actual", "spending")


def fulfilment_draft(question: Question, ask: Ask, index: Index) -> Draft | None:
    """The rate of fulfilment printed in the row asked for, with the amount where that is asked for, too.

    None where none is asked for or the row prints none: then it is computed from the row's values.

    Args:
        question: the question as understood.
        ask: finds the figures for a part of the question.
        index: the index that the figures come from.
    """
    if not asks_fulfilment(question) or len(question.municipalities) > 1:
        return None
    plain = plain_question(question)
    year = next((one.year for one in question.asked if one.year is not None), next(iter(question.years), None))
    found = [one for one in ask(plain) if one.fact is not None and fitting([one], Asked(year))]
    row = _likeliest_row(found, index)
    if row is None:
        return None
    first, line = row
    rate = next(fact for fact in line.facts if _is_rate(fact))
    actual = next((fact for fact in reversed(line.facts) if fact.measure in _DONE and fact.unit != "%"), None)
    asked = next((one.fact for one in found if one.quote == first.quote and one.measure in _DONE), actual)
    draft = Draft(index, confidence=first.probability)
    chosen = [asked, rate] if asked is not None and _asks_amount(question) else [rate]
    told = [found_of(fact, line, 1.0, first.probability) for fact in chosen]
    sentences = [figure_sentence(draft.add(one), question.language) for one in told]
    if actual is not None and len(chosen) == 1:
        beside = found_of(actual, line, 1.0, first.probability)
        sentences.append(neighbour_sentence(draft.figure_of(beside), question.language))
    draft.text = " ".join(sentences)
    return draft


def asks_fulfilment(question: Question) -> bool:
    """Whether a question asks what per cent of a target, an allowance or an estimate came about."""
    return word_pattern("fulfilment", "asked").search(ascii_key(question.query_text or question.text)) is not None


def _asks_amount(question: Question) -> bool:
    """Whether an amount is asked for beside the percentage ("ne kadar gerçekleşmiş ve yüzde kaçına ulaşılmış")."""
    return word_pattern("fulfilment", "amount").search(ascii_key(question.query_text or question.text)) is not None


def _likeliest_row(found: Sequence[Found], index: Index) -> tuple[Found, Line] | None:
    """The likeliest row that has a planned and a real value and prints their rate, with its likeliest cell."""
    likeliest = max((one.probability for one in found), default=0.0)
    for one in found:
        if one.probability < _RIVAL * likeliest:
            return None
        for line in lines_of(index, one.document):
            if line.row.span == one.quote and _prints_rate(line):
                return one, line
    return None


def _prints_rate(line: Line) -> bool:
    measures = {fact.measure for fact in line.facts if fact.unit != "%"}
    planned, done = measures & set(_PLANNED), measures & set(_DONE)
    return bool(planned and done) and any(_is_rate(fact) for fact in line.facts)


def _is_rate(fact: Fact) -> bool:
    """Whether a cell tells what part of the plan came about, not what part of a total the row is."""
    share = word_pattern("parts", "printed").search(ascii_key(fact.column)) is not None or "toplam" in keys(fact.column)
    return fact.unit == "%" and fact.measure == "rate" and not share
