"""Everyday words put into those of the documents: "bedava" is read as "ücretsiz" where no document says "bedava".

The pairs stand in ``qa/data/everyday.toml``. A word that the documents use is left alone, and so is one whose other
name they do not use either.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

from indexer.turkish import ascii_key, base, fold, key, tokens
from qa.mending import Mended, Vocabulary

_SPOKEN = re.compile(r"(?<=\w)([ıiuüIİUÜ]yo)((?:sun|sunuz|lar)?)(?!\w)")
_SHORTEST = 4  # letters of a word that is looked up without its endings


def in_official_words(text: str, vocabulary: Vocabulary, keep: Callable[[int, int], bool]) -> Mended:
    """The text with its everyday words put as the documents have them.

    Args:
        text: a Turkish question.
        vocabulary: the words of the documents.
        keep: says for the offsets of a word that it must stay as it is (names of places).

    Returns:
        the text, and what was put otherwise as its ``corrections``.
    """
    pieces: list[str] = []
    put: list[tuple[str, str]] = []
    done = 0
    for token in tokens(text):
        word = base(token.text)
        official = None if keep(token.start, token.end) else _official(word, vocabulary)
        if official is None:
            continue
        pieces += (text[done : token.start], official)
        done = token.start + len(word)
        put.append((word, official))
    return Mended("".join(pieces) + text[done:], tuple(put))


def written_out(text: str) -> str:
    """The text with its verbs as one writes them, not as one speaks: "veriyo" as "veriyor"."""
    return _SPOKEN.sub(r"\1r\2", text)


def _official(word: str, vocabulary: Vocabulary) -> str | None:
    """How the documents put a word; None where they use it, or where no other name of it is known and used."""
    folded, stem = fold(word), key(word)
    official = _pairs().get(folded) or (_by_key().get(stem) if len(stem) >= _SHORTEST else None)
    if official is None or vocabulary.holds(word) or vocabulary.holds(stem):
        return None
    return official if all(vocabulary.holds(part) for part in official.split()) else None


@cache
def _pairs() -> dict[str, str]:
    data = tomllib.loads(resources.files("qa").joinpath("data/everyday.toml").read_text(encoding="utf-8"))
    return {str(word): str(official) for word, official in data["words"].items()}


@cache
def _by_key() -> dict[str, str]:
    """The pairs by key, without words of which another word is the key ("parasız": "para")."""
    return {key(word): official for word, official in _pairs().items() if key(word) == ascii_key(word)}
