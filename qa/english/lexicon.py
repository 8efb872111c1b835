"""The English words of municipal plans and reports with their Turkish ones, and the grammar words of English.

The words are data: ``qa/data/english.toml`` (words of asking, grammar, verbs) and ``qa/data/english_terms.toml``
(what plans and reports are about).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from rapidfuzz.distance import OSA

_SHORTEST_MENDED = 6
"""Length in letters from which on a mistyped word is mended."""

Tense = Literal["base", "third", "past", "ing"]


@dataclass(frozen=True, slots=True)
class Term:
    """A noun or adjective: its Turkish, and whether it stands in the plural or names a quantity ("budget")."""

    turkish: str
    plural: bool = False
    quantity: bool = False
    unit: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its Turkish participle and the form that it has in English."""

    turkish: str
    tense: Tense
    intent: bool = False  # "plan to", "expected to": what follows is still to come
    money: bool = False
    same: bool = False  # the past is written as the base: "set", "put"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, by the tuple of their lower-case English words."""

    terms: Mapping[tuple[str, ...], str]
    quantities: frozenset[str]
    units: frozenset[str]
    verbs: Mapping[tuple[str, ...], str]
    intents: frozenset[str]
    money: frozenset[str]
    irregular: Mapping[str, str]
    plurals: Mapping[str, str]
    asking: Mapping[tuple[str, ...], str]
    commands: Mapping[tuple[str, ...], str]
    prepositions: Mapping[tuple[str, ...], str]
    auxiliaries: Mapping[str, str]
    pronouns: frozenset[str]
    articles: frozenset[str]
    dropped: frozenset[tuple[str, ...]]
    both: frozenset[str]
    openers: frozenset[tuple[str, ...]]
    longest: int

    def term(self, words: tuple[str, ...]) -> Term | None:
        """The term that the words are, the last one perhaps in the plural."""
        *first, last = words
        for plural, form in self._singulars(last):
            turkish = self.terms.get((*first, form))
            if turkish is not None:
                name = " ".join((*first, form))
                return Term(turkish, plural, name in self.quantities or form in self.quantities, name in self.units)
        return None

    def nearest(self, word: str) -> Term | None:
        """The term that a mistyped word of six letters or more stands for: one mistake apart, the first by name."""
        if len(word) < _SHORTEST_MENDED:
            return None
        singular = word.removesuffix("s")
        near = [
            known
            for known in self._long_words()
            if known[0] == word[0] and OSA.distance(singular, known, score_cutoff=1) <= 1
        ]
        return self.term((min(near),)) if near else None

    def _long_words(self) -> Iterator[str]:
        return (words[0] for words in self.terms if len(words) == 1 and len(words[0]) >= _SHORTEST_MENDED)

    def verb(self, words: tuple[str, ...]) -> Verb | None:
        """The verb that the words are; its first word may be inflected ("set up", "carried out")."""
        first, *rest = words
        for tense, form in self._infinitives(first):
            turkish = self.verbs.get((form, *rest))
            if turkish is not None:
                name = " ".join((form, *rest))
                same = self.irregular.get(first) == first
                return Verb(turkish, tense, name in self.intents, name in self.money, same)
        return None

    def _singulars(self, word: str) -> Iterator[tuple[bool, str]]:
        yield word in self.plurals, self.plurals.get(word, word)
        if word.endswith("ies"):
            yield True, word[:-3] + "y"
        if word.endswith("ves"):
            yield True, word[:-3] + "f"
        for ending in ("es", "s"):
            if word.endswith(ending) and len(word) > len(ending) + 2:
                yield True, word.removesuffix(ending)

    def _infinitives(self, word: str) -> Iterator[tuple[Tense, str]]:
        yield "base", word
        if word in self.irregular:
            yield "past", self.irregular[word]
        if word.endswith("ies"):
            yield "third", word[:-3] + "y"
        if word.endswith("ied"):
            yield "past", word[:-3] + "y"
        endings: tuple[tuple[str, Tense], ...] = (("es", "third"), ("s", "third"), ("ed", "past"), ("ing", "ing"))
        for ending, tense in endings:
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < 2:
                continue
            yield tense, stem
            if ending != "s":
                yield tense, stem + "e"
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                yield tense, stem[:-1]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    grammar, groups = _data("english"), _data("english_terms")
    terms = {_words(english): turkish for group in groups.values() for english, turkish in group.items()}
    verbs = {_words(english): turkish for english, turkish in grammar["verbs"].items()}
    asking = {_words(english): turkish for english, turkish in grammar["asking"].items()}
    prepositions = {_words(english): turkish for english, turkish in grammar["prepositions"].items()}
    commands = {_words(english): turkish for english, turkish in grammar["commands"].items()}
    dropped = frozenset(_words(text) for text in grammar["function"]["dropped"])
    openers = frozenset(_words(text) for text in grammar["function"]["openers"])
    everything = (*terms, *verbs, *asking, *prepositions, *dropped, *openers, *commands)
    return Lexicon(
        terms=terms,
        quantities=frozenset(grammar["nouns"]["quantities"]),
        units=frozenset(groups["units"]),
        verbs=verbs,
        intents=frozenset(grammar["kinds"]["intents"]),
        money=frozenset(grammar["kinds"]["money"]),
        irregular=grammar["irregular"],
        plurals=grammar["plurals"],
        asking=asking,
        commands=commands,
        prepositions=prepositions,
        auxiliaries={word: kind for kind, words in grammar["auxiliaries"].items() for word in words},
        pronouns=frozenset(grammar["function"]["pronouns"]),
        articles=frozenset(grammar["function"]["articles"]),
        dropped=dropped,
        both=frozenset(grammar["function"]["both"]),
        openers=openers,
        longest=max(map(len, everything)),
    )


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("qa").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.sub(r"'s?$", "", word) if len(word) > 2 else word for word in text.split())


@cache
def grammar_words() -> frozenset[str]:
    """The single words of grammar by which a text is known as English."""
    held = lexicon()
    data = _data("english")
    phrases = (*held.asking, *held.prepositions, *held.commands, *held.dropped, *held.openers)
    words = {word for phrase in phrases for word in phrase}
    return frozenset(words | {*held.auxiliaries} | held.pronouns | {*data["function"]["words"]})
