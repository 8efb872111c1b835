"""Whether an index masks personal data; and nothing unmasked stays in one that does."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import IndexDamagedError, KenteSorError
from indexer.storing.generations import current_generation, generation_folders, prune_generations, read_manifest
from indexer.storing.parts import part_folders
from indexer.storing.storage import manifest_fields


def masks_personal_data(index: Path) -> bool:
    """Whether the documents of an index are masked; False where there is no index.

    Where the current generation does not tell, being damaged, what else lies in the folder does: an index that was
    masked must not be built anew without.
    """
    try:
        return read_manifest(current_generation(index)).masked
    except KenteSorError:
        return any(map(_is_masked, [*generation_folders(index), *part_folders(index)]))


def prune_unmasked(index: Path) -> None:
    """Removes every generation that is not masked. Only for who holds the right to write."""
    prune_generations(index, filter(_is_masked, generation_folders(index)))


def _is_masked(folder: Path) -> bool:
    """What the manifest of a generation or a part says."""
    try:
        fields, _ = manifest_fields(folder)
    except IndexDamagedError:
        return False
    return fields.get("masked") is True
