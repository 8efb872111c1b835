"""Builds a generation from a folder of documents: read, outline, tables, facts, passages, vectors, lexical index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from indexer.catalogue import load_catalogue
from indexer.commitments import read_commitments
from indexer.encoder import Encoder
from indexer.errors import DocumentError, InputError, KenteSorError, StorageError
from indexer.facts import read_facts
from indexer.generations import (
    LEXICAL,
    SCHEMA_VERSION,
    STORE,
    VECTORS,
    Manifest,
    current_generation,
    files_of,
    new_generation,
    publish,
    storage_errors,
    verify_generation,
)
from indexer.lexical import LexicalIndex
from indexer.outline import read_outline
from indexer.passages import split_passages
from indexer.prose_figures import ProseFigure, read_prose_figures
from indexer.reading import read_document
from indexer.records import Document, Fact, Passage, Source, Table
from indexer.row_passages import covered, row_passages
from indexer.store import Store, StoreWriter
from indexer.tables import read_tables
from indexer.vectors import Matrix, VectorIndex

Progress = Callable[[str, int, int], None]
"""Called with the stage ("reading", "encoding"), how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the documents indexed, those that failed with the reason, and the counts of what was read."""

    changed: bool
    documents: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Worked:
    document: Document
    passages: list[Passage]
    tables: list[Table]
    facts: list[Fact]
    figures: list[ProseFigure]


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def build_index(corpora: Path, index: Path, encoder: Encoder, progress: Progress = _silent) -> BuildReport:
    """Builds or updates the index in ``index`` from the documents in ``corpora``.

    A document that cannot be read is reported and the others go on. When nothing has changed since the current
    generation, nothing is done. Vectors of texts that the current generation holds already are taken over.

    Raises:
        InputError: ``corpora`` is no folder or holds no document that can be read.
        StorageError: ``index`` cannot be written, or another process is building there.
    """
    if not corpora.is_dir():
        raise InputError(f"{corpora}: böyle bir belge klasörü yok. --corpora ile belgelerin klasörünü verin.")
    with storage_errors(index):
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / "build.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise StorageError(f"{index}: başka bir süreç bu dizini kuruyor; bitince yeniden deneyin.") from error
    with lock:
        return _build(corpora, index, encoder, progress)


def _build(corpora: Path, index: Path, encoder: Encoder, progress: Progress) -> BuildReport:
    catalogue = load_catalogue(corpora)
    failures = list(catalogue.failures)
    fingerprint = _fingerprint(catalogue.sources, failures, encoder)
    previous = _previous_manifest(index)
    if previous is not None and previous[1].fingerprint == fingerprint:
        manifest = previous[1]
        return BuildReport(False, tuple(manifest.documents), tuple(failures), manifest.counts)
    works: list[_Worked] = []
    for number, source in enumerate(catalogue.sources):
        progress("reading", number, len(catalogue.sources))
        try:
            works.append(_work(read_document(corpora / source.file, source)))
        except DocumentError as error:
            failures.append((source.file, str(error)))
    progress("reading", len(catalogue.sources), len(catalogue.sources))
    if not works:
        reasons = "; ".join(f"{file}: {reason}" for file, reason in failures)
        raise InputError(f"{corpora}: okunabilen belge yok. {reasons}".strip())
    with new_generation(index) as building:
        writer = StoreWriter(building / STORE)
        for work in works:
            writer.add_document(work.document, work.passages, work.tables, work.facts, work.figures)
        commitments = read_commitments(fact for work in works for fact in work.facts)
        writer.add_commitments(commitments)
        writer.close()
        texts = [passage.search_text for work in works for passage in work.passages]
        known = _known_vectors(previous, encoder)
        VectorIndex.from_vectors(_encode(texts, known, encoder, progress)).save(building / VECTORS)
        LexicalIndex.from_texts(texts).save(building / LEXICAL)
        manifest = Manifest(
            schema=SCHEMA_VERSION,
            fingerprint=fingerprint,
            encoder=encoder.name,
            documents={work.document.id: work.document.source.sha256 for work in works},
            counts={**_counts(works), "commitments": len(commitments)},
            files=files_of(building),
        )
        publish(index, building, manifest)
    return BuildReport(True, tuple(manifest.documents), tuple(failures), manifest.counts)


def _work(document: Document) -> _Worked:
    outline = read_outline(document)
    tables = read_tables(document, outline)
    rows = row_passages(document, tables)
    taken = covered(document, tables)
    prose = split_passages(document, outline, taken)
    passages = sorted([*prose, *rows], key=lambda passage: passage.span)
    return _Worked(document, passages, tables, read_facts(document, tables), read_prose_figures(document, taken))


def _counts(works: Sequence[_Worked]) -> dict[str, int]:
    rows = [row for work in works for table in work.tables for row in table.rows]
    return {
        "documents": len(works),
        "passages": sum(len(work.passages) for work in works),
        "tables": sum(len(work.tables) for work in works),
        "rows": len(rows),
        "ambiguous rows": sum(row.ambiguous for row in rows),
        "facts": sum(len(work.facts) for work in works),
        "figures": sum(len(work.figures) for work in works),
    }


def _fingerprint(sources: Sequence[Source], failures: Sequence[tuple[str, str]], encoder: Encoder) -> str:
    """Covers everything that the index is made of, our own code and word lists included."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION}\n{encoder.name}\n".encode())
    for source in sources:
        fields = {**asdict(source), "inferred": sorted(source.inferred)}
        digest.update(json.dumps(fields, sort_keys=True).encode())
    digest.update(json.dumps(sorted(failures)).encode())
    here = Path(__file__).parent
    for path in sorted([*here.rglob("*.py"), *here.rglob("*.toml")]):
        digest.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _previous_manifest(index: Path) -> tuple[Path, Manifest] | None:
    """The current generation if it is whole; a missing, older or damaged one is simply built anew."""
    try:
        generation = current_generation(index)
        return generation, verify_generation(generation)
    except KenteSorError:
        return None


def _known_vectors(previous: tuple[Path, Manifest] | None, encoder: Encoder) -> dict[str, Matrix]:
    if previous is None or previous[1].encoder != encoder.name:
        return {}
    generation = previous[0]
    texts = [passage.search_text for passage in Store(generation / STORE).passages()]
    return dict(zip(texts, VectorIndex.load(generation / VECTORS).vectors(), strict=True))


def _encode(texts: Sequence[str], known: dict[str, Matrix], encoder: Encoder, progress: Progress) -> Matrix:
    fresh = sorted({text for text in texts if text not in known})
    if fresh:
        vectors = encoder.encode_passages(fresh, lambda done: progress("encoding", done, len(fresh)))
        known = known | dict(zip(fresh, vectors, strict=True))
    return np.stack([known[text] for text in texts]).astype(np.float32)
