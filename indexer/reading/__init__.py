"""Reads a file into a :class:`~indexer.records.Document`."""

from __future__ import annotations

from pathlib import Path

from indexer.reading.pages import find_pages
from indexer.reading.text import read_text
from indexer.records import Document, Source

__all__ = ["find_pages", "read_document", "read_text"]


def read_document(path: Path, source: Source) -> Document:
    """The document at ``path``: its text exactly as in the file, and the page starts that the text shows.

    Raises :class:`~indexer.errors.DocumentError` where the file is missing, unreadable, a folder, empty, binary, not
    UTF-8 or too large.
    """
    text = read_text(path)
    return Document(source=source, text=text, pages=find_pages(text))
