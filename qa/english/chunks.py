"""The words of an English question as chunks: what each phrase is, and what it is in Turkish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.english.lexicon import Lexicon, Verb, lexicon

Kind = Literal[
    "ask", "command", "aux", "not", "to", "and", "prep", "pronoun", "term", "verb", "year", "word", "break", "opener"
]

_WORD = re.compile(
    r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,/]\d+)*(?:\s*[-–]\s*\d{4})?(?:['’]?s\b)?|%|[?\"“”;:]|,(?=\s|$)"
)
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A phrase; ``verb`` is its reading as a verb, ``turkish`` that as anything else (empty where it has none)."""

    kind: Kind
    english: str
    turkish: str = ""
    verb: Verb | None = None
    plural: bool = False
    quantity: bool = False
    unit: bool = False
    noun: bool = False  # an article stands before it, so that it is no verb


def words_of(text: str) -> list[str]:
    """The words, numbers and marks of a text, English possessive endings cut off."""
    return [_POSSESSIVE.sub("", match[0]) for match in _WORD.finditer(text.replace("’", "'"))]


def chunks_of(text: str) -> list[Chunk]:
    """The chunks of a question in order; articles and words of politeness are left out."""
    words = words_of(text)
    found: list[Chunk] = []
    position = 0
    while position < len(words):
        length, chunk = _next(words[position:], lexicon(), first=not found)
        if chunk is not None:
            noun = position > 0 and words[position - 1].lower() in lexicon().articles
            found.append(replace(chunk, noun=True) if noun else chunk)
        position += length
    return found


def _next(words: Sequence[str], held: Lexicon, first: bool) -> tuple[int, Chunk | None]:
    """The longest phrase at the beginning of ``words`` and how many words it takes."""
    small = tuple(word.lower() for word in words[: held.longest])
    for length in range(len(small), 0, -1):
        for chunk in _readings(small[:length], held, first):
            return length, chunk
    return 1, _unknown(words[0], held)


def _readings(words: tuple[str, ...], held: Lexicon, first: bool) -> Iterator[Chunk | None]:
    english = " ".join(words)
    if first and words in held.openers:
        yield Chunk("opener", english, "peki")
    if first and words in held.commands:
        yield Chunk("command", english, held.commands[words])
    if words in held.asking:
        yield Chunk("ask", english, held.asking[words])
    if len(words) == 1 and words[0] in held.auxiliaries:
        kind = held.auxiliaries[words[0]]
        if kind in ("not", "to", "and"):
            yield Chunk(kind, english, {"or": "veya", "and": "ve"}.get(english, "ve") if kind == "and" else "")  # type: ignore[arg-type]
        else:
            yield Chunk("aux", english)
    if words in held.prepositions:
        yield Chunk("prep", english, held.prepositions[words])
    term, verb = held.term(words), held.verb(words)
    if term is not None or verb is not None:
        yield Chunk(
            "term" if term is not None else "verb",
            english,
            term.turkish if term is not None else "",
            verb,
            term is not None and term.plural,
            term is not None and term.quantity,
            term is not None and term.unit,
        )
    if words in held.dropped:
        yield None
    if len(words) == 1 and words[0] in held.pronouns:
        yield Chunk("pronoun", english)


def _unknown(word: str, held: Lexicon) -> Chunk | None:
    if _YEAR.fullmatch(word):
        return Chunk("year", word, word)
    if not word[0].isalnum():
        return Chunk("break", word) if word in ",;:" else None
    if "-" in word:
        parts = [held.term((part,)) for part in word.lower().split("-")]
        if all(parts):
            return Chunk("term", word, " ".join(part.turkish for part in parts if part))
    meant = held.nearest(word) if word.islower() and word.isascii() else None
    if meant is not None:
        return Chunk("term", word, meant.turkish, None, meant.plural, meant.quantity, meant.unit)
    return Chunk("word", word, word)
