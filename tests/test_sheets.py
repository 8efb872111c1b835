"""Pages of PDFs on the web pages: what is marked, what is told of it, and where the reader goes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pdf_documents import document_of, index_of, sentence, write_pdf

from app.web.ask.turns import answer_turn
from app.web.documents.page import show
from app.web.documents.view import View
from app.web.sheets import cited_sheet
from app.web.texts import texts_of
from indexer.build import build_index
from indexer.documents import Options
from indexer.encoder import Encoder
from indexer.index import Index
from indexer.records import Box, PageLayout, PlacedWord, Span
from qa.engine import Engine
from qa.records import Citation, Filters

TR, EN = texts_of("tr"), texts_of("en")
HOSTILE = 'a"><script>{x}</script>'
PAGES = (
    [*sentence("BİRİNCİ BÖLÜM", 80), *sentence("İlk sayfanın metni burada.", 110)],
    [],
    [*sentence("Son sayfada 125 ağaç var.", 80), *sentence("Bir satır daha.", 100)],
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, words: Encoder) -> Engine:
    folder = tmp_path_factory.mktemp("pdf")
    for name in ("açık", "örtülü"):
        write_pdf(folder / f"{name}.pdf", PAGES)
    documents = [
        document_of(folder / "açık.pdf", PAGES, title=HOSTILE),
        document_of(folder / "örtülü.pdf", PAGES, masked=True),
    ]
    return Engine(index_of(folder / "dizin", folder, documents, words))


def citation(text: str, start: int, end: int) -> Citation:
    return Citation(1, HOSTILE, HOSTILE, Span(start, end), 1, 1, text[start:end], 7)


def layout(*words: tuple[int, int, Box]) -> PageLayout:
    return PageLayout(7, 500, 1000, tuple(PlacedWord(Span(start, end), box) for start, end, box in words))


def sides(html: str, look: str) -> list[dict[str, float]]:
    styles = re.findall(rf'class="{look}"[^>]* style="([^"]+)"', html)
    return [{name: float(value) for name, value in re.findall(r"([a-z-]+): ([-\d.]+)", style)} for style in styles]


def test_marks_are_in_percent_of_the_page() -> None:
    page = layout((0, 5, Box(50, 500, 100, 520)), (6, 9, Box(110, 500, 150, 520)), (10, 12, Box(50, 530, 75, 550)))
    html = cited_sheet(TR, citation("asfalt 125 km", 0, 12), page, [Span(6, 9)])
    quote, rest = sides(html, "ks-box")
    assert quote == {"left": 10, "top": 50, "width": 20, "height": 2}
    assert rest == {"left": 10, "top": 53, "width": 5, "height": 2}
    assert sides(html, "ks-box ks-box-figure") == [{"left": 22, "top": 50, "width": 8, "height": 2}]
    assert TR("sheets.legend_figure") in html and "p=7" in html


@pytest.mark.parametrize("top", [0.0, 480.0, 980.0])
@pytest.mark.parametrize("left", [0.0, 300.0, 460.0])
def test_the_part_shown_holds_the_quote_and_lies_within_the_page(top: float, left: float) -> None:
    box = Box(left, top, left + 40, top + 20)
    html = cited_sheet(TR, citation("asfalt", 0, 5), layout((0, 5, box)), [])
    width, height = (float(number) for number in re.findall(r"aspect-ratio: ([\d.]+) / ([\d.]+)", html)[0])
    shown = re.findall(r"left: ([-\d.]+)%; top: ([-\d.]+)%; width: ([\d.]+)%", html)[0]
    first, above, scale = (float(number) / 100 for number in shown)
    x0, y0 = -first * width, -above * height
    assert scale * width == pytest.approx(500, abs=0.1)
    assert -0.1 <= x0 <= left + 0.1 and left + 40 <= x0 + width + 0.1 <= 500.3
    assert -0.1 <= y0 <= top + 0.1 and top + 20 <= y0 + height + 0.1 <= 1000.3


def test_nothing_of_a_document_becomes_html() -> None:
    html = cited_sheet(EN, citation("asfalt", 0, 5), layout((0, 5, Box(1, 1, 2, 2))), [])
    assert "<script" not in html and "{" not in html
    assert "/api/v1/documents/a%22%3E%3Cscript%3E%7Bx%7D%3C/script%3E/pages/7.webp" in html


def test_a_page_without_a_word_of_the_quote_is_not_shown() -> None:
    assert cited_sheet(TR, citation("asfalt", 0, 5), layout((20, 25, Box(1, 1, 2, 2))), []) == ""


def test_the_reader_shows_a_page_and_marks_lines_on_it(engine: Engine) -> None:
    text = engine.document_text("açık")
    line = engine.index.documents["açık"].line_at(text.index("125"))
    html, said = show(TR, engine, View("açık", lines=(line, line), page=3))
    assert TR("sheets.shown", page=3, pages=3) in html and TR("sheets.shown", page=3, pages=3) in said
    assert html.count('id="ks-marked"') == 1 and 'data-goal="ks-marked"' in html
    assert "ks-line" not in html and "/pages/3.webp" in html and "<script>" not in html


def test_the_nearest_page_is_shown_and_one_without_text_as_well(engine: Engine) -> None:
    assert "/pages/3.webp" in show(TR, engine, View("açık", page=99))[0]
    html, _ = show(TR, engine, View("açık", page=2))
    assert "/pages/2.webp" in html and 'id="ks-marked"' not in html
    assert "p=1" in html and "p=3" in html


def test_the_switch_leads_to_the_same_place(engine: Engine) -> None:
    text, _ = show(TR, engine, View("açık", start=4))
    assert "ks-line" in text and "p=3" in text and ".webp" not in text
    picture, _ = show(TR, engine, View("açık", page=3))
    last = engine.index.documents["açık"].line_at(engine.document_text("açık").index("Son"))
    assert f"s={last}" in picture


def test_the_file_is_offered_only_where_nothing_is_masked(engine: Engine) -> None:
    told = TR("sheets.download")
    assert told in show(TR, engine, View("açık"))[0]
    assert told not in show(TR, engine, View("örtülü"))[0]


def test_an_address_keeps_its_page() -> None:
    view = View("a", lines=(3, 4), page=7)
    assert view.address("/") == "/?d=a&l=3-4&p=7"
    assert View.of_query([("d", "a"), ("l", "3-4"), ("p", "7")]) == view
    assert View.of_query([("d", "a"), ("p", "x")]).page is None


def test_only_pages_whose_file_is_kept_are_shown(engine: Engine) -> None:
    assert engine.page_layout("açık", 1) is not None
    assert engine.page_layout("açık", 4) is None and engine.page_layout("yok", 1) is None


def test_why_a_masked_document_has_no_pictures_is_told(tmp_path: Path, words: Encoder) -> None:
    files = tmp_path / "belgeler"
    files.mkdir()
    page = [
        *sentence("Örnek Belediyesi 2024 Yılı Faaliyet Raporu", 60),
        *sentence("Belediyemiz 2024 yılında 3.450 ağaç dikmiştir.", 90),
        *sentence("Başkan T.C. kimlik no: 10000000146", 120),
    ]
    write_pdf(files / "rapor.pdf", [page])
    (files / "duyuru.txt").write_text("Örnek Belediyesi duyurusu, T.C. kimlik no: 10000000146\n", encoding="utf-8")
    build_index(files, tmp_path / "dizin", words, options=Options(mask_personal_data=True))
    masked = Engine(Index.open(tmp_path / "dizin", words))
    told = TR("sheets.no_pictures")
    assert told in show(TR, masked, View("rapor"))[0] and "p=1" not in show(TR, masked, View("rapor"))[0]
    assert told not in show(TR, masked, View("duyuru"))[0]
    question = "Örnek Belediyesi 2024 yılında kaç ağaç dikti?"
    shown = answer_turn(TR, masked, question, Filters(), ())
    assert "3.450" in shown.newest and told in shown.sources


def test_pages_that_are_shown_are_not_explained(engine: Engine) -> None:
    assert TR("sheets.no_pictures") not in show(TR, engine, View("açık"))[0] + show(TR, engine, View("örtülü"))[0]
