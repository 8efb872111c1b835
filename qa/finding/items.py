"""The figures that a question asks for, one by one, as its own words tell: "kaç memur, kaç işçi", "ne kadar cam"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.turkish import ascii_key
from indexer.units import Unit, find_unit, find_unit_in_prose
from qa.finding.matter import Word, words_of
from qa.finding.vocabulary import says
from qa.records import Question

_ASKS = re.compile(
    r"\b(?P<percent>(?:yuzde(?: olarak)?|% ?) ?)?(?:kac(?:i|ini|inin|ina|inda|indan|ti|tir|ar|a|ta|tan|in|mis|sa)?|"
    r"ne ?kadar\w*)\b"
)
_BREAK = re.compile(r"[,;:?!()]|\b(?:ve|ile|and|ya da|veya)\b")
_NAMED = re.compile(r"(?<!\w)(?:sayi(?:si|lari)|adedi|miktari)\w*")
_SHARE = re.compile(r"kadari\w*\Z")  # "ne kadarı personel gideri": a part of what was named, in its unit
_COPULA = re.compile(r"(?:y?[dt][ıiuü]|y?m[ıiuü]ş)$")  # "kaç metreydi"
_AFTER, _BEFORE = 4, 6  # words beside the question word that tell what it counts
_MONEY = "TL"


@dataclass(frozen=True, slots=True)
class Item:
    """One figure asked for: the words after and before its question word, and the unit that they name.

    ``firm`` says that the unit stands beside the question word; else it is taken from the words of the question.
    """

    after: tuple[Word, ...] = ()
    before: tuple[Word, ...] = ()
    unit: Unit | None = None
    firm: bool = False


def items_of(question: Question) -> list[Item]:
    """The figures that ``question`` asks for in its order; one item without words where no word asks for any."""
    text = question.text
    key = ascii_key(text)
    asks = list(_ASKS.finditer(key))
    items: list[Item] = []
    bounds = [0, *(match.end() for match in asks)]
    ends = [*(match.start() for match in asks), len(key)]
    for place, match in enumerate(asks):
        before = _words(text, key, bounds[place], match.start(), last=True)[-_BEFORE:]
        percent = match["percent"] is not None
        item = Item(before=tuple(before), unit=Unit("%", True) if percent else None, firm=percent)
        items += _following(item, text, key, match.span(), ends[place + 1])
    items = items or [_without_question_word(text, key)]
    alone = len(items) == 1
    return [item if item.unit else replace(item, unit=_unit_of(question, item, alone)) for item in items]


def _without_question_word(text: str, key: str) -> Item:
    """The figure asked for by its name alone: "2020 yolcu sayısı"."""
    named = _NAMED.search(key)
    return Item(before=tuple(_words(text, key, 0, named.end(), last=True)[-_BEFORE:])) if named else Item()


def _words(text: str, key: str, start: int, end: int, last: bool = False) -> list[Word]:
    """The words of the first or last part of a stretch between commas and conjunctions."""
    breaks = [start, *(at for match in _BREAK.finditer(key, start, end) for at in match.span()), end]
    parts = [(first, second) for first, second in pairwise(breaks)][::2]
    parts = [(first, second) for first, second in parts if text[first:second].strip()]
    if not parts:
        return []
    first, second = parts[-1 if last else 0]
    if not last and first > start and text[start:first].strip():
        return []
    return words_of(text[first:second])


def _following(item: Item, text: str, key: str, ask: tuple[int, int], end: int) -> Iterator[Item]:
    """The item with the words after its question word; one a thing where several are named ("kağıt, cam ve metal")."""
    item_start, start = ask
    stretch = key[start:end]
    listed = re.match(r"((?: \w+){1,2})((?:, \w+(?: \w+)?)*),? (?:ve|ile|and) (\w+)", stretch)
    several = listed is not None and (listed[2] or key[item_start:start].startswith("ne"))
    if listed and several and not re.search(r"\b(?:ve|ile|and) (?:yuzde )?\Z", stretch) and end == len(key):
        places = [match.span() for match in re.finditer(r"\w+(?: \w+)?", key[start : start + listed.end(2)])]
        for first, second in [*places, listed.span(3)]:
            yield replace(item, after=tuple(words_of(text[start + first : start + second])))
        return
    words = _words(text, key, start, end)[:_AFTER]
    unit = item.unit
    of_it = _SHARE.search(key, item_start, start) is not None
    if unit is None and words and not of_it:
        found = _unit_at(text, start, end)
        if found is not None:
            unit, length = found
            yield replace(item, after=tuple(words[length if unit.measure else 0 :]), unit=unit, firm=True)
            return
    yield replace(item, after=tuple(words))


def _unit_at(text: str, start: int, end: int) -> tuple[Unit, int] | None:
    """The unit right after a question word, and how many words it takes."""
    match = re.match(r"[ \n]*([\w²³/]+)(?: ([\w²³/]+))?", text[start:end])
    if match is None:
        return None
    for length, written in ((2, f"{match[1]} {match[2]}" if match[2] else ""), (1, match[1])):
        unit = find_unit_in_prose(written) or find_unit_in_prose(_COPULA.sub("", written)) if written else None
        if unit is not None:
            return unit, length
    return None


def _unit_of(question: Question, item: Item, alone: bool) -> Unit | None:
    """The unit that the other words of the question tell; where it asks for several figures, those of this one."""
    if alone and question.units:
        return find_unit(question.units[0]) or Unit(question.units[0], True)
    if alone and "rate" in question.measures:
        return Unit("%", True)
    if any(says("rate", word.key) for word in item.before[-1:]):
        return Unit("%", True)  # "gelir bütçesinin gerçekleşme oranı ne kadar"
    words = question.text if alone else " ".join(word.key for word in (*item.before, *item.after))
    return Unit(_MONEY, True) if says("money", words) else None
