"""Questions in long nominal style: what asks for a figure, and which words are no topic."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.records import Source
from qa.engine import Engine
from qa.mending import Vocabulary, mend
from qa.question import understand
from qa.records import Asked, Question

SOURCES = [
    Source("a-2021", "Bursa Büyükşehir Belediyesi", "Bursa 2021", "", "", "Bursa", "metropolitan", "faaliyet", 2021),
]


def ask(text: str) -> Question:
    return understand(text, SOURCES)


@pytest.mark.parametrize(
    "text",
    [
        "İdari para cezalarına ait tutar nedir?",
        "Taşınmaz satışından beklenen gelir nedir?",
        "Merkez kütüphanesinin kapasitesi nedir?",
        "Bir metreküp suyun fiyatı nedir?",
        "Köprünün genişliği neydi?",
        "Evde bakım hizmetlerine hangi tutarda kaynak ayrılmıştır?",
        "Huzurevi için belirlenen hedef hangi düzeydedir?",
        "Çağrıların karşılanma oranı ne düzeydedir?",
    ],
)
def test_a_noun_that_is_a_number_asks_for_a_figure(text: str) -> None:
    assert "figure" in ask(text).wants


@pytest.mark.parametrize(
    "text",
    [
        "Belediyenin görev alanı nedir?",
        "Meclisin görevi nedir?",
        "Gelir müdürlüğünün görevleri nelerdir?",
        "Toplam kalite yönetimi nedir?",
        "Gelir ne demek?",
    ],
)
def test_other_nouns_ask_for_words(text: str) -> None:
    assert "figure" not in ask(text).wants


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Yatak doluluk oranının hedeflenen düzeyi nedir?", {"yatak"}),
        ("Park yapımına ilişkin ödenek miktarını bildiriniz.", {"park"}),
        ("Sulama sistemi kurulan park sayısını yazınız.", {"sula", "park"}),
        ("Yıl içinde dikilmesi beklenen ağaç sayısı nedir?", {"agac"}),
    ],
)
def test_words_of_asking_and_measuring_are_no_topic(text: str, content: Sequence[str]) -> None:
    frame = {"duzey", "bildiri", "yazi", "bekle", "ic"}
    held = set(ask(text).content)
    assert set(content) <= held
    assert not held & frame


def test_a_target_that_was_set_is_a_target_of_the_year_named_after_it() -> None:
    asked = ask("Memnuniyet oranı hedefi 2021'de ne kadar olarak belirlenmiştir?").asked
    assert asked == (Asked(2021, "target"),)


def test_a_length_is_not_told_in_money() -> None:
    assert ask("Bisiklet yolunun uzunluğu nedir?").units == ("metre",)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("İzmir'de 2020 yılında denetlenen personelin adedi nedir?", "1.711"),
        ("İzmir 2020 denetlenen birim sayısı kaç?", "626"),
        ("İzmir 2020 denetlenen birim sayısı hedefi kaç?", "800"),
        ("Çiğli tramvayının 2020 tamamlanma yüzdesi nedir?", "0"),
    ],
)
def test_without_a_measure_what_was_reached_answers(engine: Engine, text: str, figure: str) -> None:
    assert engine.ask(text).figures[0].text == figure


def test_a_length_is_not_answered_with_a_sum_of_money(engine: Engine) -> None:
    answer = engine.ask("İZBAN hattının uzunluğu nedir?")
    assert all(figure.unit != "TL" for figure in answer.figures)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (
            "İzmir'in 2024'te Stratejik Hedef 3.5'e ayrılan kaynağın toplam bütçe içindeki payı yüzde kaç?",
            "0,80",
        ),
        ("Kars'ta belediyede kaç kepçe var?", "13"),
        ("İzmir 2020'de taşınır satışından ne kadar gelir bekliyordu?", "250.000,00"),
        ("İzmir 2024 Performans Hedefi 3.3.1 için ayrılan kaynak ne kadar?", "145.023.000,00"),
        ("Defne'de kent ekonomisinin risklerini belirlemek için 2023'te öngörülen bütçe?", "25,000"),
    ],
)
def test_the_cell_that_is_named_answers(engine: Engine, text: str, figure: str) -> None:
    assert engine.ask(text).figures[0].text == figure


def test_how_far_above_a_target_is_a_difference() -> None:
    question = ask("2021'de denetim sayısı hedefin ne kadar üzerinde?")
    assert "difference" in question.wants
    assert set(question.asked) == {Asked(2021, "target"), Asked(2021, "actual")}


def test_two_vowels_left_out_are_put_back() -> None:
    vocabulary = Vocabulary.from_texts(["belediyesi evrak"] * 5)
    assert mend("bursa beldyesi", vocabulary, lambda *_: False).text == "bursa belediyesi"
    assert mend("bursa mecliste", vocabulary, lambda *_: False).text == "bursa mecliste"
