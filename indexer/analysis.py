"""All that is read in one document: from the content of its file to passages, tables, facts and terms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from indexer.catalogue import Entry
from indexer.documents import Options, load_entry, read_entry
from indexer.facts import read_facts
from indexer.outline import read_outline
from indexer.passages import split_passages
from indexer.prose_figures import ProseFigure, read_prose_figures
from indexer.reading.limits import MAX_BYTES
from indexer.records import Document, Fact, Passage, Table
from indexer.row_passages import covered, row_passages
from indexer.storing.parts import ORIGINAL, STORE, TERMS
from indexer.storing.store import StoreWriter
from indexer.tables import read_tables
from indexer.turkish import analyse

_PLAIN = frozenset({"text", "markdown"})  # formats whose text is the file itself


@dataclass(frozen=True, slots=True)
class Work:
    """What working one document gave.

    ``data`` is the content of its file, None where personal data was masked: the file itself still shows it. ``notes``
    are those of its reader.
    """

    document: Document
    data: bytes | None
    notes: tuple[str, ...]
    passages: list[Passage]
    tables: list[Table]
    facts: list[Fact]
    figures: list[ProseFigure]

    @property
    def counts(self) -> dict[str, int]:
        """How much was read."""
        rows = [row for table in self.tables for row in table.rows]
        return {
            "documents": 1,
            "passages": len(self.passages),
            "tables": len(self.tables),
            "rows": len(rows),
            "ambiguous rows": sum(row.ambiguous for row in rows),
            "facts": len(self.facts),
            "figures": len(self.figures),
        }


def work_document(path: Path, entry: Entry, options: Options, max_bytes: int = MAX_BYTES) -> Work:
    """Reads one document and everything in it; of a file larger than ``max_bytes`` nothing.

    Raises:
        DocumentError: the file cannot be loaded.
        RefusedError: its reader refuses it.
    """
    data = load_entry(path, entry, max_bytes)
    read = read_entry(data, entry, options)
    document = read.document
    outline = read_outline(document)
    tables = read_tables(document, outline)
    rows = row_passages(document, tables)
    taken = covered(document, tables)
    prose = split_passages(document, outline, taken)
    passages = sorted([*prose, *rows], key=lambda passage: passage.span)
    facts, figures = read_facts(document, tables), read_prose_figures(document, taken)
    kept = None if read.masked else data
    return Work(document, kept, read.notes, passages, tables, facts, figures)


def write_work(work: Work, folder: Path) -> None:
    """Writes what a part holds of it into ``folder``; vectors and manifest come later."""
    writer = StoreWriter(folder / STORE)
    writer.add_document(work.document, work.passages, work.tables, work.facts, work.figures)
    writer.close()
    terms = [analyse(passage.search_text) for passage in work.passages]
    (folder / TERMS).write_text(json.dumps(terms, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    if work.data is not None and work.document.format not in _PLAIN:
        suffix = Path(work.document.source.file).suffix.lower()
        (folder / f"{ORIGINAL}{suffix}").write_bytes(work.data)
