"""The promises of a view as files for spreadsheets: CSV that Excel in the page's language opens by itself, and XLSX.

Text from documents is never a formula: in CSV by :func:`app.spreadsheets.csv_text`, in XLSX by the type of the cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from app.promises.view import Row, deviation_percent
from app.spreadsheets import csv_text
from app.web.elements import place
from app.web.promises.wording import values
from app.web.texts import Texts
from indexer.records import Document, Fact
from qa.records import Language

_COLUMNS: Final[Mapping[str, int]] = {
    "municipality": 28, "goal": 40, "label": 50, "unit": 10, "responsible": 26, "year": 7, "kind": 10, "target": 14,
    "actual": 14, "deviation": 14, "deviation_percent": 12, "state": 20, "status": 18, "reason": 40,
    "target_printed": 18, "actual_printed": 18, "target_source": 44, "actual_source": 44,
}  # fmt: skip
"""The columns in their order, and how many characters wide they are in XLSX."""

_DELIMITERS: Final[Mapping[Language, str]] = {
    "tr": ";",
    "en": ",",
}  # as Excel expects them
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # not allowed in XLSX, and of no use in CSV
_LONGEST_CELL = 32_000  # characters; XLSX allows 32,767

Value = str | int | Decimal | None


def csv_file(texts: Texts, rows: Sequence[Row], documents: Mapping[str, Document]) -> bytes:
    """The rows with a mark of UTF-8 in front; decimal mark and delimiter are those of the language.

    Args:
        texts: the wording of the heads, and the language of the numbers.
        rows: the rows of a view.
        documents: those of the index, by id.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=_DELIMITERS[texts.language], lineterminator="\r\n")
    for line in _lines(texts, rows, documents):
        writer.writerow([_csv_value(texts, value) for value in line])
    return file.getvalue().encode("utf-8-sig")


def xlsx_file(texts: Texts, rows: Sequence[Row], documents: Mapping[str, Document]) -> bytes:
    """The rows as a workbook of one sheet, numbers as numbers; arguments as for :func:`csv_file`."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts("promises.title"))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, line in enumerate(_lines(texts, rows, documents)):
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with "=" would be a formula
            if isinstance(value, Decimal):
                cell.number_format = "#,##0" if value == value.to_integral_value() else "#,##0.00"
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(rows) + 1}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(texts: Texts, rows: Sequence[Row], documents: Mapping[str, Document]) -> Iterator[list[Value]]:
    yield [texts(f"promises.column_{name}") for name in _COLUMNS]
    for row in rows:
        yield [_clean(value) for value in _values(texts, row, documents)]


def _values(texts: Texts, row: Row, documents: Mapping[str, Document]) -> list[Value]:
    """The values of a row in the order of ``_COLUMNS``."""
    promise, record = row.promise, row.record
    commitment, outcome = promise.commitment, record.outcome
    facts = (*record.planned, *record.actual)
    return [
        commitment.municipality,
        promise.goal.title if promise.goal else None,
        commitment.label,
        commitment.unit,
        ", ".join(promise.units),
        record.year,
        texts(f"promises.measure_{record.planned[0].measure}"),
        _only(record.planned),
        _only(record.actual),
        outcome.deviation if outcome else None,
        deviation_percent(row),
        texts(f"promises.state_{record.state}"),
        outcome.status if outcome else None,
        " ".join(dict.fromkeys(fact.reason for fact in facts if fact.reason)),
        values(record.planned, texts.language),
        values(record.actual, texts.language),
        _sources(texts, record.planned, documents),
        _sources(texts, record.actual, documents),
    ]


def _only(facts: Sequence[Fact]) -> Decimal | None:
    """The value, unless there is none or documents contradict each other."""
    sizes = {fact.figure.value for fact in facts}
    return sizes.pop() if len(sizes) == 1 else None


def _sources(texts: Texts, facts: Sequence[Fact], documents: Mapping[str, Document]) -> str:
    found = []
    for fact in facts:
        for held in fact.places:
            document = documents[held.document]
            first, last = document.line_range(held.row)
            found.append(f"{document.source.title}, {place(texts, first, last, document.page_at(held.row.start))}")
    return "; ".join(dict.fromkeys(found))


def _clean(value: Value) -> Value:
    return " ".join(_CONTROL.sub(" ", value).split())[:_LONGEST_CELL] or None if isinstance(value, str) else value


def _csv_value(texts: Texts, value: Value) -> str:
    if isinstance(value, Decimal):
        digits = f"{value:f}"
        return digits.replace(".", ",") if texts.language == "tr" else digits
    return csv_text(value) if isinstance(value, str) else "" if value is None else str(value)
