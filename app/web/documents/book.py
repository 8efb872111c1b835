"""A document made ready for reading: its lines with text, its contents, its tables; and stretches of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakMethod

from indexer.index import Index
from indexer.records import Document, Line, Passage, Row, Table
from indexer.storing.store import Store
from indexer.turkish import letters
from qa.remembering import once_a_document

STRETCH = 120
"""Lines with text that are shown at a time."""

BEFORE = 20
"""Lines with text that are shown before a place that was asked for."""

LONGEST = 400
"""Lines with text that are shown where more than a stretch is marked."""


TablesOf = Callable[[str, tuple[int, int]], Sequence[Table]]
"""The tables of a document that reach into the lines between two."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading of the contents: how deep it stands, its title, and the line that its text begins at."""

    depth: int
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that are shown together.

    Attributes:
        lines: the lines with text, in order.
        previous: the number of the line that the stretch before begins at; None at the document's beginning.
        following: the same of the stretch after it; None at the document's end.
    """

    lines: Sequence[Line]
    previous: int | None
    following: int | None

    @property
    def first(self) -> int:
        """The number of the first line."""
        return self.lines[0].number if self.lines else 1

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.lines[-1].number if self.lines else 1


class Book:
    """A document of an index with what a reader needs of it.

    Args:
        document: the document.
        passages: its passages; they carry the heading paths, so that the outline need not be read again.
        tables: gives its tables.

    Attributes:
        document: the document.
        contents: its headings in reading order; one that goes on over several pages stands once.
    """

    def __init__(self, document: Document, passages: Iterable[Passage], tables: TablesOf) -> None:
        self.document = document
        self._starts, self._paths = _paths(passages)
        self.contents = tuple({id(entry): entry for path in self._paths for entry in path}.values())
        self._tables = tables

    @cached_property
    def _numbers(self) -> list[int]:
        return [line.number for line in self.document.lines if line.text.split()]

    def stretch(self, start: int) -> Stretch:
        """The stretch from a line on; at the document's end, its last line."""
        return self._cut(bisect_left(self._numbers, start), STRETCH)

    def stretch_around(self, first: int, last: int) -> Stretch:
        """The stretch with these lines and some before them."""
        begin = max(0, bisect_left(self._numbers, first) - BEFORE)
        length = bisect_right(self._numbers, last) - begin + BEFORE // 2
        return self._cut(begin, min(LONGEST, max(STRETCH, length)))

    def stretch_of(self, first: int, last: int) -> Stretch:
        """The stretch from one line to another."""
        begin = bisect_left(self._numbers, first)
        return self._cut(begin, max(1, bisect_right(self._numbers, last) - begin))

    def nearest(self, line: int) -> int:
        """The number of the first line with text from a line on; of the last one where none follows."""
        numbers = self._numbers or [1]
        return numbers[min(bisect_left(numbers, line), len(numbers) - 1)]

    def tables_within(self, first: int, last: int) -> list[tuple[Table, list[Row]]]:
        """The tables with rows between two lines, and these rows."""
        lines = self.document.lines
        if not lines or first > len(lines):
            return []
        start, end = lines[first - 1].start, lines[min(last, len(lines)) - 1].end
        found = []
        for table in self._tables(self.document.id, (first, last)):
            rows = [row for row in table.rows if row.span.start < end and row.span.end > start]
            if rows:
                found.append((table, rows))
        return found

    def path_at(self, line: int) -> tuple[Entry, ...]:
        """The headings that hold at a line, from the outermost."""
        position = bisect_right(self._starts, line) - 1
        return self._paths[position] if position >= 0 else ()

    def _cut(self, begin: int, length: int) -> Stretch:
        numbers = self._numbers
        begin = max(0, min(begin, len(numbers) - 1))
        end = min(len(numbers), begin + length)
        return Stretch(
            lines=[self.document.lines[number - 1] for number in numbers[begin:end]],
            previous=numbers[max(0, begin - STRETCH)] if begin else None,
            following=numbers[end] if end < len(numbers) else None,
        )


@once_a_document
def book_of(index: Index, document: str) -> Book:
    """A document of the index; made once and kept as long as the index is open.

    Raises:
        KeyError: the index holds no document of that id.
    """
    passages = (passage for passage in index.passages if passage.document == document)
    return Book(index.documents[document], passages, _tables_of(index.store))


def _tables_of(store: Store) -> TablesOf:
    """Gives the tables of a store without holding it: a book is remembered for as long as its index is open."""
    known = WeakMethod(store.tables)

    def tables(document: str, lines: tuple[int, int]) -> Sequence[Table]:
        read = known()
        return read(document, lines) if read is not None else ()

    return tables


def _paths(passages: Iterable[Passage]) -> tuple[list[int], list[tuple[Entry, ...]]]:
    """The lines at which another heading path begins to hold, and these paths; what goes on is the same entry."""
    starts: list[int] = []
    paths: list[tuple[Entry, ...]] = []
    path: tuple[Entry, ...] = ()
    context: tuple[str, ...] = ()
    above: list[str] = []  # prints of one title differ by breaks and spaces
    for passage in sorted(passages, key=lambda passage: passage.span):
        if passage.context == context:
            continue
        context, before = passage.context, above
        above = [letters(title) for title in context]
        same = 0
        while same < min(len(above), len(before)) and above[same] == before[same]:
            same += 1
        new = (Entry(depth, context[depth], passage.line_start) for depth in range(same, len(context)))
        path = (*path[:same], *new)
        starts.append(passage.line_start)
        paths.append(path)
    return starts, paths
