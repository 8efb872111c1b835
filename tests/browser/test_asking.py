"""The first page in a browser: the example question, its citation, what follows, and what is passed on."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app.web.texts import texts_of
from browser.conversation import BOX, CARD, Visit, answer_to, ask, pause, rest, send, sources

TR = texts_of("tr")
QUESTION = "2024 asfalt hedefi nedir?"
FIGURE = "1.100.000"


def expect_the_answer(page: Page) -> None:
    card = answer_to(page, QUESTION)
    expect(card.locator(".ks-first .ks-value")).to_have_text(f"{FIGURE} ton")
    expect(card.locator(".ks-first .ks-about")).to_have_text("2024 hedefi")
    expect(card.locator(".ks-first .ks-owner")).to_have_text("İzmir Büyükşehir Belediyesi")
    expect(page.locator("#ks-panel mark strong").first).to_have_text(FIGURE)


def test_the_example_question_by_keyboard(visit: Visit) -> None:
    page = visit()
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect_the_answer(page)
    expect(page.locator(CARD)).to_be_focused()
    expect(page.locator(BOX)).to_have_value("")
    page.keyboard.press("Tab")
    expect(page.locator(f"{CARD} a.ks-chip").first).to_be_focused()
    page.keyboard.press("Enter")
    source = sources(page).first
    expect(source).to_be_focused()
    expect(source.locator("mark")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(source.get_by_role("link", name=TR("ask.open_document"))).to_be_focused()
    page.keyboard.press("Tab")
    expect(source.get_by_role("link", name=TR("ask.back"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"{CARD} a.ks-chip").first).to_be_focused()


def test_the_example_question_by_mouse(visit: Visit) -> None:
    page = visit()
    page.locator(BOX).fill(QUESTION)
    page.get_by_role("button", name=TR("ask.submit"), exact=True).click()
    expect_the_answer(page)


def test_an_example_that_is_offered_is_answered(visit: Visit) -> None:
    page = visit()
    example = page.locator("#ks-examples a").first
    question = example.inner_text()
    example.click()
    expect(answer_to(page, question).locator(".ks-figure, .ks-text").first).to_be_visible()


def test_a_citation_opens_its_document_with_the_lines_marked(visit: Visit) -> None:
    page = visit()
    ask(page, QUESTION)
    source = sources(page).first
    line = re.search(r"satır (\d+)", source.locator(".ks-place").inner_text())
    assert line
    rest(page)
    source.get_by_role("link", name=TR("ask.open_document")).click()
    marked = page.locator(".ks-line.ks-cited")
    expect(marked.first).to_be_in_viewport()
    expect(marked.filter(has_text=FIGURE)).to_have_attribute("id", f"L{line[1]}")
    expect(page).to_have_url(re.compile(rf"/belgeler/\?d=[^&]+&l={line[1]}(-\d+)?$"))
    expect(page.locator(".ks-line.ks-cited ~ .ks-line:not(.ks-cited)").first).to_be_visible()


def test_a_follow_up_keeps_what_was_asked_about(visit: Visit) -> None:
    page = visit()
    ask(page, QUESTION)
    card = ask(page, "Peki 2023?")
    expect(card.locator(".ks-first .ks-label")).to_contain_text("Asfalt")
    expect(card.locator(".ks-first .ks-about")).to_contain_text("2023")
    expect(page.locator("#ks-earlier article .ks-question")).to_have_text(QUESTION)
    page.get_by_role("button", name=TR("ask.again")).click()
    expect(page.locator("#ks-earlier article")).to_have_count(0)
    expect(page.locator(CARD)).to_have_count(0)
    expect(page.locator(BOX)).to_be_focused()


def test_a_refusal_helps_on(visit: Visit) -> None:
    page = visit()
    card = ask(page, "Ankara 2031 asfalt hedefi nedir?")
    expect(card.get_by_role("heading", name=TR("ask.refusal"))).to_be_visible()
    expect(card.locator(".ks-figure")).to_have_count(0)
    expect(card.locator(".ks-text")).not_to_be_empty()
    expect(page.locator("#ks-panel")).to_contain_text(TR("ask.nearest"))
    expect(sources(page).first.get_by_role("link", name=TR("ask.open_document"))).to_be_visible()


def test_a_suggested_question_is_answered(visit: Visit) -> None:
    page = visit()
    ask(page, QUESTION)
    suggested = page.locator("#ks-next a").first
    question = suggested.inner_text()
    pause(page)
    suggested.click()
    expect(answer_to(page, question).locator(".ks-figure").first).to_be_visible()


def test_filters_hold_for_the_answer_and_its_link(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name=TR("ask.filters")).click()
    box = page.get_by_label(TR("ask.municipality")).first
    box.click()
    box.fill("Kars")
    page.get_by_role("option", name="Kars Belediyesi").click()
    expect(page.locator(".ks-filters")).to_contain_text(TR("ask.filtered", chosen="Kars Belediyesi"))
    page.keyboard.press("Escape")
    ask(page, "2024 yılında ne kadar asfalt serildi?")
    titles = sources(page).locator("h3").all_inner_texts()
    assert titles and all("Kars" in title for title in titles)
    expect(page).to_have_url(re.compile(r"[?&]m=Kars"))
    again = visit(page.url.removeprefix(page.evaluate("location.origin")))
    answer_to(again, "2024 yılında ne kadar asfalt serildi?")
    expect(again.locator(".ks-filters")).to_contain_text(TR("ask.filtered", chosen="Kars Belediyesi"))
    assert sources(again).locator("h3").all_inner_texts() == titles


def test_a_link_opens_the_same_answer(visit: Visit) -> None:
    page = visit()
    ask(page, QUESTION)
    card = ask(page, "Peki 2023?")
    shown = card.inner_text()
    expect(page).to_have_url(re.compile(r"[?&]q=Peki"))
    again = visit(page.url.removeprefix(page.evaluate("location.origin")))
    assert answer_to(again, "Peki 2023?").inner_text() == shown


def test_an_answer_and_its_link_can_be_copied(visit: Visit) -> None:
    page = visit()
    card = ask(page, QUESTION)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card.get_by_role("button", name=TR("ask.copy_link")).click()
    expect(card.get_by_role("status")).to_have_text(TR("ask.copied"))
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.context.clear_permissions()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no leave')); }")
    card.get_by_role("button", name=TR("ask.copy_answer")).click()
    field = card.get_by_label(TR("ask.copy_field"))
    expect(field).to_be_focused()
    assert FIGURE in field.input_value()


def test_an_answer_says_why_it_is_given(visit: Visit) -> None:
    page = visit()
    card = ask(page, QUESTION)
    expect(card.locator(".ks-why dl")).to_be_hidden()
    card.get_by_text(TR("ask.why"), exact=True).click()
    expect(card.locator(".ks-why dl")).to_contain_text("2024")


def test_years_are_drawn_and_can_be_read_as_a_table(visit: Visit) -> None:
    page = visit()
    card = ask(page, "İzmir'de yıllara göre asfalt hedefi nedir?")
    chart = card.get_by_role("figure")
    expect(chart.locator(".ks-bar").first).to_be_visible()
    drawn = [value.split()[0] for value in chart.locator(".ks-bar-value").all_inner_texts()]
    chart.get_by_text(TR("charts.table")).click()
    cells = chart.get_by_role("table").get_by_role("cell").all_inner_texts()
    assert len(drawn) > 1 and set(drawn) == {text.split()[0] for text in cells if text[:1].isdigit()}
    chart.locator("li a.ks-chip").first.click()
    expect(sources(page).first).to_be_focused()


def test_a_question_that_is_none_gets_one_clear_message(visit: Visit) -> None:
    page = visit()
    card = ask(page, "?!;--")
    expect(card.get_by_role("alert")).to_be_visible()
    expect(page.locator(BOX)).to_have_value("?!;--")


def test_a_question_that_the_server_does_not_answer_stays_and_can_be_sent_again(visit: Visit) -> None:
    page = visit()
    rest(page)
    failed = '{"msg":"process_completed","event_id":"x","output":{"error":"dolu"},"success":false}'
    page.route("**/queue/join*", lambda route: route.fulfill(json={"event_id": "x"}))
    page.route(
        "**/queue/data*",
        lambda route: route.fulfill(
            content_type="text/event-stream", body=f'data: {failed}\n\ndata: {{"msg":"close_stream"}}\n\n'
        ),
    )
    page.locator(BOX).fill(QUESTION)
    send(page)
    expect(page.locator("#ks-pending")).to_have_text(TR("ask.failed"))
    expect(page.locator(".ks-working")).to_have_count(0)
    expect(page.locator(BOX)).to_have_value(QUESTION)
    expect(page.locator(BOX)).to_be_focused()
    page.unroute_all()
    send(page)
    expect_the_answer(page)
    expect(page.locator("#ks-pending")).to_have_text("")


def test_the_switch_of_language_takes_the_question_along(visit: Visit) -> None:
    page = visit()
    ask(page, QUESTION)
    ask(page, "Peki 2023?")
    rest(page)
    page.get_by_role("link", name="English").click()
    card = answer_to(page, "Peki 2023?")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(card.locator(".ks-first .ks-about")).to_contain_text("2023")
    rest(page)
    page.get_by_role("button", name=texts_of("en")("ask.again")).click()
    page.locator("#ks-examples a").first.wait_for()
    expect(page.get_by_role("link", name="Türkçe")).to_have_attribute("href", re.compile(r"^(http://[^/]+)?/$"))


def test_a_question_in_the_address_is_asked_however_soon_the_page_is_there(visit: Visit) -> None:
    page = visit()
    rest(page)
    page.add_init_script("Object.defineProperty(Event.prototype, 'timeStamp', { get: () => 100 })")
    page.goto("/?q=2024+asfalt+hedefi+nedir%3F")
    expect_the_answer(page)


def test_a_refusal_says_what_the_filters_left_out(visit: Visit) -> None:
    page = visit("/?m=Kars+Belediyesi")
    card = ask(page, "İzmir 2024 asfalt hedefi nedir?")
    expect(card).to_contain_text(TR("ask.refusal_filtered", chosen="Kars Belediyesi"))
