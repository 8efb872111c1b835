"""Whether a row is the one that a question means among those like it: what its name says besides, or instead.

Rows of one table share most of their words. A row of the opposite ("kırsalda" for "şehir merkezinde") is another one, a
row that counts several things together tells none of them, and a thing that the question names in full is no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from indexer.turkish import PREFIX, ascii_key, keys
from qa.finding.figures import Found
from qa.finding.row_words import word_groups, word_pattern
from qa.records import Question

_OPPOSITE = 0.3  # what a cell counts whose name says the opposite of what the question says
_TOGETHER = 0.3  # and one of several things together, where another row tells the one asked for
_NOT_NAMED = 0.4  # and one of a table where another row bears a name that the question says in full
_HELD = 0.6  # share of the words met by the wider row that the narrower one must hold
_JOINED = re.compile(r",\s+|\s+(?:ve|ile)\s+")
_LEVELS = re.compile(r"\s+–\s+")
_LEAST = 2  # words of a name, and rows of a table


def fit_rows(question: Question, found: Sequence[Found]) -> list[Found]:
    """The figures, likeliest first, with less for cells of rows that the question does not mean.

    Args:
        question: the question as understood.
        found: the figures weighed for it.
    """
    text = ascii_key(question.query_text or question.text)
    said = keys(question.query_text or question.text)
    names = _names_said(said, found)
    narrow = [one for one in found if one.fact is not None and not _unsaid(one, said)]
    fitted = [
        one
        if one.fact is None
        else replace(
            one,
            probability=one.probability
            * (_OPPOSITE if _is_opposite(text, one) else 1.0)
            * (_TOGETHER if _unsaid(one, said) and any(_tells(other, one, said) for other in narrow) else 1.0)
            * _NOT_NAMED ** len(names.get(_table(one), frozenset()) - _names(one)),
        )
        for one in found
    ]
    return sorted(fitted, key=lambda one: -one.probability)


def _is_opposite(text: str, one: Found) -> bool:
    """Whether a cell's name says the opposite of a word of the question, and the word itself nowhere."""
    name = ascii_key(f"{one.label} {one.fact.column if one.fact is not None else ''}")
    return any(
        word_pattern("opposites", said).search(text) is not None
        and word_pattern("opposites", other).search(text) is None
        and word_pattern("opposites", other).search(name) is not None
        and word_pattern("opposites", said).search(name) is None
        for said, other in _opposites()
    )


@cache
def _opposites() -> tuple[tuple[str, str], ...]:
    """The names of the lists whose words shut each other out, both ways round."""
    names = word_groups("opposites")
    pairs = [(name, f"{name[:-1]}2") for name in names if name.endswith("1")]
    return (*pairs, *((second, first) for first, second in pairs))


def _unsaid(one: Found, said: Sequence[str]) -> bool:
    """Whether a label joins things of which the question says some and not others."""
    pieces = [keys(piece) for piece in _JOINED.split(one.label)]
    if len(pieces) < _LEAST:
        return False
    held = [any(_holds(said, word) for word in piece) for piece in pieces if piece]
    return any(held) and not all(held)


def _tells(narrow: Found, wide: Found, said: Sequence[str]) -> bool:
    """Whether a row tells the thing asked for alone, which another tells with other things."""
    if (narrow.municipality, narrow.year) != (wide.municipality, wide.year) or (narrow.unit == "%") != (
        wide.unit == "%"
    ):
        return False
    met = {word for word in keys(wide.label) if _holds(said, word) and word not in _counting()}
    own = keys(narrow.label)
    return len(met) >= _LEAST and sum(_holds(own, word) for word in met) >= _HELD * len(met)


@cache
def _counting() -> frozenset[str]:
    return frozenset(keys("sayısı miktarı oranı adedi tutarı"))


def _names_said(said: Sequence[str], found: Sequence[Found]) -> dict[object, frozenset[tuple[str, ...]]]:
    """For each column of a table, the names of its rows or their parents that the question says word by word."""
    names: dict[object, set[tuple[str, ...]]] = {}
    for one in found:
        if one.fact is not None:
            names.setdefault(_table(one), set()).update(name for name in _names(one) if _says(said, name))
    return {table: frozenset(held) for table, held in names.items()}


def _names(one: Found) -> frozenset[tuple[str, ...]]:
    """The names of two words or more that a cell stands under: the levels of its label and the headings of its rows."""
    written = (tuple(keys(level)) for level in (*_LEVELS.split(one.label), *one.context))
    return frozenset(name for name in written if len(name) >= _LEAST)


def _says(said: Sequence[str], name: tuple[str, ...]) -> bool:
    """Whether a question says the words of a name side by side."""
    length = len(name)
    return any(tuple(said[start : start + length]) == name for start in range(len(said) - length + 1))


def _table(one: Found) -> object:
    """What the cells of one column of a table share."""
    column = one.fact.column if one.fact is not None else ""
    return (one.document, column, one.year, one.measure, one.unit)


def _holds(words: Sequence[str], word: str) -> bool:
    """Whether a word, or one of the same first letters, is among ``words``."""
    return word in words or (len(word) >= PREFIX - 1 and any(other[:PREFIX] == word[:PREFIX] for other in words))
