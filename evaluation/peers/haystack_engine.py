"""Haystack: ``DocumentJoiner``, reciprocal rank fusion of ``InMemoryBM25Retriever`` and ``InMemoryEmbeddingRetriever``.

The pipeline of its tutorial on hybrid retrieval. https://haystack.deepset.ai/tutorials/33_hybrid_retrieval
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from evaluation.peers.engine import Ranking

_WORDS, _OVERLAP = 100, 20  # nearly always under the 1,500 characters that count as a passage; it parts at blanks only


class HaystackEngine:
    """Haystack's hybrid pipeline as its tutorial makes it."""

    packages = ("haystack-ai", "sentence-transformers-haystack")

    def __init__(self, encoder: Path) -> None:
        prompts = json.loads((encoder / "config_sentence_transformers.json").read_text(encoding="utf-8"))["prompts"]
        common: dict[str, Any] = {
            "model": str(encoder),
            "device": ComponentDevice.from_str("cpu"),
            "local_files_only": True,
            "progress_bar": False,
        }
        self._documents = SentenceTransformersDocumentEmbedder(prefix=prompts["document"], **common)
        self._questions = SentenceTransformersTextEmbedder(prefix=prompts["query"], **common)
        self._documents.warm_up()
        self._pipeline = Pipeline()

    @property
    def settings(self) -> dict[str, str]:
        """See :class:`evaluation.peers.engine.Engine`."""
        return {
            "index": "InMemoryDocumentStore() and DocumentJoiner(join_mode=reciprocal_rank_fusion)",
            "splitter": f"DocumentSplitter(split_by=word, {_WORDS}, {_OVERLAP})",
        }

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Cuts into equal numbers of words, as ``DocumentSplitter`` does."""
        splitter = DocumentSplitter(split_by="word", split_length=_WORDS, split_overlap=_OVERLAP)
        for piece in splitter.run([Document(content=text)])["documents"]:
            start = piece.meta["split_idx_start"]
            yield start, start + len(piece.content)

    def index(self, names: Sequence[str], texts: Sequence[str], depth: int) -> None:
        """See :class:`evaluation.peers.engine.Engine`."""
        documents = [Document(id=name, content=text) for name, text in zip(names, texts, strict=True)]
        store = InMemoryDocumentStore()
        store.write_documents(self._documents.run(documents)["documents"])
        self._pipeline.add_component("embedder", self._questions)
        self._pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=depth))
        self._pipeline.add_component("lexical", InMemoryBM25Retriever(store, top_k=depth))
        self._pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=depth))
        self._pipeline.connect("embedder", "dense")
        self._pipeline.connect("lexical", "joiner")
        self._pipeline.connect("dense", "joiner")

    def search(self, question: str) -> Ranking:
        """See :class:`evaluation.peers.engine.Engine`."""
        found = self._pipeline.run({"embedder": {"text": question}, "lexical": {"query": question}})
        return [(document.id, float(document.score)) for document in found["joiner"]["documents"]]


def open_engine(encoder: Path) -> HaystackEngine:
    """Opens Haystack with the encoder of a folder."""
    return HaystackEngine(encoder)
