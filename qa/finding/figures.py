"""Finds the figures that may answer, in cells and in sentences, on one scale of probability."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.index import Index
from indexer.marks import unmarked
from indexer.records import Fact, Figure, Measure, Place, Span
from indexer.turkish import keys
from indexer.units import find_unit, find_unit_in_prose
from qa.features import FeatureReader
from qa.finding.agreement import (
    is_capacity,
    is_duration_aside,
    is_for_each,
    is_no_part,
    is_of_other_kind,
    unit_agreement,
)
from qa.finding.candidates import fact_candidates, is_paid
from qa.finding.items import items_of
from qa.finding.prose import ProseFigure, prose_figures
from qa.finding.vocabulary import says
from qa.ranking import load_model
from qa.records import Asked, Hit, Question

_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[ıiuü]$")  # "hayvanı", "parkı": the last part of a compound
_BESIDE = 60  # characters after a figure that are read for the compound that it counts
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PASSAGES = 20  # hits whose cells are weighed


@dataclass(frozen=True, slots=True)
class Found:
    """A figure that may answer, with its place; ``fact`` is None for a figure of a sentence."""

    figure: Figure
    document: str
    quote: Span
    context: tuple[str, ...]
    municipality: str
    label: str
    year: int | None
    measure: Measure
    probability: float
    features: dict[str, float]
    fact: Fact | None = None
    item: int | None = None

    @classmethod
    def of_fact(cls, fact: Fact, place: Place, probability: float, features: dict[str, float]) -> Found:
        """The value of a fact at one of its places."""
        return cls(
            figure=fact.figure,
            document=place.document,
            quote=place.row,
            context=fact.context,
            municipality=fact.municipality,
            label=fact.label,
            year=fact.year,
            measure=fact.measure,
            probability=probability,
            features=features,
            fact=fact,
        )

    @property
    def unit(self) -> str | None:
        """The unit in its canonical form, where it has one; else as the source writes it."""
        return self.figure.unit or self.figure.unit_text


class Finder:
    """Weighs the figures of an index's passages for questions; ``reader`` is shared with retrieval."""

    def __init__(self, index: Index, reader: FeatureReader | None = None) -> None:
        self.index = index
        self._reader = reader or FeatureReader(index)

    def find(self, question: Question, hits: Sequence[Hit]) -> list[Found]:
        """The figures of the passages in ``hits``, likeliest first."""
        cells = fact_candidates(question, hits[:_PASSAGES], self.index, self._reader)
        found = [self._of_fact(candidate.fact, candidate.passage.document, candidate.features) for candidate in cells]
        repeated = {figure.strip("% ") for figure in _NUMBER.findall(question.text)}
        found += [
            self._of_sentence(question, figure, hits)
            for figure in prose_figures(question, hits, self.index)
            if _is_told(figure) and figure.figure.text.strip("% ") not in repeated
        ]
        found = [one for one in found if self._may_answer(question, one)]
        found = sorted(found, key=lambda one: (-one.probability, one.document, one.figure.span))
        return found if _asks_of_years(question) else self._of_own_year(found)

    def _of_own_year(self, found: Sequence[Found]) -> list[Found]:
        """The figures with the value of a document's own year before those of other years in the same row.

        A row may hold a value a year (2020 … 2024) and a question name no year: then the year of the report or
        programme is meant. Values of one row and measure keep their probabilities, in another order.
        """
        rows: dict[tuple[str, Span, Measure, str | None], list[int]] = {}
        for place, one in enumerate(found):
            if one.fact is not None and one.year is not None:
                rows.setdefault((one.document, one.quote, one.measure, one.unit), []).append(place)
        order = list(range(len(found)))
        for (document, *_), places in rows.items():
            own = self.index.documents[document].source.year
            mine = [place for place in places if found[place].year == own]
            if mine and mine != places[: len(mine)]:
                for target, source in zip(places, [*mine, *(p for p in places if p not in mine)], strict=True):
                    order[target] = source
        return [replace(found[source], probability=found[place].probability) for place, source in enumerate(order)]

    def _may_answer(self, question: Question, found: Found) -> bool:
        """Whether neither the unit of a figure nor what it is divided by speaks against it."""
        if found.features.get("agreement", found.features.get("unit", 0.0)) <= -1.0:
            return False
        if found.fact is not None and is_of_other_kind(question, found.fact):
            return False
        if is_no_part(question, found.figure) or (found.fact is None and is_duration_aside(question, found.figure)):
            return False
        budget = found.fact is not None and found.measure == "budget"
        if budget and set(question.measures) == {"target"} and not _asks_money(question):
            return False
        text = self.index.documents[found.document].text
        if found.fact is None and is_capacity(question, text[found.figure.span.end :][:_BESIDE]):
            return False
        leading = found.label if found.fact is not None else text[found.quote.start : found.figure.span.start]
        return not is_for_each(question, leading)

    def _of_fact(self, fact: Fact, document: str, features: dict[str, float]) -> Found:
        place = next((place for place in fact.places if place.document == document), fact.places[0])
        return Found.of_fact(fact, place, _probability("cell", features), features)

    def _of_sentence(self, question: Question, prose: ProseFigure, hits: Sequence[Hit]) -> Found:
        document = self.index.documents[prose.passage.document]
        rank = next((rank for rank, hit in enumerate(hits) if hit.passage is prose.passage), len(hits))
        behind = hits[0].score - hits[min(rank, len(hits) - 1)].score
        words = document.text[prose.sentence.start : prose.sentence.end]
        planned = float("target" in question.measures and says("aim", words))
        features = {
            **prose.features,
            "score": prose.score,
            "behind": behind,
            "first": float(rank == 0),
            "planned": planned,
            "unplanned": float("target" in question.measures) - planned,
            "agreement": unit_agreement(question, items_of(question), prose.figure.unit),
            "missing": self._reader.missing(question.content, keys(" ".join((words, *prose.passage.context)))),
        }
        return Found(
            figure=replace(prose.figure, unit=_unit_of_compound(prose.figure, document.text)),
            document=document.id,
            quote=prose.sentence,
            context=prose.passage.context,
            municipality=document.source.municipality,
            label=_label(words),
            year=prose.year or (document.source.year if document.source.kind == "faaliyet" else None),
            measure="other",
            probability=_probability("prose", features),
            features=features,
            item=prose.item,
        )


def _asks_of_years(question: Question) -> bool:
    """Whether a question names years, or asks how something went over the years."""
    return bool(question.years) or "series" in question.wants or any(one.year for one in question.asked)


def _asks_money(question: Question) -> bool:
    return "TL" in question.units or says("money", question.query_text or question.text)


def fitting(found: Sequence[Found], asked: Asked) -> list[Found]:
    """Those of ``found`` that are of the year and a measure asked for; a sentence's measure is open."""
    return [one for one in found if _answers(one, asked)]


def _answers(found: Found, asked: Asked) -> bool:
    year = asked.year is None or found.year is None or found.year == asked.year
    if found.fact is None or asked.measure is None:
        return year
    paid = asked.measure == "spending" and is_paid(found.fact)
    return year and (paid or compatible(found.measure, asked.measure))


def compatible(measure: Measure, asked: Measure) -> bool:
    """Whether a figure of ``measure`` may answer a question for ``asked``: never an estimate for a target."""
    return measure in _COMPATIBLE[asked]


def _probability(kind: str, features: dict[str, float]) -> float:
    return load_model("figures").probability(joint(kind, features))


def joint(kind: str, features: Mapping[str, float]) -> dict[str, float]:
    """The features of a cell or of a figure in prose, named so that one model can weigh both kinds."""
    return {f"{kind}_{name}": value for name, value in features.items()} | {f"{kind}_found": 1.0}


def _unit_of_compound(figure: Figure, text: str) -> str | None:
    """The unit of a figure of a sentence; of a compound ("11.347 sokak hayvanı") what its last part counts."""
    first = find_unit(figure.unit) if figure.unit is not None else None
    if first is None or first.measure or figure.unit == "adet":
        return figure.unit
    words = _WORD.findall(text[figure.span.end : figure.span.end + _BESIDE])
    last = find_unit_in_prose(words[1]) if len(words) > 1 and _COMPOUND.search(words[1]) else None
    return last.name if last is not None and not last.measure else figure.unit


def _is_told(prose: ProseFigure) -> bool:
    """Whether a number is said of what is asked for; in a row, one without a unit may be a serial number."""
    if prose.features["noun"] < 0:
        return False
    return prose.passage.kind != "row" or prose.figure.unit is not None or prose.features["counted"] > 0.5


def _label(sentence: str) -> str:
    words = unmarked(" ".join(sentence.split()))
    return words if len(words) <= 120 else words[:119].rsplit(" ", 1)[0] + "…"


_ANY: frozenset[Measure] = frozenset({"target", "actual", "estimate", "budget", "spending", "rate", "count", "other"})
_COMPATIBLE: dict[Measure, frozenset[Measure]] = {
    "target": frozenset({"target", "budget"}),
    "actual": frozenset({"actual", "spending", "count", "other", "budget", "rate"}),
    "estimate": frozenset({"estimate"}),
    "budget": frozenset({"budget"}),
    "spending": frozenset({"spending", "budget", "actual"}),
    "rate": _ANY - {"spending"},
    "count": _ANY - {"budget", "spending"},
    "other": _ANY,
}
