"""Which reader reads which file: by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from indexer.errors import DocumentError
from indexer.reading.base import Reader
from indexer.reading.pdf import PdfReader
from indexer.reading.text import TextReader

_READERS: Mapping[str, Callable[[], Reader]] = {".txt": TextReader, ".pdf": PdfReader}

SUFFIXES = frozenset(_READERS)
"""The endings of the names of files that can be read, in small letters with their dot."""


def reader_of(path: Path) -> Reader:
    """The reader of the file at ``path``.

    Raises:
        DocumentError: no reader knows the ending of its name.
    """
    make = _READERS.get(path.suffix.lower())
    if make is None:
        known = ", ".join(sorted(SUFFIXES))
        raise DocumentError(f"{path}: bu türden dosyalar okunamıyor; okunabilenler: {known}.")
    return make()
