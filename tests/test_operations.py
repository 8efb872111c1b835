"""What operators look at: life, readiness, metrics, request ids; and what nobody else gets to see."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api import api_application
from app.live import LiveEngine
from app.logs import FIELDS, REQUESTS, request_id
from app.observing import ObservedEngine, unobserved
from app.web.addresses import route_of
from app.web.metrics import Metrics
from app.web.operations import Operations
from app.web.policy import POLICY
from app.web.safety import Protection
from indexer.errors import IndexDamagedError
from qa.engine import Engine

QUESTION = "2024 asfalt hedefi nedir?"
HERE = ("127.0.0.0/8", "::1")


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(request_id.get())(scope, receive, send)


def send(
    application: ASGIApp, path: str, client: str = "127.0.0.1", method: str = "GET", **headers: str
) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(application, client=(client, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as own:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await own.request(method, path, headers=named)

    return asyncio.run(run())


def publish(folder: Path, number: int) -> None:
    (folder / "generations" / f"{number:06d}").mkdir(parents=True)
    (folder / "CURRENT").write_text(f"{number:06d}\n", encoding="ascii")


def values(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_server_without_an_index_lives_and_is_not_ready_and_opens_what_appears(tmp_path: Path) -> None:
    live = LiveEngine(tmp_path, lambda _: object.__new__(Engine))
    application = Operations(Protection(page, 1), live, Metrics(), HERE)
    for _ in range(5):  # never limited, though a visitor may send one request a minute
        assert send(application, "/healthz").text == "ok\n"
        assert send(application, "/readyz").status_code == 503
    live.wait()
    told = send(application, "/readyz")
    assert told.json()["ready"] is False and "kentesor index" in told.json()["error"] and told.headers["retry-after"]
    assert send(application, "/healthz", method="HEAD").status_code == 200
    publish(tmp_path, 1)
    live.wait()
    send(application, "/readyz")  # nobody else asks: this opens it
    live.wait()
    told = send(application, "/readyz")
    assert (told.status_code, told.json()) == (200, {"ready": True, "generation": "000001", "warm": True})
    assert told.headers["cache-control"] == "no-store" and "default-src 'none'" in told.headers[POLICY]
    assert send(application, "/healthz", method="POST").status_code == 404


def test_who_glances_never_waits_for_an_index_that_is_being_opened(tmp_path: Path) -> None:
    may_open = threading.Event()

    def open_slowly(_: Path) -> Engine:
        assert may_open.wait(60)
        return object.__new__(Engine)

    publish(tmp_path, 1)
    live = LiveEngine(tmp_path, open_slowly)
    assert live.glance() is None and live.glance() is None and live.held() is None
    may_open.set()
    live.wait()
    assert live.glance() is not None and live.held() is live.current() and live.problem == ""


def test_a_server_stays_ready_while_a_newer_index_is_warmed_or_cannot_be_opened(tmp_path: Path) -> None:
    may_warm, is_damaged = threading.Event(), False

    def open_engine(_: Path) -> Engine:
        if is_damaged:
            raise IndexDamagedError("vectors.faiss: dosya bozulmuş")
        return object.__new__(Engine)

    def warm(_: Engine) -> Iterator[None]:
        yield
        assert may_warm.wait(60)

    publish(tmp_path, 1)
    live = LiveEngine(tmp_path, open_engine, warm=warm)
    live._asked_at = -100.0
    live.state()
    application = Operations(page, live, Metrics(), HERE)
    assert send(application, "/readyz").json() == {"ready": False, "generation": "000001", "warm": False}
    may_warm.set()
    live.wait()
    assert send(application, "/readyz").status_code == 200
    may_warm.clear()
    publish(tmp_path, 2)
    live.glance()
    assert live._opening is None or live._opening.join() is None
    told = send(application, "/readyz")
    assert told.status_code == 200 and told.json() == {"ready": True, "generation": "000002", "warm": False}
    may_warm.set()
    is_damaged = True
    publish(tmp_path, 3)
    live.glance()
    live.wait()
    assert send(application, "/readyz").json()["generation"] == "000002"


@pytest.mark.parametrize(
    ("client", "headers", "nets", "status"),
    [
        ("127.0.0.1", {}, HERE, 200),
        ("::1", {}, HERE, 200),
        ("::ffff:127.0.0.1", {}, HERE, 200),
        ("192.0.2.1", {}, HERE, 404),
        ("192.0.2.1", {}, ("192.0.2.0/24",), 200),
        ("127.0.0.1", {"X_Forwarded_For": "192.0.2.1"}, HERE, 404),  # a proxy of this machine that nobody named
        ("127.0.0.1", {"Forwarded": "for=192.0.2.1"}, HERE, 404),
        ("unix", {}, HERE, 404),
        ("127.0.0.1", {}, (), 404),
    ],
)
def test_metrics_are_for_those_who_are_named(
    engine: Engine, client: str, headers: dict[str, str], nets: tuple[str, ...], status: int
) -> None:
    application = Operations(Protection(page, None), LiveEngine.of(engine), Metrics(), nets)
    assert send(application, "/metrics", client, **headers).status_code == status


def test_metrics_tell_of_the_index_the_process_and_the_requests(engine: Engine) -> None:
    metrics, live = Metrics(), LiveEngine.of(engine)
    application = Operations(Protection(page, 1), live, metrics, HERE)
    for _ in range(3):
        send(application, "/api/v1/ask?q=gizli", client="192.0.2.77")
    send(application, "/")
    send(application, "/gizli/adres")
    told = send(application, "/metrics")
    assert told.headers["content-type"].startswith("text/plain") and told.headers["cache-control"] == "no-store"
    assert "gizli" not in told.text and "192.0.2" not in told.text
    found, manifest = values(told.text), engine.index.manifest
    assert found["kentesor_index_documents", ()] == len(engine.sources())
    assert found["kentesor_index_facts", ()] == len(engine.index.facts) and found["kentesor_index_open", ()] == 1
    generation = live.state().generation
    assert found["kentesor_index_info", (manifest.encoder, generation, str(manifest.schema))] == 1
    assert found["kentesor_index_built_timestamp_seconds", ()] > 1.7e9
    assert found["process_resident_memory_bytes", ()] > 1e6
    assert found["kentesor_http_requests_total", ("GET", "/", "200")] == 1
    assert found["kentesor_http_requests_total", ("GET", "other", "429")] == 2
    assert found["kentesor_http_requests_total", ("GET", "other", "404")] == 1
    assert found["kentesor_http_request_seconds_count", ("/",)] == 1
    assert found["kentesor_refusals_total", ("rate",)] == 2 and found["kentesor_refusals_total", ("queue",)] == 0
    assert not any("healthz" in label or "metrics" in label for _, labels in found for label in labels)


def test_answers_are_counted_by_status_and_only_those_that_users_asked_for(engine: Engine) -> None:
    metrics = Metrics()
    observed = ObservedEngine(engine.index)
    observed.observers = (metrics.answer,)
    assert observed.ask(QUESTION).status == "answered"
    assert observed.ask("Kars Belediyesinin 1987 yılı metro hattı uzunluğu kaç kilometre?").status == "abstained"
    with unobserved():
        observed.ask(QUESTION)
    found = values(metrics.told("")[0].decode())
    assert found["kentesor_answers_total", ("answered",)] == found["kentesor_answers_total", ("abstained",)] == 1
    assert found["kentesor_answer_seconds_count", ()] == 2
    assert QUESTION not in metrics.told("")[0].decode()


def test_the_route_of_a_request_holds_nothing_of_the_visitor(engine: Engine) -> None:
    seen: list[str] = []
    api = api_application(LiveEngine.of(engine))

    async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
        scope["root_path"] = "/api"
        await api(scope, receive, send)
        seen.append(route_of(scope))

    document = engine.sources()[0].id
    for path in ("search?q=gizli", f"documents/{document}", f"documents/{document}/text", "documents/yok", "yok/gizli"):
        send(mounted, f"/api/v1/{path}")
    documents = "/api/v1/documents/{document}"
    assert seen == ["/api/v1/search", documents, f"{documents}/text", documents, "other"]
    for path, route in (
        ("/", "/"), ("/en/", "/en/"), ("/en/gradio_api/queue/join", "/gradio_api/queue/join"), ("/yok", "other"),
        ("/assets/index-1a.js", "/assets/…"), ("/gradio_api/heartbeat/abc", "/gradio_api/heartbeat/…"),
    ):  # fmt: skip
        assert route_of({"path": path}) == route


def test_a_request_bears_an_id_in_the_log_and_in_its_response(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    application = Operations(page, LiveEngine.of(engine), Metrics(), HERE)
    with caplog.at_level(logging.INFO, REQUESTS):
        told = send(application, "/?q=gizli", X_Request_ID="kapi-1.7")
        assert told.headers["x-request-id"] == told.text == "kapi-1.7"
        forged = send(application, "/", X_Request_ID="a b\t{}" + "x" * 100).headers["x-request-id"]
        assert re.fullmatch("[0-9a-f]{16}", forged)
    fields = [getattr(record, FIELDS) for record in caplog.records]
    assert [told["route"] for told in fields] == ["/", "/"] and fields[0]["status"] == "200"
    assert "gizli" not in json.dumps(fields) and "127.0.0.1" not in json.dumps(fields)


def test_what_breaks_is_counted_as_a_fault_of_the_server(engine: Engine) -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ValueError("broken")

    metrics = Metrics()
    with pytest.raises(ValueError, match="broken"):
        send(Operations(broken, LiveEngine.of(engine), metrics, HERE), "/")
    found = values(metrics.told("")[0].decode())
    assert found["kentesor_http_requests_total", ("GET", "/", "500")] == 1
    assert found["kentesor_http_requests_in_progress", ()] == 0 and request_id.get() == ""
