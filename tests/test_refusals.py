"""Refusals that help: what is missing, and the nearest thing held; figures that cannot be what is asked for."""

from __future__ import annotations

import pytest

from indexer.figures import NumberStyle, find_figures
from indexer.gazetteer import load
from indexer.suffixes import Case, inflect
from qa.deciding.confidence import confident
from qa.deciding.nearest import closest, lacking_words, near
from qa.engine import Engine
from qa.finding.agreement import unit_agreement
from qa.finding.governing import governs
from qa.finding.items import items_of
from qa.finding.numbering import is_bound, is_numbering
from qa.finding.statements import read_statements
from qa.finding.vocabulary import says
from qa.question import understand
from qa.records import Answer, Asked
from qa.wording import value_missing, year_missing


def refused(engine: Engine, text: str) -> Answer:
    answer = engine.ask(text)
    assert answer.status == "abstained" and answer.figures == ()
    for citation in answer.citations:
        document = engine.document_text(citation.document)
        assert document[citation.span.start : citation.span.end] == citation.quote
    return answer


@pytest.mark.parametrize("question", ["{} asfalt hedefi nedir?", "{} kaç park yapıldı?", "{} deprem için ne yapıldı?"])
def test_a_province_without_documents_is_refused_by_name(engine: Engine, question: str) -> None:
    held = {document.source.province for document in engine.index.documents.values()}
    names = sorted({place.name for place in load().places if place.kind == "province"} - held)
    assert len(names) > 70
    for name in names:
        assert engine.understand(question.format(inflect(name, Case.LOCATIVE))).foreign == (name,)
    assert "Ankara ile ilgili bir kayıt yok" in refused(engine, question.format("Ankara'da")).text


@pytest.mark.parametrize("text", ["Ankara asfalt hedefi nedir?", "Trabzon'un 2024 bütçesi ne kadar?"])
def test_a_place_without_documents_needs_no_other_topic(engine: Engine, text: str) -> None:
    assert f"{text.partition(' ')[0].partition(chr(39))[0]} ile ilgili bir kayıt yok" in refused(engine, text).text


def test_a_road_named_after_a_place_does_not_ask_for_it(engine: Engine) -> None:
    assert engine.understand("Ankara Asfaltı üzerinde ne yapıldı?").foreign == ()
    assert engine.understand("Bayburt Barajı için ne yapıldı?").foreign == ()


def test_what_the_municipality_asked_for_produces_is_nearer_than_what_another_one_lays(engine: Engine) -> None:
    answer = refused(engine, "Kayseri 2024'te kaç ton asfalt dökecek?")
    assert "2024 hedefi yok" in answer.text and "250.000 ton" in answer.text.split("En yakın kayıt")[1]


@pytest.mark.parametrize("when", ["geçen yıl", "2023'te"])
def test_a_year_not_held_is_named_and_the_nearest_year_offered(engine: Engine, when: str) -> None:
    answer = refused(engine, f"Kars'ta {when} kaç köpek kısırlaştırıldı?")
    assert "2023 gerçekleşmesi yok" in answer.text and "2024" in answer.text.split("En yakın kayıt")[1]
    assert "ısırlaştır" in answer.text  # hayvan, of which köpek is a kind


def test_the_nearest_thing_may_stand_in_a_sentence(engine: Engine) -> None:
    answer = refused(engine, "Kars'ta geçen yıl kaç ton çöp toplandı?")
    assert "2023 gerçekleşmesi yok" in answer.text and "En yakın kayıt" in answer.text and answer.citations


def test_an_estimate_is_offered_for_a_target_of_its_year(engine: Engine) -> None:
    answer = refused(engine, "Kayseri 2024 asfalt hedefi kaç ton?")
    assert "2024 hedefi yok" in answer.text and "2024 tahmini" in answer.text


def test_another_municipality_is_named_as_such(engine: Engine) -> None:
    answer = refused(engine, "Defne'de kaç sokak hayvanı kısırlaştırıldı?")
    assert "Başka bir belediyenin kaydı: " in answer.text and "Defne" not in answer.text.split("kaydı: ")[1]


def test_a_year_without_documents_is_told_with_those_that_are_held(engine: Engine) -> None:
    answer = refused(engine, "Kars'ta 1995 yılında kaç çift evlendi?")
    assert "1995 yılına ait bir belgesi yok" in answer.text and "2024 Yılı Faaliyet Raporu" in answer.text


def test_what_the_nearest_thing_does_not_say_is_told(engine: Engine) -> None:
    question = engine.understand("Kayseri'de bisiklet yolu uzunluğu kaç km olacak?")
    found = near(question, engine.composer.find(question), engine.index)
    assert lacking_words(question, found[0], engine.index) == ["bisiklet"]
    assert closest(found, Asked(2024)).year == 2024 and closest(found, Asked(2023, "actual")).year == 2023


def test_the_wording_of_what_is_missing() -> None:
    assert value_missing(Asked(None, "budget"), "tr", "Defne Belediyesi").endswith("sorulan bütçe yok.")
    assert year_missing([1995], ["A", "B"], "tr") == "1995 yılına ait bir belge yok. Eldeki belgeler: A; B."


@pytest.mark.parametrize(
    ("text", "unit", "agrees"),
    [
        ("Elektrikli otobüs sayısı kaç?", "km", -1.0),
        ("Kaç tane durak var?", "ton", -1.0),
        ("Elektrikli otobüs sayısı kaç?", "adet", 0.0),
        ("Sosyal yardım alan aile sayısı kaç?", "yıl/aile", 0.5),
        ("Asfalt için ne kadar para ayrıldı?", "m³", -1.0),
        ("Asfalt için ayrılan bütçe ne kadar?", "m³", -1.0),
        ("Verilen kurs saati sayısı kaç?", "saat", 0.0),
    ],
)
def test_a_measured_unit_counts_nothing_and_is_no_money(text: str, unit: str, agrees: float) -> None:
    question = understand(text, [])
    assert unit_agreement(question, items_of(question), unit) == agrees


def test_a_past_copula_hides_no_unit() -> None:
    (item,) = items_of(understand("Bordür hedefi kaç metreydi?", []))
    assert item.unit is not None and item.unit.name == "metre" and item.firm


@pytest.mark.parametrize(
    ("text", "figures"),
    [("Ekonomik Kod 2025 (₺)", []), ("2024\n(TL) 1.500", ["1.500"]), ("toplam 2025 m² alan", ["2025"])],
)
def test_a_year_with_a_unit_in_brackets_is_no_figure(text: str, figures: list[str]) -> None:
    assert [figure.text for figure in find_figures(text, NumberStyle.DOT)] == figures


@pytest.mark.parametrize(
    ("asked", "told", "counts"),
    [
        ("Kaç vapur var?", "Kentte 7 adet vapur iskelesi vardır.", False),
        ("Kaç vapur iskelesi var?", "Kentte 7 adet vapur iskelesi vardır.", True),
        ("Kaç yangın çıktı?", "İstasyonda 483 adet yangın tüpünün kontrolü yapılmıştır.", False),
        ("Kaç ağaç dikildi?", "Kentte 150 adet ağaç dikimi yapılmıştır.", True),
        ("Kaç konser verildi?", "Kentte 12 adet konser etkinliği düzenlenmiştir.", True),
    ],
)
def test_the_head_of_a_compound_is_what_is_counted(asked: str, told: str, counts: bool) -> None:
    question = understand(asked, [])
    (statement,) = read_statements(told, 0, NumberStyle.DOT)
    (figure,) = statement.figures
    assert (governs(question, items_of(question)[0], statement, figure, figure.unit) > 0) is counts


@pytest.mark.parametrize(
    ("text", "asked", "bound"),
    [
        ("nüfusu 50.000'e kadar olan belediyelerde bir", "Nüfusu kaç?", True),
        ("nüfusu 50.001-200.000 arasında olan belediyelerde", "Nüfusu kaç?", True),
        ("nüfusu 100.000'in üzerindeki belediyeler", "Nüfusu kaç?", True),
        ("nüfusu 100.000'in üzerindeki belediyeler", "Nüfusu kaçın üzerindeki belediyeler?", False),
        ("500'den fazla öğrenci katıldı", "Kaç öğrenci katıldı?", False),
        ("nüfusu 89.000 olan ilçede", "Nüfusu kaç?", False),
    ],
)
def test_the_bound_of_a_class_is_no_quantity(text: str, asked: str, bound: bool) -> None:
    assert is_bound(text, find_figures(text, NumberStyle.DOT)[-1], asked) is bound


def test_an_unlikely_figure_is_not_shown(engine: Engine) -> None:
    refused(engine, "İzmir'de taşınmazların yüzde kaçı Konak ilçesinde?")


def test_a_target_is_not_told_by_what_was_done(engine: Engine) -> None:
    answer = refused(engine, "Kars 2024 asfalt hedefi nedir?")
    assert "2.026,400 ton" in answer.text


def test_a_why_is_not_answered_without_a_reason(engine: Engine) -> None:
    question = engine.understand("Kayseri'de neden bisiklet yolu yok?")
    draft, found = engine.composer.draft(question, engine.retrieve(question))
    shown = confident(question, draft, engine.retrieve(question), found)
    reasons = says("reason", " ".join([draft.text, *(citation.quote for citation in draft.citations)]))
    assert question.wants[:1] == ("why",) and (reasons or bool(draft.found) or not shown)


def test_sums_and_things_are_no_number_of_people(engine: Engine) -> None:
    answer = refused(engine, "Kars'ta evlenen çift sayısı kaç?")
    assert "555.000,00" not in answer.text
    question = engine.understand("Kayseri'de 2025 yılında kaç kişiye kurs verilecek?")
    labels = [one.label for one in engine.composer.find(question) if one.fact is not None and one.unit == "adet"]
    assert labels and not any(label.endswith("eğitim (kurs) sayısı (adet)") for label in labels)


def test_a_name_alone_tells_what_is_counted() -> None:
    (item,) = items_of(understand("Konak tramvayının 2020 yolcu sayısı?", []))
    assert [word.key for word in item.before][-2:] == ["yolcu", "sayi"]
    assert items_of(understand("Konak tramvayı ne zaman açıldı?", []))[0].before == ()


def test_the_number_of_a_street_is_a_name() -> None:
    (statement,) = read_statements("Buca 1254 Sokak Parkı ve 12 sokak yenilenmiştir.", 0, NumberStyle.DOT)
    numbered = {f.text: is_numbering(statement.text, statement, f, False) for f in statement.figures}
    assert numbered == {"1254": True, "12": False}
