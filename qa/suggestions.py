"""Questions to go on with after an answer, each of which the index does answer.

They are made from the facts of the index: the same indicator's other measure and other years, its course over the
years, the reason printed beside it, the same indicator of another municipality; after a refusal or an answer in words,
the values nearest to it. Each is asked before it is offered, and kept only where the answer gives what it was made of.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain, islice, zip_longest
from typing import Any

from indexer.commitments import Commitment
from indexer.errors import InputError
from indexer.index import Index
from indexer.records import Fact
from indexer.suffixes import Case, inflect
from indexer.turkish import keys
from qa.engine import Engine
from qa.records import Answer, AnswerFigure, Filters, Language

_LONGEST_LABEL = 90  # characters of a label that a question can be made of
_ALIKE = 0.5  # share of the words of two labels in common, from which they name one thing in two municipalities
_TRIED = 2  # candidates that are asked for each suggestion wanted
_REASON = 40  # characters of a printed reason by which it is known in an answer
_PASSAGES = 6  # of a refusal that are looked at for values near


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question, and whether an answer to it gives what it was made of."""

    question: str
    is_answered_by: Callable[[Answer], bool]


def suggestions(
    engine: Engine,
    answer: Answer,
    language: Language,
    history: Sequence[str] = (),
    filters: Filters | None = None,
    may_go_on: Callable[[], bool] = lambda: True,
    limit: int = 3,
) -> list[str]:
    """Questions that the index answers, to go on with after ``answer``.

    Args:
        engine: gave the answer.
        answer: an answer or a refusal.
        language: of the questions.
        history: the questions of the conversation, that of ``answer`` last.
        filters: what the user has fixed; nothing is offered that they hide.
        may_go_on: asked before each question is tried; False ends the work with what was found until then.
        limit: how many at most.

    Returns:
        The questions, those nearest to the answer first.
    """
    only = filters or Filters()
    found: list[str] = []
    matter = engine.understand(answer.question, history[:-1], filters).content
    for candidate in islice(_candidates(engine.index, answer, matter, language, only), _TRIED * limit):
        if len(found) == limit or not may_go_on():
            break
        try:
            given = engine.ask(candidate.question, history, filters)
        except InputError:
            continue
        if given.status == "answered" and candidate.is_answered_by(given):
            found.append(candidate.question)
    return found


def _candidates(
    index: Index, answer: Answer, matter: Sequence[str], language: Language, only: Filters
) -> Iterator[_Candidate]:
    """Each question once, and none about the value just given; ``matter`` is what the answer's question is about."""
    shown = [fact for figure in answer.figures if (fact := _fact_of(index, answer, figure)) is not None]
    told = {answer.question, *(_value_question(fact, language) for fact in shown)}
    words = {*matter, *(word for fact in shown for word in keys(fact.label))}
    candidates: Iterator[_Candidate] = (_value(fact, language) for fact in _nearest(index, answer, words, only))
    if shown and answer.status == "answered":
        candidates = chain(_from_indicator(index, shown, language, only), candidates)
    for candidate in candidates:
        if candidate.question not in told:
            told.add(candidate.question)
            yield candidate


def _fact_of(index: Index, answer: Answer, figure: AnswerFigure) -> Fact | None:
    """The fact that a figure of an answer is; None for one that was computed or is told in a sentence."""
    if figure.computed is not None:
        return None
    alike = (
        fact
        for fact in index.facts
        if (fact.figure.value, fact.year, fact.measure) == (figure.value, figure.year, figure.measure)
    )
    return next((fact for fact in alike if not fact.ambiguous and _is_cited(fact, answer)), None)


def _from_indicator(index: Index, shown: Sequence[Fact], language: Language, only: Filters) -> Iterator[_Candidate]:
    first = shown[0]
    held = next((one for one in index.commitments if first in one.facts), None)
    facts = [fact for fact in (held.facts if held else ()) if _can_be_asked(fact, only) and fact not in shown]
    others = sorted(facts, key=lambda fact: _distance(fact, first))
    reasons = [fact for fact in (*shown, *others) if fact.reason and _can_be_asked(fact, only)]
    yield from (_reason(fact, language) for fact in reasons[:1])
    yield from (_value(fact, language) for fact in others[:1])
    if len(shown) == 1 and len({fact.year for fact in (*facts, first)}) > 1 and not only.years:
        yield _series(first, language)
    yield from (_value(fact, language) for fact in _elsewhere(index, first, only)[:1])
    yield from (_value(fact, language) for fact in others[1:])


def _distance(fact: Fact, first: Fact) -> tuple[bool, int, bool]:
    """The other measure of the same year comes first, then the years by their distance; later ones first."""
    apart = (fact.year or 0) - (first.year or 0)
    return fact.measure == first.measure and apart == 0, abs(apart), apart < 0


def _elsewhere(index: Index, first: Fact, only: Filters) -> list[Fact]:
    """The newest value of what is most alike in each other municipality, the most alike first."""
    words = set(keys(first.label))
    best: dict[str, tuple[float, Commitment]] = {}
    for held in index.commitments:
        if held.municipality == first.municipality or held.unit != first.unit:
            continue
        likeness = _likeness(words, set(keys(held.label)))
        if likeness >= _ALIKE and likeness > best.get(held.municipality, (0.0, held))[0]:
            best[held.municipality] = likeness, held
    found: list[Fact] = []
    for _, held in sorted(best.values(), key=lambda pair: (-pair[0], pair[1].municipality)):
        able = [fact for fact in held.facts if _can_be_asked(fact, only)]
        alike = [fact for fact in able if fact.measure == first.measure] or able
        found += sorted(alike, key=lambda fact: -(fact.year or 0))[:1]
    return found


def _likeness(words: set[str], others: set[str]) -> float:
    return len(words & others) / len(words | others) if words and others else 0.0


def _nearest(index: Index, answer: Answer, words: Set[str], only: Filters) -> Iterator[Fact]:
    """The newest value of each row near the answer whose name has one of ``words``.

    Rows that it cites or whose passage it shows are near; the passages are taken in turn.
    """
    rows = [[fact for fact in index.facts if _can_be_asked(fact, only) and _is_cited(fact, answer)]]
    rows += [
        [fact for fact in index.facts_within(hit.passage) if _can_be_asked(fact, only)]
        for hit in answer.passages[:_PASSAGES]
    ]
    seen: set[tuple[str, str]] = set()
    for fact in chain.from_iterable(zip_longest(*map(_newest, rows))):
        if fact is None or words.isdisjoint(keys(fact.label)):
            continue
        if (fact.municipality, fact.label) not in seen:
            seen.add((fact.municipality, fact.label))
            yield fact


def _is_cited(fact: Fact, answer: Answer) -> bool:
    return any(
        place.document == citation.document
        and citation.span.start <= place.cell.start
        and place.cell.end <= citation.span.end
        for place in fact.places
        for citation in answer.citations
    )


def _newest(facts: Sequence[Fact]) -> list[Fact]:
    """The newest fact of each label, in the order of the labels."""
    by_label = {fact.label: fact for fact in sorted(facts, key=lambda fact: fact.year or 0)}
    return [by_label[label] for label in dict.fromkeys(fact.label for fact in facts)]


def _can_be_asked(fact: Fact, only: Filters) -> bool:
    """Whether a question can name a fact: its year, its measure, a label of some words and no paragraph."""
    return (
        not fact.ambiguous
        and fact.year is not None
        and fact.measure in _wording("tr")["measures"]
        and len(fact.label) <= _LONGEST_LABEL
        and len(keys(fact.label)) > 1
        and (not only.municipalities or fact.municipality in only.municipalities)
        and (not only.documents or fact.document in only.documents)
        and (not only.years or fact.year in only.years)
    )


def _value(fact: Fact, language: Language) -> _Candidate:
    def gives(answer: Answer) -> bool:
        return any(
            (figure.value, figure.year, figure.municipality) == (fact.figure.value, fact.year, fact.municipality)
            for figure in answer.figures
        )

    return _Candidate(_value_question(fact, language), gives)


def _series(fact: Fact, language: Language) -> _Candidate:
    def gives(answer: Answer) -> bool:
        years = {figure.year for figure in answer.figures if figure.municipality == fact.municipality}
        return fact.year in years and len(years) > 1

    return _Candidate(_question("series", fact, language), gives)


def _reason(fact: Fact, language: Language) -> _Candidate:
    told = " ".join((fact.reason or "").split()).rstrip(".")

    def gives(answer: Answer) -> bool:
        return told[:_REASON] in " ".join(answer.text.split())

    return _Candidate(_question("reason", fact, language), gives)


def _value_question(fact: Fact, language: Language) -> str:
    return _question("value", fact, language) if fact.measure in _wording(language)["measures"] else ""


def _question(name: str, fact: Fact, language: Language) -> str:
    wording = _wording(language)
    filled: str = wording[name].format(
        municipality=fact.municipality,
        owner=inflect(fact.municipality, Case.GENITIVE),
        year=fact.year,
        label=" ".join(fact.label.split()),
        measure=wording["measures"].get(fact.measure, ""),
    )
    return filled


@cache
def _wording(language: Language) -> dict[str, Any]:
    data = tomllib.loads(resources.files("qa").joinpath("data/suggestions.toml").read_text(encoding="utf-8"))
    wording: dict[str, Any] = data[language]
    return wording
