"""Totals of a performance programme: costs of targets with their shares, and the resources by economic code.

Flattened tables of both kinds, and the delimited table of resources; the delimited table of shares is an ordinary
one, which :mod:`indexer.tables.delimited` reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from indexer.figures import NumberStyle, number_style, parse_number
from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Line, Row, Span, Table
from indexer.tables.columns import header_key, parse_column
from indexer.tables.costs import CodeLine, ends_with_total, read_code_line, read_rows
from indexer.tables.fields import split_fields
from indexer.tables.forms import clean, context_of, form_words, line_key, phrase
from indexer.tables.values import Tail, tail
from indexer.turkish import ascii_key

_AMOUNT = re.compile(r"\(?[ ]*(?<!\w)(?:tl|₺)(?!\w)")
_COLUMN_END = re.compile(r"(?<!\w)(?:tl|₺|payi?)(?!\w)\)?[ ]*(?:\([ ]*(?:%|tl|₺)[ ]*\)|%)?")
_HEADER_WORDS = re.compile(
    r"(?:tl|₺|payi?|perf|performans|topl|toplam|toplami|butce|ici|disi|icindeki|program|hedef|hedefi|kaynak|kaynaklar|kaynaktaki"
    r"|icinde|orani|genel|%|[().\s\u00a0])+"
)
_NAMED_AMOUNT = re.compile(r"butce(?: ici)?")  # the first name of a header whose "(TL)" stands in the next line
_DECIMALS = re.compile(r"[.,]\d\d$")
_HEADER_LINES = 14
_LABEL_LINES = 9


class TotalsReader:
    """Reads tables of shares and the table of all resources by economic code."""

    family = "totals"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of totals of ``document``."""
        style = number_style(document.text)
        yield from _share_tables(document, outline, style)
        yield from _resource_tables(document, outline, style)


READER = TotalsReader()


# Shares: theme and header, then rows of label, amounts and percentages.


def _share_tables(document: Document, outline: Outline, style: NumberStyle) -> Iterator[Table]:
    lines = document.lines
    index = 0
    while index < len(lines):
        key = line_key(document, lines[index])
        header = _share_header(lines, index) if _AMOUNT.search(key) or _NAMED_AMOUNT.fullmatch(key) else None
        if header is None:
            index += 1
            continue
        theme, columns, first = header
        rows, end = _share_rows(lines, first, theme, len(columns), style)
        if len(rows) > 1:
            context = context_of(outline, lines[index].start, (), general=True)
            if theme and header_key(theme) != header_key(context[-1] if context else ""):
                context = (*context, theme)
            closing = next((at for at, row in enumerate(rows) if _adds_up_all(row.label)), 0) if theme else 0
            parts = [(rows[:closing], context), (rows[closing:], context[:-1])] if closing else [(rows, context)]
            start = lines[index].start
            for part, path in parts:
                span = Span(start, part[-1].span.end)
                yield Table("budget", TotalsReader.family, " / ".join(path), columns, tuple(part), span, path)
                start = span.end + 1
        index = max(end, index + 1)


def _adds_up_all(label: str) -> bool:
    """Whether a row adds up the targets of all themes: it and those below it belong to none of them."""
    return header_key(label) in form_words("shares", "targets_total")


def _share_header(lines: Sequence[Line], index: int) -> tuple[str, tuple[Column, ...], int] | None:
    """Theme, columns and index of the first line below, where a header of amounts and shares begins at ``index``."""
    text = lines[index].text
    begin = _first_amount(lines, index)
    if begin is None or any(character.isdigit() for character in text) or split_fields(lines[index]):
        return None
    if not _HEADER_WORDS.fullmatch(ascii_key(text[begin:])):
        return None  # the header of another table
    pieces = [text[begin:]]
    end = index + 1
    for line in lines[index + 1 : index + _HEADER_LINES]:
        if clean(line.text):
            if not _HEADER_WORDS.fullmatch(ascii_key(line.text)):
                break
            pieces.append(line.text)
            end = line.number
    joined = clean("\n".join(pieces))
    ends = [match.end() for match in _COLUMN_END.finditer(ascii_key(joined))]
    names = [clean(joined[start:stop]) for start, stop in zip([0, *ends], ends, strict=False)]
    if sum("pay" in ascii_key(name) for name in names) == 0 or len(names) < 2:
        return None
    theme = clean(text[:begin])
    groups = _groups(lines, index, theme, sum(_AMOUNT.match(ascii_key(name)) is not None for name in names))
    if groups:
        theme = ""
        period = len(names) // len(groups)
        names = [f"{groups[place // period]} {name}" for place, name in enumerate(names)]
    return theme, tuple(_share_column(name) for name in names), end


def _first_amount(lines: Sequence[Line], index: int) -> int | None:
    """Where the columns of a header begin in its line: at "(TL)", or at a name with its "(TL)" in the line below."""
    key = ascii_key(lines[index].text)
    amount = _AMOUNT.search(key)
    if amount is not None:
        return amount.start()
    below = next((line.text for line in lines[index + 1 : index + 3] if clean(line.text)), "")
    wrapped = _NAMED_AMOUNT.fullmatch(key.strip()) and _AMOUNT.match(ascii_key(below).strip())
    return 0 if wrapped else None


def _groups(lines: Sequence[Line], index: int, theme: str, amounts: int) -> list[str]:
    """The names over pairs of amount and share (Bütçe İçi, Bütçe Dışı, Toplam), if the line above holds them."""
    above = next((clean(line.text) for line in reversed(lines[max(0, index - 3) : index]) if clean(line.text)), "")
    for text in (theme, above):
        found = [text[match.start() : match.end()] for match in phrase("shares", "groups").finditer(ascii_key(text))]
        if len(found) == amounts > 1:
            return found
    return []


def _share_column(name: str) -> Column:
    column = parse_column(name)
    if "pay" in ascii_key(name):
        return replace(column, measure="rate", unit="%")
    return replace(column, measure="budget", unit="TL")


def _share_rows(lines: Sequence[Line], first: int, theme: str, width: int, style: NumberStyle) -> tuple[list[Row], int]:
    rows: list[Row] = []
    label: list[Line] = []
    index = first
    while index < len(lines):
        line = lines[index]
        again = _share_header(lines, index)
        if again is not None:
            if again[0] != theme or len(again[1]) != width:
                break
            index = again[2]  # the same header after a page break
            continue
        index += 1
        if not clean(line.text):
            continue
        parts = tail(line, style).keep(width, line)
        if len(parts.values) == width or (parts.values and _is_amount(parts)):
            rows.append(_share_row(label, line, parts, width))
            label = []
            continue
        label.append(line)
        if len(label) > _LABEL_LINES or phrase("costs", "header").match(header_key(line.text)):
            break
    return rows, index


def _is_amount(parts: Tail) -> bool:
    return bool(_DECIMALS.search(parts.values[0].text))


def _share_row(label: Sequence[Line], line: Line, parts: Tail, width: int) -> Row:
    text = clean("\n".join([*(part.text for part in label), parts.label]))
    cells = [value.cell for value in parts.values]
    start = label[0].start + len(label[0].text) - len(label[0].text.lstrip()) if label else line.start
    end = max(cell.span.end for cell in cells if cell) if any(cells) else line.end
    short = len(cells) < width
    return Row(text, (*cells, *[None] * (width - len(cells))), Span(start, end), ambiguous=short)


# Resources: rows by economic code, columns for activities, general administration, transfers and all together.


def _resource_tables(document: Document, outline: Outline, style: NumberStyle) -> Iterator[Table]:
    for index, line in enumerate(document.lines):
        key = line_key(document, line)
        if not phrase("costs", "header").search(key) or any(character.isdigit() for character in key):
            continue
        delimited = split_fields(line)
        if delimited is not None:
            places = {part.index: part.text for part in delimited.filled if _is_resource(part.text)}
            rows = _delimited_rows(document.lines, index + 1, list(places), style)
            names = list(places.values())
        else:
            names, first = _resource_header(document.lines, index)
            rows = read_rows(document.lines, first, len(names), style)[0] if len(names) > 1 else []
            if not ends_with_total(rows):
                rows = []  # another table with such a header, such as one with several lines for each code
        if len(names) < 2 or not rows:
            continue
        context = context_of(outline, line.start, (), general=True)
        columns = tuple(replace(parse_column(name), measure="budget", unit="TL") for name in names)
        span = Span(line.start, rows[-1].span.end)
        yield Table("budget", TotalsReader.family, " / ".join(context), columns, tuple(rows), span, context)


def _is_resource(text: str) -> bool:
    return header_key(text) in form_words("resources", "columns")


def _resource_header(lines: Sequence[Line], index: int) -> tuple[list[str], int]:
    """The names of the columns that the wrapped header spells, and the index of the line after it."""
    pieces: list[str] = []
    end = index
    for line in islice(lines, index, index + 2 * _HEADER_LINES):
        if any(character.isdigit() for character in line.text):
            break
        if clean(line.text):
            pieces.append(line.text)
        joined = clean("\n".join(pieces))
        found = list(phrase("resources", "columns").finditer(ascii_key(joined)))
        if found:
            end = line.number
            if len(found) > 1 and header_key(found[-1][0]) in form_words("resources", "last"):
                break
    return [joined[match.start() : match.end()] for match in found], end


def _delimited_rows(lines: Sequence[Line], start: int, places: Sequence[int], style: NumberStyle) -> list[Row]:
    parts: list[CodeLine] = []
    for line in islice(lines, start, start + 40):
        part = read_code_line(line, style) if split_fields(line) else None
        if part is None:
            break
        parts.append(part)
        if part.key in form_words("costs", "total"):
            break
    group: str | None = None
    rows: list[Row] = []
    for part in parts:
        group = part.group or (group if part.key in form_words("costs", "outside") else None)
        cells, certain = _placed(part, places, 0)
        if _is_total(part) and part.label_place != _usual_place(parts):
            cells, certain = _shifted(part, parts, places, style)
        section = (group,) if group else ()
        rows.append(Row(part.printed, cells, part.span, ambiguous=not certain, code=part.code, section=section))
    return rows


def _is_total(part: CodeLine) -> bool:
    return any(part.key in form_words("costs", name) for name in ("budget_total", "outside_total", "total"))


def _usual_place(parts: Sequence[CodeLine]) -> int:
    return Counter(part.label_place for part in parts if _is_total(part)).most_common(1)[0][0]


def _placed(part: CodeLine, places: Sequence[int], shift: int) -> tuple[tuple[Cell | None, ...], bool]:
    by_place = {place - shift: cell for place, cell in zip(part.places, part.values, strict=True)}
    if set(by_place) <= set(places):
        return tuple(by_place.get(place) for place in places), True
    if len(part.values) == len(places):
        return part.values, True
    return (*part.values, *[None] * len(places))[: len(places)], False


def _shifted(
    part: CodeLine, parts: Sequence[CodeLine], places: Sequence[int], style: NumberStyle
) -> tuple[tuple[Cell | None, ...], bool]:
    """The cells of a total that stands beside its column, where the rows that it adds up prove the place.

    The row counts as certain only when the shifted cells equal the sums of their columns and the printed ones do not.
    """
    printed, _ = _placed(part, places, 0)
    moved, whole = _placed(part, places, part.label_place - _usual_place(parts))
    outside = part.key in form_words("costs", "outside_total")
    rows = [other for other in parts if not _is_total(other)]
    added = [other for other in rows if (other.key in form_words("costs", "outside")) == outside]
    columns = zip(*(_placed(other, places, 0)[0] for other in added), strict=True)
    sums = [sum((_value(cell, style) for cell in column), Decimal(0)) for column in columns]
    if whole and _equals(moved, sums, style) and not _equals(printed, sums, style):
        return moved, True
    return printed, False


def _equals(cells: Sequence[Cell | None], sums: Sequence[Decimal], style: NumberStyle) -> bool:
    return bool(sums) and all(
        cell is None or _value(cell, style) == total for cell, total in zip(cells, sums, strict=True)
    )


def _value(cell: Cell | None, style: NumberStyle) -> Decimal:
    return (parse_number(cell.text, style) if cell else None) or Decimal(0)
