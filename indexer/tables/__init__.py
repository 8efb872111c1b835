"""Tables that PDF extraction has flattened, read back into rows and cells: one small module a layout family."""

from __future__ import annotations

from indexer.outline import Outline
from indexer.records import Document, Table
from indexer.tables import (
    activities,
    budgets,
    committees,
    costs,
    delimited,
    grids,
    indicators,
    listings,
    members,
    owned_projects,
    pairs,
    projects,
    responsible,
    stacked,
    totals,
)
from indexer.tables.base import TableReader, extract_tables

READERS: tuple[TableReader, ...] = (
    delimited.READER,
    costs.READER,
    indicators.READER,
    activities.READER,
    totals.READER,
    responsible.READER,
    projects.READER,
    owned_projects.READER,
    pairs.READER,
    grids.READER,
    committees.READER,
    members.READER,
    listings.STRUCTURED,
    budgets.READER,
    stacked.READER,
    listings.READER,
)
"""All families, the most specific first: it wins where two want the same line."""


def read_tables(document: Document, outline: Outline) -> list[Table]:
    """All tables of ``document`` in reading order."""
    return extract_tables(document, outline, READERS)


__all__ = ["READERS", "TableReader", "read_tables"]
