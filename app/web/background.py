"""The web app on a port of this machine beside other work of the process, as that of a script or of a test."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn

from app.live import LiveEngine
from app.web.server import open_listener, server_settings, web_application

_PATIENCE = 0.2  # seconds


@contextmanager
def served(live: LiveEngine) -> Iterator[str]:
    """Serves the app in a thread with an event loop of its own; gives the address of the first page without the slash.

    Args:
        live: gives the engine.
    """
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
        while thread.is_alive():  # a thread whose pages could not be made ends without a server
            with suppress(queue.Empty):
                servers.get(timeout=_PATIENCE).should_exit = True
                break
        thread.join()
        listener.close()
