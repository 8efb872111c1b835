"""The engine that a long-running server answers from: that of the newest generation of an index folder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

from indexer.errors import KenteSorError
from indexer.generations import current_generation
from qa.engine import Engine

logger = logging.getLogger(__name__)


class LiveEngine:
    """Opens the index at the first question, and opens it anew, beside the old one, when it was rebuilt.

    Readers are never kept waiting for a new generation: until it is open, the old one answers; one that cannot be
    opened is told in the log, and the old one goes on.

    Args:
        folder: the index folder; it may be missing or damaged, and be mended while the server runs.
        open_engine: opens the engine of the folder's current generation.
    """

    def __init__(self, folder: Path, open_engine: Callable[[Path], Engine] = Engine.open) -> None:
        self._folder = folder
        self._open_engine = open_engine
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
                generation = current_generation(self._folder)
                self._engine, self._generation = self._open_engine(self._folder), generation
            elif self._opening is None and self._is_rebuilt():
                self._opening = threading.Thread(target=self._reopen, name="reopen-index", daemon=True)
                self._opening.start()
            return self._engine

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
