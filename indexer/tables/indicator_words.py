"""The words of the headers of indicator tables: what a line of one consists of, and the names that they make."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from indexer.records import Measure
from indexer.tables.columns import header_key, words
from indexer.tables.period_names import is_month_span, period_length, period_vocabulary

Category = Literal["code", "label", "unit", "value", "period", "status", "prose", "year"]
"""What a cell of a header names; a period takes a year of its own, a value takes none."""

CATEGORIES: tuple[Category, ...] = ("label", "code", "unit", "status", "prose", "value", "period")
YEAR = re.compile(r"\(?(?:19|20)\d\d\)?(?:\(t(?:[+-]\d)?\))?\*?")
RELATIVE = re.compile(r"\(?t(?:[+-]\d)?\)?")
"""The guide's years: t-1, t, t+1."""

_MONTHS = re.compile(r"([^\W\d_]{4,7}) ?[-–] ?([^\W\d_]{4,7})(?!\w)")
_SPLIT = re.compile(r"[^ \t\r\u00a0]+")
_GLUED = re.compile(r"(?<=(?:19|20)\d\d)[-–/]?(?=[(\w])(?![\d/])")  # "2024Hedef", "2024-Hedef"
_MAX_FORM_WORDS = 6
_SHORTEST_STEM = 3  # letters of a word before the hyphen at a line's end


@dataclass(frozen=True, slots=True)
class HeaderWord:
    """A word of a header as printed, as the data file has it, and whether its line begins with it."""

    text: str
    key: str
    begins_line: bool


def header_words(text: str) -> list[HeaderWord]:
    """The words of a line; what is glued to a year is a word of its own."""
    parts = [part for word in _SPLIT.findall(_MONTHS.sub(_month_span, text)) for part in _GLUED.split(word)]
    return [HeaderWord(part, word_key(part), not place) for place, part in enumerate(parts)]


def _month_span(found: re.Match[str]) -> str:
    text = f"{found[1]}-{found[2]}"
    return text if is_month_span(header_key(text)) else found[0]


def healed(stem: str, rest: HeaderWord) -> HeaderWord:
    """The word that a line's end cut: "Gerçekleş-" "me", "Ocak-" "Haziran"."""
    text = stem[:-1] + rest.text if rest.text[0].islower() else stem + rest.text
    return HeaderWord(text, word_key(text), rest.begins_line)


@cache
def word_key(word: str) -> str:
    """A word as the data file has it: without the brackets and stars around it unless they belong to it."""
    key = header_key(word).replace("–", "-")
    return key if key in header_vocabulary() else key.strip("()*")


def is_header_word(word: HeaderWord) -> bool:
    """Whether the word can stand in a header of indicators."""
    known = word.key in header_vocabulary() or is_month_span(word.key) or word.key in measure_letters()
    return known or YEAR.fullmatch(word.text) is not None or RELATIVE.fullmatch(word.key) is not None


def is_stem(word: str) -> bool:
    """Whether a word that a hyphen ends is the beginning of a header word ("Gerçekleş-")."""
    stem = header_key(word)[:-1]
    known = any(own.startswith(stem) for own in header_vocabulary())
    return word.endswith("-") and len(stem) >= _SHORTEST_STEM and known


def name_at(keys: Sequence[str], index: int) -> tuple[Category, int] | None:
    """The longest header cell that begins at ``index``: what it names and how many words it has; or None."""
    form = form_length(keys, index, header_forms())
    period = period_length(keys, index)
    if not max(form, period):
        return None
    return ("period", period) if period > form else (header_forms()[" ".join(keys[index : index + form])], form)


def form_length(keys: Sequence[str], index: int, forms: Container[str]) -> int:
    """How many words the longest of ``forms`` that begins at ``index`` has; 0 where none does."""
    lengths = range(min(_MAX_FORM_WORDS, len(keys) - index), 0, -1)
    return next((length for length in lengths if " ".join(keys[index : index + length]) in forms), 0)


@cache
def header_forms() -> dict[str, Category]:
    """The names of columns that the data file lists, and what they name."""
    return {form: category for category in reversed(CATEGORIES) for form in words("indicator", category)}


@cache
def measure_letters() -> dict[str, Measure]:
    """The letters that stand for a kind of value beside a year."""
    measures: tuple[Measure, ...] = ("actual", "target", "estimate")
    return {letter: measure for measure in measures for letter in words("indicator", f"letter_{measure}")}


@cache
def relative_years() -> frozenset[str]:
    """The names of years that are no numbers."""
    return frozenset(words("indicator", "relative"))


@cache
def header_vocabulary() -> frozenset[str]:
    """All words of headers."""
    lists = ("filler", "suffix", "relative", "label_torn", "label_rest", "plan_years")
    extras = (*(form for name in lists for form in words("indicator", name)), *period_vocabulary())
    return frozenset(word for form in (*header_forms(), *extras) for word in form.split())


@cache
def first_words() -> frozenset[str]:
    """The words that a header can begin with."""
    forms = (*words("indicator", "label"), *words("indicator", "code"), *words("indicator", "label_torn"))
    return frozenset(form.split()[0] for form in forms)
