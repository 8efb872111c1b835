"""Finds the passages that answer a question: scope first, then dense and lexical likeness, then a learned ranking.

The first stage takes the passages that either likeness puts on top, within the scope of the question. The second
orders them by a linear model over inspectable features (``qa/data/ranking.toml``, made by
``evaluation/train_ranking.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.index import Index
from qa.features import FeatureReader
from qa.ranking import LinearModel
from qa.records import Hit, Question

Scores = NDArray[np.float32]

_CANDIDATES = 60  # passages that the second stage orders
_DENSE, _LEXICAL = 1.0, 1.2  # shares in the first stage, each likeness scaled to lie between 0 and 1


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of retrieval work: all, unless what one is worth is measured by leaving it out."""

    dense: bool = True
    lexical: bool = True
    scope: bool = True
    reranking: bool = True


class Retriever:
    """Retrieval over one index.

    Args:
        index: the open index.
        model: the ranking of the second stage; None leaves the order of the first.
        reader: reads the features that the second stage weighs; by default one of its own.
        parts: what works; by default everything.
    """

    def __init__(
        self, index: Index, model: LinearModel | None, reader: FeatureReader | None = None, parts: Parts | None = None
    ) -> None:
        self.index = index
        self._parts = parts or Parts()
        self._model = model if self._parts.reranking else None
        self._features = reader or FeatureReader(index)
        self._documents = np.array([passage.document for passage in index.passages])
        self._sources = [document.source for document in index.documents.values()]

    def retrieve(self, question: Question, limit: int = 10) -> list[Hit]:
        """The best passages for ``question``, best first, at most ``limit``, the same text only once."""
        hits = self.candidates(question)
        if self._model is not None:
            scores = [self._model.score(hit.features) for hit in hits]
            hits = [
                Hit(hit.passage, score, hit.position, hit.features)
                for score, hit in sorted(zip(scores, hits, strict=True), key=lambda pair: -pair[0])
            ]
        return _distinct(hits, limit)

    def candidates(self, question: Question) -> list[Hit]:
        """What the first stage takes, best first, with the features that the second stage weighs."""
        index = self.index
        if not index.passages:
            return []
        dense = lexical = np.zeros(len(index.passages), dtype=np.float32)
        if self._parts.dense:
            dense = index.vectors.scores(self._vector(question))
        if self._parts.lexical:
            lexical = index.lexical.scores(question.topic)
        scores = _DENSE * _scaled(dense) + _LEXICAL * _scaled(lexical)
        scores[~np.isin(self._documents, self._in_scope(question))] = -np.inf
        best = [int(position) for position in np.argsort(-scores, kind="stable")[:_CANDIDATES]]
        likeness = {
            "dense": _standing(dense),
            "lexical": _scaled(lexical),
            "cosine": dense,
            "matched": lexical / max(1e-9, self._features.weight(question.topic)),
        }
        return [
            Hit(
                index.passages[position],
                float(scores[position]),
                position,
                self._features.read(question, position, {name: float(of[position]) for name, of in likeness.items()}),
            )
            for position in best
            if np.isfinite(scores[position])
        ]

    def _vector(self, question: Question) -> NDArray[np.float32]:
        """What the question means; one in another language counts both as written and as translated."""
        texts = [question.query_text or question.text]
        if question.written and question.written_as == question.query_text:
            texts.append(question.written)
        vectors: NDArray[np.float32] = self.index.encoder.encode_queries(texts)
        mean = vectors.mean(axis=0)
        return np.asarray(mean / max(1e-9, float(np.linalg.norm(mean))), dtype=np.float32)

    def _in_scope(self, question: Question) -> list[str]:
        """The documents that the question leaves; all of them where it names none that is held."""
        if not self._parts.scope:
            return [source.id for source in self._sources]
        chosen = [source for source in self._sources if not question.documents or source.id in question.documents]
        held = [source for source in chosen if source.municipality in question.municipalities]
        return [source.id for source in held or chosen]


def _distinct(hits: list[Hit], limit: int) -> list[Hit]:
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.text, hit)
    return list(first.values())[:limit]


def _scaled(scores: Scores) -> Scores:
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def _standing(scores: Scores) -> Scores:
    """Scores as distances from the best in standard deviations: cosines of this model lie close together."""
    spread = float(scores.std())
    return (scores - scores.max()) / spread if spread else np.zeros_like(scores)
