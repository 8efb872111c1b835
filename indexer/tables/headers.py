"""Cuts the header of a small table into its columns when the number of columns is known from the rows below it.

A flattened header is one stretch of words over several lines. Where a name ends is told by Turkish grammar (the noun
with the possessive ending closes a name: "Personel Sayısı"), by brackets, by line ends and by repeated head words.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from indexer.records import Column, Line
from indexer.tables.columns import header_key
from indexer.tables.entries import joined, unit_word
from indexer.turkish import ascii_key, fold, lemma

_WORD = re.compile(r"[^ \t\r\u00a0]+")
_CONJUNCTIONS = frozenset({"ve", "ile", "veya", "/", "-", "–", "&", "+"})
_POSSESSIVE = re.compile(r"(?:l[ae]r[ıi]|(?<![cç])[ıiuü])\)?$")
_FORBIDDEN = -50.0
_MAX_WORDS = 80  # the time to cut grows with their square


@dataclass(frozen=True, slots=True)
class Header:
    """The column names of a header; ``certain`` is False where another cut is about as good.

    ``score`` says how clearly the names end where they were cut, on average; at 3 every cut is clear.
    """

    names: tuple[str, ...]
    certain: bool
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    key: str
    wide: bool  # two or more blanks, or a tab, before it
    breaks: bool  # first word of a line


@cache
def vocabulary(name: str) -> frozenset[str]:
    """The words under ``name`` in ``indexer/data/listings.toml``."""
    data = tomllib.loads(files("indexer").joinpath("data", "listings.toml").read_text(encoding="utf-8"))
    return frozenset(data[name])


def split_header(lines: Sequence[Line], count: int, skip: int = 0) -> Header | None:
    """The ``count`` column names on ``lines`` after the first ``skip`` words; None where there are too few words."""
    words = _words(lines)[skip:]
    if not 0 < count <= len(words) <= _MAX_WORDS:
        return None
    scores = _boundary_scores(words, len(lines), count)
    best, cuts, margin = _cut(scores, _lengths(words), count)
    if best <= _FORBIDDEN:
        return None
    edges = [0, *cuts, len(words)]
    names = tuple(joined(word.text for word in words[a:b]) for a, b in pairwise(edges))
    least = min((scores[cut] for cut in cuts), default=0.0)
    certain = margin >= 0.5 and least >= (-1.0 if len(words) == count else 0.0)
    return Header(names, certain, best / max(1, count - 1))


def serial_words(lines: Sequence[Line]) -> int:
    """How many words at the start of a header name a column of serial numbers ("Sıra No"); 0 where none does."""
    keys = [word.key for word in _words(lines)]
    return next((n for n in (2, 1) if " ".join(keys[:n]) in vocabulary("serial") and len(keys) > n), 0)


def names_column(name: str) -> bool:
    """Whether ``name`` reads as the header of a column of values."""
    keys = re.findall(r"[^\W_]+[²³]?", header_key(name))
    return bool(vocabulary("column").intersection(keys)) or "%" in name or "₺" in name


def column_unit(column: Column) -> str | None:
    """The unit of a column: the one that its name states, or what it counts by ("Taşınmaz Adedi" → "adet")."""
    if column.unit is not None:
        return column.unit
    return "adet" if header_key(column.name).rsplit(" ", 1)[-1] in ("adet", "adedi", "adeti") else None


def several_columns(name: str) -> bool:
    """Whether ``name`` names more than one column of values: two years, or two nouns that end a name."""
    keys = re.findall(r"[^\W_]+[²³]?", header_key(re.sub(r"\([^()]*\)", "", name)))
    years = sum(bool(re.fullmatch(r"(?:19|20)\d\d", key)) for key in keys)
    if len(keys) > 1 and keys[-1] in vocabulary("total_end") and keys[-2] not in vocabulary("total_lead"):
        return True  # "Kadın Erkek Toplam"
    nouns = sum(key in vocabulary("column") and key not in vocabulary("qualifier") and _possessive(key) for key in keys)
    return years > 1 or nouns > 1


def reads_as_header(text: str) -> bool:
    """Whether ``text`` alone reads as the header of a table with several columns."""
    keys = re.findall(r"[^\W_]+[²³]?", header_key(text))
    return len(keys) > 2 and (sum(key in vocabulary("column") for key in keys) > 1 or numbered_header(text))


def numbered_header(text: str) -> bool:
    """Whether ``text`` begins with the name of a column of serial numbers and goes on with another's."""
    keys = re.findall(r"[^\W_]+[²³]?", header_key(text))
    return len(keys) > 2 and keys[:2] in (["sira", "no"], ["s", "no"])


def names_caption(text: str) -> bool:
    """Whether ``text`` reads as the caption of a table and not as a header."""
    key = header_key(text)
    return key.startswith(("tablo ", "sekil ", "grafik ")) or key.rstrip(" ;:").rsplit(" ", 1)[-1] in vocabulary(
        "caption"
    )


def _words(lines: Sequence[Line]) -> list[_Word]:
    words: list[_Word] = []
    for line in lines:
        for match in _WORD.finditer(line.text):
            before = line.text[: match.start()]
            wide = bool(before.strip()) and (len(before) - len(before.rstrip()) > 1 or "\t" in before[-2:])
            words.append(_Word(match.group(), ascii_key(match.group()), wide, not before.strip(" \t\r\u00a0")))
    return words


@lru_cache(maxsize=20_000)
def _possessive(word: str) -> bool:
    word = re.sub(r"\(.*", "", word) or word
    folded = fold(word)
    return bool(_POSSESSIVE.search(folded)) and (lemma(word) != folded or ascii_key(word) in vocabulary("possessive"))


def _boundary_scores(words: Sequence[_Word], lines: int, count: int) -> list[float]:
    """How well a name ends before each word; position 0 is unused."""
    occurrences = Counter(word.key for word in words)
    scores = [0.0]
    for before, after in pairwise(words):
        if after.text[0] == "(" or after.text[0].islower() or before.key in _CONJUNCTIONS or before.text[-1] in "/-,&(":
            scores.append(_FORBIDDEN)
            continue
        score = 3.0 if after.wide else 0.0
        if after.breaks:
            score += 3.0 if lines == count and not _possessive(after.text) else 1.0
        if before.text.endswith(")"):
            score += 1.5
        if _possessive(before.text) or (
            occurrences[before.key] > 1 and before.key not in vocabulary("qualifier") and not _possessive(after.text)
        ):
            score += 2.0
        if before.key == after.key:
            score += 2.0
        if _possessive(after.text):
            score -= 1.0 if after.key in vocabulary("column") and _possessive(before.text) else 2.0
        if len(after.text) < 4 and not after.text[0].isdigit() and unit_word(after.text):
            score -= 2.0
        if before.key in vocabulary("qualifier") or re.fullmatch(r"(?:19|20)\d\d", before.text):
            score -= 1.5
        if len(scores) == 1 and before.key in vocabulary("label") and not _possessive(after.text):
            score += 2.0
        if after.key in vocabulary("qualifier") or re.fullmatch(r"(?:19|20)\d\d", after.text):
            score += 1.0
        scores.append(score)
    return scores


def _lengths(words: Sequence[_Word]) -> list[int]:
    """For each position how many words stand before it, those in brackets left out."""
    lengths = [0]
    depth = 0
    for word in words:
        depth += word.text.count("(")
        lengths.append(lengths[-1] + (depth == 0))
        depth -= word.text.count(")")
    return lengths


def _cut(scores: Sequence[float], lengths: Sequence[int], count: int) -> tuple[float, list[int], float]:
    """The best ``count - 1`` cuts, their score, and by how much they beat the second best."""
    # states[c][i]: the two best ways to put words[:i] into c columns, as (score, cuts)
    words = len(lengths) - 1
    states: list[list[list[tuple[float, tuple[int, ...]]]]] = [[[] for _ in range(words + 1)] for _ in range(count + 1)]
    states[0][0] = [(0.0, ())]
    for column in range(1, count + 1):
        for end in range(column, words + 1):
            ways: list[tuple[float, tuple[int, ...]]] = []
            for start in range(column - 1, end):
                gain = (scores[start] if start else 0.0) - max(0, lengths[end] - lengths[start] - 5) / 2
                ways += [(score + gain, (*cuts, start) if start else cuts) for score, cuts in states[column - 1][start]]
            ways.sort(reverse=True)
            states[column][end] = ways[:2]
    ways = states[count][words]
    if not ways:
        return _FORBIDDEN, [], 0.0
    margin = ways[0][0] - ways[1][0] if len(ways) > 1 else 99.0
    return ways[0][0], list(ways[0][1]), margin
