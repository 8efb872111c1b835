"""The process that works one document under limits: ``python -m indexer.child``, started by :mod:`indexer.working`.

The job comes as JSON on standard input; the work is left in the job's folder, with ``outcome.json`` written last. What
a hostile file may do to this process ends with it.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import signal
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

OUTCOME = "outcome.json"
_NEAR = 2**16  # bytes that may be missing to the limit of a file when a write is refused: a page of SQLite
STORAGE = 100
"""Added to the ``errno`` in the exit status of a child that could not even write its outcome."""
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl


def main() -> None:
    """Works the document that standard input names."""
    job: dict[str, Any] = json.load(sys.stdin.buffer)
    _die_with(job["parent"])
    _limit(job["limits"])
    folder = Path(job["folder"])
    try:
        outcome = work(job, folder)
    except MemoryError:
        outcome = {"memory": True}
    try:
        (folder / OUTCOME).write_text(json.dumps(outcome), encoding="utf-8")
    except OSError as error:
        sys.exit(STORAGE + (error.errno or errno.EIO))


def work(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Works a document and writes what came of it; gives the outcome for the parent to tell."""
    from indexer.analysis import work_document, write_work  # under the limits, as is all that it loads
    from indexer.catalogue import Entry
    from indexer.documents import Options, RefusedError
    from indexer.errors import DocumentError
    from indexer.reading.limits import MAX_BYTES

    limits = job.get("limits", {})
    try:
        entry, options = Entry(**job["entry"]), Options(**job["options"])
        work = work_document(Path(job["path"]), entry, options, limits.get("content", MAX_BYTES))
    except RefusedError as error:
        return {"refused": str(error)}
    except DocumentError as error:
        return {"failed": str(error)}
    except MemoryError:
        raise
    except Exception as error:  # whatever a library makes of a broken file: one document fails, the others go on
        if sys.flags.dev_mode:
            raise
        return {"broken": f"{type(error).__name__}: {error}"}
    try:
        write_work(work, folder)
    except (sqlite3.OperationalError, OSError) as error:
        return {"storage": _storage_error(error, folder, limits.get("file_size"))}
    return {"counts": work.counts, "notes": list(work.notes)}


def _storage_error(error: sqlite3.OperationalError | OSError, folder: Path, limit: int | None) -> int:
    """The number of the operating system's error; EFBIG where a file has reached the limit, which SQLite hides."""
    largest = max((path.stat().st_size for path in folder.iterdir()), default=0)
    if limit is not None and largest + _NEAR >= limit:
        return errno.EFBIG
    if isinstance(error, sqlite3.OperationalError):
        return errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
    return error.errno or errno.EIO


def _die_with(parent: int) -> None:
    """Asks the kernel to end this process when its parent does; where it cannot, there is the limit of time."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def _limit(limits: dict[str, int]) -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system: there is still the parent's clock
        return
    kinds = {
        "cpu_seconds": resource.RLIMIT_CPU,
        "memory": resource.RLIMIT_AS,
        "file_size": resource.RLIMIT_FSIZE,
        "core": resource.RLIMIT_CORE,
    }
    for name, kind in kinds.items():
        with suppress(ValueError, OSError):  # a lower limit holds already, or the system does not know this one
            soft = limits[name]  # of processor time: a signal that tells its name, before the one that does not
            resource.setrlimit(kind, (soft, soft + 5 if name == "cpu_seconds" else soft))


if __name__ == "__main__":
    main()
