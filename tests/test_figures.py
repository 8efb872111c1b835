"""Contracts of indexer.figures, indexer.units and indexer.number_words."""

import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.figures import (
    NumberStyle,
    canonical_unit,
    find_figures,
    format_number,
    is_unit,
    number_style,
    parse_number,
    read_number,
)
from indexer.number_words import spelled_value

DOT, COMMA = NumberStyle.DOT, NumberStyle.COMMA
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15)
WILD = st.text(alphabet=st.sampled_from("0123456789.,-–%/() \n\u00a0abçğıİIoTLm²bin milyonyüzdeon'’₺"), max_size=80)


def read(text: str, style: NumberStyle = DOT) -> list[tuple[str, str | None, str]]:
    return [(format(figure.value, "f"), figure.unit, figure.text) for figure in find_figures(text, style)]


@given(NUMBERS)
def test_written_numbers_are_read_back(value: Decimal) -> None:
    assert parse_number(format_number(value), DOT) == value
    assert parse_number(f"{value:,f}", COMMA) == value
    assert parse_number(format_number(value) + " TL", DOT) == value


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_written_integers_are_read_back(value: int) -> None:
    assert parse_number(format_number(Decimal(value)), DOT) == value
    assert parse_number(f"{value:,}", COMMA) == value


@given(st.one_of(st.text(), WILD), st.sampled_from(NumberStyle))
def test_every_figure_stands_where_it_says(text: str, style: NumberStyle) -> None:
    figures = find_figures(text, style)
    assert all(text[figure.span.start : figure.span.end] == figure.text for figure in figures)
    assert all(a.span.end <= b.span.start for a, b in pairwise(figures))
    parse_number(text, style)
    number_style(text)
    canonical_unit(text)


@pytest.mark.parametrize(
    ("cell", "style", "value"),
    [
        ("1.100.000", DOT, "1100000"),
        ("3.000.000.000,00", DOT, "3000000000.00"),
        ("15,035,000", COMMA, "15035000"),
        ("50,000", COMMA, "50000"),
        ("2.026,400", DOT, "2026.400"),
        ("300,000 LT", DOT, "300.000"),
        ("102,000.00 TL", DOT, "102000.00"),
        ("2,500,016.00", DOT, "2500016.00"),
        ("3024,000", DOT, "3024.000"),
        ("516.8 ha", DOT, "516.8"),
        ("1.852", DOT, "1852"),
        ("1.852", COMMA, "1.852"),
        ("0.852", DOT, "0.852"),
        ("%37", DOT, "37"),
        ("% 37", DOT, "37"),
        ("97,17%", DOT, "97.17"),
        ("(98,7)", DOT, "98.7"),
        ("-1.000.000,00", DOT, "-1000000.00"),
        ("45 milyar 100 milyon", DOT, "45100000000"),
        ("929 bin 691", DOT, "929691"),
        ("5 milyon 718 bin 89 dekar", DOT, "5718089"),
        ("5.5 milyon km", DOT, "5500000"),
        ("12250m2", DOT, "12250"),
        ("5 dakika 22\nsaniye", DOT, "322"),
        ("2024", DOT, "2024"),
        ("1.100.000*", DOT, "1100000"),
        ("\u00a00\u00a0", DOT, "0"),
        ("0,00", DOT, "0"),
    ],
)
def test_cells(cell: str, style: NumberStyle, value: str) -> None:
    assert parse_number(cell, style) == Decimal(value)


@pytest.mark.parametrize(
    "cell", ["-", "", "\u00a0", "Ton", "01.02.2024", "1.1.1", "05.30", "5504.56.1", "%", "5 ton 3 ton"]
)
def test_cells_without_a_number(cell: str) -> None:
    assert parse_number(cell, DOT) is None


def test_exactness_is_kept() -> None:
    assert read_number("32.478.747.000,10", DOT) == Decimal("32478747000.10")
    assert format_number(Decimal("46.5")) == "46,5"
    assert format_number(Decimal(1100000)) == "1.100.000"
    assert format_number(Decimal("-1234.50")) == "-1.234,50"
    assert format_number(Decimal("1E+6")) == "1.000.000"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2024 yılında 1.100.000 ton asfalt", [("1100000", "ton", "1.100.000")]),
        ("12250m2Kapalı alan, toplam138 adet", [("12250", "m²", "12250"), ("138", "adet", "138")]),
        ("oran %37, 97,17% ve yüzde 45", [("37", "%", "%37"), ("97.17", "%", "97,17%"), ("45", "%", "45")]),
        ("PG 0,00% 12,00% 100%", [("0.00", "%", "0,00%"), ("12.00", "%", "12,00%"), ("100", "%", "100%")]),
        ("10-15 metre arası", [("10", "metre", "10"), ("15", "metre", "15")]),
        ("45 milyar 100 milyon liralık bütçe", [("45100000000", "TL", "45 milyar 100 milyon")]),
        ("30 bin m2 alan, 5 bina", [("30000", "m²", "30 bin"), ("5", "bina", "5")]),
        ("süre 5 dakika 22 \nsaniye oldu", [("322", "saniye", "5 dakika 22 \nsaniye")]),
        ("en geç on iş günü içinde", [("10", "iş günü", "on")]),
        ("giderlerin yüzde \notuzunu aşamaz", [("30", "%", "otuz")]),
        ("sayısı dokuza ulaşmıştır", [("9", None, "dokuz")]),
        ("yüz elli bin kişi", [("150000", "kişi", "yüz elli bin")]),
        ("her yıl bir adet park", [("1", "adet", "bir")]),
        ("sıcaklık -12,5 °C", [("-12.5", "°C", "-12,5")]),
        ("₺1.500 ödendi", [("1500", "TL", "1.500")]),
        ("hat başına 8 yolcu/km", [("8", "yolcu/km", "8")]),
        ("4 bin 200 metrekarelik alan", [("4200", "m²", "4 bin 200")]),
        ("550 bin yolcuya", [("550000", "yolcu", "550 bin")]),
        ("500 milyon TL'lik destek", [("500000000", "TL", "500 milyon")]),
        ("5 ile 10 kişi", [("5", None, "5"), ("10", "kişi", "10")]),
        ("12 konuda", [("12", None, "12")]),
        ("yapıldı.\n5 park", [("5", "park", "5")]),
        ("2024 adet fidan", [("2024", "adet", "2024")]),
    ],
)
def test_prose(text: str, figures: list[tuple[str, str | None, str]]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "15.07.2024 tarihinde",
        "29/11/2018",
        "3-5 Mayıs 2024",
        "5393 sayılı Kanun",
        "Kanunun 7. maddesi",
        "m.7/s; madde 15",
        "17 nci maddesi",
        "5'inci kat",
        "0232 293 12 00",
        "+90 (352) 222 89 60",
        "PG.1.4.2 ve H1.2",
        "1.1.2. Başlık",
        "1.2 Başlık",
        "3) Yapıldı",
        "2024 yılı; 2020-2024 dönemi; 2023",
        "Covid-19",
        "1/25000 ölçekli",
        "14161 ada 3 parsel",
        "Tablo 12, sayfa 5",
        "saat 16:30 ve 18.00-21.00",
        "bir yıl boyunca bir kent, iki üç kişi",
        "yüz yüze, altı altyapı, ona göre, ellide",
        "2024 faaliyet raporu",
        "https://a.b/12 x@y12.tr",
    ],
)
def test_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Ton", "ton"), ("ADET", "adet"), ("Kişi Sayısı", "kişi"), ("Metrekare", "m²"), ("m ²", "m²"), ("m2", "m²"),
        ("(m³)", "m³"), ("₺", "TL"), ("Yüzde (%)", "%"), ("LT", "litre"), ("Hektar", "ha"), ("yıl/m ²", "yıl/m²"),
        ("yıl /adet", "yıl/adet"),
        ("yıl/kişi sayısı", "yıl/kişi"), ("m2/kişi", "m²/kişi"), ("Km", "km"), ("İŞ GÜNÜ", "iş günü"), ("kwh", "kWh"),
    ],
)  # fmt: skip
def test_units(written: str, unit: str) -> None:
    assert canonical_unit(written) == unit
    assert is_unit(written)
    assert canonical_unit(unit) == unit


@pytest.mark.parametrize("text", ["", "Açıklama", "Hedef/Gerçekleşme", "2024", "Toplam", "/"])
def test_other_words_are_no_units(text: str) -> None:
    assert not is_unit(text)


@pytest.mark.parametrize(
    ("words", "value"), [("beşbin", 5000), ("iki yüz elli bin üç", 250003), ("iki üç", None), ("", None)]
)
def test_number_words(words: str, value: int | None) -> None:
    assert spelled_value(words) == value


def test_the_document_decides_the_style() -> None:
    assert number_style("1.100.000 ton ve 12,5 ha") is DOT
    assert number_style("50,000 ve 150,000; 1.250.000,00 TL yok" + " 75,000" * 9) is COMMA
    assert number_style("düz yazı") is DOT


CORPORA = sorted((Path(__file__).parents[1] / "corpora").glob("*.txt"))


@pytest.mark.skipif(not CORPORA, reason="the corpora are not here")
def test_whole_documents_are_read_fast() -> None:
    started = time.perf_counter()
    for path in CORPORA:
        text = path.read_bytes().decode("utf-8")
        figures = find_figures(text, number_style(text))
        assert len(figures) > 100
        assert all(text[figure.span.start : figure.span.end] == figure.text for figure in figures)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1 250 000", "1250000"),
        ("12\u00a0345,50", "12345.50"),
        ("-2\u202f350\u202f000 ₺", "-2350000"),
        ("1.250³", "1250"),
        ("%45 ¹", "45"),
        ("12 m²", "12"),
        ("3 12", None),
        ("2023 2024", None),
        ("05 250", None),
        ("444 12 34", None),
    ],
)
def test_cells_with_spaces_between_thousands_and_with_notes(cell: str, value: str | None) -> None:
    assert parse_number(cell, NumberStyle.DOT) == (None if value is None else Decimal(value))


def test_spaces_part_thousands_in_prose_only_of_money() -> None:
    found = find_figures("2023 yılında 2 500 000,75 lira ve 1 250 000 TL harcandı; 5 120 300 adet.", NumberStyle.DOT)
    assert [(one.text, one.value, one.unit) for one in found[:2]] == [
        ("2 500 000,75", Decimal("2500000.75"), "TL"),
        ("1 250 000", Decimal(1250000), "TL"),
    ]
    assert [one.text for one in found[2:]] == ["5", "120", "300"]
