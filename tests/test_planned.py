"""Whether something will be made, bought or held is told by the rows that plan it, with their values."""

from __future__ import annotations

import pytest

from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("kayseride yeni tramvay hattı yapılacak mı", "Raylı sistem hattı yapım", "km başına"),
        (
            "Defne'de festival yapılacak mı?",
            "şenliklerin gösterişli ve geniş katılımla kutlanması: 2023",
            "20,000 20,000",
        ),
        ("Defne'de park yapılacak mı?", "parklar geliştirilmesi", "Var olan parkların bakım"),
    ],
)
def test_the_rows_that_plan_a_thing_are_told(engine: Engine, question: str, told: str, untold: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert "planladıkları" in answer.text
    assert told in answer.text
    assert untold not in answer.text


def test_no_row_of_another_thing_answers(engine: Engine) -> None:
    assert engine.ask("2024te elektrikli otobüs alınacak mı izmirde").status == "abstained"
    assert "Metropol" not in engine.ask("İzmir'de yeni metro hattı yapılacak mı?").text
