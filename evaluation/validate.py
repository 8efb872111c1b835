"""Checks questions and tables against the documents: every line, quote, figure and cell must stand where it is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.measures.answers import same_value
from evaluation.questions import Evidence, GoldFigure, GoldQuestion, GoldTable
from indexer.documents import read_folder
from indexer.figures import NumberStyle, parse_number

COMPUTED = frozenset({"compute"})
"""Types of question whose figures may be worked out and need not stand in the evidence."""

_NUMERIC = re.compile(r"%?\s*[\d.,]+\s*%?")
_LAYOUT = re.compile(r"[\s\u00ad-]+")  # what extraction from PDF adds and takes: white space, hyphens at line ends
_STYLES = tuple(NumberStyle)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which question or table."""

    id: str
    message: str


def read_texts(corpora: Path) -> dict[str, str]:
    """The texts of a folder of documents by id, as decoded.

    Raises:
        InputError, CatalogueError, DocumentError: as for ``kentesor index``.
    """
    return {document.id: document.text for document in read_folder(corpora)}


class Validator:
    """Checks against the given documents.

    Args:
        texts: texts by document id.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._lines = {document: text.split("\n") for document, text in texts.items()}

    def questions(self, questions: Iterable[GoldQuestion]) -> list[Fault]:
        """The faults of questions, in order."""
        return [Fault(question.id, message) for question in questions for message in self._question(question)]

    def tables(self, tables: Iterable[GoldTable]) -> list[Fault]:
        """The faults of tables, in order."""
        return [Fault(table.id, message) for table in tables for message in self._table(table)]

    def _question(self, question: GoldQuestion) -> Iterator[str]:
        if question.answerable != bool(question.evidence):
            yield "dayanak gerekli" if question.answerable else "yanıtlanamaz denen sorunun dayanağı var"
        for document in question.documents:
            if document not in self._lines:
                yield f"{document}: böyle bir belge yok"
        places = []
        for evidence in (*question.evidence, *question.alternatives):
            text = self._text(evidence.document, evidence.line_start, evidence.line_end)
            if text is None:
                yield f"{_where(evidence)}: belgede böyle satırlar yok"
            elif evidence.quote not in text:
                yield f"{_where(evidence)}: alıntı o satırlarda yok"
            else:
                places.append(text)
        for figure in question.figures:
            yield from _figure(figure, places, question.type in COMPUTED)

    def _table(self, table: GoldTable) -> Iterator[str]:
        whole = self._text(table.document, table.line_start, table.line_end)
        if whole is None:
            yield f"{table.document}:{table.line_start}-{table.line_end}: belgede böyle satırlar yok"
            return
        for row in table.rows:
            where = f"{table.document}:{row.line_start}-{row.line_end}"
            if len(row.cells) != len(table.columns):
                yield f"{where}: {len(row.cells)} hücre var, {len(table.columns)} sütun olmalı"
            if not table.line_start <= row.line_start <= row.line_end <= table.line_end:
                yield f"{where}: satır tablonun dışında"
            text = _bare(self._text(table.document, row.line_start, row.line_end) or "")
            for cell in row.cells:
                if cell is not None and _bare(cell) not in text:
                    yield f"{where}: “{cell}” o satırlarda yok"
            for part in row.label.split(" / "):  # a row under a heading row bears both names
                if _bare(part) not in _bare(whole):
                    yield f"{where}: “{part}” tabloda yok"

    def _text(self, document: str, first: int, last: int) -> str | None:
        lines = self._lines.get(document, [])
        return "\n".join(lines[first - 1 : last]) if 1 <= first <= last <= len(lines) else None


def _figure(figure: GoldFigure, places: list[str], computed: bool) -> Iterator[str]:
    """A figure must stand in the evidence unless it may be computed; its text must mean its value in some style."""
    text = figure.text
    if not text or (computed and not any(_bare(text) in _bare(place) for place in places)):
        return
    if not any(_bare(text) in _bare(place) for place in places):
        yield f"“{text}” dayanakta yok"
    if _NUMERIC.fullmatch(text):
        values = [parse_number(text, style) for style in _STYLES]
        if not any(value is not None and same_value(value, figure.value) for value in values):
            yield f"“{text}” {figure.value:g} değildir"


def _bare(text: str) -> str:
    return _LAYOUT.sub("", text)


def _where(evidence: Evidence) -> str:
    return f"{evidence.document}:{evidence.line_start}-{evidence.line_end}"
