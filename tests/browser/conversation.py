"""What a person does on the first page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TimedOut

Visit = Callable[..., Page]
"""Opens a page: its path, and how the window is, see ``visit`` in conftest.py."""

BOX = "#ks-question textarea"
CARD = "#ks-log article"
COUNT_REQUESTS = """
const original = window.fetch, calm = 200, pending = new Map();
let number = 0, last = performance.now();
const ended = (which) => { pending.delete(which); last = performance.now(); };
window.fetch = async (...given) => {
  const address = String(given[0].url || given[0]);
  if (address.includes("/heartbeat/")) return original(...given);  // it stays open as long as the page does
  const which = ++number;
  pending.set(which, address);
  try {
    const response = await original(...given);
    response.clone().arrayBuffer().catch(() => {}).finally(() => ended(which));
    return response;
  } catch (error) {
    ended(which);
    throw error;
  }
};
window.askedFor = () => [...pending.values()];
window.isAtRest = () => !pending.size && performance.now() - last > calm;  // one request follows another
"""
"""A script that keeps what a page has asked the server for and has not yet got."""

SLIP = 600  # milliseconds; app/web/ask/ask.js has somewhat less


def ask(page: Page, question: str) -> Locator:
    """Types a question, presses Enter and waits for its answer: the card."""
    page.locator(BOX).fill(question)
    send(page)
    return answer_to(page, question)


def send(page: Page) -> None:
    """Presses Enter in the box."""
    pause(page)
    page.locator(BOX).press("Enter")
    page.evaluate("window.sentAt = performance.now()")


def pause(page: Page) -> None:
    """Waits until the page no longer takes another question for a slip of the finger."""
    page.wait_for_function(f"!window.sentAt || performance.now() - window.sentAt > {SLIP}")


def answer_to(page: Page, question: str) -> Locator:
    """The newest card, once it answers this question."""
    card = page.locator(CARD)
    expect(card.locator(".ks-question")).to_have_text(question)
    expect(page.locator(".ks-working")).to_have_count(0)  # until then no other question is taken
    return card


def sources(page: Page) -> Locator:
    """The places that the newest answer rests on."""
    return page.locator("#ks-panel .ks-panel > .ks-source")


def rest(page: Page) -> None:
    """Waits until the page asks the server for nothing: one that is left before says so on the console."""
    try:
        page.wait_for_function("window.isAtRest && window.isAtRest()", polling=50)
    except TimedOut as error:
        raise AssertionError(f"never answered: {page.evaluate('window.askedFor()')}") from error
