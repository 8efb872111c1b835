"""Tables of documents that nobody tuned the readers on before they were first run: synthetic, in prescribed forms."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from indexer.documents import read_folder
from indexer.outline import read_outline
from indexer.records import Row
from indexer.tables import read_tables
from indexer.turkish import ascii_key

DATA = Path(__file__).parent / "data"


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", ascii_key(text))


@cache
def rows_by_line(folder: str) -> dict[tuple[str, int], list[Row]]:
    """The rows read in the documents of a set, by the lines that they meet."""
    found: dict[tuple[str, int], list[Row]] = {}
    for document in read_folder(DATA / folder):
        for table in read_tables(document, read_outline(document)):
            for row in table.rows:
                first, last = document.line_range(row.span)
                for line in range(first, last + 1):
                    found.setdefault((document.id, line), []).append(row)
    return found


def outcomes(folder: str, kind: str) -> Counter[str]:
    """How the rows of the gold tables of a kind were read."""
    counted: Counter[str] = Counter()
    for text in (DATA / folder / "tables.jsonl").read_text(encoding="utf-8").splitlines():
        table = json.loads(text)
        if table["kind"] != kind:
            continue
        for gold in table["rows"]:
            wanted = [cell and plain(cell) for cell in gold["cells"]]
            lines = range(gold["line_start"], gold["line_end"] + 1)
            met = [row for line in lines for row in rows_by_line(folder).get((table["doc"], line), [])]
            read = [[cell and plain(cell.text) for cell in row.cells] for row in met]
            if wanted in read:
                counted["right"] += 1
            elif not read or all(row.ambiguous for row in met):
                counted["left open"] += 1
            else:
                counted["wrong"] += 1
    return counted


@pytest.mark.parametrize(
    ("folder", "kind", "right", "wrong"),
    [
        ("unseen", "indicator", 0.98, 0.0),
        ("unseen", "budget", 0.97, 0.02),
        ("unseen", "other", 0.97, 0.02),
        ("unseen_second", "indicator", 0.98, 0.0),
        ("unseen_second", "budget", 0.97, 0.02),
        ("unseen_second", "other", 0.97, 0.02),
        ("unseen_third", "indicator", 0.98, 0.0),
        ("unseen_third", "budget", 0.97, 0.02),
        ("unseen_third", "other", 0.97, 0.02),
        ("unseen_fourth", "indicator", 0.98, 0.0),
        ("unseen_fourth", "budget", 0.98, 0.0),
        ("unseen_fourth", "other", 0.97, 0.02),
        ("unseen_fifth", "indicator", 0.98, 0.0),
        ("unseen_fifth", "budget", 0.97, 0.0),
        ("unseen_fifth", "other", 0.97, 0.02),
    ],
)
def test_rows_of_unseen_documents(folder: str, kind: str, right: float, wrong: float) -> None:
    counted = outcomes(folder, kind)
    assert counted["right"] >= right * counted.total(), counted
    assert counted["wrong"] <= wrong * counted.total(), counted
