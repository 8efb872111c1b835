"""Values of different units are converted before they are compared or added up, or not compared at all."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.units import same_quantity, unit_data, units_in
from qa.answering.comparing.common_unit import in_common_unit
from qa.engine import Engine
from qa.records import AnswerFigure


def figure(value: str, unit: str | None) -> AnswerFigure:
    return AnswerFigure(Decimal(value), value, "x", 1, "M", unit=unit)


@pytest.mark.parametrize(
    ("unit", "other", "size"),
    [
        ("kg", "ton", Fraction(1000)),
        ("ton", "kg", Fraction(1, 1000)),
        ("TL", "bin TL", Fraction(1000)),
        ("m²", "m²", 1),
    ],
)
def test_how_many_of_one_unit_another_is(unit: str, other: str, size: Fraction) -> None:
    assert units_in(unit, other) == size


@pytest.mark.parametrize(("unit", "other"), [("km", "m²"), ("avro", "TL"), ("ay", "gün"), ("adet", "ton")])
def test_no_fixed_number_leads_from_one_to_the_other(unit: str, other: str) -> None:
    assert units_in(unit, other) is None


def test_there_and_back_is_the_same() -> None:
    for sizes in unit_data()["quantities"].values():
        known = [unit for unit, size in sizes.items() if size]
        for one in known:
            for other in known:
                assert same_quantity(one, other)
                assert (units_in(one, other) or 0) * (units_in(other, one) or 0) == 1


@pytest.mark.parametrize(
    ("units", "common", "values"),
    [
        (("ton", "kg"), "ton", ["2", "0.003"]),
        (("kg", "ton"), "ton", ["0.002", "3"]),
        (("TL", "milyon TL"), "milyon TL", ["0.000002", "3"]),
        (("saat", "dakika"), "saat", ["2", "0.05"]),
        (("gün", "saat"), "gün", ["2", "0.125"]),
        (("yıl/m²", "m²"), "m²", ["2", "3"]),
        (("adet", "ağaç"), None, ["2", "3"]),
        ((None, "kişi"), None, ["2", "3"]),
    ],
)
def test_values_are_told_in_the_larger_unit(
    units: tuple[str | None, str], common: str | None, values: list[str]
) -> None:
    terms = in_common_unit([figure("2", units[0]), figure("3", units[1])])
    assert [term.value for term in terms] == [Decimal(value) for value in values]
    assert {term.unit for term in terms} == {common}


@pytest.mark.parametrize("units", [("km", "m²"), (None, "ton"), ("TL", "%"), ("TL", "kişi"), ("ay", "saat")])
def test_there_may_be_no_common_unit(units: tuple[str | None, str]) -> None:
    assert in_common_unit([figure("2", units[0]), figure("3", units[1])]) == []


@given(st.integers(1, 10**9), st.sampled_from(["saniye", "dakika", "saat", "gün", "hafta"]))
def test_nothing_is_lost_by_rounding(value: int, unit: str) -> None:
    one, week = in_common_unit([figure(str(value), unit), figure("1", "hafta")])
    assert one.value / week.value == pytest.approx(
        Decimal(value) / Decimal((units_in(unit, "hafta") or Fraction(1)).numerator)
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "İzmir, Kayseri, Kars asfalt miktarlarının toplamı nedir?",
            "929.691 + 340.000 + 825.000 / 1.000 = 1.270.516 ton",
        ),
        ("Hangi belediye daha çok asfalt döktü, İzmir mi Kars mı?", "825.000 / 1.000 = 825 ton"),
        ("Kars 2024'te 500 tondan fazla asfalt yama yaptı mı?", "Evet."),
        ("İzmir 2020'de atık pil kampanyasında 50.000 kg'dan fazla pil toplandı mı?", "Hayır."),
        ("İzmir'de 2024'te dökülecek sıcak asfalt mı daha çok, parke kaplama mı?", "Birimleri farklı"),
    ],
)
def test_questions_over_two_units(engine: Engine, question: str, told: str) -> None:
    assert told in engine.ask(question).text


def test_people_added_up_may_be_the_same(engine: Engine) -> None:
    text = "İzmir 2020'de süt yardımı yapılan çocuk sayısı ile fidan dağıtılan üretici sayısının toplamı kaç?"
    assert "Aynı kişiler" in engine.ask(text).text
    assert "Aynı kişiler" not in engine.ask("İzmir'in 2019 ve 2020 asfalt kaplama miktarları toplamı nedir?").text


def test_things_are_not_added_to_people(engine: Engine) -> None:
    answer = engine.ask("İzmir 2020'de evde bakım ve sosyal yardım alan kişi sayıları toplam kaç kişi?")
    assert not any(figure.computed for figure in answer.figures)
