"""Splits a line of a flattened table into its label and the value cells that stand at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

from indexer.figures import NumberStyle, is_unit, parse_number
from indexer.records import Cell, Line, Span
from indexer.tables.goal_numbers import names_goal

ValueKind = Literal["number", "date", "dash", "empty"]

NBSP = "\u00a0"
_NUMBER = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_NUMBER_TOKEN = re.compile(rf"\(?[-+−–]?[%₺$€]?[-−–]?{_NUMBER}[%₺$€]?(?:TL)?\)?[*⁰¹²³⁴-⁹]{{0,3}}")
_DATE_TOKEN = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}")
_YEARS_TOKEN = re.compile(r"(?:19|20)\d\d[-–/](?:19|20)\d\d")
_DASHES = frozenset({"-", "–", "—", "--", "---", "(-)"})
_MONEY = frozenset({"TL", "₺", "TRY", "YTL", "€", "$"})
_TOKEN = re.compile(r"[^ \t\r]+")


@dataclass(frozen=True)
class Value:
    """A value cell at the end of a line.

    ``text`` is as written, with the % sign or the currency that follows the number; ``gap`` counts the ordinary
    spaces before it, since a run of them can stand for cells that the source left empty.
    """

    kind: ValueKind
    text: str
    span: Span
    gap: int
    style: NumberStyle

    @cached_property
    def number(self) -> Decimal | None:
        """The exact value; None for a dash, a date and an empty cell."""
        return parse_number(self.text, self.style) if self.kind == "number" else None

    @property
    def cell(self) -> Cell | None:
        """The value as a table cell: None where the cell is visibly empty."""
        return None if self.kind == "empty" else Cell(self.text, self.span)


@dataclass(frozen=True)
class Tail:
    """A line as label and values. ``trailing`` counts the ordinary spaces after the last visible character."""

    label: str
    label_span: Span
    values: tuple[Value, ...]
    trailing: int

    def keep(self, count: int, source: Line) -> Tail:
        """The same line with only its last ``count`` values: those before them belong to the label.

        ``source`` is the line that was split. With fewer values than ``count`` nothing changes.
        """
        if len(self.values) <= count:
            return self
        kept = self.values[len(self.values) - count :]
        end = kept[0].span.start if kept else source.end
        label, span = _label(source, end - source.start)
        return replace(self, label=label, label_span=span, values=kept)


def tail(line: Line, style: NumberStyle, *, measured: bool = False) -> Tail:
    """Splits ``line`` into its label and the longest run of value cells at its end.

    A value is a number (with sign, %, currency or footnote stars), a date, a lone dash, or a lone run of no-break
    spaces, which is a cell that is visibly empty. A lone % between label and numbers is a unit and stays with the
    label; after the last number it belongs to it. ``style`` is the document's way of writing numbers. With ``measured``
    a unit between two values belongs to the first of them, as in ``875400 m³ 916,74 TL``; a table whose unit stands in
    a column of its own must be read without.
    """
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(line.text)]
    values: list[Value] = []
    index = len(tokens)
    signed = False
    while index > 0:
        start, end = tokens[index - 1]
        word = line.text[start:end].strip(NBSP)
        first = index - 1
        suffix = _is_suffix(word, last=not values, signed=signed) or (measured and values and is_unit_word(word))
        if index > 1 and suffix:
            before = line.text[slice(*tokens[index - 2])].strip(NBSP)
            if _NUMBER_TOKEN.fullmatch(before):
                first, start, signed = index - 2, tokens[index - 2][0], signed or word == "%"
        kind = _kind(line.text[start : tokens[first][1]].strip(NBSP))
        if kind is None and values and _YEARS_TOKEN.fullmatch(word):
            kind = "date"  # the years of a project, in front of its amounts
        if kind is None:
            break
        gap = start - (tokens[first - 1][1] if first else 0)
        values.append(_value(line, start, end, kind, gap, style))
        index = first
    values.reverse()
    label, span = _label(line, values[0].span.start - line.start if values else len(line.text))
    trailing = len(line.text) - tokens[-1][1] if tokens else len(line.text)
    found = Tail(label, span, tuple(values), trailing)
    named = bool(values) and names_goal(label, values[0].text, len(values) - 1)
    return found.keep(len(values) - 1, line) if named else found


def _is_suffix(word: str, *, last: bool, signed: bool) -> bool:
    return word in _MONEY or (word == "%" and (last or signed))


@lru_cache(maxsize=50_000)
def is_unit_word(word: str) -> bool:
    """Whether ``word`` is the name or symbol of a unit; cached, since tables repeat their words."""
    return is_unit(word)


def _kind(word: str) -> ValueKind | None:
    if not word:
        return "empty"
    if word in _DASHES:
        return "dash"
    if _DATE_TOKEN.fullmatch(word):
        return "date"
    return "number" if _NUMBER_TOKEN.fullmatch(word) else None


def _value(line: Line, start: int, end: int, kind: ValueKind, gap: int, style: NumberStyle) -> Value:
    text = line.text[start:end]
    if kind != "empty":
        start += len(text) - len(text.lstrip(NBSP))
        text = text.strip(NBSP)
        end = start + len(text)
    return Value(kind, text, Span(line.start + start, line.start + end), gap, style)


def _label(line: Line, end: int) -> tuple[str, Span]:
    """The text of ``line`` before column ``end`` without the white space around it, and where it stands."""
    text = line.text[:end].rstrip(" \t\r")
    lead = len(text) - len(text.lstrip(" \t\r"))
    return text[lead:], Span(line.start + lead, line.start + len(text))
