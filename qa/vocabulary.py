"""The word lists of ``qa/data/understanding.toml``, ready to be met in a question."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from indexer.turkish import ascii_key


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(resources.files("qa").joinpath("data/understanding.toml").read_text(encoding="utf-8"))


@cache
def patterns(group: str) -> dict[str, re.Pattern[str]]:
    """A group's lists as patterns over :func:`indexer.turkish.ascii_key` of a question, by name of the list."""
    return {name: pattern_of(tuple(words)) for name, words in _lists()[group].items()}


def matches(group: str, name: str, text: str) -> bool:
    """Whether ``text`` holds a word of the list."""
    return patterns(group)[name].search(ascii_key(text)) is not None


def matched_names(group: str, key: str) -> tuple[str, ...]:
    """The lists of a group that an ascii key meets, in the order of their first meeting."""
    found = ((pattern.search(key), name) for name, pattern in patterns(group).items())
    return tuple(name for _, name in sorted((match.start(), name) for match, name in found if match))


def last_met(group: str, key: str) -> tuple[str, ...]:
    """The list of a group that an ascii key meets last: of "bütçe gerçekleşme oranı" the head noun tells the unit."""
    found = {name: [*pattern.finditer(key)] for name, pattern in patterns(group).items()}
    ends = {name: matches[-1].end() for name, matches in found.items() if matches}
    return tuple(sorted(ends, key=lambda name: (-ends[name], name))[:1])


def word_list(group: str) -> tuple[str, ...]:
    """A group's words as they are written, where they are no patterns."""
    return tuple(_lists()[group]["words"])


@lru_cache(maxsize=20_000)
def is_topical(key: str) -> bool:
    """Whether a word, as its ascii key, can name a topic: it is no word of asking, of time or of measures."""
    return not any(pattern.fullmatch(key) for pattern in patterns("no_topic").values())


@cache
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A list of words as a pattern: "*" stands for any letters, "?" for one, a space for any white space."""
    forms = (re.escape(word).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
