"""Contract: a page of the corpus as Word document, spreadsheet or web page gives the facts that the text gives."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache

import pytest
from fact_reading import CORPORA, DEFNE, IZMIR_2020, IZMIR_2024, KARS, KAYSERI
from office_making import Block, Item, Paragraph, blocks_of, docx_of, html_of, xlsx_of
from office_pages import page_of

from indexer.catalogue import load_catalogue
from indexer.documents import DEFAULT_OPTIONS, load_entry, read_entry
from indexer.facts import read_facts
from indexer.outline import read_outline
from indexer.prose_figures import read_prose_figures
from indexer.reading.base import Reader
from indexer.reading.docx import DocxReader
from indexer.reading.html import HtmlReader
from indexer.reading.xlsx import XlsxReader
from indexer.records import Document, Fact, Table
from indexer.tables import read_tables

READERS: dict[str, Reader] = {"docx": DocxReader(), "xlsx": XlsxReader(), "html": HtmlReader()}
MAKERS = {"docx": docx_of, "xlsx": xlsx_of, "html": html_of}
FORMATS = sorted(READERS)

# The first and last line of a stretch of each document; the whole document need not be read for its facts.
STRETCHES = {
    IZMIR_2024: (2105, 2290),
    IZMIR_2020: (14657, 14815),
    KARS: (7426, 7660),
    DEFNE: (61, 240),
    KAYSERI: (910, 1120),
}


@cache
def _whole(name: str) -> Document:
    entry = next(entry for entry in load_catalogue(CORPORA).entries if entry.id == name)
    return read_entry(load_entry(CORPORA / entry.file, entry), entry, DEFAULT_OPTIONS).document


@cache
def _stretch(name: str, first: int, last: int) -> tuple[Document, tuple[Table, ...], tuple[Fact, ...]]:
    document = _whole(name)
    if name == DEFNE:  # its reader learns the names of units from the whole of it
        spans = document.lines[first - 1].start, document.lines[last].start
        tables = [
            table for table in read_tables(document, read_outline(document)) if spans[0] <= table.span.start < spans[1]
        ]
    else:
        document = Document(document.source, "\n".join(line.text for line in document.lines[first - 1 : last]) + "\n")
        tables = read_tables(document, read_outline(document))
    return document, tuple(tables), tuple(read_facts(document, tables))


def _read(blocks: list[Block], name: str, format_name: str) -> tuple[Document, list[Fact]]:
    reader = READERS[format_name]
    reading = reader.read(MAKERS[format_name](blocks), "belge")
    document = Document(_whole(name).source, reading.text, reading.pages, reader.format)
    return document, read_facts(document, read_tables(document, read_outline(document)))


def _told(facts: list[Fact] | tuple[Fact, ...]) -> Counter[tuple[object, ...]]:
    """What the facts say, ambiguous ones left out."""
    return Counter(
        (" ".join(fact.label.split()), fact.measure, fact.year, fact.figure.value, fact.unit)
        for fact in facts
        if not fact.ambiguous
    )


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("name", "family", "fewest"),
    [
        (IZMIR_2024, "indicators", 60),  # units in a column of their own
        (IZMIR_2024, "activities", 40),  # a head of two rows
        (IZMIR_2020, "indicators", 40),  # texts beside the values: status and reason
        (KARS, "indicators", 30),  # codes before the labels
        (DEFNE, "projects", 20),  # code, name and unit merged over several rows
    ],
)
def test_tables_give_the_facts_of_the_text(name: str, family: str, fewest: int, format_name: str) -> None:
    _, tables, facts = _stretch(name, *STRETCHES[name])
    expected: Counter[tuple[object, ...]] = Counter()
    found: Counter[tuple[object, ...]] = Counter()
    for table in (table for table in tables if table.family == family):
        rows = [
            place for fact in facts for place in fact.places if table.span.start <= place.row.start < table.span.end
        ]
        own = [fact for fact in facts if any(place in rows for place in fact.places)]
        expected += _told(own)
        office, read = _read(page_of(table), name, format_name)
        found += _told(read)
        for fact in read:
            assert all(office.text[p.cell.start : p.cell.end].strip() for p in fact.places)
    assert sum(expected.values()) >= fewest
    assert found == expected


@pytest.mark.parametrize("format_name", FORMATS)
def test_cost_tables_give_the_facts_of_the_text(format_name: str) -> None:
    _, tables, facts = _stretch(IZMIR_2024, 4630, 4760)
    own = [table for table in tables if table.family == "costs"]
    blocks = [block for table in own for block in page_of(table)]
    _, read = _read(blocks, IZMIR_2024, format_name)
    assert len(own) > 2
    assert _told(read) == _told(facts)
    assert {fact.units_responsible for fact in read} == {fact.units_responsible for fact in facts}


@pytest.mark.parametrize("format_name", FORMATS)
def test_budget_tables_with_codes_give_the_facts_of_the_text(format_name: str) -> None:
    _, tables, _ = _stretch(IZMIR_2020, 4140, 4260)
    table = next(table for table in tables if table.family == "budgets")
    _, read = _read(page_of(table), IZMIR_2020, format_name)
    said = {(fact.label, fact.measure, fact.figure.value, fact.unit) for fact in read}
    assert ("Vergi Gelirleri", "budget", Decimal("57883000.00"), "TL") in said
    assert ("Vergi Gelirleri", "actual", Decimal("49432198.22"), "TL") in said
    assert ("Vergi Gelirleri", "other", Decimal("36080.66"), "TL") in said  # refunds are neither
    assert ("Vergi Gelirleri", "rate", Decimal("85.34"), "%") in said


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_tab_separated_stretch_is_read_as_before(format_name: str) -> None:
    """Indicators with explanations, resources of activities and cost tables, with the forms around them."""
    document, _, facts = _stretch(KAYSERI, *STRETCHES[KAYSERI])
    _, read = _read(blocks_of(document, 1, len(document.lines)), KAYSERI, format_name)
    assert sum(_told(facts).values()) > 100
    assert _told(read) == _told(facts)
    assert Counter(fact.note for fact in read) == Counter(fact.note for fact in facts)


PROSE = (
    "2020 mali yılı gelir bütçesi net 6.375.821.187,45 TL tahmin edilmiş olup, yıl sonunda 6.201.854.709,36 TL "
    "tahsilat yapılmış, yapılan tahsilatlardan 6.171.919,85 TL red ve iade yapılarak net 6.195.682.789,51 TL gelir "
    "tahsil edilmiştir. 2020 mali yılı gelir bütçesinin gerçekleşme oranı % 97,17’dir."
)


@pytest.mark.parametrize("format_name", FORMATS)
def test_figures_in_prose_and_lists_stay_as_written(format_name: str) -> None:
    document, _ = _read(
        [Paragraph(PROSE), Item("İstihdam edilen 4.005 memur"), Item("12.250 m² park")], IZMIR_2020, format_name
    )
    assert PROSE in document.text
    values = {figure.figure.value for figure in read_prose_figures(document, [])}
    assert Decimal("6375821187.45") in values
    for text in ("İstihdam edilen 4.005 memur", "12.250 m² park"):
        assert text in document.text
