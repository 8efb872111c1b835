"""What the readers of flattened indicator and activity tables promise."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.figures import number_style, parse_number
from indexer.outline import Outline, read_outline
from indexer.records import Document, Row, Source, Table
from indexer.tables import activities, indicators
from indexer.tables.columns import column_role, parse_column

CORPORA = next(
    (p for p in (Path(__file__).parents[1] / "corpora", Path("/work/shared/corpora")) if any(p.glob("*.txt"))), None
)
READERS = (indicators.READER, activities.READER)
FLATTENED = {
    "izmir-2020-faaliyet": "İzmir Büyükşehir Belediyesi",
    "izmir-2024-performans": "İzmir Büyükşehir Belediyesi",
    "kars-2024-faaliyet": "Kars Belediyesi",
}


def document(text: str, name: str = "ornek", municipality: str = "Örnek Belediyesi") -> Document:
    return Document(Source(name, municipality, name, f"{name}.txt", ""), text)


@cache
def corpus(name: str) -> Document:
    if CORPORA is None:
        pytest.skip("the corpora are not here")
    return document((CORPORA / f"{name}.txt").read_bytes().decode(), name, FLATTENED.get(name, ""))


@cache
def tables(name: str) -> tuple[Table, ...]:
    source = corpus(name)
    outline = read_outline(source)
    return (*indicators.READER.read(source, outline), *activities.READER.read(source, outline))


def read(text: str) -> list[Table]:
    source = document(text)
    return [*indicators.READER.read(source, Outline(())), *activities.READER.read(source, Outline(()))]


def texts(row: Row) -> list[str | None]:
    return [cell.text if cell is not None else None for cell in row.cells]


def row_at(name: str, line: int) -> Row:
    source = corpus(name)
    found = [
        r for t in tables(name) for r in t.rows if source.line_range(r.span)[0] <= line <= source.line_range(r.span)[1]
    ]
    assert found, f"no row at line {line}"
    return found[-1]


# Columns


@pytest.mark.parametrize(
    ("name", "year", "measure"),
    [
        ("2022 Gerçekleşen", 2022, "actual"),
        ("2023 Hedef", 2023, "target"),
        ("2024 Yılı Hedefi", 2024, "target"),
        ("2024 Tahmin", 2024, "estimate"),
        ("2020 GERÇEKLEŞEN", 2020, "actual"),
        ("Gerçekleşme Oranı", None, "rate"),
        ("2020 Gerç. %", 2020, "rate"),
        ("Sapma (%)", None, "rate"),
        ("Toplam Bütçe PAY (%)", None, "rate"),
        ("Hedef Bütçeye Göre %", None, "rate"),
        ("2020 Bütçe Gideri Toplam İçinde %", 2020, "rate"),
        ("Bütçe İçi", None, "budget"),
        ("Hedef Bütçe", None, "budget"),
        ("2020 Net Ödenek", 2020, "budget"),
        ("2020 Bütçe Giderleri", 2020, "spending"),
        ("Harcama (TL)", None, "spending"),
        ("Personel Sayısı", None, "count"),
        ("2024", 2024, "other"),
        ("5393 sayılı Kanun", None, "other"),
        ("Sapma Nedeni", None, "other"),
        ("Başarı Durumu", None, "other"),
        ("Hedefe Etkisi (%)", None, "other"),
    ],
)
def test_a_header_says_year_and_measure(name: str, year: int | None, measure: str) -> None:
    column = parse_column(name)
    assert (column.name, column.year, column.measure) == (name, year, measure)


@pytest.mark.parametrize(
    ("name", "unit"), [("Harcama (TL)", "TL"), ("Gerçekleşen (%)", "%"), ("Alan (m2)", "m²"), ("2024 Hedef", None)]
)
def test_a_header_says_its_unit(name: str, unit: str | None) -> None:
    assert parse_column(name).unit == unit


def test_roles_of_columns() -> None:
    assert [
        column_role(name) for name in ("2024 Hedef", "Başarı Durumu", "Sapma Nedeni", "Açıklama", "Sorumlu Birimler")
    ] == [
        "value",
        "status",
        "reason",
        "reason",
        "text",
    ]


@given(st.text(max_size=40))
def test_any_text_is_some_column(name: str) -> None:
    assert parse_column(name).name == name


# Real documents


@pytest.mark.parametrize(
    ("name", "line", "label", "unit", "cells"),
    [
        ("izmir-2024-performans", 2138, "Dökülecek Sıcak Asfalt Miktarı", "Ton", ["773.612", "1.500.000", "1.100.000"]),
        # an empty cell in the middle is a lone no-break space
        ("izmir-2024-performans", 3212, "Yardımı Yapılacak Süt Miktarı", "Litre", ["7.930.101", None, "10.400.000"]),
        # the label wraps
        (
            "izmir-2024-performans",
            2150,
            "Elektronik Haberleşme İstasyonlarına Verilecek Yer Seçim Belgesi "
            "ve Kiralama Taleplerinin Karşılanma Oranı",
            "%",
            ["74", "80", "80"],
        ),
        # values of several words that wrap
        (
            "izmir-2024-performans",
            3659,
            "Kırsalda Yangın ve Acil Müdahale Olaylarına Ortalama Varış Süresi",
            "Dakika",
            ["9 dakika 38 saniye", "9 dakika 22 saniye", "9 dakika 16 saniye"],
        ),
        (
            "izmir-2024-performans",
            4346,
            "Alınacak Kredi Dercelendirme Notu (Fitch Ratings)",
            "Not",
            [
                "B- (Negatif) B-(Negatif) AAA (Durağan)",
                "B-(Durağan) B-(Durağan) AAA (Durağan)",
                "BB (Negatif) BB (Negatif) AAA (Durağan)",
            ],
        ),
        (
            "izmir-2020-faaliyet",
            14703,
            "Asfalt Kaplama Miktarı",
            "Ton",
            [
                "1.754.247",
                "2.000.000",
                "929.691",
                "İlerlemede",
                "Planın başlangıç döneminden itibaren iç ve dış çevrede bütçesel "
                "durumlardan dolayı ciddi değişiklikler meydana gelmiş, hedeflenen rakama ulaşılamamıştır.",
            ],
        ),
        # the last row of a table before a page that begins with a heading in capitals
        (
            "izmir-2020-faaliyet",
            14888,
            "Asırlık Çınar Ağaçlarının Restorasyonu",
            "Adet",
            ["50", "50", "63", "Hedef ve Üstü", None],
        ),
        # no trace of the empty cell: the status compares target and actual
        (
            "izmir-2020-faaliyet",
            16297,
            "İzmirdeniz Stratejisi Kapsamında Üretilecek Proje Sayısı",
            "Adet",
            [None, "1", "1", "Hedef ve Üstü", None],
        ),
        # the unit is what is empty
        (
            "izmir-2020-faaliyet",
            16571,
            "Projelendirilecek Kültür-Sanat Merkezi Sayısı",
            None,
            ["1", "1", "0", "Geliştirilmeli", "Bilgi, belge ve evrak eksikliği nedeniyle hedefte sapma olmuştur."],
        ),
        # a number split at a line end, an explanation over several lines
        (
            "kars-2024-faaliyet",
            7850,
            "Araç ve İş Makineleri İçin Kullanılan Yağ Miktarı",
            None,
            ["160.000,00", "5.962,00", "3,72", "Tasarruf Tedbirleri Doğrultusunda Alım Yapıldı."],
        ),
        ("kars-2024-faaliyet", 9467, "Yapılan 18. Madde Uygulamaları", None, ["100,00%", "100,00%", "100%", None]),
        # resources of activities
        (
            "izmir-2024-performans",
            2192,
            "Ulaşım Yollarında Asfalt Kaplama, Bakım, Onarım ve Düzenleme Yapılması Faaliyetleri",
            None,
            ["3.000.000.000,00", None, "3.000.000.000,00"],
        ),
        ("izmir-2024-performans", 3617, "Cittaslow Metropol (Sakin Şehir) Projesi", None, ["0,00", None, "0,00"]),
        (
            "izmir-2024-performans",
            2603,
            "Genel Toplam",
            None,
            ["1.551.826.000,00", "4.310.000.000,00", "5.861.826.000,00"],
        ),
    ],
)
def test_rows_of_real_documents(name: str, line: int, label: str, unit: str | None, cells: list[str | None]) -> None:
    row = row_at(name, line)
    assert (row.label, row.unit, texts(row), row.ambiguous) == (label, unit, cells, False)


def test_a_reason_glued_to_the_next_label() -> None:
    first, second = row_at("izmir-2020-faaliyet", 15322), row_at("izmir-2020-faaliyet", 15326)
    assert first.label == "Akdeniz’de İşbirliği Yapılan Liman Kenti Sayısı"
    assert second.label == "İpek Yolu Üzerinde Ticaret Bağlantısı Kurulan Şehir Sayısı"
    assert texts(first)[-1] == texts(second)[-1] == "Covid-19 nedeniyle planlanan çalışmalar gerçekleştirilememiştir."


def test_a_reason_of_26_lines_is_whole() -> None:
    reason = texts(row_at("izmir-2020-faaliyet", 16118))[-1]
    assert reason is not None
    assert reason.startswith("Covid-19 nedeniyle uzaktan") and reason.endswith("levha üretim montajı yapılamamıştır.")
    assert "programlanmasında" in reason  # a healed hyphen


def test_codes_name_rows_even_when_torn() -> None:
    codes = [row.code for table in tables("kars-2024-faaliyet") for row in table.rows]
    assert len(codes) == len(set(codes)) == 162
    assert "PG. 1.1.10" in codes and "PG.6.3.10" in codes


@pytest.mark.parametrize("line", [2645, 4238, 4248])
def test_a_value_whose_column_nothing_tells_answers_nothing(line: int) -> None:
    row = row_at("izmir-2024-performans", line)
    assert row.ambiguous and texts(row) == [None, None, None]


def test_a_footnote_marks_cumulative_targets() -> None:
    row = row_at("izmir-2024-performans", 2176)
    assert row.label.endswith("Tamamlanma Oranı*") and row.cumulative
    assert row.note == "Göstergenin 2024 hedefi kümülatif olarak hesaplanmıştır."
    assert not row_at("izmir-2024-performans", 2138).cumulative


def test_all_tables_are_found() -> None:
    found = {name: [t for t in tables(name) if t.kind == "indicator"] for name in FLATTENED}
    assert {name: (len(own), sum(len(t.rows) for t in own)) for name, own in found.items()} == {
        "izmir-2020-faaliyet": (34, 373),
        "izmir-2024-performans": (36, 427),
        "kars-2024-faaliyet": (27, 162),
    }
    assert all("Performans Hedefi" in t.title or "Hedef" in t.title for own in found.values() for t in own)


def test_tab_separated_documents_have_no_flattened_tables() -> None:
    assert tables("kayseri-2025-performans") == ()
    assert tables("defne-2023-performans") == ()


@pytest.mark.parametrize("name", FLATTENED)
def test_every_cell_stands_where_it_says(name: str) -> None:
    source = corpus(name)
    for table in tables(name):
        for row in table.rows:
            assert len(row.cells) == len(table.columns)
            assert table.span.start <= row.span.start < row.span.end <= table.span.end
            for cell in row.cells:
                if cell is not None:
                    assert row.span.start <= cell.span.start < cell.span.end <= row.span.end
                    printed = source.text[cell.span.start : cell.span.end]
                    assert _letters(printed) == _letters(cell.text)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize("name", FLATTENED)
def test_no_label_holds_another_row(name: str) -> None:
    for table in tables(name):
        for row in table.rows:
            assert row.label and (row.label[0].isupper() or row.label[0].isdigit()), row
            assert len(row.label) < 200 and not row.label.endswith("."), row


def test_activities_add_up_to_their_grand_total() -> None:
    source = corpus("izmir-2024-performans")
    style = number_style(source.text)
    open_sum, totals = Decimal(0), 0
    for table in (t for t in tables("izmir-2024-performans") if t.kind == "budget"):
        for row in table.rows:
            value = parse_number(texts(row)[2] or "", style)
            assert value is not None
            if row.label == "Genel Toplam":
                assert open_sum == value, source.line_range(row.span)
                open_sum, totals = Decimal(0), totals + 1
            else:
                open_sum += value
        assert [(c.name, c.year, c.measure) for c in table.columns] == [
            ("Bütçe İçi", 2024, "budget"),
            ("Bütçe Dışı", 2024, "budget"),
            ("Toplam", 2024, "budget"),
        ]
    assert totals == 34


def test_all_documents_take_a_few_seconds() -> None:
    begin = time.perf_counter()
    for name in FLATTENED:
        source = corpus(name)
        list(indicators.READER.read(source, Outline(())))
        list(activities.READER.read(source, Outline(())))
    assert time.perf_counter() - begin < 10


# Other municipalities, other years, other layouts


def test_codes_a_bare_year_and_a_deviation() -> None:
    (table,) = read(
        "Gösterge Ölçü Birimi 2023 2024 Hedef 2024 Gerçekleşme Sapma %\n"
        "PG1.1.1 Dikilen ağaç sayısı Adet 120 200 180 -10\n"
        "PG1.1.2 Kişi başına düşen yeşil alan\nmiktarı m2 5,2 6 5,9 -1,67\n"
        "PG1.1.3 Bakımı yapılan park oranı % 90 95 95 0\n"
        "Performans Hedefi 1.2: Ulaşım\n5 km yol 3 4 5 6\n"
    )
    assert [(c.name, c.year, c.measure) for c in table.columns] == [
        ("2023", 2023, "other"),
        ("2024 Hedef", 2024, "target"),
        ("2024 Gerçekleşme", 2024, "actual"),
        ("Sapma %", None, "rate"),
    ]
    assert [(r.code, r.label, r.unit) for r in table.rows] == [
        ("PG1.1.1", "Dikilen ağaç sayısı", "Adet"),
        ("PG1.1.2", "Kişi başına düşen yeşil alan miktarı", "m2"),
        ("PG1.1.3", "Bakımı yapılan park oranı", "%"),
    ]
    assert texts(table.rows[1]) == ["5,2", "6", "5,9", "-1,67"]


def test_no_units_and_no_codes() -> None:
    (table,) = read(
        "Performans Göstergeleri 2031 Gerçekleşen 2032 Tahmin 2033 Hedef\n"
        "Dikilen ağaç sayısı (adet) 100 200 300\n"
        "65 yaş üstü ziyaret edilen\nkişi sayısı 5 6 7\n\n2. Faaliyetler\n"
    )
    assert [c.measure for c in table.columns] == ["actual", "estimate", "target"]
    assert [(r.label, texts(r)) for r in table.rows] == [
        ("Dikilen ağaç sayısı (adet)", ["100", "200", "300"]),
        ("65 yaş üstü ziyaret edilen kişi sayısı", ["5", "6", "7"]),
    ]


def test_one_cell_a_line_in_quarters() -> None:
    header = [
        "Performans",
        "Göstergeleri",
        "Ölçü Birimi",
        "I. Çeyrek",
        "II. Çeyrek",
        "III. Çeyrek",
        "IV. Çeyrek",
        "2024 Hedef",
    ]
    body = ["Toplanan evsel atık", "miktarı", "Ton", "1.000", "2.000", "3.000", "4.000", "12.000"]
    body += ["Temizlenen cadde sayısı", "Adet", "1", "2", "3", "4", "12"]
    (table,) = read("\n\n".join([*header, *body]))
    assert [(r.label, r.unit, texts(r)) for r in table.rows] == [
        ("Toplanan evsel atık miktarı", "Ton", ["1.000", "2.000", "3.000", "4.000", "12.000"]),
        ("Temizlenen cadde sayısı", "Adet", ["1", "2", "3", "4", "12"]),
    ]


def test_years_above_their_measures() -> None:
    (table,) = read(
        "Performans Göstergeleri Ölçü Birimi\n2022 2023 2024\nGerçekleşen Hedef Hedef\nAsfaltlanan yol Ton 10 12 120\n"
    )
    assert [c.name for c in table.columns] == ["2022 Gerçekleşen", "2023 Hedef", "2024 Hedef"]


def test_the_objective_form_of_a_strategic_plan() -> None:
    (table,) = read(
        "Performans Göstergeleri Hedefe Etkisi (%) Plan Dönemi Başlangıç Değeri 2025 2026 2027 2028 2029 "
        "İzleme Sıklığı Rapor Sıklığı\n"
        "PG1.1.1: Yapılan yol (km) 50 120 130 140 150 160 170 6 Ay 1 Yıl\n"
    )
    assert [c.measure for c in table.columns[2:7]] == ["target"] * 5
    assert texts(table.rows[0]) == ["50", "120", "130", "140", "150", "160", "170", "6 Ay", "1 Yıl"]


def test_a_page_break_with_a_running_header_and_capitals() -> None:
    (table,) = read(
        "PERFORMANS GÖSTERGELERİ ÖLÇÜ BİRİMİ 2023 HEDEF 2023 GERÇEKLEŞEN SAPMA NEDENİ\n"
        "TEMİZLENEN DERE UZUNLUĞU KM 10 2 Ödenek yetersizliği nedeniyle iş ertelenmiştir.\n"
        "GERİ DÖNÜŞÜM ORANI % 20 18\n\nÖrnek Belediyesi Faaliyet Raporu 2023\n57\n\n"
        "DAĞITILAN KOMPOST MİKTARI KG 5.000 5.500\n"
    )
    assert [(r.label, r.unit, texts(r)) for r in table.rows] == [
        ("TEMİZLENEN DERE UZUNLUĞU", "KM", ["10", "2", "Ödenek yetersizliği nedeniyle iş ertelenmiştir."]),
        ("GERİ DÖNÜŞÜM ORANI", "%", ["20", "18", None]),
        ("DAĞITILAN KOMPOST MİKTARI", "KG", ["5.000", "5.500", None]),
    ]


HEADER = "Performans Göstergeleri Birim 2023 Gerçekleşme 2024 Hedef 2024 Gerçekleşme Gerçekleşme Oranı (%) Durum\n"


@pytest.mark.parametrize(
    ("values", "cells", "ambiguous"),
    [
        ("12 20 25 125 Aşıldı", ["12", "20", "25", "125", "Aşıldı"], False),
        ("2 1 50 Ulaşılamadı", [None, "2", "1", "50", "Ulaşılamadı"], False),  # 1 / 2 = 50 %
        ("100 100 100 Ulaşıldı", [None, None, None, None, "Ulaşıldı"], True),  # three equal numbers prove nothing
        ("7 Ulaşılamadı", [None, None, None, None, "Ulaşılamadı"], True),
        ("- 500 750 150 Aşıldı", ["-", "500", "750", "150", "Aşıldı"], False),
    ],
)
def test_arithmetic_finds_the_empty_cell(values: str, cells: list[str | None], ambiguous: bool) -> None:
    (table,) = read(f"{HEADER}Açılan kurs sayısı Adet {values}\n")
    assert (texts(table.rows[0]), table.rows[0].ambiguous) == (cells, ambiguous)


def test_explanations_below_the_rows_are_notes() -> None:
    (table,) = read(
        "Performans Göstergeleri Ölçü Birimi 2017 2018 2019\n"
        "1 Asfalt yol yapımı Km 10 20 30\nAçıklama: Malzeme belediye tarafından\nüretilir.\n"
        "2 Parke yol yapımı m2 1.000 2.000 3.000\nFaaliyetler Kaynak İhtiyacı 2019\n3 Bordür Metre 1 2 3\n"
    )
    assert [(r.code, r.label, r.note) for r in table.rows] == [
        ("1", "Asfalt yol yapımı", "Malzeme belediye tarafından üretilir."),
        ("2", "Parke yol yapımı", None),
    ]


def test_statuses_are_learnt_from_the_table() -> None:
    (table,) = read(
        "Performans Göstergesi Birim 2021 Hedef 2021 Gerçekleşen Başarı Durumu Sapma Nedeni\n"
        "Açılan kurs Adet 4 5 Pek Olumlu\nKatılan kişi Kişi 40 51 Pek Olumlu\n"
        "Düzenlenen gezi Adet 4 0 Olumsuz Salgın nedeniyle yapılamamıştır.\nDüzenlenen fuar Adet 1 0 Olumsuz\n"
        "Basılan kitap Adet 1 0 Olumsuz\n"
    )
    assert [texts(r)[2:] for r in table.rows] == [
        ["Pek Olumlu", None],
        ["Pek Olumlu", None],
        ["Olumsuz", "Salgın nedeniyle yapılamamıştır."],
        ["Olumsuz", None],
        ["Olumsuz", None],
    ]


def test_resources_without_a_trace_of_the_empty_cell() -> None:
    (table,) = read(
        "Faaliyetler\nKaynak İhtiyacı 2025 (TL)\n\nBütçe\nİçi\nBütçe\nDışı\nToplam\n\n"
        "Park yapımı 1.000,00 1.000,00\n\nAğaç dikimi ve\nbakımı faaliyetleri 500,00 500,00\n\n"
        "Genel Toplam 1.500,00 0,00 1.500,00\n"
    )
    assert [(c.name, c.year, c.unit) for c in table.columns] == [
        ("Bütçe İçi", 2025, "TL"),
        ("Bütçe Dışı", 2025, "TL"),
        ("Toplam", 2025, "TL"),
    ]
    assert [(r.label, texts(r), r.ambiguous) for r in table.rows] == [
        ("Park yapımı", ["1.000,00", None, "1.000,00"], False),
        ("Ağaç dikimi ve bakımı faaliyetleri", ["500,00", None, "500,00"], False),
        ("Genel Toplam", ["1.500,00", "0,00", "1.500,00"], False),
    ]
    (unknown,) = read(
        "Faaliyetler\nKaynak İhtiyacı (2025) (TL)\nBütçe İçi Bütçe Dışı Toplam\n"
        "Park yapımı 7,00 7,00\nGenel Toplam 7,00 9,00 16,00\n"
    )
    assert (texts(unknown.rows[0]), unknown.rows[0].ambiguous) == ([None, None, "7,00"], True)


NAMES = st.sampled_from(
    ["Dikilen ağaç sayısı", "Yapılan yol miktarı", "Ziyaret edilen hane sayısı", "Memnuniyet oranı"]
)
NUMBERS = st.one_of(st.none(), st.integers(0, 9_999_999).map(lambda number: f"{number:,}".replace(",", ".")))
UNITS = st.sampled_from(["Adet", "Kişi", "%", "Metrekare", "Ton", "Km"])


@given(st.lists(st.tuples(NAMES, UNITS, st.tuples(NUMBERS, NUMBERS, NUMBERS)), min_size=1, max_size=8))
def test_visible_empty_cells_never_shift_a_value(rows: list[tuple[str, str, tuple[str | None, ...]]]) -> None:
    rows = [row for row in rows if row[2][-1] is not None or any(row[2])]
    lines = [f"{name} {unit} {' '.join(value or chr(0xA0) for value in values)}" for name, unit, values in rows]
    found = read(
        "Performans Göstergeleri Ölçü Birimi 2022 Gerçekleşen 2023 Hedef 2024 Hedef\n\n" + "\n\n".join(lines) + "\n"
    )
    read_back = [(r.label, r.unit, tuple(texts(r))) for t in found for r in t.rows]
    assert read_back == [(name, unit, values) for name, unit, values in rows]


@given(st.text(alphabet="ab1 \u00a0%.,\n*PGğİı-", max_size=200))
@example("1 1")  # rows with nothing between their values
def test_any_text_below_a_header_is_read_without_an_error(text: str) -> None:
    for table in read("Performans Göstergeleri Ölçü Birimi 2022 Hedef 2022 Gerçekleşen Sapma Nedeni\n" + text):
        assert all(len(row.cells) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("name", FLATTENED)
@pytest.mark.parametrize("flattening", ["no visible empty cells", "no blank lines", "a blank line after every line"])
def test_another_flattening_never_puts_a_number_elsewhere(name: str, flattening: str) -> None:
    text = corpus(name).text
    changed = {
        "no visible empty cells": lambda: text.replace("\u00a0", " "),
        "no blank lines": lambda: re.sub(r"\n[ \t]*\n+", "\n", text),
        "a blank line after every line": lambda: re.sub(r"\n+", "\n\n", text),
    }[flattening]()
    source = document(changed, name, FLATTENED[name])
    outline = read_outline(source)
    found = [row for reader in READERS for table in reader.read(source, outline) for row in table.rows]
    known = [row for table in tables(name) for row in table.rows]
    assert len(found) == len(known)
    pairs = list(zip(known, found, strict=True))
    assert sum(before.label == after.label for before, after in pairs) >= 0.99 * len(found)
    for before, after in pairs:
        assert (before.unit, before.code) == (after.unit, after.code)
        for first, second in zip(texts(before)[:3], texts(after)[:3], strict=True):
            assert second is None or second == first, (before, after)


def test_a_status_with_a_percent_sign_is_a_column_of_rates() -> None:
    assert column_role("Gerçekleşme Durumu (%)") == "value"
    header = "PG No Performans Göstergesi 2021 Yılı Hedefi 2021 Yılı Gerçekleşmesi Gerçekleşme Durumu (%)\n"
    rows = "PG 1.1.1 Dikilen fidan sayısı 2.000 1.750 87,50\nPG 1.1.2 Yapılan yeni park sayısı 10 6 60,00\n"
    read = document(header + rows)
    (table,) = indicators.READER.read(read, read_outline(read))
    assert [[cell.text for cell in row.cells if cell] for row in table.rows] == [
        ["2.000", "1.750", "87,50"],
        ["10", "6", "60,00"],
    ]
