"""Abilities that questions nobody had read showed to be missing: what was done, parts, sides, places in names."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from indexer.marks import unmarked
from indexer.records import Figure, Span
from qa.answering.comparing.series import asks_series
from qa.asking import read_asked
from qa.finding.agreement import is_no_part
from qa.finding.sides import sides_of
from qa.periods import YearMention
from qa.records import Asked, Question


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("Bütçe 2020'den 2024'e nasıl gidiyor?", True),
        ("Bütçe 2020'den 2024'e ne kadar arttı?", False),
        ("Bütçe 2024'te nasıl?", False),
    ],
)
def test_a_span_of_years_asked_with_how_is_a_series(text: str, series: bool) -> None:
    assert asks_series(Question(text=text, query_text=text)) is series


def test_a_word_of_measure_that_says_where_or_of_what_is_not_asked_for() -> None:
    year = YearMention(2020, 0, 4)
    assert read_asked("2020 bütçesinde onarım için yapılan gider ne kadar", [year]) == (Asked(2020, "spending"),)
    assert read_asked("2020 ödenek gerçekleşme oranı nedir", [year]) == (Asked(2020, "rate"),)
    assert read_asked("2020 bütçesi ne kadar", [year]) == (Asked(2020, "budget"),)


@pytest.mark.parametrize(("value", "unit", "no_part"), [("78", "adet", False), ("36.9", None, True), ("5", "TL", True)])
def test_how_many_of_some_things_is_a_whole_number_of_things(value: str, unit: str | None, no_part: bool) -> None:
    figure = Figure(Decimal(value), value, Span(0, len(value)), unit, unit)
    question = Question(text="Taşınmazların kaçı boş?")
    assert is_no_part(question, figure) is no_part
    assert not is_no_part(replace(question, text="Taşınmazların yüzde kaçı boş?"), figure)


def test_bullets_do_not_open_a_quoted_sentence() -> None:
    assert unmarked("➢ 25 ton alındı.") == "25 ton alındı."
    assert unmarked("25 ton alındı.") == "25 ton alındı."
    assert unmarked("•") == "•"


def test_municipalities_are_set_against_each_other_with_matters_of_their_own() -> None:
    text = "Temizlik için Kars'ın 2024 harcaması mı, Kayseri'nin 2025 bütçesi mi daha büyük?"
    question = Question(
        text=text,
        query_text=text,
        municipalities=("Kars Belediyesi", "Kayseri Büyükşehir Belediyesi"),
        years=(2024, 2025),
        content=("temizlik",),
        wants=("compare",),
        units=("TL",),
    )
    first, second = (side.question for side in sides_of(question))
    assert (first.municipalities, first.years, first.measures) == (("Kars Belediyesi",), (2024,), ("spending",))
    assert (second.years, second.measures, second.content) == ((2025,), ("budget",), ("temizlik",))
