"""What a person does on the first page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

Visit = Callable[..., Page]
"""Opens a page: its path, and how the window is, see ``visit`` in conftest.py."""

BOX = "#ks-question textarea"
CARD = "#ks-log article"
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
    """Waits for the suggestions: a page that is left while it works says so on the console."""
    page.locator("#ks-next a").first.wait_for()
