"""The documents page in a browser: the list, the reader, the search, the file."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from app.web.texts import texts_of
from browser.conversation import Visit

TR = texts_of("tr")
PAGE = TR.address("documents")
IZMIR = "izmir-2024-performans"


def test_the_list_leads_to_the_reader_and_back(visit: Visit) -> None:
    page = visit(PAGE)
    rows = page.locator(".ks-library tbody tr")
    expect(rows).to_have_count(5)
    link = rows.locator("th a").first
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page).to_have_title(re.compile(re.escape(title)))
    assert page.locator(".ks-line").count() > 20
    page.go_back()
    expect(page.locator(".ks-library")).to_be_visible()


def test_lines_of_an_address_are_marked_and_in_view(visit: Visit) -> None:
    page = visit(f"{PAGE}?d={IZMIR}&l=2138-2140")
    marked = page.locator(".ks-line.ks-cited")
    expect(marked.first).to_be_in_viewport()
    numbers = [int((name or "")[1:]) for name in (row.get_attribute("id") for row in marked.all())]
    assert numbers[0] == 2138 and numbers[-1] <= 2140
    expect(page.locator("#ks-marked")).to_have_text(TR("documents.marked_lines"))
    page.get_by_role("link", name=TR("documents.following")).first.click()
    expect(page.locator("#L2138")).to_have_count(0)
    assert int((page.locator(".ks-line").first.get_attribute("id") or "")[1:]) > 2140


def test_a_search_finds_without_turkish_letters_and_steps_on(visit: Visit) -> None:
    page = visit(f"{PAGE}?d={IZMIR}")
    page.get_by_label(TR("documents.search")).fill("buyuksehir")
    page.keyboard.press("Enter")
    now = page.locator("mark.ks-now")
    expect(now.first).to_be_in_viewport()
    assert now.first.inner_text().casefold() == "büyükşehir"
    found = page.locator(".ks-results > p").first
    expect(found).to_contain_text("1. sonuç")
    page.get_by_role("link", name=TR("documents.next_hit")).click()
    expect(found).to_contain_text("2. sonuç")
    expect(now.first).to_be_in_viewport()
    expect(page).to_have_url(re.compile("h=2"))


def test_the_source_is_taken_away_as_it_is(visit: Visit, corpora: Path, tmp_path: Path) -> None:
    page = visit(f"{PAGE}?d={IZMIR}")
    with page.expect_download() as taken:
        page.get_by_role("link", name=TR("documents.download")).first.click()
    taken.value.save_as(tmp_path / "text")
    assert (tmp_path / "text").read_bytes() == (corpora / f"{IZMIR}.txt").read_bytes()


def test_a_document_that_is_not_held_gives_the_list(visit: Visit) -> None:
    page = visit(f"{PAGE}?d=yok")
    expect(page.get_by_role("alert")).to_contain_text("yok")
    expect(page.locator(".ks-library")).to_be_visible()
