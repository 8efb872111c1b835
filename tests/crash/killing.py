"""``kill -9`` at random moments of the real commands, with their child processes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.crash import command
from tests.crash.failing import Outcomes
from tests.crash.scenarios import BrokenPromiseError, Scenario, World

_MARK = "KENTESOR_CRASH"
_PATIENCE = 5.0  # seconds that children may take to die with their parent


def kill_at_random(
    world: World, runs: int, seed: int, outcomes: Outcomes, *, real: bool = False
) -> dict[str, list[float]]:
    """Kills the commands of all scenarios in turn, ``runs`` times in all, each time at another moment.

    Args:
        world: of the same encoder as the commands'.
        runs: how many kills; a command that ends before it is killed does not count and is run again.
        seed: of the moments.
        outcomes: what came of each.
        real: each command is a new process with the real encoder, else a fork of this one with that of words.

    Returns:
        The moments by scenario, in seconds from the start.
    """
    chance = random.Random(seed)
    moments: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        lasts = {one.name: _undisturbed(world, one, Path(folder) / one.name, real=real) for one in world.scenarios}
        kills = trial = 0
        while kills < runs and trial < 10 * runs:
            scenario = world.scenarios[trial % len(world.scenarios)]
            first, last = lasts[scenario.name]
            moment = chance.uniform(first, last)
            place = Path(folder) / f"trial-{trial}"
            trial += 1
            if _kill_once(world, scenario, place, moment, outcomes, real=real):
                kills += 1
                moments.setdefault(scenario.name, []).append(moment)
            shutil.rmtree(place)
    return moments


def _undisturbed(world: World, scenario: Scenario, place: Path, *, real: bool) -> tuple[float, float]:
    """When the command begins to work on its folder, and when it ends, in seconds from the start."""
    index = world.begin(scenario, place)
    lock = index / "build.lock"
    lock.unlink(missing_ok=True)
    start = time.monotonic()
    process = _start(scenario, index, place, uuid.uuid4().hex, real=real)
    began = None
    while os.waitpid(process, os.WNOHANG) == (0, 0):
        if began is None and lock.exists():
            began = time.monotonic() - start
        time.sleep(0.001)
    return (0.9 * began if began else 0.0), time.monotonic() - start


def _kill_once(world: World, scenario: Scenario, place: Path, moment: float, outcomes: Outcomes, *, real: bool) -> bool:
    index = world.begin(scenario, place)
    mark = uuid.uuid4().hex
    process = _start(scenario, index, place, mark, real=real)
    time.sleep(moment)
    if os.waitpid(process, os.WNOHANG) != (0, 0):
        return False
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    try:
        _await_end(mark)
        which = world.check_survived(scenario, index)
        stage = _stage(index)
        world.check_goes_on(scenario, index)
        outcomes.counts[f"{scenario.name}: {which} ({stage})"] += 1
    except BrokenPromiseError as broken:
        outcomes.broken.append(f"{scenario.name}, killed after {moment:.3f} s: {broken}")
    return True


def _stage(index: Path) -> str:
    """What the killed process has left, as a hint to what it was doing."""
    names = [path.name for path in index.rglob("*") if path.is_dir()] if index.is_dir() else []
    if any(name.startswith("removed-") for name in names):
        return "while removing"
    parts = any((index / "parts").glob("building-*"))
    merged = any((index / "generations").glob("building-*"))
    return "while working documents" if parts else "while merging" if merged else "nothing under way"


def _start(scenario: Scenario, index: Path, place: Path, mark: str, *, real: bool) -> int:
    arguments = [*scenario.arguments, "--index", str(index)]
    temporary = place / "tmp"
    temporary.mkdir()
    environment = {_MARK: mark, "TMPDIR": str(temporary)}
    if real:
        started = [sys.executable, "-m", "app.cli", *arguments]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(started, env={**os.environ, **environment}, stdout=quiet, stderr=quiet).pid
    return _fork(arguments, environment)


def _fork(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs the command line in a fork of this process, which has imported everything already."""
    child = os.fork()
    if child:
        return child
    os.environ.update(environment)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    sys.argv = ["kentesor", *arguments]
    try:
        command.main()
    finally:
        os._exit(0)


def _await_end(mark: str) -> None:
    """Waits until no process of the killed command is left.

    Raises:
        BrokenPromiseError: one lives on.
    """
    end = time.monotonic() + _PATIENCE
    while left := [path.parent.name for path in Path("/proc").glob("[0-9]*/environ") if _bears(path, mark)]:
        if time.monotonic() > end:
            raise BrokenPromiseError(f"processes live on: {', '.join(left)}")
        time.sleep(0.02)


def _bears(environment: Path, mark: str) -> bool:
    try:
        return f"{_MARK}={mark}".encode() in environment.read_bytes()
    except OSError:
        return False
