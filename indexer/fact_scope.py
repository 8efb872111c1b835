"""What a table says of all its rows: paths, units, years and measures of the facts in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from indexer.figures import canonical_unit
from indexer.records import Column, Document, Figure, Measure, Row, Table
from indexer.tables.columns import YEAR_OF_PLAN, column_role, header_key, parse_column
from indexer.tables.forms import ends_with_unit, form_words
from indexer.tables.number_words import is_grand_total, is_total
from indexer.turkish import ascii_key, letters
from indexer.units import find_unit

PLAN_NUMBER = re.compile(r"(?:\D{0,6})\d+(?:\.\d+){2,}\.?")
"""The number of a project or an indicator in a plan (``1.2.3``, ``PG. 1.1.1``): it names one thing in a document."""

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_YEAR_ALONE = re.compile(r"\W*((?:19|20)\d\d)\W*(?:yili?)?\W*")
_YEAR_NAMED = re.compile(
    r"(?<![\d./–-])((?:19|20)\d\d)(?:['’]?\w{0,4})? (?:yil|mali yil|butce yil)|"  # 2024 yılı, 2024 mali yılında
    r"(?<!\d)\d{1,2}[./]\d{1,2}[./]((?:19|20)\d\d)(?!\d)"  # 31.12.2024
)
_COUNTING = re.compile(r"(?:hedef|gösterge)i? say", re.IGNORECASE)
_COUNTING_HEADERS = frozenset({"miktar", "miktari", "sayisi", "adedi", "deger", "tutar", "toplam"})
_NUMBERED = re.compile(r"no\b")  # "1 No'lu": the number is the name
_TELLING = re.compile(r"[^\W\d_]{3}")
_YEAR = re.compile(r"(?<![\d./])(?:19|20)\d\d(?!\d)")
_TOTAL_WORD = re.compile(r"(?i)[ ]*(?:genel )?toplamı?$")
_LONGEST_TEXT = 80  # characters of a text beside a label that tells rows apart
_COUNTED = frozenset({"adet", "kişi"})
UNNAMED = re.compile(r"[0-9]+\. sütun")  # what the readers call columns whose header they cannot tell


class TableScope:
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
        of_plan = YEAR_OF_PLAN.fullmatch(header_key(column.name))
        if of_plan is not None and source.kind == "stratejik" and source.period is not None:
            year = source.period[0] + int(of_plan[1]) - 1
            return year if year <= source.period[1] else None
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
            if self._is_planned(self.year(row, column, "other")) and _of_year(column):
                return self._measure_said()
            return "budget" if header_key(column.name) in form_words("resources", "columns") else "other"
        if self.table.kind == "indicator":
            return "target" if self._is_planned(column.year) else "other"
        if unit == "%":
            return "rate"
        measured = (
            unit is not None and unit not in _COUNTED and (known := find_unit(unit)) is not None and known.measure
        )
        return "other" if measured else "count"

    def _measure_said(self) -> Measure:
        """What the caption of a table of money by years says that it is, or the column of its totals."""
        said = [parse_column(self.caption).measure, *(column.measure for column, _ in self.columns)]
        return next((measure for measure in said if measure in ("budget", "spending", "estimate")), "other")

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
        if column.measure == "rate" or column.unit == "%":
            return "%", "%" if "%" in column.name else None
        if row.unit:
            return canonical_unit(row.unit), row.unit
        if column.unit is not None:
            return column.unit, None
        for written in (*_PARENTHESES.findall(row.label), *_PARENTHESES.findall(self.caption)):
            if unit := canonical_unit(written):
                return unit, written
        money = self.table.kind == "budget" and column.measure != "count" and not UNNAMED.fullmatch(column.name)
        return ("TL" if money and not self._is_bare_beside_money(column) else None), None

    def _is_bare_beside_money(self, column: Column) -> bool:
        """Whether a column is named by a year alone while others say that they hold money."""
        said = any(other.unit == "TL" for other, _ in self.columns)
        return said and column.measure == "other" and _YEAR_ALONE.fullmatch(ascii_key(column.name)) is not None


def _of_year(column: Column) -> bool:
    """Whether a column is named by a year alone, or by its place in a plan."""
    return bool(_YEAR_ALONE.fullmatch(ascii_key(column.name)) or YEAR_OF_PLAN.fullmatch(header_key(column.name)))


def _measured(unit: str | None) -> bool:
    """Whether a unit measures (m², TL) instead of counting (adet, öğrenci)."""
    known = find_unit(unit) if unit is not None and unit not in _COUNTED else None
    return known is not None and known.measure


def is_cumulative(row: Row, column: Column) -> bool:
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
