"""How long a further document takes beside others that are indexed already, against the time of it alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from evaluation.crash.scenarios import copy_index


def adding(index: Path, corpora: Path, document: Path, place: Path, runs: int) -> Iterator[tuple[float, float]]:
    """Gives the seconds of ``kentesor index`` for the document beside the others, and alone, ``runs`` times.

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


def _index(corpora: Path, index: Path) -> float:
    """Seconds that the whole command takes."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "app.cli", "index", "--corpora", str(corpora), "--index", str(index)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun
