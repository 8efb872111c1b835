"""A real Chromium and the web app that it visits. Every visit ends with the question whether anything went wrong.

The fixtures live as long as this folder's tests: while Playwright is open, no other test can run an event loop.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from app.live import LiveEngine
from app.web.background import served
from browser.conversation import COUNT_REQUESTS, Visit, rest
from qa.engine import Engine

HERE = Path(__file__).parent
PATIENCE = 20_000
"""Milliseconds after which what a page should show counts as missing; no test waits for them to pass."""

READY = ".ks-log, .ks-promises, .ks-documents"
"""What a page shows only once the server has filled it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Gradio uses options of pandas that the newest pandas have deprecated."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"))
            item.add_marker(pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine (Debian: apt install chromium)")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(engine: Engine) -> Iterator[str]:
    """The app over the five documents."""
    with served(LiveEngine.of(engine)) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens a page in a window of its own; at the end no page may have had an error or asked another machine."""
    complaints: list[str] = []
    contexts = []

    def visit(path: str = "/", home: str | None = None, size: tuple[int, int] = (1280, 900), **options: Any) -> Page:
        home = home or request.getfixturevalue("site")
        width, height = size
        given = {"locale": "tr-TR", "reduced_motion": "reduce", "viewport": {"width": width, "height": height}}
        context = chromium.new_context(base_url=home, **given | options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch(context, home)
        context.add_init_script(COUNT_REQUESTS)
        page = context.new_page()
        page.goto(path)
        page.locator(READY).first.wait_for(state="attached")
        return page

    def watch(context: Any, home: str) -> None:
        def hear(message: ConsoleMessage) -> None:
            if message.type == "error":
                complaints.append(f"console: {message.text}")

        def see(asked: Request) -> None:
            if not asked.url.startswith((f"{home}/", "data:", "blob:")):
                complaints.append(f"asked another machine: {asked.url}")

        context.on("console", hear)
        context.on("request", see)
        context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
        context.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    yield visit
    for context in contexts:
        for page in context.pages:
            rest(page)
        context.close()
    assert not complaints
