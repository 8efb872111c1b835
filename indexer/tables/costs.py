"""Cost tables: what one activity costs, by economic code (Faaliyet Maliyetleri Tablosu), flattened or delimited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.figures import NumberStyle, number_style
from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Line, Row, Span, Table
from indexer.tables.columns import header_key
from indexer.tables.cost_header import read_cost_header
from indexer.tables.fields import Field, is_value, split_fields
from indexer.tables.forms import clean, context_of, form_words, line_key, phrase, read_fields, split_units
from indexer.tables.values import tail
from indexer.turkish import ascii_key

_CODE = re.compile(r"(?P<code>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?[ \u00a0]+(?=[^\W\d_])")
_BARE_CODE = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?")
_REMARK = re.compile(r" ?\([^()]*\)$")  # "Bütçe Dışı Kaynak İhtiyacı (Diğer Yurt İçi)"
_MONEY = re.compile(r"\d[.,]\d\d$")
_HEAD_LINES = 45  # a form's head is no longer than a page
_NOISE = 4
_FEWEST_CODES = 3
_LOOSE_LINES = 3  # lines without meaning that a page break may put between two rows


_FIXED = ("budget_total", "outside_total", "total", "outside")


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of a table by economic code.

    ``values`` holds the printed cells at its end, None where one is visibly empty; ``group`` is a merged cell beside
    the label, such as ``Bütçe Dışı Kaynak``. ``places`` are the columns of delimited values, else empty. A code that
    is printed in one cell with its name is part of ``printed``, the label of the row.
    """

    label: str
    printed: str
    code: str | None
    group: str | None
    values: tuple[Cell | None, ...]
    places: tuple[int, ...]
    label_place: int
    span: Span

    @property
    def key(self) -> str:
        """The label as the data file writes words."""
        return header_key(self.label)

    @property
    def begins_row(self) -> bool:
        """Whether the line begins a row: it has a code, or is one of the form's fixed rows or the first part of one."""
        if self.code is not None:
            return True
        fixed = [word for name in _FIXED for word in form_words("costs", name)]
        broken = not self.values and len(self.key) > _NOISE and any(word.startswith(f"{self.key} ") for word in fixed)
        return self.key in fixed or _REMARK.sub("", self.key) in fixed or broken


def read_code_line(line: Line, style: NumberStyle) -> CodeLine | None:
    """``line`` as a line of a table by economic code; None where it holds nothing."""
    delimited = split_fields(line)
    if delimited is None:
        parts = tail(line, style)
        label, cells = clean(parts.label), tuple(value.cell for value in parts.values)
        if not label and not any(cells):
            return None
        start = parts.label_span.start if label else min(cell.span.start for cell in cells if cell)
        end = max([parts.label_span.end if label else start, *(cell.span.end for cell in cells if cell)])
        group, printed = _split_group(label)
        code, label = _split_code(printed)
        return CodeLine(label, printed, code, group, cells, (), 0, Span(start, end))
    filled = list(delimited.filled)
    values: list[Field] = []
    while filled and is_value(filled[-1].text, style) and not (len(filled) == 1 and not values):
        values.append(filled.pop())
    values.reverse()
    code, group, texts = None, None, [part.text for part in filled]
    place = filled[0].index if filled else 0
    if texts and _BARE_CODE.fullmatch(texts[0]):
        code = texts.pop(0).rstrip(".")
    elif values and not texts and len(values) > 1 and _BARE_CODE.fullmatch(values[0].text):
        code = values.pop(0).text
    if len(texts) > 1 and header_key(texts[0]) in form_words("costs", "group"):
        group = texts.pop(0)
        if code is None and _BARE_CODE.fullmatch(texts[0]):
            code = texts.pop(0).rstrip(".")
    label = printed = " ".join(texts)
    if code is None:
        code, label = _split_code(printed)
    if not label and not values:
        return None
    return CodeLine(
        label,
        printed,
        code,
        group,
        tuple(part.cell for part in values),
        tuple(part.index for part in values),
        place,
        delimited.span,
    )


def _split_group(label: str) -> tuple[str | None, str]:
    """The merged cell beside a label and the label, where both stand in one line."""
    key = header_key(_split_code(label)[1])
    match = phrase("costs", "group").match(ascii_key(label))
    if any(key in form_words("costs", name) for name in _FIXED):
        match = None  # "Bütçe Kaynak İhtiyacı Toplamı"
    return (label[: match.end()], label[match.end() :].strip()) if match else (None, label)


def _split_code(label: str) -> tuple[str | None, str]:
    match = _CODE.match(label)
    return (match["code"], label[match.end() :]) if match else (None, label)


class CostReader:
    """Reads the cost table of every activity."""

    family = "costs"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The cost tables of ``document`` in reading order."""
        style = number_style(document.text)
        previous = 0
        for index, line in enumerate(document.lines):
            if index < previous or not phrase("costs", "header").search(line_key(document, line)):
                continue
            header = read_cost_header(document.lines, index)
            if header is None:
                continue
            rows, end = read_rows(document.lines, header.first, len(header.columns), style, header.places)
            if not (ends_with_total(rows) or _is_form(rows)):
                continue
            yield _table(
                document,
                outline,
                _head(document, max(previous, index - _HEAD_LINES), index, style),
                index,
                header.columns,
                rows,
            )
            previous = end


READER = CostReader()


def read_rows(
    lines: Sequence[Line], start: int, width: int, style: NumberStyle, places: tuple[int, ...] = ()
) -> tuple[list[Row], int]:
    """The rows of a table by economic code and the index of the line after them.

    Args:
        lines: the lines of the document.
        start: index of the first line after the header.
        width: how many columns of values the header has.
        style: how the document writes numbers.
        places: where the header is delimited, the columns of its values.

    Returns:
        The rows to the one with the total (Toplam Kaynak İhtiyacı); those read so far when the table breaks off.
    """
    rows: list[Row] = []
    pending: CodeLine | None = None
    group: str | None = None
    loose = 0
    for index in range(start, len(lines)):
        part = read_code_line(lines[index], style)
        if part is None:
            continue
        if len(part.label) <= _NOISE and not part.values:
            continue  # letters of a rotated cell
        if part.group and not part.label:
            group = part.group
            continue
        group = part.group or (group if part.key in form_words("costs", "outside") else None)
        if part.begins_row:
            if pending is not None:
                rows.append(_row(pending, width, places))
            pending, loose = replace(part, group=group), 0
        elif pending is not None and not pending.values and not (part.group or loose):
            pending = _joined(pending, part)
        else:
            loose += 1
            if loose > _LOOSE_LINES or _ends(part):
                break
            continue
        if pending.key in form_words("costs", "total") and (pending.values or part is not pending):
            rows.append(_row(pending, width, places))
            return rows, index + 1
    if pending is not None:
        rows.append(_row(pending, width, places))
    return rows, start + 1


def _head(document: Document, first: int, header: int, style: NumberStyle) -> int:
    """The first of the lines from ``first`` to ``header`` that can be of a form's head, which holds no amounts."""
    for index in range(header - 1, first - 1, -1):
        part = read_code_line(document.lines[index], style)
        if part is not None and any(cell is not None and _MONEY.search(cell.text) for cell in part.values):
            return index + 1
    return first


def _is_form(rows: Sequence[Row]) -> bool:
    """Whether ``rows`` are those of a form that ends with the resources of the budget: codes, and their total last."""
    closing = (*form_words("costs", "budget_total"), *form_words("totals", "labels"))
    coded = sum(row.code is not None for row in rows)
    return coded >= _FEWEST_CODES and header_key(rows[-1].label) in closing


def ends_with_total(rows: Sequence[Row]) -> bool:
    """Whether one of ``rows`` is the form's last one, the total of all resources."""
    return any(header_key(row.label) in form_words("costs", "total") for row in rows)


def _ends(part: CodeLine) -> bool:
    key = ascii_key(part.label)
    return bool(phrase("costs", "header", "title").match(key) or phrase("fields", "activity").match(key))


def _joined(first: CodeLine, second: CodeLine) -> CodeLine:
    """A row whose label goes on in the next line, or whose values stand there."""
    label = clean(f"{first.label}\n{second.label}")
    printed = clean(f"{first.printed}\n{second.printed}")
    span = Span(first.span.start, second.span.end)
    return replace(first, label=label, printed=printed, values=second.values, places=second.places, span=span)


def _row(part: CodeLine, width: int, places: Sequence[int]) -> Row:
    by_place = dict(zip(part.places, part.values, strict=False))
    if by_place and set(by_place) <= set(places):
        cells: tuple[Cell | None, ...] = tuple(by_place.get(place) for place in places)
        certain = True
    else:
        certain = len(part.values) == width or not any(part.values) or (width == 1 and not part.values[1:])
        cells = part.values if certain and any(part.values) else ()
    return Row(
        part.printed,
        (*cells, *[None] * (width - len(cells))),
        part.span,
        ambiguous=not certain,
        code=part.code,
        section=(part.group,) if part.group else (),
    )


def _table(
    document: Document, outline: Outline, first: int, header: int, columns: tuple[Column, ...], rows: list[Row]
) -> Table:
    lines = document.lines
    start, end = lines[first].start, lines[header].start
    titles = list(phrase("costs", "title").finditer(ascii_key(document.text[start:end])))
    if titles:
        start += titles[-1].start()
    fields = read_fields(document, Span(start, end))
    units = tuple(unit for field in fields if field.role == "responsible" for unit in split_units(field.value))
    context = context_of(outline, start if titles else end, fields)
    starts = [field.span.start for field in fields if field.role != "note"]
    opening = start if titles else min(starts, default=lines[header].start)
    return Table(
        "budget",
        CostReader.family,
        " / ".join(context),
        columns,
        tuple(replace(row, units_responsible=units) for row in rows),
        Span(opening, rows[-1].span.end),
        context,
    )
