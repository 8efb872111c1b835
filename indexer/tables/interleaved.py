"""Headers whose cells wrap beside each other, taken line by line: "Hedefe İzleme" above "Göstergeler Etkisi Sıklığı".

Each line of such a header holds a piece of some of the columns, from left to right; a column's name is what its pieces
say from top to bottom. The pieces are put together only where there is one way with the fewest columns and pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from indexer.tables.columns import words
from indexer.tables.indicator_words import (
    YEAR,
    HeaderWord,
    form_length,
    header_forms,
    relative_years,
)
from indexer.tables.period_names import name_lengths

_MOST_PIECE = 4  # words of a column's name on one line
_MOST_WORDS = 8  # of a column's name
_YEARLESS = frozenset({"label", "code", "unit", "status", "prose"})  # categories that take no year
_COLUMN = 100  # what a column costs; each of its pieces costs one
_DEAREST = 24 * _COLUMN

_Places = tuple[int, ...]


def untangle(lines: Sequence[Sequence[HeaderWord]]) -> list[HeaderWord] | None:
    """The words of ``lines`` column by column; None where they make no columns, or could make others as well.

    Args:
        lines: the words of each line of the header, from top to bottom.
    """
    ends = tuple(map(len, lines))

    @cache
    def ways(places: _Places) -> tuple[int, int, _Places | None]:
        """What the words from ``places`` on cost, in how many ways so little, and where the first column ends."""
        if places == ends:
            return 0, 1, None
        best, count, after = _DEAREST, 0, None
        for following in _columns(lines, places):
            rest, found, _ = ways(following)
            cost = rest + _COLUMN + sum(end > start for start, end in zip(places, following, strict=True))
            if found and cost < best:
                best, count, after = cost, found, following
            elif found and cost == best:
                count += found
        return best, count, after

    places: _Places | None = (0,) * len(lines)
    if ways(places)[1] != 1:
        return None
    ordered: list[HeaderWord] = []
    while places is not None and (following := ways(places)[2]) is not None:
        ordered += _between(lines, places, following)
        places = following
    return ordered


def _columns(lines: Sequence[Sequence[HeaderWord]], places: _Places) -> list[_Places]:
    """Where a column that begins at ``places`` can end: in each line some words on, which together are a name."""
    options: list[_Places] = [()]
    for line, place in zip(lines, places, strict=True):
        options = [
            (*option, end) for option in options for end in range(place, min(place + _MOST_PIECE, len(line)) + 1)
        ]
    found = [option for option in options if option != places]
    return [option for option in found if _is_name(_between(lines, places, option))]


def _between(lines: Sequence[Sequence[HeaderWord]], first: _Places, last: _Places) -> list[HeaderWord]:
    return [word for line, start, end in zip(lines, first, last, strict=True) for word in line[start:end]]


def _is_name(column: Sequence[HeaderWord]) -> bool:
    """Whether the words are the name of one column: a listed one or that of a period, with one year at most."""
    years = [at for at, word in enumerate(column) if YEAR.fullmatch(word.text)]
    if len(column) > _MOST_WORDS or len(years) > 1 or (years and years[0] not in (0, len(column) - 1)):
        return False
    keys = tuple(word.key for at, word in enumerate(column) if at not in years)
    return _is_value(keys) if years else _is_value(keys) or _is_text(keys)


@cache
def _is_value(keys: tuple[str, ...]) -> bool:
    """Whether the words beside a year name a column of values; no words at all do."""
    if not keys or form_length(keys, 0, relative_years()) == len(keys):
        return True
    if keys[-1] in words("indicator", "suffix") and len(keys) > 1 and _is_value(keys[:-1]):
        return True
    category = header_forms().get(" ".join(keys))
    return (category is not None and category not in _YEARLESS) or len(keys) in name_lengths(keys, 0)


def _is_text(keys: tuple[str, ...]) -> bool:
    return header_forms().get(" ".join(keys)) in _YEARLESS
