"""Of figures that say the same thing the exact one is told, the whole before its parts, and people are no things."""

from __future__ import annotations

import pytest

from qa.engine import Engine
from qa.finding.agreement import is_capacity, is_thing


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Vapurlarla kaç araç taşınmış İzmir'de?", 761_140),
        ("İzmir'de tramvay yapımına ne kadar para ayrıldı?", 901_000_000),
        ("İzmir'de tramvay hatları yapımının bütçe içi kaynağı ne kadar?", 1_000_000),
        ("Kayseri'de kütüphanelere kaç kişi gidiyor?", 2_209_747),
    ],
)
def test_the_exact_and_the_whole_are_told_first(engine: Engine, question: str, value: int) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert int(answer.figures[0].value) == value


def test_vehicles_do_not_answer_how_many_people(engine: Engine) -> None:
    answer = engine.ask("İzmir'de vapurla kaç kişi taşınıyor?")
    assert [int(figure.value) for figure in answer.figures] == [9_455_998, 9_500_000]
    assert "761" not in answer.text
    assert is_thing("araç")
    assert not any(map(is_thing, ("yolcu", "öğrenci", "çocuk", "TL")))


def test_room_for_people_is_no_number_of_people(engine: Engine) -> None:
    asked = engine.understand("Kayseri'de kütüphanelere kaç kişi gidiyor?")
    assert is_capacity(asked, " kişi kapasiteli salon")
    assert not is_capacity(asked, " kişi yararlandı")
    assert not is_capacity(engine.understand("Kayseri'de kütüphanenin kapasitesi kaç kişi?"), " kişi kapasiteli")
