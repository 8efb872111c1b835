"""Comparisons: a figure for each thing that the question sets against the others, and which one is larger."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from qa.answering.comparing.cells import named_pair
from qa.answering.comparing.common_unit import add_converted, in_common_unit
from qa.answering.comparing.pairing import Ask, choose_together
from qa.answering.draft import Draft
from qa.answering.figure import choose, several
from qa.answering.ranking import found_of
from qa.features import FeatureReader
from qa.finding.contrast import Side, offers_alternatives
from qa.finding.figures import Found
from qa.finding.sides import sides_of
from qa.parts import parts_of
from qa.records import Asked, Question
from qa.wording import (
    amount,
    computed_sentence,
    figure_sentence,
    incomparable_sentence,
    larger_sentence,
    nearest_sentence,
    value_missing,
)

_SURE = 0.9
_NEAREST = 0.6  # share of the question's words that the nearest thing must hold to be offered


def comparison_draft(question: Question, ask: Ask, index: Index, reader: FeatureReader) -> Draft | None:
    """A figure for each thing compared, and the larger one of two; None where fewer than two things are compared.

    Args:
        question: the question as understood.
        ask: finds the figures for a part of the question.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    sides = sides_of(question)
    chosen, firsts = _by_side(question, sides, ask, index) if len(sides) > 1 else _two_named(question, index, reader)
    if not chosen:
        return None
    draft = Draft(index, confidence=min(one.probability for one in chosen))
    figures = [draft.add(one) for one in chosen]
    sentences = [figure_sentence(figure, question.language) for figure in figures]
    if len(firsts) == 2:
        sentences += _verdict(draft, question, firsts, bool(sides))
    sentences += _missing(question, sides, chosen, ask, draft)
    draft.text = " ".join(sentences)
    return draft


def _verdict(draft: Draft, question: Question, firsts: Sequence[Found], opposed: bool) -> list[str]:
    """Which of two figures is the larger one, the one that is told in another unit converted; or that none can be."""
    compared = [draft.figure_of(one) for one in firsts]
    terms = in_common_unit(compared)
    if not terms:
        asked = opposed and "compare" in question.wants
        return [incomparable_sentence(compared, question.language)] if asked else []
    told = [computed_sentence(one, question.language) for one in add_converted(draft, terms)]
    labels = [one.label if one.fact is not None else amount(draft.figure_of(one)) for one in firsts]
    return [*told, larger_sentence([term.told() for term in terms], labels, question.language)]


def _missing(question: Question, sides: Sequence[Side], chosen: Sequence[Found], ask: Ask, draft: Draft) -> list[str]:
    """For each municipality without a value: that there is none, and the nearest thing held."""
    told = {one.municipality for one in chosen}
    sentences = []
    for side in sides if len(question.municipalities) > 1 else ():
        part = side.question
        if len(part.municipalities) != 1 or part.municipalities[0] in told:
            continue
        asked = part.asked[0] if part.asked else Asked(next(iter(part.years), None))
        sentences.append(value_missing(asked, question.language, part.municipalities[0]))
        near = [one for one in ask(part) if one.fact is not None and one.features.get("recall", 0.0) >= _NEAREST]
        sentences += [nearest_sentence(draft.figure_of(one), question.language) for one in near[:1]]
    return sentences


def _by_side(question: Question, sides: Sequence[Side], ask: Ask, index: Index) -> tuple[list[Found], list[Found]]:
    """The figures of all sides, and the first of each; a side asked for several values gives them all."""
    things = [] if offers_alternatives(question) else _things_of_each(sides, ask, index)
    if things:
        return things, []
    if all(len(side.question.asked) < 2 for side in sides):
        together = choose_together(sides, ask, index)
        if together:
            return together, together
    chosen: list[Found] = []
    firsts: list[Found] = []
    for side in sides:
        found = choose(side.question, ask(side.question))
        chosen += found
        firsts += found[:1]
    return chosen, firsts


def _things_of_each(sides: Sequence[Side], ask: Ask, index: Index) -> list[Found]:
    """The figures of all sides where each of some municipalities is asked for several things; else none."""
    municipalities = {side.question.municipalities for side in sides}
    if len(municipalities) < len(sides):
        return []
    by_part = _parts_together(sides, ask, index)
    if by_part:
        return by_part
    found = [several(side.question, ask(side.question), ask, index) for side in sides]
    if not any(found):
        return []
    return [
        one
        for side, chosen in zip(sides, found, strict=True)
        for one in chosen or choose(side.question, ask(side.question))
    ]


def _parts_together(sides: Sequence[Side], ask: Ask, index: Index) -> list[Found]:
    """The figures of the parts that all sides are asked for ("kaç memur ve kaç işçi"), each part chosen for all sides
    together; none where one lacks a figure."""
    parts = [parts_of(side.question) for side in sides]
    if len(parts[0]) < 2 or len({len(own) for own in parts}) > 1:
        return []
    chosen = [
        choose_together([Side(part.question, part.own) for part in same], ask, index)
        for same in zip(*parts, strict=True)
    ]
    return [one for of_side in zip(*chosen, strict=True) for one in of_side] if all(chosen) else []


def _two_named(question: Question, index: Index, reader: FeatureReader) -> tuple[list[Found], list[Found]]:
    """Two rows or columns that a comparison names without saying "A mı, B mi"."""
    if "compare" not in question.wants or len(question.years) > 1:
        return [], []
    pair = named_pair(question, index, reader)
    if pair is None:
        return [], []
    found = [found_of(one.fact, one.line, pair.coverage, _SURE) for one in (pair.part, pair.whole)]
    return found, found
