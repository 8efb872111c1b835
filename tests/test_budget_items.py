"""The kinds of expense and income of a whole municipality."""

from __future__ import annotations

import pytest

from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Kayseri mal ve hizmet alım giderleri 2025", "4.610.855.000,00"),
        ("İzmir 2024 bütçesinde personel giderleri ne kadar?", "3.299.300.000,00"),
        ("Kars'ta 2024 faiz giderleri ne kadar?", "11.395.380,30"),
        ("Kars'ta en büyük gider kalemi hangisi?", "597.328.757,75"),
        ("Kars'ın en büyük gelir kalemi hangisi?", "731.652.287,98"),
        ("İzmir 2020 en büyük gider kalemi hangisi?", "3.222.318.910,14"),
    ],
)
def test_kind_of_the_whole_budget(engine: Engine, question: str, text: str) -> None:
    assert engine.ask(question).figures[0].text == text
