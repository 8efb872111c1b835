"""Answers in words: who is responsible, labelled fields, cells of words, whole lists and sentences."""

from __future__ import annotations

import pytest

from indexer.records import Document, Source, Span
from qa.answering.fields import _records, fields_of
from qa.engine import Engine
from qa.evidence import cited_first
from qa.finding.stretches import sentences_in, stretch_of

RESPONSIBLE = [
    ("İzmir'de huzurevi hizmetlerini hangi daire yürütüyor?", "Sosyal Hizmetler Dairesi Başkanlığı"),
    ("Kayseri'de mezarlık araç ve ekipman alımından hangi daire sorumlu?", "Çevre Koruma ve Kontrol Daire Başkanlığı"),
    ("İzmir'de çocuk belediyesi projesi hangi birimin sorumluluğunda?", "Sosyal Projeler Dairesi Başkanlığı"),
]


@pytest.mark.parametrize(("question", "unit"), RESPONSIBLE)
def test_the_unit_responsible_stands_in_what_is_cited(engine: Engine, question: str, unit: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered" and unit in answer.text
    assert unit in " ".join(answer.citations[0].quote.split())


def test_all_units_of_a_shared_activity_are_told(engine: Engine) -> None:
    answer = engine.ask("İzmir 2024: Spor Tesisleri ve Kompleksleri Faaliyetlerinden sorumlu birimler hangileridir?")
    assert all(unit in answer.text for unit in ("Etüd ve Projeler", "Yapı İşleri", "Gençlik ve Spor"))
    assert "Tarımsal" not in answer.text


def test_a_field_is_that_of_the_record_named(engine: Engine) -> None:
    """The project before it on the page has partners, too, and is none of BASMATY's record."""
    answer = engine.ask("BASMATY projesinde Türkiye'den hangi kurumlar ortaktır?")
    assert "Bilkent" in answer.text and "Kıbrıs" in answer.text and "GKRY" not in answer.text


SHEET = """7. Yeşil Çatılar Projesi

Başvuru Sahibi: Örnek Belediyesi

Süre: 11 ay Bütçe: 3.742.017 Avro

Proje Ortakları: Örnek Üniversitesi ve
Deneme Odası

8. Mavi Kıyı Projesi

Durumu: Değerlendirme aşamasındadır.

Sorumlu: Ayşe YILMAZ
"""


@pytest.fixture
def sheet() -> Document:
    source = Source(id="proje", municipality="Örnek Belediyesi", title="Projeler", file="proje.txt", sha256="")
    return Document(source, SHEET)


def test_fields_of_one_line_are_two_and_values_go_on(sheet: Document) -> None:
    texts = [sheet.text[field.span.start : field.span.end] for field in fields_of(sheet)]
    assert texts[:4] == [
        "Başvuru Sahibi: Örnek Belediyesi",
        "Süre: 11 ay",
        "Bütçe: 3.742.017 Avro",
        "Proje Ortakları: Örnek Üniversitesi ve\nDeneme Odası",
    ]


def test_a_numbered_title_begins_a_record(sheet: Document) -> None:
    first, second = _records(sheet)
    assert "Yeşil Çatılar" in sheet.text[first.span.start : first.span.end]
    assert "Yeşil Çatılar" not in sheet.text[second.span.start : second.span.end]
    assert "Mavi Kıyı" in sheet.text[second.span.start : second.span.end]


def test_a_cell_of_words_is_found_by_row_and_column(engine: Engine) -> None:
    assert "CHP" in engine.ask("Pınarbaşı belediye başkanının partisi ne?").text
    answer = engine.ask("Kayseri'nin asfalt şantiyesi hangi ilçede bulunuyor?")
    assert "Melikgazi" in answer.text and "Asfalt Şantiyesi" in answer.citations[0].quote


def test_a_list_goes_on_beyond_its_passage_but_not_into_another_list(engine: Engine) -> None:
    """The page prints strengths and weaknesses one below the other and both headings at its end."""
    answer = engine.ask("Kars Belediyesi raporunda zayıflıklar nelerdir?")
    assert "Hizmet içi eğitimin yetersiz olması" in answer.text and "koordinasyon" in answer.text
    assert "uzun vadeli planlamanın" not in answer.text


def test_bullets_behind_a_colon_begin_items(engine: Engine) -> None:
    """The sentence above ends with a semicolon, its first item holds a number: it was refused by the gate."""
    answer = engine.ask("Kayseri'de bulut yazılımın faydaları neler?")
    assert answer.status == "answered" and answer.text.startswith("Kendi sunucularımız")
    assert "❖" not in answer.text and "KVKK" in answer.text


def test_captions_are_no_items(engine: Engine) -> None:
    answer = engine.ask("Mezarlık bakım onarım kapsamında 2020'de İzmir'de hangi çalışmalar yapıldı?")
    assert "parke kaplaması" in answer.text and "Kaynaklar Mezarlığı çevre düzenlemesi" in answer.text
    assert "Bornova Işıkkent Mezarlığı;" not in answer.text


def test_sentences_that_a_page_end_cuts_are_read_whole(engine: Engine) -> None:
    index = engine.index
    whole = 0
    for passage in index.passages:
        text = index.documents[passage.document].text
        if passage.kind == "prose" and text[passage.span.end : passage.span.end + 40].lstrip()[:1].islower():
            span = stretch_of(passage, index)
            assert span.start <= passage.span.start and span.end >= passage.span.end
            sentences = sentences_in(index, passage.document, Span(passage.span.start, span.end))
            whole += bool(sentences) and sentences[-1].is_whole
    assert whole > 20


def test_cited_passages_come_first_and_none_is_lost(engine: Engine) -> None:
    question = engine.understand("Kozmetik Köy Projesi hangi dairenin işi?")
    hits = engine.retrieve(question)
    answer = engine.ask("Kozmetik Köy Projesi hangi dairenin işi?")
    ordered = cited_first(hits, answer.citations)
    cited, first = answer.citations[0], ordered[0].passage
    assert first.document == cited.document and first.span.start < cited.span.end and cited.span.start < first.span.end
    assert sorted(hit.position for hit in ordered) == sorted(hit.position for hit in hits)
    assert cited_first(hits, ()) == hits
