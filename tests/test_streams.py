"""No word is lost between the end of one of Gradio's streams and the next one of the same page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from app.web.streams import LETTING_GO, Streams

DATA, JOIN = "/belgeler/gradio_api/queue/data", "/belgeler/gradio_api/queue/join"
END = b'data: {"msg":"close_stream"}\n\n'
DONE = b'data: {"msg":"process_completed","output":{"data":["\\"msg\\":\\"close_stream\\""]}}\n\n'


class Gradio:
    """Ends a stream when told to; takes all work at once."""

    def __init__(self) -> None:
        self.may_end = asyncio.Event()
        self.bodies: list[Any] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        if scope["path"] == DATA:
            await send({"type": "http.response.body", "body": DONE, "more_body": True})
            await self.may_end.wait()
            await send({"type": "http.response.body", "body": END, "more_body": True})
        else:
            self.bodies.append(json.loads((await receive())["body"]))
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Browser:
    """One request: what was heard of it, and the way to break it off."""

    def __init__(self, streams: Streams, path: str, session: str) -> None:
        self.heard: list[Message] = []
        self._coming: asyncio.Queue[Message] = asyncio.Queue()
        body = json.dumps({"session_hash": session}).encode() if path == JOIN else b""
        self._coming.put_nowait({"type": "http.request", "body": body, "more_body": False})
        scope = {"type": "http", "method": "", "path": path, "query_string": f"session_hash={session}".encode()}
        self._task = asyncio.create_task(streams(scope, self._coming.get, self._hear))

    async def _hear(self, message: Message) -> None:
        self.heard.append(message)

    def let_go(self) -> None:
        self._coming.put_nowait({"type": "http.disconnect"})

    async def answered(self, within: float = 0.05) -> bool:
        done, _ = await asyncio.wait([self._task], timeout=within)
        return bool(done)


def run(talk: Callable[[Streams, Gradio], Awaitable[None]]) -> None:
    async def talked() -> None:
        gradio = Gradio()
        await talk(Streams(gradio), gradio)

    asyncio.run(talked())


def test_work_is_not_told_as_taken_before_the_page_has_let_go_of_an_ended_stream() -> None:
    async def talk(streams: Streams, gradio: Gradio) -> None:
        stream = Browser(streams, DATA, "a")
        gradio.may_end.set()
        assert not await stream.answered()
        assert [message["body"] for message in stream.heard[1:]] == [DONE, END], "the page hears of the end at once"
        work, other = Browser(streams, JOIN, "a"), Browser(streams, JOIN, "b")
        assert await other.answered(), "another page has nothing to wait for"
        assert not await work.answered() and work.heard == []
        stream.let_go()
        assert await stream.answered() and await work.answered()
        assert {"session_hash": "a"} in gradio.bodies and work.heard[0]["status"] == 200
        assert await Browser(streams, JOIN, "a").answered()

    run(talk)


def test_work_is_taken_at_once_while_a_stream_goes_on() -> None:
    async def talk(streams: Streams, gradio: Gradio) -> None:
        stream = Browser(streams, DATA, "a")
        assert not await stream.answered(), "words in an answer do not end it"
        assert await Browser(streams, JOIN, "a").answered()
        gradio.may_end.set()
        stream.let_go()
        assert await stream.answered()

    run(talk)


def test_who_never_lets_go_is_waited_for_no_longer_than_said() -> None:
    async def talk(streams: Streams, gradio: Gradio) -> None:
        stream = Browser(streams, DATA, "a")
        gradio.may_end.set()
        assert not await stream.answered()
        work = Browser(streams, JOIN, "a")
        assert await stream.answered(LETTING_GO + 3) and await work.answered()

    run(talk)


def test_work_that_is_no_json_is_handed_on() -> None:
    async def talk(streams: Streams, gradio: Gradio) -> None:
        for body in (b"{", b"[]", b"7"):
            received: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

            async def receive(received: list[Message] = received) -> Message:
                return received.pop()

            async def send(message: Message) -> None: ...

            scope = {"type": "http", "method": "POST", "path": JOIN, "query_string": b"", "headers": []}
            if body == b"{":
                try:
                    await streams(scope, receive, send)
                except json.JSONDecodeError:  # Gradio's to say
                    continue
            else:
                await streams(scope, receive, send)
        assert gradio.bodies == [[], 7]

    run(talk)
