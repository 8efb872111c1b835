"""Figures for the sides of a comparison, chosen together: values that stand under names of their own in one column,
one row or one passage go before likelier ones that have nothing in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice, product

from indexer.index import Index
from indexer.turkish import PREFIX, keys
from indexer.units import same_quantity
from qa.answering.comparing.common_unit import counts_things
from qa.finding.contrast import Side
from qa.finding.figures import Found, fitting
from qa.finding.row_words import word_groups
from qa.records import Asked, Question

Ask = Callable[[Question], list[Found]]
"""Retrieves for a question and weighs the figures found."""

_OPTIONS = 8  # figures of a side that are looked at
_MOST_SIDES = 4
_UNNAMED = 0.15  # what a figure counts whose place says no word that its side alone says
_SAME_COLUMN, _SAME_INDICATOR, _SAME_ROW, _SAME_PASSAGE, _SAME_KIND = 3.0, 3.0, 2.0, 2.0, 1.5
_OFF_MATTER = 0.5  # what a sentence counts that says no word of what is asked of all sides
_YEAR_APART, _MOST_YEARS = 0.95, 5  # what each year between two municipalities' values counts, and so many at most
_UNLIKE = 0.2  # what two figures count of which one is of another unit
_BEHIND = 0.5  # what the name of a side counts that only the path or the text before says
_BEFORE = 700  # characters before a sentence that may say what it is about
_LEAST_PARALLEL = 0.5  # what two sentences count that have no word in common
_OF_A_GROUP = 0.5
_TOTAL = "toplam"
_NEAR = 1_500  # characters within which sentences tell of one matter


def choose_together(sides: Sequence[Side], ask: Ask, index: Index) -> list[Found]:
    """A figure for each side, in their order; none where a side lacks one, or where there are too many sides."""
    if not 1 < len(sides) <= _MOST_SIDES:
        return []
    options = []
    for side in sides:
        found = _able(ask(side.question), side.question.asked)
        weighed = [(one, _weight(side, sides, one, index) * _whole(side.question, one, found)) for one in found]
        options.append(sorted(weighed, key=lambda pair: -pair[1])[:_OPTIONS])
    if not all(options):
        return []
    best: tuple[float, tuple[Found, ...]] = (0.0, ())
    for chosen in islice(product(*options), _OPTIONS**3):
        figures = tuple(one for one, _ in chosen)
        weight = 1.0
        for _, own in chosen:
            weight *= own
        for other in figures[1:]:
            weight *= _likeness(figures[0], other)
        if weight > best[0]:
            best = (weight, figures)
    return _supported(sides, best[1], index)


def _weight(side: Side, sides: Sequence[Side], one: Found, index: Index) -> float:
    """How likely a figure is that of a side: named by the side's own words, in a sentence that tells the matter."""
    weight = one.probability * (_UNNAMED + _named_here(side, sides, one, index))
    matter = frozenset(side.question.content).difference(*(other.own for other in sides))
    if one.fact is not None or not matter:
        return weight
    return weight * (_OFF_MATTER if not named(matter, one, index) else 1.0)


def _named_here(side: Side, sides: Sequence[Side], found: Found, index: Index) -> float:
    """As :func:`named`; a sentence is also named by the side of which the text before it spoke last."""
    share = named(side.own, found, index)
    if share or found.fact is not None:
        return share
    start = max(0, found.quote.start - _BEFORE)
    before = [word[:PREFIX] for word in keys(index.documents[found.document].text[start : found.quote.start])]
    last = {word: place for place, word in enumerate(before)}
    shared = frozenset.intersection(*(one.own for one in sides))
    nearest = [max((last.get(word[:PREFIX], -1) for word in one.own - shared), default=-1) for one in sides]
    place = next(place for place, one in enumerate(sides) if one is side)
    return _BEHIND if nearest[place] >= 0 and nearest[place] == max(nearest) else 0.0


def named(own: frozenset[str], found: Found, index: Index) -> float:
    """The share of a side's own words that the label, the column and the path of a cell, or a sentence, hold."""
    if not own:
        return 1.0
    if found.fact is not None:
        words = f"{found.label} {found.fact.column}"
    else:
        words = index.documents[found.document].text[found.quote.start : found.quote.end]
    starts = {word[:PREFIX] for word in keys(words)}
    behind = {word[:PREFIX] for word in keys(" ".join(found.context[-2:]))}
    return sum(1.0 if word[:PREFIX] in starts else _BEHIND * (word[:PREFIX] in behind) for word in own) / len(own)


def _whole(question: Question, found: Found, beside: Sequence[Found]) -> float:
    """What a figure counts that is of one group only ("Kadın – Memur") where the question names none.

    Groups of people are known by their words, others by a total of the same kind in the same document.
    """
    words = set(keys(found.label)) if found.fact is not None else set()
    groups = {word for name in ("woman", "man") for word in word_groups("same")[name]}
    if words & groups and not set(question.content) & groups:
        return _OF_A_GROUP
    if found.fact is None or found.measure != "count" or _TOTAL in words or not words - set(question.content):
        return 1.0
    named_words = words & set(question.content)
    totals = (set(keys(one.label)) for one in beside if _kind(one) == _kind(found))
    return _OF_A_GROUP if any(_TOTAL in total and named_words <= total for total in totals) else 1.0


def _kind(found: Found) -> tuple[object, ...]:
    return (found.document, found.unit, found.year, found.measure)


def _able(found: Sequence[Found], asked: Sequence[Asked]) -> list[Found]:
    """The figures of a year and measure asked for."""
    return [one for one in found if any(fitting([one], value) for value in asked or (Asked(),))]


def _likeness(one: Found, other: Found) -> float:
    """How well two figures can be set against each other; 0 for one and the same."""
    if (one.document, one.figure.span) == (other.document, other.figure.span):
        return 0.0
    factor = 1.0 if of_one_kind(one, other) else _UNLIKE
    if one.fact is None and other.fact is None:
        near = abs(one.figure.span.start - other.figure.span.start) < _NEAR
        factor *= _LEAST_PARALLEL + _shared(keys(one.label), keys(other.label))
        return factor * (_SAME_PASSAGE if one.document == other.document and near else 1.0)
    factor *= _YEAR_APART ** _years_between(one, other)
    if one.fact is None or other.fact is None:
        return factor
    if (one.document, one.quote) == (other.document, other.quote):
        return factor * _SAME_ROW * (_SAME_KIND if _of_one_measure(one, other) else 1.0)
    if keys(one.label) == keys(other.label) and one.document == other.document and one.year == other.year:
        return 0.0  # the same value printed twice
    if keys(one.label) == keys(other.label) and one.measure == other.measure:
        return factor * _SAME_INDICATOR  # in two documents, or of two years
    same = (one.document, one.fact.column, one.measure, one.year)
    if same == (other.document, other.fact.column, other.measure, other.year):
        return factor * _SAME_COLUMN
    return factor * (_SAME_KIND if _of_one_measure(one, other) else 1.0)


def _years_between(one: Found, other: Found) -> int:
    """The years between the values of two municipalities; 0 where they are of one, or a year is not known."""
    if one.municipality == other.municipality or one.year is None or other.year is None:
        return 0
    return min(abs(one.year - other.year), _MOST_YEARS)


def _of_one_measure(one: Found, other: Found) -> bool:
    """Whether two cells are of one measure; what a list counts is what was reached, as an actual is."""
    return one.measure == other.measure or {one.measure, other.measure} == {"actual", "count"}


def _shared(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the words of two sentences that both have: sentences that tell the same of two things are alike."""
    both = set(one) | set(other)
    return len(set(one) & set(other)) / len(both) if both else 0.0


def of_one_kind(one: Found, other: Found) -> bool:
    """Whether two figures can be set against each other: of one unit or one kind of unit, or both of things counted."""
    if one.unit == other.unit:
        return True
    if {one.unit, other.unit} & {"TL", "%"}:
        return False
    units = (one.unit, other.unit)
    counted = None in units or all(map(counts_things, units))
    return counted or same_quantity(str(one.unit), str(other.unit))


def _supported(sides: Sequence[Side], chosen: Sequence[Found], index: Index) -> list[Found]:
    """The figures, each likelier where all are named in full and stand in one column, row or passage."""
    if len(chosen) < 2:
        return []
    together = all(_likeness(chosen[0], other) >= 1.0 + _LEAST_PARALLEL for other in chosen[1:])
    if not together or not all(named(side.own, one, index) > 1 - 1e-9 for side, one in zip(sides, chosen, strict=True)):
        return list(chosen)
    return [replace(one, probability=1 - (1 - one.probability) ** len(chosen)) for one in chosen]
