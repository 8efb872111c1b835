"""What a layout family is: one interface, and the rule that decides between two families that want the same lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from indexer.outline import Outline
from indexer.records import Document, Table


class TableReader(Protocol):
    """Reads the tables of one layout family; chosen by evidence in the text, never by document."""

    family: str

    def read(self, document: Document, outline: Outline) -> Iterable[Table]:
        """The tables of this family in ``document``, in any order; their spans do not overlap."""
        ...


def extract_tables(document: Document, outline: Outline, readers: Sequence[TableReader]) -> list[Table]:
    """All tables of ``document`` in reading order.

    ``readers`` are asked in order, the most specific family first; where two tables share a line, the one of the
    earlier family stays.
    """
    taken = bytearray(len(document.lines) + 2)
    tables: list[Table] = []
    for reader in readers:
        for table in reader.read(document, outline):
            first, last = document.line_range(table.span)
            if any(taken[first : last + 1]):
                continue
            taken[first : last + 1] = b"\x01" * (last - first + 1)
            tables.append(table)
    return sorted(tables, key=lambda table: table.span)
