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
    "month": "t", "months": "r", "end": "x", "joint": "j", "head": "h", "year": "w", "year_end": "y",
}  # fmt: skip
_STAGE = r"(?:oc?s+xj?|oc?s+|cs+x?j?|sx?j?|tx?j?|ttx?j?|rj?|wxj?|y)"
_PERIOD = r"(?:oc?s+xj?|oc?s+|cs+x?j?|sxj?|txj?|ttxj?|rj?|wxj?|y)"  # a stage that is a name by itself: "Haziran Sonu"
_NAME = re.compile(rf"(?:{_STAGE}|a)*(?:[gm]h?|gh?e|eh?)|{_PERIOD}")


def period_length(keys: Sequence[str], index: int) -> int:
    """How many of the words ``keys`` from ``index`` on make the longest name of a period; 0 where none begins there."""
    kinds = [_kinds(key) for key in keys[index : index + _LONGEST]]
    best = 0
    patterns = [""]
    for length, found in enumerate(kinds, 1):
        patterns = [before + kind for before in patterns for kind in found]
        if not patterns:
            break
        if any(_NAME.fullmatch(pattern) for pattern in patterns):
            best = length
    return best


@cache
def period_vocabulary() -> frozenset[str]:
    """All words that names of periods consist of."""
    return frozenset(word for name in _KINDS for word in words("period", name))


@cache
def _kinds(key: str) -> str:
    return "".join(kind for name, kind in _KINDS.items() if key in words("period", name))
