"""How many of a thing there are altogether is told by its own count, not by any number beside its name."""

from __future__ import annotations

import pytest

from qa.deciding.holdings import is_counted
from qa.engine import Engine


@pytest.mark.parametrize(
    "text",
    [
        "İzmir'in nüfusu kaç?",
        "Kars nüfusu kaç?",
        "Defne'de mahalle sayısı kaç?",
        "Defne'de kaç mahalle var?",
        "Kars'ta kaç mahalle var?",
        "İzmir'de kaç park var?",
        "Kars'ta kaç otobüs var?",
        "İzmir kaç metrekare?",
    ],
)
def test_a_number_of_another_thing_is_not_told(engine: Engine, text: str) -> None:
    answer = engine.ask(text)
    assert answer.status == "abstained" and answer.figures == ()


@pytest.mark.parametrize(
    ("sentence", "number", "told"),
    [
        ("Belediyemizde 13 park bulunmaktadır.", "13", True),
        ("İlçede toplam 13 adet parkımız var.", "13", True),
        ("Mevcut park sayısı 2024 itibarıyla 13 olmuştur.", "13", True),
        ("Programda 13 adet Park/Bahçe yer almaktadır.", "13", True),
        ("13 park, 4 havuz ve 2 meydan yapıldı.", "13", True),
        ("Her yıl ortalama 13 parkta temizlik yapılmaktadır.", "13", False),
        ("13 park bekçisi görev yapmaktadır.", "13", False),
        ("Park ve Bahçeler Müdürlüğü 13 denetim yaptı.", "13", False),
    ],
)
def test_the_thing_is_counted_right_beside_its_number(sentence: str, number: str, told: bool) -> None:
    before, _, after = sentence.partition(number)
    assert is_counted(frozenset({"park"}), before, after) is told


def test_the_rows_that_count_a_thing_are_added_up(engine: Engine) -> None:
    answer = engine.ask("itfaiyede kaç araç var kayseri")
    assert answer.status == "answered"
    assert [one.text for one in answer.figures if one.computed] == ["56"]
    assert len(answer.figures) == 18  # seventeen rows and their sum


def test_rows_of_one_name_in_several_groups_are_added_up(engine: Engine) -> None:
    answer = engine.ask("Kayseri'de kaç otobüs var?")
    assert {one.text for one in answer.figures} == {"6", "261", "267"}


def test_a_group_with_a_row_that_counts_nothing_is_not_added_up(engine: Engine) -> None:
    assert not any(one.computed for one in engine.ask("Kayseri'de kaç müze var?").figures)
