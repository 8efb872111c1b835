"""Search in one document: as people type, with or without Turkish letters, over the ends of lines."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.records import Document, Line, Span
from indexer.repair import repair
from indexer.turkish import ascii_key

SHORTEST = 2
"""Letters that a search needs: a single one stands everywhere."""

_AROUND = 60  # characters of the surroundings of a hit
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A hit as it reads: what stands before it, itself, and after it."""

    before: str
    hit: str
    after: str


class _Reading:
    """The mended text of a document, its keys, and where each character stands in the source."""

    def __init__(self, document: Document) -> None:
        repaired = repair(document.text)
        self.text = repaired.text
        self.keys = _key(repaired.text)
        self.offsets = array("L", repaired.offsets)


@lru_cache(maxsize=4)
def _reading(document: Document) -> _Reading:
    return _Reading(document)


class Hits:
    """The places of a document where a search was found, in order.

    Attributes:
        spans: where they stand in the document's text; one may go over the end of a line.
    """

    def __init__(self, reading: _Reading, query: str) -> None:
        self._reading, self._length = reading, len(query)
        self._starts = list(_occurrences(reading.keys, query)) if len(query) >= SHORTEST else []
        offsets = reading.offsets
        self.spans = [Span(offsets[start], offsets[start + self._length - 1] + 1) for start in self._starts]

    def __len__(self) -> int:
        return len(self.spans)

    def within(self, line: Line) -> list[tuple[int, Span]]:
        """The parts of hits in a line: the hit's number from 1 and the part, counted from the line's beginning."""
        found = []
        first = bisect_right(self.spans, line.start, key=lambda span: span.end)
        for position in range(first, len(self.spans)):
            span = self.spans[position]
            if span.start >= line.end:
                break
            start, end = max(span.start, line.start) - line.start, min(span.end, line.end) - line.start
            found.append((position + 1, Span(start, end)))
        return found

    def first_from(self, offset: int) -> int:
        """The number of the first hit at or after an offset of the text, from 1; one more than there are if none."""
        return bisect_left(self.spans, offset, key=lambda span: span.start) + 1

    def surroundings(self, number: int) -> Surroundings:
        """How the hit of that number reads in its sentence, words mended."""
        start = self._starts[number - 1]
        end = start + self._length
        text = self._reading.text
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        if start > _AROUND:
            before = f"… {before.split(' ', 1)[-1]}"
        if end + _AROUND < len(text):
            after = f"{after.rsplit(' ', 1)[0]} …"
        return Surroundings(before, text[start:end], after)


@lru_cache(maxsize=32)
def find(document: Document, query: str) -> Hits:
    """Where the document has the query, whatever its case, with or without Turkish letters.

    A space of the query fits any white space, ends of lines among it; words that the flattened text breaks are found
    as a whole. The first search of a document reads it (up to a second for a thousand pages), later ones do not.

    Args:
        document: the document.
        query: what to look for; one of fewer than ``SHORTEST`` characters finds nothing.
    """
    return Hits(_reading(document), _key(unicodedata.normalize("NFC", " ".join(query.split()))))


def _key(text: str) -> str:
    return ascii_key(text).translate(_APOSTROPHES)


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))
