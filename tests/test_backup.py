"""Saving and restoring an index as docs/operations.md says, while it is being built and after it was damaged."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from indexer.build import build_index
from indexer.encoder import Encoder
from indexer.index import Index
from indexer.storing.generations import current_generation

GUIDE = (Path(__file__).parent.parent / "docs" / "operations.md").read_text(encoding="utf-8")
TEXT = "{} BELEDİYESİ\n\n2024 YILI PERFORMANS PROGRAMI\n\nBelediyemiz 2024 yılında {} park yapacaktır.\n"

pytestmark = pytest.mark.skipif(shutil.which("flock") is None, reason="flock is a part of util-linux")


class PausingEncoder:
    """Waits, once it is asked for vectors, until it may go on: a build is under way then."""

    def __init__(self, words: Encoder) -> None:
        self.name, self.dimension = words.name, words.dimension
        self.is_building, self.may_go_on = threading.Event(), threading.Event()
        self._words = words

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Any:
        self.is_building.set()
        assert self.may_go_on.wait(120)
        return self._words.encode_passages(texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> Any:
        return self._words.encode_queries(texts)


def guide_block(beginning: str) -> str:
    """The commands of the guide that begin so; ``verify`` is left to the test, which needs no process for it."""
    [block] = re.findall(rf"```sh\n({re.escape(beginning)}.*?)```", GUIDE, re.DOTALL)
    assert 'kentesor verify --index "$' in block
    return f"set -e\n{re.sub(r'^kentesor .*$', '', block, flags=re.MULTILINE)}"


def shell(commands: str, index: Path, backup: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["bash", "-c", commands], env={**os.environ, "INDEX": str(index), "BACKUP": str(backup)})


def test_a_backup_waits_for_a_build_and_brings_the_index_back(run, tmp_path: Path, words: Encoder) -> None:  # type: ignore[no-untyped-def]
    corpora, index, backup = tmp_path / "belgeler", tmp_path / "dizin", tmp_path / "yedek"
    corpora.mkdir()
    (corpora / "bir.txt").write_text(TEXT.format("ÖRNEK", 12), encoding="utf-8")
    build_index(corpora, index, words)
    (corpora / "iki.txt").write_text(TEXT.format("BAŞKA", 30), encoding="utf-8")
    encoder = PausingEncoder(words)
    builder = threading.Thread(target=build_index, args=(corpora, index, encoder))
    builder.start()
    try:
        assert encoder.is_building.wait(120)
        refused = subprocess.run(["flock", "--nonblock", index / "build.lock", "true"], check=False)
        assert refused.returncode == 1, "the lock of a build is one that flock knows"
        saving = shell(guide_block('flock "$INDEX/build.lock"'), index, backup)
    finally:
        encoder.may_go_on.set()
        builder.join()
    assert saving.wait(120) == 0
    status, out, error = run("verify", "--index", backup)
    assert status == 0 and "sağlam" in out, error
    saved = Index.open(backup, words)
    assert set(saved.documents) == {"bir", "iki"}, "it is that of the build for which it waited"

    vectors = current_generation(index) / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-1])
    assert run("verify", "--index", index)[0] == 1
    assert shell(guide_block('cp -a "$BACKUP"'), index, backup).wait(120) == 0
    assert run("verify", "--index", index)[0] == 0
    restored = Index.open(index, words)
    assert {name: held.text for name, held in restored.documents.items()} == {
        name: held.text for name, held in saved.documents.items()
    }
    (corpora / "iki.txt").unlink()
    assert build_index(corpora, index, words).changed, "what was restored can be built on"
