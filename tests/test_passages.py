"""Contract: passages are verbatim, short enough, whole-rowed, under one heading, and together the whole text."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.headings import is_dotted
from indexer.outline import Outline, read_outline
from indexer.passages import MAX_CHARACTERS, split_passages
from indexer.reading import find_pages, read_document
from indexer.records import Document, Passage, Source, Span

CORPORA = Path(__file__).parent.parent / "corpora"
IDS = sorted(path.stem for path in CORPORA.glob("*.txt"))


def _document(text: str) -> Document:
    source = Source(id="x", municipality="X Belediyesi", title="X 2024 Raporu", file="x.txt", sha256="")
    return Document(source=source, text=text, pages=find_pages(text))


@cache
def _real(name: str) -> tuple[Document, Outline, tuple[Passage, ...]]:
    source = Source(id=name, municipality="Belediye", title="Başlık", file="", sha256="")
    document = read_document(CORPORA / f"{name}.txt", source)
    outline = read_outline(document)
    return document, outline, tuple(split_passages(document, outline))


def _check(document: Document, passages: tuple[Passage, ...] | list[Passage]) -> None:
    at = 0
    for passage in passages:
        start, end = passage.span.start, passage.span.end
        left_out = document.text[at:start].split("\n")
        assert all(not line.strip() or is_dotted(line) for line in left_out), left_out
        assert at <= start < end
        assert passage.text == document.text[start:end]
        assert len(passage.text) <= MAX_CHARACTERS
        assert (passage.line_start, passage.line_end) == document.line_range(passage.span)
        at = end
    assert all(not line.strip() or is_dotted(line) for line in document.text[at:].split("\n"))


@pytest.mark.parametrize("name", IDS)
def test_passages_cover_the_whole_document_once(name: str) -> None:
    document, _, passages = _real(name)
    _check(document, passages)


@pytest.mark.parametrize("name", IDS)
def test_no_line_is_cut_unless_it_is_longer_than_a_passage(name: str) -> None:
    document, _, passages = _real(name)
    for above, below in pairwise(passages):
        if above.line_end == below.line_start:
            assert len(document.lines[above.line_end - 1].text) > 900


@pytest.mark.parametrize("name", IDS)
def test_context_is_the_path_where_the_passage_ends(name: str) -> None:
    _, outline, passages = _real(name)
    for passage in passages:
        assert passage.context == tuple(heading.title for heading in outline.path_at(passage.span.end - 1))
        assert all(title in passage.search_text for title in passage.context[-2:])


def test_search_text_is_the_repaired_reading_with_its_place() -> None:
    document = _document("Stratejik Amaç 1: Temiz Kent\n\nToplanan atık mikta-\nrının artması beklenmektedir.\n")
    (passage,) = split_passages(document, read_outline(document))
    meaning, heading, place = passage.search_text.rsplit("\n", 2)
    assert meaning.endswith("Toplanan atık miktarının artması beklenmektedir.")
    assert (heading, place) == ("Stratejik Amaç 1: Temiz Kent", "X 2024 Raporu, X Belediyesi")
    assert passage.context == ("Stratejik Amaç 1: Temiz Kent",)


def test_a_row_is_never_cut_from_its_wrapped_label() -> None:
    rows = [f"Yapılan Bakım Onarım ve Düzenleme\nÇalışması Sayısı {n} Adet {n}.000 {n + 1}.000" for n in range(1, 90)]
    document = _document("\n\n".join(rows))
    passages = split_passages(document, read_outline(document))
    assert len(passages) > 3
    assert {row for passage in passages for row in passage.text.split("\n\n")} == set(rows)


def test_values_on_their_own_line_stay_with_their_label() -> None:
    rows = [f"Her yıl {n} türbenin\ndüzenlenmesi\n\n{n}50,000 {n}50,000 {n}50,000" for n in range(1, 60)]
    document = _document("\n\n".join(rows))
    for passage in split_passages(document, read_outline(document)):
        assert passage.text.count("türbenin") == passage.text.count("\n\n") - passage.text.count("50,000\n\n") != 0


def test_prose_is_cut_at_sentence_ends() -> None:
    sentence = "Belediyemiz bu yıl içinde yolları onarmış ve parkları \ndüzenlemiştir. \n"
    document = _document(sentence * 60)
    passages = split_passages(document, read_outline(document))
    assert len(passages) > 3
    assert all(passage.text.endswith("düzenlemiştir.") for passage in passages)


def test_a_line_longer_than_a_passage_is_cut_at_sentences() -> None:
    document = _document("Belediyemiz yolları onarmıştır. " * 200)
    passages = split_passages(document, read_outline(document))
    _check(document, passages)
    assert all(passage.text.endswith(".") for passage in passages)


def test_lines_that_are_taken_are_left_to_their_owner() -> None:
    document = _document("Önceki metin burada.\nSATIR 5 6\nSATIR 7 8\nSonraki metin burada.\n")
    taken = [Span(document.text.index("SATIR 5"), document.text.index("\nSonraki"))]
    assert [p.text for p in split_passages(document, read_outline(document), taken)] == [
        "Önceki metin burada.",
        "Sonraki metin burada.",
    ]
    in_line = [Span(document.text.index("5 6"), document.text.index("5 6") + 3)]
    texts = [p.text for p in split_passages(document, read_outline(document), in_line)]
    assert not any("5 6" in text for text in texts)
    assert any("SATIR 7 8" in text for text in texts)


def test_lines_of_contents_are_left_out() -> None:
    document = _document(
        "Giriş metni burada durur.\n\nBütçe ......... 12\nPersonel ........ 14\n\nSon metin de burada.\n"
    )
    assert [p.text for p in split_passages(document, read_outline(document))] == [
        "Giriş metni burada durur.",
        "Son metin de burada.",
    ]


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(st.text(alphabet="abÇİ .,:;1\t\u00a0-\r", max_size=40), st.just("x" * 1700), st.just("")), max_size=25
    )
)
def test_any_text_is_covered(lines: list[str]) -> None:
    document = _document("\n".join(lines))
    _check(document, split_passages(document, read_outline(document)))
