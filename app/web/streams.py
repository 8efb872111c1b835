"""The streams on which pages hear what came of their work: no word is lost between the end of one and the next.

Gradio has one stream for a page, and ends it once nothing is left to tell. A page that hands in more work just then may
learn that it was taken before it learns that the stream has ended; it then waits on a stream that is no more, and what
it waits for is never shown. So an ended stream stays open until the page has let go of it, which Gradio's page does at
the word that it has ended, and until then the page is not told that more work was taken.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Final
from urllib.parse import parse_qs

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.addresses import is_stream, joins_queue

LETTING_GO: Final = 2.0
"""Seconds that a page is given for it; what reads streams otherwise than Gradio's page may never do it."""

_END: Final = b'"msg":"close_stream"'  # never part of a text within the stream, whose quotation marks are escaped


class Streams:
    """Hands requests on, and keeps the order in which a page hears of ended streams and of new work.

    Args:
        application: an ASGI application, that of Gradio's pages.
    """

    def __init__(self, application: ASGIApp) -> None:
        self._application = application
        self._ended: dict[str, asyncio.Event] = {}  # by session: happens once the stream was let go of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] == "http" and is_stream(scope["path"]):
            await self._tell(scope, receive, send)
        elif scope["type"] == "http" and joins_queue(scope["path"]):
            await self._take(scope, receive, send)
        else:
            await self._application(scope, receive, send)

    async def _tell(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])[0]
        let_go: asyncio.Event | None = None

        async def send_on(message: Message) -> None:
            nonlocal let_go
            if message["type"] == "http.response.body":
                if _END in message.get("body", b""):
                    let_go = self._ended[session] = asyncio.Event()
                if let_go is not None and not message.get("more_body", False):
                    await _until_gone(receive)
            await send(message)

        try:
            await self._application(scope, receive, send_on)
        finally:
            if let_go is not None:
                let_go.set()
                if self._ended.get(session) is let_go:
                    del self._ended[session]

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).body()
        session = _session(body)
        received: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_again() -> Message:
            return received.pop() if received else await receive()

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and session in self._ended:
                await self._ended[session].wait()
            await send(message)

        await self._application(scope, receive_again, send_on)


async def _until_gone(receive: Receive) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(LETTING_GO):
            while (await receive())["type"] != "http.disconnect":
                pass


def _session(body: bytes) -> str:
    try:
        work = json.loads(body)
    except ValueError:
        return ""
    return str(work.get("session_hash", "")) if isinstance(work, dict) else ""
