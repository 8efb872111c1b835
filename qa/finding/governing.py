"""What a number in a sentence counts: the noun after it ("780 adet mesken") or before it ("yolcu sayısı 5.456.492")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.records import Figure
from indexer.turkish import ascii_key
from indexer.units import find_unit, find_unit_in_prose
from qa.finding.items import Item
from qa.finding.matter import Word
from qa.finding.statements import Statement
from qa.finding.vocabulary import may_count, says
from qa.records import Question
from qa.vocabulary import patterns

_AFTER = 3  # words after a number that may name what it counts
_BEFORE = 5  # and before it, where a word such as "sayısı" stands between
_ASKED = 2  # words after "kaç" that may name what is counted
_ROOM = 24  # characters after a number that may hold its unit and its ending
_SUFFIX = 8  # characters after a number that may hold its ending
_NEAR_BEFORE, _NEAR_AFTER = 4, 10  # words around a number among which the noun asked for leaves open what it counts
_COUNTERS = ("adet", "kişi")
_FRAMES = frozenset({"sayi", "adet", "miktar", "toplam"})  # words that tell that something is counted, not what
_COUNTERS_MEET = 0.5  # "kaç kişi" and "430.705 kişi", whatever else is said of them
_PART = re.compile(r"[ \n]?['’‘`]\s?(?:[iu]|s[iu]|n[iu]n|[iu]n[iu]n|[iu]n[iu]|s[iu]n[iu]n|s[iu]n[iu])\b")
_SHARE = re.compile(r"['’‘`]?s?[iu] ")  # "%56'sı erkek"
_SHARE_ASKED = re.compile(r"\b(?:yuzde|%) ?kaci\b")
_PART_OF_UNIT = re.compile(r"(?:adedi|tanesi|kisisi|metrekaresi|hektari|liras[iı]|kilometresi|tonu)(?:n[iu]n?)?\b")
_PART_ASKED = re.compile(r"\b(?:kac(?:i|ini|inin|ina|inda|indan)|ne ?kadari\w*)\b")
_WHOLE = re.compile(r"[ \n]?['’‘`]?l[iu]k\b")
_BREAK = re.compile(r"[.;:()\n]\s|[,;:()]|\b(?:ve|ile|olup|ise)\b")
_CLAUSE = re.compile(r"[.;:,]\s|\b(?:olup|ise)\b")
_VERB = re.compile(
    r"\w*(?:m[iu]s(?:t[iu]r)?|m[ae]kt[ae](?:d[iu]r)?|[ae]c[ae]k(?:t[iu]r)?|[ae]r[ae]k|[iu]p|"
    r"[iu]l(?:en|an|di|du|mis|mus)|olan|olup|eden|[iu]yor)\b"
)


_CASE = r"(?:n(?:[iu]n?|[ae]|d[ae]n?))?"
_OWNED = {True: re.compile(rf"s[iu]{_CASE}"), False: re.compile(rf"[iu]{_CASE}")}  # after a vowel, a consonant


@dataclass(frozen=True, slots=True)
class Noun:
    """What a number counts: the words after it, the words before it, and its unit where that is a thing counted."""

    after: tuple[Word, ...]
    before: tuple[Word, ...]
    unit: str | None

    @property
    def is_known(self) -> bool:
        """Whether the sentence says what is counted."""
        return bool(self.after or self.before or self.unit)


def noun_of(statement: Statement, figure: Figure, unit: str | None) -> Noun:
    """What ``figure`` counts, as far as its sentence says so; ``unit`` is its own or the one that it shares."""
    first, last = statement.room(figure)
    start = figure.span.end
    stretch = ascii_key(statement.between(start, last))
    stop = _BREAK.search(stretch)
    after = []
    for word in statement.words_in(start, start + (stop.start() if stop else len(stretch)))[: _AFTER + 1]:
        written = statement.between(word.start, word.end)
        if _VERB.fullmatch(ascii_key(written)):
            break
        named = find_unit_in_prose(written)
        if word.key and not (named is not None and (named.measure or named.name in _COUNTERS)):
            after.append(word)
    before: list[Word] = []
    head = statement.between(first, figure.span.start)
    if says("counting", head[-_reach(head) :]) or re.search(r":\s*\Z", head):
        words = [word for word in statement.words_in(first, figure.span.start) if word.key]
        before = words[-_BEFORE:]
    found = find_unit(unit) if unit else None
    counted = unit if found is not None and not found.measure and unit not in _COUNTERS else None
    return Noun(tuple(after[:_AFTER]), tuple(before), counted)


def _reach(head: str) -> int:
    """The characters of the last words of a stretch before a number."""
    return sum(len(word) + 1 for word in head.split()[-2:]) or 1


def asked_nouns(question: Question, item: Item) -> tuple[Word, ...]:
    """The words that name what ``item`` counts, the nearest first: after "kaç", or before "sayısı" ("yolcu sayısı")."""
    after = [word for word in item.after if word.key]
    if after:
        return tuple(after[:_ASKED])
    if not says("counting", question.query_text or question.text):
        return ()
    before = [word for word in item.before if word.key and word.key not in _FRAMES and not word.key.isdigit()]
    return tuple(before[::-1][:_ASKED])


def governs(question: Question, item: Item, statement: Statement, figure: Figure, unit: str | None) -> float:
    """How well what a figure counts is what is asked for; ``unit`` is its own or the one that it shares.

    Returns:
        1 for the very noun, less for a part of it, 0 where the sentence or the question leaves it open, and -1 where
        the number counts another thing.
    """
    noun = noun_of(statement, figure, unit)
    asked = asked_nouns(question, item)
    wanted = item.unit.name if item.unit is not None else None
    if wanted in _COUNTERS[1:] and unit is not None and may_count(unit, str(wanted)):
        return max(_COUNTERS_MEET, _met(asked, noun.after), _met(asked, noun.before))
    units = {found.name for found in (find_unit(word.key) for word in asked) if found is not None and not found.measure}
    if item.unit is not None and not item.unit.measure:
        units.add(item.unit.name)
    if noun.unit is not None and noun.unit in units:
        return 1.0
    if not asked and not units:
        return 0.0
    if not noun.before and unit in (None, *_COUNTERS) and _is_of_another(question, asked, noun, statement):
        return -1.0
    best = max(_met(asked, noun.after), _met(asked, noun.before))
    if best > 0.0:
        return best
    if wanted == "%":
        return -1.0 if _is_share_of_other(question, item, asked, noun, statement, figure) else 0.0
    measured = wanted is not None and item.unit is not None and item.unit.measure and wanted not in _COUNTERS
    if measured or not noun.is_known or _PART_ASKED.search(ascii_key(question.text)):
        return 0.0
    if noun.unit is not None and units:
        return 0.5 if any(may_count(noun.unit, other) for other in units) else -1.0
    return 0.0 if _met(asked, _around(statement, figure)) else -1.0


def _is_of_another(question: Question, asked: Sequence[Word], noun: Noun, statement: Statement) -> bool:
    """Whether the noun asked for only tells of which kind another one is that is counted: "7 adet vapur iskelesi"."""
    names = {word.key for word in asked}
    for word, following in pairwise(noun.after):
        written = ascii_key(statement.between(word.start, word.end))
        if word.key not in names or written != word.key or patterns("people")["words"].fullmatch(word.key):
            continue
        head = ascii_key(statement.between(following.start, following.end))
        ending = head.removeprefix(following.key)
        owned = ending != head and _OWNED[following.key[-1] in "aeiou"].fullmatch(ending) is not None
        beside = not statement.between(word.end, following.start).strip()
        return beside and owned and following.key not in {*names, *question.content} and not says("acting", head)
    return False


def _is_share_of_other(
    question: Question, item: Item, asked: Sequence[Word], noun: Noun, statement: Statement, figure: Figure
) -> bool:
    """Whether "%56'sı erkek" stands where "yüzde kaçı kadın" was asked: both say what a part of the whole is."""
    if not item.after or not noun.after or not _SHARE_ASKED.search(ascii_key(question.text)):
        return False
    following = ascii_key(statement.between(figure.span.end, figure.span.end + _SUFFIX))
    return bool(_SHARE.match(following)) and not _met(asked, _behind(statement, figure, statement.room(figure)[1]))


def _around(statement: Statement, figure: Figure) -> list[Word]:
    """The words near a figure, up to the figures beside it: its noun may stand at the end of a long phrase."""
    first, last = statement.room(figure)
    before = [word for word in statement.words_in(first, figure.span.start) if word.key]
    return [*before[-_NEAR_BEFORE:], *_behind(statement, figure, last)]


def _behind(statement: Statement, figure: Figure, last: int) -> list[Word]:
    """The words after a figure in its clause."""
    stop = _CLAUSE.search(ascii_key(statement.between(figure.span.end, last)))
    end = figure.span.end + stop.start() if stop else last
    return [word for word in statement.words_in(figure.span.end, end) if word.key][:_NEAR_AFTER]


def _met(asked: Sequence[Word], there: Sequence[Word]) -> float:
    """The share of the words asked for that are there; the first one, which stands beside "kaç", counts most."""
    keys = {word.key for word in there}
    prefixes = {word.prefix for word in there if len(word.prefix) > 4}
    weights = [1 / (1 + place) for place in range(len(asked))]
    met = [word.key in keys or word.prefix in prefixes for word in asked]
    return sum(weight for weight, held in zip(weights, met, strict=True) if held) / sum(weights) if weights else 0.0


def part_agreement(question: Question, statement: Statement, figure: Figure) -> float:
    """1 where a part is asked for ("bunun ne kadarı") and the figure tells one ("57.800 m²'si"), -1 for a whole."""
    if not _PART_ASKED.search(ascii_key(question.text)):
        return 0.0
    if tells_part(statement, figure):
        return 1.0
    return -1.0 if _WHOLE.match(_ending(statement, figure)) or _is_total(statement, figure) else 0.0


def tells_part(statement: Statement, figure: Figure) -> bool:
    """Whether a figure is told as a part of a whole by its ending: "57.800 m²'si", "402'si"."""
    following = _ending(statement, figure)
    return _PART.match(following) is not None or _PART_OF_UNIT.match(following.lstrip()) is not None


def _ending(statement: Statement, figure: Figure) -> str:
    """The ascii letters right after a figure and its unit."""
    following = ascii_key(statement.between(figure.span.end, figure.span.end + _ROOM))
    if figure.unit is not None and figure.unit_text and figure.unit_text not in figure.text:
        written = ascii_key(figure.unit_text)
        at = following.find(written)
        if 0 <= at <= 2:
            return following[at + len(written) :]
    return following


def _is_total(statement: Statement, figure: Figure) -> bool:
    first, _ = statement.room(figure)
    words = statement.between(first, figure.span.start).split()
    return says("total", " ".join(words[-3:]))
