"""A long-running server: it starts without an index, goes on while one is rebuilt, and takes the new one over."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.live import LiveEngine, State
from app.observing import observed
from indexer.build import build_index
from indexer.encoder import Encoder
from indexer.errors import IndexDamagedError, IndexMissingError
from qa.engine import Engine
from qa.warming import warming


class Opener:
    """Opens an engine of no index; each one is another object."""

    def __init__(self) -> None:
        self.opened: list[Engine] = []
        self.error: Exception | None = None

    def __call__(self, folder: Path) -> Engine:
        if self.error is not None:
            raise self.error
        assert folder.is_dir()
        self.opened.append(object.__new__(Engine))
        return self.opened[-1]


def publish(folder: Path, number: int) -> None:
    (folder / "generations" / f"{number:06d}").mkdir(parents=True)
    (folder / "CURRENT").write_text(f"{number:06d}\n", encoding="ascii")


def test_an_index_that_appears_is_opened_at_the_next_question(tmp_path: Path) -> None:
    live = LiveEngine(tmp_path, Opener())
    with pytest.raises(IndexMissingError, match="kentesor index"):
        live.current()
    publish(tmp_path, 1)
    assert live.current() is live.current()


def test_a_rebuilt_index_is_taken_over_and_the_old_one_answers_until_then(tmp_path: Path) -> None:
    opener = Opener()
    live = LiveEngine(tmp_path, opener)
    publish(tmp_path, 1)
    first = live.current()
    publish(tmp_path, 2)
    assert live.current() is first
    live.wait()
    assert live.current() is opener.opened[1]
    assert len(opener.opened) == 2


def test_a_new_index_that_cannot_be_opened_leaves_the_old_one_in_use(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    opener = Opener()
    live = LiveEngine(tmp_path, opener)
    publish(tmp_path, 1)
    first = live.current()
    publish(tmp_path, 2)
    opener.error = IndexDamagedError("vectors.faiss: dosya bozulmuş")
    live.current()
    live.wait()
    assert live.current() is first
    assert "vectors.faiss" in caplog.text
    opener.error = None
    publish(tmp_path, 3)
    live.current()
    live.wait()
    assert live.current() is opener.opened[-1] is not first


def test_one_model_serves_every_generation(tmp_path: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    monkeypatch.setattr("indexer.index.open_encoder", lambda: loaded.append(words) or words)
    corpora, index = tmp_path / "belgeler", tmp_path / "dizin"
    corpora.mkdir()
    live = LiveEngine(index, observed())
    for name in ("bir", "iki"):
        (corpora / f"{name}.txt").write_text(f"Örnek Belediyesi {name} ağaç dikti.\n", encoding="utf-8")
        build_index(corpora, index, words)
        live.current()
        live.wait()
    assert list(live.current().index.documents) == ["bir", "iki"] and len(loaded) == 1


def test_each_engine_is_warmed_once_and_only_while_nobody_asks(tmp_path: Path) -> None:
    now, warmed, may_go_on = 0.0, [], threading.Event()

    def warm(engine: Engine) -> Iterator[None]:
        warmed.append(engine)
        yield
        assert may_go_on.wait(60)

    def clock() -> float:
        nonlocal now
        now += 100.0  # nobody has asked for long, whenever one looks
        return now

    live = LiveEngine(tmp_path, Opener(), clock, warm)
    with pytest.raises(IndexMissingError):
        live.state()
    publish(tmp_path, 1)
    first = live.current()
    assert live.current() is first
    assert live.state() == State("000001", is_warm=False)
    may_go_on.set()
    live.wait()
    assert live.state() == State("000001", is_warm=True)
    publish(tmp_path, 2)
    live.current()
    live.wait()
    assert live.state() == State("000002", is_warm=True)
    assert warmed == [first, live.current()] and warmed[0] is not warmed[1]


def test_an_engine_that_cannot_be_warmed_answers_all_the_same(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def warm(_: Engine) -> Iterator[None]:
        raise ValueError("no words")

    publish(tmp_path, 1)
    live = LiveEngine(tmp_path, Opener(), warm=warm)
    engine = live.current()
    live.wait()
    assert live.current() is engine and live.state().is_warm and "no words" in caplog.text


def test_warming_reads_what_questions_to_each_document_need(engine: Engine) -> None:
    steps = sum(1 for _ in warming(engine))
    assert steps and steps % len(engine.sources()) == 0
