"""Tables divided by tabs and pipes, totals, responsible units: real rows and tables of other municipalities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_reading import IZMIR, KAYSERI, corpus, read, row_at, table_at, texts

from indexer.figures import number_style
from indexer.records import Line
from indexer.tables import responsible
from indexer.tables.consistency import check_tables
from indexer.tables.fields import split_fields


@pytest.mark.parametrize(
    ("line", "label", "unit", "cells"),
    [
        (922, "Kamulaştırma yapmak (yıl/m ²)", "yıl/m ²", ["66.009", "55.000", "56.000"]),  # title and header apart
        (1290, "Ortalama hız tespit koridor sistemi ve sayısı (yıl/adet)", "yıl/adet", ["-", "1", "11"]),
        (1205, "Kent Estetik Kurulu'nda değerlendirmesi yapılan başvuru sayısı (adet)", "adet", ["254", "100", "200"]),
        (1497, "Atölyemizde onarımı yapılan araç sayısı", None, ["280", "290", "300"]),
    ],
)
def test_indicator_rows_under_headers_of_any_width(
    line: int, label: str, unit: str | None, cells: list[str | None]
) -> None:
    row = row_at(KAYSERI, line)
    assert (row.label, row.unit, texts(row)) == (label, unit, cells)
    table = table_at(KAYSERI, line)
    assert table.kind == "indicator"
    assert [(c.year, c.measure) for c in table.columns] == [(2023, "actual"), (2024, "estimate"), (2025, "target")]


def test_unit_stands_before_another_remark_in_parentheses() -> None:
    row = row_at(KAYSERI, 2075)
    assert row.label.endswith("(adet) (Birikimli)")
    assert (row.unit, row.cumulative) == ("adet", True)


def test_explanation_below_a_row_is_its_note() -> None:
    assert row_at(KAYSERI, 1495).note == "Onarımı yapılan araç sayısı stratejik planda ayrılmıştır."
    assert row_at(KAYSERI, 1493).note is None
    note = row_at(KAYSERI, 1200).note  # as a list in markup on the line below
    assert note is not None
    assert note.startswith("Alzheimer Merkezi Projesi")


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (1022, ["0,00", "0,00", "0,00"]),  # the only activity
        (1063, ["25.000.000,00", "0,00", "25.000.000,00"]),
        (1211, ["4.288.000,00", "0,00", "4.288.000,00"]),
        (1512, ["250.000.000,00", "0,00", "250.000.000,00"]),  # a blank line below the header
        (1668, ["2.200.000,00", "0,00", "2.200.000,00"]),
        (3249, ["27.000.000,00", None, "27.000.000,00"]),
    ],
)
def test_resources_of_activities(line: int, cells: list[str | None]) -> None:
    assert texts(row_at(KAYSERI, line)) == cells
    assert table_at(KAYSERI, line).kind == "budget"
    assert table_at(KAYSERI, line).context[-1].startswith("Performans Hedefi")


def test_lists_with_serial_numbers_sections_and_totals() -> None:
    assert (row_at(KAYSERI, 742).label, texts(row_at(KAYSERI, 742))) == ("İtfaiye Eri", ["199"])
    assert (row_at(KAYSERI, 749).label, texts(row_at(KAYSERI, 749))) == ("TOPLAM", ["1.126"])
    library = row_at(KAYSERI, 544)
    assert library.section == ("KÜTÜPHANELER",)
    assert texts(library) == ["Kocasinan", "1 adet", "1.000 kişi kapasiteli"]
    assert row_at(KAYSERI, 606).section == ("İŞ MAKİNESİ / TAŞITLAR",)  # the section goes on after the page break


def test_lists_side_by_side_have_no_label_column() -> None:
    assert texts(row_at(KAYSERI, 333)) == ["Komisyon Başkanı: Ahmet TURAL", "Komisyon Başkanı: Mustafa GÜLDÜOĞLU"]
    assert texts(row_at(KAYSERI, 338)) == [None, "Üye: Davut UMSU"]


def test_table_of_contents_and_numbered_lists_are_no_tables() -> None:
    contents = "".join(f"{n}. Bölüm adı\t{n + 4}\n" for n in range(1, 9))
    listed = "1.\t Yol yapımı\n2.\t Köprü yapımı\n•\t Park: 3 adet\n•\t Bahçe: 2 adet\n"
    assert read(f"{contents}\nMetin.\n\n{listed}\nAmaç 1\t : Temiz kent\n\t devamı\n") == []
    assert [t for t in corpus(IZMIR)[1] if t.family == "delimited"] == []


def test_shares_of_targets_and_activities() -> None:
    row = row_at(KAYSERI, 3665)
    assert texts(row) == ["30.000.000,00", "0,19", "540.000.000,00", "60,00", "570.000.000,00", "3,35"]
    assert row.code == "25"
    assert row.section[-1].startswith("Yeni yapılaşma alanlarında")
    names = [column.name for column in table_at(KAYSERI, 3665).columns]
    assert names == ["Bütçe İçi TL", "Bütçe İçi Pay", "Bütçe Dışı TL", "Bütçe Dışı Pay", "Toplam TL", "Toplam Pay"]


def test_shifted_total_is_placed_by_the_sums_of_its_columns() -> None:
    row = row_at(KAYSERI, 3830)
    assert texts(row) == ["900.000.000,00", "0,00", "0,00", None]
    assert not row.ambiguous


def test_shifted_total_without_proof_is_ambiguous() -> None:
    text = (
        "\tEkonomik Kod\t\tFaaliyet Toplamı\tGenel Yönetim Giderleri Toplamı\tGenel Toplam\n"
        "\t03\tMal ve Hizmet\t500,00\t200,00\t700,00\n"
        "Toplam Bütçe Kaynak İhtiyacı\t\t\t500,00\t200,00\t700,00\n"
        "Bütçe Dışı Kaynak\tYurt Dışı\t\t100,00\t50,00\t150,00\n"
        "\tToplam Bütçe Dışı Kaynak İhtiyacı\t\t\t{0}\t50,00\n"
        "Toplam Kaynak İhtiyacı\t\t\t600,00\t250,00\t850,00\n"
    )
    (proved,) = read(text.format("100,00"))
    assert texts(proved.rows[3]) == ["100,00", "50,00", None]
    (unproved,) = read(text.format("90,00"))
    assert unproved.rows[3].ambiguous
    assert not unproved.rows[4].ambiguous


def test_flattened_shares_join_labels_over_blank_lines_and_pages() -> None:
    row = row_at(IZMIR, 14924)
    assert texts(row) == ["1.232.147.000,00", "3,79", "2,73"]
    assert row.label.startswith("Stratejik Hedef 4.2 Kent Yaşamında")
    assert row.label.endswith("Eşit Yaşam Hakkı Sağlanacak")
    assert [c.name for c in table_at(IZMIR, 14924).columns] == ["TL", "Perf. Topl. PAY (%)", "Toplam Bütçe PAY (%)"]
    assert texts(row_at(IZMIR, 15059)) == ["45.100.000.000,00", "-", "100,00"]


def test_flattened_resources_between_letters_of_a_rotated_cell() -> None:
    assert texts(row_at(IZMIR, 15122)) == ["4.310.000.000,00", "0,00", "0,00", "4.310.000.000,00"]
    assert texts(row_at(IZMIR, 15118)) == [None, None, None, None]


def test_flattened_shares_under_groups() -> None:
    (table,) = read(
        "BÜTÇE İÇİ BÜTÇE DIŞI TOPLAM\nFaaliyet TL PAY (%) TL PAY (%) TL PAY (%)\n"
        "1 Temiz kent 1.000,00 50,00 0,00 0,00 1.000,00 40,00\n"
        "2 Güvenli\nyollar 1.000,00 50,00 500,00 100,00 1.500,00 60,00\n"
        "Genel Toplam 2.000,00 100,00 500,00 100,00 2.500,00 100,00\n"
    )
    assert [column.name for column in table.columns][:3] == ["BÜTÇE İÇİ TL", "BÜTÇE İÇİ PAY (%)", "BÜTÇE DIŞI TL"]
    assert texts(table.rows[1]) == ["1.000,00", "50,00", "500,00", "100,00", "1.500,00", "60,00"]


def test_responsible_units_agree_with_the_cost_tables() -> None:
    _, tables = corpus(IZMIR)
    listed = {row.label: row.units_responsible for t in tables if t.family == "responsible" for row in t.rows}
    costed = {t.context[-1]: t.rows[0].units_responsible for t in tables if t.family == "costs"}
    assert len(listed) == len(costed) == 295
    same = sum(listed.get(activity) == units for activity, units in costed.items())
    assert same == 281  # the source itself writes the others in two ways


def test_responsible_units_without_known_names() -> None:
    document, _ = corpus(IZMIR)
    first = document.lines[15147].start  # below the cost tables, which name the units
    alone = [row for table in read(document.text[first:], [responsible.READER]) for row in table.rows]
    together = [row for t in corpus(IZMIR)[1] if t.family == "responsible" for row in t.rows]
    assert [row.units_responsible for row in alone] == [row.units_responsible for row in together]


def test_merged_responsible_unit_holds_for_the_rows_below() -> None:
    row = row_at(KAYSERI, 3838)
    assert texts(row) == [None]
    assert row.units_responsible == ("İmar ve Şehircilik Daire Başkanlığı",)
    assert row.section[-1].startswith("P.H.1:")


def test_responsible_units_of_another_municipality() -> None:
    (table,) = read(
        "Performans Hedefi Faaliyetler Sorumlu Birimler\n\n1.1.1 Temiz bir kent\n\nsağlamak\n\n"
        "Sokakların temizlenmesi faaliyeti Temizlik İşleri Müdürlüğü\n"
        "Park yapımı Park ve Bahçeler Müdürlüğü\n\n"
        "1.1.2 Güvenli yollar yapmak\n\nAsfalt çalışmaları\nFen İşleri Müdürlüğü\nUlaşım Hizmetleri Müdürlüğü\n"
    )
    assert [(row.label, row.units_responsible) for row in table.rows] == [
        ("Sokakların temizlenmesi faaliyeti", ("Temizlik İşleri Müdürlüğü",)),
        ("Park yapımı", ("Park ve Bahçeler Müdürlüğü",)),
        ("Asfalt çalışmaları", ("Fen İşleri Müdürlüğü", "Ulaşım Hizmetleri Müdürlüğü")),
    ]
    assert table.rows[0].section == ("1.1.1 Temiz bir kent sağlamak",)


def test_markdown_table_with_a_unit_column_and_empty_cells() -> None:
    (table,) = read(
        "| **Performans Göstergeleri** | Ölçü Birimi | 2024 Gerçekleşen | 2025 Hedef |\n|---|:---:|---:|---:|\n"
        "| Dikilen ağaç sayısı | adet | 1.250 | 2.000 |\n| Yapılan yol | km | \u00a0 | 12,5 |\n"
    )
    assert [(row.label, row.unit, texts(row)) for row in table.rows] == [
        ("Dikilen ağaç sayısı", "adet", ["1.250", "2.000"]),
        ("Yapılan yol", "km", [None, "12,5"]),
    ]


def test_form_of_another_municipality_without_colons() -> None:
    indicators, resources = read(
        "PERFORMANS HEDEFİ TABLOSU\t\t\t\t\t\nİdare Adı\tBİR BELEDİYESİ\t\t\t\t\n"
        "Amaç\tA1 Yaşanabilir kent\t\t\t\t\nPerformans Hedefi\tPH1.1.1 Parklar\t\t\t\t\n"
        "PERFORMANS GÖSTERGELERİ\t\tÖLÇÜ BİRİMİ\t2024\t2025\t2026\n"
        "1\tYapılan park sayısı\tAdet\t3\t4\t5\nAçıklama: Yeni mahallelere\t\t\t\t\t\n"
        "2\tKişi başına yeşil alan\tm²\t8,5\t\t9,5\n"
        "FAALİYETLER\t\t\tKAYNAK İHTİYACI 2026 (TL)\t\t\n\t\t\tBÜTÇE İÇİ\tBÜTÇE DIŞI\tTOPLAM\n"
        "1\tPark yapımı faaliyeti\t\t1.000,00\t0,00\t1.000,00\nGENEL TOPLAM\t\t\t1.000,00\t0,00\t1.000,00\n"
    )
    assert (
        indicators.context == resources.context == ("Amaç: A1 Yaşanabilir kent", "Performans Hedefi: PH1.1.1 Parklar")
    )
    assert [(row.label, row.unit, texts(row), row.note) for row in indicators.rows] == [
        ("Yapılan park sayısı", "Adet", ["3", "4", "5"], "Yeni mahallelere"),
        ("Kişi başına yeşil alan", "m²", ["8,5", None, "9,5"], None),
    ]
    assert [(column.year, column.measure, column.unit) for column in resources.columns] == [(2026, "budget", "TL")] * 3
    assert [row.label for row in resources.rows] == ["Park yapımı faaliyeti", "GENEL TOPLAM"]


def test_header_cells_that_begin_with_a_year() -> None:
    (table,) = read("Birimler\t2024 Bütçe (TL)\t2024 Harcama (TL)\nZabıta Müdürlüğü\t500.000,00\t450.000,00\n")
    assert table.kind == "budget"
    assert [(c.year, c.measure, c.unit) for c in table.columns] == [(2024, "budget", "TL"), (2024, "spending", "TL")]
    assert [texts(row) for row in table.rows] == [["500.000,00", "450.000,00"]]


def test_value_that_fits_no_column_makes_the_row_ambiguous() -> None:
    (table,) = read("Tesis\tİlçe\tAdet\nHavuz\tMerkez\t2\nSalon\tMerkez\t1\nPark\tMerkez\t3\t4\t5\n")
    assert [row.ambiguous for row in table.rows] == [False, False, True]


@given(st.lists(st.text(alphabet="ab1,. \u00a0<>i/", max_size=8), min_size=2, max_size=6))
def test_fields_keep_their_places(parts: list[str]) -> None:
    line = Line(1, 7, "\t".join(["x", *parts]))
    split = split_fields(line)
    if split is None:  # a list number and one field
        return
    assert [field.index for field in split.fields] == list(range(len(parts) + 1))
    for field in split.fields:
        printed = line.text[field.span.start - 7 : field.span.end - 7]
        assert field.text == "" or not printed[0].isspace()
        assert field.text.replace(" ", "") in printed.replace(" ", "").replace("\u00a0", "") or "<" in printed


@pytest.mark.parametrize("name", [KAYSERI, IZMIR])
def test_cells_stand_where_their_spans_say(name: str) -> None:
    document, tables = corpus(name)
    for table in tables:
        for row in table.rows:
            assert table.span.start <= row.span.start < row.span.end <= table.span.end
            assert len(row.cells) == len(table.columns)
            for cell in row.cells:
                if cell is not None:
                    printed = document.text[cell.span.start : cell.span.end]
                    assert row.span.start <= cell.span.start < cell.span.end <= row.span.end
                    assert "".join(printed.replace("\u00a0", " ").split()) == "".join(cell.text.split())


def test_sums_and_shares_of_the_documents() -> None:
    """All equations hold but the four shares that the source itself has not recalculated."""
    for name, wrong in ((KAYSERI, 0), (IZMIR, 4)):
        document, tables = corpus(name)
        checks = check_tables(tables, number_style(document.text))
        failed = [check for check in checks if not check.holds]
        assert len(checks) > 1000
        assert [check.kind for check in failed] == ["share"] * wrong
        assert {document.line_range(check.place)[0] for check in failed} <= {15020, 15022}


def test_checks_find_a_wrong_cell() -> None:
    text = (
        "Faaliyetler\tBütçe\tBütçe Dışı\tToplam\nYol\t100,00\t20,00\t120,00\n"
        "Park\t50,00\t0,00\t{}\nToplam\t150,00\t20,00\t170,00\n"
    )
    style = number_style("1.100.000,50")
    right = check_tables(read(text.format("50,00")), style)
    assert len(right) == 6
    assert all(check.holds for check in right)
    wrong = [check for check in check_tables(read(text.format("60,00")), style) if not check.holds]
    assert [f"{check.kind}, {check.row}: {check.expected} and not {check.found}" for check in wrong] == [
        "across, Park: 50.00 and not 60.00",
        "column total, Toplam: 180.00 and not 170.00",
    ]


def test_both_rows_of_a_header_are_none_of_values_where_they_stand_again() -> None:
    head = "Faaliyet\tBütçe (TL)\t\n\t2023\t2024\n"
    text = f"{head}Çadır\t618.000,00\t756.000\nSeminer\t248.000\t788.993,57\n\n{head}Bordür\t883.000,63\t648.430\n"
    rows = [(row.label, texts(row)) for table in read(text) for row in table.rows]
    assert rows == [
        ("Çadır", ["618.000,00", "756.000"]),
        ("Seminer", ["248.000", "788.993,57"]),
        ("Bordür", ["883.000,63", "648.430"]),
    ]
