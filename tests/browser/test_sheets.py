"""Pages of PDFs in a browser: the mark lies over the figure that is printed, small and large, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pdf_documents import HEIGHT, WIDTH, document_of, index_of, row, sentence, write_pdf
from playwright.sync_api import Locator, expect

from app.live import LiveEngine
from app.web.background import served
from app.web.texts import texts_of
from browser.conversation import Visit, ask, rest
from browser.test_every_page import assert_without_barriers
from indexer.encoder import Encoder
from indexer.records import Box
from qa.engine import Engine

TR = texts_of("tr")
COLUMNS = (72.0, 260.0, 320.0, 420.0)
PAGES = (
    sentence("Performans Hedefi Tablosu", 80),
    [
        *row(("Gösterge", "Birim", "2023 Hedef", "2024 Hedef"), 500, COLUMNS),
        *row(("Serilecek Asfalt Miktarı", "Ton", "90.000", "125.500"), 520, COLUMNS),
        *row(("Dikilen Ağaç Sayısı", "Adet", "1.200", "1.500"), 540, COLUMNS),
        *row(("Onarılan Yol", "km", "30", "35"), 560, COLUMNS),
    ],
)
FIGURE = next(word.box for word in PAGES[1] if word.text == "125.500")

# Where a mark lies on its page's picture, from 0 to 1, and the darkest grey of the picture there and right of it.
LOOK = """async (mark) => {
  const image = mark.parentElement.querySelector('img');
  await image.decode();
  const [here, whole] = [mark.getBoundingClientRect(), image.getBoundingClientRect()];
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const [x, y] = [image.naturalWidth / whole.width, image.naturalHeight / whole.height];
  const darkest = (left, width) => {
    const part = pen.getImageData((left - whole.left) * x, (here.top - whole.top) * y, width * x, here.height * y);
    return Math.min(...part.data.filter((_, n) => n % 4 === 0));
  };
  return {
    x0: (here.left - whole.left) / whole.width, x1: (here.right - whole.left) / whole.width,
    top: (here.top - whole.top) / whole.height, bottom: (here.bottom - whole.top) / whole.height,
    inside: darkest(here.left, here.width), beside: darkest(here.right + 2, 15),
    margin: 8 / whole.width,
  };
}"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, words: Encoder) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pdf")
    write_pdf(folder / "program.pdf", PAGES)
    index = index_of(folder / "dizin", folder, [document_of(folder / "program.pdf", PAGES)], words)
    with served(LiveEngine.of(Engine(index))) as address:
        yield address


def assert_over(mark: Locator, box: Box) -> None:
    """The mark covers the box, is hardly larger, and has the ink of the picture in it."""
    seen = mark.evaluate(LOOK)
    edge = seen["margin"]
    for side, value in (("x0", box.x0 / WIDTH), ("x1", box.x1 / WIDTH)):
        assert seen[side] == pytest.approx(value, abs=edge), side
    for side, value in (("top", box.top / HEIGHT), ("bottom", box.bottom / HEIGHT)):
        assert seen[side] == pytest.approx(value, abs=edge), side
    assert seen["x0"] <= box.x0 / WIDTH and seen["x1"] >= box.x1 / WIDTH
    assert seen["inside"] < 100 and seen["beside"] > 200


@pytest.mark.parametrize(("size", "scheme"), [((1280, 900), "light"), ((390, 800), "dark")])
def test_a_citation_shows_its_figure_on_the_page(visit: Visit, home: str, size: tuple[int, int], scheme: str) -> None:
    page = visit("/?q=2024+asfalt+hedefi+nedir%3F", home, size, color_scheme=scheme)
    figure = page.locator(".ks-cited-sheet").first
    figure.scroll_into_view_if_needed()
    mark = figure.locator(".ks-box-figure")
    expect(mark).to_have_count(1)
    assert_over(mark, FIGURE)
    expect(figure.get_by_role("img")).to_have_attribute("alt", re.compile("sayfa 2"))
    expect(figure.locator("figcaption")).to_contain_text("sayfa 2")
    strip, marked = figure.locator(".ks-strip").bounding_box(), mark.bounding_box()
    assert strip and marked and strip["x"] <= marked["x"] and strip["y"] <= marked["y"]
    assert marked["x"] + marked["width"] <= strip["x"] + strip["width"]
    assert marked["y"] + marked["height"] <= strip["y"] + strip["height"]
    rest(page)
    figure.get_by_role("link", name=TR("sheets.open")).click()
    expect(page.get_by_role("heading", level=2).first).to_have_text(TR("sheets.shown", page=2, pages=2))
    whole = page.locator("#ks-marked")
    expect(whole).to_be_in_viewport()
    left = next(word.box for word in PAGES[1] if word.text == "Serilecek")
    assert_over(whole, Box(left.x0, FIGURE.top, FIGURE.x1, FIGURE.bottom))


def test_the_reader_changes_between_text_and_pages(visit: Visit, home: str) -> None:
    page = visit(f"{TR.address('documents')}?d=program", home)
    expect(page.locator(".ks-line").first).to_be_visible()
    views = page.get_by_role("navigation", name=TR("sheets.views"))
    views.get_by_role("link", name=TR("sheets.as_picture")).click()
    expect(page.locator(".ks-whole-sheet img")).to_have_attribute("src", "/api/v1/documents/program/pages/1.webp")
    expect(page.locator(".ks-line")).to_have_count(0)
    page.get_by_role("link", name=TR("sheets.following")).first.click()
    expect(page.locator(".ks-whole-sheet img")).to_have_attribute("src", "/api/v1/documents/program/pages/2.webp")
    page.get_by_label(TR("sheets.go_to")).fill("1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text(TR("sheets.shown", page=1, pages=2))
    page.go_back()
    views.get_by_role("link", name=TR("sheets.as_text")).click()
    expect(page.locator(".ks-line").first).to_contain_text("Gösterge")
    with page.expect_download() as taken:
        page.get_by_role("link", name=TR("sheets.download")).click()
    assert taken.value.suggested_filename == "program.pdf"


@pytest.mark.parametrize("size", [(1280, 900), (390, 800)], ids=["desktop", "phone"])
def test_pages_have_no_barriers(visit: Visit, home: str, size: tuple[int, int]) -> None:
    page = visit("/", home, size)
    ask(page, "2024 asfalt hedefi nedir?")
    expect(page.locator(".ks-cited-sheet")).to_be_attached()
    assert_without_barriers(page)
    rest(page)
    page.goto(f"{TR.address('documents')}?d=program&l=4&p=2")
    expect(page.locator(".ks-whole-sheet")).to_be_attached()
    assert_without_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
