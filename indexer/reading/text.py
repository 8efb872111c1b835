"""Plain text files, decoded without changing a character."""

from __future__ import annotations

from indexer.reading.base import Reading
from indexer.reading.encodings import decode
from indexer.reading.pages import find_pages
from indexer.records import Format


class TextReader:
    """Reads plain text: no newline translation, and a byte order mark of UTF-8 stays as U+FEFF.

    So offsets in UTF-8 hold against ``open(path, encoding="utf-8", newline="").read()``.
    """

    format: Format = "text"

    def read(self, data: bytes, name: str) -> Reading:
        """The text of a file and the page starts that it shows, as :class:`~indexer.reading.base.Reader` says."""
        text = decode(data, name)
        return Reading(text, find_pages(text))
