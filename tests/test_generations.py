"""Rolling back, removing, verifying: the index is always one whole generation, and says when it is not."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bm25s
import pytest

from indexer.build import build_index
from indexer.encoder import Encoder
from indexer.errors import IndexDamagedError, IndexMissingError, IndexUnusableError, InputError, StorageError
from indexer.index import Index
from indexer.storing import generations, removal
from indexer.storing.generations import current_generation, generation_folders, rollback
from indexer.storing.lexical import LexicalIndex
from indexer.storing.parts import part_folders
from indexer.storing.removal import remove_document
from indexer.storing.storage import seal, writing
from indexer.storing.verification import verify_index

TEXT = "{} BELEDİYESİ\n\n2024 YILI FAALİYET RAPORU\n\nBelediyemiz 2024 yılında {} park yaptı ve bunu duyurdu.\n"
SECRET = "Gülümser Yıldırımoğlu"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "belgeler"
    folder.mkdir()
    for number, name in enumerate(("kars", "rize"), 1):
        (folder / f"{name}.txt").write_text(TEXT.format(name.upper(), number), encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, folder: Path, words: Encoder) -> Path:
    """An index of two generations; the second has one document more."""
    build_index(folder, tmp_path / "dizin", words)
    (folder / "van.txt").write_text(f"{TEXT.format('VAN', 3)}\nMüdür {SECRET} anlattı.\n", encoding="utf-8")
    build_index(folder, tmp_path / "dizin", words)
    return tmp_path / "dizin"


def documents(index: Path, words: Encoder) -> list[str]:
    return list(Index.open(index, words).documents)


def test_rollback_returns_to_the_generation_before(folder: Path, index: Path, words: Encoder) -> None:
    assert documents(index, words) == ["kars", "rize", "van"]
    rollback(index)
    assert documents(index, words) == ["kars", "rize"] and verify_index(index).generations == 2
    with pytest.raises(InputError, match="önceki bir sürüm yok"):
        rollback(index)
    report = build_index(folder, index, words)
    assert report.changed and not report.worked and documents(index, words) == ["kars", "rize", "van"]
    assert [path.name for path in generation_folders(index)] == ["000001", "000003"], "the one in use before is kept"


def test_rollback_needs_a_whole_generation(index: Path, words: Encoder) -> None:
    (generation_folders(index)[0] / "store.sqlite").write_bytes(b"x")
    with pytest.raises(InputError, match="önceki bir sürüm yok"):
        rollback(index)
    assert documents(index, words) == ["kars", "rize", "van"]


def test_a_damaged_pointer_is_mended_by_rollback(index: Path, words: Encoder) -> None:
    (index / "CURRENT").write_bytes(b"\xff")
    with pytest.raises(IndexDamagedError, match="kentesor index"):
        Index.open(index, words)
    rollback(index)
    assert documents(index, words) == ["kars", "rize", "van"], "the newest whole one"


def test_a_pointer_to_another_generation_is_noticed(index: Path, words: Encoder) -> None:
    pointer = index / "CURRENT"
    pointer.write_text(pointer.read_text(encoding="ascii").replace("000002", "000001"), encoding="ascii")
    with pytest.raises(IndexDamagedError, match="bildirimiyle tutmuyor"):
        Index.open(index, words)


def traces(index: Path, *names: str) -> list[Path]:
    """The files that hold one of these names, in any of the ways in which it may be written."""
    forms = {
        form.encode(code)
        for name in names
        for form in (name, name.upper(), name.lower())
        for code in ("utf-8", "utf-16-le")
    }
    forms |= {name.encode("ascii", "backslashreplace") for name in names}
    return [path for path in index.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)]


def test_removal_leaves_no_trace(folder: Path, index: Path, words: Encoder) -> None:
    (folder / "kars.txt").write_text(TEXT.format("KARS", 9), encoding="utf-8")
    build_index(folder, index, words)  # now both generations hold it, and one part is that of an older text
    assert traces(index, SECRET, "Yıldırımoğlu")
    removed = remove_document(index, "van")
    assert removed.left == ("kars", "rize") and removed.generations == 2 and not removed.can_roll_back
    assert not traces(index, SECRET, "Yıldırımoğlu", "Gülümser", "van.txt")
    assert documents(index, words) == ["kars", "rize"]
    verified = verify_index(index)
    assert verified.generations == 1 and verified.manifest.documents.keys() == {"kars", "rize"}


def test_a_generation_without_the_document_stays(index: Path, words: Encoder) -> None:
    removed = remove_document(index, "van")
    assert removed.can_roll_back and removed.generations == 1
    rollback(index)
    assert documents(index, words) == ["kars", "rize"] and not traces(index, SECRET)


def test_the_removed_index_is_the_one_built_without(folder: Path, index: Path, tmp_path: Path, words: Encoder) -> None:
    remove_document(index, "van")
    (folder / "van.txt").unlink()
    build_index(folder, tmp_path / "b", words)
    kept, fresh = current_generation(index), current_generation(tmp_path / "b")
    assert generations.read_manifest(kept) == generations.read_manifest(fresh)
    assert not build_index(folder, index, words).changed


def test_removing_the_last_document_removes_the_index(index: Path, words: Encoder) -> None:
    for name in ("kars", "rize", "van"):
        removed = remove_document(index, name)
    assert not removed.left and not traces(index, SECRET, "Belediyemiz") and not part_folders(index)
    with pytest.raises(IndexMissingError):
        Index.open(index, words)


def test_an_interrupted_removal_is_finished_by_the_next(
    index: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as during:
        during.setattr(removal, "prune_generations", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            remove_document(index, "van")
    assert documents(index, words) == ["kars", "rize"] and traces(index, SECRET)
    remove_document(index, "van")
    assert not traces(index, SECRET)
    with pytest.raises(InputError, match="Olanlar: kars, rize"):
        remove_document(index, "van")


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_nothing_is_changed_while_another_process_writes(index: Path) -> None:
    with writing(index):
        for act in (lambda: remove_document(index, "van"), lambda: rollback(index)):
            with pytest.raises(StorageError, match="başka bir süreç"):
                act()


def test_nothing_to_remove_from(tmp_path: Path) -> None:
    for act in (lambda: remove_document(tmp_path / "yok", "van"), lambda: rollback(tmp_path / "yok")):
        with pytest.raises(IndexMissingError, match="kentesor index"):
            act()
    assert not (tmp_path / "yok").exists()


def test_verify_tells_what_it_checked(index: Path) -> None:
    found = verify_index(index)
    files = [path for path in index.rglob("*") if path.is_file()]
    assert (found.generations, found.parts, found.files) == (2, 3, len(files)) and not found.left_over
    assert found.size == sum(path.stat().st_size for path in files)


def test_every_change_of_any_file_is_noticed(index: Path, tmp_path: Path) -> None:
    files = [path.relative_to(index) for path in index.rglob("*") if path.is_file() and path.name != "build.lock"]
    copy = tmp_path / "kopya"
    shutil.copytree(index, copy)
    for file in files:
        whole = (copy / file).read_bytes()
        for damage in (b"", whole[:-1], whole + b"\n", bytes([whole[0] ^ 1]) + whole[1:], whole[:-1] + b" ", None):
            if damage == whole:
                continue
            (copy / file).unlink() if damage is None else (copy / file).write_bytes(damage)
            with pytest.raises(IndexUnusableError):
                verify_index(copy)
            (copy / file).write_bytes(whole)
    assert verify_index(copy).parts == 3


@pytest.mark.parametrize("place", [".", "parts", "generations", "generations/000002", "generations/000001/lexical"])
def test_a_stranger_is_noticed(index: Path, place: str) -> None:
    (index / place / "yabancı.txt").write_text("x", encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="yabancı"):
        verify_index(index)


def test_a_missing_part_is_noticed(index: Path) -> None:
    shutil.rmtree(part_folders(index)[0])
    with pytest.raises(IndexDamagedError, match="parçası eksik"):
        verify_index(index)


def test_files_that_contradict_each_other_are_noticed(index: Path) -> None:
    """As after a fault in our own code: every checksum holds, and yet the counts do not."""
    generation = current_generation(index)
    fields, _ = generations.manifest_fields(generation)
    fields["counts"]["facts"] += 1
    (generation / "manifest.json").unlink()
    checksum = seal(generation, generation, fields)
    (index / "CURRENT").write_text(f"{generation.name} {checksum}\n", encoding="ascii")
    with pytest.raises(IndexDamagedError, match="facts sayısı"):
        verify_index(index)


def test_what_a_killed_process_left_is_told_and_cleared(folder: Path, index: Path, words: Encoder) -> None:
    left = [index / "parts/building-x", index / "generations/removed-000000", index / "parts/removed-y"]
    for path in left:
        path.mkdir()
        (path / "store.sqlite").write_bytes(b"half")
    (index / "building-CURRENT").write_bytes(b"")
    assert len(verify_index(index).left_over) == 4
    build_index(folder, index, words)
    assert not any(path.exists() for path in left)


def test_a_generation_that_was_not_switched_to_is_passed_over(folder: Path, index: Path, words: Encoder) -> None:
    """As after a crash between the renaming of the folder and that of the pointer."""
    pointer = (index / "CURRENT").read_bytes()
    (folder / "van.txt").unlink()
    build_index(folder, index, words)
    (index / "CURRENT").write_bytes(pointer)
    assert documents(index, words) == ["kars", "rize", "van"] and verify_index(index)
    assert build_index(folder, index, words).changed
    assert documents(index, words) == ["kars", "rize"]


def test_arrays_are_read_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of CPython 3.11: heads of NumPy files that two threads read at once may end with a SystemError (gh-106905)."""
    LexicalIndex.from_terms([["asfalt"], ["park"]]).save(tmp_path / "lexical")
    reading, most = [], []
    load = bm25s.BM25.load

    def loaded(*arguments: object, **options: object) -> object:
        reading.append(None)
        most.append(len(reading))
        time.sleep(0.05)
        reading.pop()
        return load(*arguments, **options)

    monkeypatch.setattr(bm25s.BM25, "load", loaded)
    with ThreadPoolExecutor(4) as pool:
        sizes = list(pool.map(lambda _: len(LexicalIndex.load(tmp_path / "lexical")), range(4)))
    assert sizes == [2] * 4 and most == [1] * 4
