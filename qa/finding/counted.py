"""What the numbers of sentences count: "kaç otobüs" is not answered by "23 mahallede", nor by "500 adet" of others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import ascii_key, keys
from indexer.units import find_unit
from qa.finding.agreement import is_measured
from qa.finding.figures import Found
from qa.finding.items import Item, items_of
from qa.finding.modifiers import holds
from qa.finding.vocabulary import may_count
from qa.records import Question

_ASKS = re.compile(
    r"(?<!\w)kac (?:adet |tane )?(?:\w+ ){1,3}(?:var(?:dir)?|bulun\w+|mevcut\w*)\W*\Z|"
    r"(?<!\w)(?:sayisi|adedi) (?:kac(?:tir)?|nedir|ne kadar(?:dir)?)\W*\Z|"
    r"(?<!\w)nufusu? (?:kac(?:tir)?|nedir|ne kadar(?:dir)?)(?: kisi(?:dir)?)?\W*\Z"
)
_FRAMES = frozenset({"var", "sayi", "adet", "tane", "toplam", "kisi", "mevcut", "bulun"})
_PART = " – "  # between the name of a group, of a row and of its column in the name of a cell
_HOW_MANY = re.compile(r"(?<!\w)kac (?:adet |tane )?\w")
_THINGS, _PERSONS = "adet", "kişi"
_NAMING, _NEAR = 3, 6  # words that name what is counted, and words beside a figure that may tell it
_REACH = 60  # characters beside a figure that are read for what it counts


def things_held(question: Question) -> frozenset[str]:
    """The keys of the thing of which it is asked how many there are; empty where more than that is asked."""
    text = ascii_key(question.query_text or question.text)
    if _ASKS.search(text) is None:
        return frozenset()
    named = {word.key for item in items_of(question) for word in (*item.before, *item.after)}
    content = set(question.content) - _FRAMES
    return frozenset(content) if content and content <= named and len(content) <= 2 else frozenset()


def fit_counts(question: Question, found: Sequence[Found], index: Index) -> list[Found]:
    """The figures without those of sentences that count other things than the one of which the question asks "kaç"."""
    items = items_of(question)
    if len(items) != 1 or _HOW_MANY.search(ascii_key(question.text)) is None:
        return list(found)
    return [one for one in found if not _counts_others(items[0], one, index)]


def named_so(question: Question, found: Sequence[Found]) -> list[Found]:
    """The cells that bear the name of the thing of which it is asked how many there are, and no other."""
    names = things_held(question)
    cells = [one for one in found if one.fact is not None and names]
    return [one for one in cells if any(set(keys(part)) - _FRAMES == names for part in one.label.split(_PART))]


def beside(one: Found, index: Index) -> tuple[str, str]:
    """The words of its sentence before and behind a figure, as far as they may tell what it counts."""
    text = index.documents[one.document].text
    start, end = one.figure.span.start, one.figure.span.end
    return text[max(one.quote.start, start - _REACH) : start], text[end : min(one.quote.end, end + _REACH)]


def _counts_others(item: Item, one: Found, index: Index) -> bool:
    """Whether a number in a sentence has a noun of its own, or none, and not that of the question beside it."""
    if one.fact is not None or is_measured(item.unit) or not item.after:
        return False
    asked, told = item.unit.name if item.unit else _THINGS, one.unit or _THINGS
    if _THINGS not in (asked, told) and not is_measured(find_unit(told)):
        return not may_count(asked, told)
    names = [word.key for word in item.after if word.key][:_NAMING]
    before, after = beside(one, index)
    words = [*keys(before)[-_NEAR:], *keys(after)[:_NEAR]]
    return asked != _PERSONS and bool(names) and not any(holds(name, frozenset(words)) for name in names)
