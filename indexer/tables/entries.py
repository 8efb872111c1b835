"""Reads a line of a plain listing: its label, the values at its end with their units, and the empty cells among them.

Where :mod:`indexer.tables.values` knows bare numbers, a listing prints the unit beside each value
("875400 m³ 916.481,74 TL", "161 ADET", "12250m2", "109 kWh").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from indexer.figures import is_unit
from indexer.marks import BULLETS
from indexer.outline import Outline
from indexer.records import Cell, Document, Line, Span
from indexer.tables.goal_numbers import names_goal
from indexer.turkish import fold

NBSP = "\u00a0"
_LONGEST = 130  # characters of a line of a table
_BLANKS = " \t\r" + NBSP
_TOKEN = re.compile(r"[^ \t\r\u00a0]+")
_FIGURE = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_NUMBER = re.compile(rf"[(%₺]?[-−+]?{_FIGURE}[%)*]{{0,3}}")
_GLUED = re.compile(rf"{_FIGURE}(?P<unit>[^\W\d_][^\W_]{{0,3}}[²³]?|₺|€|\$)")
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d[-–/](?:19|20)\d\d")
_DASH = re.compile(r"[-–—]{1,6}")
_BULLET = re.compile(rf"[ \t\u00a0]*[{BULLETS}][ \t\u00a0]*")
_LEADER = re.compile(r"(?:[.…·_][ \u00a0]*){4,}")
_SENTENCE_END = re.compile(r"[^\W\d_]{3,}(?:\)|”|\")?[.;!?][)”\"’']?[ \t\r\u00a0]*$")
_TABLE_NUMBER = re.compile(r"(?<= )(?:Tablo|TABLO) ?\d")
_NUMBERED_TABLE = re.compile(r"(?i)(?:tablo|şekil|grafik) ?[\d.]+ ?:")
_SERIALS = re.compile(r"(?:^| )\d{1,2}[.)] ")
_TELLING_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE_WITHIN = re.compile(r"[a-zçğıöşü]{3,}\. +[A-ZÇĞİÖŞÜ]")

EntryKind = Literal["number", "date", "dash", "empty"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value as printed. ``text`` holds the unit when one stands beside the number; ``unit`` repeats it."""

    kind: EntryKind
    text: str
    span: Span
    unit: str | None = None

    @property
    def cell(self) -> Cell | None:
        """The value as a table cell; None where the source shows an empty cell."""
        return None if self.kind == "empty" else Cell(self.text, self.span)


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line as label and entries; a bullet before the label is left out."""

    line: Line
    label: str
    label_span: Span
    entries: tuple[Entry, ...]

    @property
    def span(self) -> Span:
        """From the first visible character of the label to the last one of the line."""
        end = self.entries[-1].span.end if self.entries else self.label_span.end
        return Span(self.label_span.start if self.label else self.entries[0].span.start, end)

    def keep(self, count: int) -> EntryLine:
        """The same line with only its last ``count`` entries; those before them belong to the label."""
        if len(self.entries) <= count:
            return self
        kept = self.entries[len(self.entries) - count :]
        start = self.label_span.start if self.label else self.entries[0].span.start
        stop = kept[0].span.start - self.line.start if kept else len(self.line.text)
        text = self.line.text[start - self.line.start : stop].rstrip(_BLANKS)
        return replace(self, label=squeeze(text), label_span=Span(start, start + len(text)), entries=kept)


def squeeze(text: str) -> str:
    """``text`` with every run of white space, no-break spaces included, as one space and none at the ends."""
    return " ".join(text.replace(NBSP, " ").split())


def blank(line: Line) -> bool:
    """Whether nothing is visible on ``line``."""
    return not line.text.strip(_BLANKS)


@lru_cache(maxsize=50_000)
def unit_word(word: str) -> bool:
    """Whether ``word`` is a unit of measure or a counting word."""
    return is_unit(word)


def bare_unit(label: str) -> bool:
    """Whether a label is nothing but a short unit ("Ton", "m3", "Adet")."""
    return 0 < len(label) <= 4 and unit_word(label)


def read_entries(line: Line) -> EntryLine:
    """Splits ``line`` into its label and the longest run of values at its end.

    A value is a number with an optional unit beside it, a date, dashes that stand alone, or a no-break space between
    ordinary ones, which shows an empty cell.
    """
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(line.text)]
    entries: list[Entry] = []
    index = len(tokens)
    while index:
        first, unit = _entry_at(line.text, tokens, index)
        years = first is None and len(entries) > 1 and _YEARS.fullmatch(line.text[slice(*tokens[index - 1])])
        first = index - 1 if years else first  # the years of a project, in front of its amounts
        if first is None:
            break
        start, end = tokens[first][0], tokens[index - 1][1]
        if entries and (gap := _empty_between(line, end, entries[-1].span.start - line.start)):
            entries.extend(gap)
        text = line.text[start:end]
        dated = years or _DATE.fullmatch(text)
        kind: EntryKind = "dash" if _DASH.fullmatch(text) else "date" if dated else "number"
        entries.append(Entry(kind, text, Span(line.start + start, line.start + end), unit))
        index = first
    if index and entries:
        before = _empty_between(line, tokens[index - 1][1], entries[-1].span.start - line.start)
        apart = line.text[tokens[index - 1][1]] != NBSP and len(before) <= len(entries)  # more of them are leaders
        entries.extend(before if apart else [])
    entries.reverse()
    stop = entries[0].span.start - line.start if entries else len(line.text)
    lead = _BULLET.match(line.text)
    begin = lead.end() if lead and lead.end() <= stop else 0
    text = line.text[begin:stop]
    begin += len(text) - len(text.lstrip(_BLANKS))
    text = text.strip(_BLANKS)
    leader = _LEADER.search(text)
    if leader and entries and leader.end() == len(text):
        text = text[: leader.start()].rstrip(_BLANKS)
    found = EntryLine(line, squeeze(text), Span(line.start + begin, line.start + begin + len(text)), tuple(entries))
    named = bool(entries) and names_goal(found.label, entries[0].text, len(entries) - 1)
    return found.keep(len(entries) - 1) if named else found


def _entry_at(text: str, tokens: Sequence[tuple[int, int]], index: int) -> tuple[int | None, str | None]:
    """Position of the first token of the value that ends before ``index``, and its unit; None where it is no value."""
    word = text[slice(*tokens[index - 1])]
    percent = index > 1 and text[slice(*tokens[index - 2])] == "%"
    if _DATE.fullmatch(word) or _DASH.fullmatch(word) or (_NUMBER.fullmatch(word) and not percent):
        return index - 1, None
    glued = _GLUED.fullmatch(word)
    if glued and unit_word(glued["unit"]):
        return index - 1, glued["unit"]
    if index > 1 and (word in "₺€$%" or (word[0].isalpha() and unit_word(word))):
        before = text[slice(*tokens[index - 2])]
        if _NUMBER.fullmatch(before) and not _YEAR.fullmatch(before):
            return index - 2, word
    if percent and _NUMBER.fullmatch(word):
        return index - 2, "%"
    if index > 4 and word.isalpha() and word.islower() and _NUMBER.fullmatch(text[slice(*tokens[index - 2])]):
        # a remark behind a value with its unit: "87 kişi 5 geçici"
        first, unit = _entry_at(text, tokens, index - 2)
        return (first, unit) if unit else (None, None)
    return None, None


def _empty_between(line: Line, start: int, end: int) -> list[Entry]:
    """The visibly empty cells between two values, last first: no-break spaces with ordinary spaces around them."""
    gap = line.text[start:end]
    return [
        Entry("empty", "", Span(line.start + start + match.start(), line.start + start + match.end()))
        for match in re.finditer(r"(?<= )\u00a0+(?= )", gap)
    ][::-1]


def spaced_cells(entry: EntryLine, count: int) -> tuple[Entry, ...] | None:
    """The ``count`` cells of a line that shows its empty ones by one more ordinary space each.

    None unless cutting the rest of the line at every single space gives exactly ``count`` cells, of which the filled
    ones are the values of the line.
    """
    line = entry.line
    begin = entry.label_span.end - line.start
    rest = line.text[begin:]
    if not rest.endswith(" ") or NBSP in rest:
        return None
    pieces = rest[1:-1].split(" ")
    if len(pieces) != count or [piece for piece in pieces if piece] != [value.text for value in entry.entries]:
        return None
    cells: list[Entry] = []
    position = line.start + begin + 1
    filled = iter(entry.entries)
    for piece in pieces:
        cells.append(next(filled) if piece else Entry("empty", "", Span(position, position)))
        position += len(piece) + 1
    return tuple(cells)


def prose(line: Line) -> bool:
    """Whether ``line`` reads as running text: it ends a sentence, breaks a word, or is longer than table text is."""
    text = line.text.rstrip(_BLANKS)
    short = len(text) <= 30 and not text[:1].islower()  # "Destek Hizmetleri Müd."
    if len(text) > _LONGEST or (_SENTENCE_END.search(text) and not short) or _SENTENCE_WITHIN.search(text):
        return True
    if text.endswith(("-", "\u00ad", ",")) and len(text) > 1:
        return text[-2:-1].isalpha() and (len(text) > 25 or text[-1] != ",")
    return False


def page_start(line: Line, before: Line | None) -> bool:
    """Whether a page of a flattened PDF begins with ``line``: one ordinary space, right after a line with text."""
    return before is not None and line.number == before.number + 1 and bool(re.match(r" [^ \t\u00a0]", line.text))


def dotted(line: Line) -> bool:
    """Whether ``line`` is an entry of a table of contents: a title, leader dots, a page number."""
    return bool(re.search(r"\.{5,}[ \t\u00a0]*[ivxlIVXL\d]{1,4}[ \t\u00a0]*$", line.text))


def joined(lines: Iterable[str]) -> str:
    """Wrapped pieces as one text: one space between them, line-end hyphens healed."""
    text = ""
    for piece in map(squeeze, lines):
        if text.endswith(("-", "\u00ad")) and text[-2:-1].isalpha() and piece[:1].islower():
            text = text[:-1] + piece
        else:
            text = f"{text} {piece}" if text else piece
    return text


def title_of(outline: Outline, offset: int, caption: str = "") -> tuple[str, tuple[str, ...]]:
    """The title of a table at ``offset`` and its heading path; ``caption`` ends both unless a heading has it.

    A caption that says too little ("Miktarı", "İşin Süresi : 90 gün") ends the title only.
    """
    context = tuple(heading.title for heading in outline.path_at(offset)) if outline.headings else ()
    path = with_caption(context, caption)
    parts = [*context, caption] if path == context and caption and not _repeats(context, caption) else path
    return " > ".join(parts), path


def with_caption(context: tuple[str, ...], caption: str) -> tuple[str, ...]:
    """The heading path of a table with its caption, if that reads as one and no heading repeats it."""
    named = _TABLE_NUMBER.search(caption)
    caption = caption[named.start() :] if named else caption
    told = len(_TELLING_WORD.findall(caption)) > 1 and caption.rstrip()[-1] not in "/,-("
    told = told and ":" not in _NUMBERED_TABLE.sub("", caption) and len(_SERIALS.findall(caption)) < 2
    return (*context, caption) if told and not _repeats(context, caption) else context


def _repeats(context: tuple[str, ...], caption: str) -> bool:
    return any(fold(caption) == fold(part) for part in context)


def document_lines(document: Document) -> list[Line]:
    """The lines of ``document`` that show something."""
    return [line for line in document.lines if not blank(line)]
