"""Short questions as people ask them: a name as an afterthought, spoken verbs, and matters that no document tells."""

from __future__ import annotations

import pytest

from indexer.turkish import keys
from qa.engine import Engine
from qa.everyday import written_out
from qa.finding.counted import fit_counts
from qa.finding.modifiers import apart
from qa.scope import scope_first


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("genel sekreter kim izmir", "izmir genel sekreter kim"),
        ("kadın sığınma evi var mı Kars'ta?", "Kars'ta kadın sığınma evi var mı?"),
        ("personele ne kadar harcanıyor kars belediyesi", "kars belediyesi personele ne kadar harcanıyor"),
        ("peki Kars?", "peki Kars?"),
        ("asfaltta hangisi önde: İzmir ve Kars", "asfaltta hangisi önde: İzmir ve Kars"),
        ("Kars'ta kaç otobüs var?", "Kars'ta kaç otobüs var?"),
        ("su kaybı en çok nerede, Kars", "su kaybı en çok nerede, Kars"),
    ],
)
def test_a_municipality_named_last_is_read_first(engine: Engine, asked: str, read: str) -> None:
    assert scope_first(asked, engine.sources()) == read


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("burs veriyo mu", "burs veriyor mu"),
        ("neler yapıyosunuz", "neler yapıyorsunuz"),
        ("nereye gidiyolar", "nereye gidiyorlar"),
        ("burs veriyor mu", "burs veriyor mu"),
        ("radyo binası, Tokyo gezisi, biyolojik", "radyo binası, Tokyo gezisi, biyolojik"),
    ],
)
def test_spoken_verbs_are_written_out(spoken: str, written: str) -> None:
    assert written_out(spoken) == written


def test_an_office_is_asked_for_with_the_name_last(engine: Engine) -> None:
    assert "Buğra GÖKCE" in engine.ask("genel sekreter kim izmir").text
    assert engine.ask("genel sekreter kimdir izmir büyükşehir").citations


@pytest.mark.parametrize("text", ["Defne belediye başkanı kim?", "başkan yardımcıları kim defne"])
def test_an_office_whose_holder_is_not_named_is_told_as_such(engine: Engine, text: str) -> None:
    answer = engine.ask(text)
    assert answer.status == "abstained"
    assert answer.text == "Sorulan görevde kimin bulunduğu belgelerde yazmıyor."


@pytest.mark.parametrize(
    "text",
    [
        "İzmir'de otobüs bileti ne kadar?",
        "Kars'ta düğün salonu kirası ne kadar?",
        "Kars'ta kadın sığınma evi var mı?",
        "İzmir'de körfez ne zaman temizlenecek?",
        "karşıyaka stadı ne zaman bitecek",
        "Kayseri'de cenaze hizmeti ücretsiz mi?",
    ],
)
def test_what_no_document_tells_is_refused(engine: Engine, text: str) -> None:
    assert engine.ask(text).status == "abstained"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("süt kuzusundan kaç çocuk faydalanıyor", "154.877"),
        ("itfaiye kaç yangına gitmiş kars", "271"),
        ("Kayseri'de kişi başına kaç metrekare yeşil alan düşüyor?", "18,80"),
    ],
)
def test_what_a_document_tells_is_answered(engine: Engine, text: str, figure: str) -> None:
    assert figure in [one.text for one in engine.ask(text).figures]


def test_words_of_a_compound_stand_beside_each_other() -> None:
    compounds = [("konteyner", "kent")]
    assert apart(compounds, [keys("konteynersiz bölgelerde toplama konusunda kentlilerin bilgilendirilmesi")]) == 1.0
    assert apart(compounds, [keys("geçici konteyner kent alanı")]) == 0.0
    assert apart([("kadin", "sigin", "ev")], [keys("kadın sığınma hattı")]) == 0.5
    assert apart([], [keys("geçici konteyner kent")]) == 0.0


def test_numbers_of_other_things_do_not_count(engine: Engine) -> None:
    text = "Kar küreme için kaç araç var Kars'ta?"
    question = engine.understand(text)
    found = engine.composer.find(question)
    assert "mahalle" not in {one.unit for one in found if one.fact is None}
    assert fit_counts(question, found, engine.index) == found


def test_what_will_be_is_not_dated_by_a_year_gone_by(engine: Engine) -> None:
    assert engine.ask("Defne'de imar planı ne zaman bitecek?").status == "abstained"
    assert "2025" in engine.ask("Kars'ta yeni otogar ne zaman bitecek?").text


def test_no_is_told_by_what_a_sentence_ends_in(engine: Engine) -> None:
    assert not engine.ask("cenaze için belediye araç veriyor mu izmir").text.startswith("Hayır")
    assert engine.ask("Kars'taki 19 Mayıs törenine Belediye Başkanı Ötüken Senger bizzat mı katılmıştır?").text
