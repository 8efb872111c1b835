"""What protects the server: closed addresses, the size of a request, the number of requests of one client, headers."""

from __future__ import annotations

import ipaddress
from typing import Final

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.addresses import is_open, joins_queue, makes_work
from app.web.plain import plain_page
from app.web.policy import HEADERS
from app.web.refusals import note_refusal
from app.web.texts import Texts, texts_of

_IPV6_NET = 64  # leading bits of an IPv6 address that one client has for itself
_BUSY_SECONDS = 10


LARGEST_REQUEST: Final = 200_000
"""Bytes of a request's body: a question of the greatest length with its conversation."""


class Protection:
    """Refuses what is not to reach the application, and adds the headers of safety to what it answers.

    Args:
        application: an ASGI application.
        requests_a_minute: how many requests that make work one client may send; None for any number.
    """

    def __init__(self, application: ASGIApp, requests_a_minute: int | None) -> None:
        self._application = application
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._allowed = None if requests_a_minute is None else RateLimitItemPerMinute(requests_a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request; websockets, which no page uses, are refused."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http":
            await self._answer(Request(scope, receive), _with_headers(send))
        else:
            await self._application(scope, receive, send)

    async def _answer(self, request: Request, send: Send) -> None:
        answer: ASGIApp | None = await self._refusal(request)
        receive = request.receive
        if answer is None:
            try:
                body = await self._body(request)
            except ClientDisconnect:
                return
            if body is None:
                answer = _too_large(request)
            else:
                receive = _received(body, receive)
        if joins_queue(request.scope["path"]):
            send = _told_when_full(request, send)
        await (answer or self._application)(request.scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        method, path = request.method, request.scope["path"]
        if not is_open(method, path):
            return _no_such_page(request)
        if not request.headers.get("content-length", "0").isdigit():
            return _too_large(request)
        if self._allowed and makes_work(method, path) and not await self._limiter.hit(self._allowed, _client(request)):
            note_refusal(request.scope, "rate")
            return _refuse(request, 429, "shell.busy")
        return None

    async def _body(self, request: Request) -> bytes | None:
        """The body of a request; None once it is too large, however large it is said to be."""
        if int(request.headers.get("content-length", "0")) > LARGEST_REQUEST:
            return None
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_REQUEST:
                return None
        return bytes(body)


def _client(request: Request) -> str:
    """Who asks: the address, or the net that an address of IPv6 belongs to."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(ipaddress.ip_network((address, _IPV6_NET), strict=False))


def _received(body: bytes, receive: Receive) -> Receive:
    """Hands the body on that has been read, and then whatever comes."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return pending.pop() if pending else await receive()

    return next_message


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers


def _told_when_full(request: Request, send: Send) -> Send:
    """Says that it is busy in the language of the page; Gradio's page has a sentence of its own for status 503."""
    is_full = False

    async def send_told(message: Message) -> None:
        nonlocal is_full
        if message["type"] == "http.response.start" and message["status"] == 503:
            is_full = True
            note_refusal(request.scope, "queue")
            await _refuse(request, 429, "shell.busy")(request.scope, request.receive, send)
        if not is_full:
            await send(message)

    return send_told


def _too_large(request: Request) -> Response:
    note_refusal(request.scope, "size")
    return _refuse(request, 413, "shell.too_large")


def _refuse(request: Request, status: int, text: str) -> Response:
    # Gradio's page shows "detail"; the interface for programs says "error".
    message = _language(request)(text)
    headers = {"Retry-After": str(_BUSY_SECONDS)} if status == 429 else None
    return JSONResponse({"error": message, "detail": message}, status, headers)


def _no_such_page(request: Request) -> Response:
    texts = _language(request)
    if "text/html" in request.headers.get("accept", ""):
        return plain_page(texts, texts("shell.unknown"), request.scope["path"], texts("shell.unknown_hint"), 404)
    return JSONResponse({"error": texts("shell.unknown")}, 404)


def _language(request: Request) -> Texts:
    path, preferred = request.scope["path"], request.headers.get("accept-language", "")
    is_english = path.startswith("/en/") or (path.startswith("/api/") and preferred.casefold().startswith("en"))
    return texts_of("en" if is_english else "tr")
