"""What the tests of table readers share: small documents read, and the rows of the real ones by line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from indexer.outline import Outline
from indexer.records import Document, Row, Source, Table
from indexer.tables import costs, delimited, responsible, totals
from indexer.tables.base import TableReader, extract_tables

CORPORA = Path(__file__).parent.parent / "corpora"
READERS: tuple[TableReader, ...] = (costs.READER, totals.READER, responsible.READER, delimited.READER)


def document_of(text: str) -> Document:
    return Document(Source("x", "Bir Belediye", "", "x.txt", ""), text)


def read(text: str, readers: Sequence[TableReader] = READERS) -> list[Table]:
    return extract_tables(document_of(text), Outline(()), readers)


@cache
def corpus(name: str) -> tuple[Document, tuple[Table, ...]]:
    document = document_of((CORPORA / f"{name}.txt").read_bytes().decode())
    return document, tuple(extract_tables(document, Outline(()), READERS))


def table_at(name: str, line: int) -> Table:
    document, tables = corpus(name)
    return next(t for t in tables if document.line_range(t.span)[0] <= line <= document.line_range(t.span)[1])


def row_at(name: str, line: int) -> Row:
    document, _ = corpus(name)
    return next(row for row in table_at(name, line).rows if document.line_range(row.span)[0] == line)


def texts(row: Row) -> list[str | None]:
    return [cell.text if cell else None for cell in row.cells]


KAYSERI = "kayseri-2025-performans"
IZMIR = "izmir-2024-performans"
