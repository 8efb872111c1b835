"""What the tests share: an engine over the five documents, built once, and a quick encoder for small indexes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from app import cli
from evaluation.gate import fixed_part
from evaluation.running import answer_all
from indexer.build import build_index
from indexer.encoder import open_encoder
from indexer.working import Children
from qa.engine import Engine
from tests.crash.doubles import InThisProcess, WordEncoder

os.environ["NO_COLOR"] = "1"
CORPORA = Path(__file__).parent.parent / "corpora"

# The suite tries the same examples on every machine; ``pytest -m hypothesis --hypothesis-profile hunt`` looks for new.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("hunt", max_examples=3000, deadline=None)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def no_children(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are worked in this process, but for tests marked ``children``."""
    if request.node.get_closest_marker("children") is None:
        monkeypatch.setattr("indexer.build.Children", InThisProcess)


@pytest.fixture
def in_this_process() -> type[Children]:
    return InThisProcess


@pytest.fixture(scope="session")
def words() -> WordEncoder:
    return WordEncoder()


@pytest.fixture(scope="session")
def corpora() -> Path:
    return CORPORA


@pytest.fixture(scope="session")
def city_index(pytestconfig: pytest.Config) -> Path:
    """The index of the five documents; pytest's cache keeps it, so only what changed is worked again."""
    folder = Path(str(pytestconfig.cache.mkdir("kentesor-index"))) if pytestconfig.cache else Path("index")
    build_index(CORPORA, folder, open_encoder())
    return folder


@pytest.fixture(scope="session")
def engine(city_index: Path) -> Engine:
    return Engine.open(city_index)


@pytest.fixture(scope="session")
def gate_answers(engine: Engine) -> dict[str, dict[str, Any]]:
    """The answers to the fixed part of the questions that the gate guards."""
    return answer_all(engine, fixed_part())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs the command line in this process; gives (exit status, standard output, standard error)."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kentesor", *map(str, arguments)])
        try:
            cli.main()
            status = 0
        except SystemExit as stop:
            status = int(stop.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run
