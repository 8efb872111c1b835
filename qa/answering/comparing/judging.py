"""Yes or no where values decide: above or below another value or a bound that the question names, half of a target.

"2025 hedefi 2023'te gerçekleşenden fazla mı?" sets two values of a row against each other, "100 tonu geçmiş mi?" a
value against a bound, "Fen İşleri Temizlik İşlerinden çok mu harcamış?" two rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

from indexer.figures import NumberStyle, find_figures
from indexer.index import Index
from indexer.records import Figure
from indexer.repair import repair
from indexer.turkish import ascii_key
from indexer.units import units_in
from qa.answering.comparing.cells import named_pair
from qa.answering.comparing.common_unit import in_common_unit
from qa.answering.comparing.pairing import Ask, choose_together
from qa.answering.comparing.partial import parts_told
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.features import FeatureReader
from qa.finding.contrast import by_value, yearly
from qa.finding.figures import Found, fitting
from qa.finding.row_words import word_groups
from qa.finding.sides import sides_of
from qa.records import AnswerFigure, Asked, Question
from qa.wording import figure_sentence, incomparable_sentence, quote_sentence, verdict

Direction = Literal["more", "less", "between"]

_SURE = 0.9
_LIKELY = 0.2  # how probable a value must be that a bound is held against
_HALF = Decimal("0.5")
_HOW_MUCH = re.compile(r"(?<!\w)(?:kac\w*|ne ?kadar\w*|how (?:many|much))(?!\w)")
_CODE = re.compile(r"(?<!\w)\d+(?:\.\d+){2,}(?!\w)")


def asks_verdict(question: Question) -> bool:
    """Whether a question asks for yes or no and for no figure beside it."""
    key = ascii_key(question.query_text or question.text)
    return "yesno" in question.wants and _HOW_MUCH.search(key) is None


def judgement_draft(
    question: Question, found: Sequence[Found], ask: Ask, index: Index, reader: FeatureReader
) -> Draft | None:
    """Yes or no with the values that decide; None where the question names no two values, or they are not held.

    Args:
        question: the question as understood.
        found: the figures weighed for it.
        ask: finds the figures for a part of the question.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    direction = direction_of(question)
    bounds = _bounds(question)
    parts = parts_told(question, found, index) if _says("all", question) else []
    draft = Draft(index)
    yes: bool | None
    if parts:
        operands, yes = parts, len(parts) == 1
    elif _says("half", question) and "target" in question.measures:
        operands = _target_and_actual(question, found)
        yes = len(operands) == 2 and operands[1].figure.value >= operands[0].figure.value * _HALF
    elif direction is not None and bounds:
        operands = _bounded(question, found, bounds)
        yes = bool(operands) and _within(operands[0], bounds, direction)
    elif direction in ("more", "less"):
        operands = _grown(question, found) or _opposed(question, ask, index, reader)
        yes = _holds(question, [draft.add(one) for one in operands], direction)
    else:
        return None
    if not operands:
        return None
    draft.confidence = min(one.probability for one in operands)
    figures = [draft.add(one) for one in operands]
    grounds = [figure_sentence(one, question.language) for one in figures]
    if parts:
        quote = index.documents[parts[0].document].text[parts[0].quote.start : parts[0].quote.end]
        grounds = [quote_sentence(repair(quote).text, figures[0].citation)]
    if yes is None:
        draft.text = " ".join((*grounds, incomparable_sentence(figures, question.language)))
    else:
        draft.text = " ".join((verdict(yes, question.language), *grounds))
    return draft


def direction_of(question: Question) -> Direction | None:
    """Whether the question asks for more, less, or between two bounds; the last word that tells it counts."""
    key = ascii_key(question.query_text or question.text)
    names: tuple[Direction, ...] = ("between", "more", "less")
    ends = {name: max((match.end() for match in _pattern(name).finditer(key)), default=-1) for name in names}
    if len(_bounds(question)) < 2:
        ends["between"] = -1
    best = max(names, key=lambda name: ends[name])
    return best if ends[best] >= 0 else None


def _bounds(question: Question) -> list[Figure]:
    """The numbers that the question holds a value against: no years, no codes."""
    text = _CODE.sub(" ", question.query_text or question.text)
    if question.language != "tr":
        return []
    figures = find_figures(text, NumberStyle.DOT)
    return [one for one in figures if one.value not in question.years and text[one.span.end :][:1] != "."]


def _bounded(question: Question, found: Sequence[Found], bounds: Sequence[Figure]) -> list[Found]:
    """The likeliest value of the year and measure asked for whose unit is that of the bounds."""
    asked = question.asked or tuple(Asked(year) for year in question.years) or (Asked(),)
    units = {one.unit for one in bounds if one.unit is not None}
    values = {one.value for one in bounds}
    able = [one for value in asked[:1] for one in fitting(found, value)]
    able = [one for one in able if one.figure.value not in values and all(_size(one, unit) for unit in units)]
    return able[:1] if able and able[0].probability >= _LIKELY else []


def _size(found: Found, unit: str | None) -> Decimal | None:
    """How many units of a figure one ``unit`` of a bound is; 1 where the bound has none, None where none can tell."""
    size = units_in(str(found.unit), unit) if unit is not None else Fraction(1)
    return Decimal(size.numerator) / size.denominator if size is not None else None


def _within(found: Found, bounds: Sequence[Figure], direction: Direction) -> bool:
    value = found.figure.value
    ends = [one.value * (_size(found, one.unit) or 1) for one in bounds]
    if direction == "between":
        return min(ends) <= value <= max(ends)
    return value > max(ends) if direction == "more" else value < min(ends)


def _target_and_actual(question: Question, found: Sequence[Found]) -> list[Found]:
    year = question.years[0] if question.years else None
    targets = fitting([one for one in found if one.fact is not None], Asked(year, "target"))
    for target in targets[:1]:
        for one in found:
            same = (one.document, one.quote, one.year) == (target.document, target.quote, target.year)
            if same and one.measure == "actual":
                return [target, one]
    return []


def _opposed(question: Question, ask: Ask, index: Index, reader: FeatureReader) -> list[Found]:
    """The two values that the question sets against each other, in the order in which it names them."""
    if len(question.municipalities) > 1:
        return choose_together(sides_of(question), ask, index)
    several = yearly(question) if len(question.years) > 1 else question
    if len(several.asked) == 2:
        chosen = choose_together(by_value(several), ask, index)
        return chosen if all(one.fact is not None for one in chosen) else []
    if len(question.years) > 1:
        return []
    pair = named_pair(question, index, reader)
    if pair is None:
        return []
    return [found_of(one.fact, one.line, pair.coverage, _SURE) for one in (pair.part, pair.whole)]


def _grown(question: Question, found: Sequence[Found]) -> list[Found]:
    """The value of a row and that of the year before, where the question asks for one year whether it rises or falls.

    "2026'da bütçesi artıyor mu" and "bütçesi azalmış mı" name no second value: the row that tells both years does.
    """
    if not _says("later", question) or len(question.years) > 1 or len(question.municipalities) > 1:
        return []
    asked = question.asked or tuple(Asked(year) for year in question.years) or (Asked(),)
    able = [one for one in fitting(found, asked[0]) if one.fact is not None and one.year is not None]
    if len(asked) > 1 or not able or able[0].probability < _LIKELY:
        return []
    later = able[0]
    before = [
        one
        for one in found
        if (one.document, one.quote, one.unit) == (later.document, later.quote, later.unit)
        and one.year == (later.year or 0) - 1
    ]
    earlier = next((one for one in before if one.measure == later.measure), before[0] if before else None)
    return [earlier, later] if earlier is not None else []


def _holds(question: Question, operands: Sequence[AnswerFigure], direction: Direction) -> bool | None:
    """Whether the first value is above (or below) the second; where one is to have grown, that of the later year.

    None where their units have nothing in common.
    """
    if len(operands) != 2:
        return False
    terms = in_common_unit(operands)
    if not terms:
        return None
    subject, standard = terms
    if _says("later", question) and None not in (subject.figure.year, standard.figure.year):
        subject, standard = sorted(terms, key=lambda term: -(term.figure.year or 0))
    elif _says("standard_first", question):
        subject, standard = standard, subject
    return subject.value > standard.value if direction == "more" else subject.value < standard.value


def _says(name: str, question: Question) -> bool:
    return _pattern(name).search(ascii_key(question.query_text or question.text)) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """A list of ``judging``: its words are patterns, a trailing ``*`` takes any ending."""
    forms = (re.sub(r"(?<!\\w)\*$", r"\\w*", word) for word in word_groups("judging")[name])
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
