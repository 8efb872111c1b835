"""Writes facts: for people as a table on the terminal, for programs as CSV, JSON or Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from app.spreadsheets import csv_text
from indexer.errors import InputError, StorageError, reason_of
from indexer.fact_records import FIELDS, fact_record
from indexer.figures import format_number
from indexer.records import Document, Fact


class Format(StrEnum):
    """The forms in which facts are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def write_facts(facts: Sequence[Fact], documents: Mapping[str, Document], form: Format, file: Path | None) -> None:
    """Writes ``facts`` to ``file``, or to standard output where none is given.

    Raises:
        InputError: Parquet without a file, or without the package that writes it.
        StorageError: the file cannot be written.
    """
    if form is Format.PARQUET:
        return _parquet(facts, documents, file)
    if form is Format.TABLE and file is None:
        return _table(Console(highlight=False), facts, documents)
    text = {Format.CSV: facts_csv, Format.JSON: _json, Format.TABLE: _plain}[form](facts, documents)
    if file is None:
        print(text, end="")
        return None
    fresh = file.with_name(file.name + ".new")
    try:
        fresh.write_text(text, encoding="utf-8", newline="")
        fresh.replace(file)
    except OSError as error:
        raise _unwritable(file, error) from error
    finally:
        fresh.unlink(missing_ok=True)
    return None


def facts_csv(facts: Sequence[Fact], documents: Mapping[str, Document]) -> str:
    """The facts as CSV with a line of the names of the fields; text is never a formula, see :func:`csv_text`."""
    buffer = StringIO()
    writer = csv.DictWriter(buffer, FIELDS, lineterminator="\n")
    writer.writeheader()
    for fact in facts:
        record = fact_record(fact, documents)
        writer.writerow({name: csv_text(value) if isinstance(value, str) else value for name, value in record.items()})
    return buffer.getvalue()


def _json(facts: Sequence[Fact], documents: Mapping[str, Document]) -> str:
    """A list with one object a line."""
    if not facts:
        return "[]\n"
    lines = (json.dumps(fact_record(fact, documents), ensure_ascii=False, default=_number) for fact in facts)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is not written as JSON")
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(facts: Sequence[Fact], documents: Mapping[str, Document]) -> str:
    buffer = StringIO()
    _table(Console(file=buffer, width=200, color_system=None), facts, documents)
    return buffer.getvalue()


def _table(console: Console, facts: Sequence[Fact], documents: Mapping[str, Document]) -> None:
    if not facts:
        console.print("Aranana uyan olgu yok.")
        return
    grid = Grid("Belediye", "Olgu", "Yıl", "Ölçü", "Değer", "Birim", "Yer")
    for fact in facts:
        record = fact_record(fact, documents)
        label = fact.label + (" ?" if fact.ambiguous else "")
        year = "" if fact.year is None else str(fact.year)
        place = f"{fact.document}:{record['line_start']}"
        value = format_number(fact.figure.value)
        cells = (fact.municipality, label, year, fact.measure, value, fact.unit or "", place)
        grid.add_row(*(escape(cell) for cell in cells))
    console.print(grid)


def _parquet(facts: Sequence[Fact], documents: Mapping[str, Document], file: Path | None) -> None:
    if file is None:
        raise InputError("--format parquet ikili bir dosyadır; --output ile bir dosya adı verin.")
    from indexer.frame import frame_of

    try:
        frame_of(facts, documents).to_parquet(file, index=False)
    except ImportError as error:
        raise InputError("--format parquet için pyarrow gerekir: pip install 'kentesor[parquet]'") from error
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(file: Path, error: OSError) -> StorageError:
    reason = reason_of(error)
    return StorageError(f"{file}: yazılamadı ({reason}). --output ile yazılabilen başka bir dosya verin.")
