"""T.C. identity numbers and IBANs: numbers that prove by their check digits what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.privacy.surroundings import Column, Surroundings, privacy_data, words_pattern
from indexer.records import Span

_SEPARATOR = r"[ \u00a0.\-]"
_NOT_DECIMAL = r"(?<![0-9])(?<![0-9][.,])"
_DIGITS = re.compile(rf"{_NOT_DECIMAL}(?=([1-9](?:{_SEPARATOR}?[0-9]){{10}})(?![0-9])(?![.,][0-9]))")
_BY_PARTS = re.compile(
    r"[0-9]{3}([.\-])[0-9]{3}\1[0-9]{3}\1[0-9]{2}"
)  # a form that no amount and no row of figures has
_ANNOUNCED = 60  # characters before a number that may say what it is
_IBAN = re.compile(r"(?=((?:[A-Z]{2}|[Tt][Rr])[0-9]{2}))")
_IBAN_CHARACTERS, _IBAN_SEPARATORS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), " \u00a0-."
_MAJORITY = 0.5


def find_identity_numbers(around: Surroundings) -> Iterator[Span]:
    """T.C. identity numbers: 11 digits, both check digits right, in one piece or parted by spaces, dots or dashes.

    One digit run in a hundred passes by chance, so a number that its place shows to be an amount or another kind of
    number stays, and so does one in parts that nothing announces.
    """
    are_listed = _Listed()
    for match in _DIGITS.finditer(around.text):
        start, end = match.span(1)
        digits = re.sub(r"[^0-9]", "", match[1])
        if is_identity_number(digits) and _is_meant(around, start, end, are_listed):
            yield Span(start, end)


def is_identity_number(digits: str) -> bool:
    """Whether 11 digits are a T.C. identity number by both of their check digits."""
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()) or digits[0] == "0":
        return False
    number = [int(digit) for digit in digits]
    tenth = (7 * sum(number[0:9:2]) - sum(number[1:8:2])) % 10
    return number[9] == tenth and number[10] == sum(number[:10]) % 10


def find_ibans(around: Surroundings) -> Iterator[tuple[Span, str]]:
    """Everything in the form of an IBAN, with its characters without separators, be its check digits right or not."""
    text = around.text
    lengths = _lengths()
    for match in _IBAN.finditer(text):
        start = match.start()
        length = lengths.get(match[1][:2].upper())
        if length is None or (start and text[start - 1].isascii() and text[start - 1].isdigit()):
            continue
        characters, end = _gather(text, start, length)
        following = text[end : end + 1]
        glued = following.isascii() and (following.isdigit() if characters[-1:].isdigit() else following.isalnum())
        digits = sum(map(str.isdigit, characters))
        if len(characters) == length and not glued and 2 * digits >= length:
            yield Span(start, end), characters.upper()


def is_iban(characters: str) -> bool:
    """Whether an IBAN without separators is right by ISO 7064 (mod 97-10) and has its country's length."""
    if _lengths().get(characters[:2]) != len(characters) or not (characters.isascii() and characters.isalnum()):
        return False
    return int("".join(str(int(character, 36)) for character in characters[4:] + characters[:4])) % 97 == 1


def is_public_account(characters: str) -> bool:
    """Whether an IBAN is of an account that only public offices have."""
    return characters[:2] == "TR" and characters[4:9] == privacy_data()["iban"]["public_bank"]


def _gather(text: str, start: int, length: int) -> tuple[str, int]:
    """The next ``length`` letters and digits, single separators between them left out, and where they end."""
    gathered: list[str] = []
    position = end = start
    while position < len(text) and len(gathered) < length:
        character = text[position]
        if character in _IBAN_CHARACTERS or position < start + 2:
            gathered.append(character)
            end = position + 1
        elif character not in _IBAN_SEPARATORS or end != position:
            break
        position += 1
    return "".join(gathered), end


def _is_meant(around: Surroundings, start: int, end: int, are_listed: _Listed) -> bool:
    words, others, currency_before, currency_after = _patterns()
    before, after = around.before(start)[-_ANNOUNCED:], around.after(end)
    column = around.column(start)
    if words.search(before) or (column is not None and words.search(column.header)):
        return True
    if currency_before.search(before) or currency_after.match(after):
        return False
    if end - start > 11:
        announced = not before.strip() and words.search(around.above(start))
        return bool(announced or _BY_PARTS.fullmatch(around.text[start:end]))
    if others.search(before) or (column is not None and others.search(column.header)):
        return False
    return column is None or not around.cell(start, end) or are_listed[column]


class _Listed(dict[Column, bool]):
    """Of each column, whether most of its values are identity numbers; else it is one of figures."""

    def __missing__(self, column: Column) -> bool:
        numbers = [re.sub(r"[^0-9]", "", value) for value in column.values]
        self[column] = sum(map(is_identity_number, numbers)) > _MAJORITY * len(numbers)
        return self[column]


@cache
def _lengths() -> dict[str, int]:
    lengths: list[tuple[int, str]] = privacy_data()["iban"]["lengths"]
    return {country: length for length, countries in lengths for country in countries.split()}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """For words that announce an identity number, or another number, and for currencies before and after a number."""
    data = privacy_data()["identity"]
    others = words_pattern(data["others"]).pattern + r"(?:[\s:.]*\b(?:kayit|no|nu|numarasi|sayili)\b)*[\s:.]*\Z"
    currency = rf"(?:\b(?:{'|'.join(data['currency'])})\b|[₺$€])"
    return re.compile(data["words"]), re.compile(others), re.compile(rf"{currency}\s*\Z"), re.compile(rf"\s*{currency}")
