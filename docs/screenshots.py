"""Takes the pictures of the web app: those of docs/pictures, and the one of the README.

    pip install -e ".[dev]" && python docs/screenshots.py [--browser /usr/bin/chromium] [--index DIR]

Visits each page in a Chromium that is on the machine: in light and dark, on a desktop and on a phone.
"""

from __future__ import annotations

import argparse
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app.live import LiveEngine
from app.web.background import served
from qa.engine import Engine

HERE = Path(__file__).parent
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
SCHEMES = ("light", "dark")
COLOURS = 128  # of a picture: text and areas need no more, and the file becomes a third


def _answer(page: Page) -> None:
    page.locator("#ks-log article").wait_for()
    page.locator("#ks-next a").first.wait_for()


def _history(page: Page) -> None:
    page.locator(".ks-table tbody th a").first.click()
    page.locator(".ks-history").wait_for()
    page.locator(".ks-found").first.evaluate("element => element.scrollIntoView()")


def _marked(page: Page) -> None:
    page.locator(".ks-cited").first.wait_for()


@dataclass(frozen=True, slots=True)
class View:
    """A page in the state that its picture shows.

    Attributes:
        name: of the picture's file, before its scheme and size.
        path: the address.
        settle: waits for what the picture is to show, or brings it about.
    """

    name: str
    path: str
    settle: Callable[[Page], None]


VIEWS = (
    View("ask", "/", lambda page: page.locator("#ks-examples a").first.wait_for()),
    View("answer", "/?q=2024+asfalt+hedefi+nedir%3F", _answer),
    View("series", "/?q=%C4%B0zmir%27de+y%C4%B1llara+g%C3%B6re+s%C4%B1cak+asfalt+miktar%C4%B1+nedir%3F", _answer),
    View("promises", "/taahhutler/", lambda page: page.locator(".ks-table").wait_for()),
    View("history", "/taahhutler/?q=asfalt&s=missed", _history),
    View("documents", "/belgeler/", lambda page: page.locator(".ks-library").wait_for()),
    View("reader", "/belgeler/?d=izmir-2024-performans&l=2138-2138", _marked),
)
README_VIEW = VIEWS[1]


def main() -> None:
    """Serves the app, visits its pages, writes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", default=shutil.which("chromium"), help="the browser; by default playwright's own")
    parser.add_argument("--index", type=Path, help="the index; by default KENTESOR_INDEX")
    options = parser.parse_args()
    pictures = HERE / "pictures"
    pictures.mkdir(exist_ok=True)
    with served(LiveEngine.of(Engine.open(options.index))) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.browser)
        for view in VIEWS:
            for size in SIZES:
                for scheme in SCHEMES:
                    _take(browser, home, view, size, scheme, pictures / f"{view.name}-{scheme}-{size}.png")
        _take(browser, home, README_VIEW, "desktop", "light", HERE / "chat.png")
        browser.close()


def _take(browser: Browser, home: str, view: View, size: str, scheme: str, file: Path) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=home,
        viewport={"width": width, "height": height},
        locale="tr-TR",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(view.path)
    page.locator(".ks-log, .ks-promises, .ks-documents").first.wait_for(state="attached")
    view.settle(page)
    page.evaluate("document.fonts.ready")
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    context.close()


if __name__ == "__main__":
    main()
