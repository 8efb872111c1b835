"""The command line of :mod:`tests.crash`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # no threads: this process forks

from indexer.encoder import open_encoder
from tests.crash.adding import adding
from tests.crash.damaging import check_damage, check_structure, damages_at_random, damages_of_small_files
from tests.crash.doubles import InThisProcess, WordEncoder, pictured
from tests.crash.failing import Outcomes, fail_everywhere, fill_disk, write_protect
from tests.crash.killing import kill_at_random
from tests.crash.scenarios import DOCUMENTS, World
from tests.crash.together import readers_through, two_at_once


def main() -> int:
    """Runs one of the proofs; gives the exit status."""
    given = _arguments()
    outcomes = Outcomes()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        if given.proof == "kill":
            world = World(Path(folder) / "world", open_encoder() if given.real else WordEncoder(), given.length)
            moments = kill_at_random(world, given.runs, given.seed, outcomes, real=given.real)
            for name, times in moments.items():
                print(f"{name}: {len(times)} kills, {min(times):.3f} to {max(times):.3f} s after the start")
        elif given.proof == "fail":
            with mock.patch("indexer.build.Children", InThisProcess):
                world = World(Path(folder) / "world", WordEncoder(), given.length)
                for scenario in world.scenarios:
                    total = fail_everywhere(world, scenario, outcomes, given.step)
                    print(f"{scenario.name}: {total} operations")
        elif given.proof == "full":
            world = World(Path(folder) / "world", WordEncoder(), given.length)
            for scenario in world.scenarios:
                write_protect(world, scenario, outcomes)
                fill_disk(world, scenario, outcomes, given.sizes)
        elif given.proof == "damage":
            with mock.patch("indexer.build.Children", InThisProcess), pictured():
                world = World(Path(folder) / "world", WordEncoder(), given.length)
                _damage(world, given, outcomes)
        elif given.proof == "together":
            world = World(Path(folder) / "world", WordEncoder(), given.length)
            two_at_once(world, Path(folder), outcomes, given.runs, given.seed)
            with mock.patch("indexer.build.Children", InThisProcess):
                reading = readers_through(world, Path(folder) / "readers", given.switches)
            print("; ".join(f"{name}: {count} times" for name, count in reading.asked.items()))
            outcomes.broken += reading.wrong
        elif given.proof == "adding":
            print("load  five + one     one alone      more (seconds by the clock / of a processor)")
            for added, alone in adding(given.index, given.corpora, given.document, Path(folder), given.runs):
                both = f"{added.clock:6.1f} / {added.processor:4.1f}  {alone.clock:6.1f} / {alone.processor:4.1f}"
                more = f"{added.clock - alone.clock:+6.1f} / {added.processor - alone.processor:+.1f}"
                print(f"{os.getloadavg()[0]:4.1f}  {both}  {more}", flush=True)
    for name, count in sorted(outcomes.counts.items()):
        print(f"{count:5}  {name}")
    for line in outcomes.broken:
        print(f"BROKEN  {line}")
    print(f"{sum(outcomes.counts.values())} held, {len(outcomes.broken)} broken; {time.monotonic() - began:.0f} s")
    return 1 if outcomes.broken else 0


def _damage(world: World, given: argparse.Namespace, outcomes: Outcomes) -> None:
    index = world.updated
    expected = world.state(index)
    assert expected is not None
    for damage in damages_at_random(index, given.places, given.seed):
        check_damage(world, index, damage, expected, outcomes)
    if given.small:
        for damage in damages_of_small_files(index, given.small):
            check_damage(world, index, damage, expected, outcomes)
    check_structure(world, index, world.folder, expected, outcomes)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--length", type=float, default=1.0, help="how much of the documents is taken (1: 5,000 signs)")
    proofs = parser.add_subparsers(dest="proof", required=True)
    kill = proofs.add_parser("kill", help="kill -9 at random moments")
    kill.add_argument("--runs", type=int, default=100)
    kill.add_argument("--seed", type=int, default=7)
    kill.add_argument("--real", action="store_true", help="new processes with the real encoder")
    fail = proofs.add_parser("fail", help="every write, flush, rename and unlink fails")
    fail.add_argument("--step", type=int, default=1, help="only every so many operations")
    full = proofs.add_parser("full", help="full disks (as root)")
    full.add_argument("--sizes", type=int, default=20)
    damage = proofs.add_parser("damage", help="files flipped, cut, exchanged")
    damage.add_argument("--places", type=int, default=500)
    damage.add_argument("--seed", type=int, default=7)
    damage.add_argument("--small", type=int, default=1, help="every so many bytes of small files; 0 for none of them")
    together = proofs.add_parser("together", help="two indexings at once; readers through many generations")
    together.add_argument("--runs", type=int, default=10)
    together.add_argument("--seed", type=int, default=7)
    together.add_argument("--switches", type=int, default=20)
    more = proofs.add_parser("adding", help="a further document in an index of five, against it alone")
    more.add_argument("--runs", type=int, default=3)
    more.add_argument("--index", type=Path, required=True, help="an index of --corpora; brought up to date first")
    more.add_argument("--corpora", type=Path, default=Path("corpora"))
    more.add_argument("--document", type=Path, default=DOCUMENTS / "unseen_fifth" / "trabzon-2023-performans.txt")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
