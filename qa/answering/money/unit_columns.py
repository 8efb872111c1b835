"""The columns of a table of units' money whose header fell to pieces, told by what the source computed from them.

Such a table prints how much of its appropriation each unit spent, in per cent. The two columns of sums that give this
percentage in every row are the appropriation and the spending; no other reading of the columns does. Where no pair of
columns does, or two do, nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from indexer.figures import number_style, parse_number
from indexer.index import Index
from indexer.records import Cell, Document, Fact, Figure, Measure, Place, Table
from qa.finding.lines import Line, lines_of
from qa.finding.vocabulary import says
from qa.remembering import once_a_document

_LEAST_ROWS = 5  # rows with different percentages that prove two columns
_AGREE = 0.9  # share of the rows that must agree; one or the other may hold a misprint
_HEADER = 600  # characters above a table in which the words of its header stand
_HUNDRED = 100


@once_a_document
def unit_lines(index: Index, document: str) -> tuple[Line, ...]:
    """The rows of units and of their sum whose appropriation and spending were told so, with these two values."""
    tables: dict[int, list[Line]] = {}
    for line in lines_of(index, document):
        if line.table.kind == "budget" and not line.facts and ("unit" in line.kinds or line.total):
            tables.setdefault(line.table.span.start, []).append(line)
    found: list[Line] = []
    for lines in tables.values():
        units = [line for line in lines if not line.total]
        held = index.documents[document]
        pair = _pair(units, held) if _is_headed(lines[0].table, held) else None
        if pair is not None:
            found += [replace(line, facts=_facts(line, pair, held)) for line in units]
    return tuple(found)


def _is_headed(table: Table, document: Document) -> bool:
    """Whether the header's words are of appropriations and of spending."""
    above = document.text[max(0, table.span.start - _HEADER) : table.span.start + _HEADER // 2]
    return says("unit_money", above, "granted") and says("unit_money", above, "spent")


def _pair(lines: Sequence[Line], document: Document) -> tuple[int, int] | None:
    """The places of the columns of appropriations and of spending; None where the percentages prove none."""
    style = number_style(document.text)
    rows = [tuple(parse_number(cell.text, style) if cell else None for cell in line.row.cells) for line in lines]
    width = max(map(len, rows), default=0)
    fits: dict[tuple[int, int], int] = {}
    for granted, spent, rate in permutations(range(width), 3):
        values = [(row[granted], row[spent], row[rate]) for row in rows if len(row) == width]
        whole = [(first, part, told) for first, part, told in values if first and part is not None and told is not None]
        agreeing = [told for first, part, told in whole if abs(part / first * _HUNDRED - told) < 1]
        many = len(whole) >= _LEAST_ROWS and len(set(agreeing)) >= _LEAST_ROWS
        if many and len(agreeing) >= _AGREE * len(whole) and max(agreeing) <= _HUNDRED:
            fits[granted, spent] = max(fits.get((granted, spent), 0), len(agreeing))
    best = sorted(fits, key=lambda pair: -fits[pair])
    if not best or (len(best) > 1 and fits[best[0]] == fits[best[1]]):
        return None
    return best[0]


def _facts(line: Line, pair: tuple[int, int], document: Document) -> tuple[Fact, ...]:
    measures: tuple[Measure, Measure] = ("budget", "spending")
    cells = [line.row.cells[place] if place < len(line.row.cells) else None for place in pair]
    made = [_fact(line, cell, measure, document) for cell, measure in zip(cells, measures, strict=True) if cell]
    return tuple(fact for fact in made if fact is not None)


def _fact(line: Line, cell: Cell, measure: Measure, document: Document) -> Fact | None:
    value: Decimal | None = parse_number(cell.text, number_style(document.text))
    if value is None:
        return None
    return Fact(
        municipality=document.source.municipality,
        document=document.id,
        label=line.row.label,
        measure=measure,
        year=document.source.year,
        figure=Figure(value, cell.text, cell.span, "TL", None),
        column="",
        unit="TL",
        unit_text=None,
        context=line.table.context,
        places=(Place(document.id, line.row.span, cell.span),),
        table_kind=line.table.kind,
    )
