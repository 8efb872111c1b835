"""A row that an answer quotes is told as its words and its values by year and measure, never as bare numbers."""

from __future__ import annotations

import pytest

from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "told", "bare"),
    [
        (
            "Kayseri'de mobil uygulamayı kullananların sayısı neden azaldı?",
            "2023 gerçekleşmesi 96.000 adet; 2024 tahmini 48.000 adet; 2025 hedefi 51.000 adet",
            "96.000 48.000",
        ),
        (
            "Defne'de kültür merkezinde hangi derslere destek kursu verilecek?",
            "2023 bütçesi 20.000 TL",
            "20,000 20,000",
        ),
    ],
)
def test_the_values_of_a_row_are_told_by_name(engine: Engine, question: str, told: str, bare: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert told in answer.text
    assert bare not in answer.text
