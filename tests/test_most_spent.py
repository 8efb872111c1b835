"""What most money goes to, in the words of citizens: "para" without "bütçe", and no kind of row named."""

from __future__ import annotations

import pytest

from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "first", "told"),
    [
        ("Defne'de en çok para hangi müdürlüğe gidiyor?", 15_035_000, "Temizlik İşleri Müdürlüğü"),
        ("kars belediyesi en çok parayı nereye harcadı", 597_328_757, "Mal ve Hizmet Alım Giderleri"),
        ("Kayseri büyükşehir en çok parayı neye harcayacak?", 4_098_990_000, "Sermaye Giderleri"),
        ("Kayseri belediyesinin parası nereye gidiyor?", 4_098_990_000, "Faaliyetler arasında"),
    ],
)
def test_what_most_money_goes_to(engine: Engine, question: str, first: int, told: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert int(answer.figures[0].value) == first
    assert told in answer.text


def test_a_matter_beside_the_money_is_not_passed_over(engine: Engine) -> None:
    answer = engine.ask("Kayseri'de asfalt için en çok parayı neye harcayacaklar?")
    assert "özlük" not in answer.text
