"""Answers go first: work of less weight asks here whether it may go on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Precedence:
    """Counts the questions that are being answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answering = 0

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While a question is being answered."""
        with self._lock:
            self._answering += 1
        try:
            yield
        finally:
            with self._lock:
                self._answering -= 1

    def is_quiet(self) -> bool:
        """Whether no question is being answered."""
        with self._lock:
            return self._answering == 0
