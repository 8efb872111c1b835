"""What a term means is told by a sentence that defines it, or not at all."""

from __future__ import annotations

import pytest

from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("performans göstergesi ne demek", "Performans göstergesi; hedeflerin"),
        ("stratejik alan ne demek?", "Stratejik alan; kuruluşun"),
        ("stratejik plan nedir", "Stratejik plan kamu kesiminde"),
        ("Performans programı nedir?", "Performans programı bir Mali Yılda"),
        ("stratejik hedef nedir?", "Stratejik hedef; amaçların"),
        ("iç denetim nedir", "İç Denetim, 5018 sayılı"),
        ("meclis nedir", "Büyükşehir Belediye Meclisi, büyükşehir belediyesinin karar organıdır"),
    ],
)
def test_a_sentence_that_defines_the_term(engine: Engine, question: str, begins: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert answer.text.startswith(begins)
    assert len(answer.citations) == 1


@pytest.mark.parametrize("question", ["faaliyet raporu nedir", "hemşehri ne demek", "taşkın ne demek?"])
def test_a_term_that_is_only_used_is_not_defined(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.citations) == ("abstained", ())
    assert "tanım yok" in answer.text


@pytest.mark.parametrize("question", ["vizyon nedir", "asfalt hedefi nedir?", "Kars'ın misyonu nedir?"])
def test_what_asks_for_no_meaning_is_answered_as_before(engine: Engine, question: str) -> None:
    assert "tanım yok" not in engine.ask(question).text
