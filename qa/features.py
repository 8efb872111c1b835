"""What speaks for a passage as the place of the answer: features, each between 0 and 1 where not said otherwise."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from indexer.index import Index
from indexer.records import Fact, Source
from indexer.storing.lexical import LexicalIndex
from indexer.turkish import PREFIX, keys
from qa.records import Question

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_PREFIX_SHARE = 0.8  # how much a word counts of which only the first letters are met


class FeatureReader:
    """Reads the features of passages of one index; what is worked out for a passage is kept."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._words = lru_cache(maxsize=20_000)(self._read_words)

    def read(self, question: Question, position: int, likeness: Mapping[str, float]) -> dict[str, float]:
        """The features of the passage at ``position``, ``likeness`` (dense, lexical) among them."""
        passage = self._index.passages[position]
        source = self._index.documents[passage.document].source
        meaning, context = self._words(position)
        facts = [fact for fact in self._index.facts_within(passage) if not fact.ambiguous]
        content = question.content
        return {
            **likeness,
            "meaning": self.coverage(content, meaning),
            "context": self.coverage(content, context),
            "label": self.best_label(content, facts),
            "year": _share(question.years, {*_years(passage.text), *(fact.year for fact in facts)}),
            "measure": _share(question.measures, {fact.measure for fact in facts}),
            "asked": _asked(question, facts),
            "unit": _share(question.units, {fact.unit for fact in facts}),
            "unit_word": float(any(unit in passage.text for unit in question.units)),
            "row": float(passage.kind == "row"),
            "row_for_figure": float(passage.kind == "row" and question.wants_figure),
            "document_year": _year_fit(source, question),
            "document_kind": float(source.kind in question.kinds),
            "length": min(1.0, len(passage.text) / 1500),
        }

    def coverage(self, content: Sequence[str], words: Iterable[str]) -> float:
        """The share of the question's words, weighted by their rarity, that are among ``words``."""
        held = set(words)
        starts = {word[:PREFIX] for word in held}
        weights = {word: self.rarity(word) for word in content}
        total = sum(weights.values())
        met = sum(weight * _likeness(word, held, starts) for word, weight in weights.items())
        return met / total if total else 0.0

    def missing(self, content: Sequence[str], words: Iterable[str]) -> float:
        """How rare the rarest word of the question is that ``words`` lack: 1 where it is its rarest word."""
        held = set(words)
        starts = {word[:PREFIX] for word in held}
        rarities = {word: self.rarity(word) for word in content}
        lacking = [rarity for word, rarity in rarities.items() if not _likeness(word, held, starts)]
        return max(lacking, default=0.0) / max(rarities.values(), default=1.0)

    def weight(self, terms: Sequence[str]) -> float:
        """The sum of the rarities of terms: about what BM25 gives a passage that holds them all."""
        return sum(self.rarity(term) for term in terms)

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a key."""
        return rarity(self._index, word)

    def best_label(self, content: Sequence[str], facts: Iterable[Fact]) -> float:
        """How well the best label among ``facts`` and the question's words cover each other (F1 over rarities)."""
        return max((self.likeness(content, fact.label) for fact in facts), default=0.0)

    def likeness(self, content: Sequence[str], label: str) -> float:
        """How well a label and the question's words cover each other (F1 over rarities)."""
        named = keys(label)
        recall, precision = self.coverage(content, named), self.coverage(named, content)
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0

    def _read_words(self, position: int) -> tuple[frozenset[str], frozenset[str]]:
        passage = self._index.passages[position]
        meaning = passage.search_text.rsplit("\n", 1 + min(2, len(passage.context)))[0]
        return frozenset(keys(meaning)), frozenset(keys(" ".join((passage.search_text, *passage.context))))


def rarity(index: Index, word: str) -> float:
    """How rare a key is among the passages of ``index``: its inverse document frequency, above 0 for any word."""
    return _rarity(index.lexical, word)


@lru_cache(maxsize=20_000)
def _rarity(lexical: LexicalIndex, word: str) -> float:
    return math.log(1 + len(lexical) / (1 + lexical.frequency(word)))


def _likeness(word: str, held: set[str], starts: set[str]) -> float:
    """1 where the word itself is held, less where one of the same first letters is."""
    if word in held:
        return 1.0
    return _PREFIX_SHARE if len(word) >= PREFIX - 1 and word[:PREFIX] in starts else 0.0


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(text)}


def _share(wanted: Sequence[object], held: set[object]) -> float:
    return sum(item in held for item in wanted) / len(wanted) if wanted else 0.0


def _asked(question: Question, facts: Sequence[Fact]) -> float:
    """The share of the values asked for (year and measure together) that some fact here is."""
    met = [any(fits(fact, asked.year, asked.measure) for fact in facts) for asked in question.asked]
    return sum(met) / len(met) if met else 0.0


def fits(fact: Fact, year: int | None, measure: str | None) -> bool:
    """Whether a fact is of the year and the measure asked for; what is None is left open."""
    return (year is None or fact.year == year) and (measure is None or fact.measure == measure)


def _year_fit(source: Source, question: Question) -> float:
    """1 where the document is of a year asked for, 0.5 where such a year lies in its columns' reach."""
    if source.year is None or not question.years:
        return 0.0
    nearest = min(abs(source.year - year) for year in question.years)
    return 1.0 if nearest == 0 else 0.5 if nearest <= 2 else 0.0
