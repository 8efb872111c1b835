"""English questions: told from Turkish ones, and put into the Turkish words of plans and reports.

The words are data (``qa/data/english.toml``). The translation is a gloss, word by word with phrases first: enough for
retrieval and for understanding, and never shown as an answer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer.turkish import ascii_key, fold, stop_words

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,/]\d+)*|[?\"“”]")
_TURKISH_LETTER = re.compile(r"[ıİğĞşŞçÇöÖüÜ]")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_YES_OR_NO = re.compile(r"\W*(?:did|does|do|is|are|was|were|has|have|had|will|can)\b", re.IGNORECASE)
_FEWEST = 2
"""How many English words make a text English."""


@dataclass(frozen=True, slots=True)
class _Glossary:
    phrases: dict[tuple[str, ...], str]
    function: frozenset[str]
    both: frozenset[str]
    longest: int


@cache
def _glossary() -> _Glossary:
    data = tomllib.loads(resources.files("qa").joinpath("data/english.toml").read_text(encoding="utf-8"))
    function = data.pop("function")
    phrases = {tuple(english.split()): turkish for group in data.values() for english, turkish in group.items()}
    return _Glossary(
        phrases, frozenset(function["words"]), frozenset(function["both"]), max(len(phrase) for phrase in phrases)
    )


def is_english(text: str) -> bool:
    """Whether a text is English rather than Turkish; names and numbers say nothing."""
    glossary = _glossary()
    english = turkish = unknown = 0
    for word in _words(text):
        small = word.lower()
        if small in glossary.both or not word[0].isalpha():
            continue
        if small in glossary.function or _translates(small):
            english += 1
        elif fold(word) in stop_words() or (word == fold(word) and _TURKISH_LETTER.search(word)):
            turkish += 1
        elif word == small:
            unknown += 1
    return english >= _FEWEST and english > turkish * 2 and english >= unknown


def _translates(word: str) -> bool:
    """Whether the glossary has the word, and with another Turkish word than itself."""
    turkish = next((_glossary().phrases[(form,)] for form in _forms(word) if (form,) in _glossary().phrases), None)
    return turkish is not None and ascii_key(turkish)[:4] != word[:4] and fold(word) not in stop_words()


def to_turkish(text: str) -> str:
    """An English text's words in Turkish, in the order of the English ones; names, numbers and other words stay.

    A question that begins with an auxiliary verb gets the Turkish question particle.
    """
    translated = " ".join(_translated(list(_words(text))))
    return f"{translated} mi" if _YES_OR_NO.match(text) else translated


def _words(text: str) -> list[str]:
    return [_POSSESSIVE.sub("", match[0]) for match in _WORD.finditer(text)]


def _translated(words: list[str]) -> Iterator[str]:
    glossary = _glossary()
    position = 0
    while position < len(words):
        for length in range(min(glossary.longest, len(words) - position), 0, -1):
            turkish = _phrase(words[position : position + length])
            if turkish is not None:
                yield turkish
                position += length
                break
        else:
            if words[position].lower() not in glossary.function:
                yield words[position]
            position += 1


def _phrase(words: list[str]) -> str | None:
    """The translation of a phrase; its last word may be inflected."""
    *first, last = (word.lower() for word in words)
    for form in _forms(last):
        if (turkish := _glossary().phrases.get((*first, form))) is not None:
            return turkish
    return None


def _forms(word: str) -> Iterator[str]:
    """The word and what it may be a form of, by the regular endings of English."""
    yield word
    if word.endswith("ies"):
        yield word[:-3] + "y"
    for ending in ("es", "s", "ed", "d", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        yield stem
        if ending == "ing":
            yield stem + "e"
        if ending in ("ed", "ing") and stem[-1] == stem[-2]:
            yield stem[:-1]
