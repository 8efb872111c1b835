"""Makes PDFs for tests: tables with and without borders, prose in one and two columns, turned and cropped pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from indexer.records import Table

_VALUE = re.compile(r"[%₺]? ?-?\d[\d.,]*[%*]?|-")  # set to the right of its cell
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"


@cache
def _fonts() -> None:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))


@dataclass(frozen=True)
class Merged:
    """A cell over several columns or rows."""

    text: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Drawn:
    """Where a line of text was drawn: points from the upper left corner, the baseline at ``bottom``."""

    page: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass
class Sheet:
    """A PDF as it is drawn from top to bottom, with where everything was put."""

    size: tuple[float, float] = A4
    letters: float = 8
    head: str = ""
    numbered: bool = False
    turned: bool = False  # drawn up the page, which is shown turned by 90 degrees
    rotation: int = 0
    crop: tuple[float, float, float, float] | None = None
    encrypt: str | None = None
    margin: float = 40
    drawn: list[Drawn] = field(default_factory=list)

    def __post_init__(self) -> None:
        _fonts()
        self._file = BytesIO()
        options = {} if self.encrypt is None else {"encrypt": _encryption(self.encrypt)}
        size = self.size[::-1] if self.turned else self.size
        self.canvas = Canvas(self._file, pagesize=size, invariant=1, **options)
        self.page = 0
        self._begin()

    @property
    def width(self) -> float:
        return self.size[0] - 2 * self.margin

    def _begin(self) -> None:
        self.page += 1
        if self.turned:
            self.canvas.translate(self.size[1], 0)
            self.canvas.rotate(90)
        self.y = self.margin
        if self.head:
            self._put(self.head, self.margin, 24, 7)
        if self.numbered:
            self._put(str(self.page), self.size[0] / 2, self.size[1] - 20, 7)

    def new_page(self) -> None:
        self.canvas.showPage()
        self._begin()

    def bytes(self) -> bytes:
        self.canvas.save()
        data = self._file.getvalue()
        rotation = 90 if self.turned else self.rotation
        if not rotation and self.crop is None:
            return data
        file = pdfium.PdfDocument(data)
        for page in file:
            page.set_rotation(rotation)
            if self.crop is not None:
                page.set_cropbox(*self.crop)
        saved = BytesIO()
        file.save(saved)
        return saved.getvalue()

    def _put(self, text: str, x: float, base: float, size: float, font: str = PLAIN) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.size[1] - base, text)
        width = pdfmetrics.stringWidth(text, font, size)
        self.drawn.append(Drawn(self.page, text, x, base - size, x + width, base))

    def line(self, text: str, size: float | None = None, bold: bool = False, space: float = 6) -> None:
        """A paragraph over the whole width, with ``space`` below it."""
        size = size or self.letters
        for part in wrap(text, self.width, size, BOLD if bold else PLAIN):
            self._room(size * 1.25)
            self.y += size * 1.25
            self._put(part, self.margin, self.y, size, BOLD if bold else PLAIN)
        self.y += space

    def picture(self, share: float = 0.9) -> None:
        """A grey picture over most of the page, as a scanner makes it."""
        from PIL import Image

        image = ImageReader(Image.new("L", (20, 30), 200))
        self.canvas.drawImage(image, 0, 0, self.size[0] * share, self.size[1] * share)

    def columns(self, left: Sequence[str], right: Sequence[str], gap: float = 24) -> None:
        """Paragraphs in two columns."""
        width = (self.width - gap) / 2
        start, lowest = self.y, self.y
        for place, texts in enumerate((left, right)):
            self.y = start + place * 3  # the columns' lines do not stand beside each other
            for text in texts:
                for part in wrap(text, width, self.letters, PLAIN):
                    self.y += self.letters * 1.25
                    self._put(part, self.margin + place * (width + gap), self.y, self.letters)
                self.y += 6
            lowest = max(lowest, self.y)
        self.y = lowest

    def table(
        self,
        rows: Sequence[Sequence[str | Merged | None]],
        widths: Sequence[float],
        borders: str = "all",
        head: int = 1,
        repeat: bool = True,
        pad: float = 3,
        middle: bool = False,
        centred: bool = False,
        fill: str = "",
        space: float = 10,
    ) -> None:
        """A table.

        Args:
            rows: texts; None stands where a merged cell goes on.
            widths: shares of the columns in the width of the page.
            borders: ``all``, ``inner`` (open at the sides), ``across`` or none.
            head: how many rows are repeated on the next page.
            middle: whether short cells stand in the middle of their row's height.
            centred: whether merged cells of the header stand in the middle of their columns.
            fill: what is coloured: ``head``, each of its cells by itself, ``zebra``, every other row, or both.
        """
        total = sum(widths)
        head = min(head, len(rows))
        edges = [self.margin]
        for width in widths:
            edges.append(edges[-1] + self.width * width / total)
        heights = [self._height(row, edges, pad) for row in rows]
        row = 0
        while row < len(rows):
            if self.y + heights[row] > self.size[1] - self.margin - 15:
                self.new_page()
                self.y += 12
                if repeat and row >= head:
                    for place in range(head):
                        self._row(rows, place, edges, heights, pad, borders, middle, head, centred, fill)
            self._row(rows, row, edges, heights, pad, borders, middle, head, centred, fill)
            row += 1
        self.y += space

    def _coloured(self, x0: float, x1: float, height: float) -> None:
        self.canvas.setFillGray(0.9)
        self.canvas.rect(x0, self.size[1] - self.y - height, x1 - x0, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def _room(self, height: float) -> None:
        if self.y + height > self.size[1] - self.margin - 15:
            self.new_page()

    def _height(self, row: Sequence[str | Merged | None], edges: Sequence[float], pad: float) -> float:
        most = 1
        for place, cell in enumerate(row):
            merged = cell if isinstance(cell, Merged) else Merged(cell or "")
            if merged.down == 1:
                width = edges[place + merged.across] - edges[place] - 2 * pad
                most = max(most, len(wrap(merged.text, width, self.letters, PLAIN)))
        return most * self.letters * 1.2 + 2 * pad

    def _row(
        self,
        rows: Sequence[Sequence[str | Merged | None]],
        number: int,
        edges: Sequence[float],
        heights: Sequence[float],
        pad: float,
        borders: str,
        middle: bool,
        head: int,
        centred: bool,
        fill: str,
    ) -> None:
        if "zebra" in fill and number >= head and number % 2:
            self._coloured(edges[0], edges[-1], heights[number])
        for place, cell in enumerate(rows[number]):
            if cell is None:
                continue
            merged = cell if isinstance(cell, Merged) else Merged(cell)
            x0, x1 = edges[place], edges[place + merged.across]
            height = sum(heights[number : number + merged.down])
            if "head" in fill and number < head:
                self._coloured(x0, x1, height)
            if borders == "all":
                self.canvas.rect(x0, self.size[1] - self.y - height, x1 - x0, height)
            elif borders in ("inner", "across"):
                for y in (self.y, self.y + height):
                    self.canvas.line(x0, self.size[1] - y, x1, self.size[1] - y)
                if borders == "inner" and place:
                    self.canvas.line(x0, self.size[1] - self.y, x0, self.size[1] - self.y - height)
            parts = wrap(merged.text, x1 - x0 - 2 * pad, self.letters, PLAIN)
            base = self.y + pad
            if middle:
                base = self.y + (height - len(parts) * self.letters * 1.2) / 2
            for part in parts:
                base += self.letters * 1.2
                width = pdfmetrics.stringWidth(part, PLAIN, self.letters)
                right = place > 0 and _VALUE.fullmatch(part) is not None
                below = any(isinstance(row[place], str) and _VALUE.fullmatch(row[place] or "") for row in rows[head:])
                right = right or (number < head and below and merged.across == 1)
                left = x1 - pad - width if right else x0 + pad
                if centred and number < head and merged.across > 1:
                    left = (x0 + x1 - width) / 2
                self._put(part, left, base - 2, self.letters)
        self.y += heights[number]


def wrap(text: str, width: float, size: float, font: str) -> list[str]:
    """``text`` in lines of at most ``width`` points."""
    lines: list[str] = []
    for word in text.split():
        if lines and pdfmetrics.stringWidth(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _encryption(password: str) -> object:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return StandardEncryption(password, ownerPassword="owner", strength=128)


def draw_table(sheet: Sheet, table: Table, borders: str = "all", **options: Any) -> None:
    """A table that a reader found in the corpus, drawn as its document's makers drew it."""
    coded = any(row.code for row in table.rows)
    measured = table.kind == "indicator" and any(row.unit for row in table.rows)
    label = {"indicator": "Performans Göstergeleri", "budget": "Faaliyetler"}.get(table.kind, "Adı")
    names = ["Kodu", label] if coded else [label]
    if table.family == "costs":
        names = ["Ekonomik Kod", ""] if coded else ["Ekonomik Kod"]
    rows = [[*names, *(["Ölçü Birimi"] if measured else []), *(column.name for column in table.columns)]]
    for row in table.rows:
        unit = [row.unit or ""] if measured else []
        cells = [cell.text if cell else "" for cell in row.cells]
        label = row.label.removeprefix(row.code or "").lstrip(". ")
        rows.append([*([row.code or ""] if coded else []), label, *unit, *cells])
    words = [max(len(word) for row in rows for word in row[place].split() or [""]) for place in range(len(rows[0]))]
    widths = [1.25 * longest + 2 for longest in words]
    place = len(names) - 1
    widths[place] = max(widths[place], min(45, max(len(row[place]) for row in rows)))
    sheet.table(rows, widths, borders, **options)
