"""The typed data of the benchmark: questions with the places and figures of a right answer, and tables.

The one place that reads them. A file is JSONL; ``evaluation/README.md`` shows the smallest line that is taken, and
``evaluation/data/DATASHEET.md`` tells how the questions that come with Kente Sor were made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from indexer.errors import InputError
from indexer.records import Passage

DATA = Path(__file__).parent / "data"
DEVELOPMENT = (DATA / "questions-dev.jsonl", DATA / "questions-more.jsonl", DATA / "questions-everyday.jsonl")
"""What rules and models may be made from: the questions given, as many of the same kinds by other hands, and those that
people would ask who have not read the documents."""

HELD_OUT = (DATA / "questions-held-out.jsonl", DATA / "questions-everyday-held-out.jsonl")
"""What nothing is fitted to: looked at only as totals."""

TABLES = (DATA / "tables-dev.jsonl",)

_KINDS = {"ratio": "rate"}  # what the data call otherwise than ``indexer.records.Measure``

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Lines that support an answer; each entry alone suffices unless the question says that all are needed."""

    document: str
    line_start: int
    line_end: int
    quote: str = ""

    def meets(self, document: str, line_start: int, line_end: int) -> bool:
        """Whether these lines and the given ones have a line in common."""
        return document == self.document and line_start <= self.line_end and line_end >= self.line_start


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure of a right answer; ``text`` as in the source, and empty where it is computed. None: not told."""

    value: float
    text: str = ""
    unit: str | None = None
    year: int | None = None
    measure: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question written by hand with its right answer."""

    id: str
    question: str
    history: tuple[str, ...]
    type: str
    style: str
    documents: tuple[str, ...]
    figures: tuple[GoldFigure, ...]
    keywords: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    all_needed: bool = False
    answer: str = ""
    alternatives: tuple[Evidence, ...] = ()  # places that say it too; not judged, as in the scorer given to us

    @property
    def answerable(self) -> bool:
        """Whether the documents hold an answer."""
        return self.type != "unanswerable"

    def supported_by(self, passage: Passage) -> bool:
        """Whether ``passage`` meets a line of the evidence."""
        return any(item.meets(passage.document, passage.line_start, passage.line_end) for item in self.evidence)


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A row of a table as written in the source; an empty cell is None."""

    label: str
    unit: str | None
    cells: tuple[str | None, ...]
    line_start: int
    line_end: int


@dataclass(frozen=True, slots=True)
class GoldTable:
    """A table written down by hand."""

    id: str
    document: str
    line_start: int
    line_end: int
    title: str
    kind: Literal["indicator", "budget", "other"]
    columns: tuple[str, ...]
    rows: tuple[GoldRow, ...]


def read_questions(paths: Sequence[Path] = DEVELOPMENT) -> list[GoldQuestion]:
    """The questions of JSONL files in the form of the development set, in their order.

    Raises:
        InputError: a file is missing, a line is not as ``evaluation/README.md`` says, or an id stands twice.
    """
    return _unique([_made(path, number, line, _question) for path in paths for number, line in read_lines(path)])


def read_gold_tables(paths: Sequence[Path] = TABLES) -> list[GoldTable]:
    """The tables of JSONL files in the form of the development set; errors as :func:`read_questions`."""
    return [_made(path, number, line, _table) for path in paths for number, line in read_lines(path)]


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSONL file with their line numbers.

    Raises:
        InputError: the file cannot be read or a line is no JSON object.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(f"{path}: böyle bir dosya yok.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: okunamıyor; UTF-8 kodlu bir JSONL dosyası verin.") from error
    for number, text in enumerate(content.split("\n"), 1):
        if text.strip():
            try:
                line = json.loads(text)
            except ValueError as error:
                raise InputError(f"{path}:{number}: satır geçerli bir JSON nesnesi değil.") from error
            if not isinstance(line, dict):
                raise InputError(f"{path}:{number}: satır geçerli bir JSON nesnesi değil.")
            yield number, line


def _made(path: Path, number: int, line: dict[str, Any], make: Callable[[dict[str, Any]], T]) -> T:
    try:
        return make(line)
    except KeyError as error:
        raise InputError(f"{path}:{number}: {error} alanı eksik.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{path}:{number}: bir alanın biçimi yanlış ({error}).") from error


def _unique(questions: list[GoldQuestion]) -> list[GoldQuestion]:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise InputError(f"{question.id}: bu kimlik iki soruda var; her sorunun kimliği ayrı olmalı.")
        seen.add(question.id)
    return questions


def _question(line: dict[str, Any]) -> GoldQuestion:
    evidence = tuple(map(_evidence, line.get("evidence") or ()))
    figures = tuple(map(_figure, line.get("figures") or ()))
    return GoldQuestion(
        id=str(line["id"]),
        question=str(line["question"]),
        history=tuple(line.get("history") or ()),
        type=line.get("type") or ("figure" if len(figures) == 1 else "figures" if figures else "text"),
        style=line.get("style") or "formal",
        documents=tuple(line["docs"] if "docs" in line else dict.fromkeys(item.document for item in evidence)),
        figures=figures,
        keywords=tuple(line.get("keywords") or ()),
        evidence=evidence,
        all_needed=bool(line.get("all_needed")),
        answer=line.get("answer") or "",
        alternatives=tuple(map(_evidence, line.get("alt_evidence") or ())),
    )


def _evidence(item: dict[str, Any]) -> Evidence:
    return Evidence(str(item["doc"]), int(item["line_start"]), int(item["line_end"]), item.get("quote") or "")


def _figure(item: dict[str, Any]) -> GoldFigure:
    kind = item.get("kind")
    return GoldFigure(
        value=float(item["value"]),
        text=str(item.get("text") or ""),
        unit=item.get("unit") or None,
        year=item.get("year"),
        measure=_KINDS.get(kind, kind) if kind else None,
        label=item.get("label") or "",
    )


def _table(line: dict[str, Any]) -> GoldTable:
    return GoldTable(
        id=line["id"],
        document=line["doc"],
        line_start=int(line["line_start"]),
        line_end=int(line["line_end"]),
        title=line["title"],
        kind=line["kind"],
        columns=tuple(line["columns"]),
        rows=tuple(
            GoldRow(row["label"], row.get("unit"), tuple(row["cells"]), int(row["line_start"]), int(row["line_end"]))
            for row in line["rows"]
        ),
    )
