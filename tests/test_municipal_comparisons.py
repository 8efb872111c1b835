"""Municipalities set against each other, several things of each, rates that rows print, and changes over the years."""

from __future__ import annotations

import pytest

from indexer.records import Source
from qa.answering.comparing.series import asks_series
from qa.asking import read_units
from qa.engine import Engine
from qa.finding.contrast import offers_alternatives
from qa.finding.sides import sides_of
from qa.parts import parts_of
from qa.question import understand
from qa.records import Question


def _understood(text: str) -> Question:
    kars = Source("kars", "Kars Belediyesi", "", "kars.txt", "", "Kars", kind="faaliyet", year=2024)
    defne = Source("defne", "Defne Belediyesi", "", "defne.txt", "", "Hatay", kind="performans", year=2023)
    return understand(text, [kars, defne])


def _values(engine: Engine, text: str, *history: str) -> list[float]:
    return [float(figure.value) for figure in engine.ask(text, history).figures]


@pytest.mark.parametrize(
    ("text", "foremost", "values"),
    [
        ("Hangi belediye daha fazla sıcak asfalt hedeflemiş?", "İzmir", [1_100_000, 260_000]),
        ("Which municipality plans to plant more trees?", "İzmir", [85_000, 1_000]),
        ("Hangi belediye daha çok asfalt dökmeyi planlamış, İzmir mi Kayseri mi?", "İzmir", [1_100_000, 260_000]),
    ],
)
def test_each_municipality_is_told_and_the_foremost_named(
    engine: Engine, text: str, foremost: str, values: list[float]
) -> None:
    answer = engine.ask(text)
    assert [float(figure.value) for figure in answer.figures] == values
    assert any(f": {foremost}" in sentence for sentence in answer.text.split(". "))


def test_several_things_of_several_municipalities_get_a_figure_each(engine: Engine) -> None:
    text = "İzmir 2024 ve Kayseri 2025 hedeflerinde asfalt kaç ton, kilit parke kaç metrekare?"
    answer = engine.ask(text)
    assert [figure.municipality.split()[0] for figure in answer.figures] == ["İzmir", "İzmir", "Kayseri", "Kayseri"]
    assert [figure.unit.split("/")[-1] for figure in answer.figures if figure.unit] == ["ton", "m²", "ton", "m²"]


def test_municipalities_side_by_side_share_the_whole_question() -> None:
    sides = sides_of(_understood("Kişi başına düşen park alanı Kars'ta (2024) ve Defne'de (2023) ne kadardır?"))
    assert [side.question.years for side in sides] == [(2024,), (2023,)]
    assert all("park" in side.question.content for side in sides)


def test_alternatives_are_no_list_of_things() -> None:
    assert offers_alternatives(_understood("Defne'nin 2023 bütçesi mi, Kars'ın 2024 harcaması mı daha büyüktür?"))
    assert not offers_alternatives(_understood("Kars hedefi tutturdu mu?"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("İzmir 2020'de Ulaşım Dairesi Başkanlığı ödeneğinin yüzde kaçını harcadı?", [85.67]),
        ("İzmir'de İtfaiye Dairesi 2020 bütçesinin yüzde kaçını kullandı?", [94.18]),
        (
            "İzmir'in 2020 net faiz geliri ne kadar gerçekleşmiş, bütçe tahmininin yüzde kaçına ulaşılmış?",
            [11058283.75, 41.42],
        ),
        ("İzmir 2020'de dikilen ağaç hedefinin yüzde kaçını gerçekleştirdi?", [738200, 415137, 56.2]),
    ],
)
def test_a_rate_is_read_off_the_row_or_else_computed(engine: Engine, text: str, values: list[float]) -> None:
    assert sorted(_values(engine, text)) == sorted(values)


@pytest.mark.parametrize(
    ("earlier", "text", "year", "measure", "value"),
    [
        ("İzmir'in 2022 asfalt gerçekleşmesi ne kadar?", "Peki 2024'te?", 2024, "target", 1_100_000),
        ("How much hot asphalt did İzmir lay in 2022?", "And how much in 2024?", 2024, "target", 1_100_000),
        ("Kayseri 2023'te kaç ton asfalt üretti?", "Peki 2025'te ne kadar?", 2025, "target", 260_000),
        ("Kayseri 2025'te kaç ton kompost üretmeyi hedefliyor?", "2024 tahmini kaç tondur?", 2024, "estimate", 80),
    ],
)
def test_a_follow_up_gets_what_its_year_holds(
    engine: Engine, earlier: str, text: str, year: int, measure: str, value: int
) -> None:
    figure = engine.ask(text, [earlier]).figures[0]
    assert (figure.year, figure.measure, int(figure.value)) == (year, measure, value)


def test_a_measure_that_the_new_question_names_stays(engine: Engine) -> None:
    answer = engine.ask("2025'te gerçekleşen ne kadar?", ["Kayseri 2023'te kaç ton asfalt üretti?"])
    assert answer.status == "abstained"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Kayseri'de asfalt üretimi 2023'ten 2025'e yüzde kaç azalacak?", -23.5),
        ("Kayseri'de kütüphane kullanıcısı 2023'ten 2025'e ne kadar artacak?", 390_253),
        ("Kayseri'nin 2023 gerçekleşmesi ile 2025 hedefi arasında üretilen asfalt ne kadar farklı?", 80_000),
        ("İzmir 2020'de hedeflenen ile yıkılan yapı sayısı arasında kaç fark var?", 71),
        ("Defne'nin 2023 bütçesi Fen İşleri ve Temizlik İşleri için toplam ne kadar?", 23_295_000),
    ],
)
def test_what_is_computed_from_what_each_year_or_row_prints(engine: Engine, text: str, result: float) -> None:
    computed = [float(figure.value) for figure in engine.ask(text).figures if figure.computed is not None]
    assert computed == [result]


def test_a_series_has_every_year_between_those_named(engine: Engine) -> None:
    text = "Defne'de Temizlik İşlerinin bütçesi 2020'den 2024'e yıl yıl ne kadar?"
    assert _values(engine, text) == [835_000, 10_035_000, 14_035_000, 15_035_000, 15_035_000]


def test_how_much_it_changed_is_no_series() -> None:
    assert asks_series(_understood("Kars'ta su tüketimi yıllara göre ne kadar?"))
    assert not asks_series(_understood("Kars'ta su tüketiminin değişimi yüzde kaç?"))


def test_a_share_of_something_named_is_no_share_of_the_whole_budget(engine: Engine) -> None:
    answer = engine.ask("Kayseri'deki planetaryum bütçesinin yüzde kaçı personel gideri?")
    assert all(float(figure.value) != 17_000_000_000 for figure in answer.figures)


def test_what_is_divided_by_is_no_unit_asked_for() -> None:
    assert read_units("km başına taşınan yolcu sayısı", ()) != ("km",)
    assert read_units("yapılan yol kaç km", ()) == ("km",)


def test_each_part_counts_its_own_things() -> None:
    first, second = parts_of(_understood("Kars'ta kaç memur ve kaç işçi çalışıyor?"))
    assert "isci" in second.own
    assert "memur" not in second.question.content
    assert "memur" in first.question.content


def test_a_new_matter_after_a_comparison_names_no_municipality_itself(engine: Engine) -> None:
    answer = engine.ask(
        "Sokak hayvanları için kaç kısırlaştırma yapıldı?", ["İzmir ile Kars asfaltta ne kadar yapmış?"]
    )
    assert answer.text


@pytest.mark.parametrize("text", ["hangi belediye daha çok ağaç dikti", "Hangi belediyenin personeli daha fazla?"])
def test_which_municipality_is_told_from_rows_of_things_or_not_at_all(engine: Engine, text: str) -> None:
    answer = engine.ask(text)
    assert answer.status == "abstained" or answer.figures
    assert all(figure.unit != "TL" for figure in answer.figures)


def test_values_of_near_years_are_set_against_each_other(engine: Engine) -> None:
    answer = engine.ask("İzmir ile Kayseri'nin asfalt hedeflerini karşılaştır")
    assert [(one.text, one.year) for one in answer.figures] == [("1.100.000", 2024), ("260.000", 2025)]


def test_the_staff_of_one_class_is_not_that_of_a_municipality(engine: Engine) -> None:
    assert engine.ask("İzmir ve Kayseri personel sayısını karşılaştır").status == "abstained"
