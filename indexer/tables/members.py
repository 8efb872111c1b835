"""Lists of people as a grid of portraits leaves them: name, office and, in brackets, party or place.

Example of the form: "Ayşe DEMİR" / "Gölova" / "Belediye Başkanı" / "(ABC Parti)". The surname in capitals tells where
a person begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Line, Row, Span, Table
from indexer.tables.entries import document_lines, joined, prose, squeeze, title_of
from indexer.turkish import upper

_MAX_GAP = 4
_MIN_PEOPLE = 5
_MAX_LINE = 40
_NAME = re.compile(r"[^\W\d_][\w.’']*(?: [^\W\d_][\w.’']*)*")


@dataclass
class _Person:
    name: list[Line]
    office: list[Line] = field(default_factory=list)
    bracket: list[Line] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [*self.name, *self.office, *self.bracket]


class MembersReader:
    """Reads lists of people with the office and the party below each name."""

    family = "members"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of this form in ``document``, in reading order."""
        lines = document_lines(document)
        position = 0
        while position < len(lines):
            people, end = _people(lines, position)
            if len(people) < _MIN_PEOPLE or sum(bool(person.bracket) for person in people) * 5 < len(people) * 4:
                position += 1
                continue
            yield _table(document, people, lines[position - 1] if position else None, outline)
            position = end


READER = MembersReader()


def _people(lines: Sequence[Line], position: int) -> tuple[list[_Person], int]:
    """The people from the line at ``position`` on, and the position after the last of them."""
    people: list[_Person] = []
    whole, end = 0, position  # people up to the last complete one, and where it ends
    cursor = position
    while cursor < len(lines) and (cursor == position or lines[cursor].number - lines[cursor - 1].number <= _MAX_GAP):
        line = lines[cursor]
        text = squeeze(line.text)
        if len(text) > _MAX_LINE or (prose(line) and not text.endswith("-")):
            break
        open_bracket = people and people[-1].bracket and ")" not in people[-1].bracket[-1].text
        if open_bracket:
            people[-1].bracket.append(line)
        elif text.startswith("("):
            if not people or people[-1].bracket:
                break
            people[-1].bracket.append(line)
        elif _begins_name(lines, cursor):
            goes_on = people and not people[-1].office and not people[-1].bracket and _capitals(text)
            if goes_on:
                people[-1].name.append(line)
            elif people and not people[-1].bracket and not people[-1].office and _surname(people[-1].name[-1].text):
                break
            elif people and not people[-1].bracket and not people[-1].office:
                people[-1].name.append(line)
            else:
                people.append(_Person([line]))
        elif people and not people[-1].bracket and len(people[-1].office) < 3 and _NAME.fullmatch(text):
            people[-1].office.append(line)
        else:
            break
        cursor += 1
        if people[-1].bracket and ")" in people[-1].bracket[-1].text:
            whole, end = len(people), cursor
    return people[:whole], end


def _begins_name(lines: Sequence[Line], position: int) -> bool:
    """Whether a name begins or goes on here: its surname ends this line, or makes up the next one."""
    text = squeeze(lines[position].text)
    if not _NAME.fullmatch(text):
        return False
    if _surname(text):
        return True
    following = lines[position + 1] if position + 1 < len(lines) else None
    return (
        following is not None and following.number - lines[position].number == 1 and _capitals(squeeze(following.text))
    )


def _surname(text: str) -> bool:
    return _capitals(squeeze(text).rsplit(" ", 1)[-1])


def _capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and "(" not in text and text == upper(text)


def _table(document: Document, people: Sequence[_Person], before: Line | None, outline: Outline) -> Table:
    rows = tuple(_row(document, person) for person in people)
    text = squeeze(before.text) if before else ""
    caption = text if before and len(text) < 110 and not prose(before) else ""
    title, context = title_of(outline, rows[0].span.start, caption)
    span = Span(rows[0].span.start, rows[-1].span.end)
    return Table("other", MembersReader.family, title, (Column("Görevi"), Column("Partisi")), rows, span, context)


def _row(document: Document, person: _Person) -> Row:
    span = _place(person.lines)
    office = Cell(joined(line.text for line in person.office), _place(person.office)) if person.office else None
    party = None
    if person.bracket:
        place = _place(person.bracket)
        inner = document.text[place.start : place.end]
        end = inner.rindex(")") if ")" in inner else len(inner)
        party = Cell(squeeze(joined(inner[1:end].split("\n"))), Span(place.start + 1, place.start + end))
    return Row(joined(line.text for line in person.name), (office, party), span)


def _place(lines: Sequence[Line]) -> Span:
    first, last = lines[0], lines[-1]
    lead = len(first.text) - len(first.text.lstrip(" \t\u00a0"))
    return Span(first.start + lead, last.start + len(last.text.rstrip(" \t\r\u00a0")))
