"""Tells of the questions that users ask: to the metrics, and to the log of an operator who has switched that on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TypeAlias

from app.logs import FIELDS, QUESTIONS
from indexer.encoder import Encoder
from qa.engine import Engine
from qa.records import Answer, Filters

Observer: TypeAlias = Callable[[Answer, float], None]
"""Called with each answer and the seconds that it took."""

_logger = logging.getLogger(QUESTIONS)
_is_asked_by_us: ContextVar[bool] = ContextVar("is_asked_by_us", default=False)


class ObservedEngine(Engine):
    """An engine that tells observers each question that it has worked on."""

    observers: tuple[Observer, ...] = ()

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """As :meth:`qa.engine.Engine.ask`; a question that is refused is not told."""
        began = time.perf_counter()
        answer = super().ask(question, history, filters)
        if not _is_asked_by_us.get():
            for observe in self.observers:
                observe(answer, time.perf_counter() - began)
        return answer


def observed(*observers: Observer) -> Callable[[Path], Engine]:
    """What opens an engine that tells these observers; one model, loaded once, serves all that are opened."""
    encoder: Encoder | None = None

    def open_engine(folder: Path) -> Engine:
        nonlocal encoder
        engine = ObservedEngine.open(folder, encoder)
        assert isinstance(engine, ObservedEngine)
        encoder = engine.index.encoder
        engine.observers = observers
        return engine

    return open_engine


@contextmanager
def unobserved() -> Iterator[None]:
    """While it lasts, the questions of this context are the server's own, and nobody is told of them."""
    token = _is_asked_by_us.set(True)
    try:
        yield
    finally:
        _is_asked_by_us.reset(token)


def log_question(answer: Answer, _: float) -> None:
    """Writes a question to the log: its text and how it was answered, no more."""
    fields = {"question": answer.question, "status": answer.status, "confidence": round(answer.confidence, 4)}
    _logger.info("question", extra={FIELDS: fields})


__all__ = ["ObservedEngine", "Observer", "log_question", "observed", "unobserved"]
