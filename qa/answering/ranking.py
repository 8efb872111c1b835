"""Superlatives over rows: which directorate spends most, the three activities with the largest budget.

Rows that can be set against each other (of one form, column, year, measure and unit) make a group. The group is taken
whose words, measure and year fit the question best; its rows are put in order by value.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.records import Fact, Measure
from indexer.turkish import keys
from qa.answering.draft import Draft
from qa.features import FeatureReader
from qa.finding.figures import Found
from qa.finding.lines import Line, lines_of
from qa.finding.row_question import Things, asks_least, number_asked, scope_of, things_ranked
from qa.finding.row_words import means
from qa.records import AnswerFigure, Question
from qa.row_wording import rank_sentence

_LEAST_ROWS = 3  # rows that make an order
_COVERED = 0.75  # share of the words that narrow the question down that a row must have
_SURE = 0.95
_MEASURED = ("%", "TL")  # units in which different indicators can be set against each other
_FIT: dict[Measure, dict[Measure, float]] = {
    "target": {"target": 0.6, "budget": 0.3},
    "actual": {"actual": 0.6, "spending": 0.6, "count": 0.4, "other": 0.2, "budget": 0.1},
    "budget": {"budget": 0.6},
    "spending": {"spending": 0.6, "actual": 0.3},
    "estimate": {"estimate": 0.6},
    "rate": {"rate": 0.6},
    "count": {"count": 0.6, "other": 0.3, "actual": 0.3},
    "other": {},
}
"""How well a value of a measure (inner) can be what another one (outer) is asked for."""


@dataclass(frozen=True, slots=True)
class _Value:
    line: Line
    fact: Fact
    coverage: float


def rank_draft(question: Question, index: Index, reader: FeatureReader) -> Draft | None:
    """The first rows of the order asked for, with their values; None where no rows can be put in it.

    Args:
        question: the question as understood.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    things = things_ranked(question) if "rank" in question.wants else None
    if things is None:
        return None
    draft = Draft(index, confidence=_SURE)
    rows = foremost(question, things, draft, reader)
    if not rows:
        return None
    names, figures = zip(*rows, strict=True)
    draft.text = rank_sentence(names, figures, asks_least(question), question.language)
    return draft


def foremost(question: Question, things: Things, draft: Draft, reader: FeatureReader) -> list[tuple[str, AnswerFigure]]:
    """The first rows of the order asked for, each by its name with the value that is added to a draft.

    Args:
        question: the question as understood.
        things: what is put in order.
        draft: the answer in the making, over the index whose tables are read.
        reader: weighs words by their rarity.
    """
    index = draft.index
    groups = [(_score(group, things, question, index), group) for group in _groups(things, question, index, reader)]
    if not groups:
        return []
    _, group = max(groups, key=lambda item: item[0])
    least = asks_least(question)
    ordered = sorted(group, key=lambda value: value.fact.figure.value, reverse=not least)
    if least and sum(value.fact.figure.value == 0 for value in ordered) > 1:
        ordered = [value for value in ordered if value.fact.figure.value]
    chosen = ordered[: number_asked(question)]
    figures = [draft.add(found_of(value.fact, value.line, value.coverage)) for value in chosen]
    if len(set(map(id, figures))) < len(figures):
        return []
    return [(value.line.name, figure) for value, figure in zip(chosen, figures, strict=True)]


def found_of(fact: Fact, line: Line, coverage: float, probability: float = _SURE) -> Found:
    """A fact of a row as a figure that answers; ``coverage`` is the share of the question's words that it has."""
    own = [place for place in fact.places if place.document == line.document]
    place = next((place for place in own if place.row == line.row.span), (own or fact.places)[0])
    return Found.of_fact(
        fact, place, probability * coverage, {"recall": coverage, "recall_context": coverage, "unit": 1.0}
    )


def _groups(things: Things, question: Question, index: Index, reader: FeatureReader) -> Iterator[list[_Value]]:
    """The rows that can be set against each other, narrowed down to what the question says."""
    groups: dict[tuple[object, ...], list[tuple[Line, Fact]]] = {}
    for document in scope_of(question, index):
        for line in lines_of(index, document):
            if not things.fit(line):
                continue
            if line.attribute and reader.coverage(keys(line.attribute), question.content) < 0.5:
                continue
            for fact in line.facts:
                if _fits(fact, question) and ("indicator" not in line.kinds or fact.unit in _MEASURED):
                    key = (document, line.form, fact.column, fact.year, fact.measure, fact.unit)
                    groups.setdefault(key, []).append((line, fact))
    for group in groups.values():
        covered = [
            _Value(
                line, fact, reader.coverage(things.rest, line.words | set(keys(fact.column))) if things.rest else 1.0
            )
            for line, fact in group
        ]
        best = max(value.coverage for value in covered)
        if best < _COVERED:
            continue
        kept = {id(value.fact): value for value in covered if value.coverage > best - 1e-9}
        if len(kept) >= _LEAST_ROWS:
            yield list(kept.values())


def _fits(fact: Fact, question: Question) -> bool:
    """Whether a value is of the years and measures asked for; money where money is asked for."""
    if question.years and fact.year is not None and fact.year not in question.years:
        return False
    if "TL" in question.units and fact.unit != "TL":
        return False
    return not question.measures or measure_fit(fact, question) > 0


def measure_fit(fact: Fact, question: Question) -> float:
    """How well the measure of a value is one that the question asks for, 0 where it is none of them."""
    return max((_FIT[measure].get(fact.measure, 0.0) for measure in question.measures), default=0.0)


def _score(group: Sequence[_Value], things: Things, question: Question, index: Index) -> tuple[float, float]:
    """How well a group fits: coverage, kind, measure, year, the column of totals; then how many rows it has."""
    line, fact = group[0].line, group[0].fact
    source = index.documents[line.document].source
    year = (fact.year in question.years) if question.years else 0.5 * (fact.year == source.year)
    score = 2.0 * group[0].coverage + things.fit(line) + 0.5 * year + measure_fit(fact, question)
    score += 0.2 * means("sums", "whole", fact.column) - 0.1 * (not line.attribute and line.table.family == "costs")
    return (round(score + 0.1 * math.log10(len(group)), 6), float(len(group)))
