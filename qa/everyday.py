"""Everyday words put into those of the documents: "bedava" is read as "ücretsiz" where no document says "bedava".

The words stand in ``qa/data/everyday.toml``, each with its other names, the likeliest first. A word that the documents
use is left alone, and so is one of whose other names they use none. Only the documents of the municipality asked about
count: one calls "festival" what another calls "şenlik".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

from indexer.turkish import ascii_key, base, fold, key, tokens
from qa.mending import Mended

_SPOKEN = re.compile(r"(?<=\w)([ıiuüIİUÜ]yo)((?:sun|sunuz|lar)?)(?!\w)")
_SHORTEST = 4  # letters of a word that is looked up without its endings


def in_official_words(text: str, used: Callable[[str], bool], keep: Callable[[int, int], bool]) -> Mended:
    """The text with its everyday words put as the documents have them.

    Args:
        text: a Turkish question.
        used: says whether the documents asked about use a word.
        keep: says for the offsets of a word that it must stay as it is (names of places).

    Returns:
        the text, and what was put otherwise as its ``corrections``.
    """
    pieces: list[str] = []
    put: list[tuple[str, str]] = []
    done = 0
    for token in tokens(text):
        word = base(token.text)
        official = None if keep(token.start, token.end) else _official(word, used)
        if official is None:
            continue
        pieces += (text[done : token.start], official)
        done = token.start + len(word)
        put.append((word, official))
    return Mended("".join(pieces) + text[done:], tuple(put))


def written_out(text: str) -> str:
    """The text with its verbs as one writes them, not as one speaks: "veriyo" as "veriyor"."""
    return _SPOKEN.sub(r"\1r\2", text)


def _official(word: str, used: Callable[[str], bool]) -> str | None:
    """How the documents put a word; None where they use it, or where they use no other name of it that is known."""
    stem = key(word)
    names = _names().get(fold(word)) or (_by_key().get(stem) if len(stem) >= _SHORTEST else None)
    if names is None or used(word) or used(stem):
        return None
    return next((name for name in names if all(used(part) for part in name.split())), None)


@cache
def _names() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(resources.files("qa").joinpath("data/everyday.toml").read_text(encoding="utf-8"))
    return {str(word): tuple(map(str, names)) for word, names in data["words"].items()}


@cache
def _by_key() -> dict[str, tuple[str, ...]]:
    """The names by key, without words of which another word is the key ("parasız": "para")."""
    return {key(word): names for word, names in _names().items() if key(word) == ascii_key(word)}
