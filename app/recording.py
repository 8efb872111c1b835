"""Questions written to the log, for an operator who has switched that on: the text and how it was answered, no more."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from qa.engine import Engine
from qa.records import Answer, Filters

logger = logging.getLogger("kentesor.questions")


class RecordingEngine(Engine):
    """An engine that tells the log each question that it has worked on."""

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """As :meth:`qa.engine.Engine.ask`; a question that is refused is not told."""
        answer = super().ask(question, history, filters)
        fields = {"question": question, "status": answer.status, "confidence": round(answer.confidence, 4)}
        logger.info("%s", json.dumps(fields, ensure_ascii=False))  # one line, whatever the question holds
        return answer


def record_questions() -> Callable[[Path], Engine]:
    """Sends the log of the questions to standard error, and gives what opens an engine that writes it."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return RecordingEngine.open


__all__ = ["RecordingEngine", "record_questions"]
