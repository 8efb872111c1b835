"""The questions of the benchmark: what is asked, and the places and figures of a right answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.records import Passage

DATA = Path(__file__).parent / "data"
DEVELOPMENT = (DATA / "questions-dev.jsonl", DATA / "questions-more.jsonl")
"""What rules and models may be made from: the questions given, and as many of the same kinds by other hands."""

HELD_OUT = (DATA / "questions-held-out.jsonl",)
"""What nothing is fitted to: looked at only as totals."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Lines that support an answer; each entry alone suffices unless the question says that all are needed."""

    document: str
    line_start: int
    line_end: int

    def meets(self, document: str, line_start: int, line_end: int) -> bool:
        """Whether these lines and the given ones have a line in common."""
        return document == self.document and line_start <= self.line_end and line_end >= self.line_start


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question written by hand with its right answer."""

    id: str
    question: str
    history: tuple[str, ...]
    type: str
    style: str
    documents: tuple[str, ...]
    figures: tuple[dict[str, Any], ...]
    keywords: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    def supported_by(self, passage: Passage) -> bool:
        """Whether ``passage`` meets a line of the evidence."""
        return any(item.meets(passage.document, passage.line_start, passage.line_end) for item in self.evidence)


def read_questions(paths: Sequence[Path] = DEVELOPMENT) -> list[GoldQuestion]:
    """The questions of JSONL files in the form of the development set, in their order."""
    return [question for path in paths for question in _read(path)]


def _read(path: Path) -> Iterator[GoldQuestion]:
    for text in path.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        yield GoldQuestion(
            id=line["id"],
            question=line["question"],
            history=tuple(line.get("history") or ()),
            type=line["type"],
            style=line["style"],
            documents=tuple(line["docs"]),
            figures=tuple(line["figures"]),
            keywords=tuple(line["keywords"]),
            evidence=tuple(
                Evidence(item["doc"], item["line_start"], item["line_end"]) for item in line.get("evidence") or ()
            ),
        )
