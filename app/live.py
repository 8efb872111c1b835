"""The engine that a long-running server answers from: that of the newest generation of an index folder."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from indexer.errors import KenteSorError
from indexer.generations import current_generation
from qa.engine import Engine

_KEPT_SECONDS = 5.0

logger = logging.getLogger(__name__)


class LiveEngine:
    """Opens the index at the first question, and opens it anew, beside the old one, when it was rebuilt.

    Readers are never kept waiting for a new generation: until it is open, the old one answers; one that cannot be
    opened is told in the log, and the old one goes on. Where there is no old one, the error is kept for some seconds:
    to find that an index is damaged, all of it is read.

    Args:
        folder: the index folder; it may be missing or damaged, and be mended while the server runs.
        open_engine: opens the engine of the folder's current generation.
        clock: gives seconds that only grow.
    """

    def __init__(
        self,
        folder: Path,
        open_engine: Callable[[Path], Engine] = Engine.open,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._open_engine = open_engine
        self._clock = clock
        self._failure: KenteSorError | None = None
        self._failed_at = 0.0
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._generation: Path | None = None  # that of the engine, or the one that could not be opened
        self._opening: threading.Thread | None = None

    @classmethod
    def of(cls, engine: Engine) -> Self:
        """Of an engine that is open already and stays."""
        live = cls(engine.index.folder, lambda _: engine)
        live._engine, live._generation = engine, current_generation(engine.index.folder)
        return live

    def current(self) -> Engine:
        """The engine to ask now.

        Raises:
            IndexMissingError, IndexOutdatedError, IndexDamagedError, EncoderError: with what to do in the message;
                only where no engine was open before.
        """
        with self._lock:
            if self._engine is None:
                self._engine = self._open()
            elif self._opening is None and self._is_rebuilt():
                self._opening = threading.Thread(target=self._reopen, name="reopen-index", daemon=True)
                self._opening.start()
            return self._engine

    def _open(self) -> Engine:
        """Opens the first engine, unless this generation has just been found to be unusable."""
        generation = current_generation(self._folder)
        is_fresh = self._clock() - self._failed_at < _KEPT_SECONDS
        if self._failure is not None and generation == self._generation and is_fresh:
            raise self._failure.with_traceback(None)
        self._generation = generation
        try:
            return self._open_engine(self._folder)
        except KenteSorError as error:
            self._failure, self._failed_at = error, self._clock()
            raise

    def wait(self) -> None:
        """Waits until a new generation that is being opened is open."""
        opening = self._opening
        if opening is not None:
            opening.join()

    def _is_rebuilt(self) -> bool:
        try:
            return current_generation(self._folder) != self._generation
        except KenteSorError:
            return False  # the folder was taken away: what is open goes on

    def _reopen(self) -> None:
        engine: Engine | None = None
        generation: Path | None = None
        try:
            generation = current_generation(self._folder)
            engine = self._open_engine(self._folder)
        except KenteSorError as error:
            logger.warning("%s", error)
        with self._lock:
            self._engine = engine or self._engine
            self._generation = generation or self._generation
            self._opening = None
