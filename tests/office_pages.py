"""Pages of the corpus as an office types them: their heads in real cells, merged where print merges them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from office_making import Block, Grid, Heading, Merged, Paragraph

from indexer.records import Row, Table

Cells = list[str | Merged]


def page_of(table: Table) -> list[Block]:
    """A table of the corpus with the headings above it."""
    above: list[Block] = [_title(title) for title in table.context]
    match table.family:
        case "indicators":
            return [*above, Grid(_indicators(table))]
        case "activities":
            return [*above, Grid(_activities(table))]
        case "costs":
            return [Paragraph("FAALİYET MALİYETLERİ TABLOSU"), Grid(_costs(table))]
        case "projects":
            return [*above, Grid(list(_projects(table)))]
        case "totals":
            return [*above, Grid(_listed(table, "Gider Türü"))]
        case "budgets":
            return [*above, Grid(_listed(table, "Açıklama"))]
        case _:
            return [*above, Grid(_listed(table, "Türü"))]


def _title(title: str) -> Block:
    return Paragraph(title) if ":" in title else Heading(title, 2)


def _values(row: Row) -> Cells:
    return [cell.text if cell else "" for cell in row.cells]


def _names(table: Table) -> Cells:
    return [column.name for column in table.columns]


def _indicators(table: Table) -> list[Cells]:
    """Performans Göstergeleri with codes and units in columns of their own, where the rows have them."""
    coded = any(row.code for row in table.rows)
    united = any(row.unit for row in table.rows)
    head: Cells = [*(["PG Kodu"] if coded else []), "Performans Göstergeleri", *(["Ölçü Birimi"] if united else [])]
    rows: list[Cells] = [[*head, *_names(table)]]
    for row in table.rows:
        rows.append(
            [*([row.code or ""] if coded else []), row.label, *([row.unit or ""] if united else []), *_values(row)]
        )
        if row.note:
            rows.append([f"Açıklama: {row.note}"])
    return rows


def _activities(table: Table) -> list[Cells]:
    year = table.columns[0].year
    return [
        [Merged("Faaliyetler", rows=2), Merged(f"Kaynak İhtiyacı ({year}) (TL)", columns=len(table.columns))],
        _names(table),
        *([row.label, *_values(row)] for row in table.rows),
    ]


def _costs(table: Table) -> list[Cells]:
    """The ministry's form: its head in merged cells, economic codes apart, and the outside sources grouped."""
    width = len(table.columns)
    units = table.rows[0].units_responsible
    head: list[Cells] = [["İdare Adı", Merged("BİR BELEDİYESİ", columns=1 + width)]]
    *path, activity = table.context
    for title in path:
        label, _, name = title.partition(": ")
        head.append([label, Merged(name or label, columns=1 + width)])
    head.append(["Faaliyet Adı", Merged(activity, columns=1 + width)])
    head.append(["Sorumlu Harcama Birimi veya Birimleri", Merged(", ".join(units), columns=1 + width)])
    rows: list[Cells] = [*head, [Merged("Ekonomik Kod", columns=2), *_names(table)]]
    for row in table.rows:
        if row.code and row.label.startswith(row.code):
            rows.append([row.code, row.label.removeprefix(row.code).lstrip(". "), *_values(row)])
        else:
            rows.append([Merged(row.label, columns=2), *_values(row)])
    return rows


def _projects(table: Table) -> Iterator[Cells]:
    """Projects of a plan: the code, the name and the directorate are merged over the rows of their indicators."""
    yield ["Proje No", "Proje", "İlgili Müdürlük", "Performans Göstergesi", Merged("Bütçe", columns=len(table.columns))]
    yield ["", "", "", "", *_names(table)]
    for _, group in groupby(table.rows, key=lambda row: (row.code, row.section, row.units_responsible)):
        rows = list(group)
        for number, row in enumerate(rows):
            merged: Sequence[str | Merged] = ()
            if number == 0:
                texts = (row.code or "", " ".join(row.section), ", ".join(row.units_responsible))
                merged = [Merged(text, rows=len(rows)) for text in texts]
            yield [*merged, row.label, *_values(row)]


def _listed(table: Table, head: str) -> list[Cells]:
    """Any other table: codes where the rows have them, labels, values; sections in rows over the whole width."""
    coded = any(row.code for row in table.rows)
    years = all(re.fullmatch(r"(?:19|20)\d\d", row.label) for row in table.rows)
    rows: list[Cells] = [[*(["Kodu"] if coded else []), "Yıl" if years else head, *_names(table)]]
    section: tuple[str, ...] = ()
    for row in table.rows:
        if row.section != section and row.section:
            rows.append([Merged(row.section[-1], columns=len(rows[0]))])
        section = row.section
        code = row.code or ""
        printed = (
            re.fullmatch(re.escape(code) + r"[ .\-]+(?!No)(\S.*)", row.label)
            if re.fullmatch(r"[\d. ]+", code)
            else None
        )
        label = printed[1] if printed else row.label
        rows.append([*([code] if coded else []), label, *_values(row)])
    return rows
