"""Runs peers one after the other, each in its own environment and process; one that fails stops no other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.peers.environments import Environment, Execute, execute, variables
from indexer.errors import KenteSorError, PeerError, StorageError, reason_of

ROOT = Path(__file__).resolve().parents[2]

# Our root goes to the end of the search path: there the peer's own packages come first.
_START = (
    "import runpy, sys; sys.path.append(sys.argv.pop(1)); "
    "runpy.run_module('evaluation.peers.worker', run_name='__main__', alter_sys=True)"
)

Progress = Callable[[str, str], None]
"""Called with a peer and what is being done for it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What every peer is given: paths are absolute, ``depth`` is in passages; ``split`` as in the worker."""

    beir: Path
    output: Path
    encoder: Path
    depth: int
    split: bool = False

    def run_file(self, peer: str) -> Path:
        """Where a peer's run goes; its timings and its log have the same name with .json and .log."""
        return self.output / f"{peer}{'-own-passages' if self.split else ''}.run"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one peer: its run file and record, or the error."""

    peer: str
    run: Path
    record: dict[str, Any]
    error: KenteSorError | None = None


def command(environment: Environment, peer: str, task: Task) -> list[str]:
    """The command line that runs a peer; ``-P`` keeps the folder in which it is started out of the search path."""
    return [
        *(str(environment.python), "-P", "-c", _START, str(ROOT)),
        *(peer, str(task.beir), str(task.run_file(peer))),
        *("--encoder", str(task.encoder), "--depth", str(task.depth)),
        *(("--split",) if task.split else ()),
    ]


def run_peers(
    peers: Sequence[str], task: Task, progress: Progress = lambda *_: None, run: Execute = execute
) -> Iterator[Outcome]:
    """Runs the peers in order and gives what became of each as soon as it is known.

    Args:
        peers: names from :data:`evaluation.peers.engine.PEERS`.
        task: what to do.
        progress: told what is going on.
        run: what executes a command.

    Raises:
        StorageError: the output folder cannot be made.
    """
    try:
        task.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{task.output}: yazılamıyor ({reason_of(error)})") from error
    for peer in peers:
        path = task.run_file(peer)
        try:
            yield Outcome(peer, path, _run_peer(peer, task, progress, run))
        except KenteSorError as error:
            yield Outcome(peer, path, {}, error)


def _run_peer(peer: str, task: Task, progress: Progress, run: Execute) -> dict[str, Any]:
    environment, path = Environment.of(peer), task.run_file(peer)
    record, log = path.with_suffix(".json"), path.with_suffix(".log")
    try:
        for old in (path, record):  # so that nothing of an earlier run passes for this one's
            old.unlink(missing_ok=True)
        with log.open("w", encoding="utf-8") as file:
            if not environment.ready:
                progress(peer, "sanal ortam kuruluyor")
                environment.ensure(file, run)
            progress(peer, "dizin kuruluyor, sorular soruluyor")
            if run(command(environment, peer, task), variables(offline=True), file) != 0:
                raise PeerError("çalışma başarısız oldu")
        figures: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    except PeerError as error:
        raise PeerError(f"{peer}: {error}; {_last_line(log)} Ayrıntı: {log}") from error
    except OSError as error:
        raise StorageError(f"{peer}: {error.filename}: {reason_of(error)}") from error
    return figures


def _last_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1][:300].rstrip(".") + "." if lines else ""
