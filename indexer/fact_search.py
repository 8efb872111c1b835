"""Finding facts by what they are about, however it is typed: misspelt, inflected or without Turkish letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from indexer.records import Fact, Measure
from indexer.turkish import ascii_key, content_words, key

_ALIKE = 80.0
"""Likeness (rapidfuzz, 0 to 100) from which two words are taken for the same one."""

_CONTEXT = 0.6  # what a word of the heading path counts beside one of the label
_MOST = 0.75  # share of the query's words that a fact must have
_SHORTEST_STEM = 4  # letters of a word that another one may go on from


@dataclass(frozen=True, slots=True)
class FactFilter:
    """What a fact must be; an empty tuple lets all through. ``units`` are canonical."""

    municipalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    measures: tuple[Measure, ...] = ()
    units: tuple[str, ...] = ()

    def passes(self, fact: Fact) -> bool:
        """Whether ``fact`` is all of this."""
        return (
            (not self.municipalities or fact.municipality in self.municipalities)
            and (not self.documents or any(place.document in self.documents for place in fact.places))
            and (not self.years or fact.year in self.years)
            and (not self.measures or fact.measure in self.measures)
            and (not self.units or fact.unit in self.units)
        )


def find_facts(facts: Iterable[Fact], query: str | None = None, only: FactFilter = FactFilter()) -> list[Fact]:
    """The facts that pass ``only`` and fit ``query``, the nearest first; without a query in the order given.

    A fact fits when nearly all words of the query stand in its label, its headings, its column, the names of its
    municipality and units or its year; words of the label count most.
    """
    passed = [fact for fact in facts if only.passes(fact)]
    words = list(dict.fromkeys(content_words(query))) if query else []
    if not words:
        return [] if query and query.strip() else passed
    if not passed:
        return []
    alike = _alike(words, sorted({word for fact in passed for text in _texts(fact) for word in _words(text)}))
    scores = [_score(fact, alike) for fact in passed]
    order = sorted((index for index, score in enumerate(scores) if score), key=lambda index: -scores[index])
    return [passed[index] for index in order]


def _texts(fact: Fact) -> tuple[str, ...]:
    year = str(fact.year) if fact.year is not None else ""
    return (fact.label, *fact.context, fact.column, fact.municipality, *fact.units_responsible, year)


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[str, ...]:
    """The content words of a text, each as typed without Turkish letters and as the key of its lemma."""
    return tuple(dict.fromkeys(form for word in content_words(text) for form in (ascii_key(word), key(word))))


def _alike(words: Sequence[str], vocabulary: Sequence[str]) -> list[dict[str, float]]:
    """For each word of the query the words that may be meant by it, with how alike they are (0 to 1)."""
    found: list[dict[str, float]] = []
    for word in words:
        forms = list(dict.fromkeys((ascii_key(word), key(word))))
        scores = process.cdist(forms, vocabulary, scorer=fuzz.ratio, score_cutoff=_ALIKE).max(axis=0)
        near = {vocabulary[index]: float(scores[index]) / 100 for index in np.flatnonzero(scores).tolist()}
        if word.isdigit():
            near = {form: 1.0 for form in near if form == word}
        else:
            for other in vocabulary:
                if (len(other) >= _SHORTEST_STEM and forms[0].startswith(other)) or other.startswith(forms[0]):
                    near[other] = max(near.get(other, 0.0), 0.9)
        found.append(near)
    return found


def _score(fact: Fact, alike: Sequence[dict[str, float]]) -> float:
    """How well a fact fits: the mean over the query's words, and less the more other words the label has."""
    label, *others = (_words(text) for text in _texts(fact))
    around = {word for words in others for word in words}
    scores = []
    for near in alike:
        inside = max((near.get(word, 0.0) for word in label), default=0.0)
        scores.append(max(inside, _CONTEXT * max((near.get(word, 0.0) for word in around), default=0.0)))
    if sum(score > 0 for score in scores) < _MOST * len(scores) or not any(scores):
        return 0.0
    meant = sum(any(word in near for near in alike) for word in label)
    return sum(scores) / len(scores) + 0.2 * meant / max(1, len(label))
