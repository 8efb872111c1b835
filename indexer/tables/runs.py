"""Finds the stretches of a document that read as lists: rows with values at their end, one a line, and text between.

Running text is kept out: a line that ends a sentence, breaks a word, or goes on from a long line right above it is no
row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.marks import BULLETS
from indexer.records import Line, Span
from indexer.tables.columns import header_key
from indexer.tables.entries import EntryLine, bare_unit, dotted, joined, page_start, prose, read_entries, squeeze
from indexer.tables.headers import names_caption, reads_as_header

_MAX_GAP = 7  # lines from one row to the next, empty ones included
_MAX_HELD = 3  # lines without values between two rows
_PARAGRAPH = 45  # a line of running text is at least this long
_SERIAL = re.compile(r"[ \t\u00a0]*(\d{1,3})[.)]?[ \t\u00a0]+(?=[^ \t\u00a0])")
_YEARS = re.compile(r"[ \t\u00a0]*((?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?)[ \t\u00a0]+(?=[\d(%-])")
_DELIMITED = re.compile(r"[^\t ] ?\t ?[^\t ]")  # one tab between two fields; dotted leaders end in several
_EMPTY = re.compile(r" ?\d{1,3} [^\W_].* {3}")  # serial number, label, and the blanks of empty cells
_OTHER_VALUE = re.compile(r"[^\W\d_]{3,}[ :]+\d+ (?:\(.*\) )?[^\W\d_][\w. ]{0,20}$")
_MARKED = re.compile(rf"[ \t]*[{BULLETS}>-][ \t\u00a0]")


@dataclass(frozen=True, slots=True)
class RunRow:
    """A line of a run. ``label`` may begin on a line above, ``start`` says where then; -1 where it does not."""

    entry: EntryLine
    row: bool
    label: str = ""
    section: str | None = None
    start: int = -1
    note: str | None = None
    serial: bool = False  # a serial number was taken from its front

    @property
    def number(self) -> int:
        """The line number."""
        return self.entry.line.number


def runs(lines: Sequence[Line]) -> Iterator[tuple[int, list[RunRow]]]:
    """Stretches of rows with at most a few lines of text between them, each with the position of its first line."""
    position = 0
    while position < len(lines):
        entry = _row(lines, position)
        if entry is None or not (entry.label or _YEARS.match(entry.line.text) or _SERIAL.match(entry.line.text)):
            position += 1
            continue
        items = [RunRow(entry, row=True, label=entry.label)]
        held: list[RunRow] = []
        cursor = position + 1
        while cursor < len(lines) and lines[cursor].number - lines[cursor - 1].number <= _MAX_GAP:
            line = lines[cursor]
            entry = _row(lines, cursor)
            if entry is not None:
                items += [*held, RunRow(entry, row=True, label=entry.label)]
                held = []
            elif prose(line) or dotted(line) or _MARKED.match(line.text) or len(held) == _MAX_HELD:
                break
            else:
                text = squeeze(line.text)
                held.append(RunRow(EntryLine(line, text, _text_span(line), ()), row=False, label=text))
            cursor += 1
        yield position, items
        position += len(items)


def _row(lines: Sequence[Line], position: int) -> EntryLine | None:
    """The line at ``position`` as a row, or None where it is text, or part of a paragraph."""
    line = lines[position]
    if prose(line) or dotted(line) or _DELIMITED.search(line.text):
        return None
    entry = read_entries(line)
    if not entry.entries and _EMPTY.fullmatch(line.text):
        return entry
    if not entry.entries or (all(value.kind in ("dash", "empty") for value in entry.entries[:-1]) and not entry.label):
        return None
    if not entry.label and len(entry.entries) < 2:
        return None
    label = entry.label
    if label and (label[0].islower() or label[0] in ",;.)" or len(label) > 90 or label[-1] in ",;("):
        return None
    if label and (bare_unit(label) or label.rsplit(" ", 1)[-1] in ("ve", "ile", "veya")):
        return None
    before = lines[position - 1] if position else None
    after = lines[position + 1] if position + 1 < len(lines) else None
    if (
        before
        and line.number - before.number == 1
        and len(before.text) > _PARAGRAPH
        and not read_entries(before).entries
    ):
        among_rows = any(
            other and abs(other.number - line.number) <= 2 and read_entries(other).entries
            for other in (after, lines[position - 2] if position > 1 else None)
        )
        if not among_rows or prose(before):
            return None
    if after and after.number - line.number == 1:
        goes_on = _MARKED.match(line.text) and not _MARKED.match(after.text) and not read_entries(after).entries
        if goes_on or after.text[:1].islower():
            return None
    return entry


def _text_span(line: Line) -> Span:
    text = line.text.strip(" \t\r\u00a0")
    start = line.start + line.text.index(text)
    return Span(start, start + len(text))


def groups(items: list[RunRow], above: Sequence[Line]) -> Iterator[tuple[Sequence[Line], list[RunRow]]]:
    """Cuts a run into tables where a caption or a header stands between rows; each comes with the lines above it."""
    spread = sum(b.number - a.number > 1 for a, b in pairwise(items)) * 2 >= len(items) - 1
    group: list[RunRow] = []
    held: list[RunRow] = []
    section: str | None = None
    before: Line | None = None
    for index, item in enumerate(items):
        if not item.row:
            held.append(item)
            continue
        if held:
            last = held[-1]
            wraps = (spread and item.number - last.number == 1) or item.entry.label[:1] == "("
            numbered = bool(group) and _begins_next(last, item, group[-1])
            apart = names_caption(last.label) or reads_as_header(last.label) or page_start(last.entry.line, before)
            if not item.entry.label and not _YEARS.match(item.entry.line.text):
                label = joined(one.label for one in held)
                above = _first_label(group, above, len(held))
                item = replace(item, label=label, start=held[0].entry.label_span.start)
            elif len(held) == 1 and numbered and (serial := _SERIAL.match(last.entry.line.text)):
                at = last.entry.line.start + serial.end()
                label = joined((squeeze(last.entry.line.text[serial.end() :]), item.label))
                item = replace(item, label=label, start=at, serial=True)
            elif (
                len(held) == 1
                and not apart
                and group
                and spread
                and last.number - group[-1].number == 1 < item.number - last.number
            ):
                group[-1] = replace(group[-1], note=last.label)  # goes on below the values of the row above
            elif len(held) == 1 and wraps and not apart:
                item = replace(item, label=joined((last.label, item.label)), start=last.entry.label_span.start)
            elif len(held) == 1 and _OTHER_VALUE.search(last.label) and group:
                pass  # a row with a value of another kind ("İşin Süresi 260 T.G") names no section
            elif len(held) == 1 and not apart and group and not _total(group[-1].label):
                section = last.label
            else:
                yield above, _leads(group)
                above, group, section = [one.entry.line for one in held], [], None
            held = []
        if group and _serial(item) == 1 and index + 1 < len(items) and _serial(items[index + 1]) == 2:
            yield above, _leads(group)
            above, group, section = (), [], None
        before = item.entry.line
        group.append(replace(item, section=section))
    yield above, _leads(group)


def _first_label(group: list[RunRow], above: Sequence[Line], size: int) -> Sequence[Line]:
    """Gives a first row without a label the ``size`` lines above it, as the next row has them; what is left above."""
    if len(group) != 1 or group[0].label or len(above) < size:
        return above
    lines = above[len(above) - size :]
    group[0] = replace(group[0], label=joined(line.text for line in lines), start=_text_span(lines[0]).start)
    return above[: len(above) - size]


def by_count(rows: Sequence[RunRow]) -> list[list[RunRow]]:
    """Cuts rows where the number of their values changes for good; a single other row stays where it stands."""
    chunks: list[list[RunRow]] = []
    for row in rows:
        if chunks and len(chunks[-1][0].entry.entries) == len(row.entry.entries):
            chunks[-1].append(row)
        else:
            chunks.append([row])
    merged: list[list[RunRow]] = []
    for chunk in chunks:
        if merged and (len(chunk) == 1 or len(merged[-1]) == 1 or _usual(merged[-1]) == _usual(chunk)):
            merged[-1] = merged[-1] + chunk
        else:
            merged.append(chunk)
    return merged


def _usual(rows: Sequence[RunRow]) -> int:
    return Counter(len(row.entry.entries) for row in rows).most_common(1)[0][0]


def _begins_next(held: RunRow, item: RunRow, before: RunRow) -> bool:
    """Whether the text ``held`` has the serial number after that of the row ``before``, and ``item`` has none."""
    number = _serial(held)
    return _serial(before) > 1 and number == _serial(before) + 1 and _serial(item) != number + 1


def _total(label: str) -> bool:
    return header_key(label).startswith(("toplam", "genel toplam"))


def _serial(row: RunRow) -> int:
    """The number that the line of a row begins with; 0 where it begins with none."""
    match = _SERIAL.match(row.entry.line.text)
    return int(match[1]) if match else 0


def _leads(rows: list[RunRow]) -> list[RunRow]:
    """Takes serial numbers, and after them years, from the front of the rows when nearly all rows have them."""
    numbers = [_serial(row) for row in rows]
    numbers = [numbers[at - 1] + 1 if row.serial else numbers[at] for at, row in enumerate(rows)]
    steps = [b - a == 1 and a > 0 for a, b in pairwise(numbers)]
    if len(rows) > 1 and sum(steps) >= 0.6 * len(steps):
        counted = [
            (before or after) and not row.serial
            for row, before, after in zip(rows, [False, *steps], [*steps, False], strict=True)
        ]
        stripped = [
            _without(row, match, "") if own and (match := _SERIAL.match(row.entry.line.text)) else row
            for row, own in zip(rows, counted, strict=True)
        ]
        if len({row.label for row in stripped}) > 1 or not stripped[0].label:
            rows = stripped
    years = [_YEARS.match(row.entry.line.text) for row in rows]
    if len(rows) > 1 and sum(match is not None for match in years) >= 0.7 * len(rows):
        rows = [_without(row, match, match[1]) if match else row for row, match in zip(rows, years, strict=True)]
    return rows


def _without(row: RunRow, match: re.Match[str], label: str) -> RunRow:
    """``row`` read again without what ``match`` covers; ``label`` is its label then."""
    line = row.entry.line
    rest = " " * match.end() + line.text[match.end() :]
    entry = read_entries(Line(line.number, line.start, rest))
    wrapped = row.label if row.start >= 0 and not row.entry.label else ""
    start = row.start if row.start >= 0 else line.start + match.start(1)
    label = label or wrapped or entry.label
    return replace(row, entry=entry, label=label, start=start, serial=row.serial or match.re is _SERIAL)
