"""Takes one document out of an index, out of every generation and every part: no file keeps a trace of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import InputError, KenteSorError
from indexer.storing.generations import (
    CURRENT,
    current_generation,
    generation_folders,
    prune_generations,
    read_manifest,
    verify_generation,
)
from indexer.storing.merging import publish_merged
from indexer.storing.parts import open_part, part_folder, part_folders, parts_of_document
from indexer.storing.storage import discard, flush, writing


@dataclass(frozen=True, slots=True)
class Removal:
    """What was removed.

    ``left`` are the ids of the documents that the index still holds; without any, the index is gone. ``generations``
    is how many older generations went with the document, ``can_roll_back`` whether one is left.
    """

    document: str
    left: tuple[str, ...]
    generations: int
    can_roll_back: bool


def remove_document(index: Path, document: str) -> Removal:
    """Publishes a generation without a document, then removes every generation and part that holds it.

    What was interrupted is finished by another call: it looks at all that lies in the folder.

    Raises:
        IndexMissingError, IndexOutdatedError, IndexDamagedError: the index cannot be used, with what to do.
        InputError: neither the index nor anything that an earlier build left holds such a document.
        StorageError: the folder cannot be written, or another process is writing there.
    """
    if not (index / CURRENT).is_file() and (any(_holding(index, document)) or any(parts_of_document(index, document))):
        return _remove_what_is_left(index, document)
    current_generation(index)  # before a folder is made for the lock
    with writing(index):
        current = current_generation(index)
        manifest = verify_generation(current)
        others = {name: key for name, key in manifest.parts.items() if name != document}
        holding = set(_holding(index, document))
        parts = list(parts_of_document(index, document))
        if document not in manifest.documents and not holding and not parts:
            raise InputError(f"{document}: dizinde böyle bir belge yok. Olanlar: {', '.join(manifest.documents)}")
        if document in manifest.documents and others:
            current, manifest = publish_merged(index, [open_part(part_folder(index, key)) for key in others.values()])
        elif not others:
            (index / CURRENT).unlink()
            flush(index)
        kept = [folder for folder in generation_folders(index) if folder == current or folder not in holding]
        prune_generations(index, kept if others else [])
        for folder in parts if others else part_folders(index):
            discard(folder)
    return Removal(document, tuple(others), len(holding), len(kept) > 1 and bool(others))


def _remove_what_is_left(index: Path, document: str) -> Removal:
    """Removes a document where there is no index: the last one's removal, or a first build, was interrupted."""
    with writing(index):
        holding = list(_holding(index, document))
        for folder in [*holding, *parts_of_document(index, document)]:
            discard(folder)
    return Removal(document, (), len(holding), can_roll_back=False)


def _holding(index: Path, document: str) -> Iterator[Path]:
    """The generations that hold a document; one that cannot be read counts as one of them, to be safe."""
    for folder in generation_folders(index):
        try:
            if document in read_manifest(folder).documents:
                yield folder
        except KenteSorError:
            yield folder
