"""What a reader of one file format is, and what it hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from indexer.records import Format, Page, PageLayout


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file.

    ``text`` is what everything else works on. A table whose cell boundaries the file tells stands in it as lines whose
    cells are divided by tabs, one line a row: line breaks and tabs within a cell become a space, an empty cell stays
    empty between its tabs, and a merged cell stands in its first place. A heading that the format marks as one stands
    as ``# Title`` with as many ``#`` as its level. Paragraphs and tables are parted by an empty line. ``notes`` are
    lines in Turkish for who indexes the file: what of it could not be read, and the like.
    """

    text: str
    pages: tuple[Page, ...] = ()
    layouts: tuple[PageLayout, ...] = ()
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads one file format."""

    format: Format

    def read(self, data: bytes, name: str) -> Reading:
        """The text of a file.

        Args:
            data: the content of the file.
            name: how the file is called in messages.

        Raises:
            DocumentError: the content cannot be read, with what is wrong and what to do.
        """
        ...
