"""Tables that print one cell a line: the label on one or more lines, its values on the lines below.

Example of the form: "Vergi Gelirleri 77.800.000,00" / "62.289.189,63" / "155.991,80" / "%80".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.outline import Outline
from indexer.records import Document, Line, Span, Table
from indexer.tables.entries import (
    Entry,
    EntryLine,
    bare_unit,
    document_lines,
    dotted,
    joined,
    page_start,
    prose,
    read_entries,
    squeeze,
)
from indexer.tables.listings import build_table
from indexer.tables.money import names_money
from indexer.tables.runs import RunRow

_MAX_GAP = 8  # lines from one cell to the next, empty ones included
_MAX_LABEL_LINES = 5
_MAX_LABEL_LINE = 60
_MAX_HEADER = 24
_MIN_RECORDS = 3


@dataclass(frozen=True, slots=True)
class _Record:
    """Label lines, then values, from the line ``first`` on; ``stacked`` when values stand on lines of their own."""

    labels: tuple[str, ...]
    places: tuple[Span, ...]
    entries: tuple[Entry, ...]
    stacked: bool
    first: int
    last: int


class StackedReader:
    """Reads tables with one cell a line."""

    family = "stacked"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of this form in ``document``, in reading order."""
        lines = document_lines(document)
        position = 0
        while position < len(lines):
            records = _records(lines, position)
            end = records[-1].last + 1 if records else position + 1
            for group in _groups(records):
                group[0] = _without_header(group)
                above = lines[max(0, group[0].first - _MAX_HEADER) : group[0].first]
                rows = [_row(record, lines[record.last]) for record in group]
                table = build_table(rows, above, outline, family=self.family)
                if table is not None:
                    names = [column.name for column in table.columns]
                    money = names_money(table.title.rpartition(" > ")[2], names, table.rows)
                    yield replace(table, kind="budget") if money else table
            position = end


READER = StackedReader()


def _records(lines: Sequence[Line], position: int) -> list[_Record]:
    """The records that follow one another from the line at ``position`` on."""
    records: list[_Record] = []
    while (record := _record(lines, position)) is not None:
        if records and lines[position].number - lines[position - 1].number > _MAX_GAP:
            break
        records.append(record)
        position = record.last + 1
    return records


def _record(lines: Sequence[Line], position: int) -> _Record | None:
    """The record that begins on the line at ``position``: its label, then values up to the next line with text."""
    labels: list[str] = []
    entries: list[Entry] = []
    places: list[Span] = []
    alone = False
    cursor = position
    while cursor < len(lines):
        line = lines[cursor]
        if cursor > position and lines[cursor].number - lines[cursor - 1].number > _MAX_GAP:
            break
        if prose(line) or dotted(line) or "\t" in line.text.strip():
            break
        read = read_entries(line)
        starts_anew = bool(entries) and (read.label or not read.entries) and not bare_unit(read.label)
        text = read.label if read.entries else squeeze(line.text)
        if starts_anew or len(text) > _MAX_LABEL_LINE or (text and len(labels) == _MAX_LABEL_LINES):
            break
        if not read.entries and (line.text.endswith("   ") or (labels and page_start(line, lines[cursor - 1]))):
            break
        if text:
            labels.append(text)
            places.append(read.label_span)
        entries += read.entries
        alone = alone or bool(read.entries and not text)
        cursor += 1
    if not labels or not entries or not any(letter.isalpha() for letter in labels[0]):
        return None
    return _Record(tuple(labels), tuple(places), tuple(entries), alone, position, cursor - 1)


def _row(record: _Record, last: Line) -> RunRow:
    label = joined(record.labels)
    whole = EntryLine(last, label, Span(record.places[0].start, record.places[-1].end), record.entries)
    return RunRow(whole, row=True, label=label, start=record.places[0].start)


def _without_header(group: Sequence[_Record]) -> _Record:
    """The first record without the lines of the header: it has as many label lines as the others mostly have."""
    first = group[0]
    sizes = [len(record.labels) for record in group[1:]]
    usual = Counter(sizes).most_common(1)[0][0]
    surplus = len(first.labels) - usual
    if len(first.labels) <= max(sizes) or surplus <= 0:
        return first
    return replace(first, labels=first.labels[surplus:], places=first.places[surplus:], first=first.first + surplus)


def _groups(records: Sequence[_Record]) -> Iterator[list[_Record]]:
    """Stretches of records with the same number of values, most of them stacked."""
    start = 0
    while start < len(records):
        size = len(records[start].entries)
        end = start
        while end < len(records) and len(records[end].entries) == size:
            end += 1
        group = list(records[start:end])
        if size > 1 and len(group) >= _MIN_RECORDS and sum(record.stacked for record in group) * 3 >= 2 * len(group):
            yield group
        start = end
