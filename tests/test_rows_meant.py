"""Which row is meant among those like it, on the real documents: opposites, parents, several things together."""

from __future__ import annotations

import pytest

from qa.engine import Engine


def values(engine: Engine, question: str) -> list[str]:
    """The figures of the answer in their order, white space put right."""
    return [" ".join(figure.text.split()) for figure in engine.ask(question).figures]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("İzmir'de şehir merkezindeki yangınlara ortalama varış süresi için 2024 hedefi nedir?", "4 dakika 19 saniye"),
        ("İzmir'de kırsaldaki yangınlara ortalama varış süresi için 2024 hedefi nedir?", "9 dakika 16 saniye"),
        ("İzmir'de 2020'de dış borçlanmada bankalardan borçlanma ne kadar gerçekleşti?", "1.030.660.415,68"),
        ("Kars 2024'te kaç sokak hayvanını kısırlaştırmış?", "377"),
    ],
)
def test_the_row_that_is_meant_goes_before_those_like_it(engine: Engine, question: str, first: str) -> None:
    assert values(engine, question)[0] == first


@pytest.mark.parametrize(
    ("what", "first"), [("net gerçekleşmesi", "-602.323,14"), ("ödemenin gerçekleşmesi", "-1.623.250,62")]
)
def test_a_parent_named_in_full_is_no_other_parent(engine: Engine, what: str, first: str) -> None:
    question = f"2020'de İzmir'de İller Bankası'ndan sağlanan iç borçlanmada {what} ne kadardır?"
    assert values(engine, question)[0] == first


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Kayseri'de kilit parke için 2025 hedefi kırsal mahallelerde ne kadar, Fen İşleri'nin tarafında ne kadar?",
            ["500.000", "60.000"],
        ),
        (
            "İzmir'de ortalama varış süresi için 2024 hedefi metropolde kaç dakika, kırsalda kaç dakika?",
            ["4 dakika 19 saniye", "9 dakika 16 saniye"],
        ),
    ],
)
def test_the_parts_of_a_question_keep_the_head_asked_of_all(engine: Engine, question: str, expected: list[str]) -> None:
    assert values(engine, question) == expected


def test_things_in_parentheses_are_asked_of_each_municipality(engine: Engine) -> None:
    question = (
        "Hayvan içme suyu göletleri için İzmir'in 2024 ve Kayseri'nin 2025 hedefleri "
        "(yeni yapım ve bakım-onarım) kaçar adet?"
    )
    assert values(engine, question) == ["20", "40", "12", "160"]


@pytest.mark.parametrize(
    ("year", "ending", "verdict", "expected"),
    [
        (2020, "aynı mı?", "Hayır", ["41.451.552,47", "36.971.928,90"]),
        (2018, "farklı mı?", "Evet", ["44.166.230,81", "26.744.682,27"]),
        (2017, "aynı mı?", "Evet", ["24.273.520,00", "24.273.520,00"]),
    ],
)
def test_one_value_in_two_documents(engine: Engine, year: int, ending: str, verdict: str, expected: list[str]) -> None:
    question = f"İzmir'in {year} yılı kira tahsilatı 2020 faaliyet raporunda ve 2024 performans programında {ending}"
    answer = engine.ask(question)
    assert answer.text.startswith(verdict)
    assert [figure.text for figure in answer.figures] == expected
    assert {citation.document for citation in answer.citations} == {"izmir-2020-faaliyet", "izmir-2024-performans"}


def test_a_part_that_names_several_years_gets_a_value_for_each(engine: Engine) -> None:
    question = "İzmir'in dağıttığı süt miktarı 2020'den 2022'ye azalmış mı; 2024 hedefi kaç litre?"
    assert values(engine, question) == ["13.914.899", "7.930.101", "10.400.000"]
