"""Figures, words and lists out of sentences: the right one first, at its exact place."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.build import build_index
from indexer.encoder import Encoder
from indexer.index import Index
from qa.answering.listing import list_draft
from qa.answering.text import text_draft
from qa.finding.prose import prose_figures
from qa.question import understand
from qa.records import Hit, Question

REPORT = """ÖRNEK BELEDİYESİ 2023 YILI FAALİYET RAPORU

VETERİNER HİZMETLERİ

Veteriner İşleri Müdürlüğü 2022 yılında 640, 2023 yılında 815 sokak hayvanını kısırlaştırmıştır. Barınakta 31.12.2023
tarihi itibarıyla 5199 sayılı Kanun kapsamında 120 köpek ve 45 kedi bakılmaktadır. Kısırlaştırma için 900 hayvan
hedeflenmişti. Bu iş için 1.250.000,00 TL harcanmıştır.

Hedefe, ameliyathane tadilatının gecikmesi nedeniyle ulaşılamamıştır. Barınak hekimi Selin Aydoğan'dır.

İNSAN KAYNAKLARI

Belediyemiz 30 Haziran 2023 itibarıyla 214'ü kadrolu memur, 12'si sözleşmeli personel, 388'i işçi olmak üzere hizmet
vermektedir. Personelin %62,5'i erkektir.

KÜLTÜR ETKİNLİKLERİ

Yıl içinde düzenlenen kültür etkinlikleri şunlardır:
• Nevruz şenliği
• Kitap günleri
• Uçurtma yarışması

Mülkiyeti belediyemize ait 118 parsel 4.500,00 m², 204 parsel 7.325,50 m² büyüklüğündeki arsalar tahsis edilmiştir.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, words: Encoder) -> Index:
    folder = tmp_path_factory.mktemp("belgeler")
    (folder / "rapor.txt").write_text(REPORT, encoding="utf-8")
    build_index(folder, folder / "dizin", words)
    return Index.open(folder / "dizin", words)


@pytest.fixture(scope="module")
def asked(index: Index) -> Callable[[str], tuple[Question, list[Hit]]]:
    def ask(text: str) -> tuple[Question, list[Hit]]:
        question = understand(text, [document.source for document in index.documents.values()])
        return question, [Hit(passage, 1.0) for passage in index.passages]

    return ask


Asking = Callable[[str], tuple[Question, list[Hit]]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023'te kaç sokak hayvanı kısırlaştırıldı?", "815"),
        ("2022 yılında kaç sokak hayvanı kısırlaştırıldı?", "640"),
        ("Barınakta kaç kedi bakılıyor?", "45"),
        ("Barınakta kaç köpek var?", "120"),
        ("Kısırlaştırmaya ne kadar para harcandı?", "1250000"),
        ("Personelin yüzde kaçı erkek?", "62.5"),
        ("personelin yuzde kaci erkek", "62.5"),
        ("204 nolu parsel kaç m2?", "7325.5"),
        ("118 parselin büyüklüğü kaç metrekare?", "4500"),
    ],
)
def test_the_figure_asked_for_is_first(index: Index, asked: Asking, text: str, value: str) -> None:
    assert prose_figures(*asked(text), index)[0].figure.value == Decimal(value)


def test_several_figures_come_in_the_order_of_the_question(index: Index, asked: Asking) -> None:
    found = prose_figures(*asked("Belediyede kaç işçi, kaç memur ve kaç sözleşmeli var?"), index)
    assert [figure.figure.value for figure in found[:3]] == [388, 214, 12]
    assert [figure.item for figure in found[:3]] == [0, 1, 2]


def test_dates_and_laws_are_no_candidates(index: Index, asked: Asking) -> None:
    values = {figure.figure.value for figure in prose_figures(*asked("Barınakta kaç köpek var?"), index)}
    assert 120 in values and not values & {Decimal(5199), Decimal(31), Decimal(12_2023), Decimal(2023)}


@settings(max_examples=60)
@given(st.text(st.sampled_from("kaç ne kadar yüzde, ve? köpek 2023 % TL İIıi'“•\n"), max_size=80))
def test_any_question_gives_figures_at_their_places(index: Index, text: str) -> None:
    question = Question(text=text)
    hits = [Hit(passage, 1.0) for passage in index.passages]
    document = index.documents["rapor"]
    for found in prose_figures(question, hits, index):
        span = found.figure.span
        assert document.text[span.start : span.end] == found.figure.text
        assert found.sentence.start <= span.start and span.end <= found.sentence.end
        assert 0 <= found.score <= 1
    for draft in (text_draft(question, hits, index), list_draft(question, hits, index)):
        for citation in draft.citations if draft else []:
            assert document.text[citation.span.start : citation.span.end] == citation.quote


def test_a_reason_is_told_whole(index: Index, asked: Asking) -> None:
    draft = text_draft(*asked("Kısırlaştırma hedefine neden ulaşılamadı?"), index)
    assert "ameliyathane tadilatının gecikmesi nedeniyle" in draft.text
    assert len(draft.text) < 700 and len(draft.citations) <= 2


def test_a_list_is_whole_and_in_order(index: Index, asked: Asking) -> None:
    draft = list_draft(*asked("2023'te düzenlenen kültür etkinlikleri nelerdir?"), index)
    assert draft is not None
    assert draft.text.endswith("Nevruz şenliği; Kitap günleri; Uçurtma yarışması [1]")
    assert draft.citations[0].quote.startswith("• Nevruz") and draft.citations[0].quote.endswith("yarışması")


def test_no_passage_no_answer(index: Index) -> None:
    question = Question(text="Kaç park var?")
    assert prose_figures(question, [], index) == []
    assert text_draft(question, [], index).status == "abstained"
    assert list_draft(question, [], index) is None


@pytest.mark.parametrize(
    ("file", "phrase", "text", "value"),
    [
        (
            "izmir-2020-faaliyet.txt",
            "kişi tarafından ziyaret edil",
            "2020'de Doğal Yaşam Parkı'nı kaç kişi ziyaret etti?",
            "430705",
        ),
        ("kars-2024-faaliyet.txt", "ton tuz alımı", "Kars'ta 2024'te kaç ton tuz alındı?", "150"),
        (
            "izmir-2024-performans.txt",
            "daimi (kadrolu) işçi",
            "30 Haziran 2023'te kaç sözleşmeli personel vardı?",
            "39",
        ),
    ],
)
def test_real_text(
    corpora: Path, tmp_path: Path, words: Encoder, file: str, phrase: str, text: str, value: str
) -> None:
    whole = (corpora / file).read_text(encoding="utf-8")
    at = whole.index(phrase)
    start, end = whole.rindex("\n", 0, at - 1500) + 1, whole.index("\n", at + 1500)
    (tmp_path / "belge.txt").write_text(whole[start:end], encoding="utf-8")
    build_index(tmp_path, tmp_path / "dizin", words)
    index = Index.open(tmp_path / "dizin", words)
    hits = [Hit(passage, 1.0) for passage in index.passages]
    found = prose_figures(understand(text, [], ()), hits, index)
    assert found[0].figure.value == Decimal(value)
