"""What is shown while the index cannot be used: which file is wrong and what to do, on a page of its own."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from app.live import LiveEngine
from app.web.elements import safe
from app.web.safety import Next
from app.web.shell import NAME
from app.web.texts import LANGUAGES, PAGES, Texts, texts_of
from indexer.errors import KenteSorError

_SECONDS = 10  # after which the page looks again


def tell_unusable_index(application: FastAPI, live: LiveEngine) -> None:
    """Answers each page of the site with what is wrong, while the index cannot be opened."""
    pages = {texts.address(page): texts for texts in map(texts_of, LANGUAGES) for page in PAGES}

    @application.middleware("http")
    async def check(request: Request, call_next: Next) -> Response:
        texts = pages.get(request.url.path)
        if texts is not None:
            try:
                await run_in_threadpool(live.current)
            except KenteSorError as error:
                return HTMLResponse(_page(texts, str(error)), 503, {"Retry-After": str(_SECONDS)})
        return await call_next(request)


def _page(texts: Texts, message: str) -> str:
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8"><title>{NAME}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="refresh" content="{_SECONDS}"><style>body {{ font: 1.1rem/1.6 system-ui, sans-serif; '
        f"max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color-scheme: light dark }}</style></head>"
        f'<body><main><h1>{NAME}</h1><h2>{safe(texts("shell.unusable"))}</h2><p role="alert">{safe(message)}</p>'
        f"<p>{safe(texts('shell.unusable_hint'))}</p></main></body></html>"
    )
