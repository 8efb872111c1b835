"""Contract: the text form of Word documents, spreadsheets and web pages, as base.Reading promises it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st
from office_making import Grid, Heading, Item, Merged, Paragraph, docx_of, html_of, saved, word_element, xlsx_of
from openpyxl import Workbook

from indexer.errors import DocumentError
from indexer.figures import NumberStyle
from indexer.outline import read_outline
from indexer.reading.docx import DocxReader
from indexer.reading.flow import Flow, GridCell, lay_out, one_line
from indexer.reading.html import HtmlReader
from indexer.reading.number_formats import Shown, shown_date
from indexer.reading.xlsx import XlsxReader
from indexer.records import Document, Source

PAGE = [
    Heading("Mali Bilgiler", 2),
    Paragraph("Gelirler aşağıdadır."),
    Grid([["Yıl", Merged("Bütçe (TL)", columns=2)], ["", "Gelir", "Gider"], ["2024", "1.100.000", "950.000,50"]]),
    Item("Park yapımı"),
    Item("Yol yapımı"),
]


def _docx(data: bytes) -> str:
    return DocxReader().read(data, "x.docx").text


def _xlsx(book: Workbook) -> str:
    return XlsxReader().read(saved(book), "x.xlsx").text


def _html(body: str, head: str = "") -> str:
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return HtmlReader().read(page.encode(), "x.html").text


TABLE = "Yıl\tBütçe (TL)\t\n\tGelir\tGider\n2024\t1.100.000\t950.000,50"


def test_headings_paragraphs_tables_and_lists_in_their_order() -> None:
    text = f"## Mali Bilgiler\n\nGelirler aşağıdadır.\n\n{TABLE}\n\n• Park yapımı\n• Yol yapımı\n"
    assert _docx(docx_of(PAGE)) == text
    assert HtmlReader().read(html_of(PAGE), "x").text == text


def test_a_sheet_is_a_heading_and_the_lines_of_its_cells() -> None:
    text = XlsxReader().read(xlsx_of(PAGE[2:3], "Bütçe"), "x").text
    assert text == f"# Bütçe\n\n{TABLE}\n"


# Word


def test_tracked_changes_hidden_text_and_fields() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Hedef ")
    namespace = nsdecls("w")
    for xml in (
        f"<w:del {namespace}><w:r><w:delText>100</w:delText></w:r></w:del>",
        f"<w:ins {namespace}><w:r><w:t>250</w:t></w:r></w:ins>",
        f"<w:moveFrom {namespace}><w:r><w:t> eski</w:t></w:r></w:moveFrom>",
        f"<w:r {namespace}><w:rPr><w:vanish/></w:rPr><w:t> gizli</w:t></w:r>",
        f"<w:r {namespace}><w:instrText> PAGEREF _x </w:instrText></w:r>",
        f'<w:r {namespace}><w:t xml:space="preserve"> m</w:t></w:r>',
        f'<w:r {namespace}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>',
        f"<w:hyperlink {namespace}><w:r><w:t> parke</w:t></w:r></w:hyperlink>",
    ):
        paragraph._p.append(parse_xml(xml))
    assert _docx(saved(document)) == "Hedef 250 m² parke\n"


def test_deleted_rows_and_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Koşan başlık"
    document.sections[0].footer.paragraphs[0].text = "Sayfa 12"
    table = document.add_table(3, 2)
    for number, row in enumerate(table.rows):
        row.cells[0].text, row.cells[1].text = f"Satır {number}", str(number)
    properties = table.rows[1]._tr.get_or_add_trPr()
    properties.append(word_element("w:del"))
    assert _docx(saved(document)) == "Satır 0\t0\nSatır 2\t2\n"


def test_headings_by_turkish_style_names_and_outline_levels() -> None:
    document = docx.Document()
    style = document.styles.add_style("Başlık 3", 1)
    document.add_paragraph("Stil adıyla", style)
    derived = document.styles.add_style("Bizim Başlık", 1)
    derived.base_style = style
    document.add_paragraph("Türemiş stille", derived)
    paragraph = document.add_paragraph("Anahat düzeyiyle")
    paragraph._p.get_or_add_pPr().append(word_element("w:outlineLvl", val="1"))
    document.add_paragraph("Belge Adı", "Title")
    document.add_paragraph("Metin")
    text = "### Stil adıyla\n\n### Türemiş stille\n\n## Anahat düzeyiyle\n\n# Belge Adı\n\nMetin\n"
    assert _docx(saved(document)) == text


def test_numbers_that_word_counts_are_written() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in ((0, "upperRoman", "%1."), (1, "decimal", "%1.%2"))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in ((0, "Amaç"), (1, "Hedef"), (1, "Öteki hedef"), (0, "İkinci amaç"), (1, "Onun hedefi")):
        paragraph = document.add_paragraph(text)
        own = word_element("w:numPr", word_element("w:ilvl", val=str(level)), word_element("w:numId", val="77"))
        paragraph._p.get_or_add_pPr().append(own)
    assert _docx(saved(document)).splitlines() == [
        "I. Amaç",
        "I.1 Hedef",
        "I.2 Öteki hedef",
        "II. İkinci amaç",
        "II.1 Onun hedefi",
    ]


def test_a_table_within_a_table_and_a_table_as_a_frame() -> None:
    document = docx.Document()
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "Ad", "Değer"
    outer.cell(1, 0).text = "İç tablo"
    inner = outer.cell(1, 1).add_table(2, 2)
    for number, row in enumerate(inner.rows):
        row.cells[0].text, row.cells[1].text = f"Park {number}", str(number)
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "Çerçeve içinde"
    assert _docx(saved(document)) == "Ad\tDeğer\n\nİç tablo\n\nPark 0\t0\nPark 1\t1\n\nÇerçeve içinde\n"


def test_text_boxes_come_once_after_their_paragraph_and_notes_after_their_block() -> None:
    document = docx.Document()
    document.add_paragraph("Önceki")
    box = "<w:txbxContent><w:p><w:r><w:t>Kutudaki yazı</w:t></w:r></w:p></w:txbxContent>"
    spaces = f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    drawn = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    xml = f"<w:r {spaces}><mc:AlternateContent>{drawn}</mc:AlternateContent></w:r>"
    document.paragraphs[0]._p.append(parse_xml(xml))
    document.add_paragraph("Sonraki")
    assert _docx(saved(document)) == "Önceki\n\nKutudaki yazı\n\nSonraki\n"


def test_cells_with_lines_and_tabs_become_one_line() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Yapılan\nyol\t(km)"
    table.cell(0, 1).text = "12,5\u00a0"
    assert _docx(saved(document)) == "Yapılan yol (km)\t12,5\n"


def test_headings_of_the_strategic_hierarchy_keep_their_places_in_it() -> None:
    blocks = [
        Heading("Performans Bilgileri", 1),
        Heading("Stratejik Amaç 1: Yaşanabilir Kent", 2),
        Heading("Stratejik Hedef 1.1: Park ve Bahçeler", 3),
        Paragraph("Metin burada."),
        Heading("Mali Bilgiler", 1),
        Paragraph("Başka metin."),
    ]
    for text in (_docx(docx_of(blocks)), HtmlReader().read(html_of(blocks), "x").text):
        document = Document(Source("x", "X Belediyesi", "", "x", ""), text)
        outline = read_outline(document)
        path = [heading.title for heading in outline.path_at(text.index("Metin burada"))]
        goal, target = "Stratejik Amaç 1: Yaşanabilir Kent", "Stratejik Hedef 1.1: Park ve Bahçeler"
        assert path == ["Performans Bilgileri", goal, target]
        assert [heading.level for heading in outline.headings] == [1, 11, 12, 1]
        assert [heading.title for heading in outline.path_at(text.index("Başka"))] == ["Mali Bilgiler"]


# Spreadsheets


def test_a_title_above_a_table_stays_with_it() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "S"
    for row, values in enumerate(
        (("Kadro Durumu",), (), ("Kadro", "Memur"), ("Dolu", 101), (), ("Not: geçici",), (), ("A", 1)), 1
    ):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    assert _xlsx(book) == "# S\n\nKadro Durumu\t\nKadro\tMemur\nDolu\t101\n\nNot: geçici\n\nA\t1\n"


def test_numbers_are_shown_as_excel_shows_them_to_a_turkish_reader() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "S"
    cells = [
        (1100000, "#,##0", "1.100.000"),
        (1234.5, "#,##0.00", "1.234,50"),
        (0.465, "0.0%", "%46,5"),
        (-0.05, "0%", "-%5"),
        (2024, "General", "2024"),
        (0.1 + 0.2, "General", "0,3"),
        (1 / 3, "General", "0,333333333"),
        (1500000, '#,##0 "TL"', "1.500.000 TL"),
        (99.9, "[$₺-41F]#,##0.00", "₺99,90"),
        (-12.5, "#,##0.00;(#,##0.00)", "(12,50)"),
        (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "0,00"),
        (7, "000", "007"),
        (2500000, "0.0,,", "2,5"),
        (date(2022, 7, 5), "dd/mm/yyyy", "05.07.2022"),
        (date(2022, 7, 5), "d mmmm yyyy", "5 Temmuz 2022"),
        (True, "General", "DOĞRU"),
        ("1.100.000", "General", "1.100.000"),
    ]
    for row, (value, code, _) in enumerate(cells, 1):
        sheet.cell(row, 1).value = f"Satır {row}"
        sheet.cell(row, 2).value = value
        sheet.cell(row, 2).number_format = code
    lines = _xlsx(book).splitlines()[2:]
    assert [line.split("\t")[1] for line in lines] == [text for _, _, text in cells]


def test_hidden_sheets_rows_and_columns_and_covered_cells_are_left_out() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Açık"
    for row in range(1, 6):
        for column in range(1, 5):
            sheet.cell(row, column).value = f"{row}.{column}"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("A4:B5")
    book.create_sheet("Gizli").cell(1, 1).value = "gizli"
    book["Gizli"].sheet_state = "hidden"
    assert _xlsx(book) == "# Açık\n\n1.1\t1.2\t1.4\n3.1\t3.2\t3.4\n4.1\t\t4.4\n\t\t5.4\n"


def test_a_huge_empty_range_is_cheap_and_an_empty_row_parts_tables() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "S"
    for row, values in enumerate(
        (("Ad", "Adet"), ("Park", 3), (), ("Not: yalnız merkez",), (), ("Yol", 4), ("Köprü", 5)), 1
    ):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    sheet["XFD1048576"].number_format = "0.00"
    sheet["XFD1048576"].value = None
    assert _xlsx(book) == "# S\n\nAd\tAdet\nPark\t3\n\nNot: yalnız merkez\n\nYol\t4\nKöprü\t5\n"


def test_computed_values_of_formulas_and_none_that_nobody_computed() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["B1"] = "Toplam", "=1+1"
    with pytest.raises(DocumentError, match="B1 hücresinin formülü hesaplanmamış"):
        _xlsx(book)


def test_three_decimals_are_never_read_as_thousands() -> None:
    book = Workbook()
    sheet: Any = book.active
    for row, value in enumerate((1.852, 2.026, 3.125), 1):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = "Uzunluk (km)", value
    assert [line.split("\t")[1] for line in _xlsx(book).splitlines()[2:]] == ["1,8520", "2,0260", "3,1250"]


def test_a_workbook_whose_words_write_commas_gets_commas() -> None:
    book = Workbook()
    sheet: Any = book.active
    for row, value in enumerate(("15,035,000", "2,500,000.00", 1250000), 1):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = "Ödenek", value
        sheet.cell(row, 2).number_format = "#,##0"
    assert _xlsx(book).splitlines()[4] == "Ödenek\t1,250,000"


@given(st.decimals(-(10**12), 10**12, places=2, allow_nan=False), st.sampled_from(list(NumberStyle)))
def test_a_grouped_number_reads_back(value: Decimal, style: NumberStyle) -> None:
    shown = Shown(style).number(value, "#,##0.00")
    back = shown if style is NumberStyle.COMMA else shown.translate(str.maketrans(",.", ".,"))
    assert Decimal(back.replace(",", "")) == value


@given(st.text(max_size=20), st.decimals(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_any_format_gives_one_line(code: str, value: Decimal) -> None:
    assert "\n" not in Shown().number(value, code)
    assert "\n" not in shown_date(datetime(2024, 3, 5, 14, 7, 9), code)


# Web pages


def test_the_main_content_without_menus_scripts_and_hidden_parts() -> None:
    text = _html(
        "<header>Site başlığı<nav><a href=/>Ana sayfa</a></nav></header>"
        "<main><h1>Faaliyet Raporu</h1><p>Toplam&nbsp;1.100.000&nbsp;ton <b>asfalt</b><br>döküldü.</p>"
        "<p style='display: none'>gizli</p><div hidden>gizli</div><script>var x=1</script>"
        "<p>Alan 12.250 m<sup>2</sup></p><ol start=3><li>Yol</li><li>Park<ul><li>Bank</li></ul></li></ol></main>"
        "<footer>İletişim</footer>"
    )
    assert text == (
        "# Faaliyet Raporu\n\nToplam 1.100.000 ton asfalt\ndöküldü.\n\nAlan 12.250 m²\n\n3. Yol\n4. Park\n• Bank\n"
    )


def test_tables_with_spans_a_caption_and_tables_within() -> None:
    text = _html(
        "<table><caption>Bütçe</caption><thead><tr><th rowspan=2>Yıl<th colspan=2>Tutar<tr><th>Gelir<th>Gider</thead>"
        "<tfoot><tr><td>Toplam<td>30<td>40</tfoot><tbody><tr><td>2024<td>10<td>20<tr><td>2025<td>20<td>20</tbody></table>"
        "<table><tr><td>Sol<td><table><tr><td>a<td>1<tr><td>b<td>2</table></table>"
    )
    assert text == (
        "Bütçe\t\t\nYıl\tTutar\t\n\tGelir\tGider\n2024\t10\t20\n2025\t20\t20\nToplam\t30\t40\n\nSol\n\na\t1\nb\t2\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1254", "iso-8859-9"])
def test_encodings_by_declaration(encoding: str) -> None:
    page = html_of(
        [Paragraph("İğdır’da ağaçlandırma çalışması")] if encoding != "iso-8859-9" else [Paragraph("İğdır ağaç")],
        encoding,
    )
    assert "ağaç" in HtmlReader().read(page, "x").text


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "utf-8", "nonsense", "rot13"])
def test_a_wrong_declaration_does_not_spoil_turkish_letters(declared: str) -> None:
    body = "<p>Büyükşehir Belediyesi için yapılan çalışmaların bütçesi, İçişleri Bakanlığı’na bağlı</p>"
    page = f"<html><head><meta charset={declared}></head><body>{body}</body></html>".encode("cp1254")
    assert "Büyükşehir Belediyesi için yapılan çalışmaların bütçesi, İçişleri" in HtmlReader().read(page, "x").text


def test_title_leads_where_no_heading_does() -> None:
    assert _html("<p>Metin</p>", "<title>X Belediyesi</title>") == "# X Belediyesi\n\nMetin\n"


# The flow


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), min_size=1, max_size=6))
def test_fields_keep_their_columns_and_lines_their_rows(rows: list[list[str]]) -> None:
    flow = Flow("x")
    flow.paragraph("Önce")
    flow.table(rows)
    lines = flow.text().split("\n")
    cells = [[one_line(cell) for cell in row] for row in rows]
    used = [at for at in range(5) if any(at < len(row) and row[at] for row in cells)]
    printed = [[row[at] if at < len(row) else "" for at in used] for row in cells if any(row)]
    if len(used) > 1 and max(sum(map(bool, row)) for row in printed) > 1:
        assert [line.split("\t") for line in lines[2:-1]] == printed
    for row in printed:
        for cell in row:
            assert cell in flow.text()


def test_merged_cells_stand_in_their_first_place() -> None:
    rows = [[GridCell("a", 2, 2), GridCell("b")], [GridCell("c")], [GridCell("d"), GridCell("e"), GridCell("f")]]
    assert list(lay_out(rows)) == [["a", "", "b"], ["", "", "c"], ["d", "e", "f"]]


def test_word_elements_have_the_namespace() -> None:
    element: Any = word_element("w:ins", author="x")
    assert element.tag == qn("w:ins")
