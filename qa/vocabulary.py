"""The word lists of ``qa/data/understanding.toml``, ready to be met in a question."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from indexer.turkish import ascii_key


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(resources.files("qa").joinpath("data/understanding.toml").read_text(encoding="utf-8"))


@cache
def patterns(group: str) -> dict[str, re.Pattern[str]]:
    """A group's lists as patterns over :func:`indexer.turkish.ascii_key` of a question, by name of the list."""
    return {name: _pattern(words) for name, words in _lists()[group].items()}


def matches(group: str, name: str, text: str) -> bool:
    """Whether ``text`` holds a word of the list."""
    return patterns(group)[name].search(ascii_key(text)) is not None


def _pattern(words: list[str]) -> re.Pattern[str]:
    forms = (re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) for word in words)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")
