"""The promises of the house on the five documents: same answer twice, no answer from doubt, an honest no."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.questions import read_questions
from qa.engine import Engine
from qa.grounding import is_grounded

QUESTIONS = read_questions()[::6]


@pytest.mark.parametrize("gold", QUESTIONS, ids=lambda gold: gold.id)
def test_every_answer_is_grounded_certain_and_the_same_twice(engine: Engine, gold) -> None:  # type: ignore[no-untyped-def]
    first = engine.ask(gold.question, gold.history)
    again = Engine(engine.index).ask(gold.question, gold.history)
    assert replace(first, timings_ms={}) == replace(again, timings_ms={})
    assert is_grounded(first, engine.index.documents)
    doubtful = {place.cell for fact in engine.index.facts if fact.ambiguous for place in fact.places}
    for figure in first.figures:
        for citation in first.citations:
            if citation.n == figure.citation and figure.computed is None:
                start = citation.span.start + citation.quote.index(figure.text)
                assert not any(cell.start == start and len(figure.text) == cell.end - cell.start for cell in doubtful)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ankara Büyükşehir Belediyesi 2024'te kaç park yapacak?", "Ankara"),
        ("Kayseri 2024 asfalt hedefi nedir?", "2024 hedefi yok"),
        ("sdjfh qwzzx plmokn nedir?", "bulunamadı"),
    ],
)
def test_what_is_missing_is_told(engine: Engine, question: str, told: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "abstained" and told in answer.text and not answer.figures
