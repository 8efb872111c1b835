"""Orders, counts and shares of indicators by how much of their target came about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa.engine import Engine
from qa.features import FeatureReader
from qa.finding.outcomes import outcomes_by_year


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Kars'ta hedefini en çok aşan gösterge hangisi?", "hedef 926,00, gerçekleşen 3.659,00"),
        ("Kars Belediyesinin hedefine en çok yaklaşan göstergesi hangisi?", "hedefin %98,9 kadarı, hesaplanan"),
        ("İzmir 2020'de hedefinden en çok sapan gösterge hangisi?", "gerçekleşen %4.864"),
        ("İzmir 2020'de Fen İşleri'nde hedefini en çok aşan gösterge hangisi?", "böyle bir gösterge yok"),
        ("Kars'ta hedeflerin yüzde kaçına ulaşıldı?", "hedefine ulaşan 91; oranı %57,2 (hesaplanan)"),
        ("Kars'ta kaç gösterge hedefine ulaştı?", "hedefine ulaşan 91"),
    ],
)
def test_the_order_of_outcomes(engine: Engine, question: str, told: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert told in answer.text


def test_as_many_as_asked_for_and_how_many_others_are_alike(engine: Engine) -> None:
    answer = engine.ask("Kars'ta hedefin en çok gerisinde kalan üç gösterge hangileri?")
    parts = [figure for figure in answer.figures if figure.computed and figure.unit == "%"]
    assert [part.value for part in parts] == [Decimal(0)] * 3
    asked = engine.understand("Kars")
    _, found = next(outcomes_by_year(asked, (), engine.index, FeatureReader(engine.index)))
    none = sum(one.share == 0 and one.target.figure.value > 0 for one in found)
    assert f"başka gösterge sayısı (sayılan): {none - 3}" in answer.text


@pytest.mark.parametrize("municipality", ["Kars", "İzmir 2020"])
def test_met_and_missed_are_all(engine: Engine, municipality: str) -> None:
    share = engine.ask(f"{municipality} hedeflerinin yüzde kaçına ulaşıldı?")
    whole, met = (figure.value for figure in share.figures if figure.computed and figure.unit == "adet")
    missed = engine.ask(f"{municipality} belediyesi hangi hedeflere ulaşamadı?")
    assert whole - met == next(figure.value for figure in missed.figures if figure.computed)


def test_a_matter_whose_name_is_like_a_word_of_asking_narrows_down(engine: Engine) -> None:
    answer = engine.ask("İzmir'de ulaşım hedeflerinin yüzde kaçına ulaşıldı?")
    of_all = engine.ask("İzmir'de hedeflerin yüzde kaçına ulaşıldı?")
    assert answer.status == of_all.status == "answered"
    assert answer.text != of_all.text
