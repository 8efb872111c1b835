"""PDFs of real pages: the same facts as in the text, on the right pages, at the places where they were drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import pypdfium2 as pdfium
import pytest
from fact_reading import IZMIR_2024, KARS, KAYSERI, facts_of
from pdf_making import Merged, Sheet, draw_table

from indexer.errors import DocumentError
from indexer.facts import read_facts
from indexer.figures import find_figures, number_style
from indexer.outline import read_outline
from indexer.reading.base import Reading
from indexer.reading.formats import SUFFIXES
from indexer.reading.pdf import PdfReader
from indexer.records import Box, Document, Fact, Table
from indexer.tables import read_tables

WIDE = (842.0, 595.0)


def read(data: bytes) -> Reading:
    return PdfReader().read(data, "belge.pdf")


@cache
def tables_of(name: str) -> tuple[Table, ...]:
    document, _ = facts_of(name)
    return tuple(read_tables(document, read_outline(document)))


def tables_at(name: str, first: int, last: int) -> list[Table]:
    document, _ = facts_of(name)
    return [table for table in tables_of(name) if first <= document.line_at(table.span.start) <= last]


def as_document(name: str, data: bytes) -> Document:
    reading = read(data)
    return Document(facts_of(name)[0].source, reading.text, reading.pages, "pdf", reading.layouts)


def facts_in(document: Document) -> list[Fact]:
    return read_facts(document, read_tables(document, read_outline(document)))


def key(fact: Fact) -> tuple[object, ...]:
    return fact.municipality, fact.label, fact.measure, fact.year, fact.figure.value, fact.unit


def drawn(tables: Sequence[Table], borders: str, **options: object) -> Sheet:
    sheet = Sheet(size=WIDE, letters=6.5, **options)  # type: ignore[arg-type]
    for table in tables:
        for place, heading in enumerate(table.context[-3:], 1):
            activity = table.family == "costs" and place == len(table.context[-3:])
            sheet.line(f"Faaliyet Adı: {heading}" if activity else heading)
        draw_table(sheet, table, borders)
    return sheet


def box_of(document: Document, fact: Fact) -> tuple[int, Box]:
    """The page and the box of a fact's figure by the layouts."""
    (found,) = {
        (layout.number, word.box)
        for layout in document.layouts
        for word in layout.words
        if word.span.start <= fact.places[0].cell.start < word.span.end
    }
    return found


def assert_in_place(document: Document, sheet: Sheet, facts: Sequence[Fact]) -> None:
    for fact in facts:
        page, box = box_of(document, fact)
        assert document.page_at(fact.places[0].cell.start) == page
        middle = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        assert any(
            line.page == page
            and fact.figure.text in line.text
            and line.x0 - 1 <= middle[0] <= line.x1 + 1
            and line.top - 2 <= middle[1] <= line.bottom + 2
            for line in sheet.drawn
        ), (fact.label, fact.figure.text, page, box)


@pytest.mark.parametrize(("borders", "turned"), [("all", False), ("inner", False), ("none", False), ("all", True)])
@pytest.mark.parametrize(
    ("name", "first", "last", "families", "count"),
    [
        (IZMIR_2024, 2113, 2190, {"indicators", "activities"}, 100),
        (IZMIR_2024, 10159, 10191, {"costs"}, 5),
        (IZMIR_2024, 14802, 14839, {"totals"}, 30),
        (KARS, 7427, 7600, {"indicators"}, 10),
        (IZMIR_2024, 1176, 1215, {"pairs"}, 20),
    ],
)
def test_tables_give_the_same_facts(
    name: str, first: int, last: int, families: set[str], count: int, borders: str, turned: bool
) -> None:
    source, _ = facts_of(name)
    tables = tables_at(name, first, last)
    assert {table.family for table in tables} & families
    truth = [fact for fact in read_facts(source, tables) if not fact.ambiguous]
    sheet = drawn(tables, borders, numbered=True, turned=turned)
    document = as_document(name, sheet.bytes())
    facts = [fact for fact in facts_in(document) if not fact.ambiguous]
    assert len(truth) >= count
    assert Counter(map(key, facts)) == Counter(map(key, truth))
    assert_in_place(document, sheet, facts)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("first", "last", "count"), [(911, 990, 50)])
def test_pages_of_forms_give_the_same_facts(first: int, last: int, count: int, turned: bool) -> None:
    """Forms with head, indicators, explanations, resources and costs, every cell bordered."""
    source, facts = facts_of(KAYSERI)
    truth = [fact for fact in facts if first <= source.line_at(fact.places[0].row.start) <= last]
    sheet = Sheet(size=WIDE, letters=6.5, turned=turned)
    block: list[list[str]] = []
    for line in source.lines[first - 1 : last]:
        if "\t" in line.text:
            block.append(line.text.split("\t"))
        elif block:
            width = max(map(len, block))
            sheet.table([[*row, *[""] * (width - len(row))] for row in block], [2, 6, *[1.5] * (width - 2)], head=0)
            block = []
        if "\t" not in line.text and line.text.strip():
            sheet.line(line.text)
    document = as_document(KAYSERI, sheet.bytes())
    found = facts_in(document)
    assert len(truth) > count
    assert Counter(map(key, found)) == Counter(map(key, truth))
    assert_in_place(document, sheet, found)


PROSE = (
    "2020 mali yılı gelir bütçesi net 6.375.821.187,45 TL tahmin edilmiş olup, yıl sonunda 6.201.854.709,36 TL "
    "tahsilat yapılmış, yapılan tahsilatlardan 6.171.919,85 TL red ve iade yapılarak net 6.195.682.789,51 TL gelir "
    "tahsil edilmiştir. 2020 mali yılı gelir bütçesinin gerçekleşme oranı % 97,17’dir."
)


def test_prose_keeps_its_figures_in_one_column_and_in_two() -> None:
    style = number_style(PROSE)
    truth = [(figure.value, figure.unit) for figure in find_figures(PROSE, style)]
    sheet = Sheet()
    sheet.line("GELİR BÜTÇESİ", size=13, bold=True)
    sheet.line(PROSE)
    sheet.columns([PROSE, "Sol sütun burada biter."], [PROSE.replace("2020", "2021"), "Sağ sütun burada biter."])
    text = " ".join(read(sheet.bytes()).text.split())
    assert text.startswith(f"GELİR BÜTÇESİ {PROSE} {PROSE} Sol sütun burada biter. ")
    assert text.endswith(f"{PROSE.replace('2020', '2021')} Sağ sütun burada biter.")
    assert [(figure.value, figure.unit) for figure in find_figures(text, style)][: len(truth)] == truth


def test_table_that_goes_on_over_pages_is_one() -> None:
    source, _ = facts_of(IZMIR_2024)
    tables = [table for table in tables_at(IZMIR_2024, 2113, 2190) if table.kind == "indicator"]
    truth = Counter(map(key, read_facts(source, tables)))
    for borders in ("all", "none"):
        for repeat in (True, False):
            sheet = Sheet(size=(842, 330), letters=7, numbered=True)
            for table in tables:
                draw_table(sheet, table, borders, repeat=repeat)
            document = as_document(IZMIR_2024, sheet.bytes())
            facts = facts_in(document)
            assert Counter(map(key, facts)) == truth, (borders, repeat)
            assert {document.page_at(fact.places[0].cell.start) for fact in facts} == {*range(1, sheet.page + 1)}
            assert document.text.count("2022 Gerçekleşen") == 1
            assert_in_place(document, sheet, facts)


def test_merged_cells_stand_in_their_first_place() -> None:
    rows = [
        ["Birim", Merged("Kaynak İhtiyacı (TL)", across=2), None],
        ["", "Bütçe İçi", "Bütçe Dışı"],
        [Merged("Fen İşleri", down=2), "1.000,00", "2.000,00"],
        [None, "3.000,00", ""],
    ]
    sheet = Sheet()
    sheet.table(rows, [2, 1, 1])
    assert read(sheet.bytes()).text == (
        "Birim\tKaynak İhtiyacı (TL)\t\n\tBütçe İçi\tBütçe Dışı\nFen İşleri\t1.000,00\t2.000,00\n\t3.000,00\t\n"
    )


def test_spans_of_words_are_their_places_in_the_text() -> None:
    sheet = drawn(tables_at(IZMIR_2024, 2113, 2190), "all")
    reading = read(sheet.bytes())
    ends = [0]
    for layout in reading.layouts:
        for word in layout.words:
            piece = reading.text[word.span.start : word.span.end]
            assert piece
            assert piece.split() == [piece]
            assert reading.text[ends[-1] : word.span.start].strip() == ""
            ends.append(word.span.end)
    assert reading.text[ends[-1] :].strip() == ""


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (30, 50, 560, 700)])
def test_boxes_are_where_the_page_shows_the_words(
    rotation: int, crop: tuple[float, float, float, float] | None
) -> None:
    sheet = Sheet(rotation=rotation, crop=crop, margin=160)
    sheet.line("Dökülecek Sıcak Asfalt Miktarı 1.100.000")
    data = sheet.bytes()
    (layout,) = read(data).layouts
    page = pdfium.PdfDocument(data)[0]
    picture = page.render(scale=2).to_pil().convert("L")
    assert abs(layout.width - picture.width / 2) <= 1
    assert abs(layout.height - picture.height / 2) <= 1
    left, top, right, bottom = picture.point(lambda shade: 255 * (shade < 128)).getbbox()
    boxes = [word.box for word in layout.words]
    assert abs(min(box.x0 for box in boxes) - left / 2) < 3
    assert abs(max(box.x1 for box in boxes) - right / 2) < 3
    assert abs(min(box.top for box in boxes) - top / 2) < 4
    assert abs(max(box.bottom for box in boxes) - bottom / 2) < 4


@pytest.mark.parametrize("borders", ["all", "none"])
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_page_that_is_shown_sideways_is_read(rotation: int, borders: str) -> None:
    tables = tables_at(IZMIR_2024, 2113, 2150)
    upright = drawn(tables, borders)
    reading = read(upright.bytes())
    sheet = drawn(tables, borders, rotation=rotation)
    turned = read(sheet.bytes())
    assert [line for line in turned.text.split("\n") if line] == [line for line in reading.text.split("\n") if line]
    assert "Dökülecek Sıcak Asfalt Miktarı" in turned.text
    layout, own = turned.layouts[0], reading.layouts[0]
    size = (own.width, own.height) if rotation == 180 else (own.height, own.width)
    assert (layout.width, layout.height) == pytest.approx(size)
    for word, plain in zip(layout.words, own.words, strict=True):
        at = {
            90: (own.height - plain.box.bottom, plain.box.x0),
            180: (own.width - plain.box.x1, own.height - plain.box.bottom),
            270: (plain.box.top, own.width - plain.box.x1),
        }[rotation]
        assert (word.box.x0, word.box.top) == pytest.approx(at, abs=0.02)


def test_running_heads_and_page_numbers_are_no_text() -> None:
    sheet = Sheet(head="Kars Belediyesi 2024 Faaliyet Raporu", numbered=True)
    for number in range(4):
        sheet.line(f"{number + 1}. bölümün metni 2024 yılında yazıldı.")
        if number < 3:
            sheet.new_page()
    reading = read(sheet.bytes())
    assert reading.text == "".join(f"{n}. bölümün metni 2024 yılında yazıldı.\n\n" for n in range(1, 5)).rstrip() + "\n"
    assert [page.number for page in reading.pages] == [1, 2, 3, 4]


def test_scanned_pages_are_told_and_the_others_read() -> None:
    sheet = Sheet()
    sheet.line("Birinci sayfa okunur.")
    for _ in range(2):
        sheet.new_page()
        sheet.picture()
    reading = read(sheet.bytes())
    assert reading.text == "Birinci sayfa okunur.\n"
    assert reading.notes == ("taranmış, metni olmayan sayfalar: 2-3.",)
    assert len(reading.layouts) == 3


def _scanned() -> bytes:
    sheet = Sheet()
    sheet.picture()
    return sheet.bytes()


def _empty() -> bytes:
    sheet = Sheet()
    sheet.new_page()
    return sheet.bytes()


def _locked() -> bytes:
    sheet = Sheet(encrypt="gizli")
    sheet.line("Gizli metin.")
    return sheet.bytes()


def _cut() -> bytes:
    sheet = Sheet()
    sheet.line(PROSE)
    return sheet.bytes()[:-600]


def _without_pages() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 bir zip", "PDF değil"),
        (b"", "PDF değil"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF", "bozuk"),
        (_scanned(), "taranmış"),
        (_locked(), "parola"),
        (_cut(), "yarım"),
        (_without_pages(), "hiç sayfa yok"),
        (_empty(), "metin yok"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError) as error:
        read(data)
    message = str(error.value)
    assert said in message
    assert message.startswith("belge.pdf: ")
    assert "\n" not in message


def test_empty_password_opens() -> None:
    sheet = Sheet(encrypt="")
    sheet.line("Açık metin: ığüşöç İĞÜŞÖÇ.")
    assert read(sheet.bytes()).text == "Açık metin: ığüşöç İĞÜŞÖÇ.\n"


def test_pdf_is_a_format() -> None:
    assert ".pdf" in SUFFIXES
