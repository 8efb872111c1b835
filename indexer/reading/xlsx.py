"""Spreadsheets: each visible sheet as a heading and the lines of its cells, as Excel shows them to a Turkish reader."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree
from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE, is_date_format, is_timedelta_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_excel

# Sheets that openpyxl reads as a stream tell neither merged cells nor hidden rows; the parser below them does.
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from indexer.errors import DocumentError
from indexer.figures import number_style
from indexer.reading.archive import check_archive
from indexer.reading.base import Reading
from indexer.reading.flow import Flow, one_line
from indexer.reading.limits import MAX_CELLS, reading
from indexer.reading.number_formats import GENERAL, Shown, shown_date
from indexer.records import Format

_WORKBOOK = "xl/workbook.xml"
_SHEET_TAG = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_STRICT_TAG = "{http://purl.oclc.org/ooxml/spreadsheetml/main}sheet"
_LONGEST_TITLE = 120  # characters
_TRUTH = {True: "DOĞRU", False: "YANLIŞ"}
_SHORT_DATE, _SHORT_DATE_ID = "dd.mm.yyyy", 14  # the format that follows the reader's country

Value = str | Decimal | datetime | bool


class XlsxReader:
    """Reads spreadsheets."""

    format: Format = "xlsx"

    def read(self, data: bytes, name: str) -> Reading:
        """The text of a workbook, as :class:`~indexer.reading.base.Reader` says."""
        entries = check_archive(data, name)
        with reading(name, "XLSX"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep when it writes, which nobody does here
            return Reading(_text(list(_sheets(data, entries, name)), name))


@dataclass
class _Sheet:
    """The cells of a visible sheet by row and column, with their number formats; hidden rows and columns are gone."""

    title: str
    rows: dict[int, dict[int, tuple[Value, str]]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)  # numbers of hidden rows

    def is_parted(self, first: int, second: int) -> bool:
        """Whether an empty row can be seen between two rows."""
        between = bisect_right(self.hidden, second) - bisect_right(self.hidden, first)
        return second - first - 1 > between


class _Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """Reads the cells of a sheet with their exact numbers and notes formulas that nobody has computed."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        kind, written = element.get("t", "n"), element.findtext(VALUE_TAG)
        if kind == "n" and written:
            element.set("t", "str")  # the digits as written, before they become a float
        cell: dict[str, Any] = super().parse_cell(element)
        if kind == "n" and written:
            try:
                cell["value"] = Decimal(written.strip())
            except InvalidOperation:
                cell["value"] = written
        missing = not written and kind != "str" and element.find(FORMULA_TAG) is not None
        cell["uncomputed"] = missing and cell["value"] is None
        return cell


def _sheets(data: bytes, entries: frozenset[str], name: str) -> Iterator[_Sheet]:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        if _WORKBOOK in entries and len(book._sheets) < _count_sheets(data):
            raise DocumentError(f"{name}: çalışma kitabının bir sayfası eksik; Excel'de açıp yeniden kaydedin.")
        budget = MAX_CELLS
        for sheet in book._sheets:
            if sheet.sheet_state == "visible" and hasattr(sheet, "_get_source"):  # charts have sheets of their own
                read = _read_sheet(sheet, book, budget, name)
                budget -= sum(map(len, read.rows.values()))
                yield read
    finally:
        book.close()


def _count_sheets(data: bytes) -> int:
    with ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(_WORKBOOK), etree.XMLParser(resolve_entities=False, no_network=True))
    return sum(1 for _ in root.iter(_SHEET_TAG, _STRICT_TAG))


def _read_sheet(source: Any, book: Any, budget: int, name: str) -> _Sheet:
    sheet = _Sheet(source.title)
    formats = _Formats(book)
    uncomputed: list[str] = []
    with source._get_source() as file:
        parser = _Parser(file, source._shared_strings, data_only=True, epoch=book.epoch)
        for number, cells in parser.parse():
            if _is_hidden(parser.row_dimensions.get(str(number), {})):
                sheet.hidden.append(number)
                continue
            fields: dict[int, tuple[Value, str]] = {}
            for cell in cells:
                if cell["uncomputed"]:
                    uncomputed.append(f"{get_column_letter(cell['column'])}{number}")
                value = formats.value(cell["value"], cell["style_id"])
                if value is not None:
                    fields[cell["column"]] = value
            if fields:
                sheet.rows[number] = fields
                budget -= len(fields)
            if budget < 0:
                raise DocumentError(f"{name}: tabloları çok büyük (sınır {MAX_CELLS} hücre); bölerek verin.")
        ranges = [merged.ref for merged in parser.merged_cells.mergeCell] if parser.merged_cells else []
        columns = [
            (int(entry["min"]), int(entry["max"])) for entry in parser.column_dimensions.values() if _is_hidden(entry)
        ]
    if uncomputed:
        raise DocumentError(
            f"{name}: {sheet.title} sayfasında {uncomputed[0]} hücresinin formülü hesaplanmamış "
            f"({len(uncomputed)} hücre); "
            "Excel'de açıp yeniden kaydedin."
        )
    sheet.hidden.sort()
    _merge(sheet, ranges, name)
    _hide(sheet, columns)
    return sheet


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")


def _merge(sheet: _Sheet, ranges: list[str], name: str) -> None:
    """Drops what stands below merged cells: only the first one of each shows."""
    numbers = sorted(sheet.rows)
    steps = MAX_CELLS
    for written in ranges:
        first_column, first_row, last_column, last_row = range_boundaries(written)
        for number in numbers[bisect_right(numbers, first_row - 1) : bisect_right(numbers, last_row)]:
            fields = sheet.rows[number]
            steps -= len(fields)
            if steps < 0:
                raise DocumentError(f"{name}: çok fazla birleştirilmiş hücre var; sayfayı bölerek verin.")
            for column in [column for column in fields if first_column <= column <= last_column]:
                if (number, column) != (first_row, first_column):
                    del fields[column]


def _hide(sheet: _Sheet, ranges: list[tuple[int, int]]) -> None:
    for number, fields in list(sheet.rows.items()):
        for column in [column for column in fields if any(first <= column <= last for first, last in ranges)]:
            del fields[column]
        if not fields:
            del sheet.rows[number]


class _Formats:
    """The number formats of a workbook by the styles of its cells."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._codes: dict[int, tuple[str, bool, bool]] = {}

    def value(self, value: Any, style: Any) -> tuple[Value, str] | None:
        """What a cell holds, with its format; None where it holds nothing."""
        if value is None or isinstance(value, bool):
            return None if value is None else (value, GENERAL)
        if isinstance(value, datetime):
            return value, _SHORT_DATE
        if not isinstance(value, Decimal):
            text = one_line(str(value))
            return (text, GENERAL) if text else None
        code, dated, elapsed = self._code(int(style))
        if dated:
            try:
                moment = from_excel(float(value), self._book.epoch, timedelta=elapsed)
            except (ValueError, OverflowError):  # no date: Excel fills the cell with #
                return value, GENERAL
            return shown_date(moment, code), GENERAL
        return value, code

    def _code(self, style: int) -> tuple[str, bool, bool]:
        if style not in self._codes:
            styles = self._book._cell_styles
            number = styles[style].numFmtId if style < len(styles) else 0
            code = self._written(number)
            dated = bool(is_date_format(code))
            self._codes[style] = code, dated, dated and bool(is_timedelta_format(code))
        return self._codes[style]

    def _written(self, number: int) -> str:
        if number == _SHORT_DATE_ID:
            return _SHORT_DATE
        own = self._book._number_formats
        if number >= BUILTIN_FORMATS_MAX_SIZE:
            return (
                str(own[number - BUILTIN_FORMATS_MAX_SIZE]) if number - BUILTIN_FORMATS_MAX_SIZE < len(own) else GENERAL
            )
        return str(BUILTIN_FORMATS.get(number, GENERAL))


def _text(sheets: list[_Sheet], name: str) -> str:
    """The text of the sheets, whose numbers are written as the words of the workbook write theirs."""
    words = "\n".join(
        value for sheet in sheets for row in sheet.rows.values() for value, _ in row.values() if isinstance(value, str)
    )
    style = number_style(words)
    text = _written(sheets, Shown(style), name)
    return text if number_style(text) is style else _written(sheets, Shown(style, certain=True), name)


def _written(sheets: list[_Sheet], shown: Shown, name: str) -> str:
    flow = Flow(name)
    if not any(sheet.rows for sheet in sheets):
        return flow.text()  # says that there is none
    for sheet in sheets:
        if sheet.rows:
            flow.heading(1, sheet.title)
            flow.grid(list(_lines(sheet, shown)))
    return flow.text()


def _lines(sheet: _Sheet, shown: Shown) -> Iterator[dict[int, str]]:
    above: int | None = None
    run: list[dict[int, str]] = []
    for number in sorted(sheet.rows):
        if above is not None and sheet.is_parted(above, number):
            if not (len(run) == 1 and _is_title(run[0])):  # a title belongs to the table below the empty row
                yield {}
            run = []
        above = number
        fields = {column: _shown(value, code, shown) for column, (value, code) in sheet.rows[number].items()}
        run.append({column: text for column, text in fields.items() if text})
        yield run[-1]


def _is_title(fields: Mapping[int, str]) -> bool:
    """Whether a row between empty rows is a title: one short text that is no sentence and no note."""
    text = next(iter(fields.values()), "")
    return len(fields) == 1 and text[:1].isalnum() and len(text) <= _LONGEST_TITLE and not re.search(r"[.;!?]$|:", text)


def _shown(value: Value, code: str, shown: Shown) -> str:
    if isinstance(value, bool):
        return _TRUTH[value]
    if isinstance(value, Decimal):
        return shown.number(value, code)
    return shown_date(value, code) if isinstance(value, datetime) else value
