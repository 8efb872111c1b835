"""The words that the headers and totals of numeric tables are known by (``indexer/data/number_tables.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from indexer.turkish import ascii_key

_LONGEST_HEAD = 4  # words of a label column's head that its last word gives away


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list of the data file as ascii keys."""
    data = tomllib.loads(files("indexer").joinpath("data/number_tables.toml").read_text("utf-8"))
    return tuple(data[name])


def head_length(keys: Sequence[str]) -> int:
    """How many of the first words of a line, as ascii keys, are heads of label columns, one after the other."""
    taken = 0
    while taken < len(keys):
        rest = keys[taken:]
        length = max((len(head) for head in _heads() if tuple(rest[: len(head)]) == head), default=0)
        closing = [index + 1 for index, key in enumerate(rest[:_LONGEST_HEAD]) if key in words("head_closings")]
        longest = max(length, *closing, 0)
        if not longest:
            break
        taken += longest
    return taken


@cache
def _heads() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(head.split()) for head in words("label_heads"))


def is_grand_total(label: str) -> bool:
    """Whether a row with this label adds up all that stands above it, the totals of parts included."""
    return ascii_key(label).startswith(words("grand_totals"))


def is_total(label: str) -> bool:
    """Whether a row with this label adds up others."""
    keys = ascii_key(label).split()
    return bool(keys) and (keys[0] in words("total_words") or keys[-1] in words("total_words"))
