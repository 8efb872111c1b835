"""Answers with figures: the one that fits, or one for each value asked for."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import keys
from qa.answering.draft import Draft
from qa.answering.finding import Found, fitting
from qa.records import Asked, Question
from qa.wording import figure_sentence, neighbour_sentence

_TOGETHER = 0.35  # of the best one's probability: what another value of the same label needs to be shown beside it


def figure_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """The figures that answer, likeliest first; None where none is of the year and measure asked for.

    A source that gives two values for the same thing is shown with both.
    """
    chosen = choose(question, found)
    if not chosen:
        return None
    draft = Draft(index, confidence=chosen[0].probability)
    sentences = []
    for one in chosen:
        sentences.append(figure_sentence(draft.add(one), question.language))
    if len(chosen) == 1:
        neighbour = _neighbour(chosen[0], found)
        if neighbour is not None:
            sentences.append(neighbour_sentence(draft.figure_of(neighbour), question.language))
    draft.text = " ".join(sentences)
    return draft


def choose(question: Question, found: Sequence[Found]) -> list[Found]:
    """The figures to show, in the order of the values asked for."""
    asked = question.asked or tuple(Asked(year) for year in question.years) or (Asked(),)
    items = sorted((one for one in found if one.item is not None), key=lambda one: one.item or 0)
    if len({one.item for one in items}) > 1 and _leads(items, found):
        return _first_of_each_item(items)
    chosen: list[Found] = []
    for one in asked:
        candidates = fitting(found, one)
        if chosen:
            candidates = _akin(chosen[0], candidates)
        if candidates:
            best = candidates[0]
            chosen += [best, *_contradictions(best, candidates)]
    return list({(one.document, one.figure.span): one for one in chosen}.values())


def _leads(items: Sequence[Found], found: Sequence[Found]) -> bool:
    """Whether the figures of sentences that answer item by item are likelier than the best cell."""
    cells = [one.probability for one in found if one.fact is not None]
    return max(one.probability for one in items) >= max(cells, default=0.0)


def _first_of_each_item(items: Sequence[Found]) -> list[Found]:
    first: dict[int | None, Found] = {}
    for one in items:
        first.setdefault(one.item, one)
    return list(first.values())


def _akin(first: Found, candidates: Sequence[Found]) -> list[Found]:
    """Values of the row of ``first`` before others: several values asked for are mostly of one thing."""
    return sorted(candidates, key=lambda one: (one.document, one.quote) != (first.document, first.quote))


def _contradictions(best: Found, candidates: Sequence[Found]) -> list[Found]:
    """Other values that a source gives for the very same label, municipality, year and measure."""
    if best.fact is None:
        return []
    name = keys(best.label)
    return [
        one
        for one in candidates
        if one.fact is not None
        and one is not best
        and (one.municipality, one.year, one.measure) == (best.municipality, best.year, best.measure)
        and one.figure.value != best.figure.value
        and one.fact.column == best.fact.column
        and one.probability > _TOGETHER * best.probability
        and keys(one.label) == name
    ][:2]


def _neighbour(chosen: Found, found: Sequence[Found]) -> Found | None:
    """The target beside the actual of the same row and year, or the other way round."""
    if chosen.fact is None or chosen.year is None:
        return None
    wanted = {"target": "actual", "actual": "target"}.get(chosen.measure)
    return next(
        (
            one
            for one in found
            if one.fact is not None
            and (one.document, one.quote) == (chosen.document, chosen.quote)
            and one.measure == wanted
            and one.year == chosen.year
        ),
        None,
    )
