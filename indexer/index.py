"""An index opened for reading: what ``qa`` asks."""

from __future__ import annotations

import os
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import platformdirs

from indexer.commitments import Commitment
from indexer.encoder import Encoder, open_encoder
from indexer.errors import IndexDamagedError, IndexOutdatedError
from indexer.records import Box, Document, Fact, Passage, Span, Table
from indexer.storing.generations import (
    LEXICAL,
    STORE,
    VECTORS,
    Manifest,
    original_name,
    read_current,
    read_manifest,
    verify_generation,
)
from indexer.storing.layouts import boxes_of
from indexer.storing.lexical import LexicalIndex
from indexer.storing.store import Store
from indexer.storing.vectors import VectorIndex


def default_index_folder() -> Path:
    """``KENTESOR_INDEX``, else a folder in the user's data directory."""
    named = os.environ.get("KENTESOR_INDEX")
    return Path(named) if named else Path(platformdirs.user_data_dir("kentesor")) / "index"


def open_store(folder: Path | None = None) -> Store:
    """The store of the current generation in ``folder``, verified; no model and no vectors are loaded.

    Raises:
        IndexMissingError, IndexOutdatedError, IndexDamagedError: with what to do in the message.
    """

    def opened(generation: Path) -> Store:
        verify_generation(generation)
        return Store(generation / STORE)

    return read_current(folder or default_index_folder(), opened)


@dataclass(frozen=True)
class Index:
    """One verified generation. Everything in it belongs together: position i of ``passages`` is line i of the rest."""

    folder: Path
    generation: Path
    manifest: Manifest
    store: Store
    vectors: VectorIndex
    lexical: LexicalIndex
    encoder: Encoder

    @classmethod
    def open(cls, folder: Path | None = None, encoder: Encoder | None = None) -> Index:
        """Opens and verifies the current generation in ``folder``.

        Args:
            folder: the index folder; by default :func:`default_index_folder`.
            encoder: the embedding model; by default the one that Kente Sor ships with.

        Raises:
            IndexMissingError, IndexOutdatedError, IndexDamagedError: with what to do in the message.
            EncoderError: the model cannot be loaded.
        """
        folder = folder or default_index_folder()
        read_current(folder, read_manifest)  # a missing index is told before a model is loaded
        encoder = encoder or open_encoder()
        return read_current(folder, lambda generation: cls._of(folder, generation, encoder))

    @classmethod
    def _of(cls, folder: Path, generation: Path, encoder: Encoder) -> Index:
        manifest = verify_generation(generation)
        if manifest.encoder != encoder.name:
            raise IndexOutdatedError(
                f"{folder}: dizin {manifest.encoder} modeliyle kurulmuş, açılan model {encoder.name}. "
                f"Yeniden kurmak için: kentesor index --index {folder}"
            )
        index = cls(
            folder=folder,
            generation=generation,
            manifest=manifest,
            store=Store(generation / STORE),
            vectors=VectorIndex.load(generation / VECTORS),
            lexical=LexicalIndex.load(generation / LEXICAL),
            encoder=encoder,
        )
        if len(index.vectors) != len(index.passages):
            raise IndexDamagedError(f"{generation}: parça ve vektör sayıları tutmuyor.")
        return index

    @cached_property
    def passages(self) -> list[Passage]:
        """All passages in the order of the vectors."""
        return self.store.passages()

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by id."""
        return {document.id: document for document in self.store.documents()}

    @cached_property
    def facts(self) -> list[Fact]:
        """All facts."""
        return self.store.facts()

    @cached_property
    def commitments(self) -> list[Commitment]:
        """All commitments."""
        return self.store.commitments()

    def original(self, document: str) -> Path | None:
        """The file that a document was read from; None where that is plain text, or no document has this id."""
        held = self.documents.get(document)
        if held is None:
            return None
        name = original_name(held.source)
        return self.generation / name if name in self.manifest.files else None

    def tables(self, document: str, lines: tuple[int, int] | None = None) -> list[Table]:
        """The tables of one document in reading order; with ``lines`` only those that reach into this stretch."""
        return self.store.tables(document, lines)

    def boxes(self, document: str, span: Span) -> tuple[tuple[int, Box], ...]:
        """Where a stretch of a PDF's text stands: page numbers and boxes, one for each line, in reading order.

        None for a document of another format.
        """
        if self.documents[document].format != "pdf":
            return ()
        return tuple((page.number, box) for page in self.store.pages_of(document, span) for box in boxes_of(page, span))

    @cached_property
    def _facts_by_document(self) -> dict[str, list[tuple[int, Fact]]]:
        found: dict[str, list[tuple[int, Fact]]] = {}
        for fact in self.facts:
            for place in fact.places:
                found.setdefault(place.document, []).append((place.row.start, fact))
        return {document: sorted(facts, key=lambda item: item[0]) for document, facts in found.items()}

    def facts_within(self, passage: Passage) -> list[Fact]:
        """The facts whose rows begin inside ``passage``, in reading order."""
        facts = self._facts_by_document.get(passage.document, [])
        first = bisect_left(facts, passage.span.start, key=lambda item: item[0])
        last = bisect_left(facts, passage.span.end, key=lambda item: item[0])
        return [fact for _, fact in facts[first:last]]
