"""The web app on a port of this machine, in a thread with an event loop of its own."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Page

from app.live import LiveEngine
from app.web import open_listener, web_application
from app.web.server import server_settings

Visit = Callable[..., Page]
"""Opens a page: its path, and how the window is, see ``visit`` in conftest.py."""


@contextmanager
def served(live: LiveEngine) -> Iterator[str]:
    """Serves the app over an engine; gives the address of its first page without the slash."""
    listener = open_listener("127.0.0.1", 0)
    listener.listen()  # who comes before the server is up waits
    servers: queue.Queue[uvicorn.Server] = queue.Queue()

    async def run() -> None:  # the pages are made here as well: Gradio makes a loop where none is running
        server = uvicorn.Server(server_settings(web_application(live, requests_a_minute=None), ()))
        servers.put(server)
        await server.serve(sockets=[listener])

    thread = threading.Thread(target=asyncio.run, args=(run(),), name="web-app")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        servers.get().should_exit = True
        thread.join()
        listener.close()
