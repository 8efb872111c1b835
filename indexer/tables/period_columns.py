"""Joins the years and the kinds of a flattened header into columns ("2024" and "Hedef" → "2024 Hedef").

A table prints a year before its kind, behind it, in a line above all kinds or below them, or once above several kinds.
A header that fits two of these arrangements, or none, is not certain, and its rows answer nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from indexer.records import Column
from indexer.tables.columns import header_key, mentions, parse_column, words
from indexer.tables.period_names import cut_names

Part = Literal["year", "stage", "kind"]

_LETTERS: dict[Part, str] = {"year": "Y", "stage": "S", "kind": "K"}
_YEAR_FIRST = re.compile(r"(?:Y(?:SK|K|S))+")
_BARE_FIRST = re.compile(r"Y(?:Y(?:SK|K|S)){2,}")
_YEAR_LAST = re.compile(r"(?:(?:SK|K|S)Y)+")
_MIXED_PAIRS = 3  # pairs of a year and a kind, some in one order and some in the other, that are no accident
_YEARS_ABOVE = re.compile(r"(?:YS?){2,}[KS]{2,}")
_YEARS_BELOW = re.compile(r"[KS]{2,}Y{2,}")
_YEAR_OVER = re.compile(r"(?:Y[KS]+)+")


@dataclass(frozen=True, slots=True)
class PeriodPart:
    """A year, a stage of the year or a kind of value in a header; ``place`` counts the cells of the header."""

    part: Part
    text: str
    place: int
    begins_line: bool = False


@dataclass(frozen=True, slots=True)
class JoinedColumn:
    """A column and the place of its first part among the cells of the header."""

    place: int
    column: Column


def join_periods(parts: Sequence[PeriodPart]) -> list[JoinedColumn] | None:
    """The columns that ``parts`` name, in order; None where the header does not tell which year is whose."""
    shape = "".join(_LETTERS[part.part] for part in parts)
    if "Y" not in shape or set(shape) == {"Y"}:
        return [_column([part]) for part in parts]
    for rule in (_beside, _rows, _headed):
        found = rule(parts, shape)
        if found is not None:
            return found
    first = shape.index("Y")  # before it values of no printed year
    if first and (_is_baseline(parts[:first]) or _begins_pairs(parts[first:], shape[first:])):
        rest = join_periods(parts[first:])
        return None if rest is None else [*(_column([part]) for part in parts[:first]), *rest]
    return None


def _is_baseline(parts: Sequence[PeriodPart]) -> bool:
    """Whether the value from before the years stands alone in front of them: "Mevcut Durum 2024 2025"."""
    return len(parts) == 1 and mentions(header_key(parts[0].text), words("period", "baseline"))


def _begins_pairs(parts: Sequence[PeriodPart], shape: str) -> bool:
    """Whether pairs begin with a line of their own: "I. Çeyrek", below it "2024 Hedef"."""
    return _YEAR_FIRST.fullmatch(shape) is not None and parts[0].begins_line and not parts[1].begins_line


def _beside(parts: Sequence[PeriodPart], shape: str) -> list[JoinedColumn] | None:
    """Every year beside its own kind."""
    years = [at for at, part in enumerate(parts) if part.part == "year"]
    if _YEAR_FIRST.fullmatch(shape) or _BARE_FIRST.fullmatch(shape):
        return _grouped(parts, years)
    if _YEAR_LAST.fullmatch(shape):
        return _grouped(parts, [0, *(at + 1 for at in years[:-1])])
    pairs = ["".join(sorted(shape[at : at + 2])) for at in range(0, len(shape), 2)]
    if len(pairs) >= _MIXED_PAIRS and all(pair in ("KY", "SY") for pair in pairs):
        return [_column(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return None


def _rows(parts: Sequence[PeriodPart], shape: str) -> list[JoinedColumn] | None:
    """All years in a row above or below all kinds."""
    years = [part for part in parts if part.part == "year"]
    if _YEARS_ABOVE.fullmatch(shape):
        for heads in _heads(parts, shape):
            kinds = _cut(parts[sum(map(len, heads)) :], len(heads))
            if kinds is not None:
                return [_column([*head, kind]) for head, kind in zip(heads, kinds, strict=True)]
        return _repeated(years, parts[len(years) :]) if "Y" not in shape[len(years) :] else None
    if _YEARS_BELOW.fullmatch(shape):
        kinds = _cut(parts[: -len(years)], len(years))
        if kinds is not None:
            return [_column([year, kind]) for year, kind in zip(years, kinds, strict=True)]
    return None


def _heads(parts: Sequence[PeriodPart], shape: str) -> list[list[list[PeriodPart]]]:
    """The ways to read the row of years: a stage behind the last year belongs to it or begins the row of kinds."""
    last = shape.rindex("Y")
    heads: list[list[PeriodPart]] = []
    for part in parts[: last + 1]:
        if part.part == "year":
            heads.append([])
        heads[-1].append(part)
    ways = [heads]
    if shape[last + 1 : last + 2] == "S":
        ways.append([*heads[:-1], [*heads[-1], parts[last + 1]]])
    return ways


def _repeated(years: Sequence[PeriodPart], kinds: Sequence[PeriodPart]) -> list[JoinedColumn] | None:
    """The same kinds again under each year: "2023 2024" above "Hedef Gerçekleşme Hedef Gerçekleşme"."""
    size, rest = divmod(len(kinds), len(years))
    keys = [header_key(kind.text) for kind in kinds]
    if rest or size < 2 or keys != keys[:size] * len(years):
        return None
    return [_column([years[index // size], kind]) for index, kind in enumerate(kinds)]


def _headed(parts: Sequence[PeriodPart], shape: str) -> list[JoinedColumn] | None:
    """One year above several kinds, or one plural ("Hedefler") above several years."""
    if _YEAR_OVER.fullmatch(shape):
        found: list[JoinedColumn] = []
        year = parts[0]
        for before, part in pairwise(parts):
            year = before if before.part == "year" else year
            if part.part != "year":
                named = before is year or shape.count("Y") > 1  # the name of one year stands above the first kind
                found.append(_column([year, part]) if named else _column([part], year=parse_column(year.text).year))
        return found
    if re.fullmatch(r"KY{2,}", shape) and mentions(header_key(parts[0].text), words("period", "plural")):
        measure = parse_column(parts[0].text).measure
        return [JoinedColumn(part.place, replace(parse_column(part.text), measure=measure)) for part in parts[1:]]
    return None


def _cut(parts: Sequence[PeriodPart], count: int) -> list[PeriodPart] | None:
    """``parts`` as ``count`` names: as they are, or their words cut otherwise where only one way gives that many."""
    if len(parts) == count:
        return list(parts)
    found = [word for part in parts for word in part.text.split()]
    names = cut_names([header_key(word).strip("()*") for word in found], count)
    if names is None:
        return None
    cut: list[PeriodPart] = []
    start = 0
    for length in names:
        cut.append(PeriodPart("kind", " ".join(found[start : start + length]), parts[0].place))
        start += length
    return cut


def _grouped(parts: Sequence[PeriodPart], starts: Sequence[int]) -> list[JoinedColumn]:
    """The columns that begin at ``starts``."""
    return [_column(parts[start:end]) for start, end in pairwise([*starts, len(parts)])]


def _column(group: Sequence[PeriodPart], *, year: int | None = None) -> JoinedColumn:
    """One column of the parts; the year comes first in its name unless it is printed in brackets."""
    ordered = sorted(group, key=lambda part: part.part != "year" or part.text.startswith("("))
    column = parse_column(" ".join(part.text for part in ordered))
    if column.year is None and year is not None:
        column = replace(column, year=year)
    return JoinedColumn(min(part.place for part in group), column)
