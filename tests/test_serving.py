"""``kentesor serve``: it starts whatever the state of the index is, says what to do, and takes the index over."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from app import cli
from app.api import api_application
from app.live import LiveEngine
from app.observing import log_question
from app.settings import Settings
from app.web import Feedback
from app.web.addresses import PAGE_ADDRESSES
from app.web.policy import POLICY
from app.web.readiness import Readiness
from indexer.errors import IndexDamagedError, StorageError
from indexer.storing.generations import current_generation
from qa.engine import Engine

ROOT = Path(__file__).parent.parent
PAGE = PlainTextResponse("the page")


def get(application: ASGIApp, path: str) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path)

    return asyncio.run(send())


@pytest.mark.parametrize(("page", "texts"), PAGE_ADDRESSES.items())
def test_each_page_says_what_to_do_until_the_index_is_there(page, texts, tmp_path: Path, engine: Engine) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "<b>dizin</b>"
    application = Readiness(PAGE, LiveEngine(folder, lambda _: engine))
    before = get(application, page)
    assert before.status_code == 503 and int(before.headers["retry-after"]) > 0
    assert texts("shell.unusable") in before.text and "kentesor index --index" in before.text
    assert f'lang="{texts.language}"' in before.text and 'role="alert"' in before.text
    assert "<b>" not in before.text and "&lt;b&gt;" in before.text
    script = re.findall(r"<script>(.*?)</script>", before.text)
    digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    assert len(script) == 1 and f"script-src 'sha256-{digest}';" in before.headers[POLICY]
    assert "refresh" not in before.text, "nothing is taken away from under the reader's eyes"
    assert get(application, "/theme.css").text == "the page", "only pages are looked at"
    publish(folder, 1)
    assert get(application, page).text == "the page"


def publish(folder: Path, number: int) -> None:
    (folder / "generations" / f"{number:06d}").mkdir(parents=True)
    (folder / "CURRENT").write_text(f"{number:06d}\n", encoding="ascii")


def test_a_damaged_index_is_not_read_whole_at_every_request(tmp_path: Path, engine: Engine) -> None:
    now, opened, is_damaged = 0.0, 0, True

    def open_engine(_: Path) -> Engine:
        nonlocal opened
        opened += 1
        if is_damaged:
            raise IndexDamagedError("vectors.faiss: dosya bozulmuş")
        return engine

    live = LiveEngine(tmp_path, open_engine, clock=lambda: now)
    publish(tmp_path, 1)
    for _ in range(20):
        with pytest.raises(IndexDamagedError, match=r"vectors\.faiss"):
            live.current()
    assert opened == 1
    now = 60.0
    with pytest.raises(IndexDamagedError):
        live.current()
    assert opened == 2, "after a while it is looked at again: it may have been mended in place"
    is_damaged = False
    publish(tmp_path, 2)
    assert live.current() is engine, "a new index is opened at once"


class Served:
    """What `kentesor serve` would serve, without a server."""

    def __init__(self) -> None:
        self.live: LiveEngine | None = None
        self.limit: int | None = -1
        self.proxies: tuple[str, ...] = ()
        self.feedback: Feedback | None = None

    def __call__(
        self,
        live: LiveEngine,
        _: object,
        limit: int | None,
        proxies: tuple[str, ...],
        feedback: Feedback | None,
        *_more: object,
    ) -> None:
        self.live, self.limit, self.proxies, self.feedback = live, limit, tuple(proxies), feedback


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    told = Served()
    monkeypatch.setattr("app.web.serve", told)
    monkeypatch.setattr("app.web.open_listener", lambda *_: None)
    return told


def damage_pointer(folder: Path) -> None:
    (folder / "CURRENT").write_text("999999\n", encoding="ascii")


def damage_manifest(folder: Path) -> None:
    (current_generation(folder) / "manifest.json").write_text("{", encoding="utf-8")


def make_older(folder: Path) -> None:
    manifest = current_generation(folder) / "manifest.json"
    manifest.write_text(re.sub(r'"schema": \d+', '"schema": 0', manifest.read_text("utf-8")), encoding="utf-8")


def lose_a_file(folder: Path) -> None:
    (current_generation(folder) / "vectors.faiss").unlink()


@pytest.mark.parametrize("spoil", [damage_pointer, damage_manifest, make_older, lose_a_file])
def test_serve_starts_on_an_index_that_cannot_be_used(  # type: ignore[no-untyped-def]
    run, served: Served, small_index: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(small_index)
    status, _, error = run("serve", "--index", small_index)
    assert status == 0 and served.live is not None
    assert error.count("\n") == 1 and "kentesor index --index" in error
    page = get(Readiness(PAGE, served.live), "/")
    assert page.status_code == 503 and str(small_index) in page.text


def test_serve_builds_a_missing_index_first_and_starts_when_it_cannot(  # type: ignore[no-untyped-def]
    run, served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path | None] = []

    def build(settings: Settings) -> None:
        built.append(settings.index)
        raise StorageError(f"{settings.index}: başka bir süreç bu dizini kuruyor; bitince yeniden deneyin.")

    monkeypatch.setattr(cli, "build_as_set", build)
    status, _, error = run("serve", "--index", tmp_path / "dizin")
    assert status == 0 and built == [tmp_path / "dizin"] and served.live is not None and "başka bir süreç" in error
    monkeypatch.setattr(cli, "default_corpora", lambda: tmp_path / "yok")
    status, _, error = run("serve", "--index", tmp_path / "dizin")
    assert status == 0 and len(built) == 1, "without documents there is nothing to build from"
    assert "kentesor index --index" in error


@pytest.mark.parametrize(
    ("options", "masked"),
    [
        ((), None),
        (("--host", "localhost"), None),
        (("--host", "127.0.0.2"), None),
        (("--host", "::1"), None),
        (("--host", "0.0.0.0"), True),
        (("--host", "::"), True),
        (("--host", "kente.example"), True),
        (("--behind-proxy", "127.0.0.1"), True),
    ],
)
@pytest.mark.usefixtures("served")
def test_what_serve_builds_for_others_is_masked(  # type: ignore[no-untyped-def]
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], masked: bool | None
) -> None:
    asked: list[bool | None] = []
    monkeypatch.setattr(cli, "build_as_set", lambda settings: asked.append(settings.mask_personal_data))
    assert run("serve", "--index", tmp_path / "dizin", *options)[0] == 0
    assert asked == [masked]


@pytest.mark.usefixtures("served")
def test_an_unmasked_index_is_told_where_others_see_it(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "kars.txt").write_text("KARS BELEDİYESİ\n\n2024 yılında 7 park yapıldı.\n", encoding="utf-8")
    index = tmp_path / "dizin"
    assert run("index", "--corpora", tmp_path, "--index", index)[0] == 0
    assert run("serve", "--index", index)[2] == ""
    _, _, told = run("serve", "--index", index, "--host", "0.0.0.0")
    assert told.count("\n") == 1 and "kentesor index --mask-personal-data --index" in told
    assert run("index", "--corpora", tmp_path, "--index", index, "--mask-personal-data")[0] == 0
    assert run("serve", "--index", index, "--host", "0.0.0.0")[2] == ""


def test_the_options_of_serve(run, served: Served, city_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(LiveEngine, "current", lambda _: None)
    told = []
    monkeypatch.setattr(cli, "observed", lambda *observers: told.append(observers))
    assert run("serve", "--index", city_index)[0] == 0
    assert (served.limit, served.proxies, served.feedback) == (120, (), None) and log_question not in told[0]
    run("serve", "--index", city_index, "--requests-a-minute", 0, "--behind-proxy", "10.0.0.1", "--log-questions")
    assert (served.limit, served.proxies) == (None, ("10.0.0.1",)) and log_question in told[1]
    assert run("serve", "--requests-a-minute", -1)[0] == 2


@pytest.fixture
def small_index(city_index: Path, tmp_path: Path) -> Path:
    """A copy of the index that can be spoilt."""
    folder = tmp_path / "dizin"
    shutil.copytree(city_index, folder)
    return folder


@contextmanager
def running(*options: str) -> Iterator[tuple[str, Path]]:
    """`kentesor serve` in a process of its own: its address and the file with what it writes."""
    log = Path(options[-1]).parent / "serve.log"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(free_port()), *options]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=output, env=environment)
        assert process.stderr is not None
        told = b""
        while b"http://" not in told:  # the line that says it is up
            line = process.stderr.readline()
            assert line, told.decode()
            told += line
        address = re.findall(r"http://\S+", told.decode())[0]
        try:
            yield address, log
        finally:
            process.send_signal(signal.SIGINT)
            _, rest = process.communicate(timeout=60)
            log.write_bytes(log.read_bytes() + told + rest)
            assert process.returncode == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_on_a_damaged_index_takes_the_mended_one_over_and_logs_no_question(small_index: Path) -> None:
    """The real thing: started damaged, told so in pages and to programs, mended, asked, stopped."""
    pointer = small_index / "CURRENT"
    whole = pointer.read_text("ascii")
    damage_pointer(small_index)
    question = "2024 asfalt hedefi nedir?"
    with running("--index", str(small_index)) as (address, log):
        page = httpx.get(address, timeout=60)
        assert page.status_code == 503 and "Dizin kullanılamıyor" in page.text
        told = httpx.get(f"{address}/api/v1/ask?q=asfalt", timeout=60)
        assert told.status_code == 503 and "CURRENT" in told.json()["error"] and told.headers["retry-after"]
        assert httpx.get(f"{address}/api/docs", timeout=60).status_code == 200
        pointer.write_text(whole, encoding="ascii")
        answer = httpx.get(f"{address}/api/v1/ask?q={quote(question)}", timeout=120)
        assert answer.status_code == 200 and "1.100.000" in answer.json()["answer"]
        assert httpx.get(f"{address}/?q={quote(question)}", timeout=60).status_code == 200
        assert "server" not in answer.headers
    written = log.read_text("utf-8")
    assert "asfalt" not in written and quote(question) not in written and "Traceback" not in written


def test_the_guide_names_every_address_and_only_options_that_there_are(run, engine: Engine) -> None:  # type: ignore[no-untyped-def]
    guide = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    described = api_application(LiveEngine.of(engine)).openapi()["paths"]
    named = {f"/api{path}".replace("{document}", "{id}") for path in described}
    assert set(re.findall(r"/api/v1/[a-z{}/.]+", guide)) >= named
    helped = "".join(run(command, "--help")[1] for command in ("serve", "mcp", "ask"))
    for option in re.findall(r"(?<![a-z-])--[a-z][a-z-]*", guide):
        assert option in helped
