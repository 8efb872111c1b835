"""Reads a file into a :class:`~indexer.records.Document`."""

from __future__ import annotations

from pathlib import Path

from indexer.reading.files import read_bytes
from indexer.reading.formats import SUFFIXES, reader_of
from indexer.reading.pages import find_pages
from indexer.records import Document, Source

__all__ = ["SUFFIXES", "find_pages", "read_document", "reader_of"]


def read_document(path: Path, source: Source) -> Document:
    """The document at ``path``: its text, and the page starts that are known.

    Raises :class:`~indexer.errors.DocumentError` where the file is missing, of a format that no reader knows,
    unreadable, a folder, empty, damaged or too large.
    """
    reader = reader_of(path)
    reading = reader.read(read_bytes(path), str(path))
    return Document(source, reading.text, reading.pages, reader.format, reading.layouts)
