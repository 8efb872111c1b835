"""Comparisons: the same question put to each municipality that it names, and which value is larger."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from indexer.gazetteer import find_places
from indexer.index import Index
from indexer.turkish import analyse, keys
from qa.answering.draft import Draft
from qa.answering.figure import choose
from qa.answering.finding import Found
from qa.records import Asked, Question
from qa.wording import figure_sentence, larger_sentence

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_PARTICLE = re.compile(r"\bm[iıuü]\b,?")
_CLAUSE = re.compile(r"[:;]|,(?!\d)")

Ask = Callable[[Question], list[Found]]
"""Retrieves for a question and weighs the figures found."""


def comparison_draft(question: Question, ask: Ask, index: Index) -> Draft | None:
    """A figure for each thing compared: municipalities, or the alternatives of "A mı, B mi"; None for less than two."""
    compared = parts(question) if len(question.municipalities) > 1 else alternatives(question)
    if len(compared) < 2:
        return None
    draft = Draft(index, confidence=1.0)
    sentences = []
    firsts = []
    for part in compared:
        chosen = choose(part, ask(part))
        draft.confidence = min(draft.confidence, chosen[0].probability if chosen else 0.0)
        figures = [draft.add(one) for one in chosen]
        sentences += [figure_sentence(figure, question.language) for figure in figures]
        firsts += figures[:1]
    if not draft.figures:
        return None
    if len(firsts) == 2 and firsts[0].unit == firsts[1].unit:
        sentences.append(larger_sentence(firsts, question.language))
    draft.text = " ".join(sentences)
    return draft


def parts(question: Question) -> list[Question]:
    """The question for each municipality alone, with the years that stand nearest to its name."""
    named = _mentions(question)
    years: dict[str, list[int]] = {municipality: [] for municipality in question.municipalities}
    for match in _YEAR.finditer(question.text):
        before = [name for at, name in named if at < match.start()]
        owner = before[-1] if before else named[0][1] if named else None
        for municipality in [owner] if owner else question.municipalities:
            years[municipality].append(int(match[0]))
    return [_for(question, municipality, years[municipality]) for municipality in question.municipalities]


def alternatives(question: Question) -> list[Question]:
    """The question for each alternative alone ("Fen İşleri mi Temizlik İşleri mi"); none where it has none."""
    particles = list(_PARTICLE.finditer(question.text))
    if len(particles) != 2 or "compare" not in question.wants:
        return []
    first, second = particles
    lead = _CLAUSE.split(question.text[: first.start()])[-1]
    other = re.sub(r"^[\s,]*(?:yoksa\s+)?", "", question.text[first.end() : second.start()])
    rest = question.text[second.end() :]
    own = [set(keys(lead)), set(keys(other))]
    found = []
    for words, text, others in ((own[0], lead, own[1]), (own[1], other, own[0])):
        content = tuple(key for key in question.content if key in words or key not in others)
        mine = tuple(key for key in keys(text) if key in question.content)
        found.append(
            replace(
                question,
                content=tuple(dict.fromkeys((*mine, *content))),
                topic=(*mine, *mine, *analyse(text)),
                query_text=f"{text} {rest}",
                counted=(),
            )
        )
    return found


def _mentions(question: Question) -> list[tuple[int, str]]:
    """Where each municipality of the question is named."""
    mentions = []
    for match in find_places(question.text):
        own = [name for name in question.municipalities if name.startswith(match.name)]
        mentions += [(match.start, name) for name in own[:1]]
    return mentions


def _for(question: Question, municipality: str, years: Sequence[int]) -> Question:
    kept = tuple(dict.fromkeys(years)) or question.years
    asked = tuple(one for one in question.asked if one.year is None or one.year in kept)
    return replace(
        question,
        municipalities=(municipality,),
        years=kept,
        asked=asked or tuple(Asked(year) for year in kept),
    )
