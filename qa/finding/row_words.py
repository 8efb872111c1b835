"""The word lists of ``qa/data/answering.toml`` by which answers over rows are understood."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

from indexer.turkish import ascii_key


@cache
def word_groups(group: str) -> dict[str, tuple[str, ...]]:
    """The lists of a group by their names, as written in the data file."""
    data = tomllib.loads(resources.files("qa").joinpath("data/answering.toml").read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in data[group].items()}


@cache
def word_pattern(group: str, name: str) -> re.Pattern[str]:
    """A list as a pattern over ascii keys; a trailing ``*`` takes any ending."""
    forms = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\W+") for word in word_groups(group)[name])
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def means(group: str, name: str, word: str) -> bool:
    """Whether a whole word or phrase is one of a list."""
    return word_pattern(group, name).fullmatch(ascii_key(word)) is not None


@lru_cache(maxsize=20_000)
def same_words(key: str) -> frozenset[str]:
    """The keys that mean the same as ``key``, itself among them."""
    return frozenset({key}.union(*(words for words in word_groups("same").values() if key in words)))
