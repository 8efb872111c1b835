"""The sides of a comparison: a question for each of the municipalities, or of the things, set against each other."""

from __future__ import annotations

from dataclasses import replace

from indexer.gazetteer import find_places
from indexer.records import Measure
from qa.finding.contrast import (
    Side,
    alternatives,
    by_clause,
    by_municipality,
    content_of,
    mentions_of,
    pieces_of,
    read_clause,
    side_for,
    years_in,
)
from qa.finding.row_words import means
from qa.records import Asked, Question

_MONEY: frozenset[Measure] = frozenset({"budget", "spending", "actual"})


def sides_of(question: Question) -> list[Side]:
    """The sides of a comparison in their order; none where the question sets nothing against each other."""
    if len(question.municipalities) > 1:
        return (
            by_clause(question)
            or _by_alternative(question)
            or [Side(part, frozenset()) for part in by_municipality(question)]
        )
    return alternatives(question)


def _by_alternative(question: Question) -> list[Side]:
    """The sides of "Defne'nin 2023 bütçesi mi, Kars'ın 2024 harcaması mı": each with a matter and measure of its own.

    What stands before the first municipality is said of all. None where a side names no measure, or no thing and the
    other one does: there the measure or thing of one side is that of both.
    """
    pieces = pieces_of(question)
    if len(pieces) != len(question.municipalities) or "compare" not in question.wants:
        return []
    named = [[name for _, name in mentions_of(replace(question, text=lead))] for lead, _ in pieces]
    if any(len(names) != 1 for names in named) or {names[0] for names in named} != set(question.municipalities):
        return []
    shared: list[str] = []
    before = ""
    sides: list[Side] = []
    for place, ((lead, _), names) in enumerate(zip(pieces, named, strict=True)):
        start, stop = next((one.start, one.stop) for one in find_places(lead) if names[0].startswith(one.name))
        shared = content_of(lead[:start], question) if place == 0 else shared
        before = lead[:start] if place == 0 else before
        own = [word for word in content_of(lead[stop:], question) if word not in shared]
        years = years_in(lead, question)
        asked = tuple(Asked(one.year or next(iter(years), None), one.measure) for one in read_clause(question, lead))
        alone = replace(question, municipalities=(names[0],), asked=asked or question.asked)
        side = side_for(alone, f"{before} {lead}" if place else lead, own, [*shared, *own], years)
        measures = tuple(dict.fromkeys(one.measure for one in asked if one.measure))
        if not asked or not measures:
            return []
        part = replace(side.question, asked=asked, measures=measures)
        sides.append(Side(part, frozenset(own)))
    bare = [side for side in sides if not side.question.content]
    return [] if bare and not all(_is_of_all(side) for side in sides) else sides


def _is_of_all(side: Side) -> bool:
    """Whether a side is a municipality's whole money: "gider gerçekleşmesi", "bütçesi"."""
    words = side.question.content
    return set(side.question.measures) <= _MONEY and all(means("whole_budget", "frame", word) for word in words)
