"""An index is whole and verified, or refused with an error that says what to do."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.encoder import Encoder
from indexer.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
    InputError,
    StorageError,
)
from indexer.index import Index
from indexer.storing import generations
from indexer.storing.generations import current_generation
from indexer.storing.store import StoreWriter

PROGRAM = """ÖRNEK BELEDİYESİ

2024 YILI PERFORMANS PROGRAMI

Belediyemiz 2024 yılında 12 park yapacak ve 30 kilometre yol onaracaktır. Bu iş için ödenek ayrılmıştır.
"""
REPORT = PROGRAM.replace("PERFORMANS PROGRAMI", "FAALİYET RAPORU").replace("yapacak", "yaptı")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "belgeler"
    folder.mkdir()
    (folder / "program.txt").write_text(PROGRAM, encoding="utf-8")
    (folder / "rapor.txt").write_text(REPORT, encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "dizin"


def test_what_is_written_is_read_back(folder: Path, index: Path, words: Encoder) -> None:
    report = build_index(folder, index, words)
    opened = Index.open(index, words)
    assert report.changed and report.documents == ("program", "rapor") and not report.failures
    assert opened.documents["program"].text == PROGRAM
    assert len(opened.passages) == len(opened.vectors) == report.counts["passages"] > 0
    for passage in opened.passages:
        text = opened.documents[passage.document].text
        assert text[passage.span.start : passage.span.end] == passage.text
        assert len(passage.text) <= 1500


def test_nothing_changed_means_nothing_done(folder: Path, index: Path, words: Encoder) -> None:
    build_index(folder, index, words)
    before = current_generation(index)
    assert not build_index(folder, index, words).changed
    assert current_generation(index) == before


def test_only_new_texts_are_encoded(folder: Path, index: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(folder, index, words)
    (folder / "ek.txt").write_text(PROGRAM.replace("ÖRNEK", "BAŞKA").replace("12 park", "3 köprü"), encoding="utf-8")
    encoded: list[str] = []
    encode = type(words).encode_passages

    def spy(encoder: Encoder, texts: list[str], progress: Callable[[int], None] | None = None) -> object:
        encoded.extend(texts)
        return encode(encoder, texts, progress)

    monkeypatch.setattr(type(words), "encode_passages", spy)
    build_index(folder, index, words)
    opened = Index.open(index, words)
    assert {passage.document for passage in opened.passages} == {"program", "rapor", "ek"}
    assert sorted(encoded) == sorted(p.search_text for p in opened.passages if p.document == "ek")


def test_a_removed_document_disappears(folder: Path, index: Path, words: Encoder) -> None:
    build_index(folder, index, words)
    (folder / "rapor.txt").unlink()
    build_index(folder, index, words)
    opened = Index.open(index, words)
    assert set(opened.documents) == {passage.document for passage in opened.passages} == {"program"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "boş"), (b" \n\xc2\xa0\n", "boş"), (b"\x00\x01\x02", "ikili"), (b"\xff\xfe\xfa", "UTF-8")],
)
def test_a_bad_document_is_reported_and_the_others_go_on(
    folder: Path, index: Path, words: Encoder, content: bytes, reason: str
) -> None:
    (folder / "bozuk.txt").write_bytes(content)
    report = build_index(folder, index, words)
    assert report.documents == ("program", "rapor")
    [(file, told)] = report.failures
    assert file == "bozuk.txt" and reason in told


def test_no_document_at_all(tmp_path: Path, index: Path, words: Encoder) -> None:
    with pytest.raises(InputError, match="okunabilen belge yok"):
        build_index(tmp_path, index, words)
    with pytest.raises(InputError, match="böyle bir belge klasörü yok"):
        build_index(tmp_path / "yok", index, words)


def test_a_missing_index_says_how_to_make_it(index: Path, words: Encoder) -> None:
    with pytest.raises(IndexMissingError, match="kentesor index"):
        Index.open(index, words)


def test_another_model_is_refused(folder: Path, index: Path, words: Encoder) -> None:
    build_index(folder, index, words)
    other = type(words)()
    other.name = "another"
    with pytest.raises(IndexOutdatedError, match="modeliyle kurulmuş"):
        Index.open(index, other)


def test_an_older_schema_is_refused(folder: Path, index: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(folder, index, words)
    monkeypatch.setattr(generations, "SCHEMA_VERSION", generations.SCHEMA_VERSION + 1)
    with pytest.raises(IndexOutdatedError, match="kentesor index"):
        Index.open(index, words)


def _every_file(index: Path) -> list[Path]:
    return sorted(path for path in current_generation(index).rglob("*") if path.is_file())


def test_every_damaged_or_missing_file_is_noticed(folder: Path, index: Path, words: Encoder, tmp_path: Path) -> None:
    build_index(folder, index, words)
    for file in _every_file(index):
        for number, damage in enumerate((b"", file.read_bytes()[:-1], b"x" + file.read_bytes()[1:], None)):
            copy = tmp_path / f"{file.name}-{number}"
            shutil.copytree(index, copy)
            damaged = copy / file.relative_to(index)
            damaged.unlink() if damage is None else damaged.write_bytes(damage)
            with pytest.raises((IndexDamagedError, IndexOutdatedError), match="kentesor index"):
                Index.open(copy, words)


def test_a_damaged_index_is_built_anew(folder: Path, index: Path, words: Encoder) -> None:
    build_index(folder, index, words)
    _every_file(index)[-1].unlink()
    assert build_index(folder, index, words).changed
    assert set(Index.open(index, words).documents) == {"program", "rapor"}


@pytest.mark.parametrize("step", ["files_of", "publish", "StoreWriter.add_commitments"])
def test_a_full_disk_leaves_the_old_index(
    folder: Path, index: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    build_index(folder, index, words)
    (folder / "rapor.txt").unlink()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(f"indexer.storing.merging.{step}", full)
    with pytest.raises(StorageError, match="diskte yer kalmadı"):
        build_index(folder, index, words)
    assert set(Index.open(index, words).documents) == {"program", "rapor"}
    assert not list((index / "generations").glob("building-*"))


def test_an_index_path_that_is_a_file(folder: Path, tmp_path: Path, words: Encoder) -> None:
    (tmp_path / "dizin").write_text("x")
    with pytest.raises(StorageError, match="klasör değil"):
        build_index(folder, tmp_path / "dizin", words)


def test_the_same_documents_give_the_same_index(folder: Path, tmp_path: Path, words: Encoder) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    build_index(folder, first, words)
    build_index(folder, second, words)
    assert generations.read_manifest(current_generation(first)) == generations.read_manifest(current_generation(second))


def test_what_a_killed_build_left_is_cleared_away(folder: Path, index: Path, words: Encoder) -> None:
    left = index / "generations" / "building-killed"
    left.mkdir(parents=True)
    (left / "store.sqlite").write_bytes(b"half")
    build_index(folder, index, words)
    assert not left.exists()


def test_an_interrupted_build_leaves_the_old_index(
    folder: Path, index: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(folder, index, words)
    (folder / "rapor.txt").write_text(REPORT.replace("12 park", "15 park"), encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(type(words), "encode_passages", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build_index(folder, index, words)
    assert Index.open(index, words).documents["rapor"].text == REPORT
    assert build_index(folder, index, words).changed


def test_a_store_that_fills_the_disk_says_so(
    folder: Path, index: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "rapor.txt").write_text(REPORT * 100, encoding="utf-8")
    add = StoreWriter.add_document

    def small(writer: StoreWriter, *arguments: object) -> None:
        writer._connection.execute("PRAGMA max_page_count = 1")  # SQLite answers as on a full disk
        add(writer, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(StoreWriter, "add_document", small)
    with pytest.raises(StorageError, match="diskte yer kalmadı"):
        build_index(folder, index, words)
    with pytest.raises(IndexMissingError):
        Index.open(index, words)


def test_a_folder_and_a_broken_link_are_reported(folder: Path, index: Path, words: Encoder) -> None:
    (folder / "klasor.txt").mkdir()
    (folder / "kopuk.txt").symlink_to(folder / "yok")
    report = build_index(folder, index, words)
    assert report.documents == ("program", "rapor")
    assert [file for file, _ in report.failures] == ["klasor.txt", "kopuk.txt"]
    assert "klasör" in report.failures[0][1] and "bağlantı" in report.failures[1][1]


def test_a_document_that_may_not_be_read_is_reported(
    folder: Path, index: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == "rapor.txt":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    report = build_index(folder, index, words)
    assert report.documents == ("program",)
    [(file, reason)] = report.failures
    assert file == "rapor.txt" and "izin yok" in reason
