"""Two indexings at once, and readers who go on asking while one generation after another is switched in."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.live import LiveEngine
from indexer.build import build_index
from indexer.errors import KenteSorError
from indexer.storing.generations import current_generation
from indexer.storing.verification import verify_index
from qa.engine import Engine
from tests.crash.failing import Outcomes
from tests.crash.scenarios import BrokenPromiseError, World, check_tidy, copy_index

_ASKED = 2  # of the fixed questions, such that tell the states apart


def two_at_once(world: World, place: Path, outcomes: Outcomes, runs: int, seed: int) -> None:
    """Starts two indexings of the same folder in two processes, some moments apart, ``runs`` times.

    One takes other documents than the other; each must either do its work or be refused with one line.
    """
    chance = random.Random(seed)
    allowed = {world.state(world.index), world.state(world.updated)}
    for number in range(runs):
        index = place / f"two-{number}" / "index"
        index.parent.mkdir(parents=True)
        processes = [_start(corpora, index) for corpora in (world.before, world.after)]
        try:
            told = [_end(process) for process in chance.sample(processes, 2)]
            if "done" not in told:
                raise BrokenPromiseError("both were refused")
            if world.state(index) not in allowed or verify_index(index).left_over:
                raise BrokenPromiseError("the index is neither that of the one nor that of the other")
            build_index(world.after, index, world.encoder)
            verify_index(index)
            check_tidy(index)
            outcomes.counts[f"two at once: {' and '.join(sorted(told))}"] += 1
        except (BrokenPromiseError, KenteSorError) as broken:
            outcomes.broken.append(f"two at once, run {number}: {broken}")


def _start(corpora: Path, index: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.crash.command", "index", "--corpora", str(corpora)]
    pipe = subprocess.PIPE
    return subprocess.Popen([*command, "--index", str(index)], stdout=pipe, stderr=pipe, text=True)


def _end(process: subprocess.Popen[str]) -> str:
    _, told = process.communicate()
    if process.returncode == 0:
        return "done"
    if process.returncode == 1 and "başka bir süreç" in told and told.count("\n") == 1:
        return "refused"
    raise BrokenPromiseError(f"status {process.returncode}: {told}")


@dataclass(slots=True)
class Reading:
    """What the readers saw: questions that each asked, and what was wrong."""

    asked: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def readers_through(world: World, place: Path, switches: int) -> Reading:
    """Switches ``switches`` generations in while four readers ask on without a pause.

    One holds the engine that it opened at first, one asks as the web app does, one opens the index anew for each
    question as the command line does, and one verifies. After each switch the web app's next engine is asked.
    """
    index = place / "index"
    place.mkdir(parents=True, exist_ok=True)
    copy_index(world.index, index)
    states = {world.answers(Engine.open(one, world.encoder), _ASKED) for one in (world.index, world.updated)}
    held, live = Engine.open(index, world.encoder), _live(world, index)
    first, tables = world.answers(held, _ASKED), _tables(held)
    reading, stop = Reading(), threading.Event()

    def hold() -> None:
        if world.answers(held, _ASKED) != first or _tables(held) != tables:
            raise BrokenPromiseError("another answer from the same engine")

    def ask_live() -> None:
        if world.answers(live.current(), _ASKED) not in states:
            raise BrokenPromiseError("neither of the two states")

    def open_anew() -> None:
        if world.answers(Engine.open(index, world.encoder), _ASKED) not in states:
            raise BrokenPromiseError("neither of the two states")

    acts: dict[str, Callable[[], object]] = {
        "holds on": hold,
        "web app": ask_live,
        "opens anew": open_anew,
        "verifies": lambda: verify_index(index),
    }
    threads = [threading.Thread(target=_repeat, args=(name, act, reading, stop)) for name, act in acts.items()]
    for thread in threads:
        thread.start()
    for number in range(switches):
        build_index((world.after, world.before)[number % 2], index, world.encoder)
        live.current()
        live.wait()
        if live.current().index.generation != current_generation(index):
            reading.wrong.append(f"switch {number}: the web app does not see it at its next question")
    stop.set()
    for thread in threads:
        thread.join()
    if len([*(index / "generations").iterdir()]) > 2 or held.index.generation.exists():
        reading.wrong.append("old generations were not pruned")
    return reading


def _live(world: World, index: Path) -> LiveEngine:
    live = LiveEngine(index, lambda folder: Engine.open(folder, world.encoder))
    live.current()
    return live


def _tables(engine: Engine) -> list[object]:
    return [engine.index.tables(document) for document in engine.index.documents]


def _repeat(name: str, act: Callable[[], object], reading: Reading, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            act()
        except Exception as error:
            reading.wrong.append(f"{name}: {type(error).__name__}: {error}")
        reading.asked[name] = reading.asked.get(name, 0) + 1
