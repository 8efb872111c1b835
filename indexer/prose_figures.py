"""Figures of running text: every number of a sentence with its unit, what it counts, and its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.figures import find_figures, number_style
from indexer.marks import SIGNS
from indexer.records import Document, Figure, Span
from indexer.repair import join_wrapped
from indexer.sentences import find_sentences

_BEFORE, _AFTER = 5, 6  # words of the phrase on each side of the number
_REACH = 400  # characters on each side of the number that they are looked for in: a line may be without an end
_CLAUSE_END = re.compile(rf"[;:(){SIGNS}\t]|[.,!?](?=\s|\Z)|\n\s*\n")
_DIGITS = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A figure of a sentence: ``phrase`` is the words around it within its clause, wrapped lines joined."""

    document: str
    figure: Figure
    sentence: Span
    phrase: str


def read_prose_figures(document: Document, taken: Sequence[Span]) -> list[ProseFigure]:
    """The figures of the text outside tables, in order; spans count from the start of the document.

    A number without a word around it (a page number, what is left of a table or a chart) is none.

    Args:
        document: the document.
        taken: the stretches of its tables in order, whose numbers are facts.
    """
    style = number_style(document.text)
    found: list[ProseFigure] = []
    for stretch in _between(taken, len(document.text)):
        text = document.text[stretch.start : stretch.end]
        if not _DIGITS.search(text):
            continue
        sentences = find_sentences(text)
        starts = [sentence.start for sentence in sentences]
        for figure in find_figures(text, style):
            sentence = sentences[max(0, bisect_right(starts, figure.span.start) - 1)]
            phrase = _phrase(text, figure.span, sentence)
            if not _WORD.search(phrase):
                continue
            span = Span(figure.span.start + stretch.start, figure.span.end + stretch.start)
            place = Span(sentence.start + stretch.start, max(sentence.end + stretch.start, span.end))
            found.append(ProseFigure(document.id, replace(figure, span=span), place, phrase))
    return found


def _between(taken: Sequence[Span], end: int) -> Iterator[Span]:
    start = 0
    for span in taken:
        if span.start > start:
            yield Span(start, span.start)
        start = max(start, span.end)
    if end > start:
        yield Span(start, end)


def _phrase(text: str, figure: Span, sentence: Span) -> str:
    """The words around the number, as far as the clause goes."""
    first, last = max(sentence.start, figure.start - _REACH), min(sentence.end, figure.end + _REACH)
    before = _CLAUSE_END.split(text[first : figure.start])[-1]
    after = _CLAUSE_END.split(text[figure.end : max(last, figure.end)], maxsplit=1)[0]
    glued = after[:1].strip()  # "2024'te", "12250m2": the rest of the number's own word counts as none
    words = [*_last_words(before), text[figure.start : figure.end] + (after.split()[0] if glued else "")]
    return join_wrapped([" ".join(words), " ".join(after.split()[bool(glued) :][:_AFTER])]).strip()


def _last_words(text: str) -> list[str]:
    return join_wrapped(text.split("\n")).split()[-_BEFORE:]
