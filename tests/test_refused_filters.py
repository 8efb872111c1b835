"""A filter that contradicts the question is told, and never ignored."""

from __future__ import annotations

import pytest

from qa.engine import Engine
from qa.records import Filters

IZMIR, KARS = "İzmir Büyükşehir Belediyesi", "Kars Belediyesi"


@pytest.mark.parametrize(
    ("question", "filters", "named"),
    [
        ("2024 asfalt hedefi ne kadar?", Filters(years=(2020,)), "2024"),
        ("İzmir asfalt hedefi ne kadar?", Filters(municipalities=(KARS,)), IZMIR),
        ("Ankara'nın 2024 bütçesi ne kadar?", Filters(municipalities=(IZMIR,)), "Ankara"),
        ("Kars'ta kaç ağaç dikildi?", Filters(documents=("izmir-2020-faaliyet",)), KARS),
    ],
)
def test_what_the_filters_leave_out_is_named(engine: Engine, question: str, filters: Filters, named: str) -> None:
    answer = engine.ask(question, filters=filters)
    assert (answer.status, answer.figures) == ("abstained", ())
    assert named in answer.text


def test_a_filter_fills_what_the_question_leaves_open(engine: Engine) -> None:
    answer = engine.ask("Asfalt hedefi ne kadar?", filters=Filters(years=(2020,)))
    assert (answer.figures[0].value, answer.figures[0].year) == (2_000_000, 2020)
    other = engine.ask("2019'da kaç ton asfalt kaplandı?", filters=Filters(documents=("izmir-2020-faaliyet",)))
    assert other.figures[0].year == 2019, "a document may hold other years than its own"
