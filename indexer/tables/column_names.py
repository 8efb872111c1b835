"""Cuts a flattened header into the names of its columns by a grammar of the names that municipal reports use.

The number of columns is known from the rows. A header is cut only where it begins with a known name of the column of
labels and exactly one reading of the rest gives that many names. The words are in ``indexer/data/column_names.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from indexer.figures import is_unit
from indexer.tables.columns import header_key
from indexer.tables.number_words import head_length, words

_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/–]\s?(?:19|20)\d\d)?\.?")
_BRACKET = re.compile(r"\([^()]*\)?|[^()]*\)")
_MARK = re.compile(r"\((?:%|(?:19|20)\d\d(?:\s?[-/–]\s?(?:19|20)\d\d)?|milyon tl|[-+=/ a-z\d]{1,9})\)")
_LONGEST = 6  # words of a name without its year and unit
_LONGEST_HEADER = 60  # words
_LONGEST_HEAD = 6  # words of the names of the label column and the serial numbers
_FEWEST_YEARS = 2  # that tell a header without the name of the label column
_FREE_WORDS = 3  # words before a noun that ends a name


@dataclass(frozen=True, slots=True)
class NamedColumns:
    """The name of the label column and those of the columns of values."""

    label: str
    names: tuple[str, ...]


def cut_names(found: Sequence[str], count: int) -> NamedColumns | None:
    """The words of a header as ``count`` names of value columns behind the name of the label column.

    Returns:
        The names; None where no reading or more than one gives as many.
    """
    whole = _with_brackets(found)
    keys = [header_key(word) for word in whole]
    if not 0 < count <= len(whole):
        return None
    heads = [start for start in range(min(len(whole) - count, _LONGEST_HEAD), 0, -1) if _begins(keys, start)]
    edges = _only(next((cuts for start in heads if (cuts := list(_cuts(keys, start, count)))), []), keys)
    if edges is not None:
        return NamedColumns(" ".join(whole[: edges[0]]), tuple(" ".join(whole[a:b]) for a, b in pairwise(edges)))
    for start in heads:
        names = _below_years(whole[start:], count)
        if names is not None:
            return NamedColumns(" ".join(whole[:start]), names)
    return None


def cut_columns(found: Sequence[str], count: int) -> tuple[str, ...] | None:
    """The words of a header without the name of the label column as ``count`` names; None as :func:`cut_names`."""
    whole = _with_brackets(found)
    keys = [header_key(word) for word in whole]
    edges = _only(list(_cuts(keys, 0, count)), keys)
    if edges is not None:
        return tuple(" ".join(whole[a:b]) for a, b in pairwise(edges))
    return _below_years(whole, count)


def cut_years(texts: Sequence[str], count: int) -> tuple[int, NamedColumns] | None:
    """The header of ``count`` columns without a name for that of labels that the last of ``texts`` spell.

    It begins with bare years, and other names may follow them ("2025 2026 2027 Toplam Maliyet").

    Returns:
        Which of the texts it begins on, and the columns; or None.
    """
    for at in range(len(texts) - 1, -1, -1):
        found = [word for text in texts[at:] for word in text.replace("\u00a0", " ").split()]
        bare = [_YEAR.fullmatch(header_key(word)) is not None for word in found]
        years = [*bare, False].index(False)
        if len(found) > _LONGEST_HEADER or (at and _YEAR.fullmatch(header_key(texts[at - 1]))):
            continue
        if years < _FEWEST_YEARS or sum(bare) > years:
            continue
        rest = cut_columns(found[years:], count - years) if count > years else ()
        if rest is not None and count == years + len(rest) and bool(rest) == (len(found) > years):
            return at, NamedColumns("", (*found[:years], *rest))
    return None


def _only(readings: Sequence[tuple[tuple[int, ...], bool]], keys: Sequence[str]) -> tuple[int, ...] | None:
    """The edges of the one reading, of the one without free words, or of the one whose years are all alike."""
    plain = [reading for reading in readings if not reading[1]] or readings
    if len(plain) > 1:
        plain = [reading for reading in plain if _years_alike(reading[0], keys)]
    return plain[0][0] if len(plain) == 1 else None


def _years_alike(edges: Sequence[int], keys: Sequence[str]) -> bool:
    """Whether all years are names by themselves, or none is."""
    bare = {end - start == 1 for start, end in pairwise(edges) if _YEAR.fullmatch(keys[start])}
    return len(bare) < 2


def _below_years(whole: Sequence[str], count: int) -> tuple[str, ...] | None:
    """The names of columns whose years stand in a row above them: "2024 2025 2026 Gerçekleşen Bütçe Tahmin"."""
    years = whole[:count]
    if count < 2 or len(whole) < 2 * count or not all(_YEAR.fullmatch(header_key(year)) for year in years):
        return None
    keys = [header_key(word) for word in whole[count:]]
    edges = _only(list(_cuts(keys, 0, count)), keys)
    if edges is None or any(_YEAR.match(header_key(word)) for word in whole[count:]):
        return None
    return tuple(
        f"{year} {' '.join(whole[count + a : count + b])}" for year, (a, b) in zip(years, pairwise(edges), strict=True)
    )


def cut_last_lines(texts: Sequence[str], count: int) -> tuple[int, NamedColumns] | None:
    """The header of ``count`` columns that the last of ``texts`` spell, and which of them it begins on; or None."""
    found: list[str] = []
    for at in range(len(texts) - 1, -1, -1):
        found = [*texts[at].replace("\u00a0", " ").split(), *found]
        if len(found) > _LONGEST_HEADER:
            break
        columns = cut_names(_healed(found), count)
        if columns is not None:
            torn = at and header_key(found[0]) in (*words("head_closings"), "no")
            whole = cut_names(_healed([*texts[at - 1].replace("\u00a0", " ").split(), *found]), count) if torn else None
            return (at - 1, whole) if whole is not None and whole.names == columns.names else (at, columns)
    return None


def _healed(found: Sequence[str]) -> list[str]:
    """The words, those made whole that a hyphen breaks at a line's end."""
    healed: list[str] = []
    for word in found:
        if healed and re.search(r"[^\W\d_]{2}-$", healed[-1]) and word[0].islower():
            healed[-1] = healed[-1][:-1] + word
        else:
            healed.append(word)
    return healed


def _with_brackets(found: Sequence[str]) -> list[str]:
    """The words, those of one pair of brackets as one: "(Bin" "TL)"; "Başlama" "-" "Bitiş" stay three."""
    joined: list[str] = []
    for word in found:
        if joined and joined[-1].startswith("(") and ")" not in joined[-1]:
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


def _begins(keys: Sequence[str], start: int) -> bool:
    """Whether the names of values can begin at ``start``: names of labels stand before, and none of them goes on."""
    goes_on = keys[start] in _words("nouns") and keys[start - 1] not in (*words("head_closings"), "no")
    return not goes_on and _head(keys[:start])


def _head(keys: Sequence[str]) -> bool:
    """Whether the words name columns of labels and serial numbers, all of them."""
    if not keys:
        return False
    if head_length(keys) == len(keys) or " ".join(keys) in _words("labels"):
        return True
    if "/" in keys[1:-1]:  # "Unvan / Kadro"
        at = keys.index("/", 1)
        return _head(keys[:at]) and _head(keys[at + 1 :])
    return any(" ".join(keys[:at]) in _words("labels") and _head(keys[at:]) for at in range(1, len(keys)))


def _cuts(keys: Sequence[str], start: int, count: int) -> Iterator[tuple[tuple[int, ...], bool]]:
    """The edges of ``count`` names that follow each other to the end of ``keys``, and whether one has free words."""
    if not count:
        if start == len(keys):
            yield (start,), False
        return
    for length, free in _lengths(keys, start):
        if len(keys) - start - length < count - 1:
            continue
        end = start + length
        closed = _is_mark(keys[end - 1]) or keys[end - 1] in _words("nouns")
        if end < len(keys) and keys[end] in _words("nouns") and not closed:
            continue  # a noun with the possessive ending belongs to the words before it
        for edges, others in _cuts(keys, end, count - 1):
            yield (start, *edges), free or others


def _lengths(keys: Sequence[str], start: int) -> Iterator[tuple[int, bool]]:
    """How many words a name that begins at ``start`` can have, and whether some of them are in no list."""
    at = start
    year = at < len(keys) and _YEAR.fullmatch(keys[at]) is not None
    at += year
    found: dict[int, bool] = {}
    if year:
        found |= {end - start: False for end in _marked(keys, at)}
    for size in range(1, _LONGEST + 1):
        if at + size > len(keys):
            break
        if not year and keys[at] in _words("behind_year"):
            break
        if " ".join(keys[at : at + size]) in _words("names"):
            found |= {end - start: False for end in _marked(keys, at + size)}
            found |= {end - start: False for end in _compared(keys, at + size)}
        elif size <= _FREE_WORDS + 1 and _is_free(keys[at : at + size]):
            ended = keys[at + size - 1] in _words("nouns") and size > 1
            for end in _marked(keys, at + size):
                measured = end > at + size and keys[at + size].startswith("(")
                if (ended or measured) and end - start not in found:
                    found[end - start] = True
    yield from sorted(found.items())


def _is_free(keys: Sequence[str]) -> bool:
    """Whether the words can be the free ones of a name: words, and no names of columns before the last one."""
    if not all(re.fullmatch(r"[^\W\d_][^\W_]*[’'.]?[^\W_]*(?:/[^\W\d_]+)?", key) for key in keys):
        return False
    return not any(key in _words("nouns") or key in _words("names") for key in keys[:-1])


def _marked(keys: Sequence[str], end: int) -> Iterator[int]:
    """Where a name that could end at ``end`` ends: with the units and brackets behind it taken in."""
    taken = end
    while taken < len(keys) and (_is_mark(keys[taken]) or (taken > end and keys[taken] in _words("units"))):
        taken += 1
    yield taken


def _is_mark(key: str) -> bool:
    if key in _words("units"):
        return True
    return _BRACKET.fullmatch(key) is not None and (_MARK.fullmatch(key) is not None or is_unit(key.strip("()")))


def _compared(keys: Sequence[str], at: int) -> Iterator[int]:
    """Where a name goes on that compares two: "Net Tahs. / Bütçe %"."""
    if at >= len(keys) or keys[at] != "/":
        return
    for size in range(1, _LONGEST + 1):
        if " ".join(keys[at + 1 : at + 1 + size]) in _words("names"):
            yield from _marked(keys, at + 1 + size)


@cache
def _words(name: str) -> frozenset[str]:
    text = files("indexer").joinpath("data", "column_names.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])
