"""What stands around a place of a text: its line before and after, its row and column of a table, the lines above."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from indexer.turkish import ascii_key

_ABOVE = 3  # lines with text above a place that may say whose number it is
_HEADER = 3  # lines of a table that its columns' names may take
_HEADED = 20  # columns whose names are looked at together
_REACH = 240  # characters of a line that are looked at on each side: a paragraph may be one line of any length
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"[0-9]")


@cache
def privacy_data() -> dict[str, Any]:
    """The tables of ``data/privacy.toml``."""
    return tomllib.loads(resources.files("indexer").joinpath("data/privacy.toml").read_text("utf-8"))


def words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for words of the data over the folded text; see ``data/privacy.toml`` for their form."""
    forms = (re.escape(word.removesuffix("$")) + (r"\b" if word.endswith("$") else r"\w*") for word in words)
    return re.compile(rf"\b(?:{'|'.join(forms)})")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of a table whose cells the text parts with tabs: what stands above it, and its cells with digits."""

    header: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Surroundings:
    """A text, looked at place by place. ``key`` is the folded text, of the same length."""

    text: str

    @cached_property
    def key(self) -> str:
        """The text as :func:`~indexer.turkish.ascii_key` gives it."""
        return ascii_key(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _tables(self) -> dict[int, list[Column]]:
        return {}

    def before(self, offset: int) -> str:
        """What stands on the same line before a place, folded; tabs stay."""
        return self.key[max(self._line(offset)[0], offset - _REACH) : offset]

    def after(self, offset: int) -> str:
        """What stands on the same line after a place, folded."""
        return self.key[offset : min(self._line(offset)[1], offset + _REACH)]

    def above(self, offset: int) -> str:
        """What the lines right above a place say, folded: of its paragraph, or above its table."""
        number = self._number(offset)
        if self._is_row[number]:
            number = self._table(number)
        first = number
        while first > 0 and number - first < _ABOVE and self._key_line(first - 1).strip():
            first -= 1
        return "\n".join(self._key_line(line)[-_REACH:] for line in range(first, number))

    def cell(self, start: int, end: int) -> bool:
        """Whether a stretch is the whole of a cell of a table."""
        line_start, line_end = self._line(start)
        before = self.text[max(line_start, start - _REACH) : start].rstrip(" \u00a0")
        after = self.text[end : min(line_end, end + _REACH)].lstrip(" \u00a0")
        return self._is_row[self._number(start)] and before[-1:] in "\t" and after[:1] in "\t\r"

    def column(self, offset: int) -> Column | None:
        """The column of the table that a place stands in; None outside of tables."""
        number = self._number(offset)
        if not self._is_row[number]:
            return None
        first = self._table(number)
        if first not in self._tables:
            self._tables[first] = self._columns(first)
        tabs = self._tabs
        return self._tables[first][bisect_right(tabs, offset) - bisect_right(tabs, self._line(offset)[0] - 1)]

    def header(self, offset: int) -> str:
        """The names of all columns of the table that a place stands in; nothing outside of tables."""
        if self.column(offset) is None:
            return ""
        names = [column.header for column in self._tables[self._table(self._number(offset))][:_HEADED]]
        return " ".join(names)[:_REACH]

    def _columns(self, first: int) -> list[Column]:
        named: list[list[str]] = []
        valued: list[list[str]] = []
        number, heads = first, _HEADER
        while number < len(self._starts) and self._is_row[number]:
            cells = [cell.strip() for cell in self._key_line(number).split("\t")]
            if any(map(_is_value, cells)):
                heads = min(heads, 1)  # the first line may have years among the names
            named += [[] for _ in range(len(cells) - len(named))]
            valued += [[] for _ in range(len(cells) - len(valued))]
            for position, cell in enumerate(cells):
                if _is_value(cell):
                    valued[position].append(cell)
                elif cell and number - first < heads:
                    named[position].append(cell)
            number += 1
        return [Column(" ".join(names)[:_REACH], tuple(values)) for names, values in zip(named, valued, strict=True)]

    def _table(self, number: int) -> int:
        """The number of the first line of the table that a row belongs to."""
        position = bisect_right(self._table_starts, number) - 1
        return self._table_starts[position]

    @cached_property
    def _table_starts(self) -> list[int]:
        rows = self._is_row
        return [number for number, row in enumerate(rows) if row and not (number and rows[number - 1])]

    @cached_property
    def _tabs(self) -> list[int]:
        return [match.start() for match in re.finditer("\t", self.text)]

    @cached_property
    def _is_row(self) -> list[bool]:
        """Of each line, whether tabs part it into cells."""
        rows = [False] * len(self._starts)
        for tab in self._tabs:
            rows[self._number(tab)] = True
        return rows

    def _key_line(self, number: int) -> str:
        start, end = self._bounds(number)
        return self.key[start:end]

    def _line(self, offset: int) -> tuple[int, int]:
        return self._bounds(self._number(offset))

    def _number(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _bounds(self, number: int) -> tuple[int, int]:
        last = number + 1 == len(self._starts)
        return self._starts[number], len(self.text) if last else self._starts[number + 1] - 1


def _is_value(cell: str) -> bool:
    return _DIGIT.search(cell) is not None and _LETTER.search(cell) is None
