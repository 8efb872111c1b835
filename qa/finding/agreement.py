"""Whether a figure's unit can be the one that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.records import Fact, Figure
from indexer.turkish import ascii_key
from indexer.units import Unit, find_unit, find_unit_in_prose, same_quantity
from qa.finding.items import Item, items_of
from qa.finding.vocabulary import may_count, says
from qa.records import Question
from qa.vocabulary import patterns

_COUNTS = ("adet", "kişi")
_NEVER_COUNTED = ("%", "TL")
_MONEY, _THINGS, _PEOPLE = "TL", "adet", "kişi"
_HOUR = "saat"
_ROOM = 2  # words after a number
_PERSON = ("kisi", "yolcu", "nufus", "birey", "abone", "yararlan", "faydalan", "mezun", "kullanici", "gorevli", "sahib")
_PERIODS = {"saat": "hour", "gün": "day", "ay": "month"}
_SUM = re.compile(r"\d[.,]\d{2}$")
_HOW_MANY_OF = re.compile(r"(?<!yuzde )(?<!% )(?<!\w)kaci(?:ni|nin|na|nda|ndan)?(?!\w)")
_EACH = re.compile(r"(?<!\w)basina(?:[^\w,;.]+[^\W\d]+)*\W*\Z")
_A_YEAR = re.compile(r"^yıl/|/yıl$")  # "yıl/km": kilometres counted over a year


def unit_agreement(question: Question, items: Sequence[Item], unit: str | None) -> float:
    """The best agreement of a figure's canonical ``unit`` with one of the figures asked for.

    Returns:
        1 for the very unit, 0.5 for one of its kind, 0 where one of the two is open, -1 where they contradict.
    """
    counts = bool(question.counted) or asks_a_count(question)
    unit = without_period(question, unit)
    return max((_of(item, unit, counts) for item in items), default=0.0)


def without_period(question: Question, unit: str | None) -> str | None:
    """``yolcu`` of ``yolcu/saat`` where the question itself says "saatte"; else ``unit`` as it is."""
    counted, _, period = (unit or "").partition("/")
    name = _PERIODS.get(period)
    return counted if name is not None and says("per", question.query_text or question.text, name) else unit


def asks_a_count(question: Question) -> bool:
    """Whether the question asks for a number of things ("sayısı", "adedi") without a question word for it."""
    return says("count", question.query_text or question.text)


def is_measured(unit: Unit | None) -> bool:
    """Whether a unit measures a quantity (TL, ton, km), so that a figure without it tells something else."""
    return unit is not None and not _counts(unit)


def is_for_each(question: Question, leading: str) -> bool:
    """Whether a figure is told for each of some things ("sefer başına … 66") that the question does not divide by.

    Args:
        question: the question as understood.
        leading: the name of a cell, or the words of a sentence up to its figure.
    """
    each = _EACH.search(ascii_key(leading)) is not None
    return each and not says("each", question.query_text or question.text)


def is_of_other_kind(question: Question, fact: Fact) -> bool:
    """Whether the name of a cell says that its number, without a telling unit, is not what is counted.

    A sum ("elde edilen gelir 555.000,00") is no number of things; things ("gösterim sayısı", adet) are no people.
    """
    name = f"{fact.label} {fact.column}"
    items = items_of(question)
    counts = bool(question.counted) or asks_a_count(question)
    if fact.unit is None and counts and all(not is_measured(item.unit) for item in items):
        return _SUM.search(fact.figure.text) is not None and says("money", name)
    if fact.unit == _THINGS and all(
        item.firm and item.unit is not None and item.unit.name == _PEOPLE for item in items
    ):
        return not tells_people(name)
    return False


def is_no_part(question: Question, figure: Figure) -> bool:
    """Whether a number cannot be how many of some things there are ("kaçı boş"): a fraction, a sum, a weight."""
    if _HOW_MANY_OF.search(ascii_key(question.text)) is None:
        return False
    unit = find_unit(figure.unit) if figure.unit is not None else None
    return figure.value % 1 != 0 or (unit is not None and is_measured(unit))


def is_duration_aside(question: Question, figure: Figure) -> bool:
    """Whether a number of months or days is told beside what is asked for ("8 aylığına kiralandı").

    The question is for what was planned or came about, and says nothing of time.
    """
    if figure.unit is None or not same_quantity(figure.unit, _HOUR) or not question.measures:
        return False
    asked = any(same_quantity(unit, _HOUR) for unit in question.units)
    return not asked and not says("duration", question.query_text or question.text)


def is_capacity(question: Question, following: str) -> bool:
    """Whether a number is how many people there is room for ("1.000 kişi kapasiteli"), which is not asked for.

    Args:
        question: the question as understood.
        following: the text right after the number.
    """
    words = re.findall(r"\w+", ascii_key(following))[:_ROOM]
    room = any(says("capacity", word) for word in words)
    return room and not says("capacity", question.query_text or question.text)


def tells_people(name: str) -> bool:
    """Whether a word of a name says that people are counted: "Ulaşılan Çocuk Sayısı"."""
    return any(_is_of_people(word) for word in ascii_key(name).split())


def _is_of_people(word: str) -> bool:
    plain = word.strip("().,:;/-")
    return plain.startswith(_PERSON) or patterns("people")["words"].fullmatch(plain) is not None


def _of(item: Item, unit: str | None, counted: bool) -> float:
    if unit is not None and item.unit is not None and unit != item.unit.name:
        unit = _A_YEAR.sub("", unit)
    if unit is None:
        return 0.0
    if item.unit is None:
        named = any(_names(word.key, unit) for word in (*item.after, *item.before))  # "kurs saati sayısı"
        return -1.0 if counted and not named and is_measured(find_unit(_A_YEAR.sub("", unit))) else 0.0
    if unit == item.unit.name:
        return 1.0
    if same_quantity(unit, item.unit.name):
        return 0.5
    if item.firm and item.unit.name == _PEOPLE and unit != _THINGS and is_thing(unit):
        return -1.0
    found = find_unit(unit)
    if _counts(item.unit) and found is not None and _counts(found):
        return 0.5
    of_money = item.unit.name == _MONEY and _is_beside_money(item)
    return -1.0 if item.firm or of_money or unit in _NEVER_COUNTED else -0.5


def is_thing(unit: str) -> bool:
    """Whether what is counted are no people ("araç"), so that no number of people is told."""
    found = find_unit(unit)
    return found is not None and not found.measure and not may_count(_PEOPLE, unit) and not tells_people(unit)


def _names(word: str, unit: str) -> bool:
    """Whether a word of the question names a unit."""
    named = find_unit_in_prose(word) if word else None
    return named is not None and named.name == unit


def _is_beside_money(item: Item) -> bool:
    """Whether the word right beside the question word is one of money ("ne kadar para", "bütçesi ne kadar")."""
    after = [word.key for word in item.after if word.key][:1]
    before = [word.key for word in item.before if word.key][-1:]
    return any(says("money", word) for word in after or before)


def _counts(unit: Unit) -> bool:
    return not unit.measure or unit.name in _COUNTS
