"""What protects the server: sizes, rates, closed addresses, headers, a full queue, logs, and no way to the outside."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import gradio
import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.live import LiveEngine
from app.logs import logging_to_standard_error
from app.observing import ObservedEngine, log_question, unobserved
from app.settings import Settings
from app.web import server, web_application
from app.web.addresses import PAGE_ADDRESSES, is_open
from app.web.frame import page_script
from app.web.policy import POLICY, hash_of, page_policy
from app.web.safety import LARGEST_REQUEST, Protection
from app.web.texts import PAGES, texts_of
from indexer.errors import InputError
from qa.engine import Engine

# Gradio uses options of pandas that the newest pandas have deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

JOIN = "/gradio_api/queue/join"


class Echo:
    """Answers with the body that it gets, and counts how often it is reached."""

    def __init__(self, status: int = 200) -> None:
        self.reached = 0
        self._status = status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached += 1
        body = await Request(scope, receive).body()
        response = PlainTextResponse(body, self._status) if self._status == 200 else JSONResponse({}, self._status)
        await response(scope, receive, send)


def talk(application: ASGIApp, talker: Callable[[httpx.AsyncClient], Any], client: str = "192.0.2.1") -> Any:
    async def run() -> Any:
        transport = httpx.ASGITransport(application, client=(client, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as own:
            return await talker(own)

    return asyncio.run(run())


def send(application: ASGIApp, method: str, path: str, client: str = "192.0.2.1", **options: Any) -> httpx.Response:
    response = talk(application, lambda own: own.request(method, path, **options), client)
    assert isinstance(response, httpx.Response)
    return response


@pytest.mark.parametrize("size", [0, 10, LARGEST_REQUEST])
def test_a_body_of_allowed_size_arrives_whole(size: int) -> None:
    response = send(Protection(Echo(), None), "POST", JOIN, content=b"x" * size)
    assert response.status_code == 200 and len(response.content) == size


def test_a_body_that_is_said_to_be_too_large_is_not_read() -> None:
    echo = Echo()
    response = send(Protection(echo, None), "POST", JOIN, content=b"x" * (LARGEST_REQUEST + 1))
    assert response.status_code == 413 and echo.reached == 0
    assert response.json()["error"] == texts_of("tr")("shell.too_large")
    assert send(Protection(echo, None), "POST", f"/en{JOIN}", content=b"x" * 300_000).json()["error"] == texts_of("en")(
        "shell.too_large"
    )


def test_a_body_in_pieces_is_counted_while_it_comes() -> None:
    """A body without Content-Length, as in chunks: reading stops at the limit, however much more would come."""
    echo, taken = Echo(), 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:  # as long as somebody reads
            taken += 1
            yield b"x" * 1000

    async def receive() -> Message:
        return {"type": "http.request", "body": await anext(body), "more_body": True}

    sent: list[Message] = []

    async def collect(message: Message) -> None:
        sent.append(message)

    body = pieces()
    scope = {"type": "http", "method": "POST", "path": JOIN, "headers": [], "query_string": b"", "client": None}
    asyncio.run(Protection(echo, None)(scope, receive, collect))
    assert sent[0]["status"] == 413 and echo.reached == 0
    assert taken == LARGEST_REQUEST // 1000 + 1


@pytest.mark.parametrize("length", ["-1", "a lot", "1e9"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    assert send(Protection(Echo(), None), "POST", JOIN, headers={"content-length": length}).status_code == 413


def test_one_client_is_slowed_down_and_others_are_not() -> None:
    protection = Protection(Echo(), requests_a_minute=3)
    statuses = [send(protection, "GET", "/api/v1/ask").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    refusal = send(protection, "POST", JOIN)
    assert refusal.status_code == 429 and int(refusal.headers["retry-after"]) > 0
    assert refusal.json()["error"] == refusal.json()["detail"] == texts_of("tr")("shell.busy")
    assert send(protection, "GET", "/api/v1/ask", client="192.0.2.2").status_code == 200
    for path in ("/", "/theme.css", "/assets/index.js", "/api/docs", "/api/openapi.json"):
        assert send(protection, "GET", path).status_code == 200, "a page is there all the same"


def test_addresses_of_one_ipv6_net_are_one_client() -> None:
    protection = Protection(Echo(), requests_a_minute=1)
    statuses = [
        send(protection, "POST", JOIN, client=client).status_code
        for client in ("2001:db8:1:2::1", "2001:db8:1:2::ffff", "2001:db8:1:3::1")
    ]
    assert statuses == [200, 429, 200]


def test_no_limit_where_none_is_set() -> None:
    protection = Protection(Echo(), None)
    assert {send(protection, "POST", JOIN).status_code for _ in range(200)} == {200}


def test_only_a_named_proxy_says_who_the_client_is() -> None:
    def client_of(proxies: tuple[str, ...]) -> str:
        async def tell(scope: Scope, receive: Receive, send: Send) -> None:
            await PlainTextResponse(scope["client"][0])(scope, receive, send)

        settings = server.server_settings(tell, proxies)
        settings.load()
        headers = {"x-forwarded-for": "203.0.113.9"}
        return send(settings.loaded_app, "GET", "/", client="192.0.2.1", headers=headers).text

    assert client_of(()) == "192.0.2.1"
    assert client_of(("192.0.2.1",)) == "203.0.113.9"
    assert client_of(("192.0.2.0/24",)) == "203.0.113.9"
    assert client_of(("192.0.2.7/24",)) == "203.0.113.9"
    assert client_of(("198.51.100.7",)) == "192.0.2.1"


def test_a_full_queue_is_told_in_the_language_of_the_page() -> None:
    protection = Protection(Echo(503), None)
    for page, texts in PAGE_ADDRESSES.items():
        response = send(protection, "POST", f"{page}gradio_api/queue/join")
        # Gradio's page shows "detail" for any status but 503, for which it has a sentence of its own.
        assert response.status_code == 429 and response.json()["detail"] == texts("shell.busy")
    assert send(protection, "GET", "/").status_code == 503, "everything else is left as it is"


CLOSED = (
    ("POST", "gradio_api/upload"), ("GET", "gradio_api/file=/etc/passwd"), ("GET", "gradio_api/file/etc/passwd"),
    ("GET", "gradio_api/proxy=http://192.0.2.1/"), ("GET", "gradio_api/deep_link?session_hash=a"),
    ("POST", "gradio_api/run/ask"), ("POST", "gradio_api/call/ask"), ("POST", "gradio_api/api/ask"),
    ("POST", "gradio_api/component_server"), ("POST", "gradio_api/process_recording"), ("GET", "monitoring"),
    ("POST", "gradio_api/vibe-edit"), ("GET", "gradio_api/vibe-code"), ("GET", "gradio_api/dev/reload"),
    ("GET", "gradio_api/openapi.json"), ("POST", "login"), ("GET", "gradio_api/token"), ("GET", "gradio_api/runs"),
    ("PUT", ""), ("DELETE", "config"), ("POST", ""), ("GET", "yok"), ("GET", ".env"), ("GET", "//evil.example/"),
)  # fmt: skip


@pytest.mark.parametrize("page", list(PAGE_ADDRESSES))
def test_what_no_page_needs_is_closed(page: str) -> None:
    echo = Echo()
    for method, rest in CLOSED:
        response = send(Protection(echo, None), method, f"{page}{rest}")
        assert response.status_code == 404 and set(response.json()) == {"error"}, (method, rest)
    assert echo.reached == 0
    for rest in ("", "config", "theme.css", "assets/a/b.js", "static/fonts/a.woff2", "gradio_api/queue/data"):
        assert is_open("GET", f"{page}{rest}")
    assert is_open("HEAD", page) and is_open("GET", page.rstrip("/") or "/")


def test_an_unknown_page_is_told_to_people_without_running_what_they_typed() -> None:
    hostile = "/<script>alert(1)</script>"
    response = send(Protection(Echo(), None), "GET", hostile, headers={"accept": "text/html"})
    assert response.status_code == 404 and texts_of("tr")("shell.unknown") in response.text
    assert "<script" not in response.text and "&lt;script&gt;" in response.text
    assert "default-src 'none'; script-src 'none'" in response.headers[POLICY]
    english = send(Protection(Echo(), None), "GET", "/en/yok", headers={"accept": "text/html"})
    assert texts_of("en")("shell.unknown") in english.text
    assert send(Protection(Echo(), None), "HEAD", "/yok").status_code == 404


def test_every_response_has_the_headers_of_safety() -> None:
    protection = Protection(Echo(), 1)
    responses = [
        send(protection, "GET", "/"),
        send(protection, "GET", "/yok"),
        send(protection, "POST", JOIN, content=b"x" * 300_000),
        *(send(protection, "GET", "/api/v1/ask") for _ in range(2)),
    ]
    assert {response.status_code for response in responses} == {200, 404, 413, 429}
    for response in responses:
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        policy = response.headers[POLICY]
        assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy and "object-src 'none'" in policy
        assert "http:" not in policy and "https:" not in policy and "*" not in policy
    assert "script-src-attr 'none'" in page_policy(), "scripts in attributes do not run"


def test_a_page_names_its_own_inline_scripts_and_no_others_run(engine: Engine) -> None:
    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(web_application(LiveEngine.of(engine), None))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as own:
            return [await own.get(address, headers={"accept-encoding": "gzip"}) for address in PAGE_ADDRESSES]

    for page, texts in zip(asyncio.run(run()), PAGE_ADDRESSES.values(), strict=True):
        allowed = re.search(r"script-src ([^;]*);", page.headers[POLICY])
        assert page.status_code == 200 and allowed and page.headers["content-encoding"] == "gzip"
        inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", page.text, re.DOTALL)
        own = page_script(texts, next(name for name in PAGES if texts.address(name) == page.url.path))
        assert own in inline and texts("shell.lost") in own
        assert all(hash_of(script.encode()) in allowed[1].split() for script in inline)
        assert "unsafe-inline" not in allowed[1] and hash_of(b"alert(1)") not in allowed[1]


def test_websockets_are_refused() -> None:
    sent: list[Message] = []

    async def collect(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    asyncio.run(Protection(Echo(), None)({"type": "websocket", "path": "/"}, receive, collect))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_the_server_writes_no_access_log_and_says_little_of_itself() -> None:
    settings = server.server_settings(Echo(), ())
    assert settings.access_log is False and settings.server_header is False and settings.proxy_headers is False
    assert settings.forwarded_allow_ips == [] and settings.ws == "none"


def test_questions_are_recorded_only_when_that_is_switched_on(
    engine: Engine, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    question = "2024 asfalt\nhedefi nedir?"
    with caplog.at_level(logging.DEBUG):
        engine.ask(question)
    assert "asfalt" not in caplog.text
    recording = ObservedEngine(engine.index)
    recording.observers = (log_question,)
    capfd.readouterr()
    for is_on in (True, False):
        with logging_to_standard_error(Settings(log_questions=is_on)):
            recording.ask(question)
            with pytest.raises(InputError):
                recording.ask(" ")
            with unobserved():
                recording.ask("2023 asfalt hedefi nedir?")
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 1 and json.loads(lines[0][lines[0].index("{") :])["question"] == question


def test_no_telemetry_and_no_request_leaves_the_process(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The whole application is made, a page and its parts are fetched, questions are asked: no socket is opened."""
    attempts: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        attempts.append(arguments)
        raise OSError("no way to the outside in this test")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "True")
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))

    async def visit() -> list[httpx.Response]:
        application = web_application(LiveEngine.of(engine))
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://test", follow_redirects=True) as client:
            paths = (*PAGE_ADDRESSES, "/theme.css", "/config", "/api", "/api/v1/ask?q=asfalt", "/api/v1/documents")
            return [await client.get(path) for path in paths]

    responses = asyncio.run(visit())
    assert {response.status_code for response in responses} == {200}
    assert attempts == []
    assert not gradio.analytics.analytics_enabled(), "what an environment says is overruled"
    config = next(response.json() for response in responses if response.url.path == "/config")
    for option in ("analytics_enabled", "run_history", "show_error", "enable_monitoring", "is_space", "pwa"):
        assert not config.get(option), option
