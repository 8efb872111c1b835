"""What is shown while the index cannot be used: which file is wrong and what to do, on a page of its own."""

from __future__ import annotations

from fastapi.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from app.live import LiveEngine
from app.web.addresses import PAGE_ADDRESSES
from app.web.plain import plain_page
from indexer.errors import KenteSorError


class Readiness:
    """Answers each page of the site with what is wrong, while the index cannot be opened.

    Args:
        application: an ASGI application, which gets every other request.
        live: gives the engine.
    """

    def __init__(self, application: ASGIApp, live: LiveEngine) -> None:
        self._application = application
        self._live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        texts = PAGE_ADDRESSES.get(scope["path"]) if scope["type"] == "http" else None
        application = self._application
        if texts is not None:
            try:
                await run_in_threadpool(self._live.current)
            except KenteSorError as error:
                title, hint = texts("shell.unusable"), texts("shell.unusable_hint")
                application = plain_page(texts, title, str(error), hint, 503, waits=True)
        await application(scope, receive, send)
