"""Reads a file into a :class:`~indexer.records.Document`."""

from __future__ import annotations

from pathlib import Path

from indexer.reading.files import read_bytes
from indexer.reading.formats import SUFFIXES, check_format, reader_of
from indexer.reading.pages import find_pages
from indexer.records import Document, Source

__all__ = ["SUFFIXES", "find_pages", "read_document", "reader_of"]


def read_document(path: Path, source: Source) -> Document:
    """The document at ``path``: its text, and the page starts that are known.

    Raises :class:`~indexer.errors.DocumentError` where the file is missing, of a format that no reader knows or not of
    the format that its name says, unreadable, a folder, empty, damaged or too large.
    """
    reader, name = reader_of(path), str(path)
    data = read_bytes(path)
    check_format(reader.format, data, name)
    reading = reader.read(data, name)
    return Document(source, reading.text, reading.pages, reader.format, reading.layouts)
