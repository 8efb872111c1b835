"""The pages of a PDF are kept as they were read, and a stretch of its text is found on them line by line."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Box, Document, PageLayout, PlacedWord, Source, Span
from indexer.storing.layouts import boxes_of
from indexer.storing.store import Store, StoreWriter

SOURCE = Source("örnek/rapor", "Örnek Belediyesi", "Rapor", "örnek/rapor.pdf", "0" * 64)
TEXT = "Asfalt miktarı Ton 1.100.000 bir sonraki satır"
WORDS = {word: Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in TEXT.split()}

hundredths = st.integers(-1_000_000, 2_000_000).map(lambda number: number / 100)
spans = st.tuples(st.integers(0, 10**9), st.integers(0, 60)).map(lambda given: Span(given[0], sum(given)))
boxes = st.builds(Box, hundredths, hundredths, hundredths, hundredths)
layouts = st.lists(
    st.tuples(hundredths, hundredths, st.lists(st.builds(PlacedWord, spans, boxes), max_size=8).map(tuple)), max_size=5
).map(lambda pages: tuple(PageLayout(number, *page) for number, page in enumerate(pages, 1)))


def stored(folder: Path, pages: tuple[PageLayout, ...]) -> Store:
    writer = StoreWriter(folder / "store.sqlite")
    writer.add_document(Document(SOURCE, TEXT, (), "pdf", pages, masked=True), (), (), ())
    writer.add_document(Document(Source("düz", "", "", "düz.txt", ""), TEXT), (), (), ())
    writer.close()
    return Store(folder / "store.sqlite")


@given(layouts)
def test_pages_are_read_back_as_they_were(pages: tuple[PageLayout, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = stored(Path(folder), pages)
        assert store.page_numbers(SOURCE.id) == [page.number for page in pages]
        assert tuple(store.page_layout(SOURCE.id, page.number) for page in pages) == pages
        assert store.page_layout(SOURCE.id, len(pages) + 1) is None
        assert store.page_numbers("düz") == [] and store.page_layout("düz", 1) is None
        held = {document.id: (document.format, document.masked) for document in store.documents()}
        assert held == {SOURCE.id: ("pdf", True), "düz": ("text", False)}


@given(layouts, spans)
def test_the_pages_of_a_stretch_are_those_with_a_word_in_it(pages: tuple[PageLayout, ...], span: Span) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = {page.number: page for page in stored(Path(folder), pages).pages_of(SOURCE.id, span)}
        for page in pages:
            assert found.get(page.number, page) == page
            assert page.number in found or not boxes_of(page, span)


def layout() -> PageLayout:
    places = {
        "Asfalt": Box(72, 100, 110, 112),
        "miktarı": Box(113, 100.5, 150, 112.5),
        "Ton": Box(300, 99, 320, 112),
        "1.100.000": Box(400, 99, 450, 112),
        "bir": Box(72, 113, 85, 125),
        "sonraki": Box(88, 113, 120, 125),
        "satır": Box(123, 113, 140, 125),
    }
    return PageLayout(7, 595, 842, tuple(PlacedWord(WORDS[word], box) for word, box in places.items()))


def test_words_of_one_line_are_one_box_and_other_lines_others() -> None:
    assert boxes_of(layout(), Span(0, len(TEXT))) == [Box(72, 99, 450, 112.5), Box(72, 113, 140, 125)]


def test_a_figure_is_its_word_also_where_only_a_part_is_asked_for() -> None:
    figure = WORDS["1.100.000"]
    assert boxes_of(layout(), Span(figure.start + 2, figure.end - 1)) == [Box(400, 99, 450, 112)]
    assert boxes_of(layout(), Span(figure.end, figure.end + 1)) == []
