"""Works documents in child processes under limits of time and memory, as many at once as there are processors."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from indexer.catalogue import Entry
from indexer.child import OUTCOME, STORAGE
from indexer.documents import Options
from indexer.errors import DocumentError
from indexer.reading.limits import MAX_BYTES

_COMMAND = (sys.executable, "-P", "-m", "indexer.child")  # -P: no module from the folder that we are called in
_ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Limits:
    """What the work on one document may take.

    Attributes:
        seconds: by the clock.
        cpu_seconds: of a processor.
        memory: bytes of address space.
        file_size: bytes of each file that is written.
        content: bytes of the document's own file.
    """

    seconds: int = 900
    cpu_seconds: int = 600
    memory: int = 4 * 2**30
    file_size: int = 2 * 2**30
    content: int = MAX_BYTES


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Job:
    """A document to work: the folder of documents, its entry, and the empty folder that the work goes to."""

    corpora: Path
    entry: Entry
    options: Options
    folder: Path


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: counts and notes, or why there are none.

    ``final`` says that it would fail again: the reader refuses the file.
    """

    job: Job
    counts: Mapping[str, int]
    notes: Sequence[str] = ()
    failure: str | None = None
    final: bool = False


class Children:
    """Runs jobs in child processes; leaving the ``with`` block ends those that still run.

    Args:
        limits: what one document may take.
        command: what is run; a job comes to it as :mod:`indexer.child` says.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS, command: Sequence[str] = _COMMAND) -> None:
        self._limits = limits
        self._command = tuple(command)
        self._pool = ThreadPoolExecutor(_processors(), thread_name_prefix="child")
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._closed = True
            for child in self._running:
                _kill(child)
        self._pool.shutdown(cancel_futures=True)

    def run(self, jobs: Sequence[Job]) -> Iterator[Done]:
        """Runs jobs and gives what came of each as it is done.

        Raises:
            OSError: the work could not be written, as the child told.
        """
        pending: set[Future[Done]] = {self._pool.submit(self._run, job) for job in jobs}
        while pending:
            finished, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in finished)

    def _run(self, job: Job) -> Done:
        fields = {
            "path": str(job.corpora / job.entry.file),
            "entry": {**asdict(job.entry), "given": dict(job.entry.given)},
            "options": asdict(job.options),
            "folder": str(job.folder),
            "limits": {**asdict(self._limits), "core": 0},
            "parent": os.getpid(),
        }
        child = self._start()
        try:
            child.communicate(json.dumps(fields).encode(), timeout=self._limits.seconds)
        except subprocess.TimeoutExpired:
            _kill(child)
            child.communicate()
            return self._failed(job, _too_slow(self._limits.seconds))
        finally:
            with self._lock:
                self._running.discard(child)
        return self._done(job, child.returncode)

    def _start(self) -> subprocess.Popen[bytes]:
        # One thread a child, as there is a child for every processor; each library's threads also reserve memory.
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
        with self._lock:
            if self._closed:
                raise RuntimeError("closed")
            child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=None if sys.flags.dev_mode else subprocess.DEVNULL,
                env={**os.environ, **threads, "PYTHONPATH": path},
                start_new_session=True,  # so that it can be ended with all that it started
            )
            self._running.add(child)
        return child

    def _done(self, job: Job, status: int) -> Done:
        try:
            outcome: dict[str, Any] = json.loads((job.folder / OUTCOME).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            if status > STORAGE:
                raise OSError(status - STORAGE, os.strerror(status - STORAGE)) from None
            return self._failed(job, self._died(status))
        (job.folder / OUTCOME).unlink()  # should the disk refuse, it is no fault of the document
        if "storage" in outcome:
            number = int(outcome["storage"])
            if number == errno.EFBIG:
                return self._failed(job, "belgeden çıkanlar dosya sınırını aşıyor; belgeyi bölerek verin.")
            raise OSError(number, os.strerror(number))
        if "refused" in outcome:
            return self._failed(job, outcome["refused"], final=True)
        if "failed" in outcome:
            return self._failed(job, outcome["failed"])
        if "memory" in outcome:
            return self._failed(job, self._too_large())
        if "broken" in outcome:
            return self._failed(job, f"beklenmeyen bir hata oluştu ({outcome['broken']}); dosya bozuk olabilir.")
        return Done(job, outcome["counts"], outcome["notes"])

    def _failed(self, job: Job, reason: str, *, final: bool = False) -> Done:
        line = " ".join(reason.split())
        file = job.entry.file
        return Done(job, {}, (), str(DocumentError(line if file in line else f"{file}: {line}")), final)

    def _died(self, status: int) -> str:
        if status == -signal.SIGXCPU:
            return _too_slow(self._limits.cpu_seconds)
        if status == -signal.SIGKILL:  # by the kernel, short of memory or past the limit of processor time
            return f"işlenirken sistemce durduruldu; {self._too_large()}"
        name = signal.Signals(-status).name if status < 0 else f"durum {status}"
        return f"belgeyi işleyen süreç çöktü ({name}); dosya bozuk olabilir, başka bir programla açıp yeniden kaydedin."

    def _too_large(self) -> str:
        return f"işlemek için ayrılan bellek ({self._limits.memory // 2**20} MiB) yetmedi; belgeyi bölerek verin."


def _too_slow(seconds: int) -> str:
    return f"{seconds} saniyede işlenemedi; dosya bozuk ya da çok karmaşık olabilir, bölerek verin."


def _kill(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        child.kill()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
