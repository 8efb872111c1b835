"""Incremental indexing: a document is worked once, by a child under limits, and its part is kept until it is unused."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from indexer import analysis, build
from indexer.build import build_index
from indexer.documents import Options
from indexer.encoder import Encoder
from indexer.errors import IndexDamagedError, StorageError
from indexer.index import Index
from indexer.reading.base import Reading
from indexer.storing import parts
from indexer.storing.generations import current_generation, read_manifest
from indexer.storing.parts import open_part, part_folders
from indexer.storing.storage import writing
from indexer.working import Children, Job, Limits

TEXT = "{} BELEDİYESİ\n\n2024 YILI FAALİYET RAPORU\n\nBelediyemiz 2024 yılında {} park yaptı, {} ağaç dikti.\n"
ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "belgeler"
    folder.mkdir()
    for number, name in enumerate(("kars", "rize", "bolu"), 1):
        (folder / f"{name}.txt").write_text(TEXT.format(name.upper(), number, 10 * number), encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "dizin"


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each document was worked."""
    counted: Counter[str] = Counter()
    work = analysis.work_document

    def counting(path: Path, entry: object, options: Options, max_bytes: int) -> object:
        counted[path.stem] += 1
        return work(path, entry, options, max_bytes)  # type: ignore[arg-type]

    monkeypatch.setattr(analysis, "work_document", counting)
    return counted


def dump(generation: Path) -> list[str]:
    with sqlite3.connect(generation / "store.sqlite") as connection:
        return list(connection.iterdump())


def test_only_new_and_changed_documents_are_worked(
    folder: Path, index: Path, words: Encoder, worked: Counter[str]
) -> None:
    assert sorted(build_index(folder, index, words).worked) == ["bolu", "kars", "rize"]
    (folder / "van.txt").write_text(TEXT.format("VAN", 7, 8), encoding="utf-8")
    (folder / "kars.txt").write_text(TEXT.format("KARS", 99, 98), encoding="utf-8")
    report = build_index(folder, index, words)
    assert sorted(report.worked) == ["kars", "van"] and report.documents == ("bolu", "kars", "rize", "van")
    assert worked == {"bolu": 1, "rize": 1, "kars": 2, "van": 1}
    assert "99 park" in Index.open(index, words).documents["kars"].text


def test_an_updated_index_is_the_one_built_at_once(folder: Path, tmp_path: Path, words: Encoder) -> None:
    later = folder / "bolu.txt"
    later.rename(tmp_path / "bolu.txt")
    build_index(folder, tmp_path / "a", words)
    (tmp_path / "bolu.txt").rename(later)
    build_index(folder, tmp_path / "a", words)
    build_index(folder, tmp_path / "b", words)
    updated, fresh = current_generation(tmp_path / "a"), current_generation(tmp_path / "b")
    assert read_manifest(updated) == read_manifest(fresh) and dump(updated) == dump(fresh)


def test_a_new_entry_works_its_document_anew(folder: Path, index: Path, words: Encoder, worked: Counter[str]) -> None:
    build_index(folder, index, words)
    (folder / "sources.toml").write_text('[[source]]\nfile = "rize.txt"\nyear = 1999\n', encoding="utf-8")
    build_index(folder, index, words)
    assert worked == {"bolu": 1, "kars": 1, "rize": 2}
    assert Index.open(index, words).documents["rize"].source.year == 1999


def test_an_interrupted_build_goes_on_where_it_stopped(
    folder: Path, index: Path, words: Encoder, worked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = parts.finish_part
    with monkeypatch.context() as during:

        def second_stops(*arguments: object) -> object:
            if len(part_folders(index)) == 2:
                raise KeyboardInterrupt
            return finish(*arguments)  # type: ignore[arg-type]

        during.setattr(build, "finish_part", second_stops)
        with pytest.raises(KeyboardInterrupt):
            build_index(folder, index, words)
    assert len(part_folders(index)) == 2 and not (index / "CURRENT").exists()
    before = worked.copy()
    report = build_index(folder, index, words)
    assert len(report.worked) == 1 and (worked - before).total() == 1 and len(report.documents) == 3


def test_vectors_outlive_a_new_version_of_the_analysis(
    folder: Path, index: Path, words: Encoder, worked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(folder, index, words)
    for module in (build, parts):
        monkeypatch.setattr(module, "analysis_version", lambda: "another")

    def never(*_: object) -> None:
        raise AssertionError("encoded again")

    monkeypatch.setattr(type(words), "encode_passages", never)
    report = build_index(folder, index, words)
    assert report.changed and len(report.worked) == 3 and set(worked.values()) == {2}
    assert len(part_folders(index)) == 6, "the parts of the generation to roll back to stay"


def test_a_damaged_part_is_worked_anew(folder: Path, index: Path, words: Encoder, worked: Counter[str]) -> None:
    build_index(folder, index, words)
    part = part_folders(index)[0]
    (part / "vectors.npy").write_bytes(b"x")
    with pytest.raises(IndexDamagedError, match="kentesor index"):
        open_part(part)
    assert not build_index(folder, index, words).changed
    assert worked.total() == 4 and open_part(part)


def test_a_refused_document_is_told_each_time_and_tried_once(
    folder: Path, index: Path, words: Encoder, worked: Counter[str]
) -> None:
    (folder / "bos.txt").write_text("  \n", encoding="utf-8")
    first, second = build_index(folder, index, words), build_index(folder, index, words)
    assert first.failures == second.failures and worked["bos"] == 1
    assert not second.changed and first.documents == ("bolu", "kars", "rize")


def test_parts_of_no_kept_generation_are_pruned(folder: Path, index: Path, words: Encoder) -> None:
    build_index(folder, index, words)
    for number in range(3):
        (folder / "kars.txt").write_text(TEXT.format("KARS", number, 0), encoding="utf-8")
        build_index(folder, index, words)
    assert len(part_folders(index)) == 4, "three in use, and the one of the generation to roll back to"
    kept = {key for path in (index / "generations").iterdir() for key in read_manifest(path).parts.values()}
    assert {path.name for path in part_folders(index)} == kept


def test_what_readers_tell_is_reported_again(
    folder: Path, index: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "indexer.reading.text.TextReader.read",
        lambda _self, data, _name: Reading(data.decode(), notes=("2 resim var.",)),
    )
    first, second = build_index(folder, index, words), build_index(folder, index, words)
    assert first.notes == second.notes == tuple((f"{name}.txt", "2 resim var.") for name in ("bolu", "kars", "rize"))


def test_masking_is_part_of_the_key(folder: Path, index: Path, words: Encoder, worked: Counter[str]) -> None:
    build_index(folder, index, words)
    build_index(folder, index, words, options=Options(mask_personal_data=True))
    assert set(worked.values()) == {2}


def test_the_file_of_a_document_that_is_no_plain_text_is_kept(folder: Path, index: Path, words: Encoder) -> None:
    text = (folder / "rize.txt").read_text("utf-8")
    (folder / "rize.txt").unlink()
    page = folder / "rize.html"
    page.write_text(f"<html><body><pre>{text}</pre></body></html>", "utf-8")
    build_index(folder, index, words)
    original = Index.open(index, words).original("rize")
    assert original and original.suffix == ".html" and original.read_bytes() == page.read_bytes()
    assert Index.open(index, words).original("yok") is None
    original.write_bytes(b"x")
    with pytest.raises(IndexDamagedError):
        Index.open(index, words)


def test_plain_text_is_kept_once(folder: Path, index: Path, words: Encoder) -> None:
    build_index(folder, index, words)
    assert Index.open(index, words).original("rize") is None and not (current_generation(index) / "originals").exists()


def test_two_builds_at_once(folder: Path, index: Path, words: Encoder) -> None:
    with writing(index), pytest.raises(StorageError, match="başka bir süreç"):
        build_index(folder, index, words)


def test_nothing_is_pickled(folder: Path, index: Path, words: Encoder) -> None:
    build_index(folder, index, words)
    for path in index.rglob("*"):
        assert path.suffix not in (".pkl", ".pickle")
        if path.suffix == ".npy":
            np.load(path, allow_pickle=False)


# In child processes ---------------------------------------------------------------------------------------------------


def stubbed(folder: Path, body: str) -> tuple[str, ...]:
    """The command of a child whose reader of plain text does something else to ``rize.txt``."""
    script = folder / "child.py"
    script.write_text(
        "import os, signal, sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from indexer import child\n"
        "from indexer.reading.text import TextReader\n"
        "read = TextReader.read\n"
        "def stub(self, data, name):\n"
        "    if name == 'rize.txt':\n"
        f"        {body}\n"
        "    return read(self, data, name)\n"
        "TextReader.read = stub\n"
        "child.main()\n",
        encoding="utf-8",
    )
    return (sys.executable, str(script))


def job_of(folder: Path, place: Path) -> Job:
    place.mkdir()
    entry = next(entry for entry in build.load_catalogue(folder).entries if entry.id == "rize")
    return Job(folder, entry, Options(), place)


@pytest.mark.parametrize(
    ("body", "limits", "told"),
    [
        ("while True: pass", Limits(cpu_seconds=3), "3 saniyede"),
        ("signal.pause()", Limits(seconds=2), "2 saniyede"),
        ("bytearray(10**10)", Limits(memory=2 * 2**30), "bellek (2048 MiB)"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", Limits(), "SIGSEGV"),
        ("os._exit(3)", Limits(), "çöktü"),
        ("raise ValueError('kötü')", Limits(), "ValueError: kötü"),
        ("pass", Limits(file_size=2**14), "dosya sınırını"),
    ],
    ids=["spins", "hangs", "eats", "crashes", "leaves", "raises", "fills"],
)
def test_a_document_that_ends_its_child_is_one_line(
    folder: Path, tmp_path: Path, body: str, limits: Limits, told: str
) -> None:
    with Children(limits, stubbed(tmp_path, body)) as children:
        [done] = children.run([job_of(folder, tmp_path / "is")])
    assert done.failure and done.failure.startswith("rize.txt") and told in done.failure and "\n" not in done.failure
    assert not done.final, "a later build tries again: the machine may have been busy"


@pytest.mark.children
def test_a_document_that_ends_its_child_stops_no_other(
    folder: Path, index: Path, tmp_path: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bolu.txt").unlink()
    command = stubbed(tmp_path, "os.abort()")
    monkeypatch.setattr(build, "Children", lambda given: Children(given, command))
    report = build_index(folder, index, words)
    [(file, reason)] = report.failures
    assert report.documents == ("kars",) and file == "rize.txt" and "SIGABRT" in reason
    used = list(read_manifest(current_generation(index)).parts.values())
    assert [path.name for path in (index / "parts").iterdir()] == used, "nothing is left behind"


def test_children_end_with_the_build(folder: Path, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    os.mkfifo(told)
    command = stubbed(tmp_path, f"open({str(told)!r}, 'w').write(str(os.getpid())); signal.pause()")
    job, pid = job_of(folder, tmp_path / "is"), 0
    with Children(Limits(), command) as children:
        running = threading.Thread(target=lambda: list(children.run([job])))
        running.start()
        pid = int(told.read_text())  # waits for the child
        os.kill(pid, 0)
    running.join()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.children
def test_children_give_what_this_process_gives(
    folder: Path, index: Path, tmp_path: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch, in_this_process: type
) -> None:
    build_index(folder, index, words)
    monkeypatch.setattr(build, "Children", in_this_process)
    build_index(folder, tmp_path / "b", words)
    assert dump(current_generation(index)) == dump(current_generation(tmp_path / "b"))


def test_a_file_that_changes_meanwhile_is_told(
    folder: Path, index: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = build.load_catalogue(folder)
    monkeypatch.setattr(build, "load_catalogue", lambda *_: catalogue)
    (folder / "rize.txt").write_text("Başka bir şey.", encoding="utf-8")
    report = build_index(folder, index, words)
    assert report.documents == ("bolu", "kars") and "değişti" in report.failures[0][1]
