"""Faults on purpose: the k-th operation that changes the disk fails, or ends this process as ``kill -9`` does."""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

KILL = 0
"""Instead of an error number: the process ends at once."""

_CALLS = ("fsync", "link", "mkdir", "rename", "replace", "rmdir", "unlink")
_EACH = 25  # lines that are put into a database count as one operation


class Faults:
    """Counts the operations that change files, and disturbs one of them.

    Args:
        number: which one, from 1; 0 for none.
        error: the ``errno`` that it fails with, or :data:`KILL`.
        below: only what lies in this folder counts, as far as a path tells where it lies.
        lasting: everything after it fails as well, as on a disk that stays full or broken.
    """

    def __init__(self, number: int, error: int, below: Path, *, lasting: bool = False) -> None:
        self.count = 0
        self.hit: str | None = None
        self._number, self._error, self._below, self._lasting = number, error, str(below.absolute()), lasting
        self._lines = 0

    def step(self, name: str, path: object = None) -> None:
        """Counts an operation; raises, or ends the process, where it is the one.

        Raises:
            OSError: it is.
        """
        if isinstance(path, str | os.PathLike) and not self._is_ours(os.fspath(path)):
            return
        self.count += 1
        if self.count == self._number or (self._lasting and 0 < self._number < self.count):
            self.hit = self.hit or f"{name} {'' if path is None else path}".strip()
            if self._error == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self._error, os.strerror(self._error), None if path is None else str(path))

    def step_line(self) -> None:
        """Counts a line put into a database."""
        self._lines += 1
        if self._lines % _EACH == 1:
            self.step("insert")

    def _is_ours(self, path: object) -> bool:
        text = os.fsdecode(path) if isinstance(path, str | bytes) else ""
        return not text.startswith("/") or text.startswith(self._below)


@contextmanager
def disturbed(faults: Faults) -> Iterator[None]:
    """Makes the operations of this process pass through ``faults``."""
    with ExitStack() as stack:
        for name in _CALLS:
            stack.enter_context(mock.patch.object(os, name, _counted(name, getattr(os, name), faults)))
        for module in (builtins, io):
            stack.enter_context(mock.patch.object(module, "open", _opener(faults)))
        stack.enter_context(mock.patch.object(sqlite3, "connect", _connecter(faults)))
        yield


def _counted(name: str, call: Callable[..., Any], faults: Faults) -> Callable[..., Any]:
    def counted(path: Any, *arguments: Any, **named: Any) -> Any:
        faults.step(name, None if isinstance(path, int) else path)
        return call(path, *arguments, **named)

    return counted


class _File(io.FileIO):
    """A file whose writes are counted; one that is to fail writes half of what it was given."""

    faults: Faults

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        try:
            self.faults.step("write", self.name)
        except OSError:
            super().write(view[: len(view) // 2])
            raise
        return super().write(view)

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")  # else numpy writes past us


def _opener(faults: Faults) -> Callable[..., Any]:
    usual = io.open

    def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+") or isinstance(file, int) or not faults._is_ours(os.fspath(file)):
            return usual(file, mode, *arguments, **named)
        faults.step("open", file)
        raw = _File(file, mode.replace("b", "").replace("t", ""))
        raw.faults = faults
        buffered = io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        names = ("buffering", "encoding", "errors", "newline")
        options = {**dict(zip(names, arguments, strict=False)), **named}
        return io.TextIOWrapper(buffered, options.get("encoding"), options.get("errors"), options.get("newline"))

    return opened


class _Connection(sqlite3.Connection):
    """A connection whose changes are counted; a fault comes as SQLite tells it."""

    faults: Faults

    def execute(self, query: str, *arguments: Any) -> sqlite3.Cursor:
        if query.startswith("INSERT") and "SELECT" not in query:
            self._step(self.faults.step_line)
        elif query.startswith(("INSERT", "ATTACH")):
            self._step(lambda: self.faults.step(query.split(maxsplit=1)[0]))
        return super().execute(query, *arguments)

    def executescript(self, script: str, /) -> sqlite3.Cursor:
        self._step(lambda: self.faults.step("script"))
        return super().executescript(script)

    def commit(self) -> None:
        self._step(lambda: self.faults.step("commit"))
        super().commit()

    def _step(self, step: Callable[[], None]) -> None:
        try:
            step()
        except OSError as fault:
            full = fault.errno == errno.ENOSPC
            error = sqlite3.OperationalError("database or disk is full" if full else "disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL if full else sqlite3.SQLITE_IOERR
            raise error from fault


def _connecter(faults: Faults) -> Callable[..., sqlite3.Connection]:
    usual = sqlite3.connect

    def connect(database: Any, *arguments: Any, **named: Any) -> sqlite3.Connection:
        if "mode=ro" not in str(database):
            faults.step("connect", database)
        connection = usual(database, *arguments, factory=_Connection, **named)
        assert isinstance(connection, _Connection)
        connection.faults = faults
        return connection

    return connect
