"""Serves the page: every option of Gradio is set here, so that none follows from an environment or a default."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request, Response
from rich.console import Console

from app.web.page import QuestionEngine, build_app
from indexer.errors import InputError, ServerError, reason_of

_HERE = Path(__file__).parent
_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_HEAD = '<script>document.documentElement.lang = "tr"</script><meta name="robots" content="noindex">'
# Gradio's own page needs inline scripts and evaluates its templates; nothing may come from or go to another host.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_UPLOAD = "1kb"  # nothing is uploaded


def web_application(engine: QuestionEngine) -> FastAPI:
    """The ASGI application of the page."""
    application = FastAPI(title="Kente Sor", docs_url=None, redoc_url=None, openapi_url=None)

    @application.middleware("http")
    async def add_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response

    gr.mount_gradio_app(
        application,
        build_app(engine),
        path="/",
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        auth=None,
        auth_dependency=None,
        allowed_paths=[],
        blocked_paths=[],
        favicon_path=None,
        show_error=False,
        max_file_size=_UPLOAD,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(
            primary_hue="teal", neutral_hue="slate", font=_FONTS, font_mono=("ui-monospace", "monospace")
        ),
        css_paths=[_HERE / "style.css"],
        head=_HEAD,
    )
    return application


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


def serve(engine: QuestionEngine, listener: socket.socket) -> None:
    """Serves the page until it is interrupted.

    Args:
        engine: answers the questions.
        listener: from :func:`open_listener`; closed at the end.
    """
    with listener:
        server = uvicorn.Server(uvicorn.Config(web_application(engine), log_level="warning", access_log=False))
        host, port = listener.getsockname()[:2]
        shown = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1", "::1") else host
        Console(stderr=True).print(f"Kente Sor: http://{shown}:{port} (kapatmak için Ctrl+C)", highlight=False)
        with suppress(KeyboardInterrupt):  # the way to end it
            server.run(sockets=[listener])
