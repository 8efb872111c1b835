"""Side-by-side lists of people: several committees in columns, their members in numbered rows.

Example of the form: "Plan ve Bütçe Komisyonu Ulaşım Komisyonu" above "1. Ayşe DEMİR Başkan 1. Ali KAYA Başkan". A cell
may go on on the next line, and a sentence may stand where a member is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Line, Row, Span, Table
from indexer.tables.entries import document_lines, page_start, prose, squeeze, title_of
from indexer.tables.headers import split_header, vocabulary
from indexer.turkish import ascii_key

_NUMBERED = re.compile(r"(?:^|(?<=[ \t\u00a0\n]))(\d{1,2})\.[ \u00a0]*(?=[^\W\d_])")
_BLANKS = " \t\r\n\u00a0"
_MAX_HEADER = 6
_MAX_ROW_LINES = 6
_WORD = re.compile(r"[^ \t\r\n\u00a0]+")


@dataclass(frozen=True, slots=True)
class _GridRow:
    number: int
    cells: tuple[Span, ...]
    span: Span
    last: int  # position of its last line


class GridsReader:
    """Reads committees that stand side by side."""

    family = "grid"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of this form in ``document``, in reading order."""
        lines = document_lines(document)
        position = 0
        while position < len(lines):
            rows = _rows(document, lines, position)
            if len(rows) < 3:
                position += 1
                continue
            table = _table(document, lines, position, rows, outline)
            if table is not None:
                yield table
            position = rows[-1].last + 1


READER = GridsReader()


def _rows(document: Document, lines: Sequence[Line], position: int) -> list[_GridRow]:
    """The rows 1, 2, 3 … from the line at ``position`` on, each with the same number of cells."""
    if not _begins(lines[position], 1):
        return []
    rows: list[_GridRow] = []
    cursor = position
    while cursor < len(lines) and _begins(lines[cursor], len(rows) + 1):
        number = len(rows) + 1
        end = cursor
        while (
            end + 1 < len(lines)
            and end - cursor < _MAX_ROW_LINES
            and lines[end + 1].number - lines[end].number <= 2
            and not _begins(lines[end + 1], number + 1)
            and _goes_on(document, lines, cursor, end, number)
        ):
            end += 1
        span = Span(lines[cursor].start, lines[end].start + len(lines[end].text.rstrip(_BLANKS)))
        cells = _cells(document.text, span, number)
        rows.append(_GridRow(number, cells, span, end))
        cursor = end + 1
    count = Counter(len(row.cells) for row in rows).most_common(1)[0][0] if rows else 0
    return rows if count >= 2 and len(rows[0].cells) == count else []


def _begins(line: Line, number: int) -> bool:
    match = _NUMBERED.match(line.text.lstrip(_BLANKS))
    return match is not None and int(match[1]) == number and len(_NUMBERED.findall(line.text)) >= 1


def _goes_on(document: Document, lines: Sequence[Line], first: int, last: int, number: int) -> bool:
    """Whether the row needs the next line: its last cell has no role yet, or the next line has cells of this row."""
    following = lines[last + 1].text
    if any(int(match[1]) == number for match in _NUMBERED.finditer(following)):
        return True
    text = squeeze(document.text[lines[first].start : lines[last].end])
    return not ends_with_role(text) and not prose(lines[last + 1])


def ends_with_role(text: str) -> bool:
    """Whether ``text`` ends with the role of a member of a committee or with the office of a unit's head."""
    words = ascii_key(text).split(" ")
    known = any(" ".join(words[-size:]) in vocabulary("role") for size in (1, 2))
    return known or words[-1] in vocabulary("office_end")


def _cells(text: str, span: Span, number: int) -> tuple[Span, ...]:
    """The cells of a row: what stands between its numbers, cut once more behind a role that does not end it."""
    matches = [match for match in _NUMBERED.finditer(text, span.start, span.end) if int(match[1]) == number]
    cells: list[Span] = []
    for match, following in zip_longest(matches, matches[1:]):
        end = following.start() if following else span.end
        cells += _after_role(text, Span(match.end(), end))
    return tuple(_trim(text, cell) for cell in cells)


def _after_role(text: str, cell: Span) -> list[Span]:
    words = list(_WORD.finditer(text, cell.start, cell.end))
    for index, word in enumerate(words[:-1]):
        pair = ascii_key(f"{word.group()} {words[index + 1].group()}")
        if ascii_key(word.group()) in vocabulary("role") and pair not in vocabulary("role") and index:
            return [Span(cell.start, word.end()), Span(words[index + 1].start(), cell.end)]
        if pair in vocabulary("role") and index + 2 < len(words):
            return [Span(cell.start, words[index + 1].end()), Span(words[index + 2].start(), cell.end)]
    return [cell]


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return Span(start, end)


def _table(
    document: Document, lines: Sequence[Line], position: int, rows: Sequence[_GridRow], outline: Outline
) -> Table | None:
    count = len(rows[0].cells)
    members = [squeeze(document.text[cell.start : cell.end]) for row in rows for cell in row.cells]
    if sum(map(ends_with_role, members)) * 2 < len(members):
        return None
    above = lines[max(0, position - _MAX_HEADER) : position]
    names, start = _names(above, count)
    made: list[Row] = []
    for row in rows:
        cells: list[Cell | None] = [Cell(squeeze(document.text[c.start : c.end]), c) for c in row.cells[:count]]
        cells += [None] * (count - len(cells))
        made.append(Row(str(row.number), tuple(cells), row.span, ambiguous=len(row.cells) != count or not names))
    columns = tuple(Column(name) for name in names or ("",) * count)
    caption = _caption(above, start)
    title, context = title_of(outline, rows[0].span.start, caption)
    span = Span(start if names else rows[0].span.start, rows[-1].span.end)
    return Table("other", GridsReader.family, title, columns, tuple(made), span, context)


def _names(above: Sequence[Line], count: int) -> tuple[tuple[str, ...], int]:
    """The names of the columns and where they start: the lines above that hold the head word once a column."""
    for size in range(1, len(above) + 1):
        lines = above[-size:]
        words = [ascii_key(word.group()) for line in lines for word in _WORD.finditer(line.text)]
        heads = Counter(word for word in words if word.isalpha())
        last = next((word for word in reversed(words) if word.isalpha()), "")
        if heads[last] == count and not (size < len(above) and _wraps(above[-size - 1], lines[0], last)):
            return _at_head(lines, last), lines[0].start
        if heads[last] > count:
            break
    header = split_header(above[-1:], count)
    if header is not None and header.certain:
        return header.names, above[-1].start
    return (), above[-1].start if above else 0


def _wraps(line: Line, below: Line, head: str) -> bool:
    """Whether the name that ``below`` begins with began on ``line``, which does not end in the head word itself."""
    words = ascii_key(squeeze(line.text)).split(" ")
    adjacent = below.number == line.number + 1 and not page_start(below, line)
    return words[-1] != head and (adjacent or words[-1] in ("ve", "ile") or words[-1].endswith(","))


def _at_head(lines: Sequence[Line], head: str) -> tuple[str, ...]:
    """Cuts the words of ``lines`` behind each head word; a star that follows it stays with it."""
    names: list[list[str]] = [[]]
    for line in lines:
        for word in _WORD.findall(line.text):
            if not word.strip("*") and len(names) > 1 and not names[-1]:
                names[-2].append(word)
                continue
            names[-1].append(word)
            if ascii_key(word).strip("*") == head:
                names.append([])
    return tuple(" ".join(name) for name in names if name)


def _caption(above: Sequence[Line], start: int) -> str:
    """The line right above the names of the columns when it is a caption of its own."""
    before = [line for line in above if line.start < start]
    if not before or prose(before[-1]) or _NUMBERED.search(before[-1].text):
        return ""
    return squeeze(before[-1].text)
