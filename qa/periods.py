"""The years that a question asks about, told by numbers or relative to the year in scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.records import Source
from indexer.turkish import ascii_key
from indexer.units import find_unit_in_prose
from qa.vocabulary import patterns

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d]|[.,]\d)")
_DATE = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}[./]((?:19|20)\d\d)(?!\d)")
_RANGE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*[-–—]\s*|\s*['’]?\w{0,3}\s+(?:ile|ve)\s+(?=(?:19|20)\d\d\s*(?:yillari\s+)?aras))"
    r"((?:19|20)\d\d)(?!\d)"
)
_NEXT_WORD = re.compile(r"\s+([^\W_]+)")
_TIME_UNITS = frozenset({"yıl", "ay", "gün", "hafta", "saat"})
_LONGEST_RANGE = 15
_FAR = 12
"""A number this many years away from every document that has a unit beside it is a quantity."""


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year and where in the text it is named."""

    year: int
    start: int
    end: int


def read_years(
    text: str,
    scope: int | None,
    earlier: Sequence[int] = (),
    held: Iterable[int] = (),
    this_year: bool = True,
) -> list[YearMention]:
    """The years of a question in order of mention, spans such as "2019-2022" written out.

    Args:
        text: the question.
        scope: the year that "bu yıl" means: that of the newest document in scope.
        earlier: the years of the question before it, for "aynı yıl"; "geçen yıl" starts from the last of them.
        held: the years of the documents.
        this_year: whether "bu yıl" names the year of ``scope``; else it is each document's own, which needs no name.
    """
    key = ascii_key(text)
    ranges = list(_ranges(key))
    found = list(ranges)
    for match in [*_YEAR.finditer(key), *_DATE.finditer(key)]:
        start, end = match.span(match.lastindex or 0)
        inside = any(mention.start <= start < mention.end for mention in ranges)
        if not inside and not _is_quantity(key, start, end, list(held)):
            found.append(YearMention(int(key[start:end]), start, end))
    stated = [mention.year for mention in found]
    found += _relative(key, stated[-1] if stated else earlier[-1] if earlier else scope, scope, earlier, this_year)
    return sorted(found, key=lambda mention: (mention.start, mention.year))


def _ranges(key: str) -> Iterable[YearMention]:
    for match in _RANGE.finditer(key):
        first, last = int(match[1]), int(match[2])
        if first < last <= first + _LONGEST_RANGE:
            for year in range(first, last + 1):
                yield YearMention(year, match.start(), match.end())


def _is_quantity(key: str, start: int, end: int, held: list[int]) -> bool:
    """Whether the number is an amount: "2000 kişi", far from every year that the documents are about."""
    word = _NEXT_WORD.match(key, end)
    unit = find_unit_in_prose(word[1]) if word else None
    if unit is None or unit.name in _TIME_UNITS or not held:
        return False
    return all(abs(int(key[start:end]) - year) > _FAR for year in held)


def _relative(
    key: str, stated: int | None, scope: int | None, earlier: Sequence[int], this_year: bool
) -> Iterable[YearMention]:
    for name, pattern in patterns("relative_years").items():
        for match in pattern.finditer(key):
            if name == "same":
                for year in earlier:
                    yield YearMention(year, match.start(), match.end())
                continue
            near = scope if name == "0" and not earlier else stated
            if name == "0" and near == scope and not this_year:
                continue
            if near is not None and not _within_another(key, match, name):
                yield YearMention(near + int(name), match.start(), match.end())
    for length, pattern in patterns("last_years").items():
        for match in pattern.finditer(key):
            for back in range(int(length) - 1, -1, -1) if scope is not None else ():
                yield YearMention((scope or 0) - back, match.start(), match.end())


def _within_another(key: str, match: re.Match[str], name: str) -> bool:
    """Whether a longer phrase of another distance holds this one: "iki önceki yıl" holds "önceki yıl"."""
    return any(
        other.start() <= match.start() and match.end() <= other.end() and other.span() != match.span()
        for distance, pattern in patterns("relative_years").items()
        if distance not in (name, "same")
        for other in pattern.finditer(key)
    )


def scope_year(sources: Sequence[Source], municipalities: Sequence[str], documents: Sequence[str]) -> int | None:
    """The year of the newest document in scope: of those named, else of the municipalities', else of all."""
    chosen = [source for source in sources if source.id in documents]
    chosen = chosen or [source for source in sources if source.municipality in municipalities] or list(sources)
    return max((source.year for source in chosen if source.year is not None), default=None)


def is_one_year(sources: Sequence[Source], municipalities: Sequence[str], documents: Sequence[str]) -> bool:
    """Whether the newest documents of all municipalities in scope are of one year, so that "bu yıl" has a meaning."""
    if documents or municipalities:
        return True
    everyone = {source.municipality for source in sources}
    newest = {scope_year(sources, (municipality,), ()) for municipality in everyone}
    return len(newest - {None}) <= 1
