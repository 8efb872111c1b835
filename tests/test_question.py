from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import InputError
from indexer.records import Kind, Level, Source
from qa.explaining import explain
from qa.mending import Vocabulary, mend
from qa.question import MAX_LENGTH, check_question, understand
from qa.records import Asked, Filters, Question


def source(name: str, province: str, level: Level, kind: Kind, year: int) -> Source:
    return Source(
        id=f"{name}-{year}-{kind}", municipality=name, title=f"{name} {year}", file="", sha256="",
        province=province, level=level, kind=kind, year=year,
    )  # fmt: skip


BURSA, SINOP, MERAM = "Bursa Büyükşehir Belediyesi", "Sinop Belediyesi", "Meram Belediyesi"
SOURCES = [
    source(BURSA, "Bursa", "metropolitan", "faaliyet", 2021),
    source(BURSA, "Bursa", "metropolitan", "performans", 2024),
    source(SINOP, "Sinop", "provincial centre", "faaliyet", 2023),
    source(MERAM, "Konya", "district", "performans", 2022),
]
VOCABULARY = Vocabulary.from_texts(
    [
        "dökülen asfalt miktarı kaldırım bakımı onarımı ağaçlandırma çalışmaları kütüphane yararlanan öğrenci sayısı",
        "belediyesi mahallesinde itfaiye istasyonu toplu taşıma yolcu park bahçe personel giderleri mezarlık",
    ]
    * 5
)


def ask(text: str, history: Sequence[str] = (), filters: Filters | None = None) -> Question:
    return understand(text, SOURCES, history, filters, VOCABULARY)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Bursa'da kaç park yapıldı?", [BURSA]),
        ("bursada kac park yapildi", [BURSA]),
        ("BURSA BÜYÜKŞEHİR BELEDİYESİ'NİN bütçesi", [BURSA]),
        ("Sinop Belediyesi kaç ağaç dikti?", [SINOP]),
        ("Sinp Belediyesi kaç ağaç dikti?", [SINOP]),
        ("bursda kaç kaldırım yapıldı", [BURSA]),
        ("Meram'ın 2022 hedefi", [MERAM]),
        ("Sinop mu Bursa mı daha çok ağaç dikti?", [SINOP, BURSA]),
        ("Nilüfer Belediyesi'ne devredilen park sayısı", [BURSA]),
        ("Gemlik tüneli ne zaman bitecek?", [BURSA]),
        ("Kaç kaldırım onarıldı?", []),
        ("Konya Büyükşehir Belediyesi'nin bütçesi", []),
        ("Ordu'ya değil, kaç kişi çalışıyor?", []),
    ],
)
def test_municipalities_held(text: str, held: list[str]) -> None:
    assert list(ask(text).municipalities) == held


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Ankara'nın 2024 asfalt hedefi kaç ton?", ["Ankara"]),
        ("Çankaya Belediyesi kaç park yaptı?", ["Çankaya Belediyesi"]),
        ("What is Ankara Metropolitan Municipality's asphalt target for 2024?", ["Ankara Büyükşehir Belediyesi"]),
        ("Osmangazi Belediyesi'nin 2024 bütçesi ne kadar?", ["Osmangazi Belediyesi"]),
        ("Bursa'da Ankara Caddesi'nde kaç ağaç dikildi?", []),
        ("Ankara Caddesi'nde kaç ağaç dikildi?", []),
        ("Bursa'da Gemlik'te kaç ağaç dikildi?", []),
        ("Bursa ile Ankara arasındaki hızlı tren ne zaman açılacak?", []),
    ],
)
def test_municipalities_not_held(text: str, foreign: list[str]) -> None:
    assert list(ask(text).foreign) == foreign


def test_a_district_of_a_held_province_is_the_topic() -> None:
    assert ask("Bursa'da Gemlik'te kaç ağaç dikildi?").places == ("Gemlik",)


@pytest.mark.parametrize(
    ("text", "documents", "years"),
    [
        ("Bursa'nın 2024 programına göre asfalt hedefi kaç?", [f"{BURSA}-2024-performans"], [2024]),
        ("2021 yılı faaliyet raporunda kaç yolcu taşındığı yazıyor?", [f"{BURSA}-2021-faaliyet"], [2021]),
        ("2024 performans programında 2022 gerçekleşmesi kaç?", [f"{BURSA}-2024-performans"], [2022]),
        ("Bursa 2024 hedefi", [], [2024]),
        ("2024te kaç kişi eğitim programına katıldı?", [], [2024]),
    ],
)
def test_documents(text: str, documents: list[str], years: list[int]) -> None:
    question = ask(text)
    assert (list(question.documents), list(question.years)) == (documents, years)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2019-2022 arasında asfalt", [2019, 2020, 2021, 2022]),
        ("2020 ile 2022 arasında yolcu sayısı", [2020, 2021, 2022]),
        ("31.12.2020 itibarıyla araç sayısı", [2020]),
        ("2023'ün ilk yarısında kaç yangın çıktı", [2023]),
        ("Sinop'ta bu yıl kaç ağaç dikildi", [2023]),
        ("Sinop'ta geçen yıl kaç ağaç dikildi", [2022]),
        ("Bursa'da 2022 asfaltı bir önceki yıla göre ne kadar arttı", [2022, 2021]),
        ("Bursa'da son üç yılda kaç park yapıldı", [2022, 2023, 2024]),
        ("Bursa'da 2000 kişiye yemek verildi mi", []),
        ("5018 sayılı kanun 1.2022 TL", []),
    ],
)
def test_years(text: str, years: list[int]) -> None:
    assert list(ask(text).years) == years


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2024 asfalt hedefi kaç ton?", [(2024, "target")]),
        ("asfalt hedefi 2024", [(2024, "target")]),
        ("2022'de kaç ton asfalt döküldü?", [(2022, "actual")]),
        ("2024'te kaç ton asfalt dökülecek?", [(2024, "target")]),
        ("2024'te parklara ne kadar para ayrıldı?", [(2024, "budget")]),
        ("2024'te parklara ne kadar para harcandı?", [(2024, "spending")]),
        ("2024 için ödeneği ne kadar?", [(2024, "budget")]),
        ("2024 tahmini kaç?", [(2024, "estimate")]),
        (
            "asfaltın 2020 hedefi ve yapılanı, 2022'de yapılanı ve 2024 hedefi",
            [(2020, "target"), (2020, "actual"), (2022, "actual"), (2024, "target")],
        ),
        (
            "asfalt 2020 hedef 2020 gerçekleşen 2024 hedef",
            [(2020, "target"), (2020, "actual"), (2024, "target")],
        ),
        ("2022 ve 2023 hedefi kaç?", [(2022, "target"), (2023, "target")]),
        ("2021 hedefine ulaşıldı mı?", [(2021, "target"), (2021, "actual")]),
        ("kaç performans hedefi var?", []),
    ],
)
def test_values_asked_for(text: str, asked: list[tuple[int | None, str]]) -> None:
    assert [(value.year, value.measure) for value in ask(text).asked] == asked


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2024'te kaç ton asfalt dökülecek?", "figure"),
        ("mezarlık hizmetlerinden kim sorumlu", "who"),
        ("Hangi müdürlük bakıyor?", "who"),
        ("Neden ulaşılamamış?", "why"),
        ("Tesis ne zaman açılacak?", "when"),
        ("Kütüphane nerede?", "where"),
        ("Park yapılmış mı?", "yesno"),
        ("Paydaşlar kimlerdir, neler yapılacak?", "list"),
        ("Sinop mu Bursa mı daha kalabalık?", "compare"),
        ("Yolcu sayısı yıllara göre nasıl değişti?", "series"),
        ("En çok harcama yapan müdürlük hangisi?", "rank"),
        ("Giderlerin yüzde kaçı personele gitmiş?", "share"),
        ("Bütçesi ötekinin kaç katı?", "ratio"),
        ("Hedef ile gerçekleşen arasındaki fark kaç?", "difference"),
        ("Kaç faaliyet var?", "count"),
        ("Belediyenin vizyonu nedir?", "text"),
    ],
)
def test_what_is_wanted(text: str, want: str) -> None:
    assert want in ask(text).wants


def test_a_figure_is_not_wanted_of_a_reason() -> None:
    assert not ask("Yolcu sayısı hedefine neden ulaşılamamış?").wants_figure
    assert ask("Yolcu sayısı kaçtı ve neden düştü?").wants_figure


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("kaç ton asfalt döküldü", "ton"),
        ("yüzde kaç gerçekleşti", "%"),
        ("kaç kişi yararlandı", "kişi"),
        ("kaç öğrenci yararlandı", "kişi"),
        ("ne kadar para ayrıldı", "TL"),
        ("kaç metrekare park yapıldı", "m²"),
        ("kaç iş günü sürer", "iş günü"),
        ("kaç okul boyandı", "adet"),
    ],
)
def test_units(text: str, unit: str) -> None:
    assert unit in ask(text).units


def test_what_is_counted() -> None:
    assert ask("2024'te kaç yeni okul boyandı").counted == ("okul",)
    assert ask("kaç ton asfalt döküldü").counted == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("kaldrım bakmı ne kdar", "kaldırım bakımı ne kadar"),
        ("agaclandirma calismalari", "ağaçlandırma çalışmaları"),
        ("kütüpane", "kütüphane"),
        ("mahallesnde", "mahallesinde"),
        ("kedi", "kedi"),
        ("kütüphaneden", "kütüphaneden"),
        ("Personl giderleri", "Personel giderleri"),
    ],
)
def test_mending(written: str, read: str) -> None:
    assert mend(written, VOCABULARY, lambda _start, _end: False).text == read


def test_both_spellings_are_searched_and_corrections_told() -> None:
    question = ask("Bursa'da kaldrım bakımı")
    assert question.corrections == (("kaldrım", "kaldırım"),)
    assert {"kaldrim", "kaldirim"} <= set(question.topic)


FIRST = "Bursa'nın 2024 sıcak asfalt hedefi kaç ton?"


def test_a_place_alone_takes_over_everything_else() -> None:
    question = ask("Peki Sinop'ta?", [FIRST])
    assert (question.municipalities, question.years, question.measures) == ((SINOP,), (2024,), ("target",))
    assert {"sicak", "asfalt"} <= set(question.content)
    assert "asfalt" in question.query_text
    assert question.units == ("ton",)
    assert question.wants_figure


def test_a_year_alone_takes_over_municipality_and_topic() -> None:
    question = ask("2023'te ne kadardı?", [FIRST])
    assert (question.municipalities, question.years) == ((BURSA,), (2023,))
    assert question.asked == (Asked(2023, "target"),)
    assert "asfalt" in question.content


def test_why_takes_over_the_topic() -> None:
    question = ask("Neden ulaşılamamış?", [FIRST])
    assert question.wants[0] == "why"
    assert (question.municipalities, question.years) == ((BURSA,), (2024,))
    assert "asfalt" in question.content


def test_a_topic_of_its_own_keeps_only_place_and_year() -> None:
    question = ask("Peki aynı yıl kaç itfaiye istasyonu yapılacak?", [FIRST])
    assert (question.municipalities, question.years) == ((BURSA,), (2024,))
    assert "asfalt" not in question.content
    assert "asfalt" not in question.topic
    assert "ton" not in question.units


def test_a_whole_question_takes_over_nothing() -> None:
    question = ask("Sinop Belediyesi kaç kütüphane kurdu, öğrenci sayısı kaç?", [FIRST])
    assert (question.municipalities, question.years, question.carried) == ((SINOP,), (), ())


def test_the_topic_survives_two_turns() -> None:
    question = ask("Peki 2023 hedefi?", [FIRST, "Sinop'ta kaçtı?"])
    assert (question.municipalities, question.years, question.measures) == ((SINOP,), (2023,), ("target",))
    assert "asfalt" in question.content
    assert "asfalt" in question.query_text


def test_the_year_before_is_counted_from_the_earlier_question() -> None:
    assert ask("Bir önceki yıl kaçtı?", [FIRST]).years == (2023,)


def test_this_year_is_that_of_whom_the_filters_and_the_conversation_are_about() -> None:
    assert ask("Bu yıl kaç ağaç dikilecek?").years == (), "each document's own year, where those differ"
    assert ask("Bu yıl kaç ağaç dikilecek?", filters=Filters(municipalities=(SINOP,))).years == (2023,)
    assert ask("Geçen yıl kaç ağaç dikildi?", filters=Filters(municipalities=(SINOP,))).years == (2022,)
    assert ask("Bu yıl kaç ağaç dikilecek?", ["Meram'da kaç park var?"]).years == (2022,)


@pytest.mark.parametrize("text", ["kaç ağaç diktiniz", "ne kadar asfalt döktünüz?", "kaç park yaptınız?"])
def test_what_you_did_asks_for_the_actual(text: str) -> None:
    assert ask(text).measures == ("actual",)
    assert ask("kaç ağaç dikeceksiniz").measures == ("target",)


def test_filters_go_first() -> None:
    question = ask("Ankara'nın 2021 bütçesi", filters=Filters(municipalities=(SINOP,), years=(2023,)))
    assert (question.municipalities, question.foreign, question.years) == ((SINOP,), (), (2023,))
    assert question.outside == ("Ankara", "2021"), "what they leave out of the question is told"
    assert ask("Kaç park var?", filters=Filters(years=(2023,))).outside == ()


def test_a_filter_of_years_fills_what_the_question_and_the_conversation_leave_open() -> None:
    only = Filters(years=(2021,))
    assert ask("Kaldırım hedefi ne kadar?", filters=only).asked == (Asked(2021, "target"),)
    after = ask("Peki hedefi?", ["Bursa'da 2024'te kaç kaldırım yapıldı?"], only)
    assert (after.asked, after.outside) == ((Asked(2021, "target"),), ())


def test_explain_tells_what_was_understood() -> None:
    lines = explain(ask("2023'te kaldrım hedefi ne kadardı?", [FIRST]))
    assert f"Belediye: {BURSA}" in lines
    assert "Düzeltilen: kaldrım → kaldırım" in lines
    assert "Sorulan değer: 2023 hedef" in lines


@pytest.mark.parametrize("text", ["", "  \t\n", "?!…", "\x00\x01", "a" * (MAX_LENGTH + 1)])
def test_what_is_no_question_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        check_question(text)


def test_control_characters_and_white_space_go() -> None:
    assert check_question(" asfalt\x00\u00a0\n hedefi\u200b ") == "asfalt hedefi"


_PIECES = st.sampled_from(
    [
        "Bursa",
        "Sinop'ta",
        "2024",
        "2019-2023",
        "hedefi",
        "kaç",
        "ton",
        "peki",
        "geçen yıl",
        "bunun",
        "%",
        "'",
        "?",
        "kaldrım",
        "how many",
        "target",
        "Belediyesi",
        "mı",
        ",",
        "aynı yıl",
        "son üç yıl",
        "<b>",
        "İ̇",
        "ve",
    ]
)


@settings(max_examples=150)
@given(st.lists(st.text(max_size=60) | st.lists(_PIECES, max_size=12).map(" ".join), min_size=1, max_size=3))
def test_any_text_is_understood_and_always_alike(texts: list[str]) -> None:
    *history, text = texts
    question = ask(text, history)
    assert question == ask(text, history)
    assert set(question.municipalities) <= {BURSA, SINOP, MERAM}
    assert question.wants
    assert explain(question)
