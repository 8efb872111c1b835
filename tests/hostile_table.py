"""Makes docs/hostile-files.md: indexes every hostile file and tells what became of each.

To write it anew: ``PYTHONPATH=. python tests/hostile_table.py > docs/hostile-files.md`` (some minutes; Linux).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

from hostile_files import Hostile, folder_of, hostile_files

from indexer.build import BuildReport, build_index
from indexer.working import Limits
from tests.crash.doubles import InThisProcess, WordEncoder

SMALL = Limits(seconds=120, cpu_seconds=15, memory=3 * 2**29)
READ = "okundu"
_HEAD = f"""\
# Hostile files

Made from `tests/hostile_files.py` by `PYTHONPATH=. python tests/hostile_table.py > docs/hostile-files.md`; tests
compare both with what happens.

All {{count}} files lie in a folder with healthy ones, which are indexed each time. {{read}} are read ("{READ}": their
text, and nothing that is not to be read), each of the others ends as the one line that is shown. Those with an
asterisk are ended by the limits of their process, here {SMALL.cpu_seconds} seconds of a processor, {SMALL.seconds} by
the clock and {SMALL.memory // 2**20} MiB (see [settings.md](settings.md)); which of them ends one depends on the
machine. Signs that cannot be printed stand as `\\uXXXX`.

| file | outcome |
|---|---|
"""


def shown(name: str) -> str:
    """A file name as the table has it."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in name).replace("|", "\\|")


def outcomes_of(report: BuildReport, cases: Sequence[Hostile]) -> Iterator[tuple[Hostile, str]]:
    """Each file with its line; :data:`READ` where it is indexed."""
    reasons = dict(report.failures)
    for case in cases:
        line = reasons.get(case.name, READ)
        yield case, line.removeprefix(f"{case.name}: ")


def table(outcomes: Sequence[tuple[Hostile, str]]) -> str:
    """The text of docs/hostile-files.md."""
    rows = "".join(f"| `{shown(case.name)}`{' *' if case.heavy else ''} | {shown(line)} |\n" for case, line in outcomes)
    return _HEAD.format(count=len(outcomes), read=sum(line == READ for _, line in outcomes)) + rows


def _indexed(place: Path, cases: Sequence[Hostile]) -> Iterator[tuple[Hostile, str]]:
    documents = folder_of(place, cases)
    yield from outcomes_of(build_index(documents, place / "dizin", WordEncoder(), limits=SMALL), cases)


def main() -> None:
    """Prints the table."""
    cases = hostile_files()
    with tempfile.TemporaryDirectory() as place:
        heavy = dict(_indexed(Path(place) / "heavy", [case for case in cases if case.heavy]))
        with mock.patch("indexer.build.Children", InThisProcess):
            light = dict(_indexed(Path(place) / "light", [case for case in cases if not case.heavy]))
    outcomes = heavy | light
    sys.stdout.write(table([(case, outcomes[case]) for case in cases]))


if __name__ == "__main__":
    main()
