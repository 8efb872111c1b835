"""Questions that go on with the row that answered: its other values, how far it is off, why, and who."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa.engine import Engine

ASPHALT = "İzmir 2020'de asfalt kaplama miktarı ne kadar gerçekleşti?"
PRODUCED = "Kayseri 2025 sıcak asfalt üretim hedefi nedir?"
PARK = "Defne 2023 park bütçesi ne kadar?"


@pytest.mark.parametrize(
    ("before", "question", "value"),
    [
        (ASPHALT, "hedefi neydi?", "2000000"),
        (ASPHALT, "peki ya 2019?", "1754247"),
        (ASPHALT, "ne kadar altında kalmış?", "1070309"),
        (PRODUCED, "peki ya 2023?", "340000"),
        (PARK, "maliyeti ne kadar?", "150000"),
    ],
)
def test_other_values_of_the_row_told(engine: Engine, before: str, question: str, value: str) -> None:
    answer = engine.ask(question, [before])
    assert answer.status == "answered"
    assert answer.figures[0].value == Decimal(value) or Decimal(value) in [one.value for one in answer.figures]


def test_how_far_a_row_is_off_is_computed_from_its_target_and_actual(engine: Engine) -> None:
    answer = engine.ask("ne kadar altında kalmış?", [ASPHALT])
    computed = [figure for figure in answer.figures if figure.computed]
    assert [one.unit for one in computed] == ["ton", "%"]
    assert computed[1].value == Decimal("46.5")


@pytest.mark.parametrize(
    ("before", "question", "told"),
    [
        (ASPHALT, "neden?", "bütçesel durumlardan dolayı"),
        (PARK, "hangi müdürlük sorumlu?", "Park ve Bahçeler"),
        (PRODUCED, "yıllara göre nasıl değişti?", "2024 tahmini 250.000 ton"),
        ("Kars'ta hangi hedeflere ulaşılamadı?", "neden?", "Tasarruf Tedbirleri"),
        ("Kars'ta hangi hedeflere ulaşılamadı?", "peki hangilerine ulaşıldı?", "hedefine ulaşan"),
        ("Defne'de 2023'te en çok bütçe alan müdürlük hangisi?", "peki en az?", "en düşük 2023 bütçesi"),
        ("İzmir'in 2022'den 2024'e asfalt hedefi nasıl değişti?", "peki Kayseri'de?", "2023 gerçekleşmesi 340.000"),
    ],
)
def test_what_a_row_says_beside_its_values(engine: Engine, before: str, question: str, told: str) -> None:
    answer = engine.ask(question, [before])
    assert answer.status == "answered"
    assert told in answer.text


@pytest.mark.parametrize(
    ("before", "question", "lacking"),
    [
        (PARK, "neden?", "bir neden yazmıyor"),
        ("Kars 2024 asfalt hedefi", "ne kadar aşmış?", "bulunamadı"),
        ("Kars'ta 2024'te kaç hayvan kısırlaştırıldı?", "ne kadar aşmış?", "hedef yok"),
    ],
)
def test_what_the_row_told_lacks_is_not_taken_from_another(
    engine: Engine, before: str, question: str, lacking: str
) -> None:
    answer = engine.ask(question, [before])
    assert (answer.status, answer.figures) == ("abstained", ())
    assert lacking in answer.text


def test_a_question_with_a_matter_of_its_own_does_not_go_on(engine: Engine) -> None:
    own = engine.understand("Hangi müdürlük en çok harcadı?", [PARK])
    assert "content" not in own.carried
    assert "content" in engine.understand("hangi müdürlük sorumlu?", [PARK]).carried


def test_a_length_of_time_told_aside_is_no_value_of_a_measure(engine: Engine) -> None:
    answer = engine.ask("gerçekleşmesi?", ["Kars 2024 asfalt hedefi"])
    assert "8 ay" not in answer.text


def test_a_series_of_targets_tells_the_actual_beside_them(engine: Engine) -> None:
    answer = engine.ask("İzmir'in asfalt kaplama hedefi yıllara göre nasıl değişti?")
    assert "Aynı satırda 2020 gerçekleşmesi 929.691 ton" in answer.text
