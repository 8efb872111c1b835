"""The nearest thing that the documents hold to a question that they do not answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.index import Index
from indexer.records import Source
from indexer.turkish import PREFIX, ascii_key, key, keys
from indexer.units import find_unit
from qa.deciding.support import named_in
from qa.features import FeatureReader
from qa.finding.agreement import is_measured
from qa.finding.figures import Found, compatible
from qa.finding.items import items_of
from qa.finding.modifiers import compounds_of, holds, is_unit
from qa.finding.vocabulary import may_count, says
from qa.records import Asked, Question

LEAST_COVERED = 0.6
"""Share of the question's words, by rarity, that the nearest thing must hold to be offered."""

_ALIKE = 0.6  # of the words of two labels in common, from which they name one thing
_UNDATED = 5  # years that a value without a year counts as away from the year asked for
_LEAST_TOLD = 0.1  # how probable a figure of a sentence must be to be offered
_STEM = 5  # letters that two words of one stem have in common ("üretim", "üretilen")
_ACT = re.compile(r".+m[ae]y[iı]")  # "almayı (hedefliyor)" names no matter
_PEOPLE = "kişi"  # a name too general to stand for any group of people


def near(question: Question, found: Sequence[Found], index: Index, least: float = LEAST_COVERED) -> list[Found]:
    """Those of ``found`` whose places hold the question's words, in their order.

    A thing counted is held by its general name, too ("hayvan" for "köpek").

    Args:
        question: the question as understood.
        found: figures, likeliest first.
        index: the index that they come from.
        least: the share of the words, 0 to 1, that a place must hold.
    """
    reader = FeatureReader(index)
    content = [word for word in question.content if not word.isdigit()]
    if not content:
        return []
    measured = any(is_measured(item.unit) for item in items_of(question))
    able = (one for one in found if one.fact is not None or one.unit is not None or not measured)
    able = (one for one in able if one.fact is not None or _tells(one, content, index))
    return [one for one in able if reader.coverage(content, _held(content, one, index)) >= least]


def named_near(question: Question, found: Sequence[Found], index: Index) -> list[Found]:
    """Those values of the municipality asked for whose place holds all nouns of the question, whatever its verb is.

    What is produced is near to what will be laid, and nearer than what another municipality lays.
    """
    nouns = tuple(word for word in question.content if word in named_in(question).nouns)
    own = [one for one in found if one.fact is not None and one.municipality in question.municipalities]
    return near(replace(question, content=nouns), own, index, least=1.0)


def kindred(question: Question, found: Sequence[Found]) -> list[Found]:
    """Those of ``found`` whose own name holds the head of a compound that the question names, in their order.

    A question for electric buses is nearest to the buses held, whatever share of its words that is.
    """
    heads = {compound[-1] for compound in compounds_of(question, named_in(question).nouns)}
    if not heads:
        return []
    return [
        one
        for one in found
        if one.fact is not None
        and (not question.municipalities or one.municipality in question.municipalities)
        and any(holds(head, frozenset(keys(f"{one.label} {one.fact.column}"))) for head in heads)
    ]


def lacking_words(question: Question, one: Found, index: Index) -> list[str]:
    """The nouns that name the question's matter, as written, and that the place of a figure does not hold."""
    held = _held(question.content, one, index)
    starts = {word[:_STEM] for word in held}

    def is_held(named: str) -> bool:
        return named in held or (len(named) >= PREFIX - 1 and named[:_STEM] in starts)

    nouns = named_in(question).nouns
    return [
        word for word in question.subject.split() if key(word) in nouns and not is_held(key(word)) and is_matter(word)
    ]


def is_matter(word: str) -> bool:
    """Whether a word, as written, names a matter: no unit of measure, no act aimed at, no word of an outcome."""
    return not is_unit(word) and _ACT.fullmatch(ascii_key(word)) is None and not says("outcome", word)


def closest(near: Sequence[Found], asked: Asked) -> Found:
    """Of the values of the likeliest thing in ``near`` that whose year, then whose measure is closest to ``asked``."""

    def distance(one: Found) -> tuple[int, bool]:
        years = abs((one.year or 0) - asked.year) if asked.year is not None and one.year is not None else _UNDATED
        return (
            years if asked.year is not None else 0,
            asked.measure is not None and not compatible(one.measure, asked.measure),
        )

    return min(of_one_thing(near), key=distance)


def of_one_thing(near: Sequence[Found]) -> list[Found]:
    """The likeliest of ``near``, and the other values of the thing that it names."""
    name = set(keys(near[0].label)) if near else set()
    return [one for one in near if one is near[0] or (one.fact is not None and _is_same_thing(near[0], one, name))]


def _tells(one: Found, content: Sequence[str], index: Index) -> bool:
    """Whether the sentence of a figure names the matter, and the figure is likely and does not number the sentence."""
    text = index.documents[one.document].text
    opens = not text[one.quote.start : one.figure.span.start].strip()
    if (opens and one.unit is None and one.figure.text.isdigit()) or one.probability < _LEAST_TOLD:
        return False
    words = frozenset(_held(content, one, index, own=True))
    return any(holds(word, words) for word in content)


def _is_same_thing(first: Found, other: Found, name: set[str]) -> bool:
    if first.fact is None or other.municipality != first.municipality:
        return False
    if (first.document, first.quote) == (other.document, other.quote):
        return True
    words = set(keys(other.label))
    return bool(words) and len(name & words) >= _ALIKE * len(name | words) and first.unit == other.unit


def _held(content: Iterable[str], one: Found, index: Index, own: bool = False) -> set[str]:
    """The keys of what a place says of a figure, and those words of the question that it names more generally.

    With ``own`` without the headings above it.
    """
    if one.fact is not None:
        text = f"{one.label} {one.fact.column}"
    else:
        text = index.documents[one.document].text[one.quote.start : one.quote.end]
    text = text if own else " ".join((text, *one.context))
    held = set(keys(text))
    stems = {word[:_STEM] for word in ascii_key(text).split()}
    things = [unit for unit in map(find_unit, held) if unit is not None and not unit.measure and unit.name != _PEOPLE]
    for word in content:
        asked = find_unit(word)
        if asked is not None and any(may_count(asked.name, unit.name) for unit in things):
            held.add(word)
        if len(word) > _STEM and word[:_STEM] in stems:  # "üretim" and "üretilen"
            held.add(word)
    return held


def own_sources(municipalities: Sequence[str], index: Index) -> list[Source]:
    """The documents of ``municipalities`` in the order of their years; all documents where none of these has any."""
    sources = [document.source for document in index.documents.values()]
    own = [source for source in sources if source.municipality in municipalities]
    return sorted(own or sources, key=lambda source: (source.year or 0, source.id))
