"""Codes of indicators ("PG. 1.4.2", "PG1.1", "1.2.3", serial numbers): where the rows of a coded table begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.records import Span
from indexer.tables.indicator_tokens import Token
from indexer.turkish import ascii_key

_PREFIX = re.compile(r"(?:pg|p\.g|g)[.:]?")
_PREFIXED = re.compile(r"(?:pg|p\.g\.?|g)[.\-_]?\d+(?:[.\-]\d+)*[.:]?")
_NUMBER = re.compile(r"\d+(?:\.\d+)*[.:]?")
_BARE = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?")
_SERIAL = re.compile(r"\d{1,3}[.)\-]?")
_MOST_NUMBERS = 2  # tokens between the code and the first word
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Code:
    """A code at the beginning of a row: ``tokens[start:end]``."""

    text: str
    start: int
    end: int
    span: Span


def find_codes(tokens: Sequence[Token], *, code_column: bool) -> list[Code]:
    """The codes that begin rows, in order; empty where the table has none.

    Args:
        tokens: the body of the table.
        code_column: whether the header names a column of codes or serial numbers.

    Returns:
        Codes with a prefix wherever a line begins with one. Without a prefix, numbers such as ``1.2.3``, and only
        where the first row has one; serial numbers as long as they count up, from the first row on or under a column
        of their own.
    """
    starts = [index for index, token in enumerate(tokens) if index == 0 or tokens[index - 1].line != token.line]
    codes: list[Code] = []
    for index in starts:
        code = _prefixed(tokens, index, codes[-1] if codes else None)
        if code is not None and (not codes or code.start >= codes[-1].end):
            codes.append(code)
    if codes or not tokens:
        return codes
    if _BARE.fullmatch(tokens[0].text):
        return [
            _code(tokens, index, index + 1)
            for index in starts
            if _BARE.fullmatch(tokens[index].text) and _word_follows(tokens, index)
        ]
    serials = _serials(tokens, starts)
    counted = len(serials) > 1 and serials[0].start == 0
    return serials if code_column or counted else []


def _prefixed(tokens: Sequence[Token], index: int, previous: Code | None) -> Code | None:
    key = ascii_key(tokens[index].text)
    if _PREFIXED.fullmatch(key):
        end = index + 1
    elif _PREFIX.fullmatch(key) and index + 1 < len(tokens) and _NUMBER.fullmatch(tokens[index + 1].text):
        end = index + 2
    else:
        return None
    if previous is not None and end < len(tokens) and _is_torn(previous.text, tokens[end - 1].text, tokens[end].text):
        return _code(tokens, index, end + 1, torn=True)
    return _code(tokens, index, end)


def _is_torn(previous: str, number: str, digits: str) -> bool:
    """Whether ``digits`` finish a code that was split: after 6.3.9, "6.3.1" and "0" are 6.3.10."""
    if not digits.isdigit() or len(digits) > 2 or number.endswith((".", ":")):
        return False
    before, whole = (_DIGITS.findall(text) for text in (previous, number + digits))
    return before[:-1] == whole[:-1] and int(whole[-1]) == int(before[-1]) + 1


def _serials(tokens: Sequence[Token], starts: Sequence[int]) -> list[Code]:
    codes: list[Code] = []
    for index in starts:
        if _SERIAL.fullmatch(tokens[index].text) and _word_follows(tokens, index):
            number = int(_DIGITS.findall(tokens[index].text)[0])
            if number == len(codes) + 1:
                codes.append(_code(tokens, index, index + 1))
    return codes


def _word_follows(tokens: Sequence[Token], index: int) -> bool:
    after = index + 1
    while after < len(tokens) and tokens[after].line == tokens[index].line and tokens[after].text.isdigit():
        after += 1  # a label that begins with a number
    return after < len(tokens) and tokens[after].text[:1].isalpha() and after - index <= _MOST_NUMBERS


def _code(tokens: Sequence[Token], start: int, end: int, *, torn: bool = False) -> Code:
    texts = [token.text for token in tokens[start:end]]
    text = " ".join(texts[:-1]) + texts[-1] if torn else " ".join(texts)
    return Code(text.rstrip(":"), start, end, Span(tokens[start].span.start, tokens[end - 1].span.end))
