"""What a municipality was left with, its debts, and prices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Kars Belediyesi 2024 bütçe fazlası ne kadar?", "25022599.56"),
        ("İzmir 2020 bütçe açığı ne kadar?", "-1328901962.38"),
    ],
)
def test_balance_is_computed(engine: Engine, question: str, value: str) -> None:
    answer = engine.ask(question)
    (balance,) = (figure for figure in answer.figures if figure.computed is not None)
    assert balance.value == Decimal(value)


@pytest.mark.parametrize(
    "question",
    [
        "Kayseri 2025 bütçe açığı ne kadar?",
        "Kars Belediyesinin borcu ne kadar?",
        "İzmir Büyükşehir Belediyesinin borcu ne kadar?",
        "Kayseri su fiyatı ne kadar?",
        "Kars'ta suyun metreküp fiyatı kaç lira?",
    ],
)
def test_what_is_not_printed_is_refused(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "abstained"
