"""A cited passage with the lines around it: the quote, what stands before and after, and its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.records import Span

AROUND = 3
"""Lines with text that are shown before and after a quote."""

_LEADING_BLANK = re.compile(r"\A(?:[^\S\n]*\n)+")
_LONGEST_SIDE = 400  # characters; Markdown-like documents have paragraphs of thousands on one line


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The quote and its surroundings, verbatim; ``figures`` are spans within ``quote``, in order, without overlap."""

    before: str
    quote: str
    after: str
    figures: tuple[Span, ...] = ()


def excerpt(text: str, span: Span, quote: str, figure_texts: Iterable[str] = ()) -> Excerpt:
    """Cuts the surroundings of a quote out of its document.

    Args:
        text: the document's text.
        span: where the quote stands.
        quote: the quote; where the text says something else there, it is shown without surroundings.
        figure_texts: the figures that the quote is cited for, as written in it.
    """
    figures = _find(quote, figure_texts)
    if text[span.start : span.end] != quote:
        return Excerpt("", quote, "", figures)
    return Excerpt(_tail(text[: span.start]), quote, _head(text[span.end :]), figures)


def _head(text: str) -> str:
    """The rest of the quote's line and up to ``AROUND`` lines with text after it."""
    piece = "\n".join(_lines(text[: _LONGEST_SIDE * 3].split("\n"))).rstrip()
    return piece if len(piece) <= _LONGEST_SIDE else f"{piece[:_LONGEST_SIDE].rsplit(' ', 1)[0]} …"


def _tail(text: str) -> str:
    """The beginning of the quote's line and up to ``AROUND`` lines with text before it."""
    lines = _lines(text[-_LONGEST_SIDE * 3 :].split("\n")[::-1])
    piece = _LEADING_BLANK.sub("", "\n".join(reversed(lines)))
    return piece if len(piece) <= _LONGEST_SIDE else f"… {piece[-_LONGEST_SIDE:].split(' ', 1)[-1]}"


def _lines(lines: list[str]) -> list[str]:
    """The first line and those after it, until ``AROUND`` of these have text."""
    taken, seen = lines[:1], 0
    for line in lines[1:]:
        seen += bool(line.split())
        if seen > AROUND:
            break
        taken.append(line)
    return taken


def _find(quote: str, figure_texts: Iterable[str]) -> tuple[Span, ...]:
    found: list[Span] = []
    for text in sorted({text for text in figure_texts if text}, key=lambda text: (-len(text), text)):
        # A figure is a whole number: "12" is not marked within "2012" or "12,5".
        for match in re.finditer(rf"(?<!\d)(?<!\d[.,]){re.escape(text)}(?![.,]?\d)", quote):
            span = Span(match.start(), match.end())
            if all(span.end <= other.start or span.start >= other.end for other in found):
                found.append(span)
    return tuple(sorted(found))
