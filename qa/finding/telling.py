"""Whether a sentence tells a number as aimed at or as reached, by the words of its clause and by its verb."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from indexer.records import Figure
from indexer.turkish import ascii_key, key
from qa.finding.items import Item
from qa.finding.row_words import word_groups
from qa.finding.statements import Statement
from qa.finding.vocabulary import says
from qa.records import Question

Told = Literal["aim", "reached", "open"]

_AFTER, _BEFORE = 5, 3  # words after a figure and before it that may call it a target
_CLAUSE = re.compile(r"[;:()]|,\s|\b(?:olup|iken|ise|ancak|fakat)\b")
_LAST_VERB = re.compile(r"(\w+)[\s.)”’\"]*(?:\[\d+\])?\Z")
_PAST = re.compile(r"\w*(?:m[iu]s(?:t[iu]r)?|[dt][iu](?:r|lar|ler)?|m[iu]slard[iu]r|m[iu]slerd[iu]r)\Z")
_FUTURE = re.compile(r"\w*(?:[ae]c[ae]k(?:t[iu]r|lar|ler)?|[ae]c[ae]g[iu]\w*)\Z")


def told_as(statement: Statement, figure: Figure) -> Told:
    """How a figure is told: the words beside it decide, then the verb of its clause, then that of its sentence."""
    first, last = statement.room(figure)
    after = ascii_key(statement.between(figure.span.end, last))
    before = ascii_key(statement.between(first, figure.span.start))
    following = " ".join(_CLAUSE.split(after, maxsplit=1)[0].split()[:_AFTER])
    leading = " ".join(_CLAUSE.split(before)[-1].split()[-_BEFORE:])
    for words in (following, leading):
        if says("aim", words):
            return "aim"
        if says("reached", words):
            return "reached"
    verb = _LAST_VERB.search(ascii_key(statement.text))
    if verb is None:
        return "open"
    if _FUTURE.match(verb[1]) or says("aim", verb[1]):
        return "aim"
    return "reached" if _PAST.match(verb[1]) and not verb[1].endswith(("dir", "dur", "tir", "tur")) else "open"


def asks_for(question: Question) -> Told:
    """Whether a question asks for what was aimed at, for what was reached, or leaves it open."""
    if "target" in question.measures or "estimate" in question.measures or says("aim", _words(question)):
        return "aim"
    return "reached" if question.measures == ("actual",) else "open"


def item_asks_for(item: Item, asks: Told) -> Told:
    """What one of the figures asked for is: its own words decide ("gerçekleşen net gelir ne kadar"), else ``asks``."""
    keys = {word.key for word in (*item.before, *item.after)}
    return "reached" if asks == "open" and keys & _done() else asks


@cache
def _done() -> frozenset[str]:
    return frozenset(key(word) for word in word_groups("asked_done")["words"])


def _words(question: Question) -> str:
    return question.query_text or question.text
