"""Finds the passages that answer a question: scope first, then dense and lexical likeness together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.index import Index
from indexer.records import Source
from qa.records import Hit, Question

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each likeness counts; each is scaled to lie between 0 and 1 over the passages of one question."""

    dense: float = 1.0
    lexical: float = 1.2
    scope: float = 0.6


def retrieve(index: Index, question: Question, limit: int = 10, weights: Weights = Weights()) -> list[Hit]:
    """The best passages for ``question``, best first, at most ``limit``, the same text only once."""
    dense = index.vectors.scores(index.encoder.encode_queries([question.text])[0])
    lexical = index.lexical.scores(question.topic)
    scores = weights.dense * _scaled(dense) + weights.lexical * _scaled(lexical)
    scores = scores + weights.scope * _scope(index, question)
    allowed = _allowed(index, question)
    hits: list[Hit] = []
    seen: set[str] = set()
    for position in np.argsort(-scores, kind="stable"):
        passage = index.passages[position]
        if passage.document not in allowed or passage.text in seen:
            continue
        seen.add(passage.text)
        hits.append(Hit(passage, float(scores[position]), float(dense[position]), float(lexical[position])))
        if len(hits) == limit:
            break
    return hits


def _scaled(scores: Scores) -> Scores:
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def _allowed(index: Index, question: Question) -> set[str]:
    """The documents that the question's scope leaves; all of them where it names none that is held."""
    sources = [document.source for document in index.documents.values()]
    chosen = [source for source in sources if not question.documents or source.id in question.documents]
    held = [
        source for source in chosen if source.municipality in question.municipalities
    ]
    return {source.id for source in held or chosen}


def _scope(index: Index, question: Question) -> Scores:
    """How well each passage's document fits the years and the kind of document that the question names, 0 to 1."""
    fits = {document.id: _fit(document.source, question) for document in index.documents.values()}
    return np.array([fits[passage.document] for passage in index.passages], dtype=np.float32)


def _fit(source: Source, question: Question) -> float:
    fit = 0.0
    if question.years and source.year is not None:
        nearest = min(abs(source.year - year) for year in question.years)
        fit += 0.6 if nearest == 0 else 0.3 if nearest <= 2 else 0.0
    if question.kinds and source.kind in question.kinds:
        fit += 0.4
    return fit

