"""Headers of indicator tables: where they stand and which columns they name.

Flattened headers spread over several lines ("2022 / Gerçekleşen / 2023 / Hedef"); every line of one consists of words
that the data file knows, and the words together read as a sequence of column names. Names of periods follow a grammar
(:mod:`indexer.tables.period_names`); the other names are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from indexer.records import Column, Line
from indexer.tables.columns import header_key, parse_column, words
from indexer.tables.period_names import period_length, period_vocabulary

Role = Literal["code", "label", "unit", "value", "status", "prose"]
_Category = Literal["code", "label", "unit", "value", "period", "status", "prose", "year"]

_CATEGORIES: tuple[_Category, ...] = ("label", "code", "unit", "status", "prose", "value", "period")
_ROLES: dict[_Category, Role] = {
    "code": "code", "label": "label", "unit": "unit", "value": "value", "period": "value", "status": "status",
    "prose": "prose", "year": "value",
}  # fmt: skip
_YEAR = re.compile(r"\(?(?:19|20)\d\d\)?(?:\(t(?:[+-]\d)?\))?\*?")
_MAX_LINES = 24  # non-empty lines of a header
_MAX_FORM_WORDS = 6
_SPLIT = re.compile(r"[^ \t\r\u00a0]+")
_GLUED = re.compile(r"(?<=(?:19|20)\d\d)[-–/]?(?=[(\w])(?![\d/])")  # "2024Hedef", "2024-Hedef"
_SHORTEST_STEM = 3  # letters of a word before the hyphen at a line's end


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column of an indicator table: what it holds, and its name with what that says."""

    role: Role
    column: Column


@dataclass(frozen=True, slots=True)
class Header:
    """A header of an indicator table on the lines ``first`` to ``last`` (positions in ``Document.lines``)."""

    first: int
    last: int
    columns: tuple[HeaderColumn, ...]

    def of_role(self, *roles: Role) -> tuple[Column, ...]:
        """The columns of some roles, in order."""
        return tuple(item.column for item in self.columns if item.role in roles)


@dataclass(frozen=True, slots=True)
class _Item:
    category: _Category
    text: str


def find_headers(lines: Sequence[Line]) -> Iterator[Header]:
    """The headers of indicator tables in ``lines``, in order."""
    index = 0
    while index < len(lines):
        header = _header_at(lines, index) if _may_begin(lines[index].text) else None
        if header is not None:
            yield header
            index = header.last
        index += 1


def _may_begin(text: str) -> bool:
    if not text or len(text) > 200 or "\t" in text.strip(" \t\r"):
        return False
    word = _SPLIT.search(text)
    return word is not None and header_key(word.group()) in _first_words()


def _header_at(lines: Sequence[Line], first: int) -> Header | None:
    """The longest run of lines from ``first`` that reads as column names."""
    found: list[str] = []
    best: Header | None = None
    filled = 0
    for index in range(first, len(lines)):
        own = _words(lines[index].text)
        if not own:
            continue
        if found and _is_stem(found[-1]) and own[0][0].islower():
            own[0] = found.pop()[:-1] + own[0]
        if filled == _MAX_LINES or "\t" in lines[index].text or not all(_is_header_word(word) for word in own[:-1]):
            break
        if not (_is_header_word(own[-1]) or _is_stem(own[-1])):
            break
        filled += 1
        found.extend(own)
        columns = _read(found)
        if columns is not None:
            best = Header(first, index, columns)
    return best


def _words(text: str) -> list[str]:
    return [part for word in _SPLIT.findall(text) for part in _GLUED.split(word)]


@cache
def _key(word: str) -> str:
    """A word as the data file has it: without the brackets and stars around it unless they belong to it."""
    key = header_key(word)
    return key if key in _vocabulary() else key.strip("()*")


def _is_header_word(word: str) -> bool:
    return _YEAR.fullmatch(word) is not None or _key(word) in _vocabulary()


def _is_stem(word: str) -> bool:
    """Whether a word that a hyphen ends is the beginning of a header word ("Gerçekleş-")."""
    stem = header_key(word)[:-1]
    return word.endswith("-") and len(stem) >= _SHORTEST_STEM and any(own.startswith(stem) for own in _vocabulary())


def _read(found: list[str]) -> tuple[HeaderColumn, ...] | None:
    """``found`` as columns of an indicator table; None where the words are no such header."""
    items = _items(found)
    if items is None:
        return None
    roles = [_ROLES[item.category] for item in items]
    if roles.count("label") != 1 or roles.index("label") > (1 if roles[0] == "code" else 0):
        return None
    columns = tuple(_columns(items))
    if any(header_key(item.text) in words("indicator", "plan") for item in items):
        columns = tuple(_planned(item) for item in columns)
    values = [item.column for item in columns if item.role == "value"]
    years = sum(column.year is not None for column in values)
    meant = any(column.measure in ("target", "actual", "estimate") for column in values)
    meant = meant or (years > 1 and "unit" in roles)
    if not meant or (len(values) < 2 and "unit" not in roles):
        return None
    return columns


def _items(found: list[str]) -> list[_Item] | None:
    """The words as header cells, the longest form first; None where a word fits none."""
    keys = [_key(word) for word in found]
    years = [word for word in found if _YEAR.fullmatch(word)]
    bracketed = bool(years) and all(word.startswith("(") for word in years)
    items: list[_Item] = []
    index = 0
    while index < len(found):
        if _YEAR.fullmatch(found[index]):
            if found[index][0] == "(" and not bracketed and items and items[-1].category == "value":
                items[-1] = replace(items[-1], text=f"{items[-1].text} {found[index]}")
                index += 1  # the year of a starting value
                continue
            end = index + 1
            while end < len(found) and keys[end] in words("indicator", "filler") and not _name_at(keys, end):
                end += 1
            items.append(_Item("year", " ".join(found[index:end])))
            index = end
            continue
        name = _name_at(keys, index)
        if name is None and items and keys[index] in words("indicator", "suffix"):
            items[-1] = replace(items[-1], text=f"{items[-1].text} {found[index]}")
            index += 1
            continue
        if name is None:
            return None
        category, length = name
        text = " ".join(found[index : index + length])
        torn = category == "unit" and keys[index] in words("indicator", "unit_rest")
        first = next((at for at, item in enumerate(items) if item.category == "unit"), None) if torn else None
        if first is None:
            items.append(_Item(category, text))
        else:  # its first line stands before those of the other columns
            items[first] = replace(items[first], text=f"{items[first].text} {text}")
        index += length
    return items


def _name_at(keys: Sequence[str], index: int) -> tuple[_Category, int] | None:
    """The longest header cell that begins at ``index``: what it names and how many words it has; or None."""
    lengths = range(min(_MAX_FORM_WORDS, len(keys) - index), 0, -1)
    form = next((length for length in lengths if " ".join(keys[index : index + length]) in _forms()), 0)
    period = period_length(keys, index)
    if not max(form, period):
        return None
    return ("period", period) if period > form else (_forms()[" ".join(keys[index : index + form])], form)


def _columns(items: list[_Item]) -> Iterator[HeaderColumn]:
    """Years joined with the measures that they stand above or beside."""
    pairs = _pairs(items)
    year: int | None = None
    index = 0
    while index < len(items):
        item = items[index]
        if index in pairs:
            yield HeaderColumn("value", parse_column(f"{item.text} {items[index + 1].text}"))
            index += 2
        elif item.category == "year":
            years = _run(items, index, ("year",))
            index += len(years)
            measures = _run(items, index, ("period",)) or _run(items, index, ("value",))[:1]
            if len(measures) < len(years) == sum(len(measure.text.split()) for measure in measures):
                single = [_Item("period", word) for measure in measures for word in measure.text.split()]
                items[index : index + len(measures)] = measures = single  # a word each: "Gerçekleşme" "Tahmini"
            if 1 < len(years) <= len(measures):  # all years, then all measures
                used = len(years)
                names = [f"{first.text} {second.text}" for first, second in zip(years, measures, strict=False)]
            else:
                used = min(1, len(measures))
                names = [own.text for own in years]
                if used:
                    names[-1] = f"{names[-1]} {measures[0].text}"
            index += used
            for name in names:
                column = parse_column(name)
                year = column.year
                yield HeaderColumn("value", column)
        else:
            column = parse_column(item.text)
            if item.category == "period" and column.year is None:
                column = replace(column, year=year)  # one year above several measures
            yield HeaderColumn(_ROLES[item.category], column)
            index += 1


def _planned(item: HeaderColumn) -> HeaderColumn:
    """In the form of a strategic plan's objective the bare years are those of its targets."""
    bare = item.role == "value" and item.column.measure == "other" and item.column.year is not None
    return replace(item, column=replace(item.column, measure="target")) if bare else item


def _pairs(items: list[_Item]) -> frozenset[int]:
    """Where pairs of a year and its measure begin, in either order, if all of them stand in such pairs; else none."""
    found = [index for index, item in enumerate(items) if item.category in ("year", "period")]
    firsts, seconds = found[::2], found[1::2]
    if len(firsts) != len(seconds):
        return frozenset()
    adjacent = all(second == first + 1 for first, second in zip(firsts, seconds, strict=True))
    both = all(items[index].category != items[index + 1].category for index in firsts) if adjacent else False
    return frozenset(firsts) if both else frozenset()


def _run(items: list[_Item], index: int, categories: tuple[_Category, ...]) -> list[_Item]:
    end = index
    while end < len(items) and items[end].category in categories:
        end += 1
    return items[index:end]


@cache
def _forms() -> dict[str, _Category]:
    return {form: category for category in reversed(_CATEGORIES) for form in words("indicator", category)}


@cache
def _vocabulary() -> frozenset[str]:
    extras = (*words("indicator", "filler"), *words("indicator", "suffix"), *period_vocabulary())
    return frozenset(word for form in (*_forms(), *extras) for word in form.split())


@cache
def _first_words() -> frozenset[str]:
    forms = (*words("indicator", "label"), *words("indicator", "code"))
    return frozenset(form.split()[0] for form in forms)
