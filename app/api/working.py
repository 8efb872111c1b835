"""Works for requests: a few at once in threads, some more waiting, and those beyond are told that it is busy."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import anyio.to_thread
from fastapi import Request, Response

from app.live import LiveEngine
from qa.engine import Engine


class BusyError(Exception):
    """So many requests wait already that one more would wait too long."""


class Workshop:
    """Works for the requests of one application.

    Args:
        live: gives the engine.
        concurrent: how many requests are worked on at once.
        waiting: how many more may wait.
    """

    def __init__(self, live: LiveEngine, concurrent: int = 2, waiting: int = 64) -> None:
        self._live = live
        self._waiting = waiting
        self._limiter = anyio.CapacityLimiter(concurrent)

    async def work(self, function: Callable[[Engine], Response]) -> Response:
        """What ``function`` makes of the engine, in a thread of its own.

        Raises:
            BusyError: too many wait already.
            IndexUnusableError, EncoderError: there is no engine now; the message says what to do.
        """
        if self._limiter.statistics().tasks_waiting >= self._waiting:
            raise BusyError
        return await anyio.to_thread.run_sync(lambda: self._live.work(function), limiter=self._limiter)


async def work(request: Request, function: Callable[[Engine], Response]) -> Response:
    """:meth:`Workshop.work` in the workshop of the request's application."""
    workshop: Workshop = request.app.state.workshop
    return await workshop.work(function)
