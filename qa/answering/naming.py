"""Which of the named word lists of a group in ``qa/data/answering.toml`` a text speaks of: offices, bodies."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from qa.answering.vocabulary import says


@cache
def _names(group: str) -> tuple[str, ...]:
    data = tomllib.loads(resources.files("qa").joinpath("data/answering.toml").read_text(encoding="utf-8"))
    return tuple(data[group])


def names_said(group: str, text: str) -> frozenset[str]:
    """The names of the lists of ``group`` of which ``text`` holds a word."""
    return frozenset(name for name in _names(group) if says(group, text, name))
