"""What a unit of a municipality was granted or spent: printed for it, told by percentages, or added up."""

from __future__ import annotations

import pytest

from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "text", "measure"),
    [
        ("Kars fen işleri müdürlüğü ne kadar harcadı?", "44.713.286,67", "spending"),
        ("Kars temizlik işleri müdürlüğü bütçesi ne kadar?", "7.020.000,00", "budget"),
        ("Kars'ta en çok harcama yapan müdürlük hangisi?", "612.769.188,05", "spending"),
        ("Defne Fen İşleri Müdürlüğü 2023 bütçesi ne kadar?", "8,260,000", "budget"),
        ("İzmir 2020 zabıta dairesi başkanlığı ne kadar harcadı?", "63.573.382,40", "spending"),
    ],
)
def test_printed_money_of_a_unit(engine: Engine, question: str, text: str, measure: str) -> None:
    figure = engine.ask(question).figures[0]
    assert (figure.text, figure.measure) == (text, measure)


@pytest.mark.parametrize(
    ("question", "value"),
    [("Kayseri 2025 itfaiye bütçesi", 46_000_000), ("itfaiye bütçesi 2024 ne kadar?", 1_079_097_000)],
)
def test_activities_of_a_unit_are_added_up(engine: Engine, question: str, value: int) -> None:
    figures = engine.ask(question).figures
    (total,) = (figure for figure in figures if figure.computed is not None)
    assert total.value == value
    assert total.computed is not None and total.value == sum(figures[place].value for place in total.computed.operands)
