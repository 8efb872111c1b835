"""Hostile documents, questions, links and names in a browser: all of it is shown as text, and nothing of it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from app.live import LiveEngine
from app.web.background import served
from browser.conversation import BOX, CARD, Visit, answer_to, ask, rest, send
from browser.hostile import BIDI, HOSTILE, LONG, MARK, MARKDOWN, NAME, SCRIPT, TEMPLATE, write_hostile_corpora
from indexer.build import build_index
from qa.engine import Engine
from qa.question import MAX_LENGTH

OPENERS = "".join(sign for sign in BIDI if sign != "\u200f")  # those that a text can leave open


@pytest.fixture(scope="package")
def hostile_site(tmp_path_factory: pytest.TempPathFactory, words) -> Iterator[str]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile_corpora(folder / "documents")
    report = build_index(folder / "documents", folder / "index", words)
    assert set(report.documents) == {"ornek", NAME.removesuffix(".txt")}
    with served(LiveEngine.of(Engine.open(folder / "index", words))) as address:
        yield address


@pytest.fixture
def hostile(visit: Visit, hostile_site: str) -> Visit:
    return lambda path="/": visit(path, home=hostile_site)


def assert_harmless(page: Page) -> None:
    """Nothing ran, nothing was formatted, nothing leads elsewhere, and no text turns the text after it around."""
    assert page.evaluate(f"window.{MARK}") is None
    found = page.evaluate(
        """(mark) => [...document.querySelectorAll('body *')].filter((element) =>
            [...element.attributes].some((one) => /^on/i.test(one.name) || /^\\s*javascript:/i.test(one.value))
            || element.getAttribute('src') === 'x' || element.matches('svg[onload], img[alt="resim"]')
            || (element.matches('b, strong, em, code') && element.textContent === mark)
        ).map((element) => element.outerHTML.slice(0, 200))""",
        MARK,
    )
    assert found == []
    shown = page.locator("body").inner_text()
    assert not set(OPENERS) & set(shown)


def assert_shown(place: Locator, text: str) -> None:
    expect(place.first).to_contain_text(text)


def test_documents_are_listed_as_text(hostile: Visit) -> None:
    page = hostile("/belgeler/")
    table = page.locator(".ks-library")
    assert_shown(table.filter(has_text="ornek.txt"), SCRIPT)
    assert_shown(table, MARKDOWN)
    assert_shown(table, NAME)
    assert_harmless(page)
    page.locator(".ks-library th a").filter(has_text=SCRIPT).click()
    assert_shown(page.get_by_role("heading", level=1), SCRIPT)
    assert SCRIPT in page.title()
    assert_harmless(page)


def test_a_document_is_read_as_text_and_its_name_is_an_address(hostile: Visit) -> None:
    page = hostile(f"/belgeler/?d={quote(NAME.removesuffix('.txt'))}&l=1-60")
    lines = page.locator(".ks-lines")
    for part in (SCRIPT, TEMPLATE, MARKDOWN, LONG[:50_000]):
        assert_shown(lines, part)
    assert_shown(page.locator(".ks-tables"), TEMPLATE)
    assert_harmless(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Metni indir").first.click()
    assert taken.value.suggested_filename.endswith(".txt")
    page.get_by_role("searchbox").fill(SCRIPT)
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_attached()
    assert_shown(page.locator(".ks-results"), SCRIPT)
    assert_harmless(page)


def test_answers_and_sources_from_hostile_documents_are_text(hostile: Visit) -> None:
    page = hostile()
    assert_harmless(page)
    for question in ("2024 park hedefi nedir?", "2024 çocuk oyun alanı", "Ankara 2031 metro bütçesi nedir?"):
        ask(page, question)
        assert_harmless(page)
    assert_shown(page.locator("#ks-panel"), SCRIPT)
    page.locator(".ks-filters button").first.click()
    page.locator(".ks-filters input").first.click()
    assert_shown(page.get_by_role("option").filter(has_text="Örnek"), SCRIPT)
    page.get_by_role("option").filter(has_text=SCRIPT).click()
    expect(page.locator(".ks-filters button").first).to_contain_text(SCRIPT)
    assert_harmless(page)


def test_a_hostile_question_is_a_question_like_any_other(hostile: Visit) -> None:
    page = hostile()
    page.locator(BOX).fill(f"fidan {HOSTILE}")
    send(page)
    assert_shown(page.locator(f"{CARD} .ks-question"), SCRIPT)
    assert_harmless(page)


def test_a_question_of_100_kb_gets_a_message(hostile: Visit) -> None:
    page = hostile()
    page.locator(BOX).fill(LONG)
    send(page)
    expect(page.locator(CARD).get_by_role("alert")).to_contain_text(str(MAX_LENGTH))
    expect(page.locator(".ks-working")).to_have_count(0)
    assert_harmless(page)
    answer = ask(page, "2024 park hedefi nedir?")
    expect(answer.locator(".ks-value").first).to_contain_text("12")


@pytest.mark.parametrize("parameter", ["q", "m", "d", "y", "h"])
def test_links_to_the_first_page_are_text(hostile: Visit, parameter: str) -> None:
    page = hostile(f"/?{parameter}={quote(HOSTILE)}" + ("" if parameter == "q" else "&q=2024+park+hedefi+nedir%3F"))
    if parameter == "q":
        assert_shown(page.locator(f"{CARD} .ks-question"), SCRIPT)
    else:
        answer_to(page, "2024 park hedefi nedir?")
    assert_harmless(page)


@pytest.mark.parametrize("path", ["/taahhutler/", "/belgeler/"])
def test_links_to_other_pages_are_text(hostile: Visit, path: str) -> None:
    values = "&".join(f"{name}={quote(HOSTILE)}" for name in "qmguysopcdlh")
    page = hostile(f"{path}?{values}")
    assert_harmless(page)
    rest(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert_harmless(page)


def test_promises_from_hostile_documents_are_text(hostile: Visit) -> None:
    page = hostile("/taahhutler/")
    assert_shown(page.locator(".ks-table"), TEMPLATE)
    assert_shown(page.locator(".ks-table"), SCRIPT)
    page.locator(".ks-table tbody th a").first.click()
    expect(page.locator(".ks-history blockquote").first).to_contain_text("Adet")
    for summary in page.locator(".ks-summary > details > summary").all():
        summary.click()
    assert_harmless(page)
    page.get_by_role("textbox", name="Taahhütlerde ara").fill(HOSTILE)
    page.keyboard.press("Enter")
    expect(page.locator("#ks-table [data-address]")).to_have_attribute("data-address", re.compile("q="))
    assert_harmless(page)
