"""Writes and reads the SQLite file of a generation, whose schema is in :mod:`indexer.storing.schema`."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from indexer.commitments import Commitment, Outcome, by_year
from indexer.prose_figures import ProseFigure
from indexer.records import (
    Cell,
    Column,
    Document,
    Fact,
    Figure,
    Page,
    PageLayout,
    Passage,
    Place,
    Row,
    Source,
    Span,
    Table,
)
from indexer.storing.layouts import layout_of, layout_values
from indexer.storing.schema import SCHEMA

_COUNTED = {
    "passages": "SELECT document, count(*) AS n FROM passages GROUP BY document",
    "tables": "SELECT document, count(*) AS n FROM tables GROUP BY document",
    "rows": "SELECT document, count(*) AS n FROM tables JOIN rows ON tables.id = table_id GROUP BY document",
    "ambiguous_rows": (
        "SELECT document, sum(ambiguous) AS n FROM tables JOIN rows ON tables.id = table_id GROUP BY document"
    ),
    "facts": "SELECT document, count(*) AS n FROM facts GROUP BY document",
    "commitments": (
        "SELECT document, count(DISTINCT commitment_id) AS n FROM facts JOIN commitment_facts ON fact_id = id "
        "GROUP BY document"
    ),
}


class StoreWriter:
    """Writes a new store; nothing is there before :meth:`close` has committed it.

    Args:
        path: the file to make; it must not exist.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._fact_ids: dict[Fact, int] = {}
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)

    def add_document(
        self,
        document: Document,
        passages: Iterable[Passage],
        tables: Iterable[Table],
        facts: Iterable[Fact],
        figures: Iterable[ProseFigure] = (),
    ) -> None:
        """Adds one document with everything that was read in it; passages get the next ids in order."""
        source = document.source
        period = source.period or (None, None)
        self._insert(
            "documents",
            [
                (
                    source.id, source.municipality, source.title, source.file, source.sha256, source.province,
                    source.level, source.kind, source.year, period[0], period[1], source.provenance,
                    source.provenance_en, _json(sorted(source.inferred)),
                    _json([[page.start, page.number] for page in document.pages]),
                    document.text, document.format, document.masked,
                )
            ],
        )  # fmt: skip
        self._insert("page_layouts", (layout_values(document.id, layout) for layout in document.layouts))
        self._insert("passages", (_passage_values(passage) for passage in passages))
        for table in tables:
            self._add_table(document, table)
        for fact in facts:
            self._add_fact(document, fact)
        self._insert("figures", (_figure_values(document, figure) for figure in figures))

    def add_commitments(self, commitments: Iterable[Commitment]) -> None:
        """Adds commitments whose facts have been added with their documents."""
        for commitment in commitments:
            number = self._insert_one(
                "commitments",
                (None, commitment.municipality, commitment.label, commitment.unit, commitment.likeness),
            )
            self._insert("commitment_facts", ((number, self._fact_ids[fact]) for fact in commitment.facts))
            self._insert(
                "outcomes",
                (
                    (
                        number, outcome.year, self._fact_ids[outcome.target], self._fact_ids[outcome.actual],
                        str(outcome.target.figure.value), str(outcome.actual.figure.value), str(outcome.deviation),
                        None if outcome.deviation_percent is None else str(outcome.deviation_percent),
                        outcome.status, outcome.reason,
                    )
                    for outcome in commitment.outcomes
                ),
            )  # fmt: skip

    def close(self) -> None:
        """Commits and closes."""
        self._connection.commit()
        self._connection.close()

    def _add_table(self, document: Document, table: Table) -> None:
        columns = [
            {"name": column.name, "year": column.year, "measure": column.measure, "unit": column.unit}
            for column in table.columns
        ]
        table_id = self._insert_one(
            "tables",
            (
                None, document.id, table.kind, table.family, table.title, _json(table.context), _json(columns),
                table.span.start, table.span.end, *document.line_range(table.span),
            ),
        )  # fmt: skip
        self._insert(
            "rows",
            (
                (
                    None, table_id, row.label, row.unit, row.code,
                    _json([cell and [cell.text, cell.span.start, cell.span.end] for cell in row.cells]),
                    _json(row.section), _json(row.units_responsible), row.note, row.ambiguous, row.cumulative,
                    row.span.start, row.span.end, *document.line_range(row.span),
                )
                for row in table.rows
            ),
        )  # fmt: skip

    def _add_fact(self, document: Document, fact: Fact) -> None:
        fact_id = self._insert_one(
            "facts",
            (
                None, fact.municipality, fact.document, fact.label, fact.measure, fact.year, str(fact.figure.value),
                float(fact.figure.value), fact.figure.text, fact.unit, fact.unit_text, fact.column, fact.code,
                _json(fact.context), _json(fact.units_responsible), fact.status, fact.reason, fact.note,
                fact.cumulative, fact.ambiguous, fact.table_kind,
            ),
        )  # fmt: skip
        self._fact_ids[fact] = fact_id
        self._insert(
            "fact_places",
            (
                (
                    fact_id, place.document, place.row.start, place.row.end, place.cell.start, place.cell.end,
                    *document.line_range(place.row),
                )
                for place in fact.places
            ),
        )  # fmt: skip

    def _insert(self, table: str, lines: Iterable[Sequence[Any]]) -> None:
        for line in lines:
            self._insert_one(table, line)

    def _insert_one(self, table: str, values: Sequence[Any]) -> int:
        marks = ", ".join("?" * len(values))
        return self._connection.execute(f"INSERT INTO {table} VALUES ({marks})", values).lastrowid or 0


class Store:
    """Reads a store; safe to use from several threads.

    The file stays open: a generation goes on answering who has opened it, also after it was pruned.

    Args:
        path: the SQLite file.
    """

    def __init__(self, path: Path) -> None:
        # SQLite is built to be shared by threads (sqlite3.threadsafety 3); each query has a cursor of its own.
        where = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(where, uri=True, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row

    def documents(self) -> list[Document]:
        """All documents with their texts, by id."""
        return [_document(line) for line in self._rows("SELECT * FROM documents ORDER BY id")]

    def passages(self) -> list[Passage]:
        """All passages; position i is line i of the vector index and of the lexical index."""
        return [_passage(line) for line in self._rows("SELECT * FROM passages ORDER BY id")]

    def tables(self, document: str, lines: tuple[int, int] | None = None) -> list[Table]:
        """The tables of one document in reading order.

        Args:
            document: its id.
            lines: first and last line of a stretch; only tables that reach into it are read, whole.
        """
        rows: dict[int, list[Row]] = {}
        first, last = lines or (0, sys.maxsize)
        which = "tables.document = ? AND tables.line_end >= ? AND tables.line_start <= ?"
        query = f"SELECT rows.* FROM tables JOIN rows ON tables.id = table_id WHERE {which} ORDER BY rows.id"
        for line in self._rows(query, document, first, last):
            rows.setdefault(line["table_id"], []).append(_row(line))
        tables = self._rows(f"SELECT * FROM tables WHERE {which} ORDER BY id", document, first, last)
        return [_table(line, rows.get(line["id"], [])) for line in tables]

    def facts(self) -> list[Fact]:
        """All facts in the order in which they were read."""
        places: dict[int, list[Place]] = {}
        for line in self._rows("SELECT * FROM fact_places ORDER BY rowid"):
            row, cell = Span(line["row_start"], line["row_end"]), Span(line["cell_start"], line["cell_end"])
            places.setdefault(line["fact_id"], []).append(Place(line["document"], row, cell))
        return [_fact(line, places[line["id"]]) for line in self._rows("SELECT * FROM facts ORDER BY id")]

    def commitments(self) -> list[Commitment]:
        """All commitments, with their facts and outcomes."""
        facts = dict(enumerate(self.facts(), 1))
        members: dict[int, list[Fact]] = {}
        for line in self._rows("SELECT * FROM commitment_facts ORDER BY commitment_id, fact_id"):
            members.setdefault(line["commitment_id"], []).append(facts[line["fact_id"]])
        outcomes: dict[int, list[Outcome]] = {}
        for line in self._rows("SELECT * FROM outcomes ORDER BY commitment_id, year"):
            outcomes.setdefault(line["commitment_id"], []).append(_outcome(line, facts))
        return [
            Commitment(
                municipality=line["municipality"],
                label=line["label"],
                unit=line["unit"],
                facts=tuple(sorted(members[line["id"]], key=by_year)),
                likeness=line["likeness"],
                outcomes=tuple(outcomes.get(line["id"], ())),
            )
            for line in self._rows("SELECT * FROM commitments ORDER BY id")
        ]

    def counts(self) -> dict[str, Counter[str]]:
        """How many passages, tables, rows, ambiguous_rows, facts and commitments each document with any has, by id."""
        counts: dict[str, Counter[str]] = {}
        for name, query in _COUNTED.items():
            for line in self._rows(query):
                counts.setdefault(line["document"], Counter())[name] = line["n"]
        return counts

    def page_numbers(self, document: str) -> list[int]:
        """The pages of a PDF by their place in the file, in order; none for a document of another format."""
        lines = self._rows("SELECT page FROM page_layouts WHERE document = ? ORDER BY page", document)
        return [line["page"] for line in lines]

    def page_layout(self, document: str, number: int) -> PageLayout | None:
        """One page of a PDF; None where the document has no such page or is no PDF."""
        lines = self._rows("SELECT * FROM page_layouts WHERE document = ? AND page = ?", document, number)
        return next(map(layout_of, lines), None)

    def pages_of(self, document: str, span: Span) -> Iterator[PageLayout]:
        """The pages of a PDF that have words within ``span``, in order, each read when it is asked for."""
        query = 'SELECT * FROM page_layouts WHERE document = ? AND "start" < ? AND "end" > ? ORDER BY page'
        yield from map(layout_of, self._rows(query, document, span.end, span.start))

    def figures(self, document: str) -> list[ProseFigure]:
        """The figures of one document's running text in reading order."""
        lines = self._rows('SELECT * FROM figures WHERE document = ? ORDER BY "start"', document)
        return [_prose_figure(line) for line in lines]

    def _rows(self, query: str, *values: Any) -> Iterator[sqlite3.Row]:
        yield from self._connection.execute(query, values)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _passage_values(passage: Passage) -> tuple[Any, ...]:
    return (
        None, passage.document, passage.kind, passage.span.start, passage.span.end, passage.line_start,
        passage.line_end, passage.page, _json(passage.context), passage.search_text, passage.text,
    )  # fmt: skip


def _figure_values(document: Document, prose: ProseFigure) -> tuple[Any, ...]:
    figure, sentence = prose.figure, prose.sentence
    return (
        prose.document, figure.span.start, figure.span.end, str(figure.value), float(figure.value), figure.text,
        figure.unit, figure.unit_text, prose.phrase, sentence.start, sentence.end, document.line_at(figure.span.start),
    )  # fmt: skip


def _prose_figure(line: sqlite3.Row) -> ProseFigure:
    span = Span(line["start"], line["end"])
    figure = Figure(Decimal(line["value"]), line["text"], span, line["unit"], line["unit_text"])
    return ProseFigure(line["document"], figure, Span(line["sentence_start"], line["sentence_end"]), line["phrase"])


def _outcome(line: sqlite3.Row, facts: Mapping[int, Fact]) -> Outcome:
    percent = line["deviation_percent"]
    return Outcome(
        year=line["year"],
        target=facts[line["target_fact"]],
        actual=facts[line["actual_fact"]],
        deviation=Decimal(line["deviation"]),
        deviation_percent=None if percent is None else Decimal(percent),
        status=line["status"],
        reason=line["reason"],
    )


def _document(line: sqlite3.Row) -> Document:
    period = (line["period_start"], line["period_end"]) if line["period_start"] is not None else None
    source = Source(
        id=line["id"],
        municipality=line["municipality"],
        title=line["title"],
        file=line["file"],
        sha256=line["sha256"],
        province=line["province"],
        level=line["level"],
        kind=line["kind"],
        year=line["year"],
        period=period,
        provenance=line["provenance"],
        provenance_en=line["provenance_en"],
        inferred=frozenset(json.loads(line["inferred"])),
    )
    pages = tuple(Page(start, number) for start, number in json.loads(line["pages"]))
    return Document(source, line["text"], pages, line["format"], masked=bool(line["masked"]))


def _passage(line: sqlite3.Row) -> Passage:
    return Passage(
        document=line["document"],
        kind=line["kind"],
        span=Span(line["start"], line["end"]),
        text=line["text"],
        search_text=line["search_text"],
        line_start=line["line_start"],
        line_end=line["line_end"],
        page=line["page"],
        context=tuple(json.loads(line["context"])),
    )


def _row(line: sqlite3.Row) -> Row:
    cells = tuple(cell and Cell(cell[0], Span(cell[1], cell[2])) for cell in json.loads(line["cells"]))
    return Row(
        label=line["label"],
        cells=cells,
        span=Span(line["start"], line["end"]),
        unit=line["unit"],
        ambiguous=bool(line["ambiguous"]),
        code=line["code"],
        section=tuple(json.loads(line["section"])),
        units_responsible=tuple(json.loads(line["units_responsible"])),
        note=line["note"],
        cumulative=bool(line["cumulative"]),
    )


def _table(line: sqlite3.Row, rows: Sequence[Row]) -> Table:
    return Table(
        kind=line["kind"],
        family=line["family"],
        title=line["title"],
        columns=tuple(Column(**column) for column in json.loads(line["columns"])),
        rows=tuple(rows),
        span=Span(line["start"], line["end"]),
        context=tuple(json.loads(line["context"])),
    )


def _fact(line: sqlite3.Row, places: Sequence[Place]) -> Fact:
    figure = Figure(Decimal(line["value"]), line["text"], places[0].cell, line["unit"], line["unit_text"])
    return Fact(
        municipality=line["municipality"],
        document=line["document"],
        label=line["label"],
        measure=line["measure"],
        year=line["year"],
        figure=figure,
        column=line["column"],
        unit=line["unit"],
        unit_text=line["unit_text"],
        context=tuple(json.loads(line["context"])),
        places=tuple(places),
        table_kind=line["table_kind"],
        units_responsible=tuple(json.loads(line["units_responsible"])),
        status=line["status"],
        reason=line["reason"],
        note=line["note"],
        cumulative=bool(line["cumulative"]),
        ambiguous=bool(line["ambiguous"]),
        code=line["code"],
    )
