"""What the server writes to its log: one line a record, as text or as JSON, on standard error.

A record may carry fields of its own: ``logger.info("request", extra={FIELDS: {"route": "/"}})``. What happens while a
request is answered bears the request's id. Questions may stand in the message of an exception; where they are not to be
logged, exceptions are told by their kind and their place alone.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

from app.settings import Settings

FIELDS: Final = "fields"
"""The name under which ``extra`` carries the fields of a record."""

QUESTIONS: Final = "kentesor.questions"
REQUESTS: Final = "kentesor.requests"
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; empty outside of one."""

_OURS: Final = ("app", "qa", "indexer", "kentesor", "uvicorn")
"""The loggers for which the level of the settings holds; others tell warnings only."""


class LineFormatter(logging.Formatter):
    """Makes one line of a record, whatever its message and its fields hold.

    Args:
        as_json: whether the line is a JSON object; else text, with the fields as JSON at its end.
        with_questions: whether the messages of exceptions may be told.
    """

    def __init__(self, as_json: bool, with_questions: bool) -> None:
        super().__init__()
        self._as_json = as_json
        self._with_questions = with_questions

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields: dict[str, Any] = dict(getattr(record, FIELDS, {}))
        if name := request_id.get():
            fields.setdefault("request", name)
        if record.exc_info and record.exc_info[1] is not None:
            fields["exception"] = self._told(record.exc_info[1])
        if self._as_json:
            return _json({**told, **fields})
        line = "{time} {level} {logger}: {message}".format_map({**told, "message": _one_line(told["message"])})
        return f"{line} {_json(fields)}" if fields else line

    def _told(self, error: BaseException) -> str:
        if self._with_questions:
            return "".join(traceback.format_exception(error))
        told, seen = [], set[int]()
        cause: BaseException | None = error
        while cause is not None and id(cause) not in seen:
            seen.add(id(cause))
            told.append(f"{type(cause).__module__}.{type(cause).__qualname__}{_places(cause.__traceback__)}")
            cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
        return "\ncaused by ".join(told)


class _StandardError(logging.Handler):
    """Writes to what standard error is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a record; a failure to do so stops nothing."""
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception:
            self.handleError(record)


@contextmanager
def logging_to_standard_error(settings: Settings) -> Iterator[None]:
    """Sends every record of the process to standard error in one form; at the end everything is as before.

    Python's warnings go the same way. Requests and questions are recorded only where the settings say so.

    Args:
        settings: ``log_format``, ``log_level``, ``log_requests`` and ``log_questions``.
    """
    handler = _StandardError()
    handler.setFormatter(LineFormatter(settings.log_format == "json", settings.log_questions))
    level = settings.log_level.upper()
    wanted: Mapping[str, str | int] = {
        **dict.fromkeys(_OURS, level),
        REQUESTS: "INFO" if settings.log_requests else "CRITICAL",
        QUESTIONS: "INFO" if settings.log_questions else "CRITICAL",
    }
    root = logging.getLogger()
    before = {name: logging.getLogger(name).level for name in wanted}
    for name, wanted_level in wanted.items():
        logging.getLogger(name).setLevel(wanted_level)
    root.addHandler(handler)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.removeHandler(handler)
        for name, old in before.items():
            logging.getLogger(name).setLevel(old)


def _places(trace: TracebackType | None) -> str:
    """Where an exception was raised, innermost call last; the values of variables are not told."""
    return "".join(f" > {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace))


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)


def _json(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, default=str)


__all__ = ["FIELDS", "QUESTIONS", "REQUESTS", "LineFormatter", "logging_to_standard_error", "request_id"]
