"""Modifiers of compounds: "bisiklet yolu" is not answered by a road, "elektrikli otobüs" not by any bus.

A place that holds the head of a compound but not its modifier tells of another kind of the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from indexer.turkish import PREFIX, ascii_key, key, tokens
from indexer.units import find_unit_in_prose
from qa.finding.vocabulary import says
from qa.records import Question

_LEADING = re.compile(r".+(?:l[iu]|s[ae]l|s[iu]z|n?[iu]n|ki)")
"""Ascii keys of words that lead a compound though they are inflected: "elektrikli", "bölgesel", "meclisinin"."""

_BESIDE = 2  # words in which the second of a pair must follow the first


def compounds_of(question: Question, nouns: Collection[str]) -> list[tuple[str, ...]]:
    """The compounds that a question names, each as the keys of its words in order, the head last.

    Args:
        question: the question as understood.
        nouns: the keys of the words that may stand in a compound; units and words of degree are among none.
    """
    text = question.query_text or question.text
    found: list[tuple[str, ...]] = []
    current: list[str] = []
    end = 0
    for token in tokens(text):
        plain, name = ascii_key(token.text), key(token.text)
        able = name in nouns and not _is_light(token.text)
        if not able or text[end : token.start].strip():
            _close(current, found)
        if able:
            current.append(name)
            end = token.end
            if name != plain and _LEADING.fullmatch(plain) is None:  # a case ending closes the group
                _close(current, found)
    _close(current, found)
    return found


def unmet_modifier(compounds: Collection[tuple[str, ...]], words: frozenset[str], rarity: Mapping[str, float]) -> float:
    """How rare the rarest modifier is that ``words`` lack while they hold a word that it modifies; 0 for none.

    Args:
        compounds: as :func:`compounds_of` gives them.
        words: the keys of a place.
        rarity: how rare a key is, 0 to 1.
    """
    unmet = (
        rarity.get(word, 0.0)
        for compound in compounds
        for place, word in enumerate(compound[:-1])
        if not holds(word, words) and any(holds(head, words) for head in compound[place + 1 :])
    )
    return max(unmet, default=0.0)


def apart(compounds: Collection[tuple[str, ...]], texts: Iterable[Sequence[str]]) -> float:
    """The share of the pairs of neighbours in compounds that stand beside each other nowhere, 0 to 1; 0 for no pairs.

    Args:
        compounds: as :func:`compounds_of` gives them.
        texts: the keys of the words of each text that is looked at, in their order.
    """
    pairs = [pair for compound in compounds for pair in pairwise(compound)]
    held = [[frozenset((word,)) for word in words] for words in texts]
    met = sum(any(_is_beside(pair, words) for words in held) for pair in pairs)
    return 1 - met / len(pairs) if pairs else 0.0


def holds(word: str, words: frozenset[str]) -> bool:
    """Whether a key is among ``words``, or a longer word of the same first letters is."""
    if word in words:
        return True
    return len(word) >= PREFIX - 1 and any(other.startswith(word[:PREFIX]) for other in words)


def is_unit(word: str) -> bool:
    """Whether a word, as written or as its key, is a unit that measures: "kilo", "kilometredir"."""
    found = find_unit_in_prose(word) or find_unit_in_prose(key(word))
    return found is not None and found.measure


def _is_beside(pair: tuple[str, str], words: Sequence[frozenset[str]]) -> bool:
    first, second = pair
    return any(
        holds(first, word) and any(holds(second, other) for other in words[place + 1 : place + 1 + _BESIDE])
        for place, word in enumerate(words)
    )


def _is_light(word: str) -> bool:
    """Whether a word modifies without naming a kind: a measured unit ("kilo mama"), a word of degree ("yeni")."""
    return is_unit(word) or says("light", word)


def _close(current: list[str], found: list[tuple[str, ...]]) -> None:
    if len(current) > 1:
        found.append(tuple(current))
    current.clear()
