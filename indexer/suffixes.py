"""Case endings for names and numbers in answers: ``İzmir'in``, ``Kars'ta``, ``2024'te``, ``%46,5'i``.

The ending follows the last vowel (harmony), the last sound (``t`` after a hard consonant, a buffer letter after a
vowel) and, for a number, the way the number is read aloud. Proper names and numbers take an apostrophe.
"""

from __future__ import annotations

import re
from enum import Enum

from indexer.turkish import fold


class Case(Enum):
    """A case with its ending after a consonant and after a vowel; ``A`` and ``I`` harmonise, ``D`` hardens."""

    LOCATIVE = ("DA", "DA")
    ABLATIVE = ("DAn", "DAn")
    DATIVE = ("A", "yA")
    GENITIVE = ("In", "nIn")
    ACCUSATIVE = ("I", "yI")


_VOWELS = "aeıioöuü"
_FRONT = frozenset("eiöü")
_HARD = frozenset("fstkçşhp")
_CLOSE = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}
_PLAIN = str.maketrans("âîû", "aiu")

_ONES = ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_THOUSANDS = ("", "bin", "milyon", "milyar", "trilyon", "katrilyon")
_NUMBER = re.compile(r"(\d[\d.]*)(?:,(\d+))?\D*$")


def spoken_end(number: str) -> str:
    """The last word of a number in Turkish form as it is read: ``"2024"`` → ``"dört"``, ``"1.100.000"`` → ``"bin"``.

    Decimals are read as a number of their own: ``"46,5"`` → ``"beş"``, ``"0,50"`` → ``"elli"``.
    """
    match = _NUMBER.search(number)
    if not match:
        return number
    digits = match[2] if match[2] and match[2].strip("0") else match[1].replace(".", "")
    digits = digits.lstrip("0")
    if not digits:
        return _ONES[0]
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros >= 3:
        return _THOUSANDS[min(zeros // 3, len(_THOUSANDS) - 1)]
    return (_ONES[int(digits[-1])], _TENS[int(digits[-2:-1] or 0)], "yüz")[zeros]


def ending(word: str, case: Case) -> str:
    """The ending alone, for a word or a number: ``ending("Kars", Case.LOCATIVE)`` → ``"ta"``."""
    sound = spoken_end(word) if _NUMBER.search(word) else fold(word).translate(_PLAIN).rstrip(' .)"”')
    vowel = next((letter for letter in reversed(sound) if letter in _VOWELS), "e")
    after_consonant, after_vowel = case.value
    pattern = after_vowel if sound[-1:] in _VOWELS and sound else after_consonant
    letters = {
        "A": "e" if vowel in _FRONT else "a",
        "I": _CLOSE[vowel],
        "D": "t" if sound[-1:] in _HARD else "d",
    }
    return "".join(letters.get(letter, letter) for letter in pattern)


_INSTITUTION = re.compile(r" (?:belediyesi|müdürlüğü|başkanlığı|idaresi|birliği|bakanlığı|kurumu|meclisi|ajansı)$")


def harmonised(stem: str, suffix: str) -> str:
    """A suffix written without its Turkish letters, after a stem: ``("kısırlaştır", "dilar")`` → ``"dılar"``."""
    vowel = next((letter for letter in reversed(fold(stem).translate(_PLAIN)) if letter in _VOWELS), "e")
    letters = []
    for letter in suffix:
        if letter in "iu":
            vowel = _CLOSE[vowel]
        elif letter in "ae":
            vowel = letter
        letters.append(vowel if letter in "iuae" else letter)
    return "".join(letters).replace("mis", "miş").replace("mıs", "mış").replace("mus", "muş").replace("müs", "müş")


def inflect(name: str, case: Case) -> str:
    """A proper name or a number with its ending after an apostrophe: ``"İzmir"`` → ``"İzmir'in"``.

    The name of an institution ends in a possessive, takes the buffer ``n`` and no apostrophe:
    ``"Kars Belediyesi"`` → ``"Kars Belediyesinde"``.
    """
    if not _INSTITUTION.search(fold(name)):
        return f"{name}'{ending(name, case)}"
    stem = name if case is Case.GENITIVE else f"{name}n"
    return stem + ending(stem, case)
