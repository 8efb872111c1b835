"""What holds on every page: no barrier that axe-core knows, phones and enlarged text, both languages, the keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.live import LiveEngine
from app.web.background import served
from app.web.texts import LANGUAGES, PAGES, texts_of
from browser.conversation import BOX, Visit, ask, rest

READER = "/belgeler/?d=izmir-2024-performans&l=2138-2140&q=asfalt"
HISTORY = "/taahhutler/?q=asfalt&s=missed"
VIEWS = {
    "first page": "/",
    "first page in English": "/en/",
    "promises": "/taahhutler/",
    "promises in English": "/en/promises/?q=asfalt",
    "documents": "/belgeler/",
    "reader": READER,
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SERIOUS = ("serious", "critical")


def assert_without_barriers(page: Page) -> None:
    """In light and in dark, axe-core finds nothing serious."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function("scheme => document.body.classList.contains('dark') === (scheme === 'dark')", arg=scheme)
        assert_axe_finds_nothing(page, scheme)


def assert_axe_finds_nothing(page: Page, scheme: str) -> None:
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    assert [
        (scheme, rule["id"], node["target"], node["failureSummary"])
        for rule in found
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ] == []


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)
def test_a_page_has_no_barriers(visit: Visit, path: str) -> None:
    assert_without_barriers(visit(path))


def test_answers_have_no_barriers(visit: Visit) -> None:
    page = visit()
    ask(page, "Ankara 2031 asfalt hedefi nedir?")
    card = ask(page, "İzmir'de yıllara göre asfalt hedefi nedir?")
    for summary in card.locator("summary").all():
        summary.click()
    page.locator(".ks-filters button").first.click()
    expect(page.locator("#ks-earlier .ks-refusal")).to_be_visible()
    assert_without_barriers(page)


def test_an_opened_promise_has_no_barriers(visit: Visit) -> None:
    page = visit(HISTORY)
    page.locator(".ks-table tbody th a").first.click()
    expect(page.locator(".ks-history")).to_be_visible()
    for summary in page.locator(".ks-summary > details > summary").all():
        summary.click()
    assert_without_barriers(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plain_pages_have_no_barriers(chromium: Browser, site: str, tmp_path: Path, scheme: str) -> None:
    with served(LiveEngine(tmp_path)) as unusable, chromium.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        for address in (f"{site}/api/docs", f"{unusable}/", f"{unusable}/en/"):
            page.goto(address)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert_axe_finds_nothing(page, scheme)


@pytest.mark.parametrize("page_name", PAGES)
def test_the_language_is_switched_and_the_view_kept(visit: Visit, page_name: str) -> None:
    tr, en = (texts_of(language) for language in LANGUAGES)
    query = {"ask": "", "promises": "?q=asfalt", "documents": "?d=izmir-2024-performans&l=2138-2138"}[page_name]
    page = visit(tr.address(page_name) + query)
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    rest(page)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(re.escape(en.address(page_name) + query) + "$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("navigation", name=en("nav.label"))).to_contain_text(en(f"nav.{page_name}"))
    if page_name == "documents":
        expect(page.locator(".ks-cited").first).to_be_in_viewport()
    rest(page)
    page.get_by_role("link", name="Türkçe").click()
    expect(page.locator("html")).to_have_attribute("lang", "tr")


def test_an_answer_is_the_same_in_english(visit: Visit) -> None:
    card = ask(visit("/en/"), "What is the asphalt target for 2024?")
    expect(card.locator(".ks-first .ks-value")).to_have_text(re.compile(r"^1,100,000\s+t"))
    expect(card.locator(".ks-first .ks-about")).to_contain_text("2024")


WINDOWS = {
    "phone": {"size": (390, 844), "device_scale_factor": 3, "is_mobile": True, "has_touch": True},
    "small phone": {"size": (320, 640)},  # a window of 1280 at 400 %
    "at 200 %": {"size": (640, 450), "device_scale_factor": 2},  # a window of 1280 by 900
    "tablet": {"size": (820, 1180)},
}


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_nothing_is_cut_off_in_a_narrow_window(visit: Visit, window: dict[str, object]) -> None:
    page = visit("/", **window)
    ask(page, "İzmir'de yıllara göre asfalt hedefi nedir?")
    assert_fits(page)
    for path in (HISTORY, READER, "/belgeler/"):
        rest(page)
        page.goto(path)
        page.locator(".ks-promises, .ks-documents").wait_for()
        if path == HISTORY:
            page.locator(".ks-table tbody th a").first.click()
            expect(page.locator(".ks-history")).to_be_visible()
        assert_fits(page)


def assert_fits(page: Page) -> None:
    """The page is not wider than its window; what is wider scrolls within its own frame."""
    room, width = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollWidth]")
    assert width <= room, page.url
    for name in ("ks-name", "ks-nav", "ks-switch"):
        box = page.locator(f".{name}").first.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= room + 1, name


def test_a_phone_asks_by_touch(visit: Visit) -> None:
    page = visit("/", **WINDOWS["phone"])
    page.locator("#ks-examples a").first.tap()
    expect(page.locator("#ks-log article")).to_be_in_viewport()
    answer, places = (page.locator(name).bounding_box() for name in ("#ks-log article", "#ks-panel"))
    assert answer and places and places["y"] >= answer["y"] + answer["height"]


@pytest.mark.parametrize("page_name", PAGES)
def test_the_keyboard_reaches_the_content_at_once(visit: Visit, page_name: str) -> None:
    tr = texts_of("tr")
    page = visit(tr.address(page_name))
    skip = page.get_by_role("link", name=tr("nav.skip"))
    if page_name == "ask":
        expect(page.locator(BOX)).to_be_focused()  # who comes to ask is there already
        skip.focus()
    else:
        page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#ks-main")).to_be_focused()


def test_names_in_the_table_of_promises_are_not_broken_into_letters(visit: Visit) -> None:
    page = visit(HISTORY, size=(1280, 900))
    for width in (1280, 1021, 1020, 721):
        page.set_viewport_size({"width": width, "height": 900})
        name = page.locator(".ks-table tbody th a").first
        box = name.bounding_box()
        assert box and box["width"] > 180, width
        assert_fits(page)


def test_bars_are_seen_where_the_system_chooses_the_colours(visit: Visit) -> None:
    page = visit("/", forced_colors="active")
    card = ask(page, "İzmir'de yıllara göre asfalt hedefi nedir?")
    solid = card.locator(".ks-bar:not(.ks-planned)").first
    ink, paper = (page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("color", "backgroundColor"))
    assert solid.evaluate("bar => getComputedStyle(bar).backgroundColor") == ink != paper


def test_paper_has_dark_ink_and_nothing_to_press(visit: Visit) -> None:
    page = visit("/", color_scheme="dark")
    card = ask(page, "2024 asfalt hedefi nedir?")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(BOX)).to_be_hidden()
    expect(card.get_by_role("button").first).to_be_hidden()
    expect(page.locator("#ks-panel .ks-source").first).to_be_visible()
    for place in (".ks-first .ks-value", ".ks-text", "#ks-panel h2", ".ks-heading h1", ".ks-excerpt"):
        ink = page.locator(place).first.evaluate("part => getComputedStyle(part).color")
        assert max(map(int, re.findall(r"\d+", ink)[:3])) < 150, place
