"""Markdown files: text as it is, since headings, lists and tables in its marks are what the outline and tables read."""

from __future__ import annotations

from indexer.reading.base import Reading
from indexer.reading.encodings import decode
from indexer.reading.pages import find_pages
from indexer.records import Format


class MarkdownReader:
    """Reads Markdown without changing a character.

    Form feeds start pages; the indents that do so in flattened text are lists here.
    """

    format: Format = "markdown"

    def read(self, data: bytes, name: str) -> Reading:
        """The text of a file, as :class:`~indexer.reading.base.Reader` says."""
        text = decode(data, name)
        return Reading(text, find_pages(text) if "\f" in text else ())
