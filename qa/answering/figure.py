"""Answers with figures: the one that fits, or one for each value asked for."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import keys
from qa.answering.draft import Draft
from qa.answering.finding import Found, fitting
from qa.answering.items import Item, items_of
from qa.records import Asked, Question
from qa.wording import figure_sentence, neighbour_sentence, reason_sentence, told_sentence

_ASIDE = 0.25  # of the best one's probability: what a value needs to count as one that was asked for
_ALIKE = 0.6  # share of words that two labels of one thing have in common
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
        figure = draft.add(one)
        tell = figure_sentence if one.fact is not None else told_sentence
        sentences.append(tell(figure, question.language))
    if len(chosen) == 1:
        neighbour = _neighbour(chosen[0], found)
        if neighbour is not None:
            sentences.append(neighbour_sentence(draft.figure_of(neighbour), question.language))
    reason = chosen[0].fact.reason if chosen[0].fact is not None else None
    if reason and "why" in question.wants:
        sentences.append(reason_sentence("", reason, draft.citations[0].n, question.language))
    draft.text = " ".join(sentences)
    return draft


def choose(question: Question, found: Sequence[Found]) -> list[Found]:
    """The figures to show, in the order of the values asked for."""
    if not found:
        return []
    items = items_of(question)
    asked = tuple(dict.fromkeys(question.asked)) or tuple(Asked(year) for year in question.years) or (Asked(),)
    if len(items) > 1 and len(asked) == 1:
        chosen = _one_an_item(items, question, found)
        if len(chosen) > 1:
            return chosen
    least = found[0].probability * _ASIDE
    chosen = []
    for one in asked:
        candidates = fitting(found, one)
        if chosen:
            candidates = _akin(chosen[0], [c for c in candidates if c.probability >= least or _alike(c, chosen[0])])
        else:
            candidates = [candidate for candidate in candidates if candidate.probability >= least]
        if candidates:
            best = candidates[0]
            chosen += [best, *_contradictions(best, candidates)]
    return _distinct(chosen)


def _one_an_item(items: Sequence[Item], question: Question, found: Sequence[Found]) -> list[Found]:
    """The likeliest figure for each thing that the question asks for ("kaç temsil ve kaç yeni oyun").

    Where a sentence tells them all, its figures come item by item already; cells are told apart by the words that
    the question says beside each question word.
    """
    prose = sorted((one for one in found if one.item is not None), key=lambda one: one.item or 0)
    cells = [one for one in found if one.fact is not None]
    if prose and max(one.probability for one in prose) >= max((one.probability for one in cells), default=0.0):
        return _distinct(list({one.item: one for one in reversed(prose)}.values())[::-1])
    chosen: list[Found] = []
    for item in items:
        own = {word.key for word in (*item.before, *item.after) if word.key}
        others = {word.key for other in items if other is not item for word in (*other.before, *other.after)}
        named = own - others
        asked = question.asked[0] if question.asked else Asked()
        least = found[0].probability * _ASIDE
        free = [one for one in fitting(cells, asked) if one not in chosen and one.probability >= least]
        if not free or not named:
            return []
        chosen.append(max(free, key=lambda one: one.probability * (0.1 + _met(named, one))))
    return _distinct(chosen)


def _met(named: set[str], found: Found) -> float:
    """The share of the words of an item that a cell's label, column and path hold."""
    column = found.fact.column if found.fact is not None else ""
    held = set(keys(" ".join((found.label, column, *found.context[-2:]))))
    return len(named & held) / len(named)


def _distinct(chosen: Sequence[Found]) -> list[Found]:
    return list({(one.document, one.figure.span): one for one in chosen}.values())


def _akin(first: Found, candidates: Sequence[Found]) -> list[Found]:
    """Values of the row of ``first`` before others: several values asked for are mostly of one thing."""
    return sorted(candidates, key=lambda one: (one.document, one.quote) != (first.document, first.quote))


def _alike(one: Found, other: Found) -> bool:
    """Whether two labels name the same thing, as far as their words tell."""
    first, second = set(keys(one.label)), set(keys(other.label))
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE


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
