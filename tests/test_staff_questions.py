"""What journalists and council staff ask: whole budgets, all goals, targets missed, series, shares of the total."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa.engine import Engine
from qa.grounding import is_grounded


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("İzmir 2024 bütçesi ne kadar?", "45100000000"),
        ("How much is İzmir's 2024 budget?", "45100000000"),
        ("Kayseri Büyükşehir 2025 yılında toplam ne kadar harcayacak?", "17000000000"),
        ("İzmir Büyükşehir 2020'de ne kadar harcadı?", "7524584751.89"),
        ("Kars Belediyesi'nin 2024 bütçesi ne kadar?", "650349000"),
        ("Kars 2024 gelir bütçesi gerçekleşme oranı", "123"),
        ("İzmir 2020 gider bütçesi gerçekleşme oranı nedir?", "94.63"),
        ("Defne Belediyesi kültür işleri için ne kadar ayırdı?", "1075000"),
        ("Kayseri'de personel giderleri payı yüzde kaç?", "5.5"),
    ],
)
def test_the_municipality_as_a_whole_is_meant_where_nothing_else_is_named(
    engine: Engine, question: str, value: str
) -> None:
    answer = engine.ask(question)
    told = {figure.value for figure in answer.figures}
    assert answer.status == "answered"
    assert Decimal(value) in told
    assert is_grounded(answer, engine.index.documents)


def test_totals_of_units_are_added_up_where_no_total_is_printed(engine: Engine) -> None:
    answer = engine.ask("Defne Belediyesinin toplam bütçesi nedir?")
    total = next(figure for figure in answer.figures if figure.computed)
    assert total.value == sum(figure.value for figure in answer.figures if not figure.computed)
    assert "hesaplanan" in answer.text


def test_a_year_without_a_budget_is_refused_with_the_nearest_one(engine: Engine) -> None:
    answer = engine.ask("İzmir'in 2023 bütçesi ne kadardı?")
    assert answer.status == "abstained"
    assert "45.100.000.000" in answer.text


@pytest.mark.parametrize(
    ("question", "count", "first"),
    [
        ("Kayseri stratejik amaçları nelerdir?", 7, "Stratejik Amaç 1"),
        ("What are Kayseri's strategic goals?", 7, "Stratejik Amaç 1"),
        ("Defne'nin stratejik amaçlarını listeler misin?", 19, "Stratejik Amaç 1"),
        ("Kayseri performans hedefleri nelerdir?", 32, "Performans Hedefi 1"),
        ("Kars Belediyesi müdürlükleri", 18, "ÖZEL KALEM MÜDÜRLÜĞÜ"),
    ],
)
def test_all_headings_of_a_kind_are_listed_once(engine: Engine, question: str, count: int, first: str) -> None:
    answer = engine.ask(question)
    assert first in answer.text.split("[1]")[0]
    assert len(answer.citations) == count


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("İzmir'in 2022'den 2024'e asfalt hedefi nasıl değişti?", ["773612", "1500000", "1100000"]),
        ("Kayseri'de üretilen sıcak asfalt miktarı yıllara göre", ["340000", "250000", "260000"]),
    ],
)
def test_a_series_tells_each_year_as_what_it_is(engine: Engine, question: str, values: list[str]) -> None:
    answer = engine.ask(question)
    assert [figure.value for figure in answer.figures] == [Decimal(value) for value in values]
    assert answer.figures[0].measure == "actual"


def test_missed_targets_are_counted_and_each_is_below_its_target(engine: Engine) -> None:
    answer = engine.ask("Kars hangi hedeflere ulaşamadı?")
    pairs = [figure for figure in answer.figures if not figure.computed]
    for target, actual in zip(pairs[::2], pairs[1::2], strict=True):
        assert (target.measure, actual.measure) == ("target", "actual")
        assert actual.value < target.value


def test_a_target_is_never_answered_with_money(engine: Engine) -> None:
    answer = engine.ask("İzmir ve Kayseri'de 2024 park hedefi")
    assert all(figure.unit != "TL" for figure in answer.figures)


def test_whether_a_target_was_met_begins_with_yes_or_no(engine: Engine) -> None:
    assert engine.ask("Kars eğitim alan personel sayısı hedefine ulaşıldı mı?").text.startswith("Evet.")
    assert engine.ask("İzmir'de 2020 asfalt hedefi tuttu mu, neden?").text.startswith("Hayır.")
