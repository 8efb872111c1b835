"""One figure: the cell of the best row that fits the question's year and measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.index import Index
from indexer.records import Fact
from qa.answering.draft import Draft
from qa.records import Hit, Question
from qa.wording import figure_sentence, others_sentence

_ROWS = 3
"""How far down the hits a row may stand and still be the one that was meant."""


def figure_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The figure that fits, with its neighbours in the row; None where no row among the best hits has one."""
    for hit in hits[:_ROWS]:
        facts = [fact for fact in index.facts_within(hit.passage) if not fact.ambiguous]
        fitting = sorted((fact for fact in facts if _fits(fact, question)), key=_preference)
        if not fitting:
            continue
        draft = Draft(index, confidence=hit.score)
        figure = draft.add_fact(fitting[0])
        draft.text = figure_sentence(figure, question.language)
        others = [draft.add_fact(fact) for fact in _neighbours(fitting[0], facts)]
        if others:
            draft.text += " " + others_sentence(others, question.language)
        return draft
    return None


def _fits(fact: Fact, question: Question) -> bool:
    year = not question.years or fact.year in question.years
    measure = not question.measures or fact.measure in question.measures or "rate" in question.measures
    return year and measure


def _preference(fact: Fact) -> tuple[int, int]:
    """The newest year first, the actual before the target, where the question leaves it open."""
    rank = {"actual": 0, "target": 1, "budget": 2, "spending": 3}
    return (-(fact.year or 0), rank.get(fact.measure, 9))


def _neighbours(chosen: Fact, facts: Iterable[Fact]) -> list[Fact]:
    row = chosen.places[0].row
    return [fact for fact in facts if fact is not chosen and fact.places[0].row == row and fact.year is not None]
