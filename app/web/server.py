"""Serves the pages and the interface for programs.

Every option of Gradio and of the server that matters is set here, so that none follows from an environment or from a
default.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from rich.console import Console
from starlette.types import ASGIApp

from app.live import LiveEngine
from app.web.ask.feedback import Feedback
from app.web.metrics import Metrics
from app.web.operations import Operations
from app.web.readiness import Readiness
from app.web.safety import Protection
from app.web.scripts import OwnScripts
from app.web.site import build_page
from app.web.streams import Streams
from app.web.texts import LANGUAGES, PAGES, texts_of
from indexer.errors import InputError, ServerError, reason_of

_HERE = Path(__file__).parent
_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
REQUESTS_A_MINUTE: Final = 120
"""Of one client, that make work: an answer on the page takes one."""

_UPLOAD = "1kb"  # nothing is uploaded; the address for it is closed as well (app/web/addresses.py)
# Events whose times Gradio keeps, and after how many it sums them up with pandas; nobody looks at them.
_EVENTS: Final = {"GRADIO_ANALYTICS_MAX_EVENTS": "1", "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9)}
_NO_TELEMETRY: Final = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}
_LAST_SECONDS = 3  # that connections get when the server is stopped: a page keeps one open


def web_application(
    live: LiveEngine,
    requests_a_minute: int | None = REQUESTS_A_MINUTE,
    feedback: Feedback | None = None,
    metrics: Metrics | None = None,
    metrics_for: Sequence[str] = (),
) -> ASGIApp:
    """The ASGI application: the pages of every language, the interface for programs, and what operators look at.

    Args:
        live: gives the engine.
        requests_a_minute: how many requests that make work one client may send; None for any number.
        feedback: keeps what users think of answers; None where they are not asked.
        metrics: what is counted; by default it is counted afresh.
        metrics_for: addresses and nets that may read the metrics.
    """
    from app.api import api_application  # here, because it uses the texts of this package

    os.environ.update(_NO_TELEMETRY | _EVENTS)
    application = FastAPI(title="Kente Sor", docs_url=None, redoc_url=None, openapi_url=None)
    application.add_api_route("/api", lambda: RedirectResponse("/api/docs"))
    application.mount("/api", api_application(live))
    addresses = [(texts_of(language).address(page), page, language) for language in LANGUAGES for page in PAGES]
    for address, page, language in sorted(addresses, reverse=True):  # "/" would take the others
        _mount(application, address, build_page(page, live, texts_of(language), feedback))
    protected = Protection(Readiness(OwnScripts(Streams(application)), live), requests_a_minute)
    return Operations(protected, live, metrics or Metrics(), metrics_for)


def _mount(application: FastAPI, address: str, page: gr.Blocks) -> None:
    if address != "/":

        @application.get(address.rstrip("/"), include_in_schema=False)
        def add_slash(request: Request) -> RedirectResponse:
            return RedirectResponse(f"{address}?{request.url.query}".rstrip("?"))

    gr.mount_gradio_app(
        application,
        page,
        path=address.rstrip("/") or "/",
        server_name="127.0.0.1",  # told to nobody: the address of the request is used
        server_port=7860,
        root_path="",
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        auth=None,
        auth_message=None,
        auth_dependency=None,
        allowed_paths=[],
        blocked_paths=[],
        favicon_path=None,
        show_error=False,
        max_file_size=_UPLOAD,
        ssr_mode=False,
        node_server_name=None,
        node_port=None,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        i18n=None,
        theme=gr.themes.Base(
            primary_hue="teal", neutral_hue="slate", font=_FONTS, font_mono=("ui-monospace", "monospace")
        ),
        css=None,
        css_paths=[_HERE / "style.css"],
        js=None,
        head=None,
        head_paths=None,
    )


def is_public(host: str, proxies: Sequence[str] = ()) -> bool:
    """Whether others than the users of this machine reach what :func:`serve` serves on this address.

    A proxy before the server is there to hand on what comes from outside.
    """
    if proxies:
        return True
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return host != "localhost"


def open_listener(host: str = "127.0.0.1", port: int = 7860) -> socket.socket:
    """Takes the address that :func:`serve` will listen on.

    Args:
        host: the address; ``0.0.0.0`` for all of this machine.
        port: the port.

    Raises:
        InputError: there is no such address.
        ServerError: the address cannot be had, as when another program listens there.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host}: böyle bir adres yok. --host ile bu makinenin bir adresini verin.") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise ServerError(
            f"{host}:{port} adresinde dinlenemiyor ({reason_of(error)}). --port ile başka bir kapı verin."
        ) from error
    return listener


def _announce(address: str) -> None:
    Console(stderr=True).print(f"Kente Sor: {address} (kapatmak için Ctrl+C)", highlight=False)


def serve(
    live: LiveEngine,
    listener: socket.socket,
    requests_a_minute: int | None = REQUESTS_A_MINUTE,
    proxies: Sequence[str] = (),
    feedback: Feedback | None = None,
    metrics: Metrics | None = None,
    metrics_for: Sequence[str] = (),
    announce: Callable[[str], None] = _announce,
) -> None:
    """Serves the pages and the interface for programs until it is interrupted.

    Args:
        live: gives the engine that answers the questions.
        listener: from :func:`open_listener`; closed at the end.
        requests_a_minute: as in :func:`web_application`.
        proxies: addresses or nets of the proxies before the server, whose word for the client's address is taken.
        feedback: as in :func:`web_application`; so are ``metrics`` and ``metrics_for``.
        metrics: see there.
        metrics_for: see there.
        announce: tells whoever has started the server where it is.
    """
    with listener:
        application = web_application(live, requests_a_minute, feedback, metrics, metrics_for)
        server = uvicorn.Server(server_settings(application, proxies))
        listener.listen()  # who comes from now on waits until the server is up
        host, port = listener.getsockname()[:2]
        shown = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1", "::1") else host
        announce(f"http://{shown}:{port}")
        with suppress(KeyboardInterrupt):  # the way to end it
            server.run(sockets=[listener])


def server_settings(application: ASGIApp, proxies: Sequence[str]) -> uvicorn.Config:
    """How the server is run; arguments as :func:`serve`."""
    return uvicorn.Config(
        application,
        log_config=None,  # app/logs.py says how, for all of the process
        access_log=False,  # its lines would hold questions ("?q="); see app/web/operations.py
        proxy_headers=bool(proxies),
        # As uvicorn knows them: a net that is told by one of its addresses would be trusted nowhere.
        forwarded_allow_ips=[str(ipaddress.ip_network(net, strict=False)) for net in proxies],
        server_header=False,
        ws="none",
        workers=1,
        env_file=None,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
