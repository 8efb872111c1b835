"""What a question leaves out: "Temizlik İşleri dışında", "personel giderleri hariç", "asfalttan başka".

The phrase is taken out of the question, so that nothing looks for the very thing that is not asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.turkish import Token, ascii_key, base, fold, keys, tokens
from qa.vocabulary import is_topical, patterns

_MOST_WORDS = 4  # of a thing left out
_POSSESSED = re.compile(r"\w{3,}(?:lar|ler|s)?[iu]n(?:[dt][ae]n?|[iu]n)")
"""A word that belongs to what is asked for, not to the thing left out: "gelirlerinden", "bütçesinde"."""

_FROM = re.compile(r"(.+?)['’]?[dt][ae]n")


def split_exclusion(text: str) -> tuple[str, str]:
    """The question without the phrase that leaves something out, and the thing left out as written; empty for none."""
    key = ascii_key(text)
    found = patterns("exclusion")
    for match in found["words"].finditer(key):
        if any(start <= match.start() < end for start, end in (one.span() for one in found["none"].finditer(key))):
            continue
        before = [token for token in tokens(text) if token.end <= match.start()]
        thing = _thing(text, before)
        name = text[thing[0].start : thing[-1].end] if thing else ""
        if found["from"].fullmatch(match[0]):
            name = _nominative(name)
        if name:
            return " ".join(f"{text[: thing[0].start]} {text[match.end() :]}".split()), name
    return text, ""


def leaves_out(excluded: str, name: str) -> bool:
    """Whether a thing is the one left out: its name says every word of it."""
    left = set(keys(excluded))
    return bool(left) and left <= set(keys(name))


def _thing(text: str, before: Sequence[Token]) -> list[Token]:
    """The words of the thing, right before the word that leaves it out."""
    thing: list[Token] = []
    for token in reversed(before):
        beside = text[token.end : thing[0].start if thing else token.end]
        if thing and (beside.strip(" ") or len(thing) == _MOST_WORDS or _is_outside(token.text)):
            break
        thing.insert(0, token)
    return thing if any(not token.text.isdigit() for token in thing) else []


def _is_outside(word: str) -> bool:
    """Whether a word before the thing is none of its name: a year, a word of asking, one with a case ending."""
    key = ascii_key(word)
    cased = base(word) != fold(word) or _POSSESSED.fullmatch(key) is not None
    return word[0].isdigit() or cased or not is_topical(key)


def _nominative(name: str) -> str:
    """A thing without the ending of "-den başka"; empty where it has none."""
    match = _FROM.fullmatch(name)
    return match[1] if match is not None else ""
