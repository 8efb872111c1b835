"""What a reader looks at, and its address: a document, marked lines, a stretch, a search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

LONGEST_QUERY = 200
"""Characters of a search that are looked at."""

_LINES = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class View:
    """A place of the documents page; the list of the documents where no document is named.

    Attributes:
        document: the id of the document.
        lines: first and last number of the lines to mark.
        start: the number of the line that the stretch shown begins at.
        query: what is searched for in the document.
        hit: which place found is looked at, from 1.
        page: the page of a PDF that is looked at as a picture.
    """

    document: str = ""
    lines: tuple[int, int] | None = None
    start: int | None = None
    query: str = ""
    hit: int | None = None
    page: int | None = None

    @classmethod
    def of_query(cls, items: Iterable[tuple[str, str]]) -> Self:
        """Reads an address; what makes no sense in it is left out, as links are typed and cut off by people."""
        given = dict(items)
        lines = _LINES.fullmatch(given.get("l", "").strip())
        marked = None
        if lines:
            first, last = int(lines[1]), int(lines[2] or lines[1])
            marked = (min(first, last), max(first, last))
        return cls(
            document=given.get("d", ""),
            lines=marked,
            start=_number(given.get("s", "")),
            query=" ".join(given.get("q", "")[:LONGEST_QUERY].split()),
            hit=_number(given.get("h", "")),
            page=_number(given.get("p", "")),
        )

    def address(self, page: str) -> str:
        """The address of the view on the page at the path ``page``."""
        given = {
            "d": self.document,
            "l": "-".join(map(str, self.lines)) if self.lines else "",
            "s": "" if self.start is None else str(self.start),
            "q": self.query,
            "h": "" if self.hit is None else str(self.hit),
            "p": "" if self.page is None else str(self.page),
        }
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{page}?{query}" if query else page


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text.strip()) else None
