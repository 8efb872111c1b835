"""Project tables without codes: project | responsible unit | one budget a year, each empty cell a space of its own.

Example of the form: "Görükle bisiklet yolu Fen İşleri Md. 1.800.000  2.200.000" under "Proje Sorumlu Müdürlük 2020 2021
2022". The last word of the unit's name parts the project from its cells; the spaces behind it tell the empty ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.figures import NumberStyle, number_style
from indexer.outline import Outline
from indexer.records import Cell, Document, Line, Row, Span, Table
from indexer.repair import join_wrapped
from indexer.tables.columns import parse_column
from indexer.tables.entries import prose
from indexer.tables.fields import is_value
from indexer.tables.number_words import is_total
from indexer.tables.project_lines import header_columns
from indexer.tables.project_units import ends_unit
from indexer.turkish import ascii_key

_WORD = re.compile(r"[^ \t\r\u00a0]+")
_JOINING = ("ve", "ile")
_LABEL_LINES = 4  # of a wrapped project
_FEWEST_ROWS = 2
_LONGEST_UNIT = 6  # words


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row: the words of its label, those of its unit, and its cells as printed, empty ones included."""

    label: tuple[str, ...]
    unit: str
    cells: tuple[Cell | None, ...]
    span: Span


class OwnedProjectReader:
    """Reads tables of projects and their responsible units that print no codes."""

    family = "projects"

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of this form in ``document``, in reading order."""
        style = number_style(document.text)
        for index, line in enumerate(document.lines):
            names = header_columns(document.lines, index, style, named="owner_words")
            drafts = list(_drafts(document.lines, index + 1, style)) if names else []
            rows = _rows(drafts, len(names))
            if len(rows) < _FEWEST_ROWS or not any(any(row.cells) for row in rows):
                continue
            context = tuple(heading.title for heading in outline.path_at(line.start))
            columns = tuple(replace(parse_column(name), measure="budget") for name in names)
            span = Span(line.start, rows[-1].span.end)
            yield Table("budget", self.family, " / ".join(context), columns, tuple(rows), span, context)


READER = OwnedProjectReader()


def _drafts(lines: Sequence[Line], first: int, style: NumberStyle) -> Iterator[_Draft]:
    """The rows below a header, up to running text or another header."""
    above: list[Line] = []
    for index in range(first, len(lines)):
        line = lines[index]
        if not line.text.strip(" \r"):
            continue
        split = _split(line, style)
        if split is None:
            above.append(line)
            if prose(line) or len(above) == _LABEL_LINES or "\t" in line.text:
                return
            continue
        words, unit, cells, end = split
        start = (above[0] if above else line).start
        start += len((above[0] if above else line).text) - len((above[0] if above else line).text.lstrip(" \u00a0"))
        yield _Draft((*(other.text for other in above), words), unit, cells, Span(start, end))
        above = []


def _split(line: Line, style: NumberStyle) -> tuple[str, str, tuple[Cell | None, ...], int] | None:
    """``line`` as text, unit, cells and the end of what is visible; None where it is no row's last line."""
    found = list(_WORD.finditer(line.text))
    last = next((at for at in range(len(found) - 1, -1, -1) if not is_value(found[at].group(), style)), None)
    if last is None or not (last or is_total(found[0].group())):
        return None
    whole = " ".join(match.group() for match in found[: last + 1])
    owned = ends_unit(ascii_key(found[last].group()))
    if not owned and not (is_total(whole) and last + 1 < len(found)):
        return None
    begin = _unit_begin([match.group() for match in found[: last + 1]]) if owned else last + 1
    cells = tuple(_cells(line, found[last].end()))
    label = line.text[: found[begin].start()] if begin <= last else line.text[: found[last].end()]
    unit = line.text[found[begin].start() : found[last].end()] if begin <= last else ""
    return label.strip(" \u00a0"), unit, cells, line.start + found[-1].end()


def _unit_begin(words: Sequence[str]) -> int:
    """Where the unit that ends ``words`` begins: its words have capitals, but for "ve" between them."""
    begin = len(words) - 1
    while begin and len(words) - begin < _LONGEST_UNIT:
        before = words[begin - 1]
        joining = ascii_key(before) in _JOINING and begin > 1 and words[begin - 2][0].isupper()
        if not (joining or (before[0].isupper() and before[-1].isalpha())):
            break
        begin -= 1
    return begin


def _cells(line: Line, start: int) -> Iterator[Cell | None]:
    """The cells behind column ``start``, each with one space before it."""
    place = start
    for piece in line.text[start:].rstrip("\r").split(" ")[1:]:
        place += 1
        text = piece.strip("\u00a0")
        yield Cell(text, Span(line.start + place, line.start + place + len(piece))) if text else None
        place += len(piece)


def _with_known_unit(draft: _Draft, names: frozenset[str]) -> _Draft:
    """The draft with the unit that other rows name, where capitals of the project stand before it."""
    known = [name for name in names if draft.unit.endswith(f" {name}")]
    if not known:
        return draft
    unit = max(known, key=len)
    *above, last = draft.label
    return replace(draft, label=(*above, f"{last} {draft.unit.removesuffix(unit)}".strip(" ")), unit=unit)


def _rows(drafts: Sequence[_Draft], width: int) -> list[Row]:
    """The drafts as rows of ``width`` columns; the spaces tell where all rows with an empty last cell end alike."""
    names = frozenset(draft.unit for draft in drafts if draft.unit)
    ends = {len(draft.cells) - width for draft in drafts if draft.cells and draft.cells[-1] is None}
    told = len(ends) < 2 and ends <= {0, 1}  # some end every cell in a space, the last one too
    rows: list[Row] = []
    for draft in (_with_known_unit(draft, names) for draft in drafts):
        filled = tuple(cell for cell in draft.cells if cell is not None)
        surplus = max(ends, default=0) if draft.cells and draft.cells[-1] is None else 0
        certain = len(filled) == width or (told and len(draft.cells) == width + surplus)
        cells = filled if len(filled) == width else draft.cells[:width] if certain else (None,) * width
        label = join_wrapped(draft.label).strip(" ")
        units = (draft.unit,) if draft.unit and label else ()  # else capitals from the beginning of the project on
        rows.append(Row(label or draft.unit, cells, draft.span, ambiguous=not certain, units_responsible=units))
    return rows
