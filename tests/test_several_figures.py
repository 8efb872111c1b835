"""Questions for several figures, series and follow-ups: every value that is asked for, and none of another thing."""

from __future__ import annotations

import pytest

from qa.engine import Engine
from qa.finding.agreement import unit_agreement
from qa.finding.items import items_of


def _values(engine: Engine, text: str, *history: str) -> list[int | float]:
    return [float(figure.value) for figure in engine.ask(text, history).figures]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("kayseri greyder ile silindir adedi", [15, 7]),
        ("kayseri merkez kütüphanesi ile erkilet kütüphanesi kişi kapasitesi", [1000, 800]),
        ("Kayseri'de Kurşunlu Otoparkı ve Bedesten Otoparkı'nın alanı kaç metrekaredir?", [7200, 2700]),
        (
            "İZBETON'un 2020'de kuzey, güney ve merkez bölgelerde köylere yaptığı parke kaplama kaçar metrekaredir?",
            [454046, 386194, 673477],
        ),
    ],
)
def test_things_named_side_by_side_get_a_figure_each(engine: Engine, text: str, values: list[int]) -> None:
    assert _values(engine, text) == values


def test_one_thing_with_and_in_its_name_gets_one_figure(engine: Engine) -> None:
    answer = engine.ask("Kayseri'de 2025'te Ulaşım Planlama ve Raylı Sistem Daire Başkanlığının bütçesi ne kadar?")
    [whole] = [figure for figure in answer.figures if figure.computed is not None]
    assert whole.value == sum(figure.value for figure in answer.figures if figure.computed is None) == 726_000_000


@pytest.mark.parametrize("end", ["verir misiniz?", "olarak nasıl seyrediyor?"])
def test_a_series_keeps_its_last_value(engine: Engine, end: str) -> None:
    text = "Kayseri'de kütüphane hizmetlerini kullanan kişi sayısı 2023 gerçekleşmesi, 2024 tahmini ve 2025 hedefi"
    assert _values(engine, f"{text} {end}") == [2209747, 2400000, 2600000]


def test_a_number_of_things_and_the_money_for_them(engine: Engine) -> None:
    text = "Her yıl kaç türbenin düzenlenmesi hedeflenmekte ve buna 2023'te ne kadar bütçe ayrılmaktadır?"
    assert _values(engine, text) == [3, 150000]


@pytest.mark.parametrize(
    ("text", "earlier", "value"),
    [
        (
            "Peki 2023'te kaç kilometreydi?",
            "Kayseri'de 2025'te kaç kilometre yatay trafik işareti uygulaması hedefleniyor?",
            264,
        ),
        (
            "Peki mezbaha hizmetlerinin yürütülmesi için?",
            "İzmir'in 2024 programında Süt Kuzusu Faaliyetleri için ne kadar kaynak ayrılmıştır?",
            39543000,
        ),
        (
            "Peki satranç turnuvası için?",
            "Defne'de 2023'te yaz okullarının açılması için ne kadar bütçe ayrılmış?",
            25000,
        ),
        ("Bir önceki yıl kaçmış peki?", "Kars'ta 2024'te kaç tane işyeri açma ruhsatı verilmiş?", 196),
    ],
)
def test_a_follow_up_asks_the_same_of_another(engine: Engine, text: str, earlier: str, value: int) -> None:
    assert _values(engine, text, earlier)[:1] == [value]


def test_another_word_beside_the_same_noun_takes_the_place_of_the_first(engine: Engine) -> None:
    question = engine.understand(
        "Peki güney bölgesinde kaç metrekare?", ["İZBETON 2020'de kuzey bölgesinde kaç metrekare parke kaplama yapmış?"]
    )
    assert {"guney", "parke"} <= set(question.content)
    assert "kuzey" not in question.content


def test_a_unit_over_a_year_is_the_unit(engine: Engine) -> None:
    question = engine.understand("Kayseri'de 2025'te kaç km yatay trafik işareti hedefleniyor?")
    assert unit_agreement(question, items_of(question), "yıl/km") == 1.0


def test_a_figure_for_each_of_some_things_answers_no_total(engine: Engine) -> None:
    answer = engine.ask("Karşıyaka tramvayı 2020'de kaç yolcu taşımış?")
    assert all("Başına" not in figure.label for figure in answer.figures)
