"""Reads a file into a :class:`~indexer.records.Document`."""

from __future__ import annotations

from pathlib import Path

from indexer.reading.base import Reading
from indexer.reading.files import read_bytes
from indexer.reading.formats import SUFFIXES, check_format, reader_of
from indexer.reading.pages import find_pages
from indexer.records import Document, Format, Source

__all__ = ["SUFFIXES", "find_pages", "read_content", "read_document"]


def read_content(data: bytes, path: Path) -> tuple[Format, Reading]:
    """The format of a file and what its reader makes of it.

    Args:
        data: the content of the file.
        path: its name, which tells the format, as it is to be called in messages.

    Raises:
        DocumentError: no reader knows the format, the content is of another one, or it is empty or damaged.
    """
    reader = reader_of(path)
    check_format(reader.format, data, str(path))
    return reader.format, reader.read(data, str(path))


def read_document(path: Path, source: Source) -> Document:
    """The document at ``path``: its text, and the page starts that are known.

    Raises :class:`~indexer.errors.DocumentError` as :func:`read_content`, and where the file is missing, a folder, too
    large or cannot be read.
    """
    reader_of(path)
    kind, reading = read_content(read_bytes(path), path)
    return Document(source, reading.text, reading.pages, kind, reading.layouts)
