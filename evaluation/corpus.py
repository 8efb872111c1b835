"""The passages that are searched, each named by its span: ``document:start-end``, in characters of the document.

So a run tells where its passages stand whatever has cut them, and the judgements hold for any chunking.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.records import Passage

_NAME = re.compile(r"(?P<document>.+):(?P<start>\d+)-(?P<end>\d+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document that a retriever can find.

    ``text`` is verbatim and ``search_text`` what is indexed; lines count from 1.
    """

    document: str
    start: int
    end: int
    line_start: int
    line_end: int
    text: str = ""
    search_text: str = ""
    title: str = ""

    @property
    def id(self) -> str:
        """The name of the span."""
        return f"{self.document}:{self.start}-{self.end}"

    @property
    def length(self) -> int:
        """In characters."""
        return self.end - self.start


def piece_of(passage: Passage, title: str = "") -> Piece:
    """A passage of an index as a piece."""
    return Piece(
        passage.document,
        passage.span.start,
        passage.span.end,
        passage.line_start,
        passage.line_end,
        passage.text,
        passage.search_text,
        title,
    )


class Spans:
    """Turns names of spans into pieces with the lines that they cover.

    Args:
        texts: the documents' texts by id, as decoded.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._starts = {name: _line_starts(text) for name, text in texts.items()}

    def read(self, name: str) -> Piece | None:
        """The piece that a name says, or None where it is no span of these documents."""
        match = _NAME.fullmatch(name)
        if match is None or match["document"] not in self._texts:
            return None
        document, start, end = match["document"], int(match["start"]), int(match["end"])
        text, starts = self._texts[document], self._starts[document]
        if not start < end <= len(text):
            return None
        first, last = bisect_right(starts, start), bisect_right(starts, end - 1)
        return Piece(document, start, end, first, last, text[start:end])


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]
