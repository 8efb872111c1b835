"""Places below a district that a question names by their kind: "Fatih Mahallesi", "Yeşilova köyünde"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.index import Index
from indexer.records import Document, Span
from indexer.turkish import PREFIX, key, keys, tokens
from qa.finding.figures import Found
from qa.finding.row_words import means
from qa.records import Question

_ROOM = 600  # characters above a row or sentence in which the name of a place may stand
_ELSEWHERE = 0.2  # what a figure counts that says nothing of the place named, where another one does


def places_named(question: Question) -> tuple[str, ...]:
    """The keys of the names of the places: the word before a single one of their kind ("hangi mahalle" names none)."""
    words = [token.text for token in tokens(question.query_text or question.text)]
    return tuple(
        key(name)
        for name, kind in pairwise(words)
        if means("place", "kinds", kind) and name.isalpha() and not means("place", "open", name)
        if key(name) in question.content
    )


def fit_places(question: Question, found: Sequence[Found], index: Index) -> list[Found]:
    """The figures, likeliest first, with less for those that do not name the place asked about, where some do."""
    names = places_named(question)
    if not names:
        return list(found)
    there = [all(is_told(name, _told(one, index)) for name in names) for one in found]
    if not any(there):
        return list(found)
    fitted = [
        one if held else replace(one, probability=one.probability * _ELSEWHERE)
        for one, held in zip(found, there, strict=True)
    ]
    return sorted(fitted, key=lambda one: -one.probability)


def is_told(name: str, words: Sequence[str]) -> bool:
    """Whether a name, or a longer word of its first letters, is among the keys of a text."""
    return any(word == name or (len(name) >= PREFIX and word.startswith(name[:PREFIX])) for word in words)


def _told(one: Found, index: Index) -> list[str]:
    document = index.documents[one.document]
    text = document.text[one.quote.start : one.quote.end]
    return keys(" ".join((heads(document, one.quote), text, one.label, *one.context)))


def heads(document: Document, span: Span) -> str:
    """What stands shortly above a place of a document: the name of a neighbourhood may head several tables."""
    return document.text[max(0, span.start - _ROOM) : span.start]
