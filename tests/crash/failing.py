"""Every operation that changes the disk fails in turn, and ends the process in turn; and disks are full in earnest."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import KenteSorError
from indexer.storing.verification import verify_index
from tests.crash.faults import KILL, Faults, disturbed
from tests.crash.scenarios import BrokenPromiseError, Scenario, World, copy_index

_ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS)


@dataclass(slots=True)
class Outcomes:
    """What came of disturbances: how often what, and every promise that broke."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def operations(world: World, scenario: Scenario, place: Path) -> int:
    """How many operations the undisturbed command has."""
    index = world.begin(scenario, place)
    faults = Faults(0, 0, index)
    with disturbed(faults):
        scenario.call(index, world.encoder)
    return faults.count


def fail_everywhere(world: World, scenario: Scenario, outcomes: Outcomes, step: int = 1) -> int:
    """Fails each ``step``-th operation of a command: once, for good, and by the end of the process; gives how many."""
    with tempfile.TemporaryDirectory() as folder:
        total = operations(world, scenario, Path(folder) / "all")
        for number in range(1, total + 1, step):
            for turn, way in enumerate(("once", "for good", "killed")):
                error = KILL if way == "killed" else _ERRORS[(number + turn) % len(_ERRORS)]
                place = Path(folder) / f"{number}-{turn}"
                fail(world, scenario, place, number, error, outcomes, lasting=way == "for good")
                shutil.rmtree(place)
    return total


def fail(
    world: World,
    scenario: Scenario,
    place: Path,
    number: int,
    error: int,
    outcomes: Outcomes,
    *,
    lasting: bool = False,
) -> None:
    """Fails one operation of a command, and checks what is left in ``place``."""
    index = world.begin(scenario, place)
    faults = Faults(number, error, index, lasting=lasting)
    try:
        if error == KILL:
            _in_child(lambda: _call(world, scenario, index, faults))
            told = "killed"
        else:
            told = _call(world, scenario, index, faults)
        which = world.check_survived(scenario, index)
        world.check_goes_on(scenario, index)
        if told == "done" and which == "before":
            raise BrokenPromiseError("it says that it is done, and nothing has changed")
        outcomes.counts[f"{scenario.name}: {told}, {which}"] += 1
    except BrokenPromiseError as broken:
        name = "kill" if error == KILL else errno.errorcode[error]
        way = " for good" if lasting else ""
        outcomes.broken.append(f"{scenario.name}, operation {number} ({faults.hit}), {name}{way}: {broken}")


def _call(world: World, scenario: Scenario, index: Path, faults: Faults) -> str:
    try:
        with disturbed(faults):
            scenario.call(index, world.encoder)
    except KenteSorError as error:
        if "\n" in str(error):
            raise BrokenPromiseError(f"more than one line: {error}") from error
        return "refused"
    except Exception as error:
        raise BrokenPromiseError(f"{type(error).__name__}: {error}") from error
    return "done"


def _in_child(call: Callable[[], object]) -> None:
    child = os.fork()
    if child == 0:
        try:
            call()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def fill_disk(world: World, scenario: Scenario, outcomes: Outcomes, sizes: int = 20) -> None:
    """Runs the real command, with its child processes, on disks that are full after less and more of its work.

    Only root may mount; the next ``index`` runs after room was made.
    """
    with tempfile.TemporaryDirectory() as folder:
        index = world.begin(scenario, Path(folder) / "whole")
        start = _size(index)
        scenario.call(index, world.encoder)
        need = max(_size(index), start) + 2**20
        for number in range(sizes):
            size = start + (need - start) * number // sizes
            with _disk(Path(folder) / f"disk-{number}", size) as place:
                _on_full_disk(world, scenario, place, need * 4, outcomes)


def _on_full_disk(world: World, scenario: Scenario, place: Path, room: int, outcomes: Outcomes) -> None:
    if scenario.start is not None:
        copy_index(scenario.start, place / "index")
    index = place / "index"
    run = _run(scenario, index)
    try:
        _check_told(run)
        which = world.check_survived(scenario, index)
        if run.returncode == 0 and which != "after":
            raise BrokenPromiseError(f"it says that it is done: {run.stdout}")
        subprocess.run(["mount", "-o", f"remount,size={room}", str(place)], check=True)
        world.check_goes_on(scenario, index)
        outcomes.counts[f"{scenario.name}: {'refused' if run.returncode else 'done'}, {which}"] += 1
    except BrokenPromiseError as broken:
        outcomes.broken.append(f"{scenario.name} on a full disk: {broken} | {run.stdout}{run.stderr}")


def write_protect(world: World, scenario: Scenario, outcomes: Outcomes) -> None:
    """Runs the real command on an index that can only be read; as root, by a mount that is read-only."""
    with tempfile.TemporaryDirectory() as folder, _disk(Path(folder) / "disk", 2**28) as place:
        world_start = scenario.start or world.index
        index = place / "index"
        copy_index(world_start, index)
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        run = _run(scenario, index)
        try:
            _check_told(run)
            if not run.returncode or world.state(index) != world.state(world_start):
                raise BrokenPromiseError("changed all the same")
            verify_index(index)
            outcomes.counts[f"{scenario.name}, read-only: refused, before"] += 1
        except (BrokenPromiseError, KenteSorError) as broken:
            outcomes.broken.append(f"{scenario.name}, read-only: {broken} | {run.stdout}{run.stderr}")


def _run(scenario: Scenario, index: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.crash.command", *scenario.arguments, "--index", str(index)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _check_told(run: subprocess.CompletedProcess[str]) -> None:
    told = run.stderr.strip()
    if run.returncode and (not told.startswith("kentesor: ") or "\n" in told or "kusur" in told):
        raise BrokenPromiseError(f"status {run.returncode}: {told}")


@contextmanager
def _disk(place: Path, size: int) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={max(size, 4096)}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        gc.collect()  # an engine that nobody holds any more may still hold its file open
        subprocess.run(["umount", str(place)], check=True)


def _size(folder: Path) -> int:
    """Bytes that a folder's files take in pages of 4096; two names of one file count once."""
    if not folder.is_dir():
        return 0
    found = {(state.st_ino): state.st_size for path in folder.rglob("*") if (state := path.stat())}
    return sum(-(-size // 4096) * 4096 for size in found.values())
