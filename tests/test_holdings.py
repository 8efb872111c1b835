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
