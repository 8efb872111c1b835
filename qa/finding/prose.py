"""Figures in sentences: which number of the passages found is the one that a question asks for.

Every number of every sentence is a candidate. Its score is a sum of a few features that can be read off
:attr:`ProseFigure.features`, made a probability by the logistic function.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.figures import NumberStyle, find_figures, number_style
from indexer.index import Index
from indexer.records import Document, Figure, Passage, Span
from indexer.units import Unit, find_unit, find_unit_in_prose, same_quantity
from qa.finding.agreement import without_period
from qa.finding.clauses import is_dated_anew, lead_agreement, spanned_years, trail_agreement, verb_agreement
from qa.finding.governing import governs, part_agreement
from qa.finding.items import Item, items_of
from qa.finding.matter import Matter, Word, matter_of, words_of
from qa.finding.numbering import is_bound, is_numbering
from qa.finding.statements import Statement, read_statements
from qa.finding.telling import asks_for, item_asks_for, told_as
from qa.finding.vocabulary import says
from qa.records import Hit, Question

_PASSAGES = 10
"""How many hits are read."""

_REACH = 7.0  # words over which nearness falls to a third
_ACROSS = 0.7  # what is left of nearness across another figure
_COMMA = 0.7  # and across a comma
_BESIDE = 3  # words between a number that names something ("1684 parsel") and its figure
_COUNTED = 4  # words after a number that may name what it counts
_CONTEXT = 0.5  # what a word counts that stands in the sentences before or the headings above

WEIGHTS: dict[str, float] = {
    "share": 3.0,
    "near": 2.5,
    "unit": 3.0,
    "counted": 2.0,
    "year": 1.0,
    "rank": 1.5,
    "named": 2.0,
    "noun": 1.5,
    "part": 1.0,
    "aim": -2.5,
    "reached": -1.0,
    "asked": -3.0,
    "table": -1.0,
}
"""The weight of each feature."""

_BIAS = -4.5

_COUNT_UNITS = ("adet", "kişi")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A figure of a sentence that may answer.

    ``figure.span`` and ``sentence`` count in the document's text. ``item`` is the place of the figure asked for among
    those that the question asks for, None for a figure that is only near. ``year`` is the year that the sentence
    gives it, None where it names none.
    """

    figure: Figure
    sentence: Span
    passage: Passage
    score: float
    features: dict[str, float]
    item: int | None = None
    year: int | None = None


def prose_figures(question: Question, hits: Sequence[Hit], index: Index) -> list[ProseFigure]:
    """The figures of sentences that may answer, best first.

    Where the question asks for several figures ("kaç memur, kaç işçi"), those that belong to each come first, in the
    order of the question, all from the sentences of one passage.

    Args:
        question: the question as understood.
        hits: the passages found, best first; the first ten are read.
        index: the index that they come from.
    """
    matter = matter_of(question, index)
    items = items_of(question)
    asked = frozenset(_NUMBER.findall(question.text)) - {str(year) for year in question.years}
    names = asked - {figure.text for figure in find_figures(question.text, NumberStyle.DOT)}
    matters = [_own_matter(matter, items, place) for place in range(len(items))]
    found: dict[tuple[str, Span], list[ProseFigure]] = {}
    for rank, hit in enumerate(hits[:_PASSAGES]):
        closeness = _closeness(hit, hits[0], rank)
        for place, item in enumerate(items):
            for candidate in _candidates(question, hit.passage, index, matters[place], item, closeness, asked, names):
                key = (hit.passage.document, candidate.figure.span)
                found.setdefault(key, []).append(replace(candidate, item=place))
    best = list(_distinct(sorted((max(group, key=_score) for group in found.values()), key=_order)))
    if len(items) == 1:
        return best
    chosen = _assigned(list(found.values()), len(items))
    taken = {(figure.passage.document, figure.figure.span) for figure in chosen}
    rest = [figure for figure in best if (figure.passage.document, figure.figure.span) not in taken]
    return chosen + [replace(figure, item=None) for figure in rest]


def _score(candidate: ProseFigure) -> float:
    return candidate.score


def _order(candidate: ProseFigure) -> tuple[float, str, int]:
    return (-candidate.score, candidate.passage.document, candidate.figure.span.start)


def _distinct(figures: Sequence[ProseFigure]) -> Iterator[ProseFigure]:
    """Of figures with one value, unit and year, as laws and plans repeat them, only the best."""
    seen = set()
    for figure in figures:
        key = (figure.figure.value, figure.figure.unit, figure.year)
        if key not in seen:
            seen.add(key)
            yield figure


def _own_matter(matter: Matter, items: Sequence[Item], place: int) -> Matter:
    """The matter of one of several figures asked for: without the words that tell the others."""
    own = {word.key for word in (*items[place].before, *items[place].after)}
    other = {word.key for item in items for word in (*item.before, *item.after)} - own
    return Matter(tuple(term for term in matter.terms if term.key not in other))


def _closeness(hit: Hit, first: Hit, rank: int) -> float:
    """How near a hit is to the best one, 0 to 1."""
    relative = hit.score / first.score if first.score > 0 else 1.0
    return 0.5 * max(0.0, min(1.0, relative)) + 0.5 / (1 + rank)


def _assigned(groups: list[list[ProseFigure]], count: int) -> list[ProseFigure]:
    """One figure an item, no figure twice, from the passage where they answer best together."""
    by_passage: dict[tuple[str, Span], list[ProseFigure]] = {}
    for group in groups:
        for candidate in group:
            by_passage.setdefault((candidate.passage.document, candidate.passage.span), []).append(candidate)
    best: list[ProseFigure] = []
    for candidates in by_passage.values():
        chosen: dict[int, ProseFigure] = {}
        taken: set[Span] = set()
        for candidate in sorted(candidates, key=_order):
            item = candidate.item if candidate.item is not None else 0
            if item not in chosen and candidate.figure.span not in taken:
                chosen[item] = candidate
                taken.add(candidate.figure.span)
        listed = [chosen[item] for item in sorted(chosen)]
        if sum(map(_score, listed)) > sum(map(_score, best)) + 1e-9:
            best = listed
    return best[:count]


def _candidates(
    question: Question,
    passage: Passage,
    index: Index,
    matter: Matter,
    item: Item,
    closeness: float,
    asked: frozenset[str],
    names: frozenset[str],
) -> Iterator[ProseFigure]:
    document = index.documents[passage.document]
    facts = index.facts_within(passage)
    asks = item_asks_for(item, asks_for(question))
    cells = [place.cell for fact in facts for place in fact.places if place.document == document.id]
    above = [_CONTEXT * part for part in matter.held(words_of("\n".join(passage.context)))]
    for sentence in read_statements(passage.text, passage.span.start, number_style(document.text)):
        own = matter.held(sentence.words)
        held = [max(pair) for pair in zip(own, above, strict=True)]
        for figure in sentence.figures:
            if any(cell.start < figure.span.end and figure.span.start < cell.end for cell in cells):
                continue
            if is_numbering(document.text, sentence, figure, passage.kind == "row"):
                continue
            if is_bound(document.text, figure, question.query_text or question.text):
                continue
            year = next((y for y in question.years if y in spanned_years(sentence, figure)), _year_of(sentence, figure))
            named = _naming(sentence, figure)
            named = replace(named, unit=without_period(question, named.unit))
            told = told_as(sentence, figure)
            if (told == "aim" and asks == "reached") or _is_of_no_unit(item, sentence, named):
                continue
            features = {
                "share": matter.share(held),
                "near": _near(matter, sentence, figure),
                "unit": _unit_agreement(item, sentence, named),
                "counted": _counted(item, sentence, named),
                "year": _year_agreement(question, document, sentence, year),
                "rank": closeness,
                "named": _named(names, sentence, figure),
                "noun": _noun_agreement(question, item, matter, sentence, figure, named.unit),
                "part": part_agreement(question, sentence, figure),
                "aim": float(told == "aim" and asks != "aim"),
                "reached": float(told == "reached" and asks == "aim"),
                "asked": float(figure.text.strip("% ") in asked),
                "table": float(not any(word.key and not word.key[0].isdigit() for word in sentence.words)),
            }
            total = _BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
            yield ProseFigure(figure, sentence.span, passage, 1 / (1 + math.exp(-total)), features, year=year)
        above = [max(before, _CONTEXT * part) for before, part in zip(above, own, strict=True)]


def _noun_agreement(
    question: Question, item: Item, matter: Matter, sentence: Statement, figure: Figure, unit: str | None
) -> float:
    """How well what a figure counts, and what is said to have happened to it, are what is asked for."""
    if min(agree(question, matter, sentence, figure) for agree in (lead_agreement, trail_agreement)) < 0:
        return -1.0
    noun = governs(question, item, sentence, figure, unit)
    verb = verb_agreement(question, sentence, figure)
    return verb if verb < 0 or (verb > 0 and noun <= 0) else noun


def _near(matter: Matter, sentence: Statement, figure: Figure) -> float:
    """How near the words of the matter stand to the figure: 1 when all stand beside it."""
    total = matter.weight
    if not total:
        return 0.0
    starts = [word.start for word in sentence.words]
    at = bisect_right(starts, figure.span.start) - 1
    others = [bisect_right(starts, other.span.start) - 1 for other in sentence.figures if other is not figure]
    best = [0.0] * len(matter.terms)
    for place, word in enumerate(sentence.words):
        if not word.key or figure.span.start <= word.start < figure.span.end:
            continue
        across = sum(min(at, place) < other < max(at, place) for other in others)
        left, right = sorted((word.start, figure.span.start))
        commas = bisect_right(sentence.commas, right) - bisect_right(sentence.commas, left)
        value = math.exp(-max(0, abs(place - at) - 1) / _REACH) * _ACROSS**across * _COMMA**commas
        for number, term in enumerate(matter.terms):
            best[number] = max(best[number], value * term.likeness(word))
    return sum(term.weight * value for term, value in zip(matter.terms, best, strict=True)) / total


def _named(names: frozenset[str], sentence: Statement, figure: Figure) -> float:
    """1 when a number by which the question names something ("1684 parsel") stands right before the figure."""
    starts = [word.start for word in sentence.words]
    at = bisect_right(starts, figure.span.start - 1)
    return float(any(word.key in names for word in sentence.words[max(0, at - _BESIDE) : at]))


def _following(sentence: Statement, figure: Figure, count: int) -> str:
    """The keys of the words right after a figure."""
    first = bisect_right([word.start for word in sentence.words], figure.span.end - 1)
    return " ".join(word.key for word in sentence.words[first : first + count])


def _unit_agreement(item: Item, sentence: Statement, figure: Figure) -> float:
    """1 for the unit asked for, less for one of its kind, below 0 for another."""
    if item.unit is None:
        return 0.0 if figure.unit not in ("%", "TL") else -0.3
    if figure.unit == item.unit.name:
        return 1.0 if item.firm else 0.5
    if figure.unit is None and item.unit.name == "%" and says("rate", _following(sentence, figure, 1)):
        return 0.7  # "99,58 oranında"
    if figure.unit is None:
        return -0.2 if item.unit.measure and not _counts(item.unit) else 0.0
    if same_quantity(figure.unit, item.unit.name):
        return 0.7 if item.firm else 0.4
    found = find_unit(figure.unit)
    if _counts(item.unit) and found is not None and _counts(found):
        return 0.3  # "kaç kişi" of passengers, "kaç adet" of letters
    return -0.5 if item.firm else -0.2


def _is_of_no_unit(item: Item, sentence: Statement, figure: Figure) -> bool:
    """Whether a unit of measure is asked for ("kaç km") and neither the figure nor its sentence has one like it."""
    if not item.firm or item.unit is None or _counts(item.unit) or figure.unit is not None:
        return False
    if item.unit.name == "%":
        return False  # its sign may stand far from it, "oranında" beside it
    units = (find_unit_in_prose(sentence.between(word.start, word.end)) for word in sentence.words)
    return not any(unit and (unit == item.unit or same_quantity(unit.name, item.unit.name)) for unit in units)


def _counts(unit: Unit) -> bool:
    return not unit.measure or unit.name in _COUNT_UNITS


def _counted(item: Item, sentence: Statement, figure: Figure) -> float:
    """How much of what is counted in the question stands right after the number, or before it."""
    starts = [word.start for word in sentence.words]
    first = bisect_right(starts, figure.span.end - 1)
    until = next((other.span.start for other in sentence.figures if other.span.start >= figure.span.end), None)
    following = [
        word for word in sentence.words[first : first + _COUNTED] if word.key and (until is None or word.start < until)
    ]
    own = [word for word in item.after if word.key]
    after = _overlap(own, following)
    before = sentence.words[max(0, first - 1 - 2 * _COUNTED) : max(0, first - 1)]
    left = _overlap([word for word in item.before if word.key], [word for word in before if word.key])
    return min(1.0, after + 0.4 * left)


def _overlap(asked: Sequence[Word], there: Sequence[Word]) -> float:
    """The share of the words asked for that are there; the nearer to the question word, the more one counts."""
    if not asked:
        return 0.0
    keys = {word.key for word in there}
    prefixes = {word.prefix for word in there if len(word.prefix) > 4}
    weights = [1 / (1 + place) for place in range(len(asked))]
    met = [word.key in keys or word.prefix in prefixes for word in asked]
    return sum(weight for weight, there_too in zip(weights, met, strict=True) if there_too) / sum(weights)


def _naming(sentence: Statement, figure: Figure) -> Figure:
    """The figure whose unit and noun a figure shares: both numbers of "2022 yılında 640, 2023'te 815 hayvan" count."""
    for other in sentence.figures[sentence.figures.index(figure) + 1 :]:
        if figure.unit is not None:
            break
        between = {word.key for word in sentence.words if figure.span.end <= word.start < other.span.start}
        if not between <= {"", "yil", *(str(year) for _, year in sentence.years)}:
            break
        figure = other
    return figure


def _year_of(sentence: Statement, figure: Figure) -> int | None:
    """The year that governs a figure: the nearest before it in its sentence, else the first after it."""
    before = [year for at, year in sentence.years if at < figure.span.start]
    if before and is_dated_anew(sentence, figure):
        return None
    after = [year for at, year in sentence.years if at > figure.span.start]
    return before[-1] if before else after[0] if after else None


def _year_agreement(question: Question, document: Document, sentence: Statement, year: int | None) -> float:
    """1 for a year asked for, below 0 for another; most so beside a figure of that year."""
    if not question.years or year in question.years:
        return float(bool(question.years))
    if any(other in question.years for _, other in sentence.years):
        return -2.0
    if year is not None:
        return -0.7
    return 0.4 if document.source.year in question.years else 0.0
