"""English questions: told from Turkish ones, put into Turkish, understood and answered like Turkish ones."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Kind, Level, Source
from qa.engine import Engine
from qa.english import is_english, to_turkish
from qa.english.conjugation import conjugate
from qa.english.lexicon import lexicon
from qa.question import understand
from qa.records import AnswerFigure, Asked, Question
from qa.wording import amount


def source(name: str, province: str, level: Level, kind: Kind, year: int) -> Source:
    return Source(
        id=f"{name}-{year}-{kind}", municipality=name, title=f"{name} {year}", file="", sha256="",
        province=province, level=level, kind=kind, year=year,
    )  # fmt: skip


BURSA = "Bursa Büyükşehir Belediyesi"
SINOP = "Sinop Belediyesi"
SOURCES = [
    source(BURSA, "Bursa", "metropolitan", "performans", 2024),
    source(SINOP, "Sinop", "provincial centre", "faaliyet", 2024),
]


def ask(text: str, history: tuple[str, ...] = ()) -> Question:
    return understand(text, SOURCES, history)


@pytest.mark.parametrize(
    "text",
    [
        "How many trees were planted?",
        "hot asphalt target of Bursa in tonnes",
        "What about 2022?",
        "Who is the mayor of Sinop?",
        "Is there a women's shelter in Bursa?",
        "Compare the budgets of the two directorates.",
    ],
)
def test_english_is_known(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bursa'da on park ve her mahallede bir metro istasyonu var mı?",
        "bursa 2024 asfalt hedefi",
        "Sinop faaliyet raporu 2024 plan program metro park",
        "kac agac dikildi",
        "2024",
    ],
)
def test_turkish_is_not_taken_for_english(text: str) -> None:
    assert not is_english(text)


def test_one_word_is_enough_in_an_english_conversation() -> None:
    assert not is_english("And Sinop?")
    assert ask("And Sinop?", ("How many trees were planted in Bursa in 2024?",)).language == "en"


@pytest.mark.parametrize(
    ("english", "turkish"),
    [
        ("How many trees did Bursa plant in 2024?", "2024 Bursa kaç ağaç dikildi?"),
        ("How many tonnes of hot asphalt will be laid?", "kaç ton sıcak asfalt serilecek?"),
        ("What is the target for the number of bus passengers?", "otobüs yolcu sayısı için hedef nedir?"),
        ("What was the revenue of the Parks and Gardens Directorate?", "park ve bahçeler müdürlüğü gelir ne kadar?"),
        ("How much is budgeted for sister cities?", "kardeş şehir için ne kadar bütçe ayrılmaktadır?"),
        ("Which department is responsible for cemeteries?", "mezarlık için hangi dairesi başkanlığı sorumlu?"),
        ("Did Bursa meet its tree target?", "Bursa ağaç hedef ulaşıldı mi?"),
        ("Why could the tree target not be reached?", "ağaç hedef neden ulaşılamadı?"),
        ("By how many tonnes did production fall?", "üretim kaç ton azaldı?"),
        ("What percentage of the road was completed?", "yol yüzde kaçı tamamlandı?"),
        ("Who are the members of the council?", "meclis üyesi kimlerdir?"),
        ("What are the strategic objectives?", "stratejik hedef nelerdir?"),
        ("Which was longer, the metro line or the tram line?", "metro hattı mi yoksa tramvay hattı mi daha uzun?"),
        ("Can you tell me how much Bursa spent on personnel?", "Bursa personel ne kadar harcandı?"),
        ("Is there a women's shelter in Bursa?", "Bursa kadın sığınma evi var mi?"),
        ("How many of the projects were cancelled?", "proje kaçı iptal edildi?"),
        ("How many parks and how many pools does Bursa have?", "Bursa kaç park, kaç havuz var?"),
        ("the municipality's compensation of employees", "belediyesi personel giderleri"),
    ],
)
def test_translation(english: str, turkish: str) -> None:
    assert to_turkish(english) == turkish


def test_economic_codes_have_their_official_names() -> None:
    names = ("compensation of employees", "goods and services", "current transfers", "capital expenditures", "reserve")
    turkish = (
        "personel giderleri", "mal ve hizmet alım giderleri", "cari transferler", "sermaye giderleri", "yedek ödenek",
    )  # fmt: skip
    assert tuple(to_turkish(name) for name in names) == turkish


@pytest.mark.parametrize(
    ("participle", "past", "future", "denied"),
    [
        ("yıkılan", "yıkıldı", "yıkılacak", "yıkılmadı"),
        ("dikilen", "dikildi", "dikilecek", "dikilmedi"),
        ("müdahale edilen", "müdahale edildi", "müdahale edilecek", "müdahale edilmedi"),
        ("artan", "arttı", "artacak", "artmadı"),
        ("devam eden", "devam etti", "devam edecek", "devam etmedi"),
        ("dökülen", "döküldü", "dökülecek", "dökülmedi"),
        ("oluşturulan", "oluşturuldu", "oluşturulacak", "oluşturulmadı"),
        ("izleyen", "izledi", "izleyecek", "izlemedi"),
    ],
)
def test_conjugation(participle: str, past: str, future: str, denied: str) -> None:
    assert conjugate(participle, "past") == past
    assert conjugate(participle, "future") == future
    assert conjugate(participle, "past", negative=True) == denied


def test_the_lexicon_is_sound() -> None:
    held = lexicon()
    assert len(held.terms) > 1_500
    assert all(word == word.lower() for phrase in (*held.terms, *held.verbs, *held.asking) for word in phrase)
    assert all(turkish.endswith(("an", "en")) for turkish in held.verbs.values())
    assert set(held.irregular.values()) - {"bear", "hang", "say", "know", "choose", "spread", "lead"} <= {
        word for phrase in held.verbs for word in phrase
    } | {"find", "show", "do", "understand", "drink", "withdraw"}
    for name in ("english", "english_terms"):
        tomllib.loads(resources.files("qa").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


@given(st.text(max_size=120))
def test_any_text_can_be_translated(text: str) -> None:
    assert to_turkish(text) == to_turkish(text)


WORDS = (
    "how", "many", "much", "of", "the", "in", "was", "were", "did", "to", "and", "or", "not", "what", "which", "trees",
    "planted", "2024", "Bursa", "target", "budget", "plan", ",", "?", "for", "by", "than", "more", "is", "there", "it",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_order_of_english_words_can_be_translated(words: list[str]) -> None:
    assert isinstance(to_turkish(" ".join(words)), str)


@pytest.mark.parametrize(
    ("english", "turkish"),
    [
        ("What is the asphalt target of Bursa for 2024 in tonnes?", "Bursa'nın 2024 asfalt hedefi kaç ton?"),
        ("How many trees were planted in Sinop in 2024?", "2024'te Sinop'ta kaç ağaç dikildi?"),
        ("How much will Bursa spend on interest in 2025?", "Bursa 2025'te faize ne kadar harcayacak?"),
        ("Why was the tree target not reached in Sinop?", "Sinop'ta ağaç hedefine neden ulaşılamadı?"),
        ("How did revenue change from 2021 to 2024 in Bursa?", "Bursa'da 2021-2024 arasında gelir nasıl değişti?"),
        ("Who is the mayor of Sinop?", "Sinop belediye başkanı kimdir?"),
    ],
)
def test_english_is_understood_like_turkish(english: str, turkish: str) -> None:
    one, other = ask(english), ask(turkish)
    assert (one.language, other.language) == ("en", "tr")
    assert one.municipalities == other.municipalities
    assert set(one.asked) == set(other.asked)
    assert one.wants[:1] == other.wants[:1]
    assert set(one.content) >= set(other.content) & set(one.content)
    assert one.written == english


def test_measures_of_english_questions() -> None:
    assert ask("What is the asphalt target for 2024 in tonnes?").asked == (Asked(2024, "target"),)
    assert ask("How many derelict buildings were demolished in Bursa in 2021?").asked == (Asked(2021, "actual"),)
    assert ask("How much money is allocated to parks in Bursa in 2024?").measures == ("budget",)
    assert ask("What is the estimate for passengers in 2024?").measures == ("estimate",)


def test_a_municipality_that_is_not_held_is_known_in_english() -> None:
    assert ask("What was the budget of Ankara Metropolitan Municipality in 2023?").foreign


def test_an_english_follow_up_takes_over_the_topic() -> None:
    first = "How many tonnes of hot asphalt did Bursa produce in 2023?"
    question = ask("And how much in 2024?", (first,))
    assert question.years == (2024,)
    assert {"sicak", "asfalt"} <= set(question.content)
    why = ask("Why was it not reached?", (first,))
    assert why.wants[0] == "why"
    assert "asfalt" in why.content


def test_english_numbers_and_units() -> None:
    figure = AnswerFigure(Decimal("1100000.5"), "1.100.000,5", "Asfalt", 1, BURSA, unit="ton", year=2024)
    assert amount(figure, "en") == "1,100,000.5 tonnes"
    assert amount(figure) == "1.100.000,5 ton"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many tonnes of hot asphalt did Kayseri produce in 2023?", 340000),
        ("How many applications will the Urban Aesthetics Board of Kayseri evaluate in 2025?", 200),
        ("What is the 2024 total budget of the Cleaning Services Directorate of Defne?", 15035000),
        ("How many fires did the Izmir fire department respond to in 2020?", 12071),
        ("How many executive committee decisions were taken in Kars in 2024?", 279),
    ],
)
def test_answers_in_english(engine: Engine, question: str, value: int) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert answer.figures[0].value == value
    assert not any(word in answer.text for word in ("hedefi ", "gerçekleşmesi", "bütçesi ", "kaynağın sözleriyle"))


def test_refusals_in_english(engine: Engine) -> None:
    answer = engine.ask("What was the budget of Ankara Metropolitan Municipality in 2023?")
    assert answer.status == "abstained"
    assert "The documents hold nothing" in answer.text
