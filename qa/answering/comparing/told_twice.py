"""One value in two documents: "2020 kira geliri 2020 raporunda ve 2024 programında aynı mı?".

A later document may print an earlier year's value anew, and not as it was. Both are shown, each from its document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, product

from indexer.index import Index
from indexer.turkish import analyse, ascii_key, keys
from qa.answering.draft import Draft
from qa.finding.figures import Found
from qa.finding.row_words import word_pattern
from qa.records import Asked, Question
from qa.scope import document_years
from qa.wording import figure_sentence, verdict

Ask = Callable[[Question], list[Found]]
"""Retrieves for a question and weighs the figures found."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEAST = 0.05  # how probable a value must be
_CONSIDERED = 30  # values of a document that are looked at


def told_twice_draft(question: Question, ask: Ask, index: Index) -> Draft | None:
    """Yes or no with the value that each of two documents gives for the same thing; None where that is not asked.

    Args:
        question: the question as understood.
        ask: finds the figures for a question.
        index: the index whose documents are set against each other.
    """
    key = ascii_key(question.query_text or question.text)
    differ = word_pattern("told_twice", "other").search(key) is not None
    if len(question.documents) != 2 or not (differ or word_pattern("told_twice", "same").search(key)):
        return None
    pair = _pair(question, ask)
    if not pair:
        return None
    draft = Draft(index, confidence=min(one.probability for one in pair))
    figures = [draft.add(one) for one in pair]
    equal = figures[0].value == figures[1].value
    told = [figure_sentence(figure, question.language) for figure in figures]
    draft.text = " ".join((verdict(equal != differ, question.language), *told))
    return draft


def _pair(question: Question, ask: Ask) -> list[Found]:
    """The likeliest values of one label, year and measure, one of each document."""
    options = []
    for document in question.documents:
        found = ask(_of_document(question, document))
        cells = [one for one in found if one.document == document and one.fact is not None]
        options.append([one for one in cells if one.probability >= _LEAST][:_CONSIDERED])
    pairs = [pair for pair in product(*options) if _same_thing(pair)]
    best = max(pairs, key=lambda pair: pair[0].probability * pair[1].probability, default=None)
    return list(best) if best is not None else []


def _same_thing(pair: Sequence[Found]) -> bool:
    return all(
        (one.year, one.measure, one.unit) == (other.year, other.measure, other.unit)
        and keys(one.label) == keys(other.label)
        for one, other in combinations(pair, 2)
    )


def _of_document(question: Question, document: str) -> Question:
    """The question for the value that one document gives, without the words that tell in which documents it stands."""
    text = question.query_text or question.text
    years = _years_of_value(question, text)
    place = word_pattern("told_twice", "place")
    content = tuple(word for word in question.content if not place.fullmatch(word) and word not in _named(text))
    measures = question.measures or (None,)
    return replace(
        question,
        text="",
        query_text=" ".join((*content, *map(str, years))),
        content=content,
        topic=(*analyse(" ".join(content)), *content),
        documents=(document,),
        kinds=(),
        years=years,
        asked=tuple(Asked(year, measure) for year in years or (None,) for measure in measures),
        wants=("figure",),
        wants_figure=True,
    )


def _years_of_value(question: Question, text: str) -> tuple[int, ...]:
    """The years of the value: those that are named besides the documents' own."""
    named = [int(year) for year in _YEAR.findall(text)]
    for year in document_years(text):
        if year in named:
            named.remove(year)
    return tuple(dict.fromkeys(year for year in named if year in question.years))


def _named(text: str) -> frozenset[str]:
    """The keys of the words that name the documents: "faaliyet raporunda", "performans programında"."""
    pattern = re.compile(r"(\w+)\s+(?:rapor|program|plan)\w*")
    return frozenset(word for match in pattern.finditer(ascii_key(text)) for word in keys(match[0]))
