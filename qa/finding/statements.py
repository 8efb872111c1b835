"""The sentences of a passage, read for their figures: words, numbers, years and the places where clauses part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.figures import NumberStyle, find_figures
from indexer.records import Figure, Span
from indexer.sentences import find_sentences
from qa.finding.matter import Word, words_of

_YEAR = re.compile(r"(?<![\d.,])(?:\d{1,2}[./]\d{1,2}[./])?((?:19|20)\d\d)(?![\d]|[.,]\d)")
_HYPHEN = re.compile(r"[-\u00ac\u00ad][ \t\u00a0]*\n\s*")
_COMMAS = re.compile(r"[,;](?!\d)|\s[-–]\s")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its words, figures and years; offsets count in the document."""

    span: Span
    text: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    years: tuple[tuple[int, int], ...]  # (offset, year)
    commas: tuple[int, ...]

    def between(self, start: int, end: int) -> str:
        """The text between two places of the document, as far as it belongs to the sentence."""
        first = self.span.start
        return self.text[max(0, start - first) : max(0, end - first)]

    def room(self, figure: Figure) -> tuple[int, int]:
        """The stretch around a figure up to the figures beside it."""
        ends = [other.span.end for other in self.figures if other.span.end <= figure.span.start]
        starts = [other.span.start for other in self.figures if other.span.start >= figure.span.end]
        return max(ends, default=self.span.start), min(starts, default=self.span.end)

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """The words that begin between two places of the document."""
        starts = [word.start for word in self.words]
        return self.words[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]


@lru_cache(maxsize=512)
def read_statements(text: str, offset: int, style: NumberStyle) -> tuple[Statement, ...]:
    """The sentences of a passage.

    Args:
        text: the passage.
        offset: where it begins in its document.
        style: how the document writes numbers.
    """
    figures = [
        replace(figure, span=Span(figure.span.start + offset, figure.span.end + offset))
        for figure in find_figures(text, style)
    ]
    starts = [figure.span.start for figure in figures]
    statements = []
    for place in find_sentences(text):
        start, end = place.start + offset, place.end + offset
        piece = text[place.start : place.end]
        words = tuple(replace(word, start=word.start + start, end=word.end + start) for word in _words(piece))
        years = tuple((start + match.start(1), int(match[1])) for match in _YEAR.finditer(piece))
        own = tuple(figures[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)])
        commas = tuple(start + match.start() for match in _COMMAS.finditer(piece))
        statements.append(Statement(Span(start, end), piece, words, own, years, commas))
    return tuple(statements)


def _words(text: str) -> list[Word]:
    """The words of a sentence; one that the end of a line parts ("se-/fer") is one word."""
    words: list[Word] = []
    for word in words_of(text):
        if words and _HYPHEN.fullmatch(text, words[-1].end, word.start):
            last = words.pop()
            healed = words_of(text[last.start : last.end] + text[word.start : word.end])
            word = replace(healed[0] if len(healed) == 1 else last, start=last.start, end=word.end)
        words.append(word)
    return words
