"""What the tests of facts and commitments share: the facts of the five documents, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from indexer.documents import read_folder
from indexer.facts import read_facts
from indexer.outline import read_outline
from indexer.records import Cell, Column, Document, Fact, Measure, Row, Source, Span, Table, TableKind
from indexer.tables import read_tables

CORPORA = Path(__file__).parent.parent / "corpora"
IZMIR_2020, IZMIR_2024 = "izmir-2020-faaliyet", "izmir-2024-performans"
DEFNE, KARS, KAYSERI = "defne-2023-performans", "kars-2024-faaliyet", "kayseri-2025-performans"


@cache
def facts_of(name: str) -> tuple[Document, tuple[Fact, ...]]:
    document = next(document for document in read_folder(CORPORA) if document.id == name)
    return document, tuple(read_facts(document, read_tables(document, read_outline(document))))


def facts_at(name: str, line: int) -> list[Fact]:
    """The facts of the row that begins in a line."""
    document, facts = facts_of(name)
    return [fact for fact in facts if any(document.line_at(place.row.start) == line for place in fact.places)]


def table(
    document: Document, columns: list[Column], rows: list[Row], kind: TableKind = "other", title: str = ""
) -> Table:
    return Table(kind, "test", title, tuple(columns), tuple(rows), Span(0, len(document.text)))


def cell(document: Document, text: str) -> Cell:
    start = document.text.index(text)
    return Cell(text, Span(start, start + len(text)))


def document_of(text: str, kind: str = "faaliyet", year: int = 2024) -> Document:
    assert kind in ("faaliyet", "performans")
    return Document(Source("x", "Bir Belediye", "", "x.txt", "", kind=kind, year=year), text)  # type: ignore[arg-type]


def summary(fact: Fact) -> tuple[Measure, int | None, str, str | None]:
    return fact.measure, fact.year, str(fact.figure.value), fact.unit
