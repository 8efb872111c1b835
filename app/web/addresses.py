"""Which addresses of the server are there. What Gradio offers besides what its page needs is closed.

Gradio's applications have addresses for uploads, files of the disk, a proxy, links that keep a conversation on the
disk, and tools for developers. None of them is used here, and what cannot be reached cannot be misused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.web.texts import LANGUAGES, PAGES, texts_of

PAGE_ADDRESSES: Final = {texts.address(page): texts for texts in map(texts_of, LANGUAGES) for page in PAGES}
"""The pages by address, with the texts of their language."""

_VERSION = "/v1"
_LONGEST_FIRST = sorted(PAGE_ADDRESSES, key=len, reverse=True)
_READ = frozenset(
    (
        "", "config", "theme.css", "manifest.json", "favicon.ico", "robots.txt",
        "gradio_api/info", "gradio_api/queue/data", "gradio_api/startup-events", "gradio_api/app_id",
    )
)  # fmt: skip
_READ_UNDER = ("assets/", "static/", "svelte/", "gradio_api/heartbeat/")
_WRITTEN = frozenset(("gradio_api/queue/join", "gradio_api/cancel", "gradio_api/reset"))


def is_open(method: str, path: str) -> bool:
    """Whether a request of this method and path is passed on to the application."""
    if path == "/api" or path.startswith("/api/") or f"{path}/" in PAGE_ADDRESSES:
        return True
    _, rest = _split(path)
    if method in ("GET", "HEAD"):
        return rest.rstrip("/") in _READ or rest.startswith(_READ_UNDER)
    return method == "POST" and rest.rstrip("/") in _WRITTEN


def makes_work(method: str, path: str) -> bool:
    """Whether a request makes the engine work."""
    return path.startswith("/api/v1/") or (method == "POST" and joins_queue(path))


def joins_queue(path: str) -> bool:
    """Whether this is where a page hands in its work."""
    return _split(path)[1] == "gradio_api/queue/join"


def is_stream(path: str) -> bool:
    """Whether this is where a page hears what came of its work."""
    return _split(path)[1] == "gradio_api/queue/data"


def route_of(scope: Mapping[str, Any]) -> str:
    """Which of the server's addresses a request that has been answered was for, without what the visitor put into it.

    Args:
        scope: of ASGI; the one that the application has seen, which holds the route of the interface for programs.
    """
    path = scope["path"]
    if path.startswith("/api/"):
        form = getattr(scope.get("route"), "path", "").replace(":path}", "}")  # as "/documents/{document}"
        version = _VERSION if path.startswith(f"/api{_VERSION}/") and not form.startswith(_VERSION) else ""
        return f"/api{version}{form}" if form else "other"
    if path in PAGE_ADDRESSES:
        return str(path)
    rest = _split(path)[1].rstrip("/")
    if rest and (rest in _READ or rest in _WRITTEN):
        return f"/{rest}"
    return next((f"/{under}…" for under in _READ_UNDER if rest.startswith(under)), "other")


def _split(path: str) -> tuple[str, str]:
    """The page that a path belongs to, and the rest of it."""
    page = next((page for page in _LONGEST_FIRST if path.startswith(page)), "/")
    return page, path.removeprefix(page)
