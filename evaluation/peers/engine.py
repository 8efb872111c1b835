"""What every peer offers, in its own environment: texts in, a ranking out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

PEERS = ("txtai", "llamaindex", "haystack")
"""The engines, each a module ``evaluation.peers.NAME_engine`` with a function ``open_engine``."""

Ranking = list[tuple[str, float]]
"""Names of passages with scores, best first."""


class Engine(Protocol):
    """A hybrid retrieval pipeline: dense vectors and BM25, fused as the engine's own documentation recommends."""

    @property
    def packages(self) -> Sequence[str]:
        """The distributions that make the pipeline, for the record of a run."""

    @property
    def settings(self) -> dict[str, str]:
        """What was chosen, in the engine's own terms, for the record of a run."""

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Cut a document with the engine's own splitter; gives spans of characters in reading order."""

    def index(self, names: Sequence[str], texts: Sequence[str], depth: int) -> None:
        """Encode and index passages, for rankings of ``depth`` passages."""

    def search(self, question: str) -> Ranking:
        """The best passages for a question."""


def open_engine(peer: str, encoder: Path) -> Engine:
    """Open a peer in the environment that this process runs in.

    Args:
        peer: one of :data:`PEERS`.
        encoder: a SentenceTransformer folder whose configuration names its prompts.
    """
    return cast(Engine, import_module(f"evaluation.peers.{peer}_engine").open_engine(encoder))


def locate(text: str, pieces: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Give the spans of verbatim ``pieces`` of ``text`` that follow each other, perhaps with overlaps.

    Raises:
        ValueError: a piece does not stand in the text after the start of the one before it.
    """
    start = 0
    for piece in pieces:
        start = text.index(piece, start)
        yield start, start + len(piece)
        start += 1
