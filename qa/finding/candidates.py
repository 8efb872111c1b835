"""Which cells may answer: the facts of the best passages with the features by which they are weighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.index import Index
from indexer.records import Fact, Measure, Passage
from indexer.turkish import keys
from qa.features import FeatureReader
from qa.finding.agreement import unit_agreement
from qa.finding.items import items_of
from qa.finding.vocabulary import says
from qa.records import Asked, Hit, Question

_MONEY = "TL"


@dataclass(frozen=True, slots=True)
class FactCandidate:
    """A fact that may be the answer."""

    fact: Fact
    passage: Passage
    features: dict[str, float]


def fact_candidates(
    question: Question, hits: Sequence[Hit], index: Index, reader: FeatureReader
) -> list[FactCandidate]:
    """The unambiguous facts of the passages in ``hits``, each once, in the order of the passages."""
    found: dict[int, FactCandidate] = {}
    items = items_of(question)
    asks_total = says("total", question.query_text or question.text)
    counted = [key for word in question.counted for key in keys(word)]
    said = keys(question.query_text or question.text)
    for rank, hit in enumerate(hits):
        for fact in index.facts_within(hit.passage):
            if fact.ambiguous or id(fact) in found:
                continue
            name = keys(f"{fact.label} {fact.column}")
            features = {
                "behind": hits[0].score - hit.score,
                "first": float(rank == 0),
                "likeness": reader.likeness(question.content, fact.label),
                "recall": reader.coverage(question.content, name),
                "recall_context": reader.coverage(question.content, [*name, *keys(" ".join(fact.context))]),
                "counted": reader.coverage(counted, name),
                "column": _column_said(fact, said, reader),
                **_totality(asks_total, fact),
                "zero": float(fact.figure.value == 0),
                "missing": reader.missing(question.content, [*name, *keys(" ".join(fact.context))]),
                "unit": unit_agreement(question, items, fact.unit),
                **_agreement(question, fact, index.documents[hit.passage.document].source.kind == "faaliyet"),
            }
            found[id(fact)] = FactCandidate(fact, hit.passage, features)
    return list(found.values())


def _column_said(fact: Fact, said: Sequence[str], reader: FeatureReader) -> float:
    """The share of the pairs of words of a column's name that stand side by side in the question.

    Words of measuring, which are no topic, tell the columns of a row apart: "hakedişin tahakkuk tutarı" asks for
    "Tahakkuk Tutarı" and not for "Hakediş Tutarı". A name of one word counts as far as the question says it.
    """
    words = [word for word in keys(fact.column) if not word.isdigit()]
    if len(words) < 2:
        return reader.coverage(words, said)
    held = set(pairwise(said))
    return sum(pair in held for pair in pairwise(words)) / (len(words) - 1)


def _totality(asked: bool, fact: Fact) -> dict[str, float]:
    """Whether a cell is a total where one is asked for, the total of all, and a total where none is asked for."""
    named = {*keys(fact.column), *keys(fact.label)[:2]}
    total = "toplam" in named
    of_all = total and ("genel" in named or keys(fact.column) == ["toplam"])
    return {
        "total": float(total and asked),
        "total_of_all": float(of_all and asked),
        "total_unasked": float(total and not asked),
    }


def _agreement(question: Question, fact: Fact, reported: bool) -> dict[str, float]:
    asked = question.asked or tuple(Asked(year) for year in question.years) or (Asked(),)
    year = any(one.year is None or one.year == fact.year for one in asked)
    named = [one.measure for one in asked if one.measure is not None]
    return {
        "year": float(year and any(one.year for one in asked)),
        "year_wrong": float(not year and fact.year is not None),
        "year_unknown": float(fact.year is None),
        "measure": float(fact.measure in named),
        "measure_wrong": float(bool(named) and fact.measure not in named and not _counted_as(fact, named, reported)),
    }


def _counted_as(fact: Fact, named: Sequence[Measure], reported: bool) -> bool:
    """Whether a value tells what was done though its column does not say so: a count, or what a report tells at all."""
    done = fact.measure == "count" or (reported and fact.measure == "other")
    return (done and "actual" in named) or (reported and "spending" in named and is_paid(fact))


def is_paid(fact: Fact) -> bool:
    """Whether a sum of an open measure is what was given out: the amount of an aid or a purchase, of no income."""
    if fact.measure != "other" or fact.unit != _MONEY:
        return False
    name = " ".join((fact.label, fact.column, *fact.context[-1:]))
    return says("paid", fact.column, "amount") and says("paid", name, "given") and not says("paid", name, "income")
