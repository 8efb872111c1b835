"""Committees side by side without numbers: in each line one member of every committee, or names above their roles.

Examples of the form: "Plan ve Bütçe Komisyonu Ulaşım Komisyonu" above "Ayşe DEMİR Başkan Ali KAYA Başkan"; or "Ayşe
DEMİR Ali KAYA" above "Başkan Başkan". The surname in capitals tells where a name ends, the role where a cell does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Line, Row, Span, Table
from indexer.tables.entries import document_lines, page_start, prose, squeeze, title_of
from indexer.tables.headers import vocabulary
from indexer.turkish import ascii_key, upper

_WORD = re.compile(r"[^ \t\r\n\u00a0]+")
_GIVEN = re.compile(r"[^\W\d_][^\W\d_]*[.’']?[^\W\d_]*")
_MAX_GAP = 4  # lines from one row to the next
_MAX_ROW_LINES = 3
_MAX_HEADER_LINES = 5
_MOST_COMMITTEES = 4
_LONGEST_NAME = 5  # words
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Cell:
    """A member: the words of the name and of the role, which may stand in the line below."""

    words: tuple[re.Match[str], ...]
    role: tuple[re.Match[str], ...]


@dataclass(frozen=True, slots=True)
class _Members:
    """The cells of a row; ``last`` is the position of its last line."""

    cells: tuple[_Cell, ...]
    last: int


class CommitteesReader:
    """Reads committees whose members stand side by side without serial numbers."""

    family = "committees"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of this form in ``document``, in reading order."""
        lines = document_lines(document)
        position = 0
        while position < len(lines):
            count, start = _heads(lines, position)
            rows = _rows(document, lines, position, count) if count else []
            if sum(len(row.cells) == count for row in rows) < _FEWEST_ROWS:
                position += 1
                continue
            yield _table(lines, start, position, rows, count, outline)
            position = rows[-1].last + 1


READER = CommitteesReader()


def _heads(lines: Sequence[Line], position: int) -> tuple[int, int]:
    """How many committees the lines right above ``position`` name, and the position of the first of those lines."""
    if position == 0 or _ends_body(lines[position].text) or not _ends_body(lines[position - 1].text):
        return 0, 0
    for size in range(1, min(_MAX_HEADER_LINES, position) + 1):
        first = position - size
        if _introduces(lines[first]) or (size > 1 and page_start(lines[first + 1], lines[first])):
            break
        count = len(_names(lines[first:position]))
        begins = size == min(_MAX_HEADER_LINES, position) or not _goes_on(lines[first - 1], lines[first])
        if 2 <= count <= _MOST_COMMITTEES and begins:
            return count, first
    return 0, 0


def _goes_on(above: Line, line: Line) -> bool:
    return line.number == above.number + 1 and not page_start(line, above) and not _introduces(above)


def _introduces(line: Line) -> bool:
    """Whether ``line`` is running text, the sentence that introduces a table included."""
    return prose(line) or squeeze(line.text).endswith(":")


def _names(lines: Sequence[Line]) -> list[str]:
    """The names of the committees that ``lines`` hold: each ends in the word for a body."""
    found: list[list[str]] = [[]]
    for line in lines:
        for word in _WORD.findall(line.text):
            found[-1].append(word)
            if ascii_key(word).strip("*") in vocabulary("body"):
                found.append([])
    return [" ".join(name) for name in found[:-1]] if not found[-1] else []


def _ends_body(text: str) -> bool:
    words = _WORD.findall(text)
    return bool(words) and ascii_key(words[-1]).strip("*") in vocabulary("body")


def _rows(document: Document, lines: Sequence[Line], position: int, count: int) -> list[_Members]:
    rows: list[_Members] = []
    cursor = position
    while cursor < len(lines) and (cursor == position or lines[cursor].number - lines[cursor - 1].number <= _MAX_GAP):
        row = _row(document, lines, cursor, count)
        if row is None:
            break
        rows.append(row)
        cursor = row.last + 1
    return rows


def _row(document: Document, lines: Sequence[Line], first: int, count: int) -> _Members | None:
    """The members on as few lines from ``first`` on as give each committee one; fewer only on one line."""
    short: _Members | None = None
    for last in range(first, min(first + _MAX_ROW_LINES, len(lines))):
        if last > first and lines[last].number - lines[last - 1].number > _MAX_GAP:
            break
        cells = _beside(document.text, lines[first : last + 1]) or _below(document.text, lines[first : last + 1])
        if len(cells) == count:
            return _Members(cells, last)
        if last == first and cells:
            short = _Members(cells, last)
    return short if short is not None and len(short.cells) < count else None


def _words(text: str, lines: Sequence[Line]) -> list[re.Match[str]]:
    return [match for line in lines for match in _WORD.finditer(text, line.start, line.end)]


def _beside(text: str, lines: Sequence[Line]) -> tuple[_Cell, ...]:
    """Members whose role follows their name; none where a word is left over."""
    words = _words(text, lines)
    cells: list[_Cell] = []
    at = 0
    while at < len(words):
        name = _name_length(words, at)
        role = _role_length(words, at + name) if name else 0
        if not role:
            return ()
        cells.append(_Cell(tuple(words[at : at + name]), tuple(words[at + name : at + name + role])))
        at += name + role
    return tuple(cells)


def _below(text: str, lines: Sequence[Line]) -> tuple[_Cell, ...]:
    """Members whose names fill the first line and their roles the rest."""
    if len(lines) < 2:
        return ()
    names = _cut(_words(text, lines[:1]), _name_length)
    roles = _cut(_words(text, lines[1:]), _role_length)
    return tuple(map(_Cell, names, roles)) if len(names) == len(roles) else ()


def _cut(
    words: Sequence[re.Match[str]], length_at: Callable[[Sequence[re.Match[str]], int], int]
) -> list[tuple[re.Match[str], ...]]:
    """The words in pieces of the lengths that ``length_at`` tells; none where a piece does not begin."""
    pieces: list[tuple[re.Match[str], ...]] = []
    at = 0
    while at < len(words):
        length = length_at(words, at)
        if not length:
            return []
        pieces.append(tuple(words[at : at + length]))
        at += length
    return pieces


def _name_length(words: Sequence[re.Match[str]], start: int) -> int:
    """How many words from ``start`` on are a name: given names, then a surname of one or two words in capitals."""
    at = start
    while at < len(words) and at - start < _LONGEST_NAME and not _capitals(words[at].group()):
        if not _GIVEN.fullmatch(words[at].group()) or not words[at].group()[0].isupper():
            return 0
        at += 1
    given = at - start
    while at < len(words) and at - start < _LONGEST_NAME and _capitals(words[at].group()):
        at += 1
    return at - start if given and at > start + given else 0


def _role_length(words: Sequence[re.Match[str]], start: int) -> int:
    """How many words from ``start`` on are a role, the longest one; a unit's head is one as well."""
    keys = [ascii_key(word.group()) for word in words[start : start + _LONGEST_NAME + 1]]
    if keys and keys[0].startswith("("):  # "(Bşk. V.)"
        closed = next((size for size, key in enumerate(keys, 1) if key.endswith(")")), 0)
        return closed if " ".join(keys[:closed]).strip("()") in vocabulary("role") else 0
    known = [size for size in range(1, len(keys) + 1) if " ".join(keys[:size]) in vocabulary("role")]
    if known:
        return known[-1]
    return next((at + 1 for at, key in enumerate(keys) if key in vocabulary("office_end")), 0)


def _capitals(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and word == upper(word) and not any(letter.isdigit() for letter in word)


def _table(
    lines: Sequence[Line], start: int, position: int, rows: Sequence[_Members], count: int, outline: Outline
) -> Table:
    made: list[Row] = []
    for row in rows:
        cells = tuple(_cell(cell) for cell in row.cells) if len(row.cells) == count else (None,) * count
        words = [word for cell in row.cells for word in (*cell.words, *cell.role)]
        span = Span(min(word.start() for word in words), max(word.end() for word in words))
        made.append(Row("", cells, span, ambiguous=len(row.cells) != count))
    columns = tuple(Column(name) for name in _names(lines[start:position]))
    before = lines[start - 1] if start else None
    caption = squeeze(before.text) if before is not None and not prose(before) else ""
    title, context = title_of(outline, lines[start].start, caption if len(caption) < 110 else "")
    span = Span(lines[start].start, made[-1].span.end)
    return Table("other", CommitteesReader.family, title, columns, tuple(made), span, context)


def _cell(cell: _Cell) -> Cell:
    words = (*cell.words, *cell.role)
    text = " ".join(word.group() for word in words)
    return Cell(text, Span(min(word.start() for word in words), max(word.end() for word in words)))
