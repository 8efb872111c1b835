"""Tables of PDFs without borders between their cells: rows, columns and headers by what stands where."""

from __future__ import annotations

import pytest
from hostile_pdf import TEXT, page
from pdf_making import PLAIN, Merged, Sheet

from indexer.reading.pdf import PdfReader

WIDE = (842.0, 595.0)
HEAD = ["Performans Göstergesi", "Ölçü Birimi", "2023 Gerçekleşen", "2024 Hedef", "Sapma Nedeni"]
ROWS = [
    HEAD,
    [
        "Dikilen Ağaç Sayısı",
        "Adet",
        "1.200",
        "1.500",
        "Kuraklık nedeniyle dikim sonraki yıla bırakılmış, fidan alınmıştır",
    ],
    ["Bakımı Yapılan Yeşil Alan ve Refüjlerin Toplam Alanı ile Park Sayısı", "m²", "98.000", "", ""],
    ["Açılan Park Sayısı", "Adet", "", "4", ""],
    ["Yenilenen Oyun Grubu ve Kent Mobilyası Sayısı ile Onarılan Bank Sayısı", "Adet", "35", "40", "İhale gecikmiştir"],
]
WIDTHS = [3, 1, 1.5, 1.5, 3]


def text_of(sheet: Sheet) -> list[str]:
    return PdfReader().read(sheet.bytes(), "belge.pdf").text.rstrip("\n").split("\n")


def tabbed(rows: list[list[str]]) -> list[str]:
    return ["\t".join(row) for row in rows]


@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize("fill", ["", "zebra", "head", "head zebra"])
@pytest.mark.parametrize("borders", ["none", "across"])
def test_rows_of_several_lines_are_kept_together(borders: str, fill: str, middle: bool) -> None:
    sheet = Sheet(size=WIDE, letters=7)
    sheet.line("Park ve Bahçeler Müdürlüğü")
    sheet.table(ROWS, WIDTHS, borders, middle=middle, fill=fill)
    sheet.line("Tablo burada biter ve metin bundan sonra sayfanın sonuna kadar böyle sürüp gider.")
    lines = text_of(sheet)
    assert lines[2 : 2 + len(ROWS)] == tabbed(ROWS)
    assert sum("\t" in line for line in lines) == len(ROWS)


def test_lines_drawn_between_rows_tell_them_apart_where_nothing_else_does() -> None:
    rows = [
        ["Faaliyet", "Birim", "2024 Hedef"],
        ["Yol bakım ve onarım işleri ile asfalt kaplama yapılan yol", "km", "1.000"],
        ["Park yapımı", "Adet", "2.000"],
        ["Kaldırım ve bordür yenileme işleri ile yağmur suyu hattı", "m", "3.000"],
        ["Temizlik", "Adet", "4.000"],
    ]
    sheet = Sheet(letters=8)
    sheet.table(rows, [2, 1, 1], "across", pad=0.5, middle=True)
    assert text_of(sheet) == tabbed(rows)


@pytest.mark.parametrize("middle", [False, True])
def test_name_over_several_columns_leads_their_names(middle: bool) -> None:
    rows: list[list[str | Merged | None]] = [
        ["Proje No", "Proje", Merged("Bütçe", across=3), None, None],
        ["", "", "2022", "2023", "2024"],
        ["1.1.1", "Mahalle meclislerinin kurulması için tanıtım toplantıları yapılması", "", "", ""],
        ["1.1.2", "Gönüllü evi açılması", "25.000", "", "30.000"],
        ["1.1.3", "Kent konseyinin desteklenmesi ve çalışma gruplarının kurulması", "1.000", "2.000", "3.000"],
        ["1.1.4", "Engelsiz park", "4.000", "5.000", "6.000"],
        ["1.1.5", "Tarihi çarşının sağlıklaştırılması", "", "", ""],
    ]
    sheet = Sheet(letters=7)
    sheet.table(rows, [1, 4, 1.3, 1.3, 1.3], "none", head=2, middle=middle, centred=True)
    body = ["\t".join(str(cell) for cell in row) for row in rows[2:]]
    assert text_of(sheet) == ["Proje No\tProje\tBütçe\t\t", "\t\t2022\t2023\t2024", *body]


def test_names_set_to_the_right_are_led_by_those_in_the_middle_over_them() -> None:
    rows: list[list[str | Merged | None]] = [
        [Merged("Gider Türü", down=2), Merged("2023", across=2), None, Merged("2024", across=2), None],
        [None, "Bütçe", "Harcama", "Bütçe", "Harcama"],
        ["Temizlik giderleri", "591.141.944,00", "7.605.700,00", "677.000,00", "6.531.300,00"],
        ["Ağaçlandırma giderleri", "220.625.242,00", "970.000,44", "4.105.600,00", "357.628.373,46"],
        ["Park giderleri", "8.096.200,00", "204.375.712,69", "704.000,14", "9.000,00"],
    ]
    sheet = Sheet(size=WIDE, letters=6.5)
    sheet.table(rows, [2, 1.5, 1.5, 1.5, 1.5], "none", head=2, middle=True, centred=True)
    body = ["\t".join(str(cell) for cell in row) for row in rows[2:]]
    assert text_of(sheet) == ["Gider Türü\t2023\t\t2024\t", "\tBütçe\tHarcama\tBütçe\tHarcama", *body]


@pytest.mark.parametrize("borders", ["none", "all"])
def test_digits_that_are_printed_small_and_high_belong_to_no_number(borders: str) -> None:
    rows = [
        ["Performans Göstergesi", "Ölçü Birimi", "2023", "2024"],
        ["Dikilen Ağaç", "Adet", "1.200", "1.500"],
        ["Yeşil Alan", "m", "98.000", "99.000"],
        ["Açılan Park", "Adet", "3", "4"],
    ]
    sheet = Sheet(letters=8)
    sheet.table(rows, [3, 1, 1, 1], borders)
    raised = {"Dikilen Ağaç": "1", "m": "2", "99.000": "3"}
    for drawn in sheet.drawn:
        if mark := raised.get(drawn.text):
            sheet.canvas.setFont(PLAIN, 5)
            sheet.canvas.drawString(drawn.x1, sheet.size[1] - drawn.bottom + 3, mark)
    assert text_of(sheet)[1:3] == ["Dikilen Ağaç¹\tAdet\t1.200\t1.500", "Yeşil Alan\tm²\t98.000\t99.000³"]


def test_numbers_with_spaces_between_thousands_are_values() -> None:
    rows = [["Gider Türü", "2023 Bütçe", "2024 Bütçe"]]
    rows += [[f"Hizmet alımı {'I' * n}", f"{n} 250 000", f"{n}1 000,50"] for n in range(1, 6)]
    sheet = Sheet(letters=8)
    sheet.table(rows, [3, 1, 1], "none")
    assert text_of(sheet) == tabbed(rows)


def test_label_of_several_lines_reaches_further_than_those_beside_values() -> None:
    rows = [
        ["Faaliyet", "2023 Bütçe", "2024 Bütçe"],
        ["Dağıtılan afiş", "2.165.200,29", "34.316.864,00"],
        ["Açılan seminerler ile bisiklet yollarının yapımı için alınan bütün tabelalar", "866.000", "154.749.260"],
        ["Temizlenen fidanlık", "5.486.500,00", "4.802.600,00"],
        ["Yapılan kanallar ile dalgakıranların sulama hatları için açılan kuyular", "308.800", "60.000"],
        ["Dikilen ağaç", "449.000,22", "7.672.900,00"],
    ]
    sheet = Sheet(size=(500, 595), letters=7)
    sheet.table(rows, [3, 1, 1], "none", pad=1.5, middle=True)
    assert text_of(sheet) == tabbed(rows)


SIDES = (
    [["Türü", "Adet"], ["Keçi", "5"], ["Süpürge aracı", "390"], ["Sulama tankeri", "38"], ["Kamyonet", "86"]],
    [["Türü", "Adet"], ["Keçi ağılı", "209"], ["Bisiklet", "156"], ["Çadır", "89"], ["Römork", "3"], ["Tente", "4"]],
)


@pytest.mark.parametrize("lower", [0, 5])
@pytest.mark.parametrize("borders", ["none", "all"])
def test_tables_beside_each_other_are_read_one_after_the_other(borders: str, lower: float) -> None:
    sheet = Sheet(letters=8)
    top = sheet.y
    for margin, rows in zip((40, 320), SIDES, strict=True):
        sheet.margin, sheet.y = margin, top + lower * (margin > 40)
        sheet.size, page = (2 * margin + 220, sheet.size[1]), sheet.size
        sheet.table(rows, [3, 1], borders)
        sheet.size = page
    assert [line for line in text_of(sheet) if line] == tabbed([*SIDES[0], *SIDES[1]])


def test_narrow_table_above_a_wide_one_stands_beside_none() -> None:
    wide = [["Sıra", "Hizmet", "Ölçü Birimi", "2023", "2024"]]
    wide += [[str(n), f"Yapılan {'bakım ' * n}işi", "Adet", f"{n}.712", f"{n}.104"] for n in range(1, 6)]
    sheet = Sheet(letters=8)
    sheet.size, page = (300, sheet.size[1]), sheet.size
    sheet.table(SIDES[0], [3, 1], "none")
    sheet.size = page
    sheet.table(wide, [0.6, 4, 1.5, 1, 1], "none")
    assert [line for line in text_of(sheet) if line] == tabbed([*SIDES[0], *wide])


def test_fields_of_forms_in_two_columns_are_read_column_by_column() -> None:
    fields = (
        ["Nüfusu: 45.000", "Mahalle sayısı: 34", "Memur: 120", "Araç sayısı: 88"],
        ["Yüzölçümü: 120 km²", "Meclis üyesi: 25", "İşçi: 340", "Park sayısı: 41"],
    )
    sheet = Sheet(letters=9)
    sheet.line("Belediyenin genel bilgileri aşağıda verilmiştir; rakamlar yıl sonu itibarıyladır ve birimlerdendir.")
    for row in zip(*fields, strict=True):
        sheet.y += 14
        for x, field in zip((40, 300), row, strict=True):
            sheet._put(field, x, sheet.y, 9)
    assert [line for line in text_of(sheet)[1:] if line] == [*fields[0], *fields[1]]


def test_header_is_no_running_head_where_pages_repeat_it() -> None:
    rows = [["Gider Türü", "2023 Gerçekleşen Harcama", "2024 Ödenek Tutarı"]]
    rows += [[f"Hizmet alımı ve bakım gideri {'I' * (n % 9 + 1)}", f"{n}.100", f"{n}.200"] for n in range(1, 80)]
    for middle in (True, False):
        sheet = Sheet(size=(595, 300), letters=8, margin=20, numbered=True)
        sheet.table(rows, [3, 0.9, 0.9], "none", middle=middle)
        assert sheet.page > 4
        assert [line for line in text_of(sheet) if line] == tabbed(rows)


@pytest.mark.parametrize(
    "body",
    [
        b"<</Length 999999999>>\nstream\n" + TEXT + b"\nendstream",
        b"<</Length 3>>\nstream\n" + TEXT + b"\nendstream",
        b"<</Length 4 0 R>>\nstream\n" + TEXT + b"\nendstream",
    ],
)
def test_false_length_of_a_stream_is_mended(body: bytes) -> None:
    assert PdfReader().read(page(body=body), "belge.pdf").text == "Belediye butcesi 1.100 TL\n"


@pytest.mark.parametrize("box", [b"[300 300 0 0]", b"[0 300 300 0]", b"[]"])
def test_boxes_with_swapped_corners_or_none_are_read(box: bytes) -> None:
    reading = PdfReader().read(page(box=box), "belge.pdf")
    assert reading.text == "Belediye butcesi 1.100 TL\n"
    layout = reading.layouts[0]
    assert layout.width > 0 and all(0 <= word.box.top < layout.height for word in layout.words)
