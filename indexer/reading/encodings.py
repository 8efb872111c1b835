"""In which encoding a text file is written: Unicode by its marks and by its form, else a Turkish one by its words.

A byte above 127 means another letter in each of the old encodings, so a wrong guess spoils every word and can never be
seen in a figure. What is not certain is therefore refused.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer.errors import DocumentError
from indexer.turkish import fold

_MARKS: tuple[tuple[bytes, str], ...] = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}  # what the names mean to them
_MULTIBYTE = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2[\x80-\x82][\x80-\xbf]")  # Turkish letters, marks, the lira sign
_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"[^\W\d_]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1b\x7f-\x9f]")
_FEWEST_FIT = 0.9  # share of the letters beyond ASCII that must be Turkish ones in a fitting place
_FEWEST_LETTERS = 6  # such letters that are evidence without a frequent word
_SAMPLE = 500_000  # characters that tell it
_LEAD = 2  # how many times as much as for the next best reading must speak for the best one


@dataclass(frozen=True, slots=True)
class _Words:
    encodings: tuple[str, ...]
    letters: frozenset[str]
    signs: frozenset[str]
    words: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(resources.files("indexer").joinpath("data/encodings.toml").read_text(encoding="utf-8"))
    frequent = frozenset(word for word in data["words"] if not word.isascii())
    return _Words(tuple(data["encodings"]), frozenset(data["letters"]), frozenset(data["signs"]), frequent)


def decode(data: bytes, name: str) -> str:
    """The text that ``data`` encodes; the mark of UTF-8 stays as U+FEFF, that of UTF-16 is no character of the text.

    Args:
        data: the content of the file.
        name: how it is called in messages.

    Raises:
        DocumentError: it is binary, in an encoding that is not certain, damaged, or empty.
    """
    text = _decode(data, name)
    # Everything that can be seen counts as text; white space, no-break spaces and a byte order mark do not.
    if not text.replace("\ufeff", "").strip():
        raise DocumentError(f"{name}: dosya boş; içinde metin olan bir belge verin.")
    return text


def decode_as(data: bytes, encoding: str, name: str) -> str:
    """The text of ``data`` in an encoding that the file itself declares, unless its bytes tell another one.

    What is valid UTF-8 is UTF-8 under any name, and a Turkish page under a Western name is a Turkish page.

    Raises:
        DocumentError: as :func:`decode`.
    """
    try:
        found = codecs.lookup(encoding).name
    except LookupError:
        return decode(data, name)
    if found.startswith("utf") or b"\0" in data or _is_utf8(data):
        return decode(data, name)
    text = _turkish_text(data) if found in _WESTERN else None
    if text is None:
        try:
            text = data.decode(_AS_BROWSERS.get(found, found))
        except (UnicodeError, LookupError, TypeError):  # TypeError: a codec that makes no text
            return decode(data, name)
    return text if text.strip() else decode(data, name)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    if b"\0" in data:
        raise DocumentError(f"{name}: metin değil, ikili bir dosya; UTF-8 kodlu metin olarak kaydedin.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        high = len(_HIGH.findall(data))
        unicode = sum(len(match) for match in _MULTIBYTE.findall(data))
        if data.startswith(codecs.BOM_UTF8) or 2 * unicode > high:
            raise DocumentError(
                f"{name}: UTF-8 kodlu ama {error.start}. baytı bozuk; özgününden yeniden UTF-8 olarak kaydedin."
            ) from None
    text = _turkish_text(data)
    if text is None:
        raise DocumentError(
            f"{name}: hangi kodlamayla yazıldığı kesin değil (UTF-8 değil); metni UTF-8 olarak kaydedin."
        )
    return text


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name}: {encoding.upper()} kodlu ama {error.start}. baytı bozuk; özgününden UTF-8 olarak kaydedin."
        ) from None


def _turkish_text(data: bytes) -> str | None:
    """The text of ``data`` in the Turkish encoding that fits; None where none or more than one does."""
    scores: dict[str, int] = {}
    for encoding in _words().encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text not in scores and not _CONTROLS.search(text):
            scores[text] = _score(text[:_SAMPLE])
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] <= 0:
        return None
    if len(ranked) > 1 and ranked[0][1] < _LEAD * max(ranked[1][1], 0) + 1:
        return None
    return ranked[0][0]


def _score(text: str) -> int:
    """How much speaks for ``text`` being Turkish: its frequent words, and its letters where they can stand.

    0 where strange signs or letters in impossible places say that it is none.
    """
    known = _words()
    fitting = strange = frequent = 0
    for match in _WORD.finditer(text):
        word = match[0]
        beyond = [letter for letter in word if not letter.isascii() and letter.isalpha()]  # ² is a sign
        if not beyond:
            continue
        if not all(letter in known.letters for letter in beyond) or not _is_cased(word):
            strange += len(beyond)
        elif word.isalpha():
            fitting += len(beyond)
            frequent += len(word) > 2 and fold(word) in known.words  # two letters come about by chance
    strange += sum(
        not character.isascii() and not character.isalpha() and character not in known.signs for character in text
    )
    if fitting < _FEWEST_FIT * (fitting + strange) or (not frequent and fitting < _FEWEST_LETTERS):
        return 0
    return fitting + 20 * frequent


def _is_cased(word: str) -> bool:
    """Whether capitals stand where they can: all through a word, or at its beginning alone."""
    return len(word) > 1 and (word[1:].islower() or word.isupper())
