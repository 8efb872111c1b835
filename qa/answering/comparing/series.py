"""Values over the years: what the documents print of one indicator for each of them, named as what it is.

"İzmir'in 2022'den 2024'e asfalt hedefi nasıl değişti?" is answered with the actual of 2022 and the targets of 2023 and
2024: a row prints for each year what was known when it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from indexer.index import Index
from indexer.records import Measure
from indexer.turkish import ascii_key
from qa.answering.draft import Draft
from qa.finding.figures import Found
from qa.finding.row_words import word_pattern
from qa.records import Question
from qa.row_wording import series_sentence
from qa.wording import neighbour_sentence

_FROM_TO = re.compile(r"(?<!\d)(?:19|20)\d\d\W*[dt][ae]n\W+(?:19|20)\d\d\W*y?[ae](?!\w)")  # "2020'den 2024'e"
_HOW = re.compile(r"(?<!\w)nasil(?!\w)")
_HELD = 0.5  # share of the question's words that the row with its headings must hold
_LEAST = 2  # years that make a series
_ALIKE = ("target", "actual", "estimate")  # measures of one indicator that follow each other over the years
_SERIES: dict[str, tuple[Measure, ...]] = {
    "budget": ("budget",),
    "spending": ("spending",),
    **dict.fromkeys(_ALIKE, ("target", "actual", "estimate")),
}


def series_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """The values of the likeliest row for all its years, or for those between the years named; None for less than two.

    Args:
        question: the question as understood.
        found: the figures that were weighed for it, likeliest first.
        index: the index whose commitments join the rows of one indicator over documents.
    """
    if not asks_series(question) or len(question.municipalities) > 1:
        return None
    cells = [one for one in found if one.fact is not None and _is_meant(one, question)]
    for first in cells[:1]:
        cells_of_all = _of_indicator(first, found, index)
        chosen = _by_year(question, first, cells_of_all)
        if len({one.year for one in chosen}) < _LEAST:
            return None
        draft = Draft(index, confidence=first.probability)
        figures = [draft.add(one) for one in chosen]
        beside = [draft.figure_of(one) for one in _beside(chosen, cells_of_all)]
        told = [neighbour_sentence(figure, question.language) for figure in beside]
        draft.text = " ".join((series_sentence(figures, question.language), *told))
        return draft
    return None


def asks_series(question: Question) -> bool:
    """Whether a question asks how something went over the years, not how much it changed."""
    if "series" in question.wants and "wants" in question.carried:
        return True
    key = ascii_key(question.query_text or question.text)
    amount = word_pattern("series", "amount").search(key) is not None
    if not amount and _FROM_TO.search(key) is not None and _HOW.search(key) is not None:
        return True
    return word_pattern("series", "each" if amount else "words").search(key) is not None


def _is_meant(one: Found, question: Question) -> bool:
    """Whether a cell that the question names is of a measure asked for, or of one that goes with it over the years."""
    asked = {measure for named in question.measures for measure in _SERIES.get(named, (named,))}
    held = max(one.features.get("recall", 0.0), one.features.get("recall_context", 0.0))
    money = "TL" in question.units or bool({"budget", "spending"} & set(question.measures))
    if one.year is None or held < _HELD or (one.unit == "TL") != money:
        return False
    return not asked or one.measure in asked or "actual" in question.measures


def _of_indicator(first: Found, found: Sequence[Found], index: Index) -> list[Found]:
    """The cells of the row of ``first``, and those of the same indicator in other documents."""
    row = [
        one
        for one in found
        if one.fact is not None and (one.document, one.quote, one.unit) == (first.document, first.quote, first.unit)
    ]
    joined = next((one.facts for one in index.commitments if first.fact in one.facts), ())
    seen = {one.fact for one in row}
    others = (fact for fact in joined if fact not in seen and fact.unit == first.unit)
    return [*row, *(Found.of_fact(fact, fact.places[0], first.probability, first.features) for fact in others)]


def _by_year(question: Question, first: Found, cells: Sequence[Found]) -> list[Found]:
    """The cells in the order of their years; of the measure asked for in years that have it."""
    alike = _SERIES.get(first.measure, (first.measure,))
    low, high = (min(question.years), max(question.years)) if len(question.years) > 1 else (0, 9999)
    kept = [one for one in cells if one.measure in alike and one.year is not None and low <= one.year <= high]
    kept.sort(key=lambda one: (one.year or 0, one.measure != "target", one.measure))
    chosen: list[Found] = []
    for _, group in groupby(kept, key=lambda one: one.year):
        of_year = list({(one.measure, one.figure.value): one for one in group}.values())
        asked = [one for one in of_year if one.measure in question.measures]
        chosen += asked or of_year
    return chosen


def _beside(chosen: Sequence[Found], cells: Sequence[Found]) -> list[Found]:
    """The actuals that stand in the rows and years of which only the target is told."""
    aimed = {(one.document, one.quote, one.year) for one in chosen if one.measure == "target"}
    told = {one.year for one in chosen if one.measure == "actual"}
    actuals = {
        one.year: one
        for one in cells
        if one.measure == "actual" and one.year not in told and (one.document, one.quote, one.year) in aimed
    }
    return [actuals[year] for year in sorted(actuals, key=lambda year: year or 0)]


def each_year(question: Question, found: Sequence[Found]) -> list[Found]:
    """The value of each year asked for in the likeliest row that has them all: as asked, else the actual, else the aim.

    A row prints the actual of a past year and the target of one to come: "2023'ten 2025'e ne kadar artacak".
    """
    rows: dict[tuple[object, ...], list[Found]] = {}
    for one in found:
        if one.fact is not None and one.year in question.years and _is_meant(one, replace(question, measures=())):
            rows.setdefault((one.document, one.quote, one.unit), []).append(one)
    order = (*question.measures, *_ALIKE, "budget", "spending")
    for row in rows.values():
        able = [one for one in row if one.measure in order]
        if {one.year for one in able} == set(question.years):
            able.sort(key=lambda one: order.index(one.measure))
            return [next(one for one in able if one.year == year) for year in sorted(question.years)]
    return []
