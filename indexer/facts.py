"""Facts: cells of tables made meaningful, each with whose value it is, of what, for when, and where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.figures import NumberStyle, canonical_unit, find_figures, number_style, parse_number
from indexer.records import Cell, Column, Document, Fact, Figure, Measure, Row, Span, Table
from indexer.records import Place as FactPlace
from indexer.tables.columns import ColumnRole, column_role, header_key, parse_column
from indexer.tables.forms import ends_with_unit, form_words
from indexer.tables.number_words import is_grand_total, is_total
from indexer.turkish import ascii_key
from indexer.units import find_unit

PLAN_NUMBER = re.compile(r"(?:\D{0,6})\d+(?:\.\d+){2,}\.?")
"""The number of a project or an indicator in a plan (``1.2.3``, ``PG. 1.1.1``): it names one thing in a document."""

_BLANKS = " \t\r\n\u00a0"
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_BETWEEN_FIGURES = re.compile(r"[\s/,;+|()]*(?:ve)?[\s/,;+|()]*")
_YEAR_ALONE = re.compile(r"\W*((?:19|20)\d\d)\W*(?:yili?)?\W*")
_YEAR_NAMED = re.compile(
    r"(?<![\d./–-])((?:19|20)\d\d)(?:['’]?\w{0,4})? (?:yil|mali yil|butce yil)|"  # 2024 yılı, 2024 mali yılında
    r"(?<!\d)\d{1,2}[./]\d{1,2}[./]((?:19|20)\d\d)(?!\d)"  # 31.12.2024
)
_NO_LETTERS = re.compile(r"[\W_]+")
_COUNTING = re.compile(r"(?:hedef|gösterge)i? say", re.IGNORECASE)
_COUNTING_HEADERS = frozenset({"miktar", "miktari", "sayisi", "adedi", "deger", "tutar", "toplam"})
_UNNAMED = re.compile(r"[0-9]+\. sütun")  # what the readers call columns whose header they cannot tell
_NUMBERED = re.compile(r"no\b")  # "1 No'lu": the number is the name
_TELLING = re.compile(r"[^\W\d_]{3}")
_NUMBER = re.compile(r"[-−]?[0-9]+(?:[.,][0-9]+)*")
_YEAR = re.compile(r"(?<![\d./])(?:19|20)\d\d(?!\d)")
_TOTAL_WORD = re.compile(r"(?i)[ ]*(?:genel )?toplamı?$")
_LONGEST_TEXT = 80  # characters of a text beside a label that tells rows apart
_COUNTED = frozenset({"adet", "kişi"})


def read_facts(document: Document, tables: Sequence[Table]) -> list[Fact]:
    """The facts of a document in reading order.

    A cell becomes a fact when it holds a number (two, where it holds two with their units, as ``300 m² / 2 adet``);
    text, dates and ranges do not. Ambiguous rows give facts marked so. The same row printed at several places is one
    fact with several places; prints that contradict each other stay apart.

    Args:
        document: where the tables stand.
        tables: its tables in reading order.
    """
    style = number_style(document.text)
    merged: dict[tuple[object, ...], Fact] = {}
    found = Counter(letters(label) for table in tables for label in {row.label for row in table.rows})
    common = frozenset(label for label, times in found.items() if times > 1)
    for table in tables:
        scope = _Scope(document, table, common)
        for row in table.rows:
            name = _name(scope, row)
            for fact in _facts_of_row(scope, row, style):
                key = (*name, fact.measure, fact.year, fact.column, fact.figure.value, fact.unit)
                known = merged.get(key)
                merged[key] = fact if known is None else _merge(known, fact)
    return list(merged.values())


class _Scope:
    """What a table says of all its rows: caption, year and the years that it speaks of."""

    def __init__(self, document: Document, table: Table, common: frozenset[str] = frozenset()) -> None:
        """``common``: the labels, as letters, that several tables of the document have."""
        self.document = document
        self._common = common
        self.table = table
        self.context = table.context or ((table.title,) if table.title else ())
        self.caption = re.split(r" [>/] ", table.title)[-1] if table.title else ""
        self._headings = [_years(text) for text in (self.caption, *reversed(self.context))]
        self.path = letters(" ".join(self.context))
        self.columns = [(column, column_role(column.name)) for column in table.columns]
        self._labels = Counter(letters(_without_code(row)) for row in table.rows)
        self._coded = {" ".join(re.split(r"[ .]", row.code)): _without_code(row) for row in table.rows if row.code}
        self._sections: dict[str, list[tuple[str, ...]]] = {}
        for row in table.rows:
            self._sections.setdefault(letters(_without_code(row)), []).append(row.section)
        self._dates = {year for row in table.rows for year in _row_years(row)} if document.source.year else set()

    def context_of(self, row: Row) -> tuple[str, ...]:
        """The headings that hold for a row: for the total of a unit, those down to the unit's own.

        The total of a unit and the total of all units may stand below the rows of the unit's last goal.
        """
        if not self.context or not is_total(row.label):
            return self.context
        if is_grand_total(row.label) and ends_with_unit(self.context[-1]):
            return self.context[:-1]
        owner = self._owner(row)
        return self.context[: self.context.index(owner) + 1] if owner else self.context

    def responsible(self, row: Row) -> tuple[str, ...]:
        """The units responsible for a row; for the total of a unit, that unit."""
        owner = self._owner(row) if is_total(row.label) and not row.units_responsible else None
        return row.units_responsible if owner is None else (_TOTAL_WORD.sub("", row.label.rstrip(": ")).strip(),)

    def _owner(self, row: Row) -> str | None:
        """The heading of the unit that the label of a total row names."""
        name = letters(_TOTAL_WORD.sub("", row.label.rstrip(": ")))
        return next((heading for heading in self.context if name and letters(heading).startswith(name)), None)

    def year(self, row: Row, column: Column, measure: Measure) -> int | None:
        """The year that the column, the row, the section, the caption or the headings name, the nearest first.

        Else the report's own: that of every value of an activity report whose table names no other year, and of the
        targets and budgets of a programme. Where the nearest of them names several years, there is none.
        """
        if column.year is not None:
            return column.year
        for years in (
            _label_years(row.label),
            *(_years(section) for section in reversed(row.section)),
            *self._headings,
        ):
            if years:
                return years.pop() if len(years) == 1 else None
        source = self.document.source
        if source.kind == "faaliyet":
            return source.year if self._dates <= {source.year} else None
        if source.kind == "performans" and (measure == "target" or self.table.kind == "budget"):
            return source.year
        return None

    def measure(self, row: Row, column: Column, unit: str | None) -> Measure:
        """What the value is: as a row of its own kind says ("… - Harcama"), the header, or the form of the table."""
        if self.table.kind == "budget" and unit != "%":
            said = parse_column(row.label.rpartition(" - ")[2]).measure if " - " in row.label else "other"
            if said in ("budget", "spending"):
                return said
        if self.table.kind == "other" and column.measure in ("target", "actual") and _COUNTING.search(column.name):
            return "count"  # how many targets there are
        money = self.table.kind == "budget"
        if unit == "%" and money:
            return "rate"
        if column.measure != "other" and not (column.measure == "count" and (money or _measured(unit))):
            return column.measure
        if self.table.kind == "budget":
            return "budget" if header_key(column.name) in form_words("resources", "columns") else "other"
        if self.table.kind == "indicator":
            return "target" if self._is_planned(column.year) else "other"
        if unit == "%":
            return "rate"
        measured = (
            unit is not None and unit not in _COUNTED and (known := find_unit(unit)) is not None and known.measure
        )
        return "other" if measured else "count"

    def _is_planned(self, year: int | None) -> bool:
        """Whether a column of indicators named by its year alone holds targets: a year that a plan is about."""
        source = self.document.source
        if year is None or source.kind not in ("stratejik", "performans"):
            return False
        first = source.period[0] if source.kind == "stratejik" and source.period else source.year
        return first is not None and year >= first

    def label(self, row: Row, column: Column) -> str:
        """What the value is of, understandable without the table around it and without its code."""
        own = row.label if self.table.kind == "other" else _without_code(row)
        above = row.section[-1] if row.section else (self.context_of(row) or (self.caption,))[-1]
        if self.table.kind == "other":
            return self._label_in_list(row, column, own, above)
        if not any(character.isalpha() for character in own):
            return _joined(row.section[-1] if row.section else column.name or above, row.label)
        if row.section and PLAN_NUMBER.fullmatch(row.code or ""):
            return _joined(row.section[-1], own)
        if self.table.family == "costs":  # the same few items under every activity
            return _joined(self.context[-1] if self.context else self.caption, own)
        if _is_total(own) or not _TELLING.search(own):
            return _joined(above, own)
        return _joined(self._parent(row) or self._parents(row), own) if self._repeated(own) else own

    def _label_in_list(self, row: Row, column: Column, own: str, above: str) -> str:
        """The row of a list with its section or, for a total, its heading, and what its header says is counted."""
        own = _joined(above if row.section or _is_total(own) else "", own)
        if len(self._labels) < len(self.table.rows):  # the labels alone do not tell the rows apart
            own = _joined(own, " – ".join(self._texts(row)))
        named = _TELLING.search(column.name) is not None
        bare = not named and not ends_with_unit(own)
        if letters(own) in self._common and (bare or _NUMBERED.search(ascii_key(own))):
            own = _joined(above, own)  # a contract's price or payment, as every other contract has
        if not named or _says_unit_only(column.name) or column_role(column.name) == "text":
            return own if any(character.isalpha() for character in own) else _joined(above, own)
        return _joined(column.name, own) if len(self.table.columns) == 1 else _joined(own, column.name)

    def _repeated(self, label: str) -> bool:
        return self._labels[letters(label)] > 1

    def _parent(self, row: Row) -> str:
        """The label of the row whose code this row's code goes on from: 2 for 2 1."""
        parts = re.split(r"[ .]", row.code or "")
        code = " ".join(parts[:-1])
        return self._coded.get(code, "") if code else ""

    def _parents(self, row: Row) -> str:
        """The row above in the hierarchy, after the first one above it that tells rows with the same name apart."""
        if not row.section:
            return ""
        others = [path for path in self._sections[letters(_without_code(row))] if path != row.section]
        alike = [path for path in others if path[-1:] == row.section[-1:]]
        apart = [name for name in row.section[:-1] if not any(name in path for path in alike)] if alike else []
        return _joined(apart[0] if apart else "", row.section[-1])

    def _texts(self, row: Row) -> Iterator[str]:
        """The short texts that a row of a list holds beside its label, such as the service after its provider."""
        for (column, role), cell in zip(self.columns, row.cells, strict=True):
            named = column.measure == "other" and column.unit is None and role in ("text", "value")
            if cell is None or not named or len(cell.text) > _LONGEST_TEXT:
                continue
            if _TELLING.search(cell.text) and not any(character.isdigit() for character in cell.text):
                yield cell.text

    def unit(self, row: Row, column: Column, figure: Figure) -> tuple[str | None, str | None]:
        """The canonical unit and the unit as written: of the cell, the row, the column, the label, the caption."""
        if figure.unit is not None:
            return figure.unit, figure.unit_text
        if column.measure == "rate":
            return "%", "%" if "%" in column.name else None
        if row.unit:
            return canonical_unit(row.unit), row.unit
        if column.unit is not None:
            return column.unit, None
        for written in (*_PARENTHESES.findall(row.label), *_PARENTHESES.findall(self.caption)):
            if unit := canonical_unit(written):
                return unit, written
        money = self.table.kind == "budget" and column.measure != "count" and not _UNNAMED.fullmatch(column.name)
        return ("TL" if money else None), None


def _measured(unit: str | None) -> bool:
    """Whether a unit measures (m², TL) instead of counting (adet, öğrenci)."""
    known = find_unit(unit) if unit is not None and unit not in _COUNTED else None
    return known is not None and known.measure


def _is_cumulative(row: Row, column: Column) -> bool:
    """Whether the row says so, and of this year where its footnote names one ("2024 hedefi kümülatiftir")."""
    years = {int(year) for year in _YEAR.findall(row.note or "")}
    return row.cumulative and (not years or column.year in years)


def _without_code(row: Row) -> str:
    label = row.label.removeprefix(row.code or "").lstrip(" .-").rstrip("* ")
    return row.label.rstrip("* ") if _NUMBERED.match(ascii_key(label)) else label


def _is_total(label: str) -> bool:
    return ascii_key(label) in form_words("totals", "labels")


def _says_unit_only(header: str) -> bool:
    """Whether a header is no more than "Adet", "Sayı" or "Miktarı"."""
    unit = find_unit(header)
    return (unit is not None and (unit.measure or unit.name in _COUNTED)) or ascii_key(header) in _COUNTING_HEADERS


def _joined(above: str, label: str) -> str:
    if letters(above) == letters(label):
        return label
    return " – ".join(part for part in (above, label) if part)


def _years(text: str) -> set[int]:
    return {int(named or dated) for named, dated in _YEAR_NAMED.findall(ascii_key(text))}


def _label_years(label: str) -> set[int]:
    alone = _YEAR_ALONE.fullmatch(ascii_key(label))
    return {int(alone[1])} if alone else _years(label)


def _row_years(row: Row) -> set[int]:
    cells = (_years(cell.text) for cell in row.cells if cell is not None)
    return _label_years(row.label).union(*cells)


def _facts_of_row(scope: _Scope, row: Row, style: NumberStyle) -> Iterator[Fact]:
    document, table = scope.document, scope.table
    remarks = _remarks(scope, row)
    for (column, role), cell in zip(scope.columns, row.cells, strict=True):
        if cell is None or not _holds_values(column, role):
            continue
        for figure in _figures(document, cell, style):
            unit, unit_text = scope.unit(row, column, figure)
            measure = scope.measure(row, column, unit)
            yield Fact(
                municipality=document.source.municipality,
                document=document.id,
                label=scope.label(row, column),
                measure=measure,
                year=scope.year(row, column, measure),
                figure=replace(figure, unit=unit, unit_text=unit_text),
                column=column.name,
                unit=unit,
                unit_text=unit_text,
                context=(*scope.context_of(row), *row.section),
                places=(FactPlace(document.id, row.span, figure.span),),
                table_kind=table.kind,
                units_responsible=scope.responsible(row),
                status=remarks.status,
                reason=remarks.reason,
                note=remarks.note,
                cumulative=_is_cumulative(row, column),
                ambiguous=row.ambiguous or _UNNAMED.fullmatch(column.name) is not None,
                code=row.code,
            )


def _holds_values(column: Column, role: ColumnRole) -> bool:
    return role == "value" or (role == "text" and (column.measure != "other" or column.unit is not None))


def _figures(document: Document, cell: Cell, style: NumberStyle) -> Iterable[Figure]:
    """The number of a cell, or its numbers where only numbers with units stand there; verbatim."""
    start, end = cell.span.start, cell.span.end
    raw = document.text[start:end]
    value = parse_number(cell.text, style)
    if value is not None:
        if any(character.isalpha() for character in raw):
            inside = [_moved(figure, start) for figure in find_figures(raw, style)]
            if len(inside) == 1 and inside[0].value == value and inside[0].unit is not None:
                return inside
            numbers = list(_NUMBER.finditer(raw))
            if len(numbers) == 1 and parse_number(numbers[0][0], style) == value:
                written = raw.replace(numbers[0][0], "").strip(_BLANKS)
                return [Figure(value, numbers[0][0], _span(numbers[0], start), canonical_unit(written), written)]
        lead = len(raw) - len(raw.lstrip(_BLANKS))
        text = raw.strip(_BLANKS)
        unit = "%" if "%" in text else None
        return [Figure(value, text, Span(start + lead, start + lead + len(text)), unit, unit)]
    inside = find_figures(raw, style) if any(character.isdigit() for character in raw) else []
    if len(inside) < 2 or any(figure.unit is None for figure in inside) or not _nothing_else(raw, inside):
        return []
    return [_moved(figure, start) for figure in inside]


def _span(match: re.Match[str], offset: int) -> Span:
    return Span(match.start() + offset, match.end() + offset)


def _nothing_else(raw: str, figures: Sequence[Figure]) -> bool:
    """Whether ``raw`` holds figures with their units and what stands between two of them only."""
    end = 0
    for figure in figures:
        if not _BETWEEN_FIGURES.fullmatch(raw[end : figure.span.start]):
            return False
        end = figure.span.end
        unit = figure.unit_text or ""
        if unit and (place := raw.find(unit, end)) >= 0 and not raw[end:place].strip(_BLANKS):
            end = place + len(unit)
    return bool(_BETWEEN_FIGURES.fullmatch(raw[end:]))


def _moved(figure: Figure, offset: int) -> Figure:
    return replace(figure, span=Span(figure.span.start + offset, figure.span.end + offset))


@dataclass(frozen=True, slots=True)
class _Remarks:
    """The text cells of a row that speak of its values."""

    status: str | None = None
    reason: str | None = None
    note: str | None = None


def _remarks(scope: _Scope, row: Row) -> _Remarks:
    found: dict[str, str] = {}
    for (_, role), cell in zip(scope.columns, row.cells, strict=True):
        if cell is not None:
            found.setdefault(role, cell.text)
    reason = found.get("reason")
    if scope.table.kind == "other":  # an explanation in a list explains the thing, not a deviation
        return _Remarks(found.get("status"), None, row.note or reason)
    return _Remarks(found.get("status"), reason, row.note)


def _name(scope: _Scope, row: Row) -> tuple[str | None, ...]:
    """What two prints of one row agree in, besides the value.

    Under a plan's number the name of the project may be spelt otherwise and the path may differ (theme, directorate).
    """
    if row.code and PLAN_NUMBER.fullmatch(row.code):
        return letters(row.label), row.code
    return letters(row.label), row.code, scope.path, letters(" ".join(row.section))


def _merge(known: Fact, other: Fact) -> Fact:
    """One fact of two prints: the places of both, and what only the second says."""
    units = dict.fromkeys((*known.units_responsible, *other.units_responsible))
    return replace(
        known,
        places=known.places + other.places,
        units_responsible=tuple(units),
        status=known.status or other.status,
        reason=known.reason or other.reason,
        note=known.note or other.note,
        ambiguous=known.ambiguous and other.ambiguous,
    )


def letters(text: str) -> str:
    """The letters and digits of a text as keys: what two prints share however they are wrapped or hyphenated."""
    return _NO_LETTERS.sub("", ascii_key(text))
