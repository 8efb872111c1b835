"""Contract: a folder of hostile files is indexed: each is read or ends as one clear line, and the rest goes on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pytest
from hostile_files import SECRET, Hostile, folder_of, hostile_files
from hostile_table import READ, SMALL, shown

from indexer.build import BuildReport, build_index
from indexer.index import Index
from indexer.storing.verification import verify_index
from tests.crash.doubles import WordEncoder

CASES = hostile_files()
PASSWD = "root:"
ROOT = Path(__file__).parent.parent
# In a process of its own: the peak memory of children is told for all that a process ever had.
BUILD = """
import json, resource, sys
from dataclasses import asdict
from pathlib import Path
from tests.crash.doubles import WordEncoder
from indexer.build import build_index
from indexer.working import Limits
report = build_index(Path(sys.argv[1]), Path(sys.argv[2]), WordEncoder(), limits=Limits(**json.loads(sys.argv[3])))
print(json.dumps({"report": asdict(report), "peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}))
"""


def _check(report: BuildReport, index: Path, cases: Sequence[Hostile]) -> None:
    reasons = dict(report.failures)
    assert len(reasons) == len(report.failures), "one line a file"
    wrong = []
    for case in cases:
        said = reasons.get(case.name)
        if case.said is None:
            if said is not None or Path(case.name).stem not in report.documents:
                wrong.append(f"{case.name}: not indexed: {said}")
        elif said is None or not re.search(case.said, said):
            wrong.append(f"{case.name}: {said}")
        elif "\n" in said or len(said) > len(case.name) + 300 or not said.endswith("."):
            wrong.append(f"{case.name}: no clear line: {said}")
    assert not wrong, "\n".join(wrong)
    assert reasons.keys() <= {case.name for case in cases}
    assert {"aa sağlam", "zz sağlam"} <= {*report.documents}
    verify_index(index)
    for document in Index.open(index, WordEncoder()).documents.values():
        assert SECRET not in document.text
        assert PASSWD not in document.text


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 100
    assert len({case.name for case in CASES}) == len(CASES)


def test_the_docs_tell_the_outcome_of_each() -> None:
    told = re.findall(
        r"^\| `(.+?)`( \*)? \| (.+) \|$", (ROOT / "docs/hostile-files.md").read_text("utf-8"), re.MULTILINE
    )
    assert [(name, bool(heavy)) for name, heavy, _ in told] == [(shown(case.name), case.heavy) for case in CASES]
    wrong = [
        f"{case.name}: {line}"
        for case, (_, _, line) in zip(CASES, told, strict=True)
        if (line != READ if case.said is None else not re.search(case.said, line))
    ]
    assert not wrong, "\n".join(wrong)


def test_a_folder_of_hostile_files_is_indexed(tmp_path: Path, words: WordEncoder) -> None:
    cases = [case for case in CASES if not case.heavy]
    index = tmp_path / "dizin"
    report = build_index(folder_of(tmp_path, cases), index, words)
    _check(report, index, cases)
    assert not (tmp_path / "evil").exists()


@pytest.mark.children
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory hold on Linux")
def test_what_takes_too_much_is_ended_by_the_limits_of_its_process(tmp_path: Path) -> None:
    cases = [case for case in CASES if case.heavy]
    index = tmp_path / "dizin"
    command = [sys.executable, "-c", BUILD, str(folder_of(tmp_path, cases)), str(index), json.dumps(asdict(SMALL))]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    _check(BuildReport(**told["report"]), index, cases)
    assert told["peak"] * 1024 < 2 * SMALL.memory
