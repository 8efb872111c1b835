"""Tables of a municipality's staff: which cell is the number of which people.

Such a table has a row or a column for each status (memur, işçi, sözleşmeli) or sex, and one for all. A table of posts
counts the empty ones, too; only its filled ones are people. The same number is printed in several tables: the value
that most of them give is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.index import Index
from indexer.records import Fact, Table
from indexer.turkish import ascii_key, tokens
from qa.finding.lines import Line, is_below_goal, lines_of
from qa.finding.row_words import means, word_groups, word_pattern
from qa.finding.vocabulary import says
from qa.remembering import once_a_document

LISTS = ("staff_status", "staff_sex")
"""The lists of word lists that tell groups of people apart."""

_HEADINGS = 2  # headings above a table that say whose numbers it holds
_NOT_PEOPLE = ("TL", "%")
_LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Group:
    """The people asked for: of a status, of a sex; None where all of them are."""

    status: str | None = None
    sex: str | None = None


@dataclass(frozen=True, slots=True)
class _Cell:
    line: Line
    fact: Fact
    group: Group


def staff_cell(
    index: Index, document: str, group: Group, years: Sequence[int], least: Decimal
) -> tuple[Line, Fact] | None:
    """The cell that is the number of a group; None where no table prints it.

    Args:
        index: the index.
        document: whose tables are read.
        group: the people asked for.
        years: those asked for; where there are none, the value of the document's own year is taken.
        least: how many people there are at least in all; a table whose sum is less is of a part of them.
    """
    every = _cells(index, document, years)
    parts = {id(cell.line.table) for cell in every if cell.group == Group() and cell.fact.figure.value < least}
    cells = [cell for cell in every if cell.group == group and id(cell.line.table) not in parts]
    votes = Counter(cell.fact.figure.value for cell in cells)
    best = max(cells, key=lambda cell: (votes[cell.fact.figure.value], bool(cell.fact.column)), default=None)
    return None if best is None else (best.line, best.fact)


def staff_parts(index: Index, document: str, group: Group, years: Sequence[int]) -> list[tuple[Line, Fact]]:
    """The cells of one table that make up a group together; empty where no table has its parts."""
    tables: dict[int, list[_Cell]] = {}
    for cell in _cells(index, document, years):
        narrower = cell.group.sex == group.sex if group.status is None else cell.group.status == group.status
        if narrower and cell.group != group and (cell.group.status is None or cell.group.sex == group.sex):
            tables.setdefault(cell.line.table.span.start, []).append(cell)
    for cells in tables.values():
        parts = {cell.group: (cell.line, cell.fact) for cell in reversed(cells)}
        statuses = {one for one in parts if one.sex == group.sex}
        if len(statuses) >= _LEAST_PARTS and len(statuses) == len(parts):
            return list(parts.values())[::-1]
    return []


def _cells(index: Index, document: str, years: Sequence[int]) -> list[_Cell]:
    own = index.documents[document].source.year
    wanted = {None, own} if not years or own in years else set(years)
    return [cell for cell in _cells_of_staff(index, document) if cell.fact.year in wanted]


@once_a_document
def _cells_of_staff(index: Index, document: str) -> tuple[_Cell, ...]:
    """The cells of all years that are numbers of people."""
    return tuple(_read(lines_of(index, document)))


def _read(lines: Sequence[Line]) -> Iterator[_Cell]:
    tables = {id(line.table): line.table for line in lines}
    staff = {place for place, table in tables.items() if _is_of_staff(table)}
    own = [line for line in lines if id(line.table) in staff]
    posts = {id(line.table) for line in own if _tells_posts(line)}
    for line in own:
        for fact in line.facts:
            if fact.unit in _NOT_PEOPLE:
                continue
            words = f"{line.row.label} {fact.column}"
            if id(line.table) in posts and not says("staff", words, "filled"):
                continue
            group = _group(words, line.table)
            if group is not None and (line.total or group_said(line.row.label) or _is_neutral(line.row.label)):
                yield _Cell(line, fact, group)


def _tells_posts(line: Line) -> bool:
    """Whether a row or a column of its table is of posts that nobody holds."""
    names = " / ".join((line.row.label, line.table.title, *(column.name for column in line.table.columns)))
    return says("staff", names, "posts")


def _is_of_staff(table: Table) -> bool:
    above = " ".join((table.title, *table.context[-_HEADINGS:]))
    return says("staff", above, "heading") and not is_below_goal(table) and not says("staff", above, "part_of")


def _group(words: str, table: Table) -> Group | None:
    """The group that the words of a row and a column name; None where they name two, or something else."""
    above = " ".join(table.context[-1:])
    if not _is_neutral(words):
        return None
    found = []
    for name in LISTS:
        said = names_of(name, words) or names_of(name, above)
        if len(said) > 1 and names_of(name, words):
            return None
        found.append(said[0] if len(said) == 1 else None)
    return Group(*found)


def _is_neutral(words: str) -> bool:
    """Whether every word is of a status, a sex, or says that people are counted."""
    known = [
        ("staff", "neutral"),
        *((group, name) for group in ("staff_status", "staff_sex") for name in word_groups(group)),
    ]
    return all(any(means(*one, token.text) for one in known) for token in tokens(words) if not token.text.isdigit())


def group_said(words: str) -> bool:
    """Whether a text names a status or a sex."""
    return bool(names_of("staff_status", words) or names_of("staff_sex", words))


def names_of(group: str, text: str) -> list[str]:
    """The lists of a group of which a text holds a word, in the order of the text."""
    key = ascii_key(text)
    places = {name: match.start() for name in word_groups(group) if (match := word_pattern(group, name).search(key))}
    return sorted(places, key=lambda name: places[name])
