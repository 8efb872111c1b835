"""Comparisons, computations over named things and verdicts, on the five documents."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indexer.records import Source
from qa.answering.comparing.judging import direction_of
from qa.engine import Engine
from qa.finding.contrast import alternatives, enumerated, joined
from qa.finding.sides import sides_of
from qa.question import understand
from qa.records import Question


def _understood(text: str) -> Question:
    kars = Source("kars", "Kars Belediyesi", "", "kars.txt", "", "Kars", kind="faaliyet", year=2024)
    defne = Source("defne", "Defne Belediyesi", "", "defne.txt", "", "Hatay", kind="performans", year=2023)
    sources = [kars, defne]
    return understand(text, sources)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Mezarlıklara mı parklara mı daha fazla para harcanmış?", [{"mezarlik"}, {"park"}]),
        ("Kiraz'daki taşınmaz sayısı mı Ödemiş'teki mi daha fazladır?", [{"kiraz"}, {"ode"}]),
        ("Fen işleri için mi daha çok bütçe ayrılmış, temizlik için mi?", [{"fen", "is"}, {"temizlik"}]),
    ],
)
def test_each_alternative_is_asked_for_by_its_own_words(question: str, words: list[set[str]]) -> None:
    assert [set(side.own) for side in alternatives(_understood(question))] == words


def test_years_as_alternatives_share_the_matter() -> None:
    first, second = alternatives(_understood("Asfalt miktarı 2019'da mı 2020'de mi daha fazladır?"))
    assert first.question.content == second.question.content
    assert (first.question.years, second.question.years) == ((2019,), (2020,))


def test_states_are_no_alternatives() -> None:
    assert not alternatives(_understood("Masalevi çocuk almaya başlamış mı, yoksa kapatılmış mı?"))


def test_each_clause_keeps_its_municipality_year_measure_and_matter() -> None:
    question = _understood("Zabıtaya Kars 2024'te ne kadar harcamış, Defne 2023'te parklara ne kadar bütçe ayırmış?")
    kars, defne = sides_of(question)
    assert (kars.question.municipalities, kars.question.years) == (("Kars Belediyesi",), (2024,))
    assert [one.measure for one in kars.question.asked] == ["spending"]
    assert (defne.question.municipalities, defne.question.years) == (("Defne Belediyesi",), (2023,))
    assert [one.measure for one in defne.question.asked] == ["budget"]
    assert "zabita" not in defne.question.content
    assert "park" not in kars.question.content


def test_listed_things_are_found_in_parentheses_and_between_commas() -> None:
    texts = ("Ruhsat gelirleri (açılış, tatil ve muayene) toplamı kaç TL?", "Cam, kağıt ve metal toplam kaç ton?")
    assert [len(enumerated(_understood(text))) for text in texts] == [3, 3]
    assert not enumerated(_understood("Cam ve metal toplam kaç ton?"))


def test_joined_things_each_have_words_of_their_own() -> None:
    first, second = joined(_understood("Fen İşleri ile Temizlik İşleri bütçeleri arasındaki fark nedir?"))
    assert (set(first.own), set(second.own)) == ({"fen"}, {"temizlik"})


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("Hedef 100 tonun üzerinde mi?", "more"),
        ("Sayı 2023'e göre azalmış mı?", "less"),
        ("Miktar 15 ile 20 ton arasında mı?", "between"),
        ("Park yapılmış mı?", None),
    ],
)
def test_the_direction_of_a_verdict(question: str, direction: str | None) -> None:
    assert direction_of(_understood(question)) == direction


@pytest.mark.parametrize(
    ("question", "values", "larger"),
    [
        (
            "2020'de İzmir'de mezarlıklara mı parklara mı daha fazla para harcanmış?",
            ["129730971.91", "349665253.30"],
            "Park ve Bahçeler",
        ),
        (
            "Kars'ta 2024'te su sarfiyatı Mart-Nisan döneminde mi yoksa Eylül-Ekim döneminde mi daha yüksektir?",
            ["837345", "882452"],
            "Eylül-Ekim",
        ),
        ("İzmir'de dağıtılan hayvan sayısı 2020'de mi 2022'de mi daha fazladır?", ["631", "1069"], "2022"),
        ("Kars Belediyesinde mi Kayseri Büyükşehir Belediyesinde mi daha çok memur var?", ["101", "667"], "Kayseri"),
    ],
)
def test_the_larger_one_is_told_by_what_tells_the_two_apart(
    engine: Engine, question: str, values: list[str], larger: str
) -> None:
    answer = engine.ask(question)
    assert [figure.value for figure in answer.figures] == [Decimal(value) for value in values]
    assert larger in answer.text.split("Büyük olan:")[1]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Defne Belediyesinin Temizlik İşleri bütçesi 2021'den 2022'ye ne kadar artmıştır?", "4000000"),
        (
            "Kars Zabıta Müdürlüğünün 2024 ruhsat gelirleri (açılış, tatil, mesul müdürlük ve muayene) toplamı?",
            "177249",
        ),
        (
            "Defne'de Bilgi İşlem, Spor İşleri ve Mali Hizmetler müdürlüklerinin 2023 bütçeleri toplamı ne kadar?",
            "675000",
        ),
        ("İzmir'in 2019 ve 2020 asfalt kaplama miktarları toplamı nedir?", "2683938"),
        ("İzmir'de asfalt kaplama miktarı 2019'a göre 2020'de kaç ton azalmıştır?", "824556"),
    ],
)
def test_computations_take_the_operands_that_the_question_names(engine: Engine, question: str, value: str) -> None:
    answer = engine.ask(question)
    computed = next(figure for figure in answer.figures if figure.computed)
    assert computed.value == Decimal(value)


@pytest.mark.parametrize(
    ("question", "yes"),
    [
        ("İzmir 2020'de yıkılan yapı sayısında hedefini tutturmuş mu?", False),
        ("İzmir'de asfalt kaplama miktarı 2019'a göre 2020'de azalmış mı?", True),
        ("Kayseri'nin 2025 kişi başı yeşil alan hedefi 2023'te ulaşılan düzeyin üzerinde mi?", False),
        ("Kayseri 2025'te kişi başı yeşil alan hedefi 15 ile 20 m² arasında mı?", True),
        ("İzmir 2024'te hedeflenen asfalt miktarı 1 milyon tonun üzerinde mi?", True),
        ("Kars'ta kadın memur sayısı erkek memur sayısından az mı?", True),
    ],
)
def test_values_decide_a_verdict(engine: Engine, question: str, yes: bool) -> None:
    answer = engine.ask(question)
    assert answer.text.startswith("Evet." if yes else "Hayır.")
    assert answer.figures
