"""Understands a question: whom it is about, which documents, years and measures, about what, and in which language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.errors import InputError
from indexer.gazetteer import find_places
from indexer.records import Kind, Measure, Source
from indexer.turkish import analyse, ascii_key
from qa.records import Filters, Question
from qa.vocabulary import patterns

MAX_LENGTH = 2_000
"""Longest question in characters that is worked on."""

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d]|[.,]\d)")
_SPAN_OF_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)(?!\d)")


def check_question(text: str) -> str:
    """The question without control characters and surplus white space.

    Raises:
        InputError: it is empty, too long, or holds no letter or digit.
    """
    if len(text) > MAX_LENGTH:
        raise InputError(
            f"Soru çok uzun ({len(text)} karakter). Lütfen sorunuzu {MAX_LENGTH} karakteri geçmeyecek biçimde kısaltın."
        )
    cleaned = "".join(" " if unicodedata.category(letter).startswith(("C", "Z")) else letter for letter in text)
    cleaned = " ".join(cleaned.split())
    if not cleaned:
        raise InputError("Soru boş. Lütfen bir soru yazın; örneğin: 2024 asfalt hedefi nedir?")
    if not any(letter.isalnum() for letter in cleaned):
        raise InputError("Soruda okunabilir bir sözcük yok. Lütfen sorunuzu sözcüklerle yazın.")
    return cleaned


def understand(
    text: str, sources: Sequence[Source], history: Sequence[str] = (), filters: Filters | None = None
) -> Question:
    """What ``text`` asks, read against the documents that the index holds.

    Args:
        text: the question, as :func:`check_question` gives it.
        sources: the documents of the index.
        history: earlier questions of the conversation, oldest first; what the new question leaves out is taken from
            the last one.
        filters: what the user has fixed; it goes before what the question says.

    Returns:
        The question; ``municipalities`` holds names as the catalogue writes them.
    """
    question = _understand_alone(text, sources)
    if history:
        question = _carried(question, understand(history[-1], sources, history[:-1]))
    return _filtered(question, filters or Filters())


def _understand_alone(text: str, sources: Sequence[Source]) -> Question:
    key = ascii_key(text)
    return Question(
        text=text,
        language="en" if len(patterns("english")["words"].findall(key)) >= 3 else "tr",
        municipalities=_municipalities(text, sources),
        kinds=tuple(_named("kinds", key)),  # type: ignore[arg-type]
        years=_years(text),
        measures=tuple(_named("measures", key)),  # type: ignore[arg-type]
        topic=tuple(analyse(text)),
        wants_figure=_wants_figure(key),
    )


def _named(group: str, key: str) -> Iterable[Kind | Measure | str]:
    found = ((pattern.search(key), name) for name, pattern in patterns(group).items())
    return (name for match, name in sorted(((match.start(), name) for match, name in found if match)))


def _years(text: str) -> tuple[int, ...]:
    years = [int(match[0]) for match in _YEAR.finditer(text)]
    for first, last in ((int(match[1]), int(match[2])) for match in _SPAN_OF_YEARS.finditer(text)):
        if first < last <= first + 10:
            years += range(first, last + 1)
    return tuple(dict.fromkeys(years))


def _wants_figure(key: str) -> bool:
    asked = patterns("figure")
    return bool(asked["words"].search(key) or asked["phrases"].search(key))


def _municipalities(text: str, sources: Sequence[Source]) -> tuple[str, ...]:
    """The municipalities of the index whose province or district the question names."""
    found: list[str] = []
    for place in find_places(text):
        for source in sources:
            names = {source.province} if source.level != "district" else set()
            names.add(_own_name(source.municipality))
            if place.name in names:
                found.append(source.municipality)
    return tuple(dict.fromkeys(found))


def _own_name(municipality: str) -> str:
    return re.sub(r" (?:Büyükşehir )?Belediyesi$", "", municipality)


def _carried(question: Question, earlier: Question) -> Question:
    """The question with what it leaves out taken over from the earlier one."""
    own_topic = tuple(term for term in question.topic if not term.isdigit())
    return replace(
        question,
        municipalities=question.municipalities or earlier.municipalities,
        kinds=question.kinds or earlier.kinds,
        years=question.years or earlier.years,
        measures=question.measures or earlier.measures,
        topic=question.topic + tuple(term for term in earlier.topic if term not in own_topic and not term.isdigit()),
        wants_figure=question.wants_figure or earlier.wants_figure,
    )


def _filtered(question: Question, filters: Filters) -> Question:
    return replace(
        question,
        municipalities=filters.municipalities or question.municipalities,
        documents=filters.documents or question.documents,
        years=filters.years or question.years,
    )
