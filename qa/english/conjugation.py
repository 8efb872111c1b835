"""Forms of Turkish verbs out of the participle that the lexicon gives: "yıkılan" gives "yıkıldı" and "yıkılacak"."""

from __future__ import annotations

from typing import Literal

Form = Literal["participle", "past", "future", "present", "noun"]

_VOWELS = "aeıioöuü"
_HARMONY = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}
_VOICELESS = "fstkçşhp"
_SOFTENED = {"ed": "et", "gid": "git"}
"""Stems whose last letter is soft before a vowel only."""


def conjugate(participle: str, form: Form, negative: bool = False, able: bool = False) -> str:
    """A form of the third person of a verb.

    Args:
        participle: the verb with the ending "-an" or "-en", other words before it kept ("müdahale edilen").
        form: the form wanted; ``noun`` is the verbal noun with its possessive ("kurulması").
        negative: whether it is denied.
        able: with ``negative``, whether it says that it could not be done.

    Returns:
        The form; a word that is no such participle is returned as it is.
    """
    *before, word = participle.split()
    if not word.endswith(("an", "en")) or (form == "participle" and not negative):
        return participle
    front = word[-2] == "e"
    stem = word[:-2]
    if stem.endswith("y") and stem[-2:-1] in tuple(_VOWELS):
        stem = stem[:-1]
    if negative:
        stem = _bare(stem)
        glide = "y" if stem[-1] in _VOWELS else ""
        stem += (glide + ("eme" if front else "ama")) if able else ("me" if front else "ma")
    return " ".join((*before, _ending(stem, form, front)))


def _bare(stem: str) -> str:
    return _SOFTENED.get(stem, stem)


def _ending(stem: str, form: Form, front: bool) -> str:
    glide = "y" if stem[-1] in _VOWELS else ""
    if form == "participle":
        return f"{stem}{glide}{'en' if front else 'an'}"
    if form == "future":
        return f"{stem}{glide}{'ecek' if front else 'acak'}"
    bare = _bare(stem)
    if form == "noun":
        return f"{bare}{'mesi' if front else 'ması'}"
    if form == "present":
        return f"{bare}{'mektedir' if front else 'maktadır'}"
    vowel = next((_HARMONY[letter] for letter in reversed(bare) if letter in _VOWELS), "i")
    return f"{bare}{'t' if bare[-1] in _VOICELESS else 'd'}{vowel}"
