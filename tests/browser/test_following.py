"""The promises page in a browser: search, filters, order, history, files, and the address of a view."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Locator, Page, expect

from app.web.texts import texts_of
from browser.conversation import Visit, rest

TR = texts_of("tr")
PAGE = TR.address("promises")
ROWS = ".ks-table tbody > tr:not(.ks-history)"


def search(page: Page, words: str) -> None:
    page.get_by_role("textbox", name=TR("promises.search")).fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("#ks-table [data-address]")).to_have_attribute("data-address", re.compile(rf"q={words}"))


def count(page: Page) -> int:
    found = re.match(r"[\d.]+", page.get_by_role("status").and_(page.locator(".ks-found")).inner_text())
    return int(found[0].replace(".", "")) if found else 0


def tile(page: Page, state: str) -> Locator:
    return page.locator(f"#ks-tile-{state}")


def test_a_search_narrows_the_table_and_has_an_address(visit: Visit) -> None:
    page = visit(PAGE)
    everything = count(page)
    search(page, "asfalt")
    narrowed = count(page)
    assert 0 < narrowed < everything
    rows = page.locator(ROWS)
    assert rows.count() == min(narrowed, 50)
    again = visit(f"{PAGE}?q=asfalt")
    assert again.locator(ROWS).all_inner_texts() == rows.all_inner_texts()
    page.get_by_role("link", name=TR("promises.clear")).click()
    expect(page.locator("#ks-table [data-address]")).to_have_attribute("data-address", PAGE)
    assert count(page) == everything


def test_a_filter_keeps_only_what_is_chosen(visit: Visit) -> None:
    page = visit(PAGE)
    everything = count(page)
    box = page.get_by_label(TR("promises.municipality"), exact=True).first
    box.click()
    box.fill("Kars")
    page.get_by_role("option", name="Kars Belediyesi").click()
    expect(page.locator("#ks-table [data-address]")).to_have_attribute("data-address", re.compile("m=Kars"))
    assert set(page.locator(".ks-col-municipality").all_inner_texts()) == {"Kars Belediyesi"}
    assert 0 < count(page) < everything
    tile(page, "missed").click()
    expect(tile(page, "missed")).to_have_attribute("aria-current", "true")
    expect(page.locator(f"{ROWS} .ks-state:not(.ks-missed)")).to_have_count(0)
    assert page.locator(f"{ROWS} .ks-missed").count() > 0


def test_rows_are_sorted_by_keyboard(visit: Visit) -> None:
    page = visit(f"{PAGE}?q=asfalt")
    column = page.get_by_role("columnheader", name=TR("promises.head_year"))
    head = column.get_by_role("link")
    head.focus()
    page.keyboard.press("Enter")
    expect(column).to_have_attribute("aria-sort", "ascending")
    years = [int(year) for year in page.locator(".ks-col-year").all_inner_texts()]
    assert years == sorted(years)
    expect(head).to_be_focused()
    page.keyboard.press("Enter")
    expect(column).to_have_attribute("aria-sort", "descending")
    assert [int(year) for year in page.locator(".ks-col-year").all_inner_texts()] == sorted(years, reverse=True)


def test_a_row_opens_its_history_with_its_sources(visit: Visit) -> None:
    page = visit(f"{PAGE}?q=asfalt&s=missed")
    link = page.locator(f"{ROWS} th a").first
    label = link.inner_text()
    link.click()
    past = page.get_by_role("region", name=TR("promises.history"))
    expect(past).to_be_visible()
    expect(past.locator("blockquote").first).not_to_be_empty()
    expect(link).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_focused()
    rest(page)
    past.get_by_role("link", name=TR("promises.open_document")).first.click()
    expect(page.locator(".ks-line.ks-cited").first).to_be_in_viewport()
    rest(page)
    page.go_back()
    expect(page.locator(f"{ROWS} th a[aria-expanded=true]")).to_have_text(label)


def test_the_table_is_taken_away_as_it_is_filtered(visit: Visit, tmp_path: Path) -> None:
    page = visit(f"{PAGE}?q=asfalt")
    shown = count(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name=TR("promises.csv")).click()
    assert taken.value.suggested_filename.endswith(".csv")
    taken.value.save_as(tmp_path / "a.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig")), delimiter=";"))
    assert len(rows) - 1 == shown
    with page.expect_download() as taken:
        page.get_by_role("link", name=TR("promises.xlsx")).click()
    taken.value.save_as(tmp_path / "a.xlsx")
    assert "xl/workbook.xml" in ZipFile(tmp_path / "a.xlsx").namelist()
