"""Puts the blocks of pages together: the text, where its pages begin, and where each of its words is printed."""

from __future__ import annotations

from dataclasses import replace

from indexer.reading.base import Reading
from indexer.reading.pdf.ink import BlockOfPage, Grid, Ink, Line, Lines, text_of
from indexer.reading.pdf.order import is_continued, with_edges
from indexer.reading.pdf.turning import turned, turned_size
from indexer.records import Box, Page, PageLayout, PlacedWord, Span

_ENDS = ".:;!?…"


class Assembly:
    """Takes the pages of a PDF in order and makes the reading of it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._pages: list[Page] = []
        self._layouts: list[PageLayout] = []
        self._words: list[PlacedWord] = []
        self._last: BlockOfPage | None = None
        self._head: tuple[tuple[Line, ...], ...] = ()  # the first rows of the table that may go on

    @property
    def open_grid(self) -> Grid | None:
        """The table that stands last so far, by its first rows."""
        return replace(self._last, rows=self._head) if isinstance(self._last, Grid) else None

    def add(self, ink: Ink, blocks: list[BlockOfPage]) -> None:
        """The next page with its blocks in reading order."""
        self._words = []
        start: int | None = None
        for place, block in enumerate(blocks):
            if place == 0:
                block = self._joined(block)
            elif self._pieces:
                self._write("\n\n")
            if start is None:
                start = self._length
            if isinstance(block, Grid):
                self._table(block)
            else:
                self._lines(block)
            self._last = block
        self._pages.append(Page(self._length if start is None else start, ink.number))
        back = -ink.turn % 360
        words = (replace(word, box=_turned(word.box, back, ink)) for word in self._words) if back else self._words
        self._layouts.append(PageLayout(ink.number, *turned_size(back, ink.width, ink.height), tuple(words)))

    def reading(self) -> Reading:
        """The whole text."""
        self._write("\n")
        return Reading("".join(self._pieces), tuple(self._pages), tuple(self._layouts))

    def _joined(self, block: BlockOfPage) -> BlockOfPage:
        """The first block of a page, after what parts it from the page before."""
        if not self._pieces:
            return block
        last = self._last
        if isinstance(last, Grid) and isinstance(block, Grid) and is_continued(last, block):
            edges = max(last.edges, block.edges, key=len)
            if len(last.edges) == len(edges):
                self._write("\n")
                return self._without_head(with_edges(block, last.edges))
        if isinstance(last, Lines) and isinstance(block, Lines) and _goes_on(last.lines[-1], block.lines[0]):
            self._write("\n")
        else:
            self._write("\n\n")
        return block

    def _without_head(self, grid: Grid) -> Grid:
        """The table without the header that it repeats."""
        count = 0
        for row, head in zip(grid.rows, self._head, strict=False):
            if _texts(row) != _texts(head):
                break
            count += 1
        return replace(grid, rows=grid.rows[count:]) if count < len(grid.rows) else grid

    def _table(self, grid: Grid) -> None:
        if grid is not self._last and not (isinstance(self._last, Grid) and self._last.edges == grid.edges):
            self._head = grid.rows[:4]
        for number, row in enumerate(grid.rows):
            if number:
                self._write("\n")
            for place, cell in enumerate(row):
                if place:
                    self._write("\t")
                self._line(cell)

    def _lines(self, block: Lines) -> None:
        for number, line in enumerate(block.lines):
            if number:
                self._write("\n")
            self._line(line)

    def _line(self, line: Line) -> None:
        for number, word in enumerate(line):
            if number:
                self._write(" ")
            start = self._length
            self._write(word.text)
            box = Box(word.x0, word.top, word.x1, word.bottom)
            self._words.append(PlacedWord(Span(start, self._length), box))

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def _turned(box: Box, turn: int, ink: Ink) -> Box:
    edges = turned((box.x0, box.top, box.x1, box.bottom), turn, ink.width, ink.height)
    return Box(*(round(edge, 2) for edge in edges))


def _texts(row: tuple[Line, ...]) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in row)


def _goes_on(above: Line, below: Line) -> bool:
    """Whether a sentence goes on from one page to the next."""
    return above[-1].text[-1] not in _ENDS and below[0].text[0].islower()
