"""The command line of :mod:`evaluation.crash`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # no threads: this process forks

from evaluation.crash.doubles import InThisProcess, WordEncoder
from evaluation.crash.failing import Outcomes, fail_everywhere, fill_disk
from evaluation.crash.killing import kill_at_random
from evaluation.crash.scenarios import World
from indexer.encoder import open_encoder


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
                fill_disk(world, scenario, outcomes, given.sizes)
    for name, count in sorted(outcomes.counts.items()):
        print(f"{count:5}  {name}")
    for line in outcomes.broken:
        print(f"BROKEN  {line}")
    print(f"{sum(outcomes.counts.values())} held, {len(outcomes.broken)} broken; {time.monotonic() - began:.0f} s")
    return 1 if outcomes.broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.crash")
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
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
