"""Small talk gets a plain reply, and what is polite around a question is no part of it."""

from __future__ import annotations

import pytest

from indexer.records import Source
from qa.conversation import names_nothing
from qa.courtesy import small_talk, small_talk_reply, unclear_reply, without_courtesy
from qa.question import understand

SOURCES = [
    Source("a-2024", "Kars Belediyesi", "Kars 2024", "a.txt", "", "Kars", "provincial centre", "faaliyet", 2024),
    Source("b-2025", "Kayseri Büyükşehir Belediyesi", "K", "b.txt", "", "Kayseri", "metropolitan", "performans", 2025),
]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("teşekkürler", "thanks"), ("çok sağ olun", "thanks"), ("Merhaba!", "greeting"), ("selam :)", "greeting"),
        ("iyi günler", "greeting"), ("slm naber", "feeling"), ("kimsin", "identity"), ("evet", "assent"),
        ("sen kimsin ve bana nasıl yardımcı olabilirsin?", "identity"), ("Merhaba, ne yapabilirsin?", "identity"),
        ("hello", "greeting"), ("thank you very much", "thanks"), ("who are you?", "identity"),
        ("görüşürüz, teşekkürler", "thanks"), ("Hangi belediyeler var?", "identity"),
    ],
)  # fmt: skip
def test_small_talk_is_known(text: str, kind: str) -> None:
    assert small_talk(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Merhaba, 2024 asfalt hedefi nedir?", "Kars Belediyesi kime teşekkür ediyor?", "2024", "neden?", "çok ağaç",
        "yardım alan aile sayısı", "Hangi belediyeler daha çok ağaç dikti?", "kim sorumlu", "how many trees",
    ],
)  # fmt: skip
def test_a_question_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Merhaba, 2024 asfalt hedefi nedir? Teşekkürler.", "2024 asfalt hedefi nedir?"),
        ("Selamlar, Kars'ta kaç hayvan var", "Kars'ta kaç hayvan var"),
        ("iyi günler park bütçesi ne kadar sağ olun", "park bütçesi ne kadar"),
        ("arabam bozuldu, çok zarar gördüm, ne kadar asfalt dökülecek acaba, çok teşekkürler",
         "ne kadar asfalt dökülecek"),
        ("Kars'ta oturuyorum, kaç kreş yapılacak?", "Kars kaç kreş yapılacak?"),
        ("Kaç km yol yapılacak, yardımcı olursanız sevinirim", "Kaç km yol yapılacak"),
        (
            "Köylerde kaç km yol yapılacak? Kayseri için soruyorum.",
            "Köylerde kaç km yol yapılacak? Kayseri için soruyorum.",
        ),
        ("Ağaç diktiğinizi duydum, kaç tane?", "Ağaç diktiğinizi duydum, kaç tane?"),
        ("Kimlere yardım yapıldı?", "Kimlere yardım yapıldı?"),
        ("Yatırım, bakım, onarım, kaç proje?", "Yatırım, bakım, onarım, kaç proje?"),
    ],
)  # fmt: skip
def test_what_is_polite_or_personal_is_left_out(text: str, left: str) -> None:
    assert without_courtesy(text).replace("'ta", "") == left.replace("'ta", "")


def test_the_reply_says_what_can_be_asked_in_the_language_of_the_message() -> None:
    text, language = small_talk_reply("greeting", "merhaba", SOURCES)
    assert language == "tr"
    assert text.startswith("Merhaba.") and "Kars Belediyesi (2024)" in text
    assert "Kayseri Büyükşehir Belediyesinin 2025 bütçesi ne kadar?" in text
    text, language = small_talk_reply("thanks", "thanks a lot", SOURCES)
    assert language == "en"
    assert text.startswith("You are welcome.")
    assert "Kayseri" in unclear_reply(SOURCES, "tr")


@pytest.mark.parametrize("text", ["Peki 2023?", "peki ya Kars?", "neden?", "ne kadar?", "Kars?"])
def test_a_question_without_a_matter_is_asked_back(text: str) -> None:
    assert names_nothing(understand(text, SOURCES))


@pytest.mark.parametrize(
    "text", ["Kars 2024 bütçesi ne kadar?", "Kars ne kadar harcadı?", "asfalt", "2024 hedefleri neler?"]
)
def test_a_question_with_a_matter_or_a_whole_is_not(text: str) -> None:
    assert not names_nothing(understand(text, SOURCES))


def test_small_talk_in_a_conversation_is_skipped() -> None:
    before = ["Kars'ta 2024 asfalt hedefi ne kadar?", "teşekkürler"]
    asked = understand("peki 2023?", SOURCES, before)
    assert asked.years == (2023,)
    assert "asfalt" in asked.content
    assert not names_nothing(asked)
