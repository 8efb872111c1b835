"""Plain lists and small tables: one row a line, a label and the values behind it, under a header or a caption.

Examples of the form: "Sağlık Hizmetleri Sınıfı 422" under "Hizmet Sınıfı / Personel / Sayısı"; "2 Minibüs 2 0 2" with
serial numbers; "2004 9.241.835,75" with years as labels; "Sözleşme Bedeli : 2.028.620,00 ₺" as key and value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from indexer.headings import is_unfinished
from indexer.outline import Outline
from indexer.records import Cell, Document, Line, Row, Span, Table
from indexer.tables.column_names import cut_names
from indexer.tables.columns import header_key, parse_column, starts_with_word
from indexer.tables.entries import (
    Entry,
    document_lines,
    dotted,
    joined,
    page_start,
    prose,
    read_entries,
    spaced_cells,
    squeeze,
    title_of,
    unit_word,
)
from indexer.tables.headers import (
    Header,
    column_unit,
    names_caption,
    names_column,
    serial_words,
    several_columns,
    split_header,
    vocabulary,
)
from indexer.tables.number_words import words
from indexer.tables.procurement import with_methods
from indexer.tables.runs import RunRow, by_count, groups, runs
from indexer.turkish import ascii_key

_MAX_HEADER = 14  # lines
_MAX_VALUES = 9
_LONGEST_CAPTION = 200
_CLEAR = 9.0  # the score of a header that the grammar of names reads: no guess beats it
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_SEVERAL = re.compile(r"[^\W\d_] \d{1,3}(?:[.,]\d{3})* [^\W\d_]")  # "Bafra 417 Terme"
_SECTION = re.compile(r"(?:\d+\.)+\d* ")
_DATES = re.compile(r"\d{1,2}(?: ?[-–] ?\d{1,2})? [A-ZÇĞİÖŞÜ][a-zçğıöşü]+ (?:19|20)\d\d(?= )")

Extra = Literal["", "date", "organisation", "unit"]


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the rows: the column names, label column first, and the caption."""

    names: tuple[str, ...]
    certain: bool
    caption: str
    start: int | None


class ListingReader:
    """Reads lists and small tables with one row a line."""

    family = "listing"

    def __init__(self, *, structured: bool = False) -> None:
        """``structured`` keeps to tables with serial numbers, dates, organisations or units beside their labels.

        A reader of bare numbers reads those less well; the other tables of this form it may read first.
        """
        self._structured = structured

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of this form in ``document``, in reading order."""
        lines = document_lines(document)
        for first, items in runs(lines):
            for above, group in groups(items, lines[max(0, first - _MAX_HEADER) : first]):
                table = build_table(group, above, outline, under_header=True, structured=self._structured)
                if table is not None:
                    yield table
                if table is not None or self._structured:
                    continue
                for index, chunk in enumerate(by_count(group)):
                    table = build_table(chunk, above if index == 0 else (), outline)
                    if table is not None:
                        yield table


STRUCTURED = ListingReader(structured=True)
READER = ListingReader()


def build_table(
    rows: Sequence[RunRow],
    above: Sequence[Line],
    outline: Outline,
    *,
    family: str = ListingReader.family,
    under_header: bool = False,
    structured: bool = False,
) -> Table | None:
    """The table that ``rows`` make, or None where they are too few or do not look like a table.

    ``under_header`` asks for a header: then rows with another number of values may stand among the others.
    ``structured`` asks for a certain header and for something beside the labels, see :class:`ListingReader`.
    """
    rows = [row for row in _with_empty_cells(rows) if row.entry.entries]
    if len(rows) < 2:
        return None
    counts = Counter(len(row.entry.entries) for row in rows)
    count = max(counts, key=lambda size: (counts[size], -size))
    if count > _MAX_VALUES or counts[count] * 3 < len(rows) * 2:
        return None
    extra = _extra([row for row in rows if len(row.entry.entries) == count]) if family == ListingReader.family else ""
    head = _head(above, count, extra)
    if not head.names and above and any(row.section for row in rows):
        below_header = _head(above[:-1], count, extra)
        if below_header.names:
            rows = [replace(row, section=row.section or squeeze(above[-1].text)) for row in rows]
            head = below_header
    if not head.names and _names_years(rows[0], count):
        head = replace(head, names=_names_of(rows[0]), certain=True, start=rows[0].entry.span.start)
        rows = rows[1:]
    if sum(row.label in head.caption for row in rows if row.label) > 1:
        head = replace(head, caption="")  # the legend of a chart
    if not head.names and (under_header or counts[count] < 3):
        return None
    if _unlikely(rows, count, head):
        return None
    if structured and not (head.certain and (extra or any(row.serial for row in rows))):
        return None
    if structured and head.names and starts_with_word(header_key(head.names[0]), words("economic_codes")):
        return None  # codes, which begin like serial numbers
    names = head.names[-count:] if head.names else (head.caption,) if count == 1 else ("",) * count
    columns = [parse_column(name) for name in names]
    unit = column_unit(columns[0]) if count == 1 and head.names else None
    if extra in ("date", "organisation"):
        columns.insert(0, parse_column(head.names[0 if extra == "date" else 1] if len(head.names) > count + 1 else ""))
    ambiguous = not head.names and (count > 1 or extra == "unit" or _shows_gaps(rows))
    ambiguous = ambiguous or (count > 1 and not head.certain)
    loose = count == 1 and not head.names and not head.caption
    units = _column_units(rows, count)
    made: list[Row] = []
    parent = ""
    for row in rows:
        doubtful = ambiguous or (loose and not _speaks_for_itself(row))
        made.append(_make_row(row, units, unit, extra, doubtful))
        if extra == "organisation" and _organisation(row.label):
            parent = made[-1].label
        elif extra == "organisation" and parent and not row.section:
            made[-1] = replace(made[-1], section=(parent,))  # goes on below its organisation
    title, context = title_of(outline, made[0].span.start, head.caption)
    span = Span(head.start if head.start is not None else made[0].span.start, made[-1].span.end)
    table = Table("other", family, title, tuple(columns), tuple(made), span, context)
    return with_methods(table, [row.entry.line for row in rows])


def _names_years(row: RunRow, count: int) -> bool:
    """Whether a row is the header of years that the others stand under: "Verilen Belgeler 2021 2022"."""
    years = [entry.text for entry in row.entry.entries]
    rising = all(one < other for one, other in pairwise(years))
    return bool(row.label) and len(years) == count > 1 and rising and all(map(_BARE_YEAR.fullmatch, years))


def _names_of(row: RunRow) -> tuple[str, ...]:
    return (row.label, *(entry.text for entry in row.entry.entries))


def _with_empty_cells(rows: Sequence[RunRow]) -> Sequence[RunRow]:
    """The rows with their empty cells, when every line shows as many cells as the fullest by its single blanks."""
    count = max((len(row.entry.entries) for row in rows), default=0)
    cells = [spaced_cells(row.entry, count) for row in rows]
    if count < 2 or any(found is None for found in cells):
        return rows
    return [
        replace(row, entry=replace(row.entry, entries=found)) for row, found in zip(rows, cells, strict=True) if found
    ]


def _unlikely(rows: Sequence[RunRow], count: int, head: _Head) -> bool:
    """Whether the rows are rather a table of contents, articles of laws or sentences cut by their lines."""
    values = [row.entry.entries[-1].text for row in rows]
    labels = [row.label for row in rows]
    if sum(any(letter.isalpha() for letter in label) or label[:4].isdigit() for label in labels) * 3 < 2 * len(labels):
        return True
    if sum(bool(_SEVERAL.search(label)) for label in labels) * 2 > len(labels):
        return True  # two lists side by side
    if "icindekiler" in ascii_key(head.caption) or sum(len(label) > 70 for label in labels) * 3 > len(labels):
        return True
    if count > 1 or head.names:
        return False
    years = sum(bool(_BARE_YEAR.fullmatch(value)) for value in values)
    pages = [int(value) for value in values if value.isdigit() and len(value) < 4]
    numbered = sum(bool(_SECTION.match(label)) for label in labels) * 2 > len(labels)
    in_order = len(pages) == len(values) and pages == sorted(pages) and (numbered or len(pages) >= 6)
    return years * 2 > len(values) or in_order or not all(labels)


def _extra(rows: Sequence[RunRow]) -> Extra:
    """What nearly every label holds beside the label proper."""
    most = 0.75 * len(rows)
    if sum(bool(_DATES.match(row.label)) for row in rows) >= most:
        return "date"
    if sum(bool(_organisation(row.label)) for row in rows) >= most:
        return "organisation"
    counted = any(unit_word(row.label) for row in rows)  # "Memur" counts civil servants: no unit beside a label
    if not counted and sum(_ends_with_unit(row.label) for row in rows) >= most:
        return "unit"
    return ""


def _ends_with_unit(label: str) -> bool:
    word = label.rsplit(" ", 1)[-1]
    return bool(word) and unit_word(word) and ascii_key(word) not in vocabulary("column_end")


def _organisation(label: str) -> int:
    """Where the name of the organisation at the start of ``label`` ends, if something follows it; else 0."""
    for match in re.finditer(r"[^ ]+(?= )", label):
        if ascii_key(match.group()) in vocabulary("organisation_end"):
            return match.end()
    return 0


def _head(above: Sequence[Line], count: int, extra: Extra) -> _Head:
    """Reads the header and the caption from the lines above the rows, nearest first."""
    lines: list[Line] = []
    best: tuple[Header, list[Line]] | None = None
    for line in reversed(above):
        text = squeeze(line.text)
        if not _header_line(line, text, lines):
            break
        lines.insert(0, line)
        header = _columns(lines, count, extra)
        if header is not None and (best is None or (len(text) <= 25 and header.score >= best[0].score - 0.25)):
            best = header, list(lines)
    used = best[1] if best else []
    outside = [line for line in above if not used or line.start < used[0].start]
    apart = bool(used and outside) and page_start(used[0], outside[-1])  # what ends the page above names nothing here
    caption = "" if apart else _caption(outside)
    if best is None:
        return _Head((), False, caption, None)
    return _Head(best[0].names, best[0].certain, caption, used[0].start)


def _caption(above: Sequence[Line]) -> str:
    """The line right above a table when it reads as a caption, with the line that it goes on from; else empty."""
    pieces: list[str] = []
    for line, below in zip(above[::-1], [None, *above[:0:-1]], strict=False):
        piece = squeeze(line.text)
        adjacent = below is not None and line.number + 1 == below.number
        goes_on = below is not None and line.number + 2 == below.number and is_unfinished(piece)
        if below is not None and (len(pieces) == 2 or not (adjacent or goes_on)):
            break
        if prose(line) or dotted(line) or read_entries(line).entries or len(piece) > 110 or "\t" in line.text.strip():
            if adjacent and len(piece) > 45:
                return ""  # the end of a paragraph
            break
        pieces.insert(0, piece)
    text = joined(pieces).rstrip(" :;")
    if text.endswith("."):
        return ""
    worded = re.search(r"[^\W\d_]{3,}", text)
    return text if worded and text[0].isalnum() and not text[0].islower() and len(text) <= _LONGEST_CAPTION else ""


def _header_line(line: Line, text: str, below: Sequence[Line]) -> bool:
    """Whether ``line`` can belong to the header whose lower lines are ``below``."""
    if prose(line) or dotted(line) or len(text) > 100 or text[-1] in ":;." or "\t" in line.text.strip():
        return False
    if any(not _BARE_YEAR.fullmatch(value.text) for value in read_entries(line).entries):
        return False
    if below and (names_caption(text) or len(text) > 60 or below[0].number - line.number > 5):
        return False
    if below and text.isupper() and not _first_word(below[0].text).isupper():
        return False
    return not below or not page_start(below[0], line)


def _first_word(text: str) -> str:
    match = re.search(r"[^\W\d_]+", text)
    return match.group() if match else "I"


def _columns(lines: Sequence[Line], count: int, extra: Extra) -> Header | None:
    """The header on ``lines`` if it names a label column and ``count`` columns of values."""
    last = squeeze(lines[-1].text).split()
    if len(last) == count > 1 and not extra and header_key(last[-1]) in vocabulary("total_end"):
        return Header(("", *last), True, _CLEAR)  # "Kadın Erkek Toplam" below what they count
    skip = serial_words(lines)
    known = cut_names([word for line in lines for word in squeeze(line.text).split()], count) if not extra else None
    if known is not None:
        return Header((known.label, *known.names), True, _CLEAR)
    if extra == "unit":
        header = split_header(lines, count + 2, skip)
        if header and header_key(header.names[1]) in vocabulary("unit"):
            return Header((header.names[0], *header.names[2:]), header.certain, header.score)
    header = split_header(lines, count + (2 if extra in ("date", "organisation") else 1), skip)
    if header is None and count > 2 and not extra:
        bare = split_header(lines, count)  # as many words as columns: the first column has no name
        header = Header(("", *bare.names), bare.certain, bare.score) if bare else None
    if header is None or not (names_column(header.names[-1]) or (skip and count > 1 and header.certain)):
        return None
    values = header.names[-count:]
    if any(several_columns(name) for name in values) or any(_cut_off(*pair) for pair in pairwise(values)):
        return None
    if extra == "organisation" and header_key(header.names[0]) not in vocabulary("organisation"):
        return None
    return header if all(len(name) <= 60 for name in header.names[-count:]) else None


def _cut_off(name: str, after: str) -> bool:
    """Whether the second of two names is but the sign of the first: "Harcama Oranı" and "%"."""
    return after.strip() == "%" and names_column(name)


def _speaks_for_itself(row: RunRow) -> bool:
    """Whether a row without any header says what its value is: by a unit, a date, or a label that names a quantity."""
    value = row.entry.entries[-1]
    return value.unit is not None or value.kind == "date" or "%" in value.text or names_column(row.label)


def _shows_gaps(rows: Sequence[RunRow]) -> bool:
    """Whether several lines end in more blanks than one: then columns stand empty behind their values."""
    return sum(row.entry.line.text.endswith("  ") for row in rows) > max(1, len(rows) // 3)


def _column_units(rows: Sequence[RunRow], count: int) -> tuple[str | None, ...]:
    """The unit that the full rows print in each of the ``count`` columns; None where they differ or have none."""
    full = [row.entry.entries for row in rows if len(row.entry.entries) == count]
    units = [Counter(entries[index].unit for entries in full).most_common(1)[0] for index in range(count)]
    return tuple(unit if times * 3 >= len(full) * 2 else None for unit, times in units)


def _placed(entries: Sequence[Entry], units: Sequence[str | None]) -> tuple[Entry | None, ...] | None:
    """Too few values put under the columns by their units; None unless each unit belongs to one column only."""
    cells: list[Entry | None] = [None] * len(units)
    for entry in entries:
        if entry.unit is None or units.count(entry.unit) != 1 or cells[units.index(entry.unit)] is not None:
            return None
        cells[units.index(entry.unit)] = entry
    return tuple(cells)


def _make_row(row: RunRow, units: Sequence[str | None], unit: str | None, extra: Extra, ambiguous: bool) -> Row:
    entry = row.entry
    count = len(units)
    label = row.label
    if len(entry.entries) > count:
        surplus = len(entry.entries) - count
        entry = entry.keep(count)
        label = entry.label
        ambiguous = ambiguous or surplus > 1 or label.count("(") <= label.count(")")
    entries: Sequence[Entry | None] = entry.entries
    if len(entries) < count:
        placed = spaced_cells(entry, count) or _placed(entry.entries, units)
        ambiguous = ambiguous or placed is None
        entries = placed or entries
    cells: list[Cell | None] = [value.cell if value else None for value in entries]
    cells += [None] * (count - len(cells))
    if count == 1 and unit is None:
        unit = entry.entries[0].unit
    if extra == "unit" and _ends_with_unit(label):
        label, _, unit = label.rpartition(" ")
    elif extra in ("date", "organisation"):
        label, cell = _split_label(row, label, extra)
        cells.insert(0, cell)
    start = row.start if row.start >= 0 else entry.span.start
    section = (row.section,) if row.section else ()
    span = Span(start, entry.span.end)
    return Row(label.rstrip(" :;"), tuple(cells), span, unit, ambiguous, section=section, note=row.note)


def _split_label(row: RunRow, label: str, extra: Extra) -> tuple[str, Cell | None]:
    """Label and first cell where the text of a row holds both."""
    match = _DATES.match(label)
    end = match.end() if extra == "date" and match else _organisation(label) if extra == "organisation" else 0
    head, rest = label[:end], label[end:].strip()
    text = head if extra == "date" else rest
    source = row.entry.line
    at = source.text.find(text) if end else -1
    if at < 0:
        return label, None
    cell = Cell(text, Span(source.start + at, source.start + at + len(text)))
    return (rest, cell) if extra == "date" else (head, cell)
