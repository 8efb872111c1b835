"""Folders that are made once, checked by hash whenever they are opened, and made again when they are damaged.

A folder comes into being whole: it is built beside its place under a lock, described by a manifest (SHA-256 and size of
each file), and renamed. Two processes that want it at once build it once.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from indexer.errors import EncoderError, StorageError, reason_of

MANIFEST = "manifest.json"
CACHE_VARIABLE = "KENTESOR_CACHE"
_LOCK_SECONDS = 600  # longer than any build; a lock held for longer belongs to a process that hangs


def cache_folder() -> Path:
    """Give the folder for what can be made again: ``$KENTESOR_CACHE``, else the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_cache_dir("kentesor"))


@dataclass(frozen=True, slots=True)
class CachedFolder:
    """A folder in the cache and the way to make it.

    ``make`` fills the empty folder that it is given and returns a digest of what it was made from; ``version`` marks
    the form of its files: a folder of another version is made again.
    """

    path: Path
    version: int
    make: Callable[[Path], str]

    def ensure(self, wanted: Collection[str]) -> str:
        """See that the folder is there and that its files are what the manifest says; make it where not.

        Args:
            wanted: the files whose contents are about to be read; they are checked by hash, the others by size.

        Returns:
            The digest of what the folder was made from.

        Raises:
            EncoderError: another process holds the lock for too long, or ``make`` failed.
            StorageError: the folder cannot be written.
        """
        digest = self._verified(wanted)
        if digest is not None:
            return digest
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_name(self.path.name + ".lock"), timeout=_LOCK_SECONDS):
                # Another process may have made it while this one waited.
                return self._verified(wanted) or self._build()
        except Timeout as error:
            raise EncoderError(
                f"{self.path}: başka bir süreç {_LOCK_SECONDS} saniyedir bu klasörü hazırlıyor. "
                "Onu kapatıp yeniden deneyin."
            ) from error
        except OSError as error:
            raise StorageError(
                f"{self.path}: yazılamıyor ({reason_of(error)}). Orada yer açın ya da {CACHE_VARIABLE} "
                "ortam değişkeniyle başka bir klasör gösterin."
            ) from error

    def _verified(self, wanted: Collection[str]) -> str | None:
        try:
            manifest = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
            files, digest = manifest["files"], str(manifest["source"])
            if manifest["version"] != self.version or not set(wanted) <= set(files):
                return None
            for name, entry in files.items():
                path = self.path / name
                if path.stat().st_size != entry["bytes"] or (name in wanted and _sha256(path) != entry["sha256"]):
                    return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return digest

    def _build(self) -> str:
        prefix = f".{self.path.name}-"
        for left in self.path.parent.glob(prefix + "*"):  # of builds that were cut off: nobody else holds the lock
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=self.path.parent, prefix=prefix, ignore_cleanup_errors=True) as room:
            made = Path(room) / "new"
            made.mkdir()
            digest = self.make(made)
            files = {
                path.relative_to(made).as_posix(): {"bytes": path.stat().st_size, "sha256": _sha256(path)}
                for path in sorted(made.rglob("*"))
                if path.is_file()
            }
            manifest = {"version": self.version, "source": digest, "files": files}
            (made / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            if self.path.exists():
                self.path.rename(Path(room) / "old")
            made.rename(self.path)
        return digest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
