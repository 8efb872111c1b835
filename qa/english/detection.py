"""Tells English questions from Turkish ones."""

from __future__ import annotations

import re

from indexer.turkish import ascii_key, fold, stop_words
from qa.english.chunks import words_of
from qa.english.lexicon import grammar_words, lexicon

_TURKISH_LETTER = re.compile(r"[ıİğĞşŞçÇöÖüÜ]")
_FEWEST = 2
"""How many English words make a text English."""


def is_english(text: str, expected: bool = False) -> bool:
    """Whether a text is English rather than Turkish; names and numbers say nothing.

    Args:
        text: a question.
        expected: whether the conversation has been in English, so that one English word is enough.
    """
    english = turkish = unknown = 0
    for word in words_of(text):
        small = word.lower()
        if small in lexicon().both or not word[0].isalpha():
            continue
        if small in grammar_words() or _translates(small):
            english += 1
        elif fold(word) in stop_words() or (word == fold(word) and _TURKISH_LETTER.search(word)):
            turkish += 1
        elif word == small:
            unknown += 1
    return english >= (1 if expected else _FEWEST) and english > turkish * 2 and english >= unknown


def _translates(word: str) -> bool:
    """Whether the lexicon has the word, and with another Turkish word than itself."""
    if fold(word) in stop_words():
        return False
    term, verb = lexicon().term((word,)), lexicon().verb((word,))
    if term is not None:
        return ascii_key(term.turkish)[:4] != word[:4]
    return verb is not None and verb.tense != "third"
