"""Shapes of tables that hide where a cell belongs: empty cells of texts, shifted headers, years that are no columns."""

from __future__ import annotations

import pytest

from indexer.outline import Outline
from indexer.records import Document, Row, Source, Table
from indexer.tables import read_tables


def read(text: str) -> list[Table]:
    text = text.replace("~", "\u00a0")
    return read_tables(Document(Source(id="d", municipality="", title="", file="", sha256=""), text), Outline(()))


def texts(row: Row) -> list[str | None]:
    return [cell.text if cell else None for cell in row.cells]


REASONS = (
    "Performans Göstergeleri 2031\nGerçekleşen\n2032\nHedef\n2032\nGerçekleşen\nGerçekleşme\nOranı (%)\nSapma Nedeni\n"
)


def test_the_empty_cell_of_a_reason_is_no_value() -> None:
    (table,) = read(
        REASONS + "PG1.1 Dikilen ağaç (adet) 10 20 25 125,00 ~\nPG1.2 Yeni yol (km) ~ 90 45 50,00 Taş gelmemiş.\n"
        "PG1.3 Açılan park (adet) ~ 4 4 100,00 ~\n"
    )
    assert [texts(row) for row in table.rows] == [
        ["10", "20", "25", "125,00", None],
        [None, "90", "45", "50,00", "Taş gelmemiş."],
        [None, "4", "4", "100,00", None],
    ]


def test_numbers_left_to_the_label_against_the_rate_make_a_row_doubtful() -> None:
    (table,) = read(REASONS + "PG1.1 Dikilen ağaç (adet) 10 20 25 125,00 ~\nPG1.2 Yeni yol (km) 80 90 45 50,00 7\n")
    assert [row.ambiguous for row in table.rows] == [False, True]


def test_a_status_printed_once_ends_its_row() -> None:
    (table,) = read(
        "Performans Göstergesi Birim 2032 Hedef 2032 Gerçekleşme Durum\n\nDikilen ağaç sayısı Adet 20 25 Aşıldı\n\n"
        "Festival günü Gün 5 ~ İptal edildi\n\nEvinde bakılan yaşlı\nsayısı Kişi 30 27 Hedefe yaklaşıldı\n"
    )
    assert [(row.label, texts(row)) for row in table.rows] == [
        ("Dikilen ağaç sayısı", ["20", "25", "Aşıldı"]),
        ("Festival günü", ["5", None, "İptal edildi"]),
        ("Evinde bakılan yaşlı sayısı", ["30", "27", "Hedefe yaklaşıldı"]),
    ]


def test_half_years_and_their_sum_stand_under_one_year() -> None:
    (table,) = read(
        "Gösterge Ölçü\nBirimi\n2032\nHedef\nOcak-\nHaziran\nTemmuz-\nAralık\nYıl\nToplamı\nGerçekleşme\n(%)\n"
        "PG1.1 Taşınan yolcu sayısı Bin Kişi 13 6 7 13 100\nPG1.2 Eğitim Saat 3 1 ~ 1 33\n"
    )
    names = ["2032 Hedef", "Ocak-Haziran", "Temmuz-Aralık", "Yıl Toplamı", "Gerçekleşme (%)"]
    assert [column.name for column in table.columns] == names
    assert [(row.unit, texts(row)) for row in table.rows] == [
        ("Bin Kişi", ["13", "6", "7", "13", "100"]), ("Saat", ["3", "1", None, "1", "33"]),
    ]  # fmt: skip


def test_bare_years_beside_performance_indicators() -> None:
    (table,) = read(
        "Performans Göstergeleri\n2031\n\n2032 2033\n\n1 Karşılanma oranı (%) 93 94 95\nAçıklama: –\n2 Eğitim süresi\n"
        "(saat) ~ 9 12\nAçıklama: Eğitimler yaz aylarındadır.\n3 Memnuniyet oranı (%) 68 ~ 75\n"
    )
    assert table.kind == "indicator"
    assert [texts(row) for row in table.rows] == [["93", "94", "95"], [None, "9", "12"], ["68", None, "75"]]
    above_projects = read(
        "Proje\n\nİlgili\nMüdürlük\n\nPerformans Göstergesi 2031 2032\n\nYeni yol Fen İşleri Md. 1 2\n"
    )
    assert not [own for own in above_projects if own.kind == "indicator"]


@pytest.mark.parametrize("value", ["Başlangıç Değeri", "Plan Dönemi Başlangıç Değeri"])
def test_the_year_of_the_starting_value_is_told_by_the_rows(value: str) -> None:
    header = f"Performans Göstergeleri Hedefe Etkisi\n(%)\n\n{value}\n2030\n2031 2032 2033\n\n"
    (table,) = read(header + "PG1 Dikilen ağaç (adet) 20 10 12 14 16\n\nPG2 Yeni yol (km) 30 ~ 2 3 4\n")
    names = ["Hedefe Etkisi (%)", f"{value} 2030", "2031", "2032", "2033"]
    assert [column.name for column in table.columns] == names
    (apart,) = read(header + "PG1 Dikilen ağaç (adet) 20 10 11 12 14 16\n\nPG2 Yeni yol (km) 30 ~ 1 2 3 4\n")
    assert len(apart.columns) == 6


@pytest.mark.parametrize(
    "header",
    ["Performans Göstergeleri\t2031\t2032\t2033", "Performans Göstergeleri\t2031 Gerçekleşme\t2032 Tahmin\t2033 Hedef"],
)
def test_a_delimited_header_may_lack_the_field_of_the_serial_numbers(header: str) -> None:
    (table,) = read(f"{header}\n1\tYol uzunluğu (km)\t41,3\t38\t45\n2\tPark (adet)\t\t3\t5\n")
    assert [column.year for column in table.columns] == [2031, 2032, 2033]
    assert [texts(row) for row in table.rows] == [["41,3", "38", "45"], [None, "3", "5"]]


def test_names_of_amounts_above_the_labels_of_activities() -> None:
    (table,) = read(
        "Faaliyetler\t\tKaynak İhtiyacı 2032 (TL)\t\t\n\tBütçe\tBütçe Dışı\tToplam\t\n"
        "5\tPark bakımı\t1,00\t0,00\t1,00\n"
        "6\tAtık toplama\t2,00\t3,00\t5,00\n\tGenel Toplam\t3,00\t3,00\t6,00\n"
    )
    assert [texts(row) for row in table.rows] == [
        ["1,00", "0,00", "1,00"],
        ["2,00", "3,00", "5,00"],
        ["3,00", "3,00", "6,00"],
    ]


def test_a_month_without_values_is_a_row() -> None:
    (table,) = read("AYLAR\tTOPLANTI\tKARAR\nTemmuz\t2\t33\nAğustos\t\t\nEylül\t2\t42\nTOPLAM\t4\t75\n")
    assert [row.label for row in table.rows] == ["Temmuz", "Ağustos", "Eylül", "TOPLAM"]


def test_serial_numbers_in_the_cell_of_the_label() -> None:
    (table,) = read(
        "| Faaliyetler | Bütçe (TL) | Toplam (TL) |\n|---|---|---|\n"
        "| 9. Kitap | 1,00 | 1,00 |\n| 10. Kreş | 2,00 | 2,00 |\n"
    )
    assert [row.label for row in table.rows] == ["Kitap", "Kreş"]


def test_the_name_before_bare_years_is_that_of_the_labels() -> None:
    (table,) = read(
        "Amaç 3 Bütçe\n\nProje\n2031 2032\n2033 Toplam\n\nKültür merkezi yapımı 6.000 1.000 - 7.000\n\n"
        "Kreş yapımı 2.000 2.000 3.000 7.000\n\nToplam 8.000 3.000 3.000 14.000\n"
    )
    assert [column.name for column in table.columns] == ["2031", "2032", "2033", "Toplam"]
    assert texts(table.rows[0]) == ["6.000", "1.000", "-", "7.000"]


def test_the_years_of_an_investment_fill_a_cell() -> None:
    (table,) = read(
        "Sıra Projenin Adı Başlama\nBitiş\n\nProje\nTutarı\n2031 Sonu\nHarcama\n\n2032\nÖdeneği Kalan\n\n"
        "1 Yan Yol Bağlantıları 2031-2034 148.500 32.670 64.250 51.580\n"
        "2 Sahil Düzenlemesi\n3. Etap 2030-2033 88.750 76.750 "
        "12.000 0\n3 Katlı Otopark 2033-2034 54.000 - 20.000 34.000\nToplam ~ 291.250 109.420 96.250 85.580\n"
    )
    assert [(row.label, texts(row)[:2]) for row in table.rows] == [
        ("Yan Yol Bağlantıları", ["2031-2034", "148.500"]), ("Sahil Düzenlemesi 3. Etap", ["2030-2033", "88.750"]),
        ("Katlı Otopark", ["2033-2034", "54.000"]), ("Toplam", [None, "291.250"]),
    ]  # fmt: skip


PROJECTS = "Proje Sorumlu Müdürlük 2031 2032 2033\n\n"


def test_the_spaces_behind_a_responsible_unit_are_empty_cells() -> None:
    (table,) = read(
        PROJECTS
        + "Göl çevre düzenlemesi Plan ve Proje Md.   4.000\n\nKöy meydanları\ndüzenlemesi Fen İşleri Md. 1.000  \n\n"
        "Kent Ormanı Plan ve Proje Md. 1.000 2.000 3.000\n\nOrman etüdü Park ve Bahçeler Md.   \n"
    )
    assert [(row.label, row.units_responsible[0], texts(row)) for row in table.rows] == [
        ("Göl çevre düzenlemesi", "Plan ve Proje Md.", [None, None, "4.000"]),
        ("Köy meydanları düzenlemesi", "Fen İşleri Md.", ["1.000", None, None]),
        ("Kent Ormanı", "Plan ve Proje Md.", ["1.000", "2.000", "3.000"]),
        ("Orman etüdü", "Park ve Bahçeler Md.", [None, None, None]),
    ]


def test_spaces_that_differ_from_row_to_row_place_nothing() -> None:
    (table,) = read(
        PROJECTS
        + "Yol yapımı Fen İşleri Md. 1.000  \nPark yapımı Fen İşleri Md. 1.000   \nKreş yapımı Fen İşleri Md. 2 3 4\n"
    )
    assert [row.ambiguous for row in table.rows] == [True, True, False]


def test_methods_of_procurement_are_a_column() -> None:
    (table,) = read(
        "Sıra\nNo İşin Adı İhale Usulü Sözleşme\nTarihi\nSözleşme\nBedeli (TL)\n"
        "1 Asfalt Alımı Açık İhale 03.04.2032 86.450.000,00\n"
        "2 Pazar Yeri\nYapım İşi Pazarlık (21/b) 21.06.2032 54.180.600,00\n"
        "3 10 Adet Otobüs Alımı DMO 18.10.2032 72.300.000,00\n"
    )
    assert [(row.label, texts(row)[0]) for row in table.rows] == [
        ("Asfalt Alımı", "Açık İhale"), ("Pazar Yeri Yapım İşi", "Pazarlık (21/b)"), ("10 Adet Otobüs Alımı", "DMO"),
    ]  # fmt: skip


def test_roles_of_committee_members_in_brackets() -> None:
    (table,) = read(
        "Komisyonların üyeleri:\nİmar Komisyonu Çevre Komisyonu\nAli KAYA (Başkan) Ece SU (Başkan)\n"
        "Can TAŞ (Bşk. V.) Nur AY (Bşk. V.)\nEfe DAĞ (Üye) Gül ÇAY (Üye)\n"
    )
    assert [column.name for column in table.columns] == ["İmar Komisyonu", "Çevre Komisyonu"]
    assert texts(table.rows[1]) == ["Can TAŞ (Bşk. V.)", "Nur AY (Bşk. V.)"]
