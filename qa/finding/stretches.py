"""The stretch of a document that is read for a passage, and its sentences with their words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from weakref import WeakKeyDictionary

from indexer.index import Index
from indexer.records import Passage, Span
from indexer.sentences import find_sentences
from indexer.storing.store import Store
from qa.finding.matter import Word, words_of

_GAP = 700  # characters of text in no passage that are read with the passage beside them


_REST = 400  # characters in which the rest of a cut sentence is looked for
_END = re.compile(r"(?<=[^\W\d_][^\W\d_])[.!?…][\"”’')]*(?=\s)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; ``span`` and the offsets of ``words`` count in the document's text."""

    span: Span
    text: str
    words: tuple[Word, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it ends as a sentence does; else it is a heading, a row or an item."""
        return self.text.rstrip("\"”’')]»").endswith((".", "!", "?", "…", ":", ";"))


def stretch_of(passage: Passage, index: Index) -> Span:
    """The span of ``passage`` with the text on both sides that no passage holds: labels, notes below a row.

    Sentences of prose that a page end cuts are made whole.
    """
    starts, ends = _edges(index)[passage.document]
    above = ends[bisect_right(ends, passage.span.start) - 1] if ends and ends[0] <= passage.span.start else 0
    place = bisect_left(starts, passage.span.end)
    text = index.documents[passage.document].text
    below = starts[place] if place < len(starts) else len(text)
    first = max(above, passage.span.start - _GAP)
    last = min(max(below, passage.span.end), passage.span.end + _GAP)
    return _whole(Span(first, last), text) if passage.kind == "prose" else Span(first, last)


def _whole(span: Span, text: str) -> Span:
    """A stretch with the rest of the sentences that its edges cut: those that go on in small letters."""
    first, last = span.start, span.end
    before, after = text[max(0, first - _REST) : first], text[last : last + _REST]
    if text[first:last].lstrip()[:1].islower():
        ends = list(_END.finditer(before))
        first = first - len(before) + ends[-1].end() if ends else first
    if after.lstrip()[:1].islower():
        end = _END.search(after)
        last = last + end.end() if end else last
    return Span(first, last)


def neighbours_of(span: Span, document: str, index: Index) -> tuple[Span | None, Span | None]:
    """The spans of the passages right before and after a stretch of a document."""
    starts, ends = _edges(index)[document]
    before = bisect_right(ends, span.start) - 1
    after = bisect_left(starts, span.end)
    return (
        Span(starts[before], span.start) if before >= 0 and starts[before] < span.start else None,
        Span(span.end, max(span.end, ends[after])) if after < len(starts) else None,
    )


_Edges = dict[str, tuple[list[int], list[int]]]
_known: WeakKeyDictionary[Store, _Edges] = WeakKeyDictionary()


def _edges(index: Index) -> _Edges:
    """Where the passages of each document begin and end, each in order; worked out once an index."""
    edges = _known.get(index.store)
    if edges is None:
        spans: dict[str, list[Span]] = {document: [] for document in index.documents}
        for passage in index.passages:
            spans[passage.document].append(passage.span)
        edges = {
            document: (sorted(span.start for span in own), sorted(span.end for span in own))
            for document, own in spans.items()
        }
        _known[index.store] = edges
    return edges


def sentences_in(index: Index, document: str, span: Span) -> tuple[Sentence, ...]:
    """The sentences of a stretch of a document, in order."""
    return _sentences(index.documents[document].text[span.start : span.end], span.start)


@lru_cache(maxsize=1024)
def _sentences(text: str, offset: int) -> tuple[Sentence, ...]:
    found = []
    for place in find_sentences(text):
        piece = text[place.start : place.end]
        start = place.start + offset
        words = tuple(replace(word, start=word.start + start, end=word.end + start) for word in words_of(piece))
        found.append(Sentence(Span(start, place.end + offset), piece, words))
    return tuple(found)


_COMMA = re.compile(r",(?!\d)")
_AND = re.compile(r"\b(?:ve|ile|veya|vb)\b")


def enumerates(text: str) -> bool:
    """Whether a sentence tells three things or more, between commas and "ve"."""
    commas = len(_COMMA.findall(text))
    return commas >= 2 or (commas == 1 and _AND.search(text) is not None)
