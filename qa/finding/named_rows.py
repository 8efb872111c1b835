"""The activities, projects and indicators that name a matter, each once with the values that tell most of it.

"Engelliler için ne yapılıyor?" asks for all that is done for a group, "tramvay hattı yapılacak mı?" for a row that
plans one. A row counts whose name holds every word of the matter, or a word of what belongs to a group as a whole
("tekerlekli sandalye": ``[belonging]`` in ``qa/data/answering.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.records import Fact, Measure, Source
from indexer.turkish import PREFIX, ascii_key, key, keys, tokens
from qa.asking import is_verb
from qa.finding.lines import Line, lines_of
from qa.finding.modifiers import holds
from qa.finding.row_words import means, word_groups
from qa.finding.vocabulary import names_said, says
from qa.records import Question

_KINDS = frozenset({"activity", "project", "indicator"})
_APART = re.compile(r"[,;/]|(?<!\w)(?:ve|veya|ya da|ile)(?!\w)")
_LETTERS = re.compile(r"[\W_]+")
_PREDICATE = 2  # words at the end of a question that may be its verb: "yapılacak mı"
_ENDING = 2  # letters
_PAIR = 2  # words of a group's name: "sokak hayvanı"
_DONE: tuple[Measure, ...] = ("actual", "spending")
_AHEAD: tuple[Measure, ...] = ("target", "estimate", "budget")


@dataclass(frozen=True, slots=True)
class Named:
    """A matter: ``ways`` are its names as keys ("göçmenler, mülteciler" are two), ``groups`` what it is as a whole."""

    ways: tuple[tuple[str, ...], ...]
    groups: frozenset[str]

    def own(self, text: str) -> bool:
        """Whether a text names the matter in one of its ways."""
        words = frozenset(keys(text))
        return any(all(_holds(word, words) for word in way) for way in self.ways)

    def kind(self, text: str) -> bool:
        """Whether a text names the matter, or what it is a kind of: "raylı sistem hattı" for "tramvay hattı"."""
        words = frozenset(keys(text))
        wider = word_groups("wider")
        return any(
            all(_holds(word, words) or (word in wider and says("wider", text, word)) for word in way)
            for way in self.ways
        )

    def belongs(self, text: str) -> bool:
        """Whether a text names the matter, or what belongs to the group that it is."""
        return self.own(text) or any(says("belonging", text, group) for group in self.groups)


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row that names a matter, with the values to be told: what came about last, and what is planned next."""

    line: Line
    facts: tuple[Fact, ...]


def named_matter(question: Question) -> Named | None:
    """The matter that a question names, without verbs and words of doing; None where it names none."""
    ways = []
    content = frozenset(question.content)
    text = question.query_text or question.text
    last = [token.text for token in tokens(text)][-_PREDICATE:]
    for piece in _APART.split(text):
        words = [token.text for token in tokens(piece) if key(token.text) in content]
        words = [word for word in words if not _is_frame(word) and not _is_verb(word, word in last)]
        if words:
            ways.append(tuple(dict.fromkeys(map(key, words))))
    if not ways:
        return None
    subject = question.subject.split()
    named = " ".join(word for word in subject if not _is_frame(word) and not _is_verb(word, word in last))
    groups = frozenset(group for group in names_said("belonging", named) if _is_all(named, group))
    return Named(tuple(ways), groups)


def rows_naming(named: Named, document: str, index: Index, wider: bool = False) -> list[NamedRow]:
    """The rows of a document that name the matter, those before that do so in their own words and little else.

    Args:
        named: the matter.
        document: whose tables are read.
        index: the index that holds it.
        wider: whether to read those that name what the matter is a kind of, rather than what belongs to it.
    """
    names = named.kind if wider else named.belongs
    rows: dict[str, list[Line]] = {}
    for line in lines_of(index, document):
        told = line.facts or line.table.family == "projects"  # one without a budget is planned all the same
        if told and line.kinds & _KINDS and not line.attribute and names(line.name):
            rows.setdefault(_LETTERS.sub("", ascii_key(line.name)), []).append(line)
    source = index.documents[document].source
    found = [_told(lines, source) for lines in rows.values()]
    return sorted(found, key=lambda row: (*_standing(row, named), row.line.row.span))


def _standing(row: NamedRow, named: Named) -> tuple[bool, bool, int]:
    """The order of rows: named by the matter itself before what belongs to it, empty ones and long names last."""
    empty = not any(fact.figure.value for fact in row.facts)
    return (not named.own(row.line.name), empty, len(keys(row.line.name)))


def _told(lines: Sequence[Line], source: Source) -> NamedRow:
    """One row for all of a name: the first with values, with the last of what came about and the next planned."""
    with_values = [line for line in lines if line.facts] or list(lines)
    line = next((line for line in with_values if "indicator" in line.kinds), with_values[0])
    last = max((fact for fact in line.facts if fact.measure in _DONE), key=_year, default=None)
    ahead = [fact for fact in line.facts if fact.measure in _AHEAD and fact.year in (source.year, None)]
    whole = max(ahead, key=lambda fact: fact.figure.value, default=None)
    return NamedRow(line, tuple(fact for fact in (last, whole) if fact is not None))


def _year(fact: Fact) -> int:
    return fact.year or 0


def _is_frame(word: str) -> bool:
    """Whether a word only asks for what is done: "destek", "hizmet", "yönelik"."""
    plain = ascii_key(word)
    return plain.isdigit() or means("doings", "frame", word) or says("light", word)


def _is_verb(word: str, at_end: bool) -> bool:
    """Whether a word is a verb; one that is like a verb of the past is one at the end alone ("hattı" is a noun)."""
    plain = ascii_key(word)
    return is_verb(plain) and (at_end or not plain.endswith(("di", "du", "ti", "tu")))


def _holds(word: str, words: frozenset[str]) -> bool:
    """As :func:`holds`; a short word may be lengthened by an ending alone: "metro" is not "metropol"."""
    if word in words or len(word) != PREFIX - 1:
        return holds(word, words)
    return any(other.startswith(word) and len(other) - len(word) <= _ENDING for other in words)


def _is_all(named: str, group: str) -> bool:
    """Whether the words that name a group are all that the matter names."""
    words = named.split()
    return all(says("belonging", word, group) for word in words) or (
        len(words) == 2 and says("belonging", named, group)
    )
