"""What makes an answer impossible by the form of its question, and what a refusal says instead."""

from __future__ import annotations

import pytest

from indexer.records import Source
from indexer.turkish import keys
from qa.deciding.nearest import is_matter
from qa.deciding.requirements import asks_opinion, asks_whether_met
from qa.deciding.standing import stands
from qa.deciding.support import named_in
from qa.engine import Engine
from qa.finding.contact_forms import contact_forms
from qa.finding.modifiers import compounds_of, unmet_modifier
from qa.refusal_wording import words_missing
from qa.scope import read_scope


def refusal(engine: Engine, text: str) -> str:
    answer = engine.ask(text)
    assert answer.status == "abstained" and answer.figures == ()
    return answer.text


def test_a_target_without_an_outcome_is_not_called_met(engine: Engine) -> None:
    text = refusal(engine, "Kayseri 2025 sıcak asfalt hedefine ulaşıldı mı?")
    assert "2025 gerçekleşmesi yok" in text and "2025 hedefi" in text.split("En yakın kayıt")[1]


def test_a_target_with_its_outcome_is_still_judged(engine: Engine) -> None:
    answer = engine.ask("Kars Belediyesi 2024'te yasal takip oranı hedefine ulaştı mı?")
    assert answer.status == "answered" and answer.text.startswith("Hayır")


@pytest.mark.parametrize("text", ["Sizce İzmir Büyükşehir iyi yönetiliyor mu?", "kayseri buyuksehir basarili mi sizce"])
def test_a_judgement_is_not_made_up(engine: Engine, text: str) -> None:
    assert "değerlendirme" in refusal(engine, text)


def test_a_telephone_number_looks_like_one(engine: Engine) -> None:
    assert "telefon numarası" in refusal(engine, "Kars Belediye Başkanının telefon numarası nedir?")
    told = engine.ask("Kars Belediyesi Kadın Destek Hattı'nın telefon numarası nedir?")
    assert told.status == "answered" and "223 44 79" in told.text


def test_an_address_is_asked_for_only_where_nothing_else_is(engine: Engine) -> None:
    assert contact_forms(engine.understand("Kars Belediyesinin internet sitesi nedir?")) == ("site",)
    assert contact_forms(engine.understand("Web sitesindeki haberleri hangi müdürlük yayınlıyor?")) == ()
    assert not asks_opinion(engine.understand("Kars'ta iyi tarım desteği ne kadar?"))
    assert not asks_whether_met(engine.understand("Kayseri 2025 asfalt hedefi kaç ton?"))


def test_a_compound_lacks_its_modifier(engine: Engine) -> None:
    question = engine.understand("Kayseri'de bisiklet yolu uzunluğu kaç kilometredir?")
    compounds = compounds_of(question, named_in(question).nouns)
    assert [compound[:2] for compound in compounds] == [("bisiklet", "yol")]
    rare = {"bisiklet": 0.5, "yol": 0.2, "uzunluk": 0.3}
    assert unmet_modifier(compounds, frozenset(keys("Kırsal yol uzunluğu")), rare) == 0.5
    assert unmet_modifier(compounds, frozenset(keys("Bisiklet yolu uzunluğu")), rare) == 0.0
    assert unmet_modifier(compounds, frozenset(keys("Dikilen ağaç")), rare) == 0.0  # another name of it, or nothing


def test_the_kind_that_is_missing_is_named_beside_the_nearest(engine: Engine) -> None:
    text = refusal(engine, "Kars Belediyesinin kaç elektrikli otobüsü var?")
    assert "Halk Otobüsü" in text and "“elektrikli” geçmiyor" in text


def test_words_that_the_municipality_never_prints_are_named(engine: Engine) -> None:
    assert "“kreş”, Defne Belediyesinin belgelerinde hiç geçmiyor" in refusal(engine, "Defne'de kreş kapasitesi kaç?")
    assert not stands("kres", engine.index, ("Defne Belediyesi",)) and stands("kres", engine.index)
    assert words_missing(["x"], (), "tr") == "“x” belgelerde hiç geçmiyor."


def test_units_and_acts_are_no_matter() -> None:
    assert [is_matter(word) for word in ("kilometredir", "almayı", "ulaştı", "bisiklet")] == [False] * 3 + [True]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("İstanbul'un 2024 asfalt hedefi İzmir'den fazla mı?", ("İstanbul",)),
        ("İzmir'in asfaltı Ankara'ya göre çok mu?", ("Ankara",)),
        ("Mersin ile Kayseri'nin asfalt hedefini karşılaştır", ("Mersin",)),
        ("İzmir'den İstanbul'a kaç sefer var?", ()),
        ("Kayseri'de Ankara'dan gelen kaç öğrenci var?", ()),
        ("Çerkes mutfağı etkinliği ne zaman yapıldı?", ()),
        ("cerkes belediyesi 2024 bütçesi", ("Çerkeş Belediyesi",)),
        ("Çerkes'te kaç park var?", ("Çerkeş",)),
        ("Halkapınar Yeraltı Depo Sahası inşaatı neden ilerlemedi?", ()),
        ("Karsıyaka'da kaç park var?", ()),
    ],
)
def test_a_place_not_held_is_known_as_such(engine: Engine, text: str, foreign: tuple[str, ...]) -> None:
    sources: list[Source] = engine.sources()
    assert read_scope(text, sources).foreign == foreign
