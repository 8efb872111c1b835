"""The names of columns that hold the values of a period: a small grammar of header words.

A name is a stage of the year and attributes, in any order, around one measure: "Tahmini Gerçekleşme", "Gerçekleşme
Tahmini", "Yıl Sonu Gerçekleşme Tahmini", "1. Altı Aylık Gerçekleşme", "Haziran Sonu". The words are in
``indexer/data/columns.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from indexer.tables.columns import words

_LONGEST = 8  # words
_KINDS = {
    "attribute": "a", "actual": "g", "measure": "m", "estimate": "e", "ordinal": "o", "count": "c", "stretch": "s",
    "month": "t", "end": "x", "joint": "j", "head": "h", "year": "w", "year_end": "y", "whole": "v", "day": "d",
    "estimated": "q", "sum": "z",
}  # fmt: skip
_MONTHS = "r"  # "Ocak-Haziran"
_STAGE = r"(?:v?oc?s+xj?|v?oc?s+|cs+x?j?|sx?j?|d?tx?j?|ttx?j?|rj?|wxj?|y)"
_SUM = r"(?:w|v?oc?s+|cs+|r)z"  # "Yıl Toplamı"
_PERIOD = rf"(?:v?oc?s+xj?|v?oc?s+|cs+x?j?|sxj?|d?txj?|ttxj?|rj?|wxj?|y|{_SUM})"  # a name by itself: "Haziran Sonu"
_NAME = re.compile(rf"(?:{_STAGE}|[aq])*gh?e?|(?:{_STAGE}|a)*[me]h?|{_PERIOD}")
_STAGES = re.compile(_PERIOD)
_FURTHER = re.compile(r"wx|y|v?oc?s+")  # "Yıl Sonu", "2. Çeyrek"


def period_length(keys: Sequence[str], index: int) -> int:
    """How many of the words ``keys`` from ``index`` on make the longest name of a period; 0 where none begins there."""
    return max(name_lengths(keys, index), default=0)


def name_lengths(keys: Sequence[str], index: int) -> list[int]:
    """How many words the names of periods that begin at ``index`` have; a further stage begins a name of its own."""
    lengths = _lengths(_NAME, keys, index)
    for start in range(index + 1, index + max(lengths, default=0)):
        whole = start - index in _lengths(_STAGES, keys[:start], index)
        if whole and _lengths(_FURTHER, keys, start):
            return [length for length in lengths if length <= start - index]
    return lengths


def is_stage(keys: Sequence[str]) -> bool:
    """Whether the words are a stage of the year that names no kind of value: "ilk 6 ay", "yıl sonu"."""
    return len(keys) in _lengths(_STAGES, keys, 0)


def cut_names(keys: Sequence[str], count: int) -> tuple[int, ...] | None:
    """The lengths of ``count`` names of periods that ``keys`` consist of; None unless there is exactly one such cut."""
    ways: dict[tuple[int, int], list[tuple[int, ...]]] = {(0, 0): [()]}
    for done in range(count):
        for start in range(len(keys)):
            for way in ways.get((done, start), []):
                for length in _lengths(_NAME, keys, start):
                    ways.setdefault((done + 1, start + length), []).append((*way, length))
    found = ways.get((count, len(keys)), [])
    return found[0] if len(found) == 1 else None


def _lengths(pattern: re.Pattern[str], keys: Sequence[str], index: int) -> list[int]:
    """How many of the words from ``index`` on can match ``pattern``."""
    found: list[int] = []
    kinds = [""]
    for length, own in enumerate((_kinds(key) for key in keys[index : index + _LONGEST]), 1):
        kinds = [before + kind for before in kinds for kind in own]
        if not kinds:
            break
        if any(pattern.fullmatch(kind) for kind in kinds):
            found.append(length)
    return found


@cache
def period_vocabulary() -> frozenset[str]:
    """All words that names of periods consist of."""
    return frozenset(word for name in _KINDS for word in words("period", name))


def is_month_span(key: str) -> bool:
    """Whether ``key`` is a stretch of months: "ocak-haziran"."""
    return _kinds(key) == _MONTHS


@cache
def _kinds(key: str) -> str:
    months = key.split("-")
    if len(months) > 1 and all(month in words("period", "month") for month in months):
        return _MONTHS
    return "".join(kind for name, kind in _KINDS.items() if key in words("period", name))
