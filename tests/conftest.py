"""What the tests share: an engine over the five documents, built once, and a quick encoder for small indexes."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app import cli
from evaluation.gate import fixed_part
from evaluation.running import answer_all
from indexer import child
from indexer.build import build_index
from indexer.encoder import open_encoder
from indexer.working import Children, Done, Job
from qa.engine import Engine

os.environ["NO_COLOR"] = "1"
CORPORA = Path(__file__).parent.parent / "corpora"


class WordEncoder:
    """Bags of hashed words: no model to load, yet like texts are near. For tests of everything but the encoder."""

    name = "test-words"
    dimension = 64

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        if progress:
            progress(len(texts))
        return np.stack([self._vector(text) for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for word in text.lower().split():
            vector[hashlib.sha256(word.encode()).digest()[0] % self.dimension] += 1
        return vector / np.float32(np.linalg.norm(vector))


class InThisProcess(Children):
    """Works documents without child processes, which take a second each to start and see no test's doubles."""

    def run(self, jobs: Sequence[Job]) -> Iterator[Done]:
        for job in jobs:
            fields = {
                "path": str(job.corpora / job.entry.file),
                "entry": {**asdict(job.entry), "given": dict(job.entry.given)},
                "options": asdict(job.options),
            }
            outcome = child.work(json.loads(json.dumps(fields)), job.folder)
            (job.folder / child.OUTCOME).write_text(json.dumps(outcome), encoding="utf-8")
            yield self._done(job, 0)


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
