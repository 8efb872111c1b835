"""Headers of cost tables: the words for the economic code, the head of the names, and one period or several.

A flattened header stands on one line or is spread over many, each period's year, kind and unit below the other; levels
of the code in brackets ("(Düzey 1)", "(I. Düzey)") say nothing of the columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.records import Column, Line
from indexer.tables.column_names import cut_columns
from indexer.tables.columns import header_key, parse_column
from indexer.tables.fields import split_fields
from indexer.tables.forms import clean, form_words, phrase
from indexer.turkish import ascii_key

_DUZEY = r"(?:(?:\d|i{1,3}|iv)\.? ?duzey|duzey[- ]?(?:\d|i{1,3}|iv)|(?:birinci|ikinci|ucuncu) duzey)"
_LEVEL = re.compile(rf"\(? ?{_DUZEY} ?\)?(?: |$)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(
    r"(?:19|20)\d\d|yili?|mali|donemi|tutar(?:i|lari)?|odenek(?:leri)?|odenegi|butce(?:si)?|maliyeti?|gider(?:i|leri)?"
    r"|tahmini?|teklifi?|kaynak|ihtiyaci|toplami?|gerceklesen|gerceklesme(?:si)?|harcama(?:si)?|ongorulen"
    r"|\(?(?:bin )?(?:tl|₺)\)?|\(?bin|[()]"
)
_LINES = 16  # of a header whose periods stand one below the other


@dataclass(frozen=True, slots=True)
class CostHeader:
    """The columns of a cost table, the index of the first line below, and where its values stand if delimited."""

    columns: tuple[Column, ...]
    first: int
    places: tuple[int, ...] = ()


def read_cost_header(lines: Sequence[Line], index: int) -> CostHeader | None:
    """The header such as ``Ekonomik Kod 2024`` that begins on line ``index``; None where it is no header of costs."""
    delimited = split_fields(lines[index])
    texts = [part.text for part in delimited.filled] if delimited else [clean(lines[index].text)]
    if len(texts) > 1 and header_key(texts[0]) in form_words("costs", "group"):
        del texts[0]  # a merged cell beside the rows
    rest = _behind_names("\t".join(texts))
    if rest is None:
        return None
    if delimited is not None:
        names = _periods(rest) if rest else None
        places = tuple(part.index for part in delimited.filled[-len(names) :]) if names else ()
        return CostHeader(_columns(names), index + 1, places) if names else None
    pieces, first = [rest] if rest else [], index + 1
    best = (_periods(rest), first) if rest else (None, first)
    for at in range(index + 1, min(index + _LINES, len(lines))):
        text = clean(lines[at].text)
        if not text:
            continue
        if not pieces and (bare := _without_heads(text)) != text:
            text = bare
            if not text:
                continue
        if "\t" in lines[at].text or not _is_part(text) or header_key(text) in form_words("costs", "group"):
            break
        pieces.append(text)
        names = _periods(" ".join(pieces))
        if names:
            best = names, at + 1
    names, first = best
    return CostHeader(_columns(names), first) if names else None


def _behind_names(text: str) -> str | None:
    """What stands behind the words for the code and the head of the names; None where they do not begin ``text``."""
    match = phrase("costs", "header").match(ascii_key(text))
    return _without_heads(clean(text[match.end() :])) if match else None


def _without_heads(text: str) -> str:
    """``text`` without the level of the code and the head of the column of names in front."""
    rest = text
    while rest:
        key = ascii_key(rest)
        head = _LEVEL.match(key) or phrase("costs", "names").match(key)
        if head is None or not head.end():
            break
        rest = rest[head.end() :].strip()
    return rest


def _is_part(text: str) -> bool:
    """Whether all words can be of the names of periods."""
    return all(_WORD.fullmatch(word) for word in ascii_key(text).split())


def _periods(text: str) -> list[str] | None:
    """The names of the periods that ``text`` spells, one for each year; None where it spells none."""
    if not _is_part(text):
        return None
    years = [int(year) for year in _YEAR.findall(text)]
    if len(years) < 2:
        return [text]
    if any(second - first not in (0, 1) for first, second in pairwise(years)):
        return None
    if _YEAR.match(text):
        split = re.split(r" (?=(?:19|20)\d\d(?!\d))", text)
        bare = [name for name in split[:-1] if _YEAR.fullmatch(name)]
        kinds = split[-1].split(" ", 1)[1:]
        if not bare or (len(bare) == len(split) - 1 and (not kinds or ascii_key(kinds[0]).strip("()") in ("tl", "₺"))):
            return split
    names = cut_columns(text.split(), len(years))
    return list(names) if names else None


def _columns(names: Sequence[str]) -> tuple[Column, ...]:
    return tuple(replace(parse_column(name), measure="budget", unit="TL") for name in names)
