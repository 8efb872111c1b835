"""Builds the text form of :class:`~indexer.reading.base.Reading` from headings, paragraphs, list items and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from indexer.errors import DocumentError
from indexer.reading.limits import MAX_CELLS, MAX_SPAN, MAX_TEXT, MAX_WIDTH

_INVISIBLE = dict.fromkeys(
    [*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF]
)
"""Characters that show nothing; within a figure they would break it."""

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as the format has it: its text, and over how many columns and rows it reaches."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass
class Flow:
    """The blocks of a document in reading order.

    Args:
        name: how the file is called in messages.
    """

    name: str
    _parts: list[str] = field(default_factory=list)
    _kind: str = ""
    _length: int = 0
    _cells: int = 0

    def heading(self, level: int, text: str) -> None:
        """A heading that the format marks as one; ``level`` 1 is the outermost."""
        title = one_line(text)
        if title:
            self._add("heading", f"{'#' * min(max(level, 1), _DEEPEST_HEADING)} {title}")

    def paragraph(self, text: str) -> None:
        """A paragraph; its own line breaks stay, and one with tabs belongs to such a one right above it."""
        lines = [line.strip() for line in text.translate(_INVISIBLE).splitlines()]
        body = "\n".join(line for line in lines if line)
        if body:
            self._add("tabbed" if "\t" in body else "paragraph", body)

    def item(self, text: str, marker: str = "•") -> None:
        """An item of a list; items stand on lines right below each other."""
        body = one_line(text)
        if body:
            self._add("item", f"{marker} {body}" if marker else body)

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """A table with a line for each row; rows and columns that are empty throughout are left out."""
        grid: list[dict[int, str]] = []
        for row in rows:
            fields = {index: text for index, raw in enumerate(row) if (text := one_line(raw))}
            if fields:
                grid.append(fields)
        self.grid(grid)

    def grid(self, rows: Sequence[Mapping[int, str]]) -> None:
        """A table by the fields of its rows that hold text; a row without any parts it, its columns stay the same."""
        used = sorted({index for fields in rows for index in fields})
        self._cells += len(rows) * len(used)
        if self._cells > MAX_CELLS:
            raise DocumentError(f"{self.name}: tabloları çok büyük (sınır {MAX_CELLS} hücre); bölerek verin.")
        for filled, part in groupby(rows, key=bool):
            run = list(part) if filled else []
            frame = max(map(len, run), default=0) == 1  # around text
            self.gap()
            for fields in run:
                if frame:
                    self.paragraph(next(iter(fields.values())))
                else:
                    self._add("row", "\t".join(fields.get(index, "") for index in used))
        self.gap()

    def gap(self) -> None:
        """What comes next does not go on with what stands above."""
        self._kind = ""

    def text(self) -> str:
        """The text of all blocks.

        Raises:
            DocumentError: there is none.
        """
        text = "".join(self._parts)
        if not text.strip():
            raise DocumentError(
                f"{self.name}: içinde metin yok (boş ya da yalnız resim); metin içeren bir belge verin."
            )
        return text + "\n"

    def _add(self, kind: str, text: str) -> None:
        if self._parts:
            text = ("\n" if kind == self._kind and kind in ("tabbed", "item", "row") else "\n\n") + text
        self._kind = kind
        self._length += len(text)
        if self._length > MAX_TEXT:
            raise DocumentError(f"{self.name}: metni çok uzun (sınır {MAX_TEXT} karakter); bölerek verin.")
        self._parts.append(text)


def one_line(text: str) -> str:
    """``text`` with single spaces for all its white space, and without the characters that show nothing."""
    return " ".join(text.translate(_INVISIBLE).split())


def superscript(text: str) -> str:
    """``text`` raised: digits become raised ones, so that m² stays a unit and a note's mark no part of a figure."""
    return text.translate(_SUPERSCRIPT)


def lay_out(rows: Iterable[Sequence[GridCell]]) -> Iterator[list[str]]:
    """The fields of a table's rows: a cell that spans several stands in its first place, the others are empty."""
    below: dict[int, int] = {}  # column to the rows that a cell from above still covers
    for row in rows:
        fields: list[str] = []
        spans = dict(below)
        for cell in row:
            while len(fields) in below:
                fields.append("")
            columns = min(max(cell.columns, 1), MAX_SPAN) if len(fields) < MAX_WIDTH else 1
            reach = range(len(fields), len(fields) + columns)
            if cell.rows > 1:
                spans.update(dict.fromkeys(reach, cell.rows))
            elif spans:
                for column in reach:
                    spans.pop(column, None)
            fields.extend([cell.text, *[""] * (columns - 1)])
        below = {index: left - 1 for index, left in spans.items() if left > 1}
        yield fields
