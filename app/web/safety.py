"""What protects the server: headers of every response, the size of a request, the number of requests of one client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from app.web.texts import Texts, texts_of

Next = Callable[[Request], Awaitable[Response]]

# Gradio's own page needs inline scripts and evaluates its templates; nothing may come from or go to another host.
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LARGEST_REQUEST: Final = 200_000
"""Bytes of a request's body: a question of the greatest length with its conversation."""


def protect(application: FastAPI, requests_a_minute: int | None) -> None:
    """Adds the protections to an application.

    Args:
        application: the application.
        requests_a_minute: how many requests that make work one client may send; None for any number.
    """
    limiter = MovingWindowRateLimiter(MemoryStorage())
    allowed = None if requests_a_minute is None else RateLimitItemPerMinute(requests_a_minute)

    @application.middleware("http")
    async def check(request: Request, call_next: Next) -> Response:
        refusal = _too_large(request)
        if refusal is None and allowed is not None and _makes_work(request):
            client = request.client.host if request.client else ""
            if not await limiter.hit(allowed, client):
                refusal = _refuse(request, 429, "shell.busy")
        response = refusal or await call_next(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response


def _makes_work(request: Request) -> bool:
    path = request.url.path
    return path.startswith("/api/") or (request.method == "POST" and "/gradio_api/" in path)


def _too_large(request: Request) -> Response | None:
    length = request.headers.get("content-length", "0")
    return None if length.isdigit() and int(length) <= LARGEST_REQUEST else _refuse(request, 413, "shell.too_large")


def _refuse(request: Request, status: int, text: str) -> Response:
    return JSONResponse({"error": _language(request)(text)}, status, {"Retry-After": "10"} if status == 429 else None)


def _language(request: Request) -> Texts:
    return texts_of("en" if request.url.path.startswith("/en/") else "tr")
