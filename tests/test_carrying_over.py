"""What a new question takes over from the conversation, and what it does not."""

from __future__ import annotations

import pytest

from qa.engine import Engine

ASPHALT = "İzmir'in 2024 sıcak asfalt hedefi kaç ton?"


@pytest.mark.parametrize("before", ["Kars'ta 2024'te kaç sokak hayvanı sahiplendirildi?", ASPHALT])
def test_a_question_for_a_whole_budget_is_complete(engine: Engine, before: str) -> None:
    asked = engine.understand("İzmir 2024 bütçesi ne kadar?", [before])
    assert (asked.content, asked.years, asked.carried) == ((), (2024,), ())
    assert engine.ask("İzmir 2024 bütçesi ne kadar?", [before]).figures[0].value == 45_100_000_000


def test_the_total_budget_is_that_of_the_municipality_asked_before(engine: Engine) -> None:
    asked = engine.understand("Toplam bütçe ne kadar?", ["Kayseri'nin 2025 asfalt hedefi nedir?"])
    assert asked.municipalities == ("Kayseri Büyükşehir Belediyesi",)
    assert not asked.content


def test_a_budget_asked_after_a_budget_goes_on_with_the_matter(engine: Engine) -> None:
    asked = engine.understand("Kayseri'nin bütçesi ne kadar?", ["İzmir'in 2024 asfalt bütçesi ne kadar?"])
    assert "asfalt" in asked.content


def test_what_there_is_now_has_no_year_of_before(engine: Engine) -> None:
    asked = engine.understand("kaç tane kreş var", ["Defne 2023 park bütçesi ne kadar?"])
    assert asked.years == ()
    assert asked.municipalities == ("Defne Belediyesi",)
    assert engine.understand("kaç kreş yapılacak", ["İzmir 2023 park bütçesi ne kadar?"]).years == (2023,)


def test_another_year_of_the_same_thing_is_told_from_its_own_row(engine: Engine) -> None:
    told = engine.ask("Peki 2023'te?", [ASPHALT])
    assert (told.status, told.figures[0].value) == ("answered", 1_500_000)


def test_another_row_does_not_stand_in_for_an_empty_cell(engine: Engine) -> None:
    answer = engine.ask("peki 2023te?", ["İzmir'de 2024'te kaç ağaç dikilecek?"])
    assert answer.status == "abstained"
    assert "Dikilecek Ağaç Adeti" in answer.text and "2023" in answer.text
    assert not answer.figures
