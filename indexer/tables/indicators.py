"""Indicator tables of performance programmes and activity reports that were flattened to plain text.

Their headers name an indicator, often a unit, one value column a period ("2022 Gerçekleşen", "2024 Hedef"), and in
activity reports a status and a reason. Rows wrap, headers are not repeated on the next page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.figures import number_style
from indexer.outline import AREA, TARGET, Outline
from indexer.records import Document, Line, Row, Span, Table
from indexer.tables.base import doubtful
from indexer.tables.cards import card_units
from indexer.tables.columns import header_key, starts_with_word, words
from indexer.tables.footnotes import Footnotes, is_cumulative
from indexer.tables.headers import numbered_header
from indexer.tables.indicator_header import Header, find_headers
from indexer.tables.indicator_prose import is_double_spaced
from indexer.tables.indicator_rows import BodyReader

_ENUMERATION = re.compile(r"^(?:[\divx]{1,4}[.)]?\s*[-–]?\s*)")
_AFTER_END = re.compile(r" *(?:$|[\d:–-]|\((?:\d|tl))")
_RUNNING = re.compile(r"(?:19|20)\d\d|\d{1,3}|[-–|/.]")
_LOWEST_CHAPTER = 3  # level of the headings of chapters and their parts
_WIDE_ROWS = 2  # rows whose surplus spaces fit their empty cells, for spaces to tell anything
_MAX_BODY = 1500  # lines of a table without an end that says so


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands between the rows of tables in a document: footnotes, words of running headers, lines of headings."""

    footnotes: Footnotes
    running: frozenset[str]
    headings: frozenset[int]
    double_spaced: bool


class IndicatorReader:
    """Reads flattened indicator tables."""

    family = "indicators"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The indicator tables of ``document`` in order, one for every printed header."""
        lines = document.lines
        headers = list(find_headers(lines))
        if not headers:
            return
        style = number_style(document.text)
        page = _Page(
            Footnotes(document),
            running_words(document),
            frozenset(document.line_at(h.span.start) for h in outline.headings if _parts_tables(h.level)),
            is_double_spaced(lines) or False,
        )
        ends = [header.first for header in headers[1:]] + [len(lines)]
        readers: list[BodyReader] = []
        for place, (header, end) in enumerate(zip(headers, ends, strict=True)):
            body = _body(document, header, end, page)
            ways = [way for way in (header, header.otherwise) if way is not None]
            found = [BodyReader(way, body, style, double_spaced=page.double_spaced) for way in ways]
            best = max(range(len(ways)), key=lambda at: (found[at].full_rows(), -at))
            readers.append(found[best])
            headers[place] = ways[best]
        wide = [fits for reader in readers for fits in reader.wide_rows()]
        spaces_tell = len(wide) >= _WIDE_ROWS and all(wide)
        for header, end, reader in zip(headers, ends, readers, strict=True):
            table = self._table(document, outline, header, end, page, reader.rows(spaces_tell=spaces_tell))
            if table is not None:
                yield table

    def _table(
        self, document: Document, outline: Outline, header: Header, end: int, page: _Page, rows: list[Row]
    ) -> Table | None:
        if not rows:
            return None
        lines = document.lines
        limit = lines[end].start if end < len(lines) else len(document.text)
        start = lines[header.first].start
        path = tuple(heading.title for heading in outline.path_at(start))
        last = document.line_at(max(row.span.end for row in rows)) - 1
        units = card_units(document, outline, header.first, last, end)
        table = Table(
            kind="indicator",
            family=self.family,
            title=" > ".join(path),
            columns=header.of_role("value", "status", "prose"),
            rows=tuple(replace(_with_note(row, page.footnotes, limit), units_responsible=units) for row in rows),
            span=Span(start, max(row.span.end for row in rows)),
            context=path,
        )
        return table if header.certain else doubtful(table)


def _body(document: Document, header: Header, end: int, page: _Page) -> list[Line]:
    """The lines below ``header`` up to the next form, without footnotes and running headers."""
    lines = document.lines
    body: list[Line] = []
    for index in range(header.last + 1, min(end, header.last + _MAX_BODY)):
        line = lines[index]
        if ends_table(line) or line.number in page.headings or _begins_other(line):
            break
        if not page.footnotes.holds(index) and not is_running(lines[index], page.running):
            body.append(lines[index])
        elif body:
            body.append(Line(lines[index].number, lines[index].start, ""))  # a gap, as on the page
    return body


def _parts_tables(level: int) -> bool:
    """Whether a heading of ``level`` ends the tables above it: those of chapters, aims and targets do."""
    return level <= _LOWEST_CHAPTER or AREA <= level <= TARGET


def _begins_other(line: Line) -> bool:
    """Whether ``line`` begins a table of another form: it is cut into cells, or a header with serial numbers."""
    text = line.text.strip(" \t\r\u00a0")
    return text.count("\t") > 1 or text.startswith("|") or numbered_header(text)


def _with_note(row: Row, footnotes: Footnotes, limit: int) -> Row:
    note = row.note or footnotes.of_label(row.label, row.span.start, limit)
    return replace(row, note=note, cumulative=is_cumulative(row.label) or (note is not None and is_cumulative(note)))


def ends_table(line: Line) -> bool:
    """Whether ``line`` begins another form, such as ``Stratejik Hedef 2.1``, ``Genel Toplam 5.815.779.000,00``."""
    text = line.text.strip(" \t\r\u00a0")
    if not text or not (text[0].isupper() or text[0].isdigit()):
        return False
    key = _ENUMERATION.sub("", header_key(text))
    begin = starts_with_word(key, words("ends", "begins"))
    if begin is None:
        return False
    rest = key[len(begin) :].strip()
    further = starts_with_word(rest, (*words("ends", "begins"), *words("activity", "begins")))  # a header's next cell
    return further is not None or _AFTER_END.match(rest) is not None


def running_words(document: Document) -> frozenset[str]:
    """The words that running headers of ``document`` consist of."""
    own = header_key(document.source.municipality).split()
    return frozenset((*words("running", "words"), *own))


def is_running(line: Line, vocabulary: frozenset[str]) -> bool:
    """Whether ``line`` is a running header: the document's name, its municipality, and numbers at most."""
    found = header_key(line.text).split()
    if not any(word in vocabulary for word in found):
        return False
    return all(word in vocabulary or _RUNNING.fullmatch(word) for word in found)


READER = IndicatorReader()
