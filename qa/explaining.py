"""Tells how a question was understood and what spoke for a place, for ``kentesor ask --explain`` and the web page."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources

from qa.records import Asked, Hit, Language, Question
from qa.wording import number

_Words = Mapping[str, Mapping[str, str]]


def explain(question: Question, language: Language = "tr") -> list[str]:
    """How the question was understood, a line for each thing that it says; what it leaves open has no line.

    Args:
        question: as :func:`qa.question.understand` gives it.
        language: of the lines.
    """
    return [f"{name}: {value}" for name, value in understood(question, language)]


def understood(question: Question, language: Language) -> list[tuple[str, str]]:
    """The lines of :func:`explain`, each as its name and what stands for it."""
    words = _words()[language]
    return [(words["lines"][name], value) for name, value in _lines(question, words) if value]


def weighed(hit: Hit, language: Language) -> list[str]:
    """What speaks for a passage, in words; what does not has no words.

    Args:
        hit: a passage with its features (:mod:`qa.features`).
        language: of the words.
    """
    told = []
    for name, text in _words()[language]["features"].items():
        share = hit.features.get(name, 0.0)
        if name == "context" and share <= hit.features.get("meaning", 0.0):
            continue  # the headings add nothing
        if share > 0:
            percent = number(Decimal(round(100 * share)), language)
            told.append(text.format(percent=f"{percent}%" if language == "en" else f"%{percent}"))
    return told


def _lines(question: Question, words: _Words) -> Iterator[tuple[str, str]]:
    values = words["values"]
    yield "language", values["english" if question.language == "en" else "turkish"]
    yield "corrected", ", ".join(f"{written} → {read}" for written, read in question.corrections)
    yield "municipality", ", ".join(question.municipalities) or ("" if question.foreign else values["unnamed"])
    yield "foreign", ", ".join(question.foreign)
    yield "place", ", ".join(question.places)
    yield "document", ", ".join(question.documents)
    yield "kind", ", ".join(words["kinds"][kind] for kind in question.kinds)
    yield "year", ", ".join(map(str, question.years))
    yield "asked", "; ".join(_value(asked, words) for asked in question.asked)
    yield "wanted", ", ".join(words["wants"][want] for want in question.wants)
    yield "unit", ", ".join(question.units)
    yield "counted", ", ".join(question.counted)
    yield "topic", question.subject
    fields = words["fields"]
    yield "carried", ", ".join(dict.fromkeys(fields[name] for name in question.carried if name in fields))
    yield "query", question.query_text


def _value(asked: Asked, words: _Words) -> str:
    year = str(asked.year) if asked.year is not None else words["values"]["any_year"]
    return f"{year} {words['measures'][asked.measure] if asked.measure else words['values']['any_measure']}"


@cache
def _words() -> Mapping[Language, _Words]:
    return tomllib.loads(resources.files("qa").joinpath("data/explaining.toml").read_text(encoding="utf-8"))  # type: ignore[return-value]
