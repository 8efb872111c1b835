"""Headers of indicator tables: where they stand and which columns they name.

Flattened headers spread over several lines ("2022 / Gerçekleşen / 2023 / Hedef"); every line of one consists of words
that the data file knows, and the words together read as a sequence of column names. Names of periods follow a grammar
(:mod:`indexer.tables.period_names`); the other names are listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from indexer.records import Column, Line
from indexer.tables.columns import column_role, header_key, mentions, parse_column, words
from indexer.tables.indicator_words import (
    RELATIVE,
    YEAR,
    Category,
    HeaderWord,
    first_words,
    form_length,
    header_forms,
    header_words,
    healed,
    is_header_word,
    is_stem,
    measure_letters,
    name_at,
    relative_years,
    word_key,
)
from indexer.tables.interleaved import untangle
from indexer.tables.period_columns import JoinedColumn, Part, PeriodPart, join_periods
from indexer.tables.period_names import is_stage, name_lengths

Role = Literal["code", "label", "unit", "value", "status", "prose"]
_ROLES: dict[Category, Role] = {
    "code": "code", "label": "label", "unit": "unit", "value": "value", "period": "value", "status": "status",
    "prose": "prose", "year": "value",
}  # fmt: skip
_MAX_LINES = 24  # non-empty lines of a header
_MAX_WRAPPED = 4  # lines of a header whose columns wrap beside each other
_MAX_WORDS = 30  # on one of them
_LONGEST = 400  # characters of a line of a header
_NEAR = 3  # lines above a header, and words on one, for it to name further columns


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column of an indicator table: what it holds, and its name with what that says."""

    role: Role
    column: Column


@dataclass(frozen=True, slots=True)
class Header:
    """A header of an indicator table on the lines ``first`` to ``last`` (positions in ``Document.lines``).

    ``certain`` is False where it does not tell which year belongs to which kind of value.
    """

    first: int
    last: int
    columns: tuple[HeaderColumn, ...]
    certain: bool = True
    otherwise: Header | None = None  # where its words can also name another number of columns

    def of_role(self, *roles: Role) -> tuple[Column, ...]:
        """The columns of some roles, in order."""
        return tuple(item.column for item in self.columns if item.role in roles)


@dataclass(frozen=True, slots=True)
class _Item:
    category: Category
    text: str
    begins_line: bool


def find_headers(lines: Sequence[Line]) -> Iterator[Header]:
    """The headers of indicator tables in ``lines``, in order."""
    index = 0
    while index < len(lines):
        header = _header_at(lines, index) if _may_begin(lines[index].text) else None
        header = _interleaved_at(lines, index, header) or header
        if header is not None and not (_is_bare(header) and _goes_on(lines[:index])):
            yield header
            index = header.last
        index += 1


def _is_bare(header: Header) -> bool:
    """Whether the values of ``header`` are years and nothing else says that they are of indicators."""
    measured = any(column.measure != "other" for column in header.of_role("value"))
    return not (measured or header.of_role("unit", "status", "prose"))


def _goes_on(above: Sequence[Line]) -> bool:
    """Whether the columns of a table of projects ("Sorumlu Müdürlük") are named right above."""
    near = next((line.text for line in reversed(above[-_NEAR:]) if header_key(line.text)), "")
    return len(near.split()) <= _NEAR and column_role(near) == "text"


def _may_begin(text: str) -> bool:
    if not text or len(text) > _LONGEST or "\t" in text.strip(" \t\r"):
        return False
    found = header_words(text)
    if len(found) > 1 and all(YEAR.fullmatch(word.text) for word in found):
        return True  # the years above the other words
    return bool(found) and header_key(found[0].text) in first_words()


def _interleaved_at(lines: Sequence[Line], first: int, read: Header | None) -> Header | None:
    """The header whose columns wrap beside each other from line ``first`` on; ``read`` is what reads line by line.

    None where ``read`` is certain and ends as far below.
    """
    found: list[list[HeaderWord]] = []
    for index in range(first, min(first + _MAX_WRAPPED + 1, len(lines))):
        own = header_words(lines[index].text)
        if not own or len(own) > _MAX_WORDS or "\t" in lines[index].text or not all(map(is_header_word, own)):
            break
        found.append(own)
    last = first + len(found) - 1
    if not 1 < len(found) <= _MAX_WRAPPED or (read is not None and read.certain and read.last >= last):
        return None
    ordered = untangle(found)
    columns = _read([replace(word, begins_line=False) for word in ordered]) if ordered else None
    return Header(first, last, *columns) if columns is not None and columns[1] else None


def _header_at(lines: Sequence[Line], first: int) -> Header | None:
    """The longest run of lines from ``first`` that reads as column names."""
    found: list[HeaderWord] = []
    best: Header | None = None
    filled = 0
    for index in range(first, len(lines)):
        own = header_words(lines[index].text)
        if not own:
            continue
        if found and is_stem(found[-1].text):
            own[0] = healed(found[-1].text, own[0])
            own[0] = HeaderWord(own[0].text, own[0].key, found.pop().begins_line)
        if filled == _MAX_LINES or "\t" in lines[index].text or not all(is_header_word(word) for word in own[:-1]):
            break
        if not (is_header_word(own[-1]) or is_stem(own[-1].text)):
            break
        filled += 1
        found.extend(own)
        read = _read(found)
        if read is not None:
            apart, based = _read(found, apart=True), _read(found, based=True)
            other = next((way for way in (apart, based) if way is not None and len(way[0]) != len(read[0])), None)
            otherwise = Header(first, index, *other) if other is not None else None
            best = Header(first, index, *read, otherwise)
    return best


def _read(
    found: Sequence[HeaderWord], *, apart: bool = False, based: bool = False
) -> tuple[tuple[HeaderColumn, ...], bool] | None:
    """``found`` as columns of an indicator table and whether they are certain; None where it is no such header.

    With ``apart``, a stage of the year and a rate behind it are two columns: "Yıl Sonu" and "Gerç. (%)". With
    ``based``, the first of the bare years is that of the value from before them: "Başlangıç Değeri 2019" "2020" "2021".
    """
    found, spanned = _without_span(found)
    items = _items(found, apart=apart)
    items = _with_base_year(items) if based and items is not None else items
    if items is None:
        return None
    order = [item.category for item in items if item.category not in ("year", "period", "value")]
    if order.count("label") != 1 or order.index("label") > (1 if order[0] == "code" else 0):
        return None
    if any(item.category not in ("year", "code") for item in items[: [item.category for item in items].index("label")]):
        return None
    columns, certain = _columns(items)
    if any(word.key in words("indicator", "letter_actual") for word in found):
        columns = tuple(_lettered(item) for item in columns)
    if spanned or any(header_key(item.text) in words("indicator", "plan") for item in items):
        columns = tuple(_planned(item) for item in columns)
    values = [item.column for item in columns if item.role == "value"]
    years = sum(item.category == "year" for item in items)
    meant = any(column.measure in ("target", "actual", "estimate") for column in values)
    label = next(item for item in items if item.category == "label")
    named = word_key(label.text.split()[0]) in words("indicator", "label_torn")
    meant = meant or (years > 1 and ("unit" in order or (named and years == len(values))))
    if not meant or (len(values) < 2 and "unit" not in order):
        return None
    return columns, certain


def _items(found: Sequence[HeaderWord], *, apart: bool = False) -> list[_Item] | None:
    """The words as header cells, the longest form first; None where a word fits none."""
    found = _with_label(found)
    keys = [word.key for word in found]
    lettered = any(key in words("indicator", "letter_actual") for key in keys)
    items: list[_Item] = []
    index = 0
    while index < len(found):
        letter = lettered and keys[index] in measure_letters()
        item, length = ("period", 1) if letter else _year_at(found, keys, index) or _cell_at(keys, index)
        if apart and item == "period" and keys[index + length : index + length + 1] in (["%"], ["(%)"]):
            stages = (part for part in name_lengths(keys, index) if _is_stage_then_rate(keys, index, part))
            length = max(stages, default=length)
        text = " ".join(word.text for word in found[index : index + length])
        if item is None and items and keys[index] in words("indicator", "suffix"):
            items[-1] = replace(items[-1], text=f"{items[-1].text} {text}")
        elif item is None:
            return None
        elif not _merged(items, item, text, keys[index]):
            items.append(_Item(item, text, found[index].begins_line))
        index += length
    return _with_relatives(_with_bracketed(items))


def _without_span(found: Sequence[HeaderWord]) -> tuple[Sequence[HeaderWord], bool]:
    """The words without the head above the years of a plan ("Plan Dönemi Hedefleri"), and whether there is one."""
    keys = [word.key for word in found]
    for at in range(len(found)):
        length = form_length(keys, at, words("indicator", "plan_years"))
        if length and (name_at(keys, at) or ("", 0))[1] <= length:
            return [*found[:at], *found[at + length :]], True
    return found, False


def _with_label(found: Sequence[HeaderWord]) -> Sequence[HeaderWord]:
    """A label's name whose second word begins a line further below ("Performans 2024 2025" "Göstergesi Hedef …")."""
    first = next((at for at, word in enumerate(found) if not YEAR.fullmatch(word.text)), 0)
    if found[first].key not in words("indicator", "label_torn") or name_at([word.key for word in found], first):
        return found
    rest = (at for at in range(first + 1, len(found)) if found[at].begins_line)
    place = next((at for at in rest if found[at].key in words("indicator", "label_rest")), None)
    if place is None:
        return found
    return [*found[: first + 1], found[place], *found[first + 1 : place], *found[place + 1 :]]


def _year_at(found: Sequence[HeaderWord], keys: Sequence[str], index: int) -> tuple[Category, int] | None:
    """A year, its number or its name ("Cari Yıl"), with the words that say that it is one."""
    named = form_length(keys, index, relative_years())
    if not (YEAR.fullmatch(found[index].text) or RELATIVE.fullmatch(keys[index]) or named):
        return None
    end = index + max(1, named)
    if named and end < len(found) and found[end].text.startswith("(") and YEAR.fullmatch(found[end].text):
        return "year", end + 1 - index  # "1. Yıl (2025)"
    while end < len(found) and keys[end] in words("indicator", "filler") and not name_at(keys, end):
        end += 1
    return "year", end - index


def _cell_at(keys: Sequence[str], index: int) -> tuple[Category | None, int]:
    name = name_at(keys, index)
    return name if name is not None else (None, 1)


def _is_stage_then_rate(keys: Sequence[str], index: int, length: int) -> bool:
    """Whether the first ``length`` words from ``index`` on are a stage of the year, and a rate follows them."""
    rate = form_length(keys, index + length, header_forms())
    return is_stage(keys[index : index + length]) and rate > 1 and keys[index + length + rate - 1] in ("%", "(%)")


def _merged(items: list[_Item], category: Category, text: str, key: str) -> bool:
    """Whether the words finish a cell whose first line stands before those of the other columns."""
    if category == "period" and text.startswith("(") and items and items[-1].category == "period":
        items[-1] = replace(items[-1], text=f"{items[-1].text} {text}")  # "Gerçekleşme (İlk 6 Ay)"
        return True
    rest = {"unit": "unit_rest", "label": "label_rest"}.get(category)
    if rest is None or key not in words("indicator", rest):
        return False
    place = next((at for at, item in enumerate(items) if item.category == category), None)
    if place is None:
        return False
    items[place] = replace(items[place], text=f"{items[place].text} {text}")
    return True


def _with_bracketed(items: list[_Item]) -> list[_Item]:
    """A year in brackets belongs to the cell before it where other years stand without or the cell takes none."""
    years = [item for item in items if item.category == "year"]
    all_bracketed = all(item.text.startswith("(") for item in years)
    joined: list[_Item] = []
    for item in items:
        before = joined[-1].category if joined else None
        bracketed = item.category == "year" and item.text.startswith("(")
        if bracketed and (before == "value" or (before == "period" and not all_bracketed)):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {item.text}")
        else:
            joined.append(item)
    return joined


def _with_base_year(items: list[_Item]) -> list[_Item]:
    """The year behind the value from before the programme belongs to it; other years follow."""
    for at, (item, after) in enumerate(pairwise(items)):
        further = [other for other in items[at + 2 :] if other.category == "year"]
        based = item.category in ("value", "period") and mentions(header_key(item.text), words("period", "baseline"))
        if based and after.category == "year" and len(further) > 1:
            return [*items[:at], _Item("value", f"{item.text} {after.text}", item.begins_line), *items[at + 2 :]]
    return items


def _with_relatives(items: list[_Item]) -> list[_Item]:
    """Years and, below or beside them, their names in the guide's formulas: "2024" "(t-1)"."""
    years = [at for at, item in enumerate(items) if item.category == "year" and YEAR.fullmatch(item.text.split()[0])]
    names = [at for at, item in enumerate(items) if item.category == "year" and RELATIVE.fullmatch(word_key(item.text))]
    if not years or len(years) != len(names):
        return items
    joined = {year: f"{items[year].text} {items[name].text}" for year, name in zip(years, names, strict=True)}
    return [replace(item, text=joined.get(at, item.text)) for at, item in enumerate(items) if at not in names]


def _columns(items: list[_Item]) -> tuple[tuple[HeaderColumn, ...], bool]:
    """The cells as columns, years joined with their kinds, and whether it is certain which year is whose."""
    periods = [_part(item, place) for place, item in enumerate(items) if item.category in ("year", "period")]
    joined = join_periods(periods)
    certain = joined is not None
    if joined is None:
        years = [part for part in periods if part.part == "year"]
        kinds = [part for part in periods if part.part != "year"]
        joined = [JoinedColumn(part.place, parse_column(part.text)) for part in max(kinds, years, key=len)]
    columns = [(own.place, HeaderColumn("value", own.column)) for own in joined]
    for place, item in enumerate(items):
        if item.category not in ("year", "period"):
            columns.append((place, HeaderColumn(_ROLES[item.category], parse_column(item.text))))
    columns.sort(key=lambda column: column[0])
    return tuple(column for _, column in columns), certain


def _part(item: _Item, place: int) -> PeriodPart:
    if item.category == "year":
        return PeriodPart("year", item.text, place, item.begins_line)
    part: Part = "stage" if is_stage([word_key(word) for word in item.text.split()]) else "kind"
    return PeriodPart(part, item.text, place, item.begins_line)


def _lettered(item: HeaderColumn) -> HeaderColumn:
    """The column with the measure that a letter beside its year stands for."""
    measure = measure_letters().get(word_key(item.column.name.rsplit(" ", 1)[-1]))
    if item.role != "value" or item.column.measure != "other" or item.column.year is None or measure is None:
        return item
    return replace(item, column=replace(item.column, measure=measure))


def _planned(item: HeaderColumn) -> HeaderColumn:
    """In the form of a strategic plan's objective the bare years are those of its targets."""
    year = item.column.year is not None or header_key(item.column.name) in relative_years()
    bare = item.role == "value" and item.column.measure == "other" and year
    return replace(item, column=replace(item.column, measure="target")) if bare else item
