"""How long a further document takes beside others that are indexed already, against the time of it alone."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.crash.scenarios import copy_index


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of a whole command: by the clock, and of a processor, which other programs disturb less."""

    clock: float
    processor: float


def adding(index: Path, corpora: Path, document: Path, place: Path, runs: int) -> Iterator[tuple[Times, Times]]:
    """Gives the times of ``kentesor index`` for the document beside the others, and alone, ``runs`` times.

    Args:
        index: of the others; brought up to date before.
        corpora: the others.
        document: the one that is added.
        place: an empty folder.
        runs: how often.
    """
    _index(corpora, index)
    more, alone = place / "more", place / "alone"
    shutil.copytree(corpora, more)
    alone.mkdir()
    for folder in (more, alone):
        shutil.copyfile(document, folder / document.name)
    for run in range(runs):
        copy = place / f"five-{run}"
        copy_index(index, copy)
        yield _index(more, copy), _index(alone, place / f"one-{run}")


def _index(corpora: Path, index: Path) -> Times:
    begun, before = time.monotonic(), _processor()
    command = [sys.executable, "-m", "app.cli", "index", "--corpora", str(corpora), "--index", str(index)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return Times(time.monotonic() - begun, _processor() - before)


def _processor() -> float:
    """Seconds that the processes that this one has started, and theirs, have had of a processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
