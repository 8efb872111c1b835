"""txtai: ``Embeddings(hybrid=True)``, a convex combination of cosine and normalised BM25 with txtai's own weights.

txtai reads the prompts of the encoder from the model's folder. https://neuml.github.io/txtai/embeddings/
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from txtai import Embeddings
from txtai.pipeline import Segmentation

from evaluation.peers.engine import Ranking, locate


class TxtaiEngine:
    """txtai's hybrid index as its documentation makes it."""

    packages = ("txtai",)

    def __init__(self, encoder: Path) -> None:
        self._embeddings = Embeddings(path=str(encoder), hybrid=True)
        self._depth = 0

    @property
    def settings(self) -> dict[str, str]:
        """See :class:`evaluation.peers.engine.Engine`."""
        return {"index": "Embeddings(hybrid=True), weights 0.5", "splitter": "Segmentation(paragraphs=True)"}

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Cuts at empty lines, as txtai's text extraction does."""
        return locate(text, Segmentation(paragraphs=True, cleantext=False)(text))

    def index(self, names: Sequence[str], texts: Sequence[str], depth: int) -> None:
        """See :class:`evaluation.peers.engine.Engine`."""
        self._depth = depth
        self._embeddings.index(zip(names, texts, strict=True))

    def search(self, question: str) -> Ranking:
        """See :class:`evaluation.peers.engine.Engine`."""
        return [(str(name), float(score)) for name, score in self._embeddings.search(question, self._depth)]


def open_engine(encoder: Path) -> TxtaiEngine:
    """Opens txtai with the encoder of a folder."""
    return TxtaiEngine(encoder)
