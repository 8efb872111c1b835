"""Lists and grids: two-up lists, committees, portraits, one-cell-a-line tables and small listings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from indexer.outline import Outline
from indexer.records import Document, Row, Source, Table
from indexer.tables import grids, listings, members, pairs, stacked
from indexer.tables.base import TableReader, extract_tables
from indexer.tables.headers import split_header

CORPORA = Path(__file__).parent.parent / "corpora"
READERS: tuple[TableReader, ...] = (
    pairs.READER,
    grids.READER,
    members.READER,
    listings.STRUCTURED,
    stacked.READER,
    listings.READER,
)


def document(text: str) -> Document:
    return Document(Source(id="d", municipality="", title="", file="", sha256=""), text)


def read(text: str) -> list[Table]:
    return extract_tables(document(text), Outline(()), READERS)


@cache
def real(name: str) -> tuple[Document, list[Table]]:
    whole = document((CORPORA / f"{name}.txt").read_bytes().decode("utf-8"))
    return whole, extract_tables(whole, Outline(()), READERS)


def table_at(name: str, line: int) -> Table:
    """The table that holds ``line`` of a document of the collection."""
    whole, tables = real(name)
    start = whole.lines[line - 1].start
    return next(table for table in tables if table.span.start <= start < table.span.end)


def row_at(name: str, line: int, label: str) -> Row:
    whole, _ = real(name)
    rows = table_at(name, line).rows
    return next(row for row in rows if row.label == label and whole.line_range(row.span)[0] <= line)


def texts(row: Row) -> list[str | None]:
    return [cell.text if cell else None for cell in row.cells]


def names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


# Two-up lists


def test_two_up_list_under_a_header_printed_twice() -> None:
    row = row_at("izmir-2024-performans", 1340, "Konak")
    assert texts(row) == ["2.725"]
    assert row.unit == "adet"
    assert names(table_at("izmir-2024-performans", 1340)) == ["Taşınmaz Adedi"]
    assert "dosya türlerine göre dağılımı" in table_at("izmir-2024-performans", 1340).title


def test_last_line_of_a_two_up_list_may_hold_one_pair() -> None:
    (table,) = read("Semt Adı Ağaç Sayısı Semt Adı Ağaç Sayısı\nYeşilköy 12 Aktepe 7\nBağlar 1.250 Çay 3\nDere 4\n")
    assert [(row.label, texts(row)) for row in table.rows] == [
        ("Yeşilköy", ["12"]),
        ("Aktepe", ["7"]),
        ("Bağlar", ["1.250"]),
        ("Çay", ["3"]),
        ("Dere", ["4"]),
    ]


def test_count_stands_before_its_label() -> None:
    name = "izmir-2020-faaliyet"
    assert texts(row_at(name, 2066, "Katı Atık Tesisi (27 Parsel)")) == ["19"]
    assert texts(row_at(name, 2058, "Mesken (1402 Adedi Uzundere Konutları)")) == ["1474"]
    assert texts(row_at(name, 2090, "Sosyal Konut")) == ["52"]


def test_bracket_that_wraps_stays_with_its_label() -> None:
    row = next(row for row in table_at("izmir-2024-performans", 1210).rows if row.label.startswith("Sosyal Konut"))
    assert row.label.endswith("Yıkım Kararı Çıkmıştır)")


def test_sentences_with_counts_are_no_list() -> None:
    text = "8 adet araç ile 12 adet park temizlendi.\n3 adet okula 40 adet kitap dağıtıldı.\n5 adet afiş asıldı.\n"
    assert read(text) == []


def test_serial_numbers_before_names_in_two_columns() -> None:
    table = table_at("kars-2024-faaliyet", 6213)
    found = {row.label: texts(row) for row in table.rows}
    assert found["3"] == ["Subatan Mahallesi"]
    assert found["15"] == ["30 Ekim Mahallesi"]


# Committees and portraits


def test_committees_side_by_side() -> None:
    table = table_at("izmir-2020-faaliyet", 787)
    assert names(table)[3] == "Avrupa Birliği ve Dış İlişkiler Komisyonu"
    assert texts(table.rows[1]) == [
        "Saadet ÇAĞLIN Başkan V.",
        "Bülent SÖZÜPEK Başkan V.",
        "Ali Emrah KARAMUSTAFAOĞLU Başkan V.",
        "Mehmet Atilla BAYSAK Başkan V.",
    ]


def test_committee_name_over_two_lines() -> None:
    assert names(table_at("izmir-2020-faaliyet", 815))[0] == "Eğitim, Kültür, Gençlik ve Spor Komisyonu"


def test_sentence_in_the_place_of_a_member_is_a_cell() -> None:
    row = table_at("izmir-2020-faaliyet", 884).rows[6]
    assert texts(row)[:2] == ["Aydın PEHLİVAN Üye", "AK Parti tarafından üye verilmemiştir."]


def test_committees_of_another_municipality() -> None:
    text = (
        "İmar Komisyonu Sağlık ve Sosyal Hizmetler \nKomisyonu\n\n1. Ayşe DEMİR Başkan 1. Ali Can \n"
        "   KAYA Başkan\n\n2. Veli AK Üye 2. Zehra SU Üye\n\n3. Can OK Üye 3. Ece TAŞ Üye\n"
    )
    (table,) = read(text)
    assert names(table) == ["İmar Komisyonu", "Sağlık ve Sosyal Hizmetler Komisyonu"]
    assert texts(table.rows[0]) == ["Ayşe DEMİR Başkan", "Ali Can KAYA Başkan"]


def test_portraits_with_wrapped_names_and_brackets() -> None:
    name = "izmir-2020-faaliyet"
    assert texts(row_at(name, 106, "Selim Utku GÜMRÜKÇÜ")) == ["Çiğli Belediye Başkanı", "CHP"]
    assert texts(row_at(name, 233, "Önder CAN")) == ["Urla Belediye Başkanı V.", None]
    assert texts(row_at(name, 690, "Tarkan Fikret ÇALIK")) == [None, "İYİ Parti - Karabağlar"]


# Small listings


def test_label_and_count_under_a_wrapped_header() -> None:
    row = row_at("izmir-2020-faaliyet", 2835, "Teknik Hizmetler Sınıfı")
    assert texts(row) == ["1.147"]
    assert names(table_at("izmir-2020-faaliyet", 2835)) == ["Personel Sayısı"]


def test_years_are_labels() -> None:
    row = row_at("izmir-2020-faaliyet", 2252, "2018")
    assert texts(row) == ["44.166.230,81"]
    assert row.unit == "TL"


def test_serial_numbers_are_no_part_of_the_label_and_no_value() -> None:
    assert texts(row_at("kars-2024-faaliyet", 775, "Çöp Kamyonu")) == ["6", "2", "8"]
    midibus = next(row for row in table_at("kars-2024-faaliyet", 769).rows if row.label.startswith("Midibüs"))
    assert texts(midibus) == ["1", "0", "1"]


def test_dates_before_labels_are_a_column_and_no_break_spaces_empty_cells() -> None:
    row = row_at("izmir-2020-faaliyet", 20630, "89. İZMİR ENTERNASYONAL FUARI")
    assert texts(row) == ["04 - 08 Eylül 2020", "26.585", None, None, "39", "0", "3.796"]
    assert names(table_at("izmir-2020-faaliyet", 20630))[1:3] == ["Toplam Ziyaretçi", "Yabancı Ziyaretçi"]


def test_units_put_a_lone_value_under_its_column() -> None:
    row = row_at("izmir-2020-faaliyet", 20951, "2019-2020 Yılı")
    assert texts(row) == [None, None, "5528 kişi"]
    assert row.section == ("İ.B.B İşçi Personel Şube Md.",)
    assert not row.ambiguous


def test_single_blanks_show_empty_cells() -> None:
    name = "kars-2024-faaliyet"
    assert names(table_at(name, 4543)) == ["Doğal Taş (m2)", "Kilit Parke Taş (m2)", "Bazalt (m2)"]
    assert texts(row_at(name, 4543, "Ortakapı Mahallesi")) == [None, "41", "40"]
    assert texts(row_at(name, 4529, "Fevziçakmak Mahallesi")) == ["250", None, None]


def test_unit_column_becomes_the_unit_of_the_row() -> None:
    row = row_at("kars-2024-faaliyet", 5219, "Yapı Kullanım İzin Belgesi Düzenlenen")
    assert (row.unit, texts(row)) == ("Adet", ["101"])


def test_values_without_a_header_are_ambiguous() -> None:
    (table,) = read("Park bakımı 12 15 18\n\nYol onarımı 3 4 5\n\nKaldırım 7 8 9\n")
    assert all(row.ambiguous for row in table.rows)


def test_fewer_values_than_columns_are_ambiguous() -> None:
    text = "Araç Cinsi Resmi Araç Sayısı Kiralık Araç Sayısı\n\nKamyon 3 2\n\nGreyder 4\n\nBinek 5 1\n\nOtobüs 6 6\n"
    (table,) = read(text)
    assert names(table) == ["Resmi Araç Sayısı", "Kiralık Araç Sayısı"]
    assert [row.label for row in table.rows if row.ambiguous] == ["Greyder"]


@pytest.mark.parametrize(
    "text",
    [
        "Belediyemizde çalışan personel sayısı geçen yıla göre artmış olup 12\nadet araç ile 40\nnoktada sürer.\n",
        "Sunuş .......... 3\nGenel Bilgiler .......... 5\nMali Bilgiler .......... 19\n",
        "1.1. Misyon 7\n1.2. Vizyon 8\n1.3. Yetki 9\n",
        "• Merkez, 12 ada 3 parsel 250,00 m²\npark alanı olarak\n• Yeni, 14 ada 1 parsel 90,00 m²\nyol olarak\n",
    ],
)
def test_prose_and_contents_are_no_tables(text: str) -> None:
    assert read(text) == []


# One cell a line


def test_one_cell_a_line() -> None:
    name = "kars-2024-faaliyet"
    row = row_at(name, 4241, "Destek Hizmetleri Müd. 22/A Yetkili Servisi Hizmet Alımı")
    assert texts(row) == ["26", "2.106.508,38 ₺", "2.527.810,05 ₺"]
    court = row_at(name, 7225, "KARS İCRA HUKUK MAHKEMESİ")
    assert texts(court) == ["29", "24", "53"]
    assert names(table_at(name, 7225)) == ["AÇIK DOSYALAR (TÜM DOSYALAR)", "2024 YILINDA KAPANAN DOSYALAR", "TOPLAM"]


def test_one_cell_a_line_in_another_municipality() -> None:
    text = "Birim\nÖdenek Tutarı\nHarcama Tutarı\n" + "".join(
        f"{label}\n{first}\n\n{second}\n"
        for label, first, second in (
            ("Fen İşleri", "1.200,00", "900,50"),
            ("Zabıta", "80,00", "0,00"),
            ("Toplam", "1.280,00", "900,50"),
        )
    )
    (table,) = read(text)
    assert names(table) == ["Ödenek Tutarı", "Harcama Tutarı"]
    assert [(row.label, texts(row)) for row in table.rows][1] == ("Zabıta", ["80,00", "0,00"])


# Headers and offsets


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Hizmet Sınıfı Personel \nSayısı", ("Hizmet Sınıfı", "Personel Sayısı")),
        ("Kadro Memur İşçi Şirket Personeli Toplam", ("Kadro", "Memur", "İşçi", "Şirket Personeli", "Toplam")),
        ("İdare Hizmet Adı Sözleşme Bedeli Kişi Sayısı", ("İdare", "Hizmet Adı", "Sözleşme Bedeli", "Kişi Sayısı")),
        (
            "Hakediş Hakediş \nTarihi \nHakediş Tutarı (₺) KDV  \n Tutarı (₺)",
            ("Hakediş", "Hakediş Tarihi", "Hakediş Tutarı (₺)", "KDV Tutarı (₺)"),
        ),
    ],
)
def test_header_is_cut_where_its_names_end(lines: str, expected: tuple[str, ...]) -> None:
    header = split_header(document(lines).lines, len(expected))
    assert header is not None
    assert header.names == expected


def test_header_with_fewer_words_than_columns_is_none() -> None:
    assert split_header(document("Toplam").lines, 2) is None


@pytest.mark.parametrize("name", sorted(path.stem for path in CORPORA.glob("*.txt")))
def test_every_cell_stands_where_it_says(name: str) -> None:
    whole, tables = real(name)
    for table in tables:
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
        for row in table.rows:
            assert table.span.start <= row.span.start < row.span.end <= table.span.end
            for cell in filter(None, row.cells):
                place = whole.text[cell.span.start : cell.span.end]
                assert squeezed(place) == squeezed(cell.text)
                assert row.span.start <= cell.span.start <= cell.span.end <= row.span.end


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("-", "")


def test_names_of_one_word_that_end_in_a_total_are_a_column_each() -> None:
    text = "KURS ADI KURSİYER SAYISI\nKADIN ERKEK TOPLAM\nAşçılık 262 38 300\nBağlama 71 94 165\nTOPLAM 333 132 465\n"
    (table,) = read(text)
    assert [column.name for column in table.columns] == ["KADIN", "ERKEK", "TOPLAM"]


def test_the_sign_of_a_rate_is_no_column_of_its_own() -> None:
    header = "KODU \nAÇIKLAMA \nVERİLEN ÖDENEK \nYIL SONU \nHARCAMA \nHARCAMA \nORANI % \n"
    rows = "01 Genel 142,00 129,20 91,00 \n03 Güvenlik 21.480,00 19.883,45 92,57 \n05 Çevre 88,00 90,36 102,17 \n"
    (table,) = read(header + rows)
    assert table.columns[-1].name != "%"
    assert table.columns[1].name == "HARCAMA"


def test_a_row_of_years_is_the_header_of_those_below() -> None:
    (table,) = read("Verilen Belgeler 2020 2021\nYapı Ruhsatı 611 734\nYıkım Kararı 57 49\nİmar Durumu 1.905 2.260\n")
    assert [column.name for column in table.columns] == ["2020", "2021"]
    assert [row.label for row in table.rows] == ["Yapı Ruhsatı", "Yıkım Kararı", "İmar Durumu"]
    assert not any(row.ambiguous for row in table.rows)
