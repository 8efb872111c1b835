"""Turkish number words: ``yüz elli bin`` → 150000. The words stand in ``data/units.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.units import unit_data

_ENDING = r"(?P<ending>['’]?(?:(?:s?[ıiuü])?[ny]?(?:[ıiuüae]|[ıiuü]n|d[ae]n?)?|l[ıiuü]k)\b)"


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words with their values.

    ``pattern`` finds a run of them in folded text (group ``number``), with its case ending if any (group ``ending``);
    ``piece`` finds one of them; ``reached`` matches a dative and a verb of reaching ("dokuz|a ulaştı").
    """

    values: dict[str, int]
    magnitudes: dict[str, int]
    ambiguous: frozenset[str]
    pattern: re.Pattern[str]
    piece: re.Pattern[str]
    reached: re.Pattern[str]


@cache
def number_words() -> NumberWords:
    """The number words, ready for use."""
    data = unit_data()["number_words"]
    magnitudes: dict[str, int] = data["magnitudes"]
    values: dict[str, int] = data["ones"] | {data["hundred"]: 100} | magnitudes
    one = "|".join(sorted(values, key=len, reverse=True))
    return NumberWords(
        values=values,
        magnitudes=magnitudes,
        ambiguous=frozenset(data["ambiguous"]),
        pattern=re.compile(rf"(?<![\w'’])(?P<number>(?:{one})(?: ?(?:{one}))*)(?:(?![\w'’])|(?={_ENDING}))"),
        reached=re.compile(rf"['’]?y?[ae] (?:{'|'.join(data['reached'])})"),
        piece=re.compile(one),
    )


def spelled_value(text: str) -> int | None:
    """The value of folded number words, apart or glued (``"beşbin"``); None when they make no one number ("iki üç")."""
    words = number_words()
    pieces = words.piece.findall(text)
    total, part, last = 0, 0, max(words.magnitudes.values()) + 1
    for piece in pieces:
        value = words.values[piece]
        if piece in words.magnitudes:
            if value >= last or (not part and piece != min(words.magnitudes, key=words.magnitudes.__getitem__)):
                return None
            total, part, last = total + (part or 1) * value, 0, value
        elif value == 100:
            if part >= 10 or part == 1:
                return None
            part = (part or 1) * 100
        elif part % (10 if value < 10 else 100) or (value == 0 and len(pieces) > 1):
            return None
        else:
            part += value
    return total + part if pieces else None
