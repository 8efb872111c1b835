"""Questions to go on with: near the answer, and each of them answered."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib import resources

import pytest

from qa.engine import Engine
from qa.explaining import explain, weighed
from qa.records import Filters, Language
from qa.suggestions import suggestions

ASPHALT = "İzmir 2024 sıcak asfalt hedefi nedir?"


def after(
    engine: Engine,
    question: str,
    language: Language = "tr",
    filters: Filters | None = None,
    history: Sequence[str] = (),
) -> list[str]:
    asked = [*history, question]
    return suggestions(engine, engine.ask(question, history, filters), language, asked, filters)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        (ASPHALT, "tr"),
        ("What is the asphalt target of İzmir for 2024?", "en"),
        ("Ankara'da 2024 yılında kaç fidan dikildi?", "tr"),
        ("İzmir 2031 fidan hedefi nedir?", "tr"),
    ],
)
def test_what_is_suggested_is_answered(engine: Engine, question: str, language: Language) -> None:
    offered = after(engine, question, language)
    assert 0 < len(offered) <= 3
    assert len(set(offered)) == len(offered)
    for other in offered:
        answer = engine.ask(other, [question])
        assert answer.status == "answered"
        assert answer.figures or answer.citations


def test_a_figure_leads_to_its_other_years_and_to_other_municipalities(engine: Engine) -> None:
    offered = after(engine, ASPHALT)
    assert any("2023" in question and "Sıcak Asfalt" in question for question in offered)
    assert any("yıllara göre" in question for question in offered)
    assert any("İzmir" not in question for question in offered)


def test_a_printed_reason_is_offered_first(engine: Engine) -> None:
    question = "Kars Belediyesinin 2024 yılı “İtfaiye Binası” hedefi nedir?"
    offered = after(engine, question)
    assert "neden" in offered[0]
    assert "Tasarruf" in engine.ask(offered[0]).text


def test_filters_hide_from_suggestions_what_they_hide_from_answers(engine: Engine) -> None:
    filters = Filters(municipalities=("İzmir Büyükşehir Belediyesi",), years=(2024,))
    for question in after(engine, ASPHALT, filters=filters):
        assert "İzmir" in question
        assert "2024" in question


def test_the_work_ends_when_it_may_not_go_on(engine: Engine) -> None:
    answer = engine.ask(ASPHALT)
    assert suggestions(engine, answer, "tr", [ASPHALT], may_go_on=lambda: False) == []


@pytest.mark.parametrize("file", ["suggestions", "explaining"])
def test_both_languages_have_the_same_words(file: str) -> None:
    data = tomllib.loads(resources.files("qa").joinpath(f"data/{file}.toml").read_text("utf-8"))

    def names(value: object) -> object:
        return {name: names(inner) for name, inner in value.items()} if isinstance(value, dict) else None

    assert names(data["tr"]) == names(data["en"])


def test_an_explanation_speaks_the_language_of_the_page(engine: Engine) -> None:
    question = engine.understand(ASPHALT)
    assert "Sorulan değer: 2024 hedef" in explain(question)
    assert "Value asked for: 2024 target" in explain(question, "en")
    hit = engine.ask(ASPHALT).passages[0]
    assert "sorulan yıl geçiyor" in weighed(hit, "tr")
    assert "mentions the year asked for" in weighed(hit, "en")
