"""Documents of a folder as read: bytes, text, and what catalogue and text tell of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.catalogue import Entry, load_catalogue
from indexer.errors import DocumentError
from indexer.inference import source_of
from indexer.privacy import describe, find_personal_data, mask
from indexer.reading import read_content
from indexer.reading.files import read_bytes
from indexer.reading.limits import MAX_BYTES
from indexer.records import Document


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are to be worked.

    ``mask_personal_data``: personal data is masked in the text before anything else sees it.
    """

    mask_personal_data: bool = False


DEFAULT_OPTIONS = Options()


class RefusedError(DocumentError):
    """The reader of a document's format refuses its content, and would do so again."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document, and what its reader had to tell of it; ``masked`` says that personal data in it was masked."""

    document: Document
    notes: tuple[str, ...]
    masked: bool = False


def load_entry(path: Path, entry: Entry, max_bytes: int = MAX_BYTES) -> bytes:
    """The content of the file of a catalogue entry.

    Raises:
        DocumentError: it cannot be read, is larger than ``max_bytes``, or is no longer the one that the catalogue saw.
    """
    data = read_bytes(path, max_bytes)
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise DocumentError(f"{entry.file}: dosya dizin kurulurken değişti; yeniden deneyin.")
    return data


def read_entry(data: bytes, entry: Entry, options: Options) -> ReadDocument:
    """The document that the content of a file gives.

    Raises:
        RefusedError: its reader refuses it.
    """
    try:
        kind, reading = read_content(data, Path(entry.file))
    except DocumentError as error:
        raise RefusedError(str(error)) from error
    found = find_personal_data(reading.text) if options.mask_personal_data else ()
    text = mask(reading.text, found)
    source, masked = source_of(entry, text), options.mask_personal_data
    document = Document(source, text, reading.pages, kind, reading.layouts, masked)
    notes = (*reading.notes, f"kişisel veriler gizlendi: {describe(found)}.") if found else reading.notes
    return ReadDocument(document, notes, bool(found))


def read_folder(folder: Path, options: Options = DEFAULT_OPTIONS) -> Iterator[Document]:
    """The documents of a folder one by one, in the order of its catalogue, without an index.

    Raises:
        DocumentError: one of them cannot be read.
        CatalogueError: the catalogue cannot be read.
    """
    for entry in load_catalogue(folder).entries:
        yield read_entry(load_entry(folder / entry.file, entry), entry, options).document
