"""Strengths, weaknesses, risks: the list below the heading of that kind, whatever it is called; or none."""

from __future__ import annotations

import pytest

from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "heading", "item"),
    [
        ("İzmir'in zayıf yönleri neler?", "İyileştirmeye Açık Yönler", "koordinasyonda zaman zaman yaşanan"),
        ("İzmir'in güçlü yönleri nelerdir?", "Üstünlükler", "Ulaşım altyapısının güçlü"),
        ("İzmir'in riskleri nelerdir?", "Riskler", "deprem kuşağında bulunması"),
    ],
)
def test_the_list_below_the_heading_of_the_kind(engine: Engine, question: str, heading: str, item: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert heading in answer.text and item in answer.text
    assert item.split()[0] in answer.citations[0].quote


def test_a_heading_without_a_list_is_told_and_nothing_else_stands_in(engine: Engine) -> None:
    answer = engine.ask("Kars Belediyesinin güçlü yönleri neler?")
    assert answer.status == "abstained"
    assert "ÜSTÜNLÜKLER" in answer.text
    assert engine.ask("Defne'nin güçlü yönleri neler?").status == "abstained"


def test_a_question_with_a_matter_of_its_own_is_no_assessment(engine: Engine) -> None:
    answer = engine.ask("İzmir'de deprem riski için hangi çalışmalar yapıldı?")
    assert not answer.text.startswith("Riskler:")
