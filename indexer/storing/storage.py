"""Folders that are written once and never changed: sealed with a manifest of checksums, flushed, renamed into place.

A crash at any point leaves a folder that is there whole, or one under a passing name (``building-…``, ``removed-…``)
that nobody reads and the next writer clears away.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from indexer.errors import IndexDamagedError, StorageError, reason_of

MANIFEST, LOCK = "manifest.json", "build.lock"
READING_ARRAYS = threading.Lock()
"""Held while NumPy files are read: their heads go through Python's parser, whose depth CPython 3.11 counts for all
threads together, so that two at once may end with a SystemError (gh-106905)."""
_BUILDING, _REMOVED = "building-", "removed-"
_WHOLE = "Dizin bozulmadı."  # also where it was switched already, and only something old could not be removed
_FREE, _ELSEWHERE = "Yer açıp yeniden deneyin.", "--index ile yazılabilen başka bir klasör verin."


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """The right to write in an index folder, which is made where it is missing; one process has it at a time.

    What processes that died have left there is removed first.

    Raises:
        StorageError: the folder cannot be written, or another process is writing there.
    """
    with storage_errors(index):
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise StorageError(f"{index}: başka bir süreç bu dizini kuruyor; bitince yeniden deneyin.") from error
    try:
        with storage_errors(index):
            for folder in [index, *(path for path in _children(index) if path.is_dir() and not path.is_symlink())]:
                clear_passing(folder)
            yield
    finally:
        lock.release()


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Turns the operating system's refusals to write into :class:`StorageError` with a message for people."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        reason = f"diskte yer kalmadı. {_FREE}" if full else f"veri tabanı yazılamadı ({error}). {_ELSEWHERE}"
        raise StorageError(f"{place}: {reason} {_WHOLE}") from error
    except OSError as error:
        advice = _FREE if error.errno in (errno.ENOSPC, errno.EDQUOT) else _ELSEWHERE
        raise StorageError(f"{place}: {reason_of(error)}. {advice} {_WHOLE}") from error


@contextmanager
def building_folder(parent: Path) -> Iterator[Path]:
    """A fresh folder in ``parent`` to build in; it is removed again unless it was renamed."""
    parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=parent))
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def is_passing(path: Path) -> bool:
    """Whether this is a file or folder of work that is under way, or was when its process died."""
    return path.name.startswith((_BUILDING, _REMOVED))


def clear_passing(parent: Path) -> None:
    """Removes what processes that died have left in ``parent``. Only for who may write: nobody else works there."""
    for left in [path for path in _children(parent) if is_passing(path)]:
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()


def replace_file(path: Path, text: str) -> None:
    """Gives a file a new content by one rename; a crash leaves it as it was or as it is to be."""
    fresh = path.with_name(_BUILDING + path.name)
    fresh.write_text(text, encoding="utf-8", newline="")
    flush(fresh)
    fresh.replace(path)
    flush(path.parent)


def discard(folder: Path) -> None:
    """Takes a folder out of sight by one rename, then removes it: it is never seen half removed.

    Raises:
        OSError: it cannot be removed.
    """
    passing = folder.with_name(_REMOVED + folder.name)
    if passing.exists():
        shutil.rmtree(passing)
    folder.rename(passing)
    flush(folder.parent)
    shutil.rmtree(passing)
    flush(folder.parent)


def seal(building: Path, folder: Path, fields: Mapping[str, Any]) -> str:
    """Makes ``building`` the folder ``folder``: its manifest, all of it to disk, then one rename.

    Args:
        building: where everything but the manifest lies.
        folder: the new place beside it.
        fields: what the manifest says; it gets its own checksum besides.

    Returns:
        The SHA-256 of the manifest.
    """
    text = _with_checksum(fields)
    (building / MANIFEST).write_text(text, encoding="utf-8", newline="")
    for path in [*building.rglob("*"), building]:
        flush(path)
    building.rename(folder)
    flush(folder.parent)
    return hashlib.sha256(text.encode()).hexdigest()


def manifest_fields(folder: Path) -> tuple[dict[str, Any], bool]:
    """What the manifest of a folder says, and whether its own checksum holds: not a byte is other than written.

    Raises:
        IndexDamagedError: it is missing or not readable at all.
    """
    path = folder / MANIFEST
    try:
        if path.is_symlink():
            raise OSError(errno.ELOOP, "")
        text = path.read_bytes().decode("utf-8")
        fields = json.loads(text)
        fields.pop("checksum", None)
        return fields, _with_checksum(fields) == text
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise IndexDamagedError(f"{path}: okunamıyor ({type(error).__name__}). {advice(folder)}") from error


def check_files(folder: Path, files: Mapping[str, str]) -> None:
    """Compares every file of a folder with its SHA-256.

    Raises:
        IndexDamagedError: a file is missing or changed.
    """
    for name, digest in files.items():
        path = folder / name
        if path.is_symlink() or not path.is_file():
            raise IndexDamagedError(f"{path}: dizinin bu dosyası eksik. {advice(folder)}")
        try:
            actual = sha256_of(path)
        except OSError as error:
            raise IndexDamagedError(f"{path}: okunamıyor ({reason_of(error)}). {advice(folder)}") from error
        if actual != digest:
            raise IndexDamagedError(f"{path}: dosya bozulmuş (SHA-256 tutmuyor). {advice(folder)}")


def check_no_strangers(folder: Path, files: Mapping[str, str]) -> None:
    """Raises :class:`~indexer.errors.IndexDamagedError` where something lies in a folder that nobody put there."""
    known = {MANIFEST, *files, *(parent.as_posix() for name in files for parent in Path(name).parents)}
    for path in sorted(folder.rglob("*")):
        if path.relative_to(folder).as_posix() not in known:
            raise IndexDamagedError(f"{path}: dizinin parçası olmayan bir dosya. {advice(folder)}")


def files_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder but its manifest, by relative name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in files}


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Waits until a file, or the list of a folder's names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def advice(folder: Path) -> str:
    """What to do about a damaged generation or part: both lie two steps below the index folder."""
    return f"Yeniden kurmak için: kentesor index --index {folder.parent.parent}"


def _with_checksum(fields: Mapping[str, Any]) -> str:
    checksum = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    return json.dumps({**fields, "checksum": checksum}, indent=1, sort_keys=True) + "\n"


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
