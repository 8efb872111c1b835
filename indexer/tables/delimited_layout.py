"""Finds the columns of a delimited table: serial numbers, labels, units and values, and makes rows of its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from indexer.figures import NumberStyle, canonical_unit, is_unit, parse_number
from indexer.outline import Outline
from indexer.records import Cell, Column, Document, Row, Span, Table, TableKind
from indexer.tables.columns import header_key, mentions, parse_column, starts_with_word, words
from indexer.tables.delimited_groups import Groups, names_code
from indexer.tables.delimited_sections import caption_above, captioned, with_ended_sections
from indexer.tables.fields import DelimitedLine, Field, is_value
from indexer.tables.forms import FormField, clean, context_of, form_words
from indexer.tables.headers import column_unit, vocabulary
from indexer.tables.label_units import label_unit
from indexer.tables.number_words import is_total
from indexer.tables.serials import without_serials
from indexer.turkish import ascii_key

FAMILY = "delimited"
_SERIAL = re.compile(r"\d{1,4}[.)]?")
_INDICATOR_CODE = re.compile(r"[A-ZÇĞİÖŞÜa-z.]{0,4}[ .\-]?\d{1,3}(?:[ .\-]\d{1,3})*[.)]?")
_CONTENTS = re.compile(r"\d+(?:\.\d+)*\.? *[^\W\d_]|[IVX]+\. *\S")
_PERIODS = frozenset({"target", "actual", "estimate"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONEY = re.compile(r"-?\d{1,3}(?:([.,])\d{3})+(?!\1)[.,]\d\d")


@dataclass
class Draft:
    """A table as its lines are read: header lines, titles above them, the form's head, and rows."""

    header: list[DelimitedLine]
    titles: list[str]
    head: list[FormField]
    rows: list[DraftRow] = field(default_factory=list)


@dataclass
class DraftRow:
    """A row of a draft with the section above it and the explanation below it."""

    line: DelimitedLine
    section: tuple[str, ...]
    note: str | None = None


def _names_label(text: str, labels: tuple[str, ...]) -> bool:
    return starts_with_word(header_key(text), labels) is not None


def is_parallel(fields: Sequence[Field]) -> bool:
    """Whether a header names things of one kind, so that every column is a list of its own."""
    last = {header_key(field.text).rsplit(" ", 1)[-1] for field in fields}
    return len(fields) > 1 and (len(last) == 1 or last <= vocabulary("body"))


class Layout:
    """Finds the columns of a draft and turns it into a table."""

    def __init__(self, style: NumberStyle, draft: Draft) -> None:
        self.style = style
        self.draft = draft
        self.parallel = bool(draft.header) and is_parallel(draft.header[0].filled)
        self.serial = self._serial_index()
        self.code = self._code_index()
        self.label = self._label_index()
        self.names = self._names()
        self.unit = self._unit_index()
        self.positions = [index for index in self.names if index != self.unit]
        self.offset = 0
        self.offset = self._offset()

    def table(self, document: Document, outline: Outline) -> Table | None:
        """The draft as a table; None where it has no columns or is a table of contents."""
        draft = self.draft
        if not self.positions or self._is_contents():
            return None
        kind = self._kind()
        rows = tuple(self._rows(kind))
        if self.serial is None and self.code is None:
            labels = without_serials([row.label for row in rows])
            rows = tuple(replace(row, label=label) for row, label in zip(rows, labels, strict=True))
        rows = with_ended_sections(rows)
        start = draft.header[0].span.start if draft.header else rows[0].span.start
        context = (*context_of(outline, start, draft.head), *self._titles(outline, start))
        if kind != "indicator" and not (draft.titles or draft.head):
            context = captioned(context, caption_above(document, start))
        columns = tuple(self._column(self.names[index], kind) for index in self.positions)
        span = Span(start, max(row.span.end for row in rows))
        return Table(kind, FAMILY, " / ".join(context), columns, rows, span, context)

    def _titles(self, outline: Outline, start: int) -> list[str]:
        path = {ascii_key(heading.title) for heading in outline.path_at(start)}
        return [title for title in self.draft.titles if ascii_key(title) not in path and not self.draft.head]

    def _serial_index(self) -> int | None:
        rows = [row.line.fields for row in self.draft.rows]
        for index in range(min(2, max(len(fields) for fields in rows))):
            numbers = [fields[index].text for fields in rows if index < len(fields) and fields[index].text]
            if not numbers or not all(_SERIAL.fullmatch(text) for text in numbers[:-1]):
                continue
            named = [line.fields[index].text for line in self.draft.header if index < len(line.fields)]
            known = (*form_words("lists", "serial"), *words("indicator", "label"), *words("activity", "label"), "")
            counts = [int(text.rstrip(".)")) for text in numbers if _SERIAL.fullmatch(text)]
            rising = bool(counts) and all(second == first + 1 for first, second in pairwise(counts))
            years = all(_YEAR.fullmatch(text) for text in numbers)
            if rising and not years and all(header_key(name) in known for name in named):
                return index
        return None

    def _code_index(self) -> int | None:
        """The column of the codes of indicators ("PG 1.1"), where the header names one before that of the labels."""
        for part in self.draft.header[0].filled[:-1] if self.draft.header else ():
            texts = [row.line.fields[part.index].text for row in self.draft.rows if part.index < len(row.line.fields)]
            filled = [text for text in texts if text]
            named = names_code(part.text, words("indicator", "code")) and part.index != self.serial
            if named and filled and all(_INDICATOR_CODE.fullmatch(text) for text in filled):
                return part.index
        return None

    def _label_index(self) -> int:
        rows = [row.line.fields for row in self.draft.rows]
        width = max(len(fields) for fields in rows)
        named = self._named_label(rows)
        if named is not None:
            return named
        first, most = None, 0
        for index in range(width):
            if index in (self.serial, self.code):
                continue
            texts = [fields[index].text for fields in rows if index < len(fields) and fields[index].text]
            worded = sum(not is_value(text, self.style) for text in texts)
            if worded and worded >= 0.6 * len(texts) and len(texts) >= 0.4 * len(rows) and worded > most:
                first, most = index, worded
                if not any(_SERIAL.fullmatch(text) for text in texts):
                    break  # else totals among the numbers of the rows, and the labels further right
        return first or 0

    def _named_label(self, rows: Sequence[Sequence[Field]]) -> int | None:
        """The column that the header names as that of the indicators, where nearly every row has words in it."""
        for part in self.draft.header[0].filled if self.draft.header else ():
            if part.index and _names_label(part.text, words("indicator", "label")):
                texts = [fields[part.index].text for fields in rows if part.index < len(fields)]
                if sum(bool(text) and not is_value(text, self.style) for text in texts) >= 0.8 * len(rows):
                    return part.index
        return None

    def _groups(self) -> Groups:
        """The columns left of the labels that hold words: their cells are merged over several rows."""
        heads = {part.index: part.text for line in self.draft.header for part in line.filled if part.index < self.label}
        names: dict[int, str] = {}
        for index, name in sorted(heads.items()):
            texts = [row.line.fields[index].text for row in self.draft.rows if index < len(row.line.fields)]
            filled = [text for text in texts if text and not is_total(text)]
            worded = all(any(map(str.isalpha, text)) and not is_value(text, self.style) for text in filled)
            if index not in (self.serial, self.code) and filled and worded and not _INDICATOR_CODE.fullmatch(filled[0]):
                names[index] = name
        return Groups(names, self.code if names else None)

    def _names(self) -> dict[int, str]:
        """The header text over each column of values; a merged cell above several columns leads their names."""
        first = 0 if self.parallel else self.label + 1
        if not self.draft.header:
            width = max(len(row.line.fields) for row in self.draft.rows)
            return dict.fromkeys(range(first, width), "")
        *upper, last = self.draft.header
        begin = self._begin_of_shifted(last)
        shift = self.label + 1 - begin if begin is not None else 0
        places = {part.index + shift * (begin is not None and part.index >= begin): part.text for part in last.filled}
        names = {index: text for index, text in places.items() if index >= first}
        starts = list(names)
        for line in upper:
            ends = [*(part.index for part in line.filled[1:]), len(line.fields)]
            for part, end in zip(line.filled, ends, strict=True):
                if part.index >= first and not any(index in names for index in range(part.index, end)):
                    names[part.index] = part.text  # nothing stands below it
        names = dict(sorted(names.items()))
        for line in reversed(upper):
            for index in starts:
                over = [field for field in line.filled if first <= field.index <= index]
                if over:
                    names[index] = f"{over[-1].text} {names[index]}"
        labels = words("indicator", "label")
        return {index: name for index, name in names.items() if not starts_with_word(header_key(name), labels)}

    def _begin_of_shifted(self, last: DelimitedLine) -> int | None:
        """Where in the header's last line the names of values begin that stand too far left, above the labels.

        The rows have serial numbers in a field of their own, which the header lacks.
        """
        keys = {part.index: header_key(part.text) for part in last.filled}
        labels = (*words("indicator", "label"), *words("activity", "label"))
        heads = [part.index for line in self.draft.header for part in line.filled if _names_label(part.text, labels)]
        left = [index for index, key in keys.items() if index <= self.label and index not in (self.serial, *heads)]
        if self.parallel or not heads or self.label in heads or not left:
            return None
        column = parse_column(last.fields[left[0]].text)
        known = (*words("indicator", "unit"), *words("activity", "inside"))
        named = column.year is not None or column.measure != "other" or keys[left[0]] in known
        return left[0] if named and keys[left[0]] not in words("indicator", "code") else None

    def _unit_index(self) -> int | None:
        for index, name in self.names.items():
            if header_key(name) in words("indicator", "unit"):
                texts = [row.line.fields[index].text for row in self.draft.rows if index < len(row.line.fields)]
                filled = [text for text in texts if text]
                if filled and 2 * sum(is_unit(text) or text == "%" for text in filled) >= len(filled):
                    return index
        return None

    def _offset(self) -> int:
        """How far the rows stand to the right of their header: rows that fill every column tell."""
        shifts = Counter[int]()
        for row in self.draft.rows:
            values = self._values(row.line)
            if len(values) == len(self.positions):
                gaps = {field.index - index for field, index in zip(values, self.positions, strict=True)}
                if len(gaps) == 1:
                    shifts[gaps.pop()] += 1
        return shifts.most_common(1)[0][0] if shifts else 0

    def _label_field(self, line: DelimitedLine) -> Field | None:
        """The label of a line: in its column, or a total's at the left of it."""
        left = [part for part in line.filled if part.index <= self.label and part.index not in (self.serial, self.code)]
        if left and left[-1].index == self.label and not self._is_left_total(line):
            return left[-1]
        serial = [part for part in line.filled if part.index == self.serial and not _SERIAL.fullmatch(part.text)]
        return next((part for part in (*serial, *left) if not is_value(part.text, self.style)), None)

    def _is_left_total(self, line: DelimitedLine) -> bool:
        """Whether the label of a line stands left of its column, where serial numbers do, and a value in its place."""
        first = line.filled[0]
        named = first.index < self.label and not _SERIAL.fullmatch(first.text) and not is_value(first.text, self.style)
        return named and any(part.index == self.label and is_value(part.text, self.style) for part in line.filled)

    def _level(self, line: DelimitedLine) -> tuple[int, str] | None:
        """The number before the label and its column, where such columns make a hierarchy."""
        if self.label < 2:
            return None
        numbers = [part for part in line.filled if part.index < self.label and _SERIAL.fullmatch(part.text)]
        return (numbers[0].index, numbers[0].text) if numbers else None

    def _values(self, line: DelimitedLine) -> list[Field]:
        label = self._label_field(line)
        after = -1 if self.parallel else label.index if label else self.label
        stray = self._stray_unit(line)
        return [part for part in line.filled if part.index > after and part.index != self.unit and part is not stray]

    def _stray_unit(self, line: DelimitedLine) -> Field | None:
        """A unit that one row has in a field of its own right behind the label, where the header has no such column."""
        label = self._label_field(line)
        parts = [part for part in line.filled if label and part.index > label.index and part.index != self.unit]
        if self.parallel or self.unit is not None or not self.draft.header or len(parts) <= 1:
            return None
        name = self.names.get(parts[0].index)
        measured = name is None or parse_column(name).measure != "other"
        values = all(is_value(part.text, self.style) for part in parts[1:])
        unit = is_unit(parts[0].text) and not is_value(parts[0].text, self.style)
        return parts[0] if measured and values and unit else None

    def _cells(self, line: DelimitedLine) -> tuple[tuple[Cell | None, ...], bool]:
        """The cells of a row and whether their columns are uncertain."""
        values = self._values(line)
        if self._is_left_total(line):
            return self._shifted(values, self.label - line.filled[0].index + self.offset)
        by_place = {part.index - self.offset: part.cell for part in values}
        if all(index in self.positions for index in by_place):
            return tuple(by_place.get(index) for index in self.positions), False
        if len(values) == len(self.positions):
            return tuple(part.cell for part in values), False
        cells = [part.cell for part in values[: len(self.positions)]]
        return (*cells, *[None] * (len(self.positions) - len(cells))), True

    def _shifted(self, values: Sequence[Field], shift: int) -> tuple[tuple[Cell | None, ...], bool]:
        """The cells of a total whose values stand as many fields to the left as its label; uncertain unless all fit."""
        if len(values) == len(self.positions):
            return tuple(part.cell for part in values), False
        places = {part.index + shift: part.cell for part in values}
        cells = tuple(places.get(index) for index in self.positions)
        if set(places) <= set(self.positions) and self._adds_up(cells):
            return cells, False
        return (None,) * len(self.positions), True

    def _adds_up(self, cells: Sequence[Cell | None]) -> bool:
        """Whether ``cells`` are the sums of their columns."""
        rows = [self._cells(row.line)[0] for row in self.draft.rows if not self._is_left_total(row.line)]
        columns = zip(*rows, strict=True)
        sums = [sum((self._number(cell) for cell in column), Decimal(0)) for column in columns]
        return bool(rows) and all(self._number(cell) == total for cell, total in zip(cells, sums, strict=True))

    def _number(self, cell: Cell | None) -> Decimal:
        return (parse_number(cell.text, self.style) if cell else None) or Decimal(0)

    def _rows(self, kind: TableKind) -> Iterator[Row]:
        label = ""
        above: dict[int, str] = {}  # the labels above by the column of their number
        groups = self._groups()
        for row in self.draft.rows:
            cells, ambiguous = self._cells(row.line)
            part = self._label_field(row.line)
            label = self._parallel_label(cells) if self.parallel else part.text if part else label
            level = self._level(row.line)
            above = {place: text for place, text in above.items() if level and place < level[0]}
            groups.enter(row.line, label)
            section = (*row.section, *groups.sections, *above.values())
            if level:
                above[level[0]] = label
            unit = label_unit(label) if kind == "indicator" else None
            if self.unit is not None and self.unit < len(row.line.fields):
                unit = row.line.fields[self.unit].text or unit
            stray = self._stray_unit(row.line)
            unit = stray.text if stray else unit
            yield Row(
                label,
                cells,
                row.line.span,
                unit=unit,
                ambiguous=ambiguous,
                code=level[1] if level else self._code_of(row.line) or groups.row_code,
                section=section,
                units_responsible=groups.units,
                note=clean(row.note) if row.note else None,
                cumulative=mentions(header_key(f"{label} {row.note or ''}"), words("cumulative", "words")),
            )

    def _code_of(self, line: DelimitedLine) -> str | None:
        if self.code is None or self.code >= len(line.fields):
            return None
        return line.fields[self.code].text or None

    def _parallel_label(self, cells: Sequence[Cell | None]) -> str:
        """What the cells of a row of parallel lists have in common before a colon; empty where they have nothing."""
        roles = {cell.text.split(":")[0] for cell in cells if cell is not None and ":" in cell.text}
        return roles.pop() if len(roles) == 1 else ""

    def _kind(self) -> TableKind:
        if self.parallel:
            return "other"
        names = [self.names[index] for index in self.positions]
        heads = header_key(" ".join([*names, *(part.text for line in self.draft.header for part in line.filled)]))
        measures = {parse_column(name).measure for name in names}
        indicators = any(
            starts_with_word(header_key(part.text), words("indicator", "label"))
            for line in self.draft.header
            for part in line.filled
        )
        money = measures - {"other"}
        if indicators and money and money <= {"budget", "spending"}:
            return "budget"  # projects, with an indicator and what they cost in each year
        if indicators or (measures & _PERIODS and not mentions(heads, form_words("money", "words"))):
            return "indicator" if indicators or not self._holds_money() else "budget"
        return "budget" if mentions(heads, form_words("money", "words")) or self._names_no_other_unit() else "other"

    def _names_no_other_unit(self) -> bool:
        """Whether the values are sums of money by their form, and no column says that it holds anything else."""
        units = {parse_column(self.names[index]).unit for index in self.positions}
        return units <= {None, "TL"} and self._holds_money()

    def _holds_money(self) -> bool:
        """Whether most values are sums of money by their form: groups of thousands and two decimals."""
        values = [part.text for row in self.draft.rows for part in self._values(row.line)]
        return 2 * sum(_MONEY.fullmatch(text) is not None for text in values) > len(values)

    def _column(self, name: str, kind: TableKind) -> Column:
        column = parse_column(name)
        if column.unit is None and name:
            column = replace(column, unit=canonical_unit(name.rsplit(" ", 1)[-1]) or column_unit(column))
        told = {parse_column(other).measure for other in self.names.values()}
        planned = "budget" in told or ("rate" in told and canonical_unit(name) == "TL")
        unsaid = column.measure == "other" and planned and told <= {"budget", "other", "rate"}
        return replace(column, measure="budget") if kind == "budget" and unsaid else column

    def _is_contents(self) -> bool:
        """Whether most rows are numbered titles with the pages where they stand, one after the other."""
        rows = [row.line.filled for row in self.draft.rows]
        pages = [
            int(filled[1].text)
            for filled in rows
            if len(filled) == 2 and _CONTENTS.match(filled[0].text) and filled[1].text.isdecimal()
        ]
        return len(pages) >= 0.6 * len(rows) and pages == sorted(pages)
