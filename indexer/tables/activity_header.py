"""Headers of the resources of activities: money inside the budget, outside it, and both together.

The three names stand on one line or on many, behind the name of the label column and a caption such as "2026 Yılı
Kaynak İhtiyacı (TL)", or below those. The words are in ``indexer/data/columns.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from indexer.figures import canonical_unit
from indexer.records import Column, Line
from indexer.tables.columns import header_key, parse_column, starts_with_word, words
from indexer.turkish import ascii_key

_CAPTION_LINES = 8  # how far above its columns the caption of the table stands
_LINES = 12
_LENGTH = 80
_UNIT = re.compile(r"\(([^()]*)\)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MARK = r"(?:\([^()]*(?:tl|₺|20\d\d)[^()]*\)|20\d\d|yili|mali|tl|₺)"  # a year or a unit between the names
_SHARES = re.compile(r"\(?(?:tl|₺|pay|%)")  # below the names: each stands over an amount and a share


@dataclass(frozen=True, slots=True)
class ActivityHeader:
    """The three columns and the positions of the lines on which they are named."""

    columns: tuple[Column, ...]
    first: int
    last: int


def read_activity_header(lines: Sequence[Line], index: int) -> ActivityHeader | None:
    """The header that begins on the line at ``index``; None where none does."""
    text = lines[index].text
    begin = starts_with_word(header_key(text), _beginnings())
    if begin is None and not _YEAR.match(text.strip(" \t\r\u00a0")):
        return None
    pieces: list[tuple[int, str]] = []
    best: tuple[re.Match[str], str, int] | None = None
    for at in range(index, min(len(lines), index + _LINES)):
        text = lines[at].text
        if len(text) > _LENGTH or "\t" in text.strip(" \t\r") or "|" in text:
            break
        words_here = " ".join(text.replace("\u00a0", " ").split())
        if not words_here:
            continue
        pieces.append((at, words_here))
        joined = " ".join(piece for _, piece in pieces)
        match = _pattern().fullmatch(ascii_key(joined))
        if match is not None:
            best = match, joined, at
        elif best is not None:
            if _SHARES.match(ascii_key(words_here)) or _may_go_on(words_here):
                return None  # further columns
            break
        elif not _may_go_on(joined):
            break
    return _header(lines, index, pieces, *best) if best is not None else None


def _header(
    lines: Sequence[Line], index: int, pieces: Sequence[tuple[int, str]], match: re.Match[str], text: str, last: int
) -> ActivityHeader | None:
    first = index
    offset = 0
    for at, piece in pieces:
        if offset <= match.start("inside"):
            first = at
        offset += len(piece) + 1
    above = [line.text for line in lines[max(0, index - _CAPTION_LINES) : index]]
    titled = [caption for caption in above if any(title in header_key(caption) for title in words("activity", "title"))]
    named = any(starts_with_word(header_key(caption), words("activity", "label")) for caption in above)
    if match["label"] is None and match["title"] is None and not titled and not named:
        return None
    stated = [text, *reversed(titled)]
    year = next((int(found[0]) for caption in stated if (found := _YEAR.search(caption))), None)
    units = [canonical_unit(_YEAR.sub("", mark).strip(" -–/")) for caption in stated for mark in _UNIT.findall(caption)]
    unit = next((canonical for canonical in units if canonical is not None), None)
    names = (text[match.start(name) : match.end(name)] for name in ("inside", "outside", "total"))
    columns = (replace(parse_column(name), year=year, unit=unit, measure="budget") for name in names)
    return ActivityHeader(tuple(columns), first, last)


@cache
def _pattern() -> re.Pattern[str]:
    label, title, inside, outside, total = (
        "|".join(re.escape(word) for word in words("activity", name))
        for name in ("label", "title", "inside", "outside", "total_column")
    )
    marks = rf"(?: {_MARK})*"
    caption = rf"(?P<title>(?:{_MARK} )*(?:{title}){marks})"
    cells = rf"(?P<inside>{inside}){marks} (?P<outside>(?:{outside})(?: \([^()]*[^\W\d_]{{3}}[^()]*\))?){marks}"
    return re.compile(rf"(?:(?P<label>{label}) )?(?:{caption} )?{cells} (?P<total>{total})(?P<marks>{marks})")


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(word for name in ("label", "title", "inside") for word in words("activity", name))


@cache
def _vocabulary() -> frozenset[str]:
    names = ("label", "title", "inside", "outside", "total_column")
    return frozenset(word for name in names for form in words("activity", name) for word in form.split())


def _may_go_on(text: str) -> bool:
    """Whether all words of ``text`` are words of such a header; what stands in brackets may be anything."""
    bare = re.sub(r"\([^()]*(?:\)|$)", "", ascii_key(text))
    return all(word in _vocabulary() or re.fullmatch(_MARK, word) for word in bare.split())
