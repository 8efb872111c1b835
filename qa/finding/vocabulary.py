"""The word lists of ``qa/data/answering.toml``: words by which the part of a text that answers is known."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from indexer.turkish import ascii_key


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("qa").joinpath("data/answering.toml").read_text(encoding="utf-8"))


@cache
def _pattern(group: str, name: str) -> re.Pattern[str]:
    words: list[str] = _data()[group][name]
    forms = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")


def says(group: str, text: str, name: str = "words") -> bool:
    """Whether ``text`` holds a word of the list ``name`` of ``group``."""
    return _pattern(group, name).search(ascii_key(text)) is not None


@cache
def _names(group: str) -> tuple[str, ...]:
    return tuple(_data()[group])


def names_said(group: str, text: str) -> frozenset[str]:
    """The names of the lists of ``group`` of which ``text`` holds a word: offices, bodies."""
    return frozenset(name for name in _names(group) if says(group, text, name))


@cache
def _general_units() -> dict[str, frozenset[str]]:
    return {general: frozenset(special) for general, special in _data()["unit_general"].items()}


def may_count(unit: str, other: str) -> bool:
    """Whether one of two things counted is the other, or its general name (``hayvan`` and ``köpek``)."""
    general = _general_units()
    return unit == other or other in general.get(unit, ()) or unit in general.get(other, ())


def lacking(group: str, asked: str, told: str) -> bool:
    """Whether ``asked`` holds a word of a list of ``group`` and ``told`` none of the same list."""
    return any(says(group, asked, name) and not says(group, told, name) for name in _names(group))
