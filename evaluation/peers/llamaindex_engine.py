"""LlamaIndex: ``QueryFusionRetriever`` (reciprocal rank fusion) over ``VectorStoreIndex`` and ``BM25Retriever``.

One query and no language model. ``BM25Retriever`` is taken as it comes, with its English stemmer: on the development
questions its Turkish one (Snowball) and none did no better, and where settings are open the peer gets the best.
https://developers.llamaindex.ai/python/examples/retrievers/reciprocal_rerank_fusion/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever
from tokenizers import Tokenizer

from evaluation.peers.engine import Ranking

_CHUNK, _OVERLAP = 256, 32  # tokens: at most about 1,500 characters; the encoder's limit is 512 tokens


class LlamaIndexEngine:
    """LlamaIndex' hybrid retriever as its documentation makes it."""

    packages = ("llama-index-core", "llama-index-retrievers-bm25", "llama-index-embeddings-huggingface")

    def __init__(self, encoder: Path) -> None:
        prompts = json.loads((encoder / "config_sentence_transformers.json").read_text(encoding="utf-8"))["prompts"]
        self._embedding = HuggingFaceEmbedding(
            str(encoder),
            query_instruction=prompts["query"],
            text_instruction=prompts["document"],
            device="cpu",
        )
        self._tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        self._retriever: QueryFusionRetriever

    @property
    def settings(self) -> dict[str, str]:
        """See :class:`evaluation.peers.engine.Engine`."""
        return {
            "index": "QueryFusionRetriever(mode=reciprocal_rerank, num_queries=1)",
            "lexical": "BM25Retriever()",
            "splitter": f"SentenceSplitter({_CHUNK}, {_OVERLAP})",
        }

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Cuts at sentences, as ``SentenceSplitter`` does, counting tokens of the encoder."""
        splitter = SentenceSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP, tokenizer=self._tokens)
        for node in splitter.get_nodes_from_documents([Document(text=text)]):
            yield node.start_char_idx, node.end_char_idx

    def index(self, names: Sequence[str], texts: Sequence[str], depth: int) -> None:
        """See :class:`evaluation.peers.engine.Engine`."""
        nodes = [TextNode(id_=name, text=text) for name, text in zip(names, texts, strict=True)]
        depth = min(depth, len(nodes))
        vectors = VectorStoreIndex(nodes, embed_model=self._embedding)
        words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=depth)
        self._retriever = QueryFusionRetriever(
            [vectors.as_retriever(similarity_top_k=depth), words],
            llm=MockLLM(),
            mode=FUSION_MODES.RECIPROCAL_RANK,
            similarity_top_k=depth,
            num_queries=1,
            use_async=False,
        )

    def search(self, question: str) -> Ranking:
        """See :class:`evaluation.peers.engine.Engine`."""
        return [(hit.node.node_id, float(hit.score)) for hit in self._retriever.retrieve(question)]

    def _tokens(self, text: str) -> list[str]:
        tokens: list[str] = self._tokenizer.encode(text, add_special_tokens=False).tokens
        return tokens


def open_engine(encoder: Path) -> LlamaIndexEngine:
    """Opens LlamaIndex with the encoder of a folder."""
    return LlamaIndexEngine(encoder)
