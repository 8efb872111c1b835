"""The catalogue of a folder of documents: the entries of ``sources.toml``, and every other file that can be read.

Documents are not opened here, only their bytes are hashed: what a text tells of itself is found out where it is read
(:mod:`indexer.inference`). No symbolic link is followed and nothing outside the folder is touched.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, get_args

from indexer.errors import CatalogueError, reason_of
from indexer.reading import SUFFIXES
from indexer.reading.limits import MAX_BYTES
from indexer.records import Kind, Level
from indexer.turkish import ascii_key

CATALOGUE = "sources.toml"

_TEXT_KEYS = ("id", "municipality", "province", "title", "file", "sha256", "provenance", "provenance_en")
_KEYS = frozenset({*_TEXT_KEYS, "level", "kind", "year", "period"})
_YEARS = range(1990, 2101)
_NO_DOCUMENTS = frozenset({"readme", "beni oku", "benioku"})  # names of files that are about a folder


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a folder: its id, its file relative to the folder, the file's SHA-256.

    ``given`` holds the other fields of :class:`~indexer.records.Source` that ``sources.toml`` states, as JSON knows
    them.
    """

    id: str
    file: str
    sha256: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The documents of a folder in a stable order, and what could not be taken in: (file or entry, reason)."""

    entries: tuple[Entry, ...]
    failures: tuple[tuple[str, str], ...] = ()


class _EntryError(Exception):
    """An entry or a file that has to be left out; the message is the reason that the user reads."""


def default_corpora() -> Path:
    """The documents that come with Kente Sor, beside its code; else ``corpora`` in the working folder."""
    shipped = Path(__file__).parent.parent / "corpora"
    return shipped if shipped.is_dir() else Path("corpora")


def load_catalogue(folder: Path, max_bytes: int = MAX_BYTES) -> Catalogue:
    """All documents of a folder: the entries of ``sources.toml``, then every other file that can be read.

    The order is that of the catalogue, then that of the file names. Files of an unknown kind are reported; hidden
    files, README files and the lock files of office programs are passed over. A wrong entry is reported in
    ``failures`` and its document left out; the others go on.

    Args:
        folder: The folder of the documents; ``sources.toml`` may be missing.
        max_bytes: The size of a file beyond which it is left out.

    Raises:
        CatalogueError: ``sources.toml`` cannot be read at all, or the folder cannot be listed.
    """
    entries: list[Entry] = []
    failures: list[tuple[str, str]] = []
    claimed: set[str] = set()
    for number, given in enumerate(_read_entries(folder / CATALOGUE), 1):
        file = given.get("file") if isinstance(given, dict) else None
        name = file if isinstance(file, str) and file else f"{CATALOGUE}, {number}. [[source]]"
        try:
            entries.append(_with_new_id(_given_entry(folder, given, claimed, max_bytes), entries))
        except _EntryError as error:
            failures.append((name, str(error)))
    for path in _other_files(folder, claimed):
        try:
            entries.append(_with_new_id(_file_entry(path, max_bytes), entries))
        except _EntryError as error:
            failures.append((path.name, str(error)))
    return Catalogue(tuple(entries), tuple(failures))


def _other_files(folder: Path, claimed: set[str]) -> list[Path]:
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise CatalogueError(f"{folder}: klasör okunamıyor ({reason_of(error)}).") from error
    return [
        path
        for path in paths
        if path.name not in claimed
        and path.name != CATALOGUE
        and not path.name.startswith((".", "~$"))
        and ascii_key(path.stem) not in _NO_DOCUMENTS
        and (path.suffix.lower() in SUFFIXES or path.is_symlink() or not path.is_dir())
    ]


def _read_entries(path: Path) -> list[Any]:
    if path.is_symlink():
        raise CatalogueError(f"{path}: sembolik bağlantı izlenmez; dosyanın kendisini koyun.")
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CatalogueError(f"{path}: okunamıyor ({reason_of(error)}).") from error
    except (ValueError, RecursionError) as error:  # of TOML, of UTF-8, of numbers without end
        raise CatalogueError(f"{path}: geçerli bir TOML dosyası değil ({error}).") from error
    strangers = sorted(data.keys() - {"source"})
    entries = data.get("source", [])
    if strangers or not isinstance(entries, list):
        wrong = ", ".join(strangers) or "source"
        raise CatalogueError(f"{path}: yalnız [[source]] kayıtları olmalı; tanınmayan: {wrong}.")
    return entries


def _given_entry(folder: Path, given: object, claimed: set[str], max_bytes: int) -> Entry:
    """The entry that a table of ``sources.toml`` describes; ``claimed`` gets its file."""
    if not isinstance(given, dict):
        raise _EntryError("kayıt bir tablo olmalı.")
    file = given.get("file")
    if not isinstance(file, str) or not file:
        raise _EntryError('kayıtta "file" yok.')
    pure = PurePosixPath(file)
    if pure.is_absolute() or ".." in pure.parts or "\0" in file:
        raise _EntryError("dosya, belge klasörünün içinde olmalı.")
    if pure.as_posix() in claimed:
        raise _EntryError("bu dosya katalogda iki kez geçiyor; ilk kayıt geçerli.")
    claimed.add(pure.as_posix())
    _validate(given)
    digest = _digest(folder, pure, max_bytes)
    expected = given.get("sha256", digest)
    if expected.lower() != digest:
        raise _EntryError(
            f"dosya katalogdakinden farklı (sha256 {digest[:12]}…, beklenen {expected[:12]}…); "
            "belge bilerek değiştiyse katalogdaki sha256 değerini yenileyin."
        )
    others = {key: value for key, value in given.items() if key not in ("id", "file", "sha256")}
    return Entry(given.get("id", unicodedata.normalize("NFC", pure.stem)), pure.as_posix(), digest, others)


def _file_entry(path: Path, max_bytes: int) -> Entry:
    if not path.name.isprintable():  # so are bytes of a name that are not UTF-8
        raise _EntryError("dosyanın adında yazılamayan karakterler var; dosyayı yeniden adlandırın.")
    digest = _digest(path.parent, PurePosixPath(path.name), max_bytes)
    return Entry(unicodedata.normalize("NFC", path.stem), path.name, digest, {})


def _with_new_id(entry: Entry, entries: list[Entry]) -> Entry:
    if any(other.id == entry.id for other in entries):
        raise _EntryError(f'"{entry.id}" kimliği başka bir belgede kullanılmış; belgeye başka bir id verin.')
    return entry


def _digest(folder: Path, file: PurePosixPath, max_bytes: int) -> str:
    """The SHA-256 of a plain file that lies in ``folder``, reached through no link.

    Raises:
        _EntryError: it is missing, no plain file, a link, of no known kind, too large or unreadable.
    """
    if any((folder / part).is_symlink() for part in [file, *file.parents][:-1]):
        raise _EntryError("sembolik bağlantı izlenmez; dosyanın kendisini belge klasörüne koyun.")
    if file.suffix.lower() not in SUFFIXES:
        raise _EntryError(f"bu türden dosyalar okunamıyor; okunabilenler: {', '.join(sorted(SUFFIXES))}.")
    try:
        state = os.lstat(folder / file)
        if stat.S_ISDIR(state.st_mode):
            raise _EntryError("bu bir klasör, belge değil; içindeki dosyaları verin.")
        if not stat.S_ISREG(state.st_mode):
            raise _EntryError("bu sıradan bir dosya değil; belgenin kendisini verin.")
        if state.st_size > max_bytes:
            size, limit = state.st_size / 2**20, max_bytes // 2**20
            raise _EntryError(f"dosya çok büyük ({size:.0f} MiB; sınır {limit} MiB); bölerek verin.")
        # Should it be changed for a link or a pipe just now: no link is followed, and no pipe is waited for.
        descriptor = os.open(folder / file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        raise _EntryError("böyle bir dosya yok.") from None
    except OSError as error:
        raise _EntryError(f"dosya okunamıyor ({reason_of(error)}).") from error


def _validate(entry: Mapping[str, Any]) -> None:
    strangers = sorted(entry.keys() - _KEYS)
    if strangers:
        raise _EntryError(f"tanınmayan anahtar: {', '.join(strangers)} (tanınanlar: {', '.join(sorted(_KEYS))}).")
    for key in _TEXT_KEYS:
        if key in entry and not (isinstance(entry[key], str) and entry[key] and entry[key].isprintable()):
            raise _EntryError(f'"{key}" boş olmayan bir metin olmalı.')
    for key, allowed in (("kind", get_args(Kind)), ("level", get_args(Level))):
        if key in entry and entry[key] not in allowed:
            raise _EntryError(f'"{key}" şunlardan biri olmalı: {", ".join(allowed)}.')
    if "year" in entry and not _is_year(entry["year"]):
        raise _EntryError('"year" dört basamaklı bir yıl olmalı.')
    if "period" in entry:
        period = entry["period"]
        if not (
            isinstance(period, list) and len(period) == 2 and all(map(_is_year, period)) and period[0] <= period[1]
        ):
            raise _EntryError('"period" iki yıl olmalı: [ilk, son].')


def _is_year(value: object) -> bool:
    return type(value) is int and value in _YEARS
