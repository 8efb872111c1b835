"""Cells of tables that can be set against each other: of one row, or of one column over all tables of a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import permutations

from indexer.index import Index
from indexer.records import Fact
from indexer.turkish import keys
from indexer.units import find_unit
from qa.answering.ranking import measure_fit
from qa.features import FeatureReader
from qa.finding.agreement import asks_a_count
from qa.finding.lines import Line, lines_of
from qa.finding.row_question import scope_of, with_same
from qa.finding.row_words import means, word_pattern
from qa.records import Question

LEAST_COVERED = 0.65
"""Share of the question's words that two cells and their title must have."""

LEAST_EXACT = 0.5
"""Share of the words of a row's name that the question must have."""

_TITLE = 0.8  # what a word counts that only the title has
_TOTAL = 0.9  # how exactly the row or column of totals is the one meant where the question names none
_DONE = 0.1  # what a value that was reached gains over a planned one, where the question names no measure
_COUNTING = ("adet", "kişi")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the words of its row and its column, those that mean the same among them."""

    line: Line
    fact: Fact
    row: frozenset[str]  # keys of the row's label
    column: frozenset[str]
    total_row: bool
    total_column: bool

    @property
    def words(self) -> frozenset[str]:
        """The words of row and column."""
        return self.row | self.column


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cells: part and whole, or the first and the second of two things that a question names.

    ``coverage`` is the share of the question's words that they have.
    """

    part: Cell
    whole: Cell
    score: float
    coverage: float


def topical(question: Question, text: str) -> tuple[str, ...]:
    """The keys of the words of ``text`` that name things, words of computing left out."""
    frame = word_pattern("parts", "frame")
    own = (word for word in keys(text) if word in question.content and not word.isdigit())
    return tuple(word for word in dict.fromkeys(own) if not frame.fullmatch(word))


def named_pair(question: Question, index: Index, reader: FeatureReader) -> Pair | None:
    """The two things that a question sets against each other ("A, B'nin kaç katı", "A ile B arasındaki fark").

    Both stand in one column under names of their own, or in one row under columns of their own.
    """
    content = topical(question, question.query_text or question.text)
    pairs: list[Pair] = []
    for document in scope_of(question, index) if len(content) > 1 else ():
        for cells in columns(question, document, index):
            pairs += _named(cells, content, reader)
        for cells in grids(question, document, index):
            rows: dict[int, list[Cell]] = {}
            for cell in cells:
                rows.setdefault(id(cell.line.row), []).append(cell)
            for row in rows.values():
                pairs += _named(row, content, reader, across=True)
    return max(pairs, key=lambda pair: pair.score, default=None)


def columns(question: Question, document: str, index: Index) -> Iterator[list[Cell]]:
    """The cells of rows of one form under one column, over all tables of the form."""
    groups: dict[tuple[object, ...], list[Cell]] = {}
    for line in lines_of(index, document):
        for fact in line.facts if not line.attribute else ():
            if _is_meant(fact, question):
                key = (line.form, fact.column, fact.year, fact.measure, fact.unit)
                groups.setdefault(key, []).append(cell_of(line, fact))
    yield from groups.values()


def _is_meant(fact: Fact, question: Question) -> bool:
    year = not question.years or fact.year is None or fact.year in question.years
    if fact.unit == "%" or ("TL" in question.units and fact.unit != "TL"):
        return False
    if fact.unit == "TL" and ("kişi" in question.units or asks_a_count(question)):
        return False
    return year and (not question.measures or measure_fit(fact, question) > 0)


@lru_cache(maxsize=50_000)
def _same(text: str) -> frozenset[str]:
    return with_same(keys(text))


def cell_of(line: Line, fact: Fact, totals: Set[str] = frozenset()) -> Cell:
    """A value of a row as a cell; ``totals`` are the columns that add up the others."""
    column = means("sums", "whole", fact.column) or fact.column in totals
    return Cell(line, fact, _same(line.name), _same(fact.column), line.total, column)


def grids(question: Question, document: str, index: Index) -> Iterator[list[Cell]]:
    """The cells of each table with two values or more, those of other years or measures left out."""
    tables: dict[int, list[Line]] = {}
    for line in lines_of(index, document):
        if not line.attribute:
            tables.setdefault(id(line.table), []).append(line)
    for lines in tables.values():
        single = {fact.column for line in lines for fact in line.facts}
        totals = _total_columns(lines) | (single if len(single) == 1 else set())
        cells = [cell_of(line, fact, totals) for line in lines for fact in line.facts if _is_meant(fact, question)]
        if len(cells) > 1:
            yield cells


def _total_columns(lines: Iterable[Line]) -> set[str]:
    """The columns that add up the others of their row, by name or in fact (in two rows or more)."""
    adds: dict[str, list[bool]] = {}
    for line in lines:
        if len(line.facts) < 3:
            continue
        total = sum((fact.figure.value for fact in line.facts), Decimal(0))
        for fact in line.facts:
            adds.setdefault(fact.column, []).append(fact.figure.value * 2 == total and total > 0)
    return {column for column, sums in adds.items() if len(sums) > 1 and all(sums)}


def named_words(cell: Cell, across: bool) -> tuple[str, ...]:
    """The words of the name of a cell's column (``across``) or row, each once."""
    return tuple(dict.fromkeys(keys(cell.fact.column if across else cell.line.name)))


def exactness(cell: Cell, across: bool, content: Sequence[str], reader: FeatureReader) -> float:
    """How exactly the row or the column that two cells share is the one meant; that of totals is, unless named."""
    if cell.total_column if across else cell.total_row:
        return _TOTAL
    return reader.coverage(named_words(cell, across), with_same(content))


def covered(one: Cell, other: Cell, content: Sequence[str], reader: FeatureReader) -> float:
    """The share of the question's words that two cells have, those that only their title has counting less."""
    held = one.words | other.words
    title = _same(" ".join((one.line.table.title, *one.line.table.context)))
    inside = reader.coverage(content, held)
    return inside + _TITLE * (reader.coverage(content, held | title) - inside)


def done(cell: Cell) -> float:
    """What speaks for a value that was reached or spent before one that was planned."""
    return _DONE * (cell.fact.measure in ("actual", "spending"))


def _named(
    cells: Sequence[Cell], content: Sequence[str], reader: FeatureReader, across: bool = False
) -> Iterator[Pair]:
    """Two cells of a column (``across``: of a row) of which the first is named before the second."""
    asked, same = set(content), with_same(content)
    exact = {
        id(cell): share
        for cell in cells
        if _own(cell, across) & asked and (share := reader.coverage(named_words(cell, across), same)) >= LEAST_EXACT
    }
    for first, second in permutations([cell for cell in cells if id(cell) in exact], 2):
        one, other = _own(first, across), _own(second, across)
        firsts = [place for place, word in enumerate(content) if word in one - other]
        seconds = [place for place, word in enumerate(content) if word in other - one]
        if not firsts or not seconds or max(firsts) > min(seconds) or not of_one_unit(first, second):
            continue
        coverage = covered(first, second, content, reader)
        if coverage >= LEAST_COVERED:
            score = coverage + 0.3 * (exact[id(first)] + exact[id(second)]) + done(first)
            yield Pair(first, second, score + 0.3 * exactness(first, not across, content, reader), coverage)


def of_one_unit(one: Cell, other: Cell) -> bool:
    """Whether two cells can be set against each other: of the same unit, or both counts of things or people."""
    return one.fact.unit == other.fact.unit or not (_measures(one.fact.unit) or _measures(other.fact.unit))


def _measures(unit: str | None) -> bool:
    known = find_unit(unit) if unit is not None else None
    return known is not None and known.measure and known.name not in _COUNTING


def _own(cell: Cell, across: bool) -> frozenset[str]:
    return cell.column if across else cell.row
