"""Nothing is lost: faults, kills, damage and readers, on a small world.

The whole proof is ``python -m tests.crash``; these are its points that tell most.
"""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.live import LiveEngine
from indexer import index as index_module
from indexer.build import build_index
from indexer.errors import IndexDamagedError, IndexMissingError, InputError, StorageError
from indexer.index import Index
from indexer.storing.generations import Manifest, current_generation, identity, rollback, verify_generation
from indexer.storing.removal import remove_document
from indexer.storing.storage import writing
from indexer.storing.store import Store
from indexer.storing.verification import verify_index
from tests.crash.damaging import check_damage, check_structure, damages_at_random, damages_of_small_files
from tests.crash.doubles import WordEncoder
from tests.crash.failing import Outcomes, fail, operations
from tests.crash.faults import KILL
from tests.crash.scenarios import Scenario, World, check_tidy, copy_index
from tests.crash.together import readers_through

NAMES = ("first build", "update", "document taken away", "remove", "rollback")
POINTS = 6  # of each command, spread over all its operations


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, module_patch: pytest.MonkeyPatch) -> World:
    from tests.crash.doubles import InThisProcess

    module_patch.setattr("indexer.build.Children", InThisProcess)
    return World(tmp_path_factory.mktemp("world") / "w", WordEncoder(), 0.4)


@pytest.fixture(scope="module")
def module_patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def scenario_of(world: World, name: str) -> Scenario:
    return next(scenario for scenario in world.scenarios if scenario.name == name)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, KILL], ids=["full", "broken", "killed"])
@pytest.mark.parametrize("name", NAMES)
def test_a_fault_leaves_before_or_after(world: World, tmp_path: Path, name: str, error: int) -> None:
    scenario, outcomes = scenario_of(world, name), Outcomes()
    total = operations(world, scenario, tmp_path / "all")
    for point in range(POINTS):
        number = 1 + (2 * point + 1) * total // (2 * POINTS)
        fail(world, scenario, tmp_path / str(point), min(number, total), error, outcomes)
    assert not outcomes.broken and outcomes.counts.total() == POINTS


def test_a_disk_that_stays_broken(world: World, tmp_path: Path) -> None:
    outcomes = Outcomes()
    for number in (20, 90, 120, 150):
        fail(world, scenario_of(world, "update"), tmp_path / str(number), number, errno.EROFS, outcomes, lasting=True)
    assert not outcomes.broken


def test_damage_is_noticed_and_never_believed(world: World, tmp_path: Path) -> None:
    index, outcomes = tmp_path / "index", Outcomes()
    copy_index(world.updated, index)
    expected = world.state(index)
    assert expected is not None
    for damage in damages_at_random(index, 40, seed=3):
        check_damage(world, index, damage, expected, outcomes)
    for damage in damages_of_small_files(index, 9_999):
        check_damage(world, index, damage, expected, outcomes)
    assert not outcomes.broken and outcomes.counts.total() > 60


def test_a_damaged_schema_number_is_no_other_version(world: World, tmp_path: Path) -> None:
    index = tmp_path / "index"
    copy_index(world.updated, index)
    older = sorted((index / "generations").iterdir())[0]
    manifest = (older / "manifest.json").read_text(encoding="utf-8")
    (older / "manifest.json").write_text(manifest.replace('"schema": ', '"schema": 9'), encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="bildirim bozulmuş"):
        verify_index(index)


def test_readers_go_on_through_new_generations(world: World, tmp_path: Path) -> None:
    reading = readers_through(world, tmp_path / "r", switches=3)
    assert not reading.wrong and len(reading.asked) == 4


def test_opening_begins_anew_when_the_generation_is_pruned(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    copy_index(world.index, index)
    seen: list[Path] = []

    def slow(generation: Path) -> Manifest:
        if not seen:
            seen.append(generation)
            for corpora in (world.after, world.fewer):  # now neither this generation nor its files are there
                build_index(corpora, index, world.encoder)
            assert not generation.exists()
        return verify_generation(generation)

    monkeypatch.setattr(index_module, "verify_generation", slow)
    assert Index.open(index, world.encoder).generation == current_generation(index) != seen[0]


def test_a_server_notices_an_index_made_anew_under_the_same_number(world: World, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_index(world.before, index, world.encoder)
    opened: list[str] = []
    live = LiveEngine(index, lambda folder: opened.append(identity(folder)) or object())  # type: ignore[arg-type,func-returns-value]
    live.current()
    subprocess.run(["rm", "-r", str(index)], check=True)
    build_index(world.fewer, index, world.encoder)
    assert current_generation(index).name == "000001"
    live.current()
    live.wait()
    assert len(set(opened)) == 2


def test_the_right_to_write_is_given_back_after_an_error(tmp_path: Path) -> None:
    """Also while somebody holds the error, and with it all that its traceback reaches."""
    with pytest.raises(StorageError) as held, writing(tmp_path / "index"):
        raise OSError(errno.ENOSPC, "full")
    with writing(tmp_path / "index"):
        assert held.value


def test_a_draft_of_the_pointer_is_cleared(world: World, tmp_path: Path) -> None:
    index = tmp_path / "index"
    copy_index(world.index, index)
    (index / "building-CURRENT").write_bytes(b"0000")
    assert verify_index(index).left_over
    assert not build_index(world.before, index, world.encoder).changed
    check_tidy(index)


def test_a_generation_that_was_never_switched_to_goes(world: World, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_index(world.before, index, world.encoder)
    (index / "CURRENT").unlink()  # as after a crash before the first switch
    build_index(world.before, index, world.encoder)
    check_tidy(index)
    with pytest.raises(InputError, match="geri dönülecek"):
        rollback(index)


def test_an_interrupted_removal_of_the_last_document_is_finished(world: World, tmp_path: Path) -> None:
    index = tmp_path / "index"
    corpora = tmp_path / "tek"
    corpora.mkdir()
    (corpora / "tek.txt").write_text("ÖRNEK BELEDİYESİ 2024 yılında 12 park yaptı.", encoding="utf-8")
    build_index(corpora, index, world.encoder)
    (index / "CURRENT").unlink()  # as after a crash before its folders were removed
    removal = remove_document(index, "tek")
    assert removal.left == () and not any(b"park" in path.read_bytes() for path in index.rglob("*") if path.is_file())
    with pytest.raises(IndexMissingError):
        remove_document(index, "tek")


def test_a_folder_whose_name_means_something_in_an_address(world: World, tmp_path: Path) -> None:
    index = tmp_path / "dizin?mode=rwc#100%20"
    build_index(world.fewer, index, world.encoder)
    assert world.state(index) == scenario_of(world, "remove").after


def test_a_store_outlives_its_file(world: World, tmp_path: Path) -> None:
    copy_index(world.index, tmp_path / "index")
    store = Store(current_generation(tmp_path / "index") / "store.sqlite")
    subprocess.run(["rm", "-r", str(tmp_path / "index")], check=True)
    assert store.facts() and store.documents()


def test_strangers_and_exchanged_files_are_noticed(world: World, tmp_path: Path) -> None:
    index, outcomes = tmp_path / "index", Outcomes()
    copy_index(world.index, index)
    check_structure(world, index, tmp_path, world.state(index) or (), outcomes, every=5)
    assert not outcomes.broken and outcomes.counts
