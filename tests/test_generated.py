"""Promises over generated questions; ``python -m evaluation.generated`` asks thousands of them."""

from __future__ import annotations

from dataclasses import replace

from evaluation.generated import generated_questions, swapped, violations
from qa.engine import Engine


def test_no_generated_question_breaks_a_promise(engine: Engine) -> None:
    municipalities = sorted({source.municipality for source in engine.sources()})
    questions = list(generated_questions(engine, 40, seed=7))
    both = questions + [other for one in questions if (other := swapped(one, municipalities))]
    assert len(both) > len(questions)
    assert [(one.text, broken) for one in both if (broken := violations(engine, one))] == []


def test_a_broken_promise_is_noticed(engine: Engine, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    question = next(generated_questions(engine, 1, seed=7))
    answer = engine.ask("2024 asfalt hedefi nedir?")
    wrong = replace(answer, figures=(replace(answer.figures[0], text="1.100.001"),))
    monkeypatch.setattr(engine, "ask", lambda _: wrong)
    assert "a figure that is not in its quote" in violations(engine, question)
