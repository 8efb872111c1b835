"""Slow lines, broken lines and busy servers; the way back; what is there before a page is, or where no script runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from app.web.addresses import PAGE_ADDRESSES
from app.web.texts import LANGUAGES, texts_of
from browser.conftest import PATIENCE
from browser.conversation import BOX, CARD, COUNT_REQUESTS, Visit, ask, rest, send

TR = texts_of("tr")
WORK = "**/gradio_api/queue/join*"
QUESTION = "İzmir 2024 asfalt hedefi nedir?"
TOAST = ".toast-body"


@contextmanager
def window(chromium: Browser, site: str, path: str, serve: Callable[[Route], None]) -> Iterator[Page]:
    """A page, opened as far as its box, on a line where ``serve`` decides what comes of the work it hands in."""
    with chromium.new_context(base_url=site, locale="tr-TR", reduced_motion="reduce") as context:
        context.set_default_timeout(PATIENCE)
        context.add_init_script(COUNT_REQUESTS)
        page = context.new_page()
        page.route(WORK, serve)
        page.goto(path)
        page.locator(BOX).wait_for()
        yield page
        rest(page)


@pytest.mark.parametrize("is_sent", [False, True], ids=["typed", "sent"])
def test_what_is_written_before_the_page_is_ready_is_kept(chromium: Browser, site: str, is_sent: bool) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    with window(chromium, site, "/", hold_the_first) as page:
        page.wait_for_function("window.askedFor().some((address) => address.includes('queue/join'))")
        page.locator(BOX).fill(QUESTION)
        if is_sent:
            page.keyboard.press("Enter")
            expect(page.locator("#ks-pending")).to_have_text(TR("ask.working"))
        held[0].continue_()
        if is_sent:
            expect(page.locator(f"{CARD} .ks-question")).to_have_text(QUESTION)
        else:
            expect(page.locator(".ks-log")).to_be_visible()
            rest(page)
            expect(page.locator(BOX)).to_have_value(QUESTION)
            expect(page.locator(CARD)).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_outlives_a_broken_line(chromium: Browser, site: str, language: str) -> None:
    texts = next(texts for texts in map(texts_of, LANGUAGES) if texts.language == language)
    with window(chromium, site, texts.address("ask"), go_on) as page:
        rest(page)
        page.unroute(WORK)
        page.route(WORK, lambda route: route.abort())
        page.locator(BOX).fill(QUESTION)
        send(page)
        expect(page.locator(TOAST)).to_contain_text(texts("shell.lost"))
        expect(page.locator("#ks-pending")).to_have_text("")
        expect(page.get_by_role("button", name=texts("shell.close"))).to_be_visible()
        page.unroute(WORK)
        page.wait_for_event("load")  # Gradio loads the page anew once the server answers
        expect(page.locator(".ks-log")).to_be_visible()
        expect(page.locator(BOX)).to_have_value(QUESTION)


def test_nobody_is_told_that_work_which_nobody_asked_for_was_refused(chromium: Browser, site: str) -> None:
    with window(chromium, site, "/", go_on) as page:
        rest(page)
        page.unroute(WORK)
        page.route(WORK, lambda route: (go_on if QUESTION in str(route.request.post_data_json) else refuse)(route))
        ask(page, QUESTION)
        page.wait_for_function("window.refused")
        expect(page.locator(TOAST)).to_have_count(0)
        page.locator(BOX).fill("Kars'ta?")
        send(page)
        expect(page.locator(TOAST)).to_contain_text(TR("shell.busy"))
        expect(page.locator("#ks-pending")).to_have_text(TR("ask.failed"))


def go_on(route: Route) -> None:
    route.continue_()


def refuse(route: Route) -> None:
    route.fulfill(status=429, json={"error": TR("shell.busy"), "detail": TR("shell.busy")})
    route.request.frame.page.evaluate("window.refused = true")


def test_the_browser_goes_back_from_answer_to_answer(visit: Visit) -> None:
    page = visit()
    ask(page, QUESTION)
    ask(page, "Peki Kars'ta?")
    rest(page)
    page.go_back()
    expect(page.locator(f"{CARD} .ks-question")).to_have_text(QUESTION)
    rest(page)
    page.go_forward()
    expect(page.locator(f"{CARD} .ks-question")).to_have_text("Peki Kars'ta?")
    rest(page)
    page.get_by_role("button", name=TR("ask.again")).click()
    expect(page.locator(CARD)).to_have_count(0)
    expect(page).to_have_url(re.compile("/$"))
    rest(page)
    page.go_back()
    expect(page.locator(f"{CARD} .ks-question")).to_have_text("Peki Kars'ta?")


def test_a_shared_address_is_answered_in_a_tab_unseen_and_without_storage(chromium: Browser, site: str) -> None:
    with chromium.new_context(base_url=site) as context:
        context.set_default_timeout(PATIENCE)
        context.add_init_script(COUNT_REQUESTS + "window.requestAnimationFrame = () => 0;")  # as in a hidden tab
        context.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw Error(); }});")
        page = context.new_page()
        page.goto("/?q=" + QUESTION)
        expect(page.locator(f"{CARD} .ks-question")).to_have_text(QUESTION)
        expect(page.locator(".ks-working")).to_have_count(0)
        rest(page)


def test_a_long_wait_is_explained(visit: Visit) -> None:
    page = visit("/")
    rest(page)
    held: list[Route] = []
    page.route(WORK, lambda route: held.append(route))
    page.clock.install()
    page.locator(BOX).fill(QUESTION)
    page.locator(BOX).press("Enter")
    expect(page.locator("#ks-pending")).to_have_text(TR("ask.working"))
    page.clock.fast_forward(10_000)
    expect(page.locator("#ks-pending")).to_have_text(TR("ask.slow"))
    page.clock.resume()
    held[0].continue_()
    page.unroute(WORK)
    expect(page.locator(f"{CARD} .ks-question")).to_have_text(QUESTION)


def test_a_page_without_scripts_says_so(chromium: Browser, site: str) -> None:
    with chromium.new_context(base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        for address, texts in PAGE_ADDRESSES.items():
            page.goto(address)
            expect(page.locator("noscript p")).to_contain_text(texts("shell.no_script"))
            expect(page.locator("noscript p")).to_be_visible()
            expect(page.locator(".ks-opening [role=status]")).to_be_hidden()
            expect(page.locator("html")).to_have_attribute("lang", texts.language)


def test_a_shared_address_is_previewed_under_the_name_of_the_site(site: str) -> None:
    for address, texts in PAGE_ADDRESSES.items():
        html = httpx.get(f"{site}{address}").text
        head = html[: html.index("</head>")].replace("gradio_config", "")
        cards = re.findall(r"<meta[^>]*(?:og:|twitter:)[^>]*>", head)
        assert cards and not any("radio" in card or "http" in card for card in cards)
        assert "Kente Sor" in head[: head.index("</title>")] and texts("shell.opening") in html


def test_filters_are_folded_on_a_phone_and_say_what_is_chosen(visit: Visit) -> None:
    address = TR.address("promises")
    phone = visit(address, size=(390, 844))
    fold = phone.get_by_role("button", name=re.compile(f"^{TR('promises.filters')}"))
    choice = phone.get_by_label(TR("promises.municipality"), exact=True).first
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(choice).to_be_hidden()
    expect(phone.locator("#ks-tile-met")).to_be_in_viewport()
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    choice.click()
    phone.get_by_role("option", name="Kars Belediyesi").click()
    expect(fold).to_contain_text("Kars Belediyesi")
    wide = visit(address)
    expect(wide.get_by_label(TR("promises.municipality"), exact=True).first).to_be_visible()
    expect(wide.get_by_role("button", name=re.compile(f"^{TR('promises.filters')}"))).to_have_count(0)
