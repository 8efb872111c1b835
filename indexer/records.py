"""The nouns of the house: what one room hands to the next. Plain immutable records without behaviour of their own.

Offsets are positions of characters in ``Document.text``: a text file decoded without newline translation, or what the
reader of another format made of it. Lines count from 1 and are split on ``\\n`` only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal

Kind = Literal["faaliyet", "performans", "stratejik", "other"]
Level = Literal["metropolitan", "provincial centre", "district", "other"]
Measure = Literal["target", "actual", "estimate", "budget", "spending", "rate", "count", "other"]
TableKind = Literal["indicator", "budget", "other"]
PassageKind = Literal["prose", "table", "row"]
Format = Literal["text", "markdown", "html", "docx", "xlsx", "pdf"]

MASK: Final = "•"
"""Stands in a document's text for each letter and digit of personal data that was masked at indexing."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """What the catalogue says of a document; the fields named in ``inferred`` were read off the text instead."""

    id: str
    municipality: str
    title: str
    file: str
    sha256: str
    province: str | None = None
    level: Level | None = None
    kind: Kind = "other"
    year: int | None = None  # the year that the report or programme is about
    period: tuple[int, int] | None = None  # first and last year of the plan
    provenance: str = ""  # where the text is from, in Turkish
    provenance_en: str = ""
    inferred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page starts.

    ``number`` is the printed one in flattened text, and None where that does not tell; in a PDF it is the place of the
    page in the file, from 1, which every viewer goes to.
    """

    start: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page of a PDF, in points (1/72 inch) from the upper left corner of the page as it is shown."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of a PDF: where it stands in ``Document.text`` and where on its page."""

    span: Span
    box: Box


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page of a PDF: its number from 1, its width and height in points, and its words in the order of the text."""

    number: int
    width: float
    height: float
    words: tuple[PlacedWord, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its ``\\n``; ``number`` counts from 1."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the line ends: the offset of its ``\\n``."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Document:
    """A document as read: its catalogue entry, its text, and the page starts that are known.

    ``layouts`` are the pages of a PDF as its reader found them; a document from an index comes without, as the index
    gives them page by page. ``masked`` says that personal data was looked for at indexing and stands as :data:`MASK`.
    """

    source: Source
    text: str
    pages: tuple[Page, ...] = ()
    format: Format = "text"
    layouts: tuple[PageLayout, ...] = ()
    masked: bool = False

    @property
    def id(self) -> str:
        """The catalogue's id."""
        return self.source.id

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order; ``lines[n - 1]`` is line n."""
        return tuple(_split_lines(self.text))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> int:
        """The number of the line that holds the character at ``offset``."""
        return bisect_right(self._line_starts, offset)

    def line_range(self, span: Span) -> tuple[int, int]:
        """First and last line number of ``span``."""
        return self.line_at(span.start), self.line_at(max(span.start, span.end - 1))

    def page_at(self, offset: int) -> int | None:
        """The printed number of the page that holds ``offset``; None where it is not known, never a guess."""
        index = bisect_right([page.start for page in self.pages], offset) - 1
        return self.pages[index].number if index >= 0 else None


def _split_lines(text: str) -> Iterator[Line]:
    start = 0
    for number, content in enumerate(text.split("\n"), 1):
        yield Line(number, start, content)
        start += len(content) + 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline. ``level`` 1 is the outermost; a heading ends where one of its level or above begins."""

    level: int
    title: str
    span: Span
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number read in a text: the exact value, the unit and where it stands.

    ``unit`` is canonical (``indexer/data/units.toml``) and ``unit_text`` as written; both are None where no unit
    stands beside the number. ``text`` is ``text[span.start:span.end]`` and covers the number alone, with a % sign
    where there is one.
    """

    value: Decimal
    text: str
    span: Span
    unit: str | None = None
    unit_text: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. ``text`` has wrapped lines joined and hyphens healed; ``span`` is where it stands verbatim."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values: its name as printed, and what the name says of period, measure and unit."""

    name: str
    year: int | None = None
    measure: Measure = "other"
    unit: str | None = None  # canonical


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``cells[i]`` stands under ``columns[i]`` of its table and is None where the source has nothing.

    ``ambiguous`` says that the source does not tell which column a value belongs to; such a row answers no figure
    question. ``section`` holds the section rows above it within the table, outermost first.
    """

    label: str
    cells: tuple[Cell | None, ...]
    span: Span
    unit: str | None = None  # as written
    ambiguous: bool = False
    code: str | None = None  # PG code, economic code, project number
    section: tuple[str, ...] = ()
    units_responsible: tuple[str, ...] = ()
    note: str | None = None  # a footnote or an explanation line
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table read from flattened text. ``family`` names the layout family that read it."""

    kind: TableKind
    family: str
    title: str  # heading path
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    span: Span
    context: tuple[str, ...] = ()  # the heading path, outermost first


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that retrieval can find: at most 1,500 characters of ``Document.text``.

    ``text`` is verbatim (``document.text[span.start:span.end]``); ``search_text`` is what is embedded and indexed:
    the repaired reading, led by what gives it meaning (municipality, document, heading path).
    """

    document: str
    kind: PassageKind
    span: Span
    text: str
    search_text: str
    line_start: int
    line_end: int
    page: int | None = None
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands: the row and the cell within a document."""

    document: str
    row: Span
    cell: Span


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell made meaningful: whose value it is, of what, in which unit, for which period, and where it stands."""

    municipality: str
    document: str
    label: str
    measure: Measure
    year: int | None
    figure: Figure
    column: str
    unit: str | None  # canonical
    unit_text: str | None  # as written
    context: tuple[str, ...]
    places: tuple[Place, ...]
    table_kind: TableKind
    units_responsible: tuple[str, ...] = ()
    status: str | None = None
    reason: str | None = None
    note: str | None = None
    cumulative: bool = False
    ambiguous: bool = False
    code: str | None = field(default=None)
