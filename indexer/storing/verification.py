"""Verifies all of an index folder: pointer, generations, parts, every file and what the files say of each other."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import IndexDamagedError, IndexOutdatedError, reason_of
from indexer.storing.generations import (
    CURRENT,
    GENERATIONS,
    LEXICAL,
    STORE,
    VECTORS,
    Manifest,
    generation_folders,
    read_current,
    verify_generation,
)
from indexer.storing.lexical import LexicalIndex
from indexer.storing.parts import PARTS, Part, open_part, part_folder, part_folders
from indexer.storing.storage import LOCK, advice, check_no_strangers, is_passing
from indexer.storing.vectors import VectorIndex

_ALLOWED = frozenset({CURRENT, LOCK, GENERATIONS, PARTS})
_COUNTS = {
    "documents": "SELECT count(*) FROM documents",
    "passages": "SELECT count(*) FROM passages",
    "tables": "SELECT count(*) FROM tables",
    "rows": "SELECT count(*) FROM rows",
    "ambiguous rows": "SELECT count(*) FROM rows WHERE ambiguous",
    "facts": "SELECT count(*) FROM facts",
    "figures": "SELECT count(*) FROM figures",
    "commitments": "SELECT count(*) FROM commitments",
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found whole.

    ``left_over`` is what an interrupted build has left: no part of the index, and cleared away by the next build.
    """

    manifest: Manifest
    generations: int
    parts: int
    files: int
    size: int
    left_over: tuple[str, ...]


def verify_index(index: Path) -> Verified:
    """Checks everything in an index folder.

    Raises:
        IndexMissingError: there is no index.
        IndexDamagedError: a file is missing, changed or too many, or two files contradict each other.
        IndexOutdatedError: another version of Kente Sor made it.
    """
    manifest = read_current(index, verify_generation)
    left_over = [*_check_names(index)]
    generations = parts = 0
    for folder in generation_folders(index):
        with _unless_gone(folder, left_over):
            held = verify_generation(folder)
            check_no_strangers(folder, held.files)
            _check_content(folder, held)
            _check_parts(index, folder, held)
            generations += 1
    for folder in part_folders(index):
        with _unless_gone(folder, left_over):
            _check_part(open_part(folder))
            parts += 1
    sizes = [*_sizes(index)]
    return Verified(manifest, generations, parts, len(sizes), sum(sizes), tuple(left_over))


@contextmanager
def _unless_gone(folder: Path, left_over: list[str]) -> Iterator[None]:
    """Lets pass what nobody reads: a folder of another version, and one that a build has pruned while we looked."""
    try:
        yield
    except IndexOutdatedError:
        left_over.append(str(folder))
    except (IndexDamagedError, OSError) as error:
        if not folder.is_dir():
            return
        if isinstance(error, OSError):
            raise IndexDamagedError(f"{folder}: okunamıyor ({reason_of(error)}). {advice(folder)}") from error
        raise


def _sizes(index: Path) -> Iterator[int]:
    for folder, _, names in os.walk(index):  # which passes over folders that are pruned just now
        for name in names:
            with suppress(FileNotFoundError):
                yield (Path(folder) / name).lstat().st_size


def _check_names(index: Path) -> Iterator[str]:
    """Gives what was left over; raises where something lies in the folder that is none of ours."""
    for path in sorted(index.iterdir()):
        if is_passing(path):
            yield str(path)
        elif path.name not in _ALLOWED or path.is_symlink():
            raise _stranger(path)
    for folder, folders in ((index / GENERATIONS, generation_folders), (index / PARTS, part_folders)):
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        ours = folders(index)
        for path in found:
            if is_passing(path):
                yield str(path)
            elif os.path.lexists(path) and (path not in ours or not path.is_dir() or path.is_symlink()):
                raise _stranger(path)


def _stranger(path: Path) -> IndexDamagedError:
    return IndexDamagedError(f"{path}: dizinin parçası olmayan bir dosya; dizin klasöründen çıkarın.")


def _check_content(generation: Path, manifest: Manifest) -> None:
    """What the files of a generation say of each other and of themselves."""
    counts = dict(_counted(generation / STORE))
    for name, count in manifest.counts.items():
        if counts.get(name) != count:
            raise IndexDamagedError(f"{generation}: {name} sayısı bildirimle tutmuyor. {advice(generation)}")
    documents = dict(_lines(generation / STORE, "SELECT id, sha256 FROM documents"))
    if documents != manifest.documents or documents.keys() != manifest.parts.keys():
        raise IndexDamagedError(f"{generation}: belgeler bildirimle tutmuyor. {advice(generation)}")
    vectors, terms = len(VectorIndex.load(generation / VECTORS)), len(LexicalIndex.load(generation / LEXICAL))
    if not counts["passages"] == vectors == terms:
        raise IndexDamagedError(f"{generation}: parça, vektör ve sözcük sayıları tutmuyor. {advice(generation)}")


def _check_parts(index: Path, generation: Path, manifest: Manifest) -> None:
    for key in manifest.parts.values():
        if not part_folder(index, key).is_dir():
            raise IndexDamagedError(f"{part_folder(index, key)}: {generation.name} sürümünün parçası eksik. "
                                    + advice(generation))  # fmt: skip


def _check_part(part: Part) -> None:
    if part.manifest.failure is not None:
        return
    counts = dict(_counted(part.store))
    counts.pop("commitments")
    if counts != part.manifest.counts or not counts["passages"] == len(part.vectors()) == len(part.terms()):
        raise IndexDamagedError(f"{part.folder}: sayılar bildirimle tutmuyor. {advice(part.folder)}")


def _counted(store: Path) -> Iterator[tuple[str, int]]:
    [(state,), *_] = _lines(store, "PRAGMA integrity_check(1)")
    if state != "ok":
        raise IndexDamagedError(f"{store}: veri tabanı bozulmuş ({state}). {advice(store.parent)}")
    for name, query in _COUNTS.items():
        [(count,)] = _lines(store, query)
        yield name, count


def _lines(store: Path, query: str) -> list[tuple[Any, ...]]:
    try:
        with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.Error as error:
        raise IndexDamagedError(f"{store}: veri tabanı okunamıyor ({error}). {advice(store.parent)}") from error
