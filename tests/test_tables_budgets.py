from __future__ import annotations

from functools import cache
from pathlib import Path

from indexer.outline import Outline
from indexer.records import Document, Row, Source, Table
from indexer.tables.budgets import READER

CORPORA = Path(__file__).parent.parent / "corpora"
NBSP = "\u00a0"


def read(text: str) -> list[Table]:
    return list(READER.read(Document(Source("x", "x", "x", "x", "x"), text), Outline(())))


def names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def cells(row: Row) -> list[str | None]:
    return [cell.text if cell else None for cell in row.cells]


def text_of(name: str) -> str:
    return (CORPORA / f"{name}.txt").read_bytes().decode("utf-8")


@cache
def real_tables(name: str) -> dict[int, Table]:
    document = Document(Source("d", "d", "d", "d", "d"), text_of(name))
    return {document.line_range(table.rows[0].span)[0]: table for table in READER.read(document, Outline(()))}


def test_years_part_the_columns_of_a_shredded_header() -> None:
    (table,) = read(
        "\n".join(
            [
                "2023 Yılı Gider Bütçesi",
                "",
                "Kodu Açıklama",
                "2022",
                "Bütçe",
                "",
                "Gideri",
                "2023",
                "Bütçe ile",
                "",
                "Verilen",
                "",
                "1 Personel Giderleri 1.000,00 2.000,00",
                "",
                "2 ",
                "Sosyal Güvenlik ",
                "Giderleri",
                "",
                "300,00 400,00",
                "",
                "Toplam 1.300,00 2.400,00",
            ]
        )
    )
    assert names(table) == ["2022 Bütçe Gideri", "2023 Bütçe ile Verilen"]
    assert [row.label for row in table.rows] == ["1 Personel Giderleri", "2 Sosyal Güvenlik Giderleri", "Toplam"]
    assert [column.year for column in table.columns] == [2022, 2023]
    assert table.kind == "budget"


def test_units_in_parentheses_part_the_columns() -> None:
    (table,) = read(
        "\n".join(
            [
                "Birim Adı ",
                "",
                "Net ",
                "",
                "Ödenek ",
                "",
                "(TL) ",
                "",
                "Harcama ",
                "",
                "(TL) ",
                "",
                "Oran ",
                "",
                "(%) ",
                "",
                "Fen İşleri 10,00 5,00 50,00 ",
                "",
                "Zabıta 20,00 5,00 25,00 ",
            ]
        )
    )
    assert names(table) == ["Net Ödenek (TL)", "Harcama (TL)", "Oran (%)"]


def test_an_empty_cell_is_placed_by_the_sum_of_the_column() -> None:
    (table,) = read(
        "\n".join(
            [
                "Açıklama Kesinti Tutarı Net Tutarı",
                "",
                "Pay A 100,00 900,00",
                "",
                "Pay B 50,00",
                "",
                "Toplam 150,00 900,00",
            ]
        )
    )
    assert cells(table.rows[1]) == ["50,00", None]
    assert not table.rows[1].ambiguous


def test_an_empty_cell_without_evidence_makes_the_row_ambiguous() -> None:
    (table,) = read(
        "\n".join(
            [
                "Açıklama Kesinti Tutarı Net Tutarı",
                "",
                "Pay A 100,00 900,00",
                "",
                "Pay B 50,00",
                "",
                "Pay C 10,00 20,00",
            ]
        )
    )
    assert [row.ambiguous for row in table.rows] == [False, True, False]


def test_a_visible_empty_cell_is_kept() -> None:
    (table,) = read(
        "\n".join(
            [
                "Fuar Adı Toplam Ziyaretçi Sayısı Yerli Ziyaretçi Sayısı",
                "",
                f"Kitap Fuarı 2.500 {NBSP}",
                "",
                "Gıda Fuarı 1.200 800",
                "",
                "Tarım Fuarı 300 200",
            ]
        )
    )
    assert cells(table.rows[0]) == ["2.500", None]


def test_spaces_show_the_empty_cells_of_short_rows() -> None:
    lines = [
        "Sıra No Mahalleler ",
        "",
        "Taş ",
        "",
        "(m2) ",
        "",
        "Parke ",
        "",
        "(m2) ",
        "",
        "Bazalt ",
        "",
        "(m2) ",
        "",
        "1 Alan Mahallesi    ",
        "",
        "2 Dere Mahallesi  50  ",
        "",
        "3 Tepe Mahallesi   70 ",
        "",
        "4 Koru Mahallesi 10 20 30 ",
        "",
        "TOPLAM 10 70 100 ",
    ]
    (table,) = read("\n".join(lines))
    assert names(table) == ["Taş (m2)", "Parke (m2)", "Bazalt (m2)"]
    assert [cells(row) for row in table.rows[:3]] == [[None] * 3, [None, "50", None], [None, None, "70"]]
    assert not any(row.ambiguous for row in table.rows)


def test_a_repeated_header_begins_a_table() -> None:
    head = "Hedef Bütçe Net Bütçe Harcama"
    tables = read(
        "\n".join(
            [
                f"Birim Adı {head}",
                "",
                "Özel Kalem 1,00 2,00 3,00",
                "",
                "Toplam 1,00 2,00 3,00",
                "",
                f"Zabıta {head}",
                "",
                "Dernek Payı 4,00 5,00 6,00",
                "",
                "Toplam 4,00 5,00 6,00",
            ]
        )
    )
    assert [len(table.rows) for table in tables] == [2, 2]
    assert names(tables[1]) == ["Hedef Bütçe", "Net Bütçe", "Harcama"]
    assert tables[1].title == "Zabıta"


def test_prose_and_indicator_tables_are_left_alone() -> None:
    assert read("Yıl içinde 3 park ve 5 yol yapıldı 12 45\nBunun 20 30\nsonucu olarak 5 6 sayılmıştır.\n") == []
    assert (
        read("Performans Göstergeleri Birim 2023 Hedef 2024 Hedef\n\nPark Sayısı Adet 3 5\n\nYol Sayısı Adet 4 6\n")
        == []
    )


def test_every_cell_is_verbatim() -> None:
    for name in ("izmir-2020-faaliyet", "kars-2024-faaliyet"):
        text = text_of(name)
        for table in real_tables(name).values():
            for row in table.rows:
                assert len(row.cells) == len(table.columns)
                assert all(text[cell.span.start : cell.span.end] == cell.text for cell in row.cells if cell)


def test_real_headers_and_rows() -> None:
    izmir, kars = real_tables("izmir-2020-faaliyet"), real_tables("kars-2024-faaliyet")
    assert names(izmir[4173]) == [
        "2020 Bütçe ile Tahmin Edilen",
        "2020 Tahsilatı",
        "2020 Tahsilatta Red ve İadeler",
        "2020 Net Geliri",
        "2020 Gerç. %",
    ]
    assert cells(izmir[4173].rows[10]) == ["1.163.187,45", "7.905.172,07", "0,00", "7.905.172,07", "679,61"]
    finance = {row.span: row for row in izmir[4566].rows}.values()
    assert next(cells(row) for row in finance if row.label == "3 Kur Farkı") == [None, "1.020.927,48"]
    assert sum(row.ambiguous for row in finance) == 1
    assert cells(kars[2535].rows[-1])[3] is None
    assert names(kars[4417])[:2] == ["Hakediş Tarihi", "Hakediş Tutarı (₺)"]
    assert [row.label for row in kars[2624].rows][:2] == ["01- Vergi Gelirleri", "03- Teşebbüs ve Mülkiyet Gelirleri"]
    assert cells(kars[2624].rows[0]) == ["77.800.000,00", "62.289.189,63", "155.991,80", "62.133.197,83", "%80"]


def test_merged_cells_of_a_cycle_stand_with_its_first_line() -> None:
    (table,) = [
        table
        for table in real_tables("izmir-2020-faaliyet").values()
        if len(table.columns) == 7 and table.columns[0].name == "Faaliyet Toplamı"
    ]
    first, second = table.rows[0], table.rows[1]
    assert first.label.startswith("1 Personel Giderleri") and first.label.endswith("Hedef Bütçe")
    assert cells(first)[4:] == ["99,32%", "95,90%", "6,73%"]
    assert cells(second)[4:] == [None, None, "6,97%"]
