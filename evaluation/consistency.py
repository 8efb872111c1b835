"""Counts what was read in each document and checks the arithmetic of its tables: ``python -m evaluation.consistency``.

Prints per document: tables, rows, cells, facts, figures of running text, ambiguous rows, and of each kind of equation
(sums, shares, rates) how many hold; then the commitments; then every equation that does not hold, with its place, to
be looked at: a misread cell, or a mistake that the document makes itself.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from indexer.catalogue import default_corpora
from indexer.commitments import read_commitments
from indexer.documents import read_folder
from indexer.facts import read_facts
from indexer.figures import number_style
from indexer.outline import read_outline
from indexer.prose_figures import read_prose_figures
from indexer.records import Document, Fact, Table
from indexer.row_passages import covered
from indexer.tables import read_tables
from indexer.tables.consistency import Check, check_tables


def main() -> None:
    """Reads the documents and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=default_corpora(), help="folder of the documents")
    corpora: Path = parser.parse_args().corpora
    facts: list[Fact] = []
    failed: list[tuple[Document, Check]] = []
    for document in read_folder(corpora):
        tables = read_tables(document, read_outline(document))
        own = read_facts(document, tables)
        checks = check_tables(tables, number_style(document.text))
        print(document.id)
        print(f"  {_counts(tables)}, facts {len(own)} ({sum(fact.ambiguous for fact in own)} ambiguous), ", end="")
        print(f"figures of running text {len(read_prose_figures(document, covered(document, tables)))}")
        print(f"  {_share('equations', checks)}")
        for kind in dict.fromkeys(check.kind for check in checks):
            print(f"    {_share(kind, [check for check in checks if check.kind == kind])}")
        facts += own
        failed += [(document, check) for check in checks if not check.holds]
    commitments = read_commitments(facts)
    joined = sum(len(commitment.documents) > 1 for commitment in commitments)
    outcomes = sum(len(commitment.outcomes) for commitment in commitments)
    print(f"commitments {len(commitments)}, over several documents {joined}, years with target and actual {outcomes}")
    print(f"equations that do not hold: {len(failed)}")
    for document, check in failed:
        line = document.line_at(check.place.start)
        print(f"  {document.id}:{line} {check.kind}: {check.row} | {check.column}: ", end="")
        print(f"printed {check.found}, expected {check.expected:.2f}")


def _counts(tables: list[Table]) -> str:
    rows = [row for table in tables for row in table.rows]
    cells = sum(cell is not None for row in rows for cell in row.cells)
    kinds = Counter(table.kind for table in tables)
    named = ", ".join(f"{kinds[kind]} {kind}" for kind in ("indicator", "budget", "other"))
    ambiguous = sum(row.ambiguous for row in rows)
    return f"tables {len(tables)} ({named}), rows {len(rows)} ({ambiguous} ambiguous), cells {cells}"


def _share(name: str, checks: list[Check]) -> str:
    holding = sum(check.holds for check in checks)
    return f"{name}: {holding} of {len(checks)} hold" + (f" ({holding / len(checks):.1%})" if checks else "")


if __name__ == "__main__":
    main()
