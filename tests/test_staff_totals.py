"""How many people work for a whole municipality: all of them, and those of a status or sex."""

from __future__ import annotations

import pytest

from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Kars Belediyesinde kaç personel çalışıyor?", [838]),
        ("Kars Belediyesinde toplam kaç kişi çalışıyor?", [838]),
        ("kars belediyesi kac kadin memur var", [25]),
        ("Kars Belediyesinin kaç işçisi var?", [57]),
        ("Kars Belediyesinde kaç kadın kaç erkek çalışıyor?", [144, 694]),
        ("İzmir Büyükşehir Belediyesi'nde 2020 yılında kaç personel çalışıyordu?", [4563]),
        ("İzmir 2020 sözleşmeli personel sayısı", [438]),
        ("Kayseri'de kaç kadın çalışıyor?", [81]),
        ("How many people work for Kars municipality?", [838]),
    ],
)
def test_staff_of_a_municipality(engine: Engine, question: str, values: list[int]) -> None:
    assert [figure.value for figure in engine.ask(question).figures] == values


def test_several_statuses_and_all(engine: Engine) -> None:
    answer = engine.ask(
        "30 Haziran 2023'te İzmir Büyükşehir kaç memur, kaç sözleşmeli ve kaç işçiyle hizmet veriyordu, toplam kaç?"
    )
    assert [figure.value for figure in answer.figures] == [4177, 39, 311, 4527]


def test_only_a_share_is_printed(engine: Engine) -> None:
    answer = engine.ask("İzmir 2020'de kaç kadın çalışan vardı?")
    assert answer.status == "abstained" and "%27" in answer.text


def test_posts_are_not_people(engine: Engine) -> None:
    assert 101 not in [figure.value for figure in engine.ask("Kars'ta kaç memur kadrosu var?").figures]
