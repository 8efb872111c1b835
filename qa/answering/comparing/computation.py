"""Figures computed from cited ones: difference, growth, fulfilment, ratio, sum and average, each with its formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from indexer.index import Index
from indexer.turkish import ascii_key, keys
from qa.answering.comparing.cells import named_pair
from qa.answering.comparing.common_unit import in_common_unit
from qa.answering.comparing.formulas import POINTS, Kind, compute
from qa.answering.comparing.pairing import choose_together, named
from qa.answering.comparing.series import each_year
from qa.answering.draft import Draft
from qa.answering.figure import choose
from qa.answering.ranking import found_of
from qa.features import FeatureReader
from qa.finding.agreement import tells_people
from qa.finding.contrast import by_value, enumerated, joined, listed_sides, yearly
from qa.finding.figures import Found
from qa.finding.items import items_of
from qa.finding.row_question import number_asked
from qa.finding.row_words import word_groups, word_pattern
from qa.finding.sides import sides_of
from qa.finding.vocabulary import may_count
from qa.parts import parts_of
from qa.records import Asked, Question
from qa.wording import computed_sentence, figure_sentence, incomparable_sentence, overlap_sentence

Ask = Callable[[Question], list[Found]]

_NAMED = ("difference", "growth", "ratio", "sum", "average")  # what two things that are named can be asked for
_SURE = 0.9
_PEOPLE = "kişi"
_NUMBER_OF = re.compile(r"(\w+)\W+(?:sayisi|adedi)")
_ALIKE = 0.5  # share of words that two labels of one thing have in common
_NAMED_IN_FULL = 0.7  # share of its own words that a thing joined with another needs in its label
_CLEARLY = 0.85  # of the probability of the last part counted: what the next one must fall short of
_NEAR = 800  # characters within which the parts of a thing are told
_PRINTED = 0.5  # how probable a percentage must be that goes before one of ours
_PART = 0.6  # of the likeliest part's probability: what another part of the same thing needs


def computation_draft(question: Question, ask: Ask, index: Index, reader: FeatureReader) -> Draft | None:
    """The computed figure first, then its operands; None where no computation is asked for or an operand is missing.

    Args:
        question: the question as understood.
        ask: finds the figures for a part of the question.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    kinds = kinds_of_computation(question)
    if not kinds or (kinds[0] == "sum" and min(len(parts_of(question)), len(items_of(question))) > 1):
        return None
    if kinds[0] in ("growth", "fulfilment") and _is_printed(ask(question)):
        return None
    operands = _operands(question, kinds[0], ask, index, reader)
    if kinds[0] == "sum" and _PEOPLE in question.units and not all(map(_counts_people, operands)):
        return None
    if len(operands) < 2 or not (kinds[0] in ("sum", "average") or _belong(question, *operands[:2])):
        return None
    draft = Draft(index, confidence=min(one.probability for one in operands))
    figures = [draft.add(one) for one in operands]
    if len(draft.figures) < 2:
        return None
    told = [figure_sentence(figure, question.language) for figure in figures]
    terms = in_common_unit(figures)
    if not terms and "%" not in [figure.unit for figure in figures]:
        draft.text = " ".join((*told, incomparable_sentence(figures, question.language)))
        return draft
    computed = [result for kind in kinds if terms and (result := compute(draft, kind, terms)) is not None]
    if not computed:
        return None
    sentences = [computed_sentence(result, question.language) for result in computed] + told
    if kinds[0] == "sum" and _may_overlap(operands):
        sentences.append(overlap_sentence(question.language))
    draft.text = " ".join(sentences)
    return draft


def _counts_people(found: Found) -> bool:
    """Whether a figure is a number of people, by its unit or by what the name of its row counts: "Çocuk Sayısı"."""
    counted = _NUMBER_OF.findall(ascii_key(found.label))
    of_unit = found.unit is not None and may_count(_PEOPLE, found.unit)
    return of_unit or tells_people(counted[-1] if counted else found.label)


def _may_overlap(operands: Sequence[Found]) -> bool:
    """Whether people are added up who may be counted in several of the figures: those of one column are apart."""
    columns = {(one.document, one.context, one.fact.column if one.fact else str(one.quote)) for one in operands}
    one_year = len({one.year for one in operands}) == 1
    return len(columns) > 1 and one_year and all(map(_counts_people, operands))


def kinds_of_computation(question: Question) -> list[Kind]:
    """What the question wants computed, the first first."""
    key = ascii_key(question.query_text or question.text)
    per_cent = word_pattern("parts", "percent").search(key) is not None
    if _computing("growth").search(key):
        return ["growth"]
    measured = set(question.measures)
    if per_cent and (measured >= {"target", "actual"} or measured >= {"budget", "spending"}):
        return ["fulfilment"]
    several = len({asked.year for asked in question.asked}) > 1 or _computing("several_years").search(key) is not None
    if several and word_pattern("average", "words").search(key):
        return ["average"]
    if "ratio" in question.wants and (
        _computing("times").search(key) or not {"sum", "difference"} & set(question.wants)
    ):
        return ["ratio"]
    known: tuple[Kind, ...] = ("difference", "fulfilment", "ratio", "sum")
    found: list[Kind] = [kind for want in question.wants for kind in known if kind == want]
    return found or (["difference"] if _computing("difference").search(key) else [])


def _is_printed(found: Sequence[Found]) -> bool:
    """Whether the source itself tells the percentage: in a sentence, or in a column of rates."""
    first = next(iter(found), None)
    told = first is not None and first.unit == "%" and (first.fact is None or first.measure == "rate")
    return told and first is not None and first.probability >= _PRINTED


@cache
def _computing(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(word_groups('computing')[name])})(?!\w)")


def _operands(question: Question, kind: Kind, ask: Ask, index: Index, reader: FeatureReader) -> list[Found]:
    plain = plain_question(question)
    if len(question.municipalities) > 1:
        return choose_together(sides_of(plain), ask, index)
    if kind in ("sum", "average") and len(enumerated(plain)) > 2:
        return _listed_operands(plain, ask, index)
    named_ones = _named_operands(question, kind, index, reader) or _joined_operands(plain, ask, index)
    if named_ones:
        return named_ones
    if kind != "fulfilment" and len(plain.years) > 1:
        plain = yearly(plain)
        of_years = choose_together(by_value(plain), ask, index)
        of_years = of_years or (each_year(plain, ask(plain)) if kind in ("difference", "growth") else [])
        if of_years:
            return of_years
    if kind in ("sum", "average"):
        return _summands(plain, ask(plain))
    if kind in ("difference", "fulfilment") and len(plain.asked) < 2:
        plain = replace(plain, asked=_target_and_actual(plain))
    return choose(plain, ask(plain))


def _named_operands(question: Question, kind: Kind, index: Index, reader: FeatureReader) -> list[Found]:
    """Two rows or columns that the question names, with "ile", "ve" or "-dan kaç fazla" between them."""
    if kind not in _NAMED or len(question.years) > 1:
        return []
    joined = word_pattern("computing", "joined").search(ascii_key(question.text)) is not None
    if not joined and kind not in ("ratio", "difference", "growth"):
        return []
    pair = named_pair(question, index, reader)
    if pair is None:
        return []
    return [found_of(one.fact, one.line, pair.coverage, _SURE) for one in (pair.part, pair.whole)]


def _listed_operands(question: Question, ask: Ask, index: Index) -> list[Found]:
    """The figures of the things that the question lists: told side by side, or each asked for by itself."""
    found = ask(question)
    listed = _listed_together(question, found, index)
    if not listed and found and found[0].fact is None:
        summands = _summands(question, found)
        listed = summands if len(summands) == len(enumerated(question)) else []
    if listed and all(one.fact is None for one in listed):
        return listed
    return choose_together(listed_sides(question), ask, index) or listed


def _listed_together(question: Question, found: Sequence[Found], index: Index) -> list[Found]:
    """The figures of the things that the question lists, near each other in one document; none where one is missing.

    A row may be of two of them ("Mesul Müdürlük ve Muayene Harcı").
    """
    chosen: list[Found] = []
    for thing in enumerated(question):
        near = [one for one in found if all(_beside(one, other) for other in chosen)]
        fit = [one for one in near if named(thing.own, one, index) >= _NAMED_IN_FULL]
        free = [one for one in fit if all(one.figure.span != other.figure.span for other in chosen)]
        if not fit:
            return []
        chosen += free[:1]
    return chosen


def _beside(one: Found, other: Found) -> bool:
    near = abs(one.figure.span.start - other.figure.span.start) < _NEAR
    return near and (one.document, one.unit) == (other.document, other.unit)


def _joined_operands(question: Question, ask: Ask, index: Index) -> list[Found]:
    """The figures of two things that "ile" or "ve" joins, each asked for by itself; both must be there by name."""
    sides = joined(question) if len(question.asked) < 2 else []
    chosen = choose_together(sides, ask, index) if sides else []
    if not chosen or any(named(side.own, one, index) < _NAMED_IN_FULL for side, one in zip(sides, chosen, strict=True)):
        return []
    return chosen if all(keys(one.label) != keys(chosen[0].label) for one in chosen[1:]) else []


def _belong(question: Question, one: Found, other: Found) -> bool:
    """Whether two operands are of one thing, or of two that the question itself sets against each other."""
    if len(question.municipalities) > 1 or (one.document, one.quote) == (other.document, other.quote):
        return True
    if one.fact is None or other.fact is None:
        return False
    same_column = (one.fact.column, one.year, one.measure) == (other.fact.column, other.year, other.measure)
    first, second = set(keys(one.label)), set(keys(other.label))
    return same_column or len(first & second) >= _ALIKE * len(first | second) > 0 or _name_matter(question, one, other)


def _name_matter(question: Question, one: Found, other: Found) -> bool:
    """Whether the labels of two values of different years, each asked for, both say all that the question is about."""
    matter = {word for word in plain_question(question).content if not word.isdigit()}
    asked = all(Asked(found.year, found.measure) in question.asked for found in (one, other))
    both = set(keys(one.label)) & set(keys(other.label))
    return bool(matter) and asked and one.year != other.year and one.unit == other.unit and matter <= both


def plain_question(question: Question) -> Question:
    """The question for the operands alone: without what is to be computed ("yüzde kaç artmış", "kaç katı")."""
    text, words = _computing("phrase"), word_pattern("computing", "word")
    content = tuple(key for key in question.content if not words.fullmatch(key))
    units = tuple(unit for unit in question.units if unit not in ("%", "kat", POINTS))
    counted = tuple(word for word in question.counted if not words.fullmatch(ascii_key(word)))
    if units == ("adet",) and not counted:
        units = ()
    if (content, units, counted) == (question.content, question.units, question.counted):
        return question
    return replace(
        question,
        text=_without(question.text, text),
        query_text=_without(question.query_text or question.text, text),
        content=content,
        topic=tuple(term for term in question.topic if not words.fullmatch(term.rstrip("*"))),
        units=units,
        counted=counted,
    )


def _without(text: str, pattern: re.Pattern[str]) -> str:
    key = ascii_key(text)
    kept, last = [], 0
    for match in pattern.finditer(key):
        kept.append(text[last : match.start()])
        last = match.end()
    return " ".join("".join((*kept, text[last:])).split())


def _summands(question: Question, found: Sequence[Found]) -> list[Found]:
    """The figures to add up; none where the documents print the total themselves."""
    if not found:
        return []
    first = found[0]
    if "ortalama" in ascii_key(first.label) and word_pattern("average", "words").search(ascii_key(question.text)):
        return []  # the average is what the row itself tells
    if first.fact is not None and _computing("several_years").search(ascii_key(question.text)):
        same = (
            one
            for one in found
            if (one.document, one.quote, one.measure) == (first.document, first.quote, first.measure)
        )
        years = {one.year: one for one in same if one.year is not None and one.unit == first.unit}
        return [years[year] for year in sorted(year for year in years if year is not None)]
    total = "toplam" in keys(first.label) or "toplam" in keys(first.fact.column if first.fact else "")
    if total and len(question.asked) < 2:
        return []
    chosen = choose(question, found)
    if len(chosen) > 1 or first.fact is not None:
        return chosen
    together = [one for one in found if one.quote == first.quote and one.figure.unit == first.figure.unit]
    return together if len(together) > 1 else _told_parts(question, found)


def _told_parts(question: Question, found: Sequence[Found]) -> list[Found]:
    """The parts of a thing that sentences near each other tell, as many as the question says ("iki kısmında")."""
    first = found[0]
    near = [
        one
        for one in found
        if one.fact is None
        and (one.document, one.unit) == (first.document, first.unit)
        and abs(one.figure.span.start - first.figure.span.start) < _NEAR
        and one.probability >= _PART * first.probability
    ]
    likeliest = sorted({one.quote: one for one in reversed(near)}.values(), key=lambda one: -one.probability)
    count = number_asked(question)
    parts, others = likeliest[:count], likeliest[count:]
    clear = not others or others[0].probability < _CLEARLY * parts[-1].probability
    return sorted(parts, key=lambda one: one.figure.span) if len(parts) == count > 1 and clear else []


def _target_and_actual(question: Question) -> tuple[Asked, ...]:
    """What a shortfall or a fulfilment compares where the question names one of the two."""
    year = question.asked[0].year if question.asked else next(iter(question.years), None)
    return (Asked(year, "target"), Asked(year, "actual"))
