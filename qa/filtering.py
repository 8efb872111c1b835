"""What the user has fixed beforehand goes before what a question leaves open, and is told where it contradicts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.records import Source
from qa.records import Asked, Filters, Question


def filtered(question: Question, filters: Filters, sources: Sequence[Source]) -> Question:
    """The question with what the filters fix; what it names itself beside them stands in ``outside``.

    Args:
        question: the question made whole from the conversation.
        filters: what the user has fixed.
        sources: the documents of the index.
    """
    if filters == Filters():
        return question
    outside = tuple(dict.fromkeys(_outside(question, filters, sources)))
    years = filters.years or question.years
    return replace(
        question,
        municipalities=filters.municipalities or question.municipalities,
        foreign=() if filters.municipalities else question.foreign,
        documents=filters.documents or question.documents,
        years=years,
        asked=_asked(question, filters.years),
        outside=outside,
    )


def within_of(filters: Filters, sources: Sequence[Source]) -> tuple[str, ...]:
    """What the filters fix, as a reader knows it: municipalities, years, and the titles of documents."""
    titles = (source.title for source in sources if source.id in filters.documents)
    return (*filters.municipalities, *map(str, filters.years), *titles)


def _outside(question: Question, filters: Filters, sources: Sequence[Source]) -> Iterator[str]:
    """The municipalities, years and documents that the question itself names and the filters leave out."""
    chosen = [source for source in sources if source.id in filters.documents]
    whose = set(filters.municipalities) | {source.municipality for source in chosen}
    if whose and "municipalities" not in question.carried:
        yield from (name for name in question.municipalities if name not in whose)
    if whose and "foreign" not in question.carried:
        yield from question.foreign
    if filters.years and "years" not in question.carried:
        yield from (str(year) for year in question.years if year not in filters.years)
    other = chosen and not set(question.documents) & set(filters.documents)
    if other and "documents" not in question.carried:
        yield from (source.title for source in sources if source.id in question.documents)


def _asked(question: Question, years: Sequence[int]) -> tuple[Asked, ...]:
    """The values asked for, each of the years fixed; those of other years, which the conversation brought, are not."""
    if not years:
        return question.asked
    held = [one for one in question.asked if one.year in years]
    fixed = [Asked(year, one.measure) for one in question.asked if one.year not in years for year in years]
    return tuple(dict.fromkeys((*held, *fixed)))
