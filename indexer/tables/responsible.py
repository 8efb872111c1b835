"""Which administrative unit is responsible for which activity, grouped by performance target."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, zip_longest

from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Line, Row, Span, Table
from indexer.tables.columns import header_key
from indexer.tables.fields import DelimitedLine, read_blocks, split_fields
from indexer.tables.forms import (
    clean,
    context_of,
    ends_with_unit,
    form_words,
    line_key,
    phrase,
    read_fields,
    split_units,
)
from indexer.turkish import ascii_key

_NUMBERED = re.compile(r"\d+(?:\.\d+){1,3}\.?[ \u00a0]+\S|P\. ?H\. ?\d")
_COMPLETE = re.compile(r"(?:m[ae]k|m[ae]s[ıi])[.:]?$")  # a target ends with what is to be done
_WORD = re.compile(r"\S+")
_HEADER_LINES = 6
_LABEL_LINES = 12


class ResponsibleReader:
    """Reads the table of activities and their responsible units, flattened or delimited."""

    family = "responsible"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of responsible units of ``document``."""
        yield from _delimited_tables(document, outline)
        yield from _flattened_tables(document, outline)


READER = ResponsibleReader()


def _table(outline: Outline, start: int, name: str, rows: Sequence[Row], theme: str) -> Table:
    context = context_of(outline, start, (), general=True)
    if theme and (not context or header_key(context[-1]) != header_key(theme)):
        context = (*context, theme)
    span = Span(start, rows[-1].span.end)
    return Table("other", ResponsibleReader.family, " / ".join(context), (Column(name),), tuple(rows), span, context)


# Delimited: target number, target, activity, unit; merged cells stand in their first line only.


def _delimited_tables(document: Document, outline: Outline) -> Iterator[Table]:
    for block in read_blocks(document):
        for number, line in enumerate(block.lines):
            header = _delimited_header(line)
            if header is not None:
                rows = _delimited_rows(block.lines[number + 1 :], *header)
                if rows:
                    yield _table(outline, line.span.start, line.filled[-1].text, rows, "")
                break


def _delimited_header(line: DelimitedLine) -> tuple[int, int] | None:
    """The columns of the activities and of the units, where ``line`` is the header."""
    places = {}
    for part in line.filled:
        for role in ("activities", "units"):
            if header_key(part.text) in form_words("responsible", role):
                places[role] = part.index
    if len(places) < 2 or len(line.filled) > 4:
        return None
    return places["activities"], places["units"]


def _delimited_rows(lines: Sequence[DelimitedLine], activities: int, units: int) -> list[Row]:
    rows: list[Row] = []
    target = ""
    responsible: tuple[str, ...] = ()
    for line in lines:
        texts = {part.index: part for part in line.filled}
        head = " ".join(part.text for index, part in texts.items() if index < activities)
        if head:
            target, responsible = head, ()
        activity, unit = texts.get(activities), texts.get(units)
        if unit is not None:
            responsible = split_units(unit.text)
        if activity is None:
            continue
        cell = unit.cell if unit is not None else None
        end = unit.span.end if unit is not None else activity.span.end
        rows.append(
            Row(
                activity.text,
                (cell,),
                Span(activity.span.start, end),
                section=(target,) if target else (),
                units_responsible=responsible,
            )
        )
    return rows


# Flattened: the lines of a row stand together, its label may stand apart from its units.


@dataclass
class _Reading:
    """What has been read of a flattened table: the target, and the lines of a row whose units are still to come."""

    names: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    target: str = ""
    target_open: bool = False
    label: list[Line] = field(default_factory=list)

    def take(self, lines: list[Line]) -> None:
        """Takes lines that stand together without a blank one between them."""
        text = _joined(lines)
        if _NUMBERED.match(text) and not self._is_activity(text):
            self.target, self.label = text, []
            self.target_open = not _is_complete(text)
        elif not ends_with_unit(text):
            if self.target_open:
                self.target = clean(f"{self.target}\n{text}")
                self.target_open = not _is_complete(self.target)
            else:
                self.label += lines
        else:
            self.target_open = False
            self._take_rows([*self.label, *lines])
            self.label = []

    def _is_activity(self, text: str) -> bool:
        return ends_with_unit(text) and not re.match(r"\d+\.\d+\.\d+", text)

    def _take_rows(self, lines: list[Line]) -> None:
        """Parts lines into rows: a row ends where units are named and the next line names no further unit."""
        row: list[Line] = []
        for line, below in zip_longest(lines, lines[1:]):
            row.append(line)
            ended = ends_with_unit(_joined(row)) and not self._goes_on(below)
            if ended or below is None:
                self._take_row(row)
                row = []

    def _goes_on(self, below: Line | None) -> bool:
        """Whether the line below a named unit names another one, or the first part of one."""
        key = ascii_key(clean(below.text)) if below is not None else ""
        if any(name == key or name.startswith(f"{key} ") for name in self.names):
            return True
        return ends_with_unit(key) and _units_start(key, self.names) == 0

    def _take_row(self, lines: list[Line]) -> None:
        text = _joined(lines)
        start = _units_start(text, self.names)
        label, units = text[:start].strip(), text[start:].strip()
        ambiguous = not label or not units
        span = Span(_first(lines[0]), _last(lines[-1]))
        cell = Cell(units, _cell_span(lines, units)) if units else None
        section = (self.target,) if self.target else ()
        responsible = split_units(units) if units and not ambiguous else ()
        self.rows.append(
            Row(label or text, (cell,), span, ambiguous=ambiguous, section=section, units_responsible=responsible)
        )


def _joined(lines: Sequence[Line]) -> str:
    return clean("\n".join(line.text for line in lines))


def _first(line: Line) -> int:
    return line.start + len(line.text) - len(line.text.lstrip())


def _last(line: Line) -> int:
    return line.start + len(line.text.rstrip())


def _cell_span(lines: Sequence[Line], text: str) -> Span:
    """Where ``text``, the end of the joined ``lines``, stands: as many characters back as it has."""
    wanted = sum(not character.isspace() for character in text)
    for line in reversed(lines):
        for offset in range(len(line.text) - 1, -1, -1):
            healed = line is not lines[-1] and line.text[offset] in "-\u00ad" and not line.text[offset + 1 :].strip()
            if not line.text[offset].isspace() and not healed:
                wanted -= 1
                if wanted == 0:
                    return Span(line.start + offset, _last(lines[-1]))
    return Span(_first(lines[0]), _last(lines[-1]))


def _is_complete(target: str) -> bool:
    return bool(_COMPLETE.search(ascii_key(target).strip()))


def _units_start(text: str, names: dict[str, str]) -> int:
    """Where the names of units begin at the end of ``text``: known names first, then the last word of an activity."""
    end = len(text)
    key = ascii_key(text)
    while True:
        start = _known_unit(key[:end], names)
        if start is None:
            break
        end = len(key[:start].rstrip())
    if end < len(text) and not ends_with_unit(key[:end]):
        return end
    return _after_activity(key) or (end if end < len(text) else 0)


def _after_activity(key: str) -> int:
    """Where the name of an activity ends by its last word and nothing but units follows; 0 where it does not."""
    starts = [match.end() for match in _activity_end().finditer(key)]
    return next((start for start in reversed(starts) if _are_units(key[start:])), 0)


def _are_units(key: str) -> bool:
    """Whether ``key`` is one name of a unit after another, each with a word of its own."""
    parts = {*form_words("responsible", "unit_parts"), *form_words("responsible", "unit_ends")}
    return ends_with_unit(key) and all(set(_WORD.findall(unit)) - parts for unit in split_units(key))


def _known_unit(key: str, names: dict[str, str]) -> int | None:
    key = key.rstrip()
    words = [match.start() for match in _WORD.finditer(key)]
    for start in words[-12:]:  # the longest known name wins
        if key[start:] in names:
            return start
    return None


@cache
def _activity_end() -> re.Pattern[str]:
    ends = "|".join((*form_words("responsible", "activity_ends"), r"\w{3,}m[ae]si"))  # "Yenilenmesi"
    return re.compile(rf"(?<!\w)(?:{ends})(?!\w)")


def _flattened_tables(document: Document, outline: Outline) -> Iterator[Table]:
    lines = document.lines
    index = 0
    names: dict[str, str] | None = None
    while index < len(lines):
        begins = phrase("responsible", "targets", "activities").match(line_key(document, lines[index]))
        header = _flattened_header(lines, index) if begins else None
        if header is None:
            index += 1
            continue
        name, first = header
        if names is None:
            names = _unit_names(document)
        end = _end(lines, first)
        names.update(_names_alone(lines[index:end]))
        names.update(_names_repeated(lines[index:end]))
        reading = _Reading(names)
        run: list[Line] = []
        for line in lines[first:end]:
            if clean(line.text) and not _starts_block(line, run):
                run.append(line)
                continue
            if run:
                reading.take(run)
            run = [line] if clean(line.text) else []
        if run:
            reading.take(run)
        if reading.rows:
            yield _table(outline, _first(lines[index]), name, reading.rows, _theme(lines, index))
        index = end


def _starts_block(line: Line, run: Sequence[Line]) -> bool:
    """Whether a target begins directly below the last row, as it does after a page break."""
    return bool(run) and bool(_NUMBERED.match(clean(line.text))) and ends_with_unit(clean(run[-1].text))


def _flattened_header(lines: Sequence[Line], index: int) -> tuple[str, int] | None:
    """The name of the column of units and the index below, where a header of activities and units stands at ``index``.

    Its parts may stand on lines of their own; targets may be missing.
    """
    if not phrase("responsible", "targets", "activities").match(ascii_key(lines[index].text.strip(" \t\u00a0"))):
        return None
    pieces: list[str] = []
    for line in lines[index : index + _HEADER_LINES]:
        if split_fields(line) is not None:
            return None
        pieces.append(clean(line.text))
        text = " ".join(piece for piece in pieces if piece)
        key = ascii_key(text)
        target = phrase("responsible", "targets").match(key)
        activity = phrase("responsible", "activities").match(key, target.end() + 1 if target else 0)
        unit = phrase("responsible", "units").fullmatch(key, activity.end() + 1) if activity else None
        if unit is not None:
            return text[unit.start() :], line.number
    return None


def _end(lines: Sequence[Line], header: int) -> int:
    """Index after the table below ``header``: the next header, less the theme above it, or a stretch without units."""
    silent = 0
    for index in range(header, len(lines)):
        text = clean(lines[index].text)
        if _flattened_header(lines, index) is not None:
            return index - _theme_lines(lines, index)
        if text:
            silent = 0 if ends_with_unit(text) else silent + 1
        if silent > _LABEL_LINES:
            return index
    return len(lines)


def _theme_lines(lines: Sequence[Line], header: int) -> int:
    """How many lines above a header belong to it: a theme in capitals and the blank lines around it."""
    for back in range(1, 4):
        text = clean(lines[header - back].text) if header >= back else ""
        if text:
            return back if _is_capital(text) else 0
    return 0


def _is_capital(text: str) -> bool:
    return not any(character.islower() for character in text)


def _theme(lines: Sequence[Line], header: int) -> str:
    back = _theme_lines(lines, header)
    return clean(lines[header - back].text) if back else ""


def _unit_names(document: Document) -> dict[str, str]:
    """The units that the heads of the document's cost tables name as responsible, by key."""
    names: dict[str, str] = {}
    key = ascii_key(document.text)
    for match in phrase("fields", "responsible").finditer(key):
        stop = match.end() + 400
        head = Span(match.start(), min(len(key), stop))
        text = document.text[head.start : head.end]
        code = phrase("costs", "header").search(ascii_key(text))
        if code is None or not _begins_line(document, head.start):
            continue
        for form in read_fields(document, Span(head.start, head.start + code.start())):
            if form.role == "responsible":
                names.update((ascii_key(unit), unit) for unit in split_units(form.value) if ends_with_unit(unit))
    return names


def _begins_line(document: Document, offset: int) -> bool:
    return offset == 0 or document.text[offset - 1] in "\n "


def _names_alone(lines: Sequence[Line]) -> dict[str, str]:
    """Units that fill a line of their own directly below another unit's line."""
    names: dict[str, str] = {}
    for above, line in pairwise(lines):
        text = clean(line.text)
        alone = len(text.split()) > 2 and ends_with_unit(text) and ends_with_unit(clean(above.text))
        if alone and len(split_units(text)) == 1 and not _activity_end().search(ascii_key(text)):
            names[ascii_key(text)] = text
    return names


def _names_repeated(lines: Sequence[Line]) -> dict[str, str]:
    """Units that stand behind several activities in one line with them."""
    found: list[str] = []
    for line, below in pairwise(lines):
        wrapped = header_key(below.text) in form_words("responsible", "unit_ends")
        text = _joined([line, below]) if wrapped else clean(line.text)
        start = _after_activity(ascii_key(text)) if ends_with_unit(text) else 0
        if start and len(units := split_units(text[start:])) == 1:
            found += units
    return {ascii_key(unit): unit for unit, count in Counter(found).items() if count > 1}
