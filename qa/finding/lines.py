"""The rows of an index's tables as things that can be ranked, counted and set against each other.

A row of most tables is a thing itself: an activity, a directorate's total, an indicator. A table of costs is of one
activity, and its rows tell parts of its cost; there every row is seen twice, as a part of the activity and as an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.index import Index
from indexer.records import Fact, Row, Table
from indexer.turkish import ascii_key, keys
from qa.finding.row_words import means, word_groups, word_pattern
from qa.remembering import once_a_document, tables_of

_REPEATED = frozenset({"activities", "projects", "responsible", "costs", "totals"})  # forms that go on over many tables
_LETTERS = re.compile(r"[\W_]+")
_ENDS = re.compile(r"^[\W\d_]+|[\W_]+$")
_HEAD = re.compile(r"^[^:]{1,40}: *")  # what leads a heading: "P.H.1:", "Performans Hedefi 1.1.1:"
_LAST_WORDS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A row seen as a thing.

    ``name`` is the thing, ``attribute`` what of it the row tells (empty where it tells the thing's own values),
    ``kinds`` what the thing is (the lists of ``row_kinds``), ``total`` says that the row adds up others, ``form`` is
    shared by the rows that can be set against each other, ``facts`` are the row's unambiguous values.
    """

    document: str
    table: Table
    row: Row
    name: str
    attribute: str
    kinds: frozenset[str]
    total: bool
    form: tuple[str, ...]
    facts: tuple[Fact, ...]

    @property
    def words(self) -> frozenset[str]:
        """The keys of everything that the row stands for: its own words, its headings, who is responsible."""
        row = self.row
        own = " ".join((self.name, self.attribute, row.label, *row.section, *row.units_responsible))
        return _keys(own) | _keys(" ".join((*self.table.context, self.table.title)))


@once_a_document
def lines_of(index: Index, document: str) -> tuple[Line, ...]:
    """The rows of all tables of a document in reading order; worked out once an index."""
    facts: dict[tuple[int, int], list[Fact]] = {}
    for fact in index.facts:
        if fact.ambiguous:
            continue
        for place in fact.places:
            if place.document == document:
                facts.setdefault((place.row.start, place.row.end), []).append(fact)
    tables = tables_of(index, document)
    above = [table.context for table in tables if table.kind == "indicator" or is_activities(table)]
    headings = frozenset(_letters(_HEAD.sub("", heading)) for context in above for heading in context)
    return tuple(
        line
        for table in tables
        for row in table.rows
        for line in _lines(document, table, row, tuple(facts.get((row.span.start, row.span.end), ())), headings)
    )


def _lines(document: str, table: Table, row: Row, facts: tuple[Fact, ...], headings: frozenset[str]) -> Iterator[Line]:
    label = _name(row)
    thing = _thing(label)
    total = thing is None
    name = thing or label
    if table.family == "costs":
        activity = table.context[-1] if table.context else table.title
        attribute = "" if total and _is_whole(label) else label
        form = ("costs", _letters(attribute))
        yield Line(document, table, row, activity, attribute, frozenset({"activity"}), False, form, facts)
        form = ("items", str(table.span.start))
        yield Line(document, table, row, name, "", frozenset({"item"}), total, form, facts)
        return
    kinds = _kinds(table, row, name, total)
    if "activity" in kinds and _letters(name) in headings and not says_kind(name, "activity"):
        kinds = frozenset({"target"})  # the heading above activities, printed again with their sum
    if "project" in kinds and row.section:
        name = row.section[-1]
    yield Line(document, table, row, name, "", kinds, total, _form(table, kinds), facts)


def _kinds(table: Table, row: Row, name: str, total: bool) -> frozenset[str]:
    if total:
        return frozenset()
    found = {kind for kind in word_groups("row_kinds") if says_kind(name, kind)}
    if table.family == "projects" and row.code:
        found = {"project"}
    if is_activities(table) and ("item" not in found or says_kind(name, "activity") or row.code):
        found = (found - {"item", "unit"}) | {"activity"}
    if table.kind == "indicator":
        found = {"indicator"}
    if table.kind == "budget" and row.code and not found & {"project", "activity"}:
        found.add("item")
    return frozenset(found)


def says_kind(name: str, kind: str) -> bool:
    """Whether the first or the last words of a name say that it is of the kind."""
    words = _ENDS.sub("", ascii_key(name)).split()
    pattern = word_pattern("row_kinds", kind)
    ends = [words[:count] for count in range(1, _LAST_WORDS + 1)]
    ends += [words[-count:] for count in range(1, _LAST_WORDS + 1)]
    return any(pattern.fullmatch(re.sub(r"\W+", " ", " ".join(end)).strip()) for end in ends)


def is_activities(table: Table) -> bool:
    """Whether the rows of a table are activities: with their resources, or with who is responsible for them."""
    pattern = word_pattern("resources", "words")
    resources = table.kind == "budget" and any(pattern.search(ascii_key(column.name)) for column in table.columns)
    return resources or table.family in ("activities", "responsible")


def _form(table: Table, kinds: frozenset[str]) -> tuple[str, ...]:
    columns = _letters(" ".join(column.name for column in table.columns))
    own = (table.family, table.kind, columns, *sorted(kinds))
    if table.family == "projects":
        return ("projects", *sorted(kinds))
    if kinds and (table.family in _REPEATED or table.kind == "indicator" or is_activities(table)):
        return own
    return (*own, str(table.span.start))


def _name(row: Row) -> str:
    label = row.label.removeprefix(row.code or "").lstrip(" .-").rstrip("* ")
    return " ".join((label or row.label).split())


def _thing(label: str) -> str | None:
    """The thing that a row is of: "Fen İşleri Müdürlüğü" for its total; None for a row that adds up others."""
    key = _ENDS.sub("", ascii_key(label))
    words = key.split()
    if not words or word_pattern("sums", "first").match(key):
        return None
    if not means("sums", "last", words[-1]):
        return label
    stripped = label[: ascii_key(label).rindex(words[-1])].rstrip(" :;-–")
    plural = stripped and ascii_key(stripped).endswith(("lari", "leri", "lar", "ler"))
    return stripped if stripped and says_kind(stripped, "unit") and not plural else None


def _is_whole(label: str) -> bool:
    """Whether a row of totals is that of everything, not of a part such as the money inside the budget."""
    return word_pattern("sums", "whole").fullmatch(_ENDS.sub("", ascii_key(label))) is not None


def is_whole(line: Line) -> bool:
    """Whether a line adds up everything of its table."""
    return line.total and _is_whole(_name(line.row))


def is_below_goal(table: Table) -> bool:
    """Whether a table stands below a goal, an activity or a unit, so that its totals are of that alone."""
    kinds = ("target", "goal", "aim", "activity", "unit")
    return table.family == "costs" or any(
        says_kind(heading.split(":")[0], kind) for heading in table.context for kind in kinds
    )


def _letters(text: str) -> str:
    return _LETTERS.sub("", ascii_key(text))


@lru_cache(maxsize=50_000)
def _keys(text: str) -> frozenset[str]:
    return frozenset(keys(text))
