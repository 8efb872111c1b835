"""What a question is about, as weighted words, and how much of it a piece of text holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.turkish import PREFIX, ascii_key, base, key, keys, stop_words, tokens
from indexer.units import find_unit_in_prose
from qa.features import rarity
from qa.records import Question

_PREFIX_SHARE = 0.8  # how much a word counts that shares the first letters only


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, its key and its first letters; both are empty for a stop word."""

    start: int
    end: int
    key: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the question is about; ``weight`` is its rarity in the index."""

    key: str
    prefix: str
    weight: float

    def likeness(self, word: Word) -> float:
        """1 for the same key, less for the same first letters, else 0."""
        if not word.key:
            return 0.0
        if word.key == self.key:
            return 1.0
        return _PREFIX_SHARE if len(self.prefix) >= PREFIX - 1 and word.prefix == self.prefix else 0.0


@dataclass(frozen=True, slots=True)
class Matter:
    """The words that a question is about."""

    terms: tuple[Term, ...]

    @property
    def weight(self) -> float:
        """The weight of all terms together."""
        return sum(term.weight for term in self.terms)

    def held(self, words: Iterable[Word]) -> list[float]:
        """How well each term is met among ``words``, 0 to 1."""
        there = list(words)
        by_key = {word.key for word in there}
        by_prefix = {word.prefix for word in there if word.key}
        return [
            1.0
            if term.key in by_key
            else _PREFIX_SHARE
            if len(term.prefix) >= PREFIX - 1 and term.prefix in by_prefix
            else 0.0
            for term in self.terms
        ]

    def share(self, held: Sequence[float]) -> float:
        """The part of the whole weight that is held, 0 to 1."""
        total = self.weight
        return sum(term.weight * part for term, part in zip(self.terms, held, strict=True)) / total if total else 0.0


def matter_of(question: Question, index: Index) -> Matter:
    """The matter of ``question``, each word weighted by how rare it is among the passages of ``index``."""
    found = question.content or tuple(keys(question.query_text or question.text))
    chosen = [word for word in dict.fromkeys(found) if not _is_frame(word, question)]
    return Matter(tuple(Term(word, word[:PREFIX], rarity(index, word)) for word in chosen))


def _is_frame(word: str, question: Question) -> bool:
    """Whether a word tells when or in which unit, not about what."""
    if word.isdigit():
        return int(word) in question.years
    unit = find_unit_in_prose(word)
    return unit is not None and unit.measure


def words_of(text: str) -> list[Word]:
    """The words of ``text`` in order; stop words stand in it without a key, so that distances hold."""
    stops = stop_words()
    words = []
    for token in tokens(text):
        plain = base(token.text)
        if plain in stops or (len(plain) < 2 and not plain.isdigit()):
            words.append(Word(token.start, token.end, "", ""))
        else:
            words.append(Word(token.start, token.end, key(plain), ascii_key(plain)[:PREFIX]))
    return words
