"""An index folder: generations on disk, each described by a manifest with checksums, and a pointer to the current one.

    DIR/CURRENT                     name and manifest checksum of the generation in use; replaced by one rename
    DIR/generations/000007/         manifest.json, store.sqlite, vectors.faiss, lexical/, originals/
    DIR/parts/                      one document's work each, see :mod:`indexer.storing.parts`
    DIR/build.lock                  held while an index is being written

A generation is never changed after it was published: an index is either whole and verified, or refused.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from indexer.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError, InputError
from indexer.records import Source
from indexer.storing.storage import (
    MANIFEST,
    advice,
    check_files,
    discard,
    flush,
    manifest_fields,
    replace_file,
    seal,
    sha256_of,
    writing,
)

SCHEMA_VERSION = 3
STORE, VECTORS, LEXICAL = "store.sqlite", "vectors.faiss", "lexical"
ORIGINALS = "originals"
CURRENT, GENERATIONS = "CURRENT", "generations"
_Read = TypeVar("_Read")
_POINTER = re.compile(r"(\d{6})(?: ([0-9a-f]{64}))?\n")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds and what made it; it tells no times, so that equal inputs give equal generations.

    ``fingerprint`` identifies the inputs (documents, catalogue, model, code). ``documents`` maps each document to the
    SHA-256 of its file, ``parts`` to the part that it was merged from, ``files`` each file, relative to the
    generation, to its SHA-256. ``analysis`` is the version of the code and word lists that read the documents.
    ``masked`` says that personal data in them was masked, wherever there was some.
    """

    schema: int
    fingerprint: str
    encoder: str
    analysis: str
    documents: dict[str, str]
    parts: dict[str, str]
    counts: dict[str, int]
    files: dict[str, str]
    masked: bool = False


def original_name(source: Source) -> str:
    """Where a generation keeps the file of a document that is not plain text, relative to the generation."""
    return f"{ORIGINALS}/{source.sha256}{PurePosixPath(source.file).suffix.lower()}"


def current_generation(index: Path) -> Path:
    """The folder of the generation in use.

    Raises:
        IndexMissingError: there is no index in ``index``.
        IndexDamagedError: the pointer names a generation that is not there.
    """
    return _generation(index, _pointer(index)[0])


def read_current(index: Path, read: Callable[[Path], _Read]) -> _Read:
    """What ``read`` gives of the folder of the generation in use.

    A build that goes on meanwhile may take away the generation that was in use a moment ago; then the one that is in
    use now is read.

    Raises:
        IndexMissingError, IndexDamagedError: as :func:`current_generation`, and whatever ``read`` raises.
    """
    while True:
        pointer = _pointer(index)
        try:
            return read(_generation(index, pointer[0]))
        except (IndexDamagedError, OSError, sqlite3.Error):
            if _pointer(index) == pointer:
                raise


def identity(index: Path) -> str:
    """Tells the generation in use from all others, also of another index that was made in the same folder.

    Raises:
        IndexMissingError, IndexDamagedError: as :func:`current_generation`.
    """
    current_generation(index)
    return " ".join(_pointer(index))


def was_removed(index: Path, generation: str) -> bool:
    """Whether a generation that was in use has been taken out of the folder, as when a document is removed.

    While the folder of all generations is away, as between the two steps of restoring a backup, none was taken out of
    it.

    Args:
        index: the index folder.
        generation: its :func:`identity`; another generation may have its name by now.
    """
    name, _, checksum = generation.partition(" ")
    folder = index / GENERATIONS
    if not folder.is_dir():
        return False
    try:
        return bool(checksum) and sha256_of(folder / name / MANIFEST) != checksum
    except OSError:
        return True


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation, unchanged since it was written.

    Raises:
        IndexDamagedError: it is missing or not readable, or not the one that the pointer names.
        IndexOutdatedError: it has another schema.
    """
    index = generation.parent.parent
    path = generation / MANIFEST
    fields, whole = manifest_fields(generation)
    schema = fields.get("schema")
    if schema != SCHEMA_VERSION and whole:
        raise IndexOutdatedError(
            f"{path}: dizin başka bir Kente Sor sürümüyle kurulmuş ({schema}, beklenen {SCHEMA_VERSION}). "
            + advice(generation)
        )
    try:
        manifest = Manifest(**fields)
    except TypeError:
        whole = False
    if not whole:
        raise IndexDamagedError(f"{path}: bildirim bozulmuş. {advice(generation)}")
    try:
        name, checksum = _pointer(index)
    except (IndexMissingError, IndexDamagedError):  # told by who asks for the current generation
        return manifest
    if name == generation.name and checksum != sha256_of(path):
        raise IndexDamagedError(f"{index / CURRENT}: gösterdiği sürümün bildirimiyle tutmuyor. {advice(generation)}")
    return manifest


def verify_generation(generation: Path) -> Manifest:
    """Checks that every file of a generation is what its manifest says, and returns the manifest.

    Raises:
        IndexDamagedError: a file is missing or changed.
        IndexOutdatedError: as :func:`read_manifest`.
    """
    manifest = read_manifest(generation)
    check_files(generation, manifest.files)
    return manifest


def publish(index: Path, building: Path, manifest: Manifest) -> Path:
    """Makes ``building`` the current generation: manifest, flush to disk, rename, pointer. Returns its new folder."""
    last = max((int(path.name) for path in generation_folders(index)), default=0)
    generation = index / GENERATIONS / f"{last + 1:06d}"
    checksum = seal(building, generation, asdict(manifest))
    flush(index)
    _point_to(index, generation, checksum)
    return generation


def previous_generation(index: Path, unlike: str | None = None) -> Path | None:
    """The newest whole generation before the current one; with a damaged pointer the newest whole one.

    ``unlike`` is the fingerprint of inputs that it must not have been made from.
    """
    try:
        below = current_generation(index).name
    except IndexDamagedError:
        below = ""
    for folder in reversed(generation_folders(index)):
        if not below or folder.name < below:
            try:
                manifest = verify_generation(folder)
            except (IndexDamagedError, IndexOutdatedError):
                continue
            if manifest.fingerprint != unlike:
                return folder
    return None


def rollback(index: Path) -> Manifest:
    """Makes the generation before the current one the current one again.

    Raises:
        IndexMissingError: there is no index.
        InputError: there is no generation before it that could be used.
        StorageError: the folder cannot be written, or another process is writing there.
    """
    if not (index / CURRENT).is_file():
        raise _missing(index)  # before a folder is made for the lock
    with writing(index):
        generation = previous_generation(index)
        if generation is None:
            raise InputError(f"{index}: geri dönülecek önceki bir sürüm yok.")
        _point_to(index, generation, sha256_of(generation / MANIFEST))
        return read_manifest(generation)


def prune_generations(index: Path, kept: Iterable[Path]) -> None:
    """Removes every generation but those in ``kept``."""
    names = {path.name for path in kept}
    for folder in generation_folders(index):
        if folder.name not in names:
            discard(folder)


def generation_folders(index: Path) -> list[Path]:
    """The folders of all generations, oldest first."""
    folder = index / GENERATIONS
    return sorted(path for path in folder.iterdir() if _is_name(path.name)) if folder.is_dir() else []


def _is_name(name: str) -> bool:
    return len(name) == 6 and name.isascii() and name.isdigit()


def _pointer(index: Path) -> tuple[str, str]:
    """Name and manifest checksum of the current generation; an older version of Kente Sor wrote no checksum."""
    pointer = index / CURRENT
    if not pointer.is_file():
        raise _missing(index)
    match = _POINTER.fullmatch(pointer.read_bytes().decode("ascii", errors="replace"))
    if match is None:
        raise IndexDamagedError(f"{pointer}: bozulmuş. {advice(index / GENERATIONS / CURRENT)}")
    return match[1], match[2] or ""


def _missing(index: Path) -> IndexMissingError:
    return IndexMissingError(f"{index}: burada dizin yok. Kurmak için: kentesor index --index {index}")


def _generation(index: Path, name: str) -> Path:
    folder = index / GENERATIONS / name
    if not folder.is_dir():
        raise IndexDamagedError(f"{index / CURRENT}: var olmayan bir sürümü gösteriyor. {advice(folder)}")
    return folder


def _point_to(index: Path, generation: Path, checksum: str) -> None:
    replace_file(index / CURRENT, f"{generation.name} {checksum}\n")
