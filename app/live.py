"""The engine that a long-running server answers from: that of the newest generation of an index folder."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

from app.logs import FIELDS
from indexer.errors import KenteSorError
from indexer.storing.generations import identity, was_removed
from qa.engine import Engine

_KEPT_SECONDS = 5.0
_QUIET_SECONDS = 1.0  # without a request, after which an engine is warmed on

logger = logging.getLogger(__name__)

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class State:
    """How far a server is.

    Attributes:
        generation: of the index that it answers from.
        is_warm: whether what its first questions would wait for has been worked out.
    """

    generation: str
    is_warm: bool


class LiveEngine:
    """Opens the index at the first question, and opens it anew, beside the old one, when it was rebuilt.

    Readers are never kept waiting for a new generation: until it is open, the old one answers; one that cannot be
    opened is told in the log, and the old one goes on. Where there is no old one, the error is kept for some seconds:
    to find that an index is damaged, all of it is read.

    From a generation that was taken out of the folder nothing more is answered: a document was removed with it. Then
    readers do wait for the one that is in use now, or get its error.

    Each engine is warmed once, in the background, a step at a time and only while nobody asks for it.

    Args:
        folder: the index folder; it may be missing or damaged, and be mended while the server runs.
        open_engine: opens the engine of the folder's current generation.
        clock: gives seconds that only grow.
        warm: works out, a step each, what an engine keeps for the questions to come; None for nothing.
    """

    def __init__(
        self,
        folder: Path,
        open_engine: Callable[[Path], Engine] = Engine.open,
        clock: Callable[[], float] = time.monotonic,
        warm: Callable[[Engine], Iterator[None]] | None = None,
    ) -> None:
        self._folder = folder
        self._open_engine = open_engine
        self._clock = clock
        self._failure: KenteSorError | None = None
        self._failed_at = 0.0
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._generation: str | None = None  # that of the engine, or the one that could not be opened
        self._opening: threading.Thread | None = None
        self._warm = warm
        self._warming: threading.Thread | None = None  # that of the engine
        self._asked_at = -_QUIET_SECONDS
        self._answering = ""  # the identity of the engine's generation
        self._looking: threading.Thread | None = None  # that opens the first engine for who only glances
        self._problem: KenteSorError | None = None  # why it could not

    @classmethod
    def of(cls, engine: Engine) -> Self:
        """Of an engine that is open already and stays."""
        live = cls(engine.index.folder, lambda _: engine)
        live._use(engine, identity(engine.index.folder))
        return live

    def work(self, function: Callable[[Engine], _Made]) -> _Made:
        """What ``function`` makes of the engine to ask now, and of the next one if that was removed meanwhile.

        Raises:
            IndexMissingError, IndexOutdatedError, IndexDamagedError, EncoderError: as :meth:`current`.
        """
        while True:
            self._asked_at = self._clock()
            engine, generation = self._opened()
            made = function(engine)
            if not self._is_removed(generation):
                return made

    def current(self) -> Engine:
        """The engine to ask now.

        Raises:
            IndexMissingError, IndexOutdatedError, IndexDamagedError, EncoderError: with what to do in the message;
                only where no engine was open before.
        """
        self._asked_at = self._clock()
        return self._opened()[0]

    def state(self) -> State:
        """How far the engine is; asked as often as one likes, it does not keep the engine from being warmed.

        Raises:
            IndexMissingError, IndexOutdatedError, IndexDamagedError, EncoderError: as :meth:`current`.
        """
        self._opened()
        with self._lock:
            return State(self._answering.split()[0], self._warming is None or not self._warming.is_alive())

    def glance(self) -> State | None:
        """How far the engine is, without ever waiting for it to open; None while none is open.

        Where none is open, one is opened in the background: who waits for a server to be ready before sending it
        questions would wait forever otherwise.
        """
        if self._engine is not None and not self._is_removed(self._answering):
            return self.state()
        if self._looking is None or not self._looking.is_alive():
            self._looking = threading.Thread(target=self._look, name="open-index", daemon=True)
            self._looking.start()
        return None

    def held(self) -> Engine | None:
        """The engine that is open now, if one is; as :meth:`glance` it waits for nothing."""
        return self._engine

    @property
    def problem(self) -> str:
        """Why no engine could be opened when somebody glanced at it; empty where none was tried or one is open."""
        return "" if self._problem is None or self._engine is not None else str(self._problem)

    def _look(self) -> None:
        try:
            self.state()
            self._problem = None
        except KenteSorError as error:
            self._problem = error
        except Exception:
            logger.exception("the index could not be opened")

    def _opened(self) -> tuple[Engine, str]:
        """The engine to ask now, and the identity of its generation."""
        with self._lock:
            if self._engine is not None and self._is_removed(self._answering):
                self._engine = None
            if self._engine is None:
                engine, generation = self._open()
                self._use(engine, generation)
            elif self._opening is None and self._is_rebuilt():
                self._opening = threading.Thread(target=self._reopen, name="reopen-index", daemon=True)
                self._opening.start()
            assert self._engine is not None
            return self._engine, self._answering

    def _use(self, engine: Engine, generation: str) -> None:
        self._engine, self._generation, self._answering = engine, generation, generation
        logger.info("index opened", extra={FIELDS: {"generation": generation.split()[0]}})
        if self._warm is not None:
            self._warming = threading.Thread(
                target=self._work_ahead, args=(engine, self._warm), name="warm-index", daemon=True
            )
            self._warming.start()

    def _work_ahead(self, engine: Engine, warm: Callable[[Engine], Iterator[None]]) -> None:
        try:
            for _ in warm(engine):
                while (quiet := self._clock() - self._asked_at) < _QUIET_SECONDS:
                    time.sleep(_QUIET_SECONDS - quiet)
                if self._engine is not engine:
                    return
        except Exception:  # questions are answered without it as well
            logger.exception("the index could not be warmed")

    def _open(self) -> tuple[Engine, str]:
        """Opens the first engine, unless this generation has just been found to be unusable."""
        generation = identity(self._folder)
        is_fresh = self._clock() - self._failed_at < _KEPT_SECONDS
        if self._failure is not None and generation == self._generation and is_fresh:
            raise self._failure.with_traceback(None)
        self._generation = generation
        try:
            return self._open_newest()
        except KenteSorError as error:
            self._failure, self._failed_at = error, self._clock()
            raise

    def _open_newest(self) -> tuple[Engine, str]:
        """The engine of the generation in use, and the identity of that, even where it changes meanwhile."""
        while True:
            generation = identity(self._folder)
            engine = self._open_engine(self._folder)
            if identity(self._folder) == generation:
                return engine, generation

    def wait(self) -> None:
        """Waits until a new generation that is being opened is open, and the engine warm."""
        looking = self._looking
        if looking is not None:
            looking.join()
        opening = self._opening
        if opening is not None:
            opening.join()
        warming = self._warming
        if warming is not None:
            warming.join()

    def _is_removed(self, generation: str) -> bool:
        """Whether a generation that was answered from is neither in use any more nor kept to return to."""
        try:
            if identity(self._folder) == generation:
                return False
        except KenteSorError:  # no index, or a damaged pointer
            pass
        return was_removed(self._folder, generation)

    def _is_rebuilt(self) -> bool:
        try:
            return identity(self._folder) != self._generation
        except KenteSorError:
            return False  # the folder was taken away: what is open goes on

    def _reopen(self) -> None:
        engine: Engine | None = None
        generation = self._generation
        try:
            generation = identity(self._folder)
            engine, generation = self._open_newest()
        except KenteSorError as error:
            logger.warning("%s", error)
        except Exception:  # as of a failing disk; the old one goes on
            logger.exception("the index could not be opened")
        with self._lock:
            if engine is not None and generation is not None:
                self._use(engine, generation)
            self._generation = generation
            self._opening = None
