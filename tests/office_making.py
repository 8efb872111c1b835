"""Makes Word documents, spreadsheets and web pages for tests: one list of blocks, three formats."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

from indexer.figures import NumberStyle, format_number, number_style
from indexer.records import Document


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Item:
    text: str


@dataclass(frozen=True)
class Merged:
    """A cell over several columns or rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Grid:
    rows: Sequence[Sequence[str | Merged]]


Block = Heading | Paragraph | Item | Grid


def blocks_of(document: Document, first: int, last: int) -> list[Block]:
    """The lines of a tab-separated document as blocks: runs of lines with tabs are tables, others paragraphs."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in document.lines[first - 1 : last]:
        text = line.text.rstrip("\r")
        if "\t" in text:
            rows.append(text.split("\t"))
            continue
        if rows:
            blocks.append(Grid(rows))
        rows = []
        if text.strip():
            blocks.append(Paragraph(text.strip()))
    if rows:
        blocks.append(Grid(rows))
    return blocks


def _places(grid: Grid) -> tuple[int, list[tuple[int, int, str | Merged]]]:
    """The width of a table and its cells by row and column."""
    covered: set[tuple[int, int]] = set()
    cells: list[tuple[int, int, str | Merged]] = []
    for row, fields in enumerate(grid.rows):
        column = 0
        for field in fields:
            while (row, column) in covered:
                column += 1
            cells.append((row, column, field))
            if isinstance(field, Merged):
                reach = [(row + down, column + right) for down in range(field.rows) for right in range(field.columns)]
                covered.update(reach)
                column += field.columns
            else:
                column += 1
    ends = [column + (field.columns if isinstance(field, Merged) else 1) for _, column, field in cells]
    return max(ends), cells


def _text(field: str | Merged) -> str:
    return field.text if isinstance(field, Merged) else field


def docx_of(blocks: Iterable[Block]) -> bytes:
    document = docx.Document()
    for block in blocks:
        match block:
            case Heading(text, level):
                document.add_heading(text, level)
            case Paragraph(text):
                document.add_paragraph(text)
            case Item(text):
                document.add_paragraph(text, style="List Bullet")
            case Grid():
                _add_table(document, block)
    return saved(document)


def _add_table(document: docx.document.Document, grid: Grid) -> None:
    width, cells = _places(grid)
    table = document.add_table(len(grid.rows), width)
    table.style = "Table Grid"
    fields = [list(row.cells) for row in table.rows]
    for row, column, field in cells:
        if isinstance(field, Merged):
            fields[row][column].merge(fields[row + field.rows - 1][column + field.columns - 1])
            fields[row][column].text = field.text
        elif field:
            fields[row][column].text = field


def saved(document: docx.document.Document | Workbook) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def word_element(tag: str, *children: object, **attributes: str) -> object:
    """An element of a Word document, such as ``word_element("w:ins", run)``."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    for child in children:
        element.append(child)
    return element


_NUMBER = re.compile(r"%?-?(?:0|[1-9]\d{0,2}(?:\.\d{3})*|[1-9]\d*)(?:,\d+)?%?")


def as_number(text: str, style: NumberStyle = NumberStyle.DOT) -> tuple[Decimal, str] | None:
    """What a spreadsheet stores for a number as a document writes it, and the format that shows it so."""
    if style is NumberStyle.COMMA:
        text = text.translate(str.maketrans(",.", ".,"))
    if not _NUMBER.fullmatch(text):
        return None
    bare = text.strip("%")
    value = Decimal(bare.replace(".", "").replace(",", "."))
    decimals = len(bare.partition(",")[2])
    grouped = "." in bare or abs(value) < 1000
    code = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    if (format_number(value) if grouped else f"{value:f}".replace(".", ",")) != bare:
        return None
    return (value / 100, code + "%") if "%" in text else (value, code)


def xlsx_of(blocks: Iterable[Block], title: str = "Sayfa1") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    at = 1
    blocks = list(blocks)
    grids = [place for block in blocks if isinstance(block, Grid) for place in _places(block)[1]]
    style = number_style("\n".join(_text(field) for _, _, field in grids))
    for block in blocks:
        if isinstance(block, Grid):
            for row, column, field in _places(block)[1]:
                text = _text(field)
                cell = sheet.cell(at + row, 1 + column)
                number = as_number(text, style)
                if number:
                    cell.value, cell.number_format = number
                elif text:
                    cell.value = text
                if isinstance(field, Merged):
                    end = {"end_row": at + row + field.rows - 1, "end_column": column + field.columns}
                    sheet.merge_cells(start_row=at + row, start_column=1 + column, **end)
            at += len(block.rows) + 1
        else:
            sheet.cell(at, 1).value = block.text
            at += 2
    return saved(book)


def html_of(blocks: Iterable[Block], encoding: str = "utf-8") -> bytes:
    parts = [f'<!DOCTYPE html><html lang="tr"><head><meta charset="{encoding}"><style>p{{}}</style></head><body>']
    for block in blocks:
        match block:
            case Heading(text, level):
                parts.append(f"<h{level}>{html.escape(text)}</h{level}>")
            case Paragraph(text):
                parts.append(f"<p>{html.escape(text)}</p>")
            case Item(text):
                parts.append(f"<ul><li>{html.escape(text)}</li></ul>")
            case Grid(rows):
                parts.append("<table border='1'>" + "".join(f"<tr>{_html_row(row)}</tr>" for row in rows) + "</table>")
    return "\n".join([*parts, "</body></html>"]).encode(encoding)


def _html_row(row: Sequence[str | Merged]) -> str:
    cells = [
        f'<td colspan="{cell.columns}" rowspan="{cell.rows}">{html.escape(cell.text)}</td>'
        if isinstance(cell, Merged)
        else f"<td>{html.escape(cell)}</td>"
        for cell in row
    ]
    return "".join(cells)
