"""Which pages have a picture, what of it must stay unseen, and the pictures drawn last."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.pages.drawing import LIMITS, DrawingError, Job, Limits, draw
from indexer.index import Index
from indexer.records import MASK, Box, Document, PageLayout, Span

_KEPT_BYTES: Final = 32 * 1024 * 1024
_FAILED: Final = 1024  # bytes that a page counts for which cannot be drawn
_DRAWN_AS = "1"  # to be counted on when pictures are drawn otherwise
# Personal data has many letters or digits, with signs between them: a mask that stands alone is a list's dot.
_MASKED = re.compile(rf"{MASK}(?:[^\w{MASK}]{{0,4}}{MASK})+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that can be shown.

    Attributes:
        path: the PDF.
        layout: the page and its words.
        covered: the words that are masked in the text.
        words: all words, where personal data was looked for; else None.
        tag: changes whenever the picture would.
    """

    path: Path
    layout: PageLayout
    covered: tuple[Box, ...]
    words: tuple[Box, ...] | None
    tag: str


def is_masked(document: Document) -> bool:
    """Whether personal data is masked in a document, so that its file is not handed out."""
    return document.masked or _MASKED.search(document.text) is not None


def may_have_file(index: Index, document: Document) -> bool:
    """Whether the file of a document is there to be handed out."""
    return document.format != "text" and not is_masked(document) and index.original(document.id) is not None


def find_sheet(index: Index, document: str, number: int) -> Sheet | None:
    """A page of a PDF with what is needed to draw it.

    None where the index holds no such document or page or not its file, and where personal data is masked but the page
    has no words that could be looked at, as a scanned one.
    """
    held = index.documents.get(document)
    layout = index.store.page_layout(document, number) if held is not None and held.format == "pdf" else None
    path = None if layout is None else index.original(document)
    if held is None or layout is None or path is None or not path.is_file():
        return None
    words = tuple(word.box for word in layout.words) if is_masked(held) else None
    if words is not None and not words:
        return None
    covered = () if words is None else _masked_words(held.text, layout)
    made_of = (_DRAWN_AS, held.source.sha256, number, layout.width, layout.height, covered, words)
    return Sheet(path, layout, covered, words, hashlib.sha256(repr(made_of).encode()).hexdigest()[:32])


def _masked_words(text: str, layout: PageLayout) -> tuple[Box, ...]:
    masks = [Span(*match.span()) for match in _MASKED.finditer(text)]
    return tuple(
        word.box
        for word in layout.words
        if any(mask.start < word.span.end and mask.end > word.span.start for mask in masks)
    )


class PagePictures:
    """Draws pages and keeps the pictures that were asked for last, and which pages cannot be drawn.

    Args:
        limits: what drawing one page may take.
        kept_bytes: how many bytes of pictures are kept.
    """

    def __init__(self, limits: Limits = LIMITS, kept_bytes: int = _KEPT_BYTES) -> None:
        self._limits = limits
        self._kept_bytes = kept_bytes
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def picture(self, sheet: Sheet) -> bytes:
        """The picture of a page, as WebP.

        Raises:
            DrawingError: it cannot be drawn, now or when it was asked for before.
        """
        with self._lock:
            kept = self._pictures.get(sheet.tag)
            if kept is not None:
                self._pictures.move_to_end(sheet.tag)
        if kept is None:
            kept = self._draw(sheet)
            self._keep(sheet.tag, kept)
        if not kept:
            raise DrawingError(sheet.layout.number)
        return kept

    def _draw(self, sheet: Sheet) -> bytes:
        """The picture; nothing where the page cannot be drawn, so that it is not tried again and again."""
        layout = sheet.layout
        job = Job(sheet.path, layout.number, layout.width, layout.height, sheet.covered, sheet.words)
        try:
            return draw(job, self._limits)
        except DrawingError:
            if not sheet.path.is_file():  # its generation was taken away: the next one may have it
                raise
            return b""

    def _keep(self, tag: str, picture: bytes) -> None:
        with self._lock:
            if tag not in self._pictures:
                self._bytes += len(picture) or _FAILED
            self._pictures[tag] = picture
            while self._bytes > self._kept_bytes:
                _, gone = self._pictures.popitem(last=False)
                self._bytes -= len(gone) or _FAILED
