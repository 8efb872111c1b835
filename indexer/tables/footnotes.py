"""Footnotes of tables: the asterisk on a label and the line that explains it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.records import Document, Line
from indexer.repair import join_wrapped
from indexer.tables.columns import header_key, mentions, words

_NOTE = re.compile(r"[ \t\u00a0]*(\*{1,3})[ \t\u00a0]*(?=[^\W\d_])")
_MARK = re.compile(r"(?<=[\w)])(\*{1,3})[ \t\u00a0]*$")


@dataclass(frozen=True, slots=True)
class Footnote:
    """The explanation of a mark: the lines ``first`` to ``last`` (positions in ``Document.lines``)."""

    mark: str
    text: str
    first: int
    last: int


class Footnotes:
    """The footnotes of a document, and which of them speaks of a row."""

    def __init__(self, document: Document) -> None:
        """Reads the lines of ``document`` that begin with one to three asterisks and a letter."""
        self._document = document
        self._notes = list(_read(document.lines))
        self._firsts = [note.first for note in self._notes]

    def holds(self, index: int) -> bool:
        """Whether the line at position ``index`` belongs to a footnote."""
        position = bisect_left(self._firsts, index + 1) - 1
        return position >= 0 and index <= self._notes[position].last

    def of_label(self, label: str, offset: int, limit: int) -> str | None:
        """The footnote that the mark at the end of ``label`` points to.

        Args:
            label: the label of a row, as printed.
            offset: where the row begins in the document's text.
            limit: where the next table of the same form begins: no footnote beyond is meant.

        Returns:
            The first footnote with that mark after the row. Where none follows, the one text that the mark has
            throughout the document, if it has one. None for a label without a mark.
        """
        mark = _mark(label)
        if mark is None:
            return None
        first = self._document.line_at(offset) - 1
        for note in self._notes[bisect_left(self._firsts, first) :]:
            if self._document.lines[note.first].start >= limit:
                break
            if note.mark == mark:
                return note.text
        texts = [note.text for note in self._notes if note.mark == mark]
        return texts[0] if len(texts) > 1 and len(set(texts)) == 1 else None


def is_cumulative(text: str) -> bool:
    """Whether a label or a note says that the figure counts earlier years too ("kümülatif", "birikimli")."""
    return mentions(header_key(text), words("cumulative", "words"))


def _mark(label: str) -> str | None:
    match = _MARK.search(label)
    return match.group(1) if match else None


def _read(lines: Sequence[Line]) -> list[Footnote]:
    notes: list[Footnote] = []
    for index, line in enumerate(lines):
        match = _NOTE.match(line.text)
        if match is None or (notes and index <= notes[-1].last):
            continue
        last = index
        while last + 1 < len(lines) and not _ends(lines, last):
            last += 1
        text = join_wrapped([line.text[match.end() :], *(wrapped.text for wrapped in lines[index + 1 : last + 1])])
        notes.append(Footnote(match.group(1), text.strip(" \t\u00a0"), index, last))
    return notes


def _ends(lines: Sequence[Line], index: int) -> bool:
    """A footnote ends with its sentence, before a blank line, and before another mark."""
    following = lines[index + 1].text
    ended = lines[index].text.rstrip(" \t\r\u00a0").endswith((".", "!", ":"))
    return ended or not following.strip(" \t\r\u00a0") or _NOTE.match(following) is not None
