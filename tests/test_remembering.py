"""What is worked out of documents is kept while their index is open, and no longer: a server opens many generations."""

from __future__ import annotations

import gc
from pathlib import Path
from weakref import ref

from app.objects import counts_of
from app.web.documents.book import book_of
from indexer.build import build_index
from indexer.encoder import Encoder
from indexer.index import Index
from qa.engine import Engine
from qa.remembering import once_a_document

DOCUMENT = """Örnek Belediyesi 2024 Yılı Faaliyet Raporu
Başkan Yardımcıları: Ayşe Demir, Ali Kaya
Performans Göstergesi Ölçü Birimi 2024 Hedef 2024 Gerçekleşen
Dikilen ağaç sayısı Adet 1.500 1.200
Onarılan köprü sayısı Adet 7 8
Personel Sayısı Tablosu
Memur 120
İşçi 340
"""
QUESTIONS = (
    "Örnek Belediyesi 2024'te kaç ağaç dikti?",
    "Örnek Belediyesinde kaç memur çalışıyor?",
    "Örnek Belediyesinin başkan yardımcıları kimlerdir?",
    "Örnek Belediyesi hangi hedeflere ulaşamadı?",
    "Örnek Belediyesinin hedefleri nelerdir?",
)


def test_a_document_is_worked_once_while_its_index_is_open(tmp_path: Path, words: Encoder) -> None:
    (tmp_path / "belgeler").mkdir()
    (tmp_path / "belgeler" / "rapor.txt").write_text(DOCUMENT, encoding="utf-8")
    build_index(tmp_path / "belgeler", tmp_path / "dizin", words)
    made = []

    @once_a_document
    def length(index: Index, document: str) -> int:
        made.append(document)
        return len(index.documents[document].text)

    first, second = (Index.open(tmp_path / "dizin", words) for _ in range(2))
    assert [length(index, "rapor") for index in (first, first, second)] == [len(DOCUMENT)] * 3
    assert made == ["rapor", "rapor"]


def test_an_index_is_let_go_of_whatever_was_asked_of_it(tmp_path: Path, words: Encoder) -> None:
    (tmp_path / "belgeler").mkdir()
    (tmp_path / "belgeler" / "rapor.txt").write_text(DOCUMENT, encoding="utf-8")
    build_index(tmp_path / "belgeler", tmp_path / "dizin", words)
    engine = Engine(Index.open(tmp_path / "dizin", words))
    for question in QUESTIONS:
        engine.ask(question)
    counts_of(engine.index)
    assert book_of(engine.index, "rapor").tables_within(1, 8)
    store, document = ref(engine.index.store), ref(engine.index.documents["rapor"])
    del engine
    gc.collect()
    assert store() is None and document() is None
