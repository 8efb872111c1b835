"""One document's work on disk: what indexing it gave, kept so that it is done once.

    DIR/parts/<key>/manifest.json   of what the part is and what it holds, with checksums
                    store.sqlite    the document, its passages, tables, facts and figures, in a generation's schema
                    terms.json      the terms of each passage, for the lexical index
                    vectors.npy     the vector of each passage
                    original.pdf    the file itself, where it is not plain text

The key covers everything that the work depends on; a part is never changed. A generation is merged from parts. A
document that its reader refuses leaves a part that holds nothing but the reason, so that it is not tried again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import numpy as np

from indexer.catalogue import Entry
from indexer.documents import Options
from indexer.errors import IndexDamagedError, IndexOutdatedError
from indexer.storing.generations import SCHEMA_VERSION
from indexer.storing.storage import (
    READING_ARRAYS,
    advice,
    check_files,
    check_no_strangers,
    discard,
    is_passing,
    manifest_fields,
    seal,
)
from indexer.storing.vectors import Matrix

PARTS = "parts"
STORE, TERMS, VECTORS, ORIGINAL = "store.sqlite", "terms.json", "vectors.npy", "original"
_LIBRARIES = (
    "langchain-text-splitters", "lxml", "openpyxl", "pdfplumber", "pypdfium2", "python-docx", "rapidfuzz", "simplemma",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartManifest:
    """What a part is of, what it holds and what made it.

    ``failure`` is the reason why the document was refused; then there are no files. ``notes`` are what its reader had
    to tell. ``sha256`` is that of the document's file.
    """

    schema: int
    key: str
    document: str
    file: str
    sha256: str
    encoder: str
    analysis: str
    masked: bool
    counts: dict[str, int]
    notes: list[str]
    failure: str | None
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is whole."""

    folder: Path
    manifest: PartManifest

    @property
    def store(self) -> Path:
        """Its SQLite file."""
        return self.folder / STORE

    def vectors(self) -> Matrix:
        """The vectors of its passages, shape (passages, dimension)."""
        with READING_ARRAYS:
            return np.asarray(np.load(self.folder / VECTORS, allow_pickle=False), dtype=np.float32)

    def terms(self) -> list[list[str]]:
        """The terms of each of its passages."""
        terms: list[list[str]] = json.loads((self.folder / TERMS).read_text(encoding="utf-8"))
        return terms

    @property
    def original(self) -> Path | None:
        """The document's file, where it is not plain text."""
        return next((self.folder / name for name in self.manifest.files if Path(name).stem == ORIGINAL), None)


@cache
def analysis_version() -> str:
    """Identifies how documents are read: our code and word lists, and the libraries that have a say in it."""
    digest = hashlib.sha256()
    here = Path(__file__).parent.parent
    for path in sorted([*here.rglob("*.py"), *here.rglob("*.toml")]):
        digest.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    return digest.hexdigest()


def part_key(entry: Entry, options: Options, encoder: str) -> str:
    """The name of the part that working a document gives."""
    fields = {
        "schema": SCHEMA_VERSION,
        "analysis": analysis_version(),
        "encoder": encoder,
        "entry": {**asdict(entry), "given": dict(entry.given)},
        "options": asdict(options),
    }
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def finish_part(index: Path, building: Path, manifest: PartManifest) -> Part:
    """Puts a part in its place: sealed, flushed, renamed. A damaged one of that name is taken away before."""
    folder = part_folder(index, manifest.key)
    if folder.exists():
        discard(folder)
    seal(building, folder, asdict(manifest))
    return Part(folder, manifest)


def part_folder(index: Path, key: str) -> Path:
    """Where the part of this name lies."""
    return index / PARTS / key


def open_part(folder: Path) -> Part:
    """A part with every file verified.

    Raises:
        IndexDamagedError: it is missing, or a file in it is missing, changed or too many.
        IndexOutdatedError: another version of Kente Sor made it.
    """
    part = _described(folder)
    if part.manifest.schema != SCHEMA_VERSION:
        raise IndexOutdatedError(f"{folder}: başka bir Kente Sor sürümünün. {advice(folder)}")
    check_files(folder, part.manifest.files)
    check_no_strangers(folder, part.manifest.files)
    return part


def find_part(index: Path, key: str) -> Part | None:
    """The part of this name, if it is there and whole."""
    try:
        return open_part(part_folder(index, key))
    except (IndexDamagedError, IndexOutdatedError):
        return None


def known_vectors(index: Path, entry: Entry, encoder: str) -> dict[str, Matrix]:
    """Vectors by text that parts of the same document hold already, whatever version of our code made them."""
    known: dict[str, Matrix] = {}
    for folder in part_folders(index):
        try:
            part = _described(folder)
            same = part.manifest.document == entry.id or part.manifest.sha256 == entry.sha256
            if same and part.manifest.encoder == encoder and part.manifest.failure is None:
                check_files(folder, part.manifest.files)
                known |= zip(_search_texts(part.store), part.vectors(), strict=True)
        except (IndexDamagedError, sqlite3.Error, ValueError):
            continue  # damaged, or of a schema that we do not know: its texts are encoded again
    return known


def part_folders(index: Path) -> list[Path]:
    """The folders of all parts, whole or not."""
    folder = index / PARTS
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and not is_passing(path))


def prune_parts(index: Path, kept: Iterable[str]) -> None:
    """Removes every part but those of the names ``kept``."""
    names = set(kept)
    for folder in part_folders(index):
        if folder.name not in names:
            discard(folder)


def parts_of_document(index: Path, document: str) -> Iterator[Path]:
    """The folders of the parts of one document; a part that cannot be read counts as one of them, to be safe."""
    for folder in part_folders(index):
        try:
            if _described(folder).manifest.document == document:
                yield folder
        except IndexDamagedError:
            yield folder


def _described(folder: Path) -> Part:
    """A part of which only the manifest is verified."""
    fields, whole = manifest_fields(folder)
    try:
        manifest = PartManifest(**fields)
    except TypeError:
        whole = False
    if not whole or manifest.key != folder.name:
        raise IndexDamagedError(f"{folder}: bildirimi bozulmuş. {advice(folder)}")
    return Part(folder, manifest)


def _search_texts(store: Path) -> list[str]:
    with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return [text for (text,) in connection.execute("SELECT search_text FROM passages ORDER BY id")]
