"""Takes the picture of the web chat in the README.

    pip install -e ".[screenshot]" && python docs/screenshot.py [--browser /usr/bin/chromium] [--index DIR]

Asks the question of the README of the page itself, in a Chromium that is on the machine.
"""

from __future__ import annotations

import argparse
import shutil
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from app.live import LiveEngine
from app.web import open_listener, web_application
from qa.engine import Engine

QUESTION = "2024 asfalt hedefi nedir?"
PICTURE = Path(__file__).with_name("chat.png")


def main() -> None:
    """Serves the page, asks the question, writes the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", default=shutil.which("chromium"), help="the browser; by default playwright's own")
    parser.add_argument("--index", type=Path, help="the index; by default KENTESOR_INDEX")
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument("--output", type=Path, default=PICTURE)
    parser.add_argument("--width", type=int, default=1280, help="of the window, in pixels")
    parser.add_argument("--dark", action="store_true")
    options = parser.parse_args()
    listener = open_listener("127.0.0.1", 0)
    application = web_application(LiveEngine.of(Engine.open(options.index)))
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    while not server.started:
        time.sleep(0.1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        size = {"width": options.width, "height": 860}
        page = browser.new_page(viewport=size, locale="tr-TR", color_scheme="dark" if options.dark else "light")
        page.goto(f"http://127.0.0.1:{listener.getsockname()[1]}")
        page.locator("#ks-question textarea").fill(options.question)
        page.keyboard.press("Enter")
        page.locator(".ks-question").first.wait_for()
        page.wait_for_timeout(500)  # the page scrolls and fades in
        page.screenshot(path=options.output)
        browser.close()
    server.should_exit = True


if __name__ == "__main__":
    main()
