"""Addresses that open an answer again, and an answer as plain text to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

from app.web.elements import place
from app.web.texts import Texts
from indexer.records import Source
from qa.question import MAX_LENGTH
from qa.records import Answer, Filters

_EARLIER = 8  # earlier questions that an address may bring


@dataclass(frozen=True, slots=True)
class Shared:
    """What an address asks: the question, empty where it asks none, the questions before it, and the filters."""

    question: str = ""
    earlier: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)


class Query(Protocol):
    """The parameters of an address: any of them may stand there several times."""

    def getlist(self, key: str) -> list[str]:
        """The values of a parameter, in their order."""


def shared_address(texts: Texts, question: str, filters: Filters, earlier: Sequence[str] = ()) -> str:
    """The address that asks a question again, from the root of the server.

    Args:
        texts: of the language in which the page is shown.
        question: the question.
        filters: what the user has fixed.
        earlier: the questions that it goes on from, oldest first.
    """
    parts = [("q", question), *(("h", text) for text in earlier)]
    parts += [("m", name) for name in filters.municipalities] + [("d", name) for name in filters.documents]
    return f"{texts.address('ask')}?{urlencode([*parts, *(('y', str(year)) for year in filters.years)])}"


def read_shared(query: Query, sources: Sequence[Source]) -> Shared:
    """What an address asks; filters that the index holds nothing of are left out, as is what is too long.

    Args:
        query: the parameters of the address, as anybody may have written them.
        sources: the documents that are held.
    """
    question = next(iter(query.getlist("q")), "")
    earlier = [text for text in query.getlist("h") if 0 < len(text) <= MAX_LENGTH and text.split()]
    names, ids = {source.municipality for source in sources}, {source.id for source in sources}
    years = {str(source.year): source.year for source in sources if source.year is not None}
    filters = Filters(
        tuple(dict.fromkeys(name for name in query.getlist("m") if name in names)),
        tuple(dict.fromkeys(name for name in query.getlist("d") if name in ids)),
        tuple(dict.fromkeys(years[year] for year in query.getlist("y") if year in years)),
    )
    return Shared(question[: MAX_LENGTH + 1], tuple(earlier[-_EARLIER:]) if question else (), filters)


def as_text(texts: Texts, answer: Answer, titles: Mapping[str, str]) -> str:
    """An answer to paste elsewhere: the question, the answer with its marks, and the places that they stand for."""
    places = [
        f"[{citation.n}] {titles.get(citation.document, citation.title)}, "
        f"{place(texts, citation.line_start, citation.line_end, citation.page)}"
        for citation in answer.citations
    ]
    return "\n".join((answer.question, "", answer.text, *(["", *places] if places else [])))
