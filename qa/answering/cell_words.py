"""Cells that hold words: the party of a member, the district of a building, a credit rating aimed at.

A question asks for a cell when it says all words of its column's name (or its year and measure) and the row holds
the other words of the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.index import Index
from indexer.records import Column, Row, Span, Table
from indexer.turkish import PREFIX, keys
from qa.answering.draft import Draft
from qa.finding.matter import Matter, Word, matter_of, words_of
from qa.finding.vocabulary import says
from qa.records import Hit, Question
from qa.remembering import once_a_document, tables_of
from qa.wording import quote_sentence

_HITS = 5  # hits whose documents are read
_HELD = 0.85  # share of the question's other words that row and headings must hold
_OWN = 0.6  # share of which the row itself must hold
_ABOVE = 0.9  # what a word counts that stands in the headings
_LETTERS = 2  # a cell of words has more letters than that
_ROWS = 3  # rows told where several fit alike
_READ = frozenset({"other", "indicator"})
_FRAME = frozenset(keys("adı ad sıra no durumu bilgi tablo belediye büyükşehir hangi"))


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with cells of words: the words of the row, and those of the headings above it."""

    table: Table
    row: Row
    words: tuple[Word, ...]
    above: tuple[Word, ...]
    places: tuple[int, ...]


def cell_words_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The cell of words that the question asks for; None where it names no such column or no row fits.

    Args:
        question: the question as understood.
        hits: the passages found, best first; they tell the documents.
        index: the index that they come from.
    """
    if says("asks", question.query_text or question.text, "leaving"):  # a cell tells a state, not how it came about
        return None
    matter = matter_of(question, index)
    asked = frozenset(keys(question.query_text or question.text))
    best = 0.0
    found: list[tuple[str, _Line, int]] = []
    for document in dict.fromkeys(hit.passage.document for hit in hits[:_HITS]):
        for line in _lines(index, document):
            for place in line.places:
                column = line.table.columns[place]
                named = _name(column.name)
                if not _is_asked(column, named, asked, question, index.documents[document].source.year):
                    continue
                rest = Matter(tuple(term for term in matter.terms if not _among(term.key, named)))
                if not rest.terms:
                    continue
                own = rest.held(line.words)
                above = [_ABOVE * part for part in rest.held(line.above)]
                share = rest.share([max(pair) for pair in zip(own, above, strict=True)])
                if share < _HELD or rest.share(own) < _OWN or share < best - 1e-9:
                    continue
                if share > best + 1e-9:
                    best, found = share, []
                found.append((document, line, place))
    if not found or len(found) > _ROWS:
        return None
    draft = Draft(index, confidence=hits[0].score)
    pieces = []
    for document, line, place in found:
        cell = line.row.cells[place]
        if cell is None:
            continue
        span = Span(min(line.row.span.start, cell.span.start), max(line.row.span.end, cell.span.end))
        mark = draft.cite(document, span, line.table.context)
        pieces.append(quote_sentence(_told(line, place, cell.text), mark))
    draft.text = " ".join(pieces)
    return draft


def _told(line: _Line, place: int, text: str) -> str:
    """The row's label, the words of its first other cell, the column's name and the cell."""
    row = line.row
    others = [cell.text for at, cell in enumerate(row.cells) if cell is not None and at in line.places and at < place]
    lead = f"{row.label} ({others[0]})" if others and line.table.kind == "other" else row.label
    return f"{lead}: {line.table.columns[place].name}: {text}"


def _is_asked(
    column: Column, named: frozenset[str], asked: frozenset[str], question: Question, year: int | None
) -> bool:
    """Whether a question asks for a column: by all words of its name, or by its year and measure."""
    if column.year is not None:
        years = question.years or ((year,) if year is not None else ())
        return column.year in years and column.measure in question.measures
    return bool(named) and all(_among(word, asked) for word in named)


@lru_cache(maxsize=4096)
def _name(text: str) -> frozenset[str]:
    return frozenset(keys(text)) - _FRAME


def _among(word: str, others: frozenset[str]) -> bool:
    return word in others or (len(word) >= PREFIX and any(word[:PREFIX] == other[:PREFIX] for other in others))


@once_a_document
def _lines(index: Index, document: str) -> tuple[_Line, ...]:
    return tuple(_read(tables_of(index, document)))


def _read(tables: Sequence[Table]) -> Iterator[_Line]:
    for table in tables:
        if table.kind not in _READ or table.family in ("grid", "responsible"):
            continue
        above = tuple(words_of("\n".join((*table.context[-2:], table.title))))
        for row in table.rows:
            cells = [(place, cell) for place, cell in enumerate(row.cells) if cell and place < len(table.columns)]
            places = tuple(place for place, cell in cells if sum(map(str.isalpha, cell.text)) > _LETTERS)
            if places and sum(map(str.isalpha, row.label)) > _LETTERS and not row.ambiguous:
                words = tuple(words_of("\n".join((row.label, *(cell.text for _, cell in cells)))))
                yield _Line(table, row, words, above, places)
