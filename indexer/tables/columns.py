"""What the header of a column says: period, measure and unit. The words are in ``indexer/data/columns.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from indexer.figures import canonical_unit
from indexer.records import Column, Measure
from indexer.turkish import ascii_key, without_notes

_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d,/]|\.\d)")
YEAR_OF_PLAN = re.compile(r"(?:planin )?([1-5])\. yili?")
"""A year that a header names by its place in a plan, as its key has it: "1. Yıl", "Planın 1. Yılı"."""

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_SPACE = re.compile(r"[\s\u00a0]+")


def parse_column(name: str) -> Column:
    """The column that a header text names.

    Args:
        name: the header as printed, its lines joined, such as ``2022 Gerçekleşen`` or ``Harcama (TL)``.

    Returns:
        A column with that name; the year, measure and canonical unit that the name states, and nothing that it
        does not: a bare ``2024`` has the measure ``other``.
    """
    year = _YEAR.search(name)
    return Column(name, int(year.group()) if year else None, _measure(name), _unit(name))


ColumnRole = Literal["value", "status", "reason", "text"]


def column_role(name: str) -> ColumnRole:
    """What the cells under a header are: values, a status, the reason of a deviation, or other text.

    Args:
        name: the header as printed, such as ``Başarı Durumu`` (status) or ``Sapma Nedeni`` (reason).
    """
    key = header_key(name)
    if mentions(key, words("roles", "reason")):
        return "reason"
    if "%" in name and mentions(key, words("roles", "status")):
        return "value"  # "Gerçekleşme Durumu (%)"
    if key in words("roles", "status_alone") or mentions(key, words("roles", "status")):
        return "status"
    return "text" if mentions(key, words("roles", "text")) else "value"


@cache
def words(section: str, name: str) -> tuple[str, ...]:
    """The header words under ``name`` in a section of the data file, as keys, longest first."""
    return tuple(sorted(_data()[section][name], key=len, reverse=True))


@cache
def durations() -> tuple[tuple[str, ...], ...]:
    """The units of time as keys, from the longest to the shortest."""
    return tuple(tuple(units) for units in _data()["indicator"]["durations"])


def starts_with_word(key: str, starts: tuple[str, ...]) -> str | None:
    """The first of ``starts`` that ``key`` begins with, ending where a word ends; None where there is none."""
    for start in starts:
        if key.startswith(start) and not key[len(start) : len(start) + 1].isalnum():
            return start
    return None


def header_key(text: str) -> str:
    """``text`` as the data file writes headers: ascii key, one space between words, no marks of notes."""
    return _SPACE.sub(" ", ascii_key(without_notes(text))).strip()


def mentions(key: str, stems: tuple[str, ...]) -> bool:
    """Whether ``key`` holds one of ``stems`` as whole words; a trailing ``*`` takes any ending."""
    return any(_pattern(stem).search(key) for stem in stems)


def _measure(name: str) -> Measure:
    key = header_key(name)
    for group in _data()["measure"]:
        if mentions(key, tuple(group["words"])):
            measure = group["name"]
            if measure not in get_args(Measure):
                raise ValueError(f"columns.toml: {measure!r} is no measure")
            return cast(Measure, measure)
    return "rate" if "%" in key else "other"


def _unit(name: str) -> str | None:
    candidates: list[str] = _PARENTHESES.findall(name)
    if not candidates and ("%" in name or "₺" in name):
        candidates.append("%" if "%" in name else "₺")
    candidates.append(name)
    for candidate in candidates:
        unit = canonical_unit(candidate)
        if unit is not None:
            return unit
    return None


@cache
def _pattern(stem: str) -> re.Pattern[str]:
    body, ending = (stem[:-1], "") if stem.endswith("*") else (stem, r"(?!\w)")
    return re.compile(rf"(?<!\w){re.escape(body)}{ending}")


@cache
def _data() -> dict[str, Any]:
    text = files("indexer").joinpath("data", "columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
