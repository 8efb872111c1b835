"""An index folder: generations on disk, each described by a manifest with checksums, and a pointer to the current one.

    DIR/CURRENT                     the name of the generation that readers open; replaced by one rename
    DIR/generations/000007/         manifest.json, store.sqlite, vectors.faiss, lexical/
    DIR/build.lock                  held while an index is being built

A generation is never changed after it was published: an index is either whole and verified, or refused.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError, StorageError, reason_of

SCHEMA_VERSION = 2
STORE, VECTORS, LEXICAL = "store.sqlite", "vectors.faiss", "lexical"
_MANIFEST = "manifest.json"
_KEPT_GENERATIONS = 2  # the current one and the one to roll back to
_FREE, _ELSEWHERE = "Yer açıp yeniden deneyin.", "--index ile yazılabilen başka bir klasör verin."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds and what made it.

    ``fingerprint`` identifies the inputs (documents, catalogue, model, code): equal fingerprints mean equal indexes.
    ``files`` maps each file, relative to the generation, to its SHA-256.
    """

    schema: int
    fingerprint: str
    encoder: str
    documents: dict[str, str]
    counts: dict[str, int]
    files: dict[str, str]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def current_generation(index: Path) -> Path:
    """The folder of the generation in use.

    Raises:
        IndexMissingError: there is no index in ``index``.
        IndexDamagedError: the pointer names a generation that is not there.
    """
    pointer = index / "CURRENT"
    if not pointer.is_file():
        raise IndexMissingError(f"{index}: burada dizin yok. Kurmak için: kentesor index --index {index}")
    name = pointer.read_text(encoding="ascii", errors="replace").strip()
    folder = index / "generations" / name
    if not (name.isdigit() and folder.is_dir()):
        raise IndexDamagedError(f"{pointer}: var olmayan bir sürümü gösteriyor. {_rebuild(index)}")
    return folder


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexDamagedError: it is missing or not readable.
        IndexOutdatedError: it has another schema.
    """
    index = generation.parent.parent
    path = generation / _MANIFEST
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        schema = fields["schema"]
        if schema != SCHEMA_VERSION:
            raise IndexOutdatedError(
                f"{path}: dizin başka bir Kente Sor sürümüyle kurulmuş ({schema}, beklenen {SCHEMA_VERSION}). "
                + _rebuild(index)
            )
        return Manifest(**fields)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(f"{path}: okunamıyor ({type(error).__name__}). {_rebuild(index)}") from error


def verify_generation(generation: Path) -> Manifest:
    """Checks that every file of a generation is what its manifest says, and returns the manifest.

    Raises:
        IndexDamagedError: a file is missing, changed or too many.
        IndexOutdatedError: as :func:`read_manifest`.
    """
    manifest = read_manifest(generation)
    advice = _rebuild(generation.parent.parent)
    for name, digest in manifest.files.items():
        path = generation / name
        if not path.is_file():
            raise IndexDamagedError(f"{path}: dizinin bu dosyası eksik. {advice}")
        try:
            actual = sha256_of(path)
        except OSError as error:
            raise IndexDamagedError(f"{path}: okunamıyor ({reason_of(error)}). {advice}") from error
        if actual != digest:
            raise IndexDamagedError(f"{path}: dosya bozulmuş (SHA-256 tutmuyor). {advice}")
    return manifest


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """A fresh folder beside the generations to build in; it is removed again unless :func:`publish` moved it.

    Raises:
        StorageError: the folder cannot be made or written to.
    """
    with storage_errors(index):
        (index / "generations").mkdir(parents=True, exist_ok=True)
        for left in (index / "generations").glob("building-*"):  # of a build that was killed: the lock is ours now
            shutil.rmtree(left, ignore_errors=True)
        building = Path(tempfile.mkdtemp(prefix="building-", dir=index / "generations"))
        try:
            yield building
        finally:
            shutil.rmtree(building, ignore_errors=True)


def publish(index: Path, building: Path, manifest: Manifest) -> Path:
    """Makes ``building`` the current generation: manifest, flush to disk, rename, pointer. Returns its new folder."""
    (building / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True), encoding="utf-8")
    for path in [*building.rglob("*"), building]:
        _flush(path)
    generation = index / "generations" / f"{_last_number(index) + 1:06d}"
    building.rename(generation)
    _flush(generation.parent)
    _point_to(index, generation)
    for old in _numbered(index)[:-_KEPT_GENERATIONS]:
        shutil.rmtree(old, ignore_errors=True)
    return generation


def files_of(generation: Path) -> dict[str, str]:
    """SHA-256 of every file in the folder of a generation, by relative name."""
    files = (path for path in sorted(generation.rglob("*")) if path.is_file() and path.name != _MANIFEST)
    return {path.relative_to(generation).as_posix(): sha256_of(path) for path in files}


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Turns the operating system's refusals to write into :class:`StorageError` with a message for people."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        reason = f"diskte yer kalmadı. {_FREE}" if full else f"veri tabanı yazılamadı ({error}). {_ELSEWHERE}"
        raise StorageError(f"{place}: {reason} Var olan dizine dokunulmadı.") from error
    except OSError as error:
        advice = _FREE if error.errno in (errno.ENOSPC, errno.EDQUOT) else _ELSEWHERE
        raise StorageError(f"{place}: {reason_of(error)}. {advice} Var olan dizine dokunulmadı.") from error


def _point_to(index: Path, generation: Path) -> None:
    pointer = index / "CURRENT"
    fresh = pointer.with_suffix(".new")
    fresh.write_text(generation.name + "\n", encoding="ascii")
    _flush(fresh)
    fresh.replace(pointer)
    _flush(index)


def _numbered(index: Path) -> list[Path]:
    return sorted(path for path in (index / "generations").iterdir() if path.name.isdigit())


def _last_number(index: Path) -> int:
    return max((int(path.name) for path in _numbered(index)), default=0)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rebuild(index: Path) -> str:
    return f"Yeniden kurmak için: kentesor index --index {index}"
