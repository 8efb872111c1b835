"""Forms that municipalities print in many ways: header words in any order, gaps, wrapped codes, lists side by side."""

from __future__ import annotations

import pytest

from indexer.outline import Outline
from indexer.records import Document, Row, Source, Table
from indexer.tables import read_tables
from indexer.tables.period_names import period_length


def read(text: str) -> list[Table]:
    return read_tables(Document(Source(id="d", municipality="", title="", file="", sha256=""), text), Outline(()))


def texts(row: Row) -> list[str | None]:
    return [cell.text if cell else None for cell in row.cells]


def table_of(text: str) -> dict[str, list[str | None]]:
    (table,) = read(text)
    assert not any(row.ambiguous for row in table.rows)
    return {row.label: texts(row) for row in table.rows}


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("tahmini gerceklesme hedef", 2),
        ("gerceklesme tahmini hedef", 2),
        ("yil sonu gerceklesme tahmini", 4),
        ("1. alti aylik gerceklesme", 4),
        ("ilk 6 ay gerceklesmesi", 4),
        ("haziran sonu yil", 2),
        ("hedef tahmini gerceklesme", 1),  # the second word belongs to the third
        ("hedef gerceklesme", 1),
        ("donem", 0),
        ("gelir gerceklesme", 0),
    ],
)
def test_names_of_periods_follow_a_grammar(words: str, length: int) -> None:
    assert period_length(words.split(), 0) == length


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("2031 Gerçekleşen 2032 Tahmini Gerçekleş-\nme 2033 Hedef", ("Gerçekleşen", "Tahmini Gerçekleşme", "Hedef")),
        ("2031\n(Gerçekleşen)\n\n2032\n(Tahmin)\n\n2033\n(Hedef)", ("(Gerçekleşen)", "(Tahmin)", "(Hedef)")),
        ("2031 2032 2033\nGerçekleşen Tahmini Hedef", ("Gerçekleşen", "Tahmini", "Hedef")),
        ("2031-Gerçekleşme 2032 İlk 6 Aylık Gerçekleşme\n2033 Yıl Sonu Hedefi",
         ("Gerçekleşme", "İlk 6 Aylık Gerçekleşme", "Yıl Sonu Hedefi")),
        ("Gerçekleşen 2031 2032 Tahmin Hedef 2033", None),
    ],
)  # fmt: skip
def test_headers_of_indicators(header: str, names: tuple[str, ...] | None) -> None:
    (table,) = read(f"Performans Göstergeleri Ölçü Birimi {header}\n\nDikilen ağaç sayısı Adet 100 200 300\n")
    assert [column.year for column in table.columns] == [2031, 2032, 2033]
    assert [column.measure for column in table.columns] in (
        ["actual", "estimate", "target"],
        ["actual"] * 2 + ["target"],
    )
    if names:
        years = ("2031", "2032", "2033")
        assert [column.name for column in table.columns] == [f"{y} {n}" for y, n in zip(years, names, strict=True)]
    assert texts(table.rows[0]) == ["100", "200", "300"]


def test_the_unit_of_a_header_may_stand_on_two_lines_among_the_periods() -> None:
    (table,) = read(
        "Performans Göstergesi Ölçü 2031 2032 2033\nBirimi Gerçekleşme Tahmini Hedef\nDikilen ağaç sayısı Adet 1 2 3\n"
    )
    assert [column.name for column in table.columns] == ["2031 Gerçekleşme", "2032 Tahmini", "2033 Hedef"]
    assert (table.rows[0].unit, texts(table.rows[0])) == ("Adet", ["1", "2", "3"])


def test_the_year_of_a_starting_value_is_no_column() -> None:
    (table,) = read(
        "Performans Göstergeleri\nHedefe Etkisi\n(%)\nPlan Dönemi Başlangıç\nDeğeri\n(2030)\n2033\nHedef\n2033\n"
        "Gerçekleşme\nSapma Nedeni\nPG1.1.1 Üretilen asfalt (ton) 60 10 40 20\nPG1.1.2\nDöşenen parke\n(m²)\n40 1 4 2 "
        "Taş gelmemiş,\niş durmuştur.\n"
    )
    assert [column.name for column in table.columns] == [
        "Hedefe Etkisi (%)", "Plan Dönemi Başlangıç Değeri (2030)", "2033 Hedef", "2033 Gerçekleşme", "Sapma Nedeni",
    ]  # fmt: skip
    assert texts(table.rows[0]) == ["60", "10", "40", "20", None]
    assert texts(table.rows[1]) == ["40", "1", "4", "2", "Taş gelmemiş, iş durmuştur."]


INDICATORS = "Performans Göstergeleri Ölçü Birimi 2031 Gerçekleşen 2032 Tahmin 2033 Hedef 2034 Hedef\n\n"


def test_a_duration_may_take_several_units() -> None:
    (table,) = read(
        INDICATORS + "Cevap süresi Dakika/Saniye 14 dakika 20\nsaniye\n\n12 dakika\n\n10 dakika\n30 saniye 9 dakika\n"
    )
    assert texts(table.rows[0]) == ["14 dakika 20 saniye", "12 dakika", "10 dakika 30 saniye", "9 dakika"]


def test_spaces_stand_for_empty_cells_only_where_they_do_in_every_row() -> None:
    rows = "Sunulan öğün sayısı Adet   150 220\n\nGenç üye sayısı Kişi  1 2 3\n\nKurs sayısı Adet 1 2 3 4\n"
    (table,) = read(INDICATORS + rows)
    assert [texts(row) for row in table.rows] == [
        [None, None, "150", "220"],
        [None, "1", "2", "3"],
        ["1", "2", "3", "4"],
    ]
    (doubtful,) = read(INDICATORS + rows + "\nYeni üye sayısı Kişi   7 8 9\n")
    assert texts(doubtful.rows[0]) == [None, None, None, None]
    assert doubtful.rows[0].ambiguous


def test_two_lists_side_by_side_are_never_one_label() -> None:
    body = "19 Mayıs 148 İlkadım 1.306\n\nAlaçam 97 Kavak 84\n\nBafra 417 Terme 255\n\nHavza 121 TOPLAM 5.318\n"
    expected = ["19 Mayıs", "İlkadım", "Alaçam", "Kavak", "Bafra", "Terme", "Havza", "TOPLAM"]
    (table,) = read(f"İlçesi Taşınmaz\nSayısı\n\nİlçesi Taşınmaz\nSayısı\n\n{body}")
    assert [row.label for row in table.rows] == expected
    assert [texts(row)[0] for row in table.rows] == ["148", "1.306", "97", "84", "417", "255", "121", "5.318"]
    for unknown in read(f"İlçe Adı Sayısı\n\n{body}"):
        assert all(row.label in expected for row in unknown.rows)


def test_a_word_that_a_hyphen_breaks_is_one_column() -> None:
    rows = table_of(
        "Öğrenim\nDurumu\n\nMemur Söz-\nleşmeli\n\nKadrolu\nİşçi\n\nToplam\n\nLise 204 7 391 602\n"
        "Ön Lisans 276 41 92 409\nLisans 561 138 52 751\n"
    )
    assert rows["Lise"] == ["204", "7", "391", "602"]
    (table,) = read(
        "Öğrenim\nDurumu\n\nMemur Söz-\nleşmeli\n\nKadrolu\nİşçi\n\nToplam\n\nLise 1 2 3 6\nLisans 2 2 2 6\n"
    )
    assert [column.name for column in table.columns] == ["Memur", "Sözleşmeli", "Kadrolu İşçi", "Toplam"]


def test_a_label_may_end_in_the_head_of_another_form() -> None:
    rows = table_of(
        "Faaliyetler Kaynak İhtiyacı (2031) (TL) Bütçe İçi Bütçe Dışı Toplam\n\nYol bakımına yönelik\n"
        "Faaliyetler 5,00 1,00 6,00\nKöprü yapımı 2,00 0,00 2,00\nGenel Toplam 7,00 1,00 8,00\n"
    )
    assert rows["Yol bakımına yönelik Faaliyetler"] == ["5,00", "1,00", "6,00"]
    assert rows["Genel Toplam"] == ["7,00", "1,00", "8,00"]


def test_a_total_beside_the_column_of_labels() -> None:
    header = "Sıra\tFaaliyetler\tBütçe İçi (TL)\tBütçe Dışı (TL)\tToplam (TL)\n"
    rows = table_of(
        header
        + "1\tYol\t5.000,00\t1.000,00\t6.000,00\n2\tPark\t2.000,00\t\t2.000,00\n"
        + "Genel Toplam\t7.000,00\t1.000,00\t8.000,00\t\n"
    )
    assert rows["Genel Toplam"] == ["7.000,00", "1.000,00", "8.000,00"]


def test_codes_whose_names_stand_below_them() -> None:
    rows = table_of(
        "Kodu\nAçıklama\n2031\nBütçe Ödeneği\n\n2031\nBütçe\nGideri\n\nNet\nÖdeneğe\nGöre\n%\n\n"
        "46 19 1 2 Özel Kalem Müdürlüğü 11.400,00 12.118,66 95,80\n\n46 19 1 32\nTemizlik İşleri Müdürlüğü\n\n"
        "132.500,00 171.806,91 99,02\n\n46 19 1 33 Su Müdürlüğü 118.000,00 127.480,48 90,57\n"
    )
    assert list(rows) == [
        "46 19 1 2 Özel Kalem Müdürlüğü",
        "46 19 1 32 Temizlik İşleri Müdürlüğü",
        "46 19 1 33 Su Müdürlüğü",
    ]
    assert rows["46 19 1 32 Temizlik İşleri Müdürlüğü"] == ["132.500,00", "171.806,91", "99,02"]


def test_projects_under_years_on_a_line_of_their_own() -> None:
    (table,) = read(
        "Hedef 1 Kültürü yaymak İlgili Müdürlük Performans \nGöstergesi \n\n2031 2032 2033 2034 \n\n"
        "Proje 3.1.1 \nSahne yapımı \n\nFen İşleri Md. \n\nSes sistemi alınması  450,000 475,000 500,000 \n\n"
        "Proje 3.1.2 Park uygulaması Etüt Proje Md. Etüdün"
        " hazırlanması 350,000 1,000 2,000 3,000 \n"
    )
    assert [(row.label, texts(row)) for row in table.rows] == [
        ("Ses sistemi alınması", [None, "450,000", "475,000", "500,000"]),
        ("Etüdün hazırlanması", ["350,000", "1,000", "2,000", "3,000"]),
    ]
    assert [row.units_responsible for row in table.rows] == [("Fen İşleri Md.",), ("Etüt Proje Md.",)]
