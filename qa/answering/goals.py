"""All headings of a kind: the strategic goals, objectives and performance targets of a plan, the units of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.index import Index
from indexer.outline import read_outline
from indexer.records import Heading, Source
from indexer.turkish import ascii_key, tokens
from qa.answering.draft import Draft
from qa.finding.lines import says_kind
from qa.finding.row_question import kind_of, scope_of
from qa.finding.row_words import word_pattern
from qa.records import Question
from qa.remembering import once_a_document
from qa.row_wording import headings_sentence

_KINDS = ("aim", "goal", "target", "unit")
_LED = ("aim", "goal", "target")  # kinds that a heading names in front: "Stratejik Amaç 1: …"
_PLURAL = re.compile(r"l[ae]r(?:[iu]\w*|d[ae]n?|d[iu]r|e|a)?\Z")
_HOW_MANY = re.compile(r"(?<!\w)kac(?!\w)")
_PART = re.compile(r"\s*\(\s*\d+\s*/\s*\d+\s*\)\s*\Z")  # "(1/3)": the first of three pages
_LEAD = re.compile(r"^(?:\d+(?:\.\d+)*|[^\W\d_])\s*[.)\-–]+\s*(?:\d+\s*[.)\-–]+\s*)?")
_NAMED = re.compile(r"[^\W\d_]+\.? [^\W\d_]+(?=[\s\d.()]*:)")  # "stratejik amac 1:", "performans hedefi (3):"
_LETTERS = re.compile(r"[\W\d_]+")
_LEAST, _MOST = 2, 60
_STEM = 5


@dataclass(frozen=True, slots=True)
class _Things:
    """What a question asks to be listed: the kind of ``row_kinds`` and the words of its noun as ascii keys."""

    kind: str
    noun: tuple[str, ...]


def headings_draft(question: Question, index: Index, counted: bool = False) -> Draft | None:
    """Every heading of the kind asked for, each once with its place; None where a question narrows them down.

    Args:
        question: the question as understood.
        index: the index whose documents are read.
        counted: whether to answer "kaç", which rows of tables go before; otherwise only lists are told.
    """
    asks_number = _HOW_MANY.search(ascii_key(question.query_text or question.text)) is not None
    things = _things(question) if asks_number == counted else None
    if things is None or len(question.municipalities) != 1:
        return None
    for source in _newest_first(question, index):
        found = _of_kind(_outline(index, source.id), things)
        if len(found) < _LEAST:
            continue
        draft = Draft(index, over_rows=True)
        told = []
        for title, heading in found[:_MOST]:
            told.append((title, draft.cite(source.id, heading.span, (heading.title,))))
        draft.text = headings_sentence(source.municipality, source.title, things.kind, told, question.language)
        return draft
    return None


def _things(question: Question) -> _Things | None:
    """The kind of heading that is all that a question names, in the plural or after "kaç"; else None."""
    text = question.query_text or question.text
    words = [ascii_key(token.text) for token in tokens(text)]
    key = ascii_key(text)
    listed = "list" in question.wants or _HOW_MANY.search(key) is not None or question.wants == ("text",)
    if not listed:
        return None
    for length in (2, 1):
        for place in range(len(words) - length + 1):
            noun = tuple(words[place : place + length])
            kind = kind_of(noun)
            if kind not in _KINDS or not _is_plural(noun, words[:place], question):
                continue
            rest = [word for word in question.content if not _is_of(word, noun) and not _frames(word)]
            return _Things(str(kind), noun) if not rest else None
    return None


def _is_plural(noun: tuple[str, ...], before: list[str], question: Question) -> bool:
    return bool(_PLURAL.search(noun[-1])) or "kac" in before[-2:] or question.language == "en"


def _is_of(word: str, noun: tuple[str, ...]) -> bool:
    return any(other.startswith(word[:_STEM]) for other in noun)


def _frames(word: str) -> bool:
    return word.isdigit() or word_pattern("goals", "frame").fullmatch(word) is not None


def _newest_first(question: Question, index: Index) -> list[Source]:
    """The documents asked about, those of a year asked for before newer ones."""
    sources = [index.documents[document].source for document in scope_of(question, index)]
    return sorted(sources, key=lambda source: (source.year not in question.years, -(source.year or 0), source.id))


@once_a_document
def _outline(index: Index, document: str) -> tuple[Heading, ...]:
    return tuple(sorted(read_outline(index.documents[document]).headings, key=lambda heading: heading.span))


def _of_kind(headings: tuple[Heading, ...], things: _Things) -> list[tuple[str, Heading]]:
    """The headings of a kind in order, each title or number once; where some are numbered, those alone."""
    if things.kind in _LED:
        own = [heading for heading in headings if _leads(heading.title, things.kind)]
        numbered = [heading for heading in own if _number(heading)]
        found = {_number(heading): heading for heading in reversed(numbered)}
        plain = {_letters(heading.title): heading for heading in reversed(own)}
        chosen = found if len(found) >= _LEAST else plain
        return [(heading.title.strip(" .:"), heading) for heading in sorted(chosen.values(), key=lambda one: one.span)]
    units = {_letters(title): (title, heading) for title, heading in reversed(list(_units(headings, things)))}
    return sorted(units.values(), key=lambda one: one[1].span)


def _number(heading: Heading) -> str:
    """The number of a goal, without the ending that some pages print behind it."""
    return (heading.number or "").strip("(). ")


def _units(headings: tuple[Heading, ...], things: _Things) -> Iterator[tuple[str, Heading]]:
    stem = things.noun[-1][:_STEM]
    for heading in headings:
        title = _LEAD.sub("", _PART.sub("", " ".join(heading.title.split())))
        if ":" not in title and ascii_key(title).split()[-1:] and says_kind(title, "unit") and _ends_like(title, stem):
            yield title, heading


def _ends_like(title: str, stem: str) -> bool:
    last = ascii_key(title).split()[-1]
    return last.startswith(stem) or (stem.startswith("birim") and last.startswith(("mudur", "baskan", "birim")))


def _leads(title: str, kind: str) -> bool:
    lead = _NAMED.match(ascii_key(title))
    return lead is not None and kind_of(tuple(lead[0].split())) == kind


def _letters(text: str) -> str:
    return _LETTERS.sub("", ascii_key(text))
