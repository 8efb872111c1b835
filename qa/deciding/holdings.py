"""How many of a thing there are altogether ("kaç park var", "mahalle sayısı kaç", "nüfusu kaç"), and who tells that.

Numbers of a thing stand everywhere: of those worked on in a year ("her yıl ortalama 20 mahallede"), of those of which
something is a part ("3 mahalle yönetim kurulu"). How many there are is told where the thing itself is counted, alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import ascii_key, key, keys
from qa.answering.draft import Draft
from qa.finding.counted import beside, things_held
from qa.finding.figures import Found
from qa.records import Question

_RATE = re.compile(r"(?<!\w)(?:her (?:yil|ay|hafta|gun|donem)|yilda|ayda|haftada|gunde|ortalama|en az|en fazla)(?!\w)")
_COUNTED = r"\W{0,3}(?:(?:adet|tane)\W+)?"
_ENDS = (
    r"(?:l[ae]r)?(?:[iu]m[iu]z)?(?:\s*/\s*\w+)?"
    r"(?:\W*\Z|\s*[.,;:)(]|\s+(?:var|vardir|bulun\w+|mevcut\w*|yer al\w+|hizmet ver\w+|olmak|olup)\b)"
)
_COUNT = r"\w*\W+(?:(?:sayi|adedi?|toplam)\w*\W+)(?:\w+\W+){0,2}\Z"
_PEOPLE = "nufus"
_OF_PEOPLE = r"\w*\W+(?:\w+\W+){0,3}\Z"


def holding_untold(question: Question, draft: Draft) -> bool:
    """Whether it is asked how many of a thing there are, and no figure cited counts just that.

    Args:
        question: the question as understood.
        draft: the draft that would answer it.
    """
    return not draft.over_rows and bool(draft.found) and not counting(question, draft.found, draft.index)


def counting(question: Question, found: Sequence[Found], index: Index) -> list[Found]:
    """Those of ``found`` that count the thing of which it is asked how many there are; all where that is not asked."""
    names = things_held(question)
    return [one for one in found if not names or _counts(one, names, index)]


def _counts(one: Found, names: frozenset[str], index: Index) -> bool:
    """Whether a figure counts the thing: by the name of its cell, or by the words right beside it in its sentence."""
    if one.fact is not None:
        return names <= set(keys(f"{one.label} {one.fact.column}"))
    return is_counted(names, *beside(one, index))


def is_counted(names: frozenset[str], before: str, after: str) -> bool:
    """Whether a number in a sentence counts a thing, all of them and nothing else.

    Args:
        names: the keys of the words that name the thing.
        before: the sentence up to the number.
        after: the sentence behind it.
    """
    before, after = ascii_key(before), ascii_key(after)
    if _RATE.search(before) is not None:
        return False
    thing = r"\W+".join(rf"{re.escape(word)}\w*?" for word in _in_order(names, f"{before} {after}"))
    counted = re.match(_COUNTED + thing + _ENDS, after) is not None
    named = re.search(rf"(?<!\w){thing}{_OF_PEOPLE if _PEOPLE in names else _COUNT}", before) is not None
    return counted or named


def _in_order(names: frozenset[str], text: str) -> list[str]:
    """The names in the order in which the text has them."""
    places = {word: place for place, word in reversed(list(enumerate(map(key, text.split()))))}
    return sorted(names, key=lambda name: (places.get(name, len(places)), name))
