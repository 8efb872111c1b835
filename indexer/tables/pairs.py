"""Two-up lists: two pairs of label and count on a line, the count before or after its label.

Examples of the form: "Balçova 120 Kemalpaşa 106" under "İlçe Adı Taşınmaz Adedi İlçe Adı Taşınmaz Adedi";
"208 Adet İşyeri 7 Adet Eğitim Alanı (15 Parsel)" above a caption or without one; "1 Cumhuriyet 13 Karadağ" with serial
numbers under "S/N Mahalle İsimleri S/N Mahalle İsimleri".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Line, Row, Span, Table
from indexer.tables.column_names import NamedColumns, cut_names
from indexer.tables.columns import header_key, parse_column
from indexer.tables.entries import document_lines, dotted, prose, read_entries, squeeze, title_of
from indexer.tables.headers import column_unit, serial_words, split_header, vocabulary
from indexer.turkish import ascii_key

_FIGURE = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_LABEL_COUNT = re.compile(
    rf"(?P<label>(?:\d{{1,2}}\.?[ \u00a0])?[^\W\d_][^\d]*?)[ \u00a0]+(?P<count>[-–]|%?{_FIGURE}%?)(?=[ \u00a0]|$)"
)
_SERIAL_LABEL = re.compile(
    r"(?P<count>\d{1,3})[.)]?[ \u00a0]+(?P<label>.+?)(?=[ \u00a0]+\d{1,3}[.)]?[ \u00a0]+[^\W_]|[ \u00a0]*$)"
)
_COUNT_FIRST = re.compile(rf"(?P<count>{_FIGURE})[ \u00a0]+(?:(?P<unit>[^\W\d_][\w²³]*)[ \u00a0]+)?(?=[^\W_])")
_PARENTHESES = re.compile(r"\([^()]*\)?")
_POWER = re.compile(r"(?<=[mM])[23²³]")
_MAX_GAP = 7
_MIN_ROWS = 3
_HEADER_LINES = 6
_MAX_HEADER = 200  # characters
_MAX_LABEL = 70
_MOST_PARTS = 4  # pairs on a line


@dataclass(frozen=True, slots=True)
class _Pair:
    label: str
    count: Cell
    span: Span
    unit: str | None = None
    before: tuple[Cell, ...] = ()  # the cells before the count where a label has several


class PairsReader:
    """Reads two-up lists."""

    family = "pairs"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of this form in ``document``, in reading order."""
        lines = document_lines(document)
        position = 0
        while position < len(lines):
            table, length = _headed(lines, position, outline)
            if table is None:
                table, length = _counted(lines, position, outline)
            if table is not None:
                yield table
            position += max(1, length)


READER = PairsReader()


def _headed(lines: Sequence[Line], position: int, outline: Outline) -> tuple[Table | None, int]:
    """The list under a header that is printed twice on one line, and how many lines it takes."""
    header = lines[position]
    half, end = _repeated_header(lines, position)
    if half is None:
        return None, 0
    words = serial_words([half])
    several = _several_names(half)
    names = several or split_header([half], 2)
    if names is None:
        return None, 0
    count = len(names.names) - (0 if several else 1)
    pattern = _SERIAL_LABEL if words else _label_counts(count)
    pairs: list[_Pair] = []
    while end < len(lines) and lines[end].number - lines[end - 1].number <= _MAX_GAP:
        found = _pairs_on(lines[end], pattern)
        if not found:
            break
        pairs += found
        end += 1
    if len(pairs) < _MIN_ROWS:
        return None, 0
    if words:
        name = " ".join(squeeze(half.text).split(" ")[words:])
        rows = tuple(_serial_row(pair) for pair in pairs)
        columns: tuple[Column, ...] = (Column(name),)
    elif several:
        columns = tuple(parse_column(name) for name in several.names)
        rows = tuple(Row(pair.label, (*pair.before, pair.count), pair.span) for pair in pairs)
    else:
        columns = (parse_column(names.names[1]),)
        rows = tuple(Row(pair.label, (pair.count,), pair.span, column_unit(columns[0])) for pair in pairs)
    caption = _caption_below(lines, end)
    title, context = title_of(outline, header.start, caption)
    return Table(
        "other", PairsReader.family, title, columns, rows, Span(header.start, pairs[-1].span.end), context
    ), end - position


def _several_names(half: Line) -> NamedColumns | None:
    """The names behind the label column where a half of the header has two or three."""
    found = (cut_names(half.text.split(), count) for count in (2, 3))
    return next((names for names in found if names is not None), None)


@cache
def _label_counts(count: int) -> re.Pattern[str]:
    """A label and ``count`` figures behind it."""
    if count == 1:
        return _LABEL_COUNT
    before = "".join(rf"(?P<before{place}>[-–]|%?{_FIGURE}%?)[ \u00a0]+" for place in range(count - 1))
    label = r"(?P<label>(?:\d{1,2}\.?[ \u00a0])?[^\W\d_][^\d]*?)"
    return re.compile(rf"{label}[ \u00a0]+{before}(?P<count>[-–]|%?{_FIGURE}%?)(?=[ \u00a0]|$)")


def _repeated_header(lines: Sequence[Line], position: int) -> tuple[Line | None, int]:
    """The half of a header that is printed twice, on one line or wrapped, and the position of the line below it."""
    text = ""
    for end in range(position, min(len(lines), position + _HEADER_LINES)):
        far = end > position and lines[end].number - lines[end - 1].number > _MAX_GAP
        if far or (end > position and read_entries(lines[end]).entries):
            break
        text = f"{text} {lines[end].text}"
        if len(text) > _MAX_HEADER or any(character.isdigit() for character in _POWER.sub("", text)):
            break
        half = _repeated_half(text)
        if half is not None:
            return half, end + 1
    return None, position


def _repeated_half(text: str) -> Line | None:
    """The first part of a line that consists of the same words two, three or four times."""
    if len(text) > _MAX_HEADER:
        return None
    words = squeeze(text).split(" ")
    keys = ascii_key(" ".join(words)).split(" ")
    if any(word[:1].isdigit() for word in words):
        return None
    for times in range(2, _MOST_PARTS + 1):
        size, rest = divmod(len(words), times)
        if size > 1 and not rest and keys == keys[:size] * times:
            return Line(0, 0, " ".join(words[:size]))
    return None


def _pairs_on(line: Line, pattern: re.Pattern[str]) -> list[_Pair]:
    """The pairs that fill ``line`` from end to end; none when something is left over."""
    pairs: list[_Pair] = []
    text = line.text
    position = len(text) - len(text.lstrip(" \t\u00a0"))
    stop = len(text.rstrip(" \t\r\u00a0"))
    while position < stop:
        match = pattern.match(text, position, stop)
        if match is None or len(pairs) == _MOST_PARTS:
            return []
        names = [name for name in match.groupdict() if name.startswith("before")]
        before = tuple(Cell(match[name], _span(line, match.span(name))) for name in names)
        count = Cell(match["count"], _span(line, match.span("count")))
        start, end = match.span()
        pairs.append(_Pair(squeeze(match["label"]), count, _span(line, (start, end)), before=before))
        position = end
        while position < stop and text[position] in " \t\u00a0":
            position += 1
    return pairs


def _serial_row(pair: _Pair) -> Row:
    start = pair.span.end - len(pair.label)
    return Row(pair.count.text, (Cell(pair.label, Span(start, pair.span.end)),), pair.span)


def _span(line: Line, place: tuple[int, int]) -> Span:
    return Span(line.start + place[0], line.start + place[1])


def _caption_below(lines: Sequence[Line], position: int) -> str:
    """The caption that some tables carry below them; empty where the next line is none."""
    if position >= len(lines):
        return ""
    line = lines[position]
    text = squeeze(line.text)
    key = header_key(text)
    is_caption = key.rsplit(" ", 1)[-1] in vocabulary("caption") and not prose(line) and not text[0].islower()
    return text if is_caption and line.text[0] != " " else ""


def _counted(lines: Sequence[Line], position: int, outline: Outline) -> tuple[Table | None, int]:
    """The list of counts with a counting word before their labels, and how many lines it takes."""
    pairs: list[_Pair] = []
    named = 0
    end = position
    while end < len(lines) and (end == position or lines[end].number - lines[end - 1].number <= _MAX_GAP):
        line = lines[end]
        found = _counts_on(line)
        if found:
            pairs += found
            named += sum(pair.unit is not None for pair in found)
        elif not pairs or not _continues(lines, end, pairs):
            break
        else:
            last = pairs[-1]
            stop = line.start + len(line.text.rstrip(" \t\r\u00a0"))
            pairs[-1] = _Pair(f"{last.label} {squeeze(line.text)}", last.count, Span(last.span.start, stop), last.unit)
        end += 1
    if len(pairs) < _MIN_ROWS or end - position < 2 or named * 3 < len(pairs) * 2:
        return None, 0
    if sum(pair.label[0].isupper() for pair in pairs) * 3 < len(pairs) * 2 or any(
        len(pair.label) > 2 * _MAX_LABEL for pair in pairs
    ):
        return None, 0
    counting = next(pair.unit for pair in pairs if pair.unit)
    rows = tuple(Row(pair.label, (pair.count,), pair.span, pair.unit or counting) for pair in pairs)
    caption = _caption_below(lines, end)
    title, context = title_of(outline, pairs[0].span.start, caption)
    span = Span(pairs[0].span.start, pairs[-1].span.end)
    return Table("other", PairsReader.family, title, (parse_column(counting),), rows, span, context), end - position


def _counts_on(line: Line) -> list[_Pair]:
    """The pairs of a line that begins with a count: cut where a further count begins outside brackets."""
    text = line.text.rstrip(" \t\r\u00a0")
    lead = len(text) - len(text.lstrip(" \t\u00a0"))
    if prose(line) or dotted(line) or len(text) > 110 or not text[lead : lead + 1].isdigit():
        return []
    covered = [match.span() for match in _PARENTHESES.finditer(text)]
    starts: list[re.Match[str]] = []
    for match in _COUNT_FIRST.finditer(text):
        inside = any(start < match.start() < end for start, end in covered)
        counted = match["unit"] and ascii_key(match["unit"]) in vocabulary("counting")
        bare = text[match.end("count") :].lstrip(" \u00a0")[:1].isupper()
        if not inside and (match.start() == lead or text[match.start() - 1] in " \u00a0") and (counted or bare):
            starts.append(match)
    if not starts or starts[0].start() != lead or len(starts) > 3:
        return []
    pairs: list[_Pair] = []
    for match, following in zip_longest(starts, starts[1:]):
        end = following.start() if following else len(text)
        unit = match["unit"] if match["unit"] and ascii_key(match["unit"]) in vocabulary("counting") else None
        begin = match.end() if unit else match.end("count")
        label = squeeze(text[begin:end])
        if not label or not label[0].isalpha() or label[-1] in ",;:" or len(label) > _MAX_LABEL:
            return []
        stop = len(text[:end].rstrip(" \u00a0"))
        count = Cell(match["count"], _span(line, match.span("count")))
        pairs.append(_Pair(label, count, _span(line, (match.start(), stop)), unit))
    return pairs


def _continues(lines: Sequence[Line], position: int, pairs: Sequence[_Pair]) -> bool:
    """Whether the line at ``position`` ends the bracket that the last label opened."""
    line = lines[position]
    opened = pairs[-1].label.count("(") > pairs[-1].label.count(")")
    return opened and ")" in line.text and line.number - lines[position - 1].number == 1
