from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.figures import NumberStyle
from indexer.records import Line
from indexer.tables.values import Tail, tail

NBSP = "\u00a0"


def read(text: str, *, start: int = 0, measured: bool = False) -> Tail:
    return tail(Line(1, start, text), NumberStyle.DOT, measured=measured)


def texts(split: Tail) -> list[str]:
    return [value.text for value in split.values]


@pytest.mark.parametrize(
    ("line", "label", "values"),
    [
        (
            "Dökülecek Sıcak Asfalt Miktarı Ton 773.612 1.500.000 1.100.000",
            "Dökülecek Sıcak Asfalt Miktarı Ton",
            ["773.612", "1.500.000", "1.100.000"],
        ),
        ("Tamamlanma Oranı % 5 30 25", "Tamamlanma Oranı %", ["5", "30", "25"]),
        (
            "04 Faiz Giderleri 0,00 -3.604.619,70 11.395.380,30 ",
            "04 Faiz Giderleri",
            ["0,00", "-3.604.619,70", "11.395.380,30"],
        ),
        ("Toplam 12 % 25 %", "Toplam", ["12 %", "25 %"]),
        (
            "Pay (İller Bankası A.Ş.) 665.626.401,03 TL 665.626.401,03 TL",
            "Pay (İller Bankası A.Ş.)",
            ["665.626.401,03 TL", "665.626.401,03 TL"],
        ),
        ("1 No’lu  30.09.2022 11.106.094,51 ", "1 No’lu", ["30.09.2022", "11.106.094,51"]),
        ("18-25 Yaş - - 12 38 ", "18-25 Yaş", ["-", "-", "12", "38"]),
        ("5018 sayılı Kanun gereğince", "5018 sayılı Kanun gereğince", []),
        ("3.9.1", "3.9.1", []),
        ("   ", "", []),
    ],
)
def test_a_line_is_split_into_label_and_values(line: str, label: str, values: list[str]) -> None:
    split = read(line)
    assert (split.label, texts(split)) == (label, values)


def test_a_no_break_space_is_an_empty_cell_in_its_place() -> None:
    split = read(f"Geri Dönüştürülmüş Malzeme Ton {NBSP} {NBSP} 129.000")
    assert [value.cell.text if value.cell else None for value in split.values] == [None, None, "129.000"]
    assert [value.kind for value in split.values] == ["empty", "empty", "number"]


def test_gaps_and_trailing_spaces_are_counted() -> None:
    split = read("Toplam     38.182,48 650,00  904,00   ")
    assert [value.gap for value in split.values] == [5, 1, 2]
    assert split.trailing == 3


def test_keep_returns_surplus_values_to_the_label() -> None:
    line = Line(1, 10, "Projesi 15 Temmuz 2016 4 5 6")
    split = tail(line, NumberStyle.DOT).keep(3, line)
    assert (split.label, texts(split)) == ("Projesi 15 Temmuz 2016", ["4", "5", "6"])
    assert (split.label_span.start, split.label_span.end) == (10, 10 + len("Projesi 15 Temmuz 2016"))


def test_a_unit_between_values_belongs_to_the_first_only_when_asked() -> None:
    line = "Ocak-Şubat 875400 m³ 916.481,74 TL"
    assert texts(read(line, measured=True)) == ["875400 m³", "916.481,74 TL"]
    assert texts(read(line)) == ["916.481,74 TL"]


def test_numbers_are_read_in_the_style_of_the_document() -> None:
    assert read("Bütçe 1.100.000,50").values[0].number == Decimal("1100000.50")
    assert tail(Line(1, 0, "Bütçe 15,035,000"), NumberStyle.COMMA).values[0].number == Decimal(15035000)


@given(st.text(alphabet="Aş1 .,-%\u00a0(9T", max_size=40), st.integers(0, 50))
def test_spans_are_verbatim_and_nothing_is_lost(text: str, start: int) -> None:
    split = read(text, start=start)
    for value in split.values:
        assert text[value.span.start - start : value.span.end - start] == value.text
    assert text[split.label_span.start - start : split.label_span.end - start] == split.label
    covered = set(range(split.label_span.start - start, split.label_span.end - start))
    for value in split.values:
        covered |= set(range(value.span.start - start, value.span.end - start))
    assert all(character in " \u00a0" for place, character in enumerate(text) if place not in covered)
