"""The lexical index: BM25 (Lucene's form) over our own Turkish analysis, kept by bm25s.

Source: Robertson & Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009; Lù, *BM25S*, 2024.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from indexer.storing.storage import READING_ARRAYS
from indexer.turkish import analyse


class LexicalIndex:
    """Scores every passage for a query's words."""

    def __init__(self, engine: bm25s.BM25) -> None:
        self._engine = engine

    @classmethod
    def from_texts(cls, texts: Sequence[str], terms: Callable[[str], list[str]] = analyse) -> LexicalIndex:
        """An index over the ``terms`` of ``texts``; position i scores text i."""
        return cls.from_terms([terms(text) for text in texts])

    @classmethod
    def from_terms(cls, terms: Sequence[list[str]]) -> LexicalIndex:
        """An index over texts whose terms are known; position i scores text i."""
        engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        engine.index(list(terms), show_progress=False)
        return cls(engine)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """An index that :meth:`save` wrote."""
        with READING_ARRAYS:
            return cls(bm25s.BM25.load(folder, load_corpus=False))

    def save(self, folder: Path) -> None:
        """Writes the index into the new folder ``folder``."""
        self._engine.save(folder, corpus=None, show_progress=False)

    def __len__(self) -> int:
        return int(self._engine.scores["num_docs"])

    def frequency(self, term: str) -> int:
        """In how many passages the term stands."""
        number = self._engine.vocab_dict.get(term)
        if number is None:
            return 0
        starts = self._engine.scores["indptr"]
        return int(starts[number + 1] - starts[number])

    @property
    def terms(self) -> set[str]:
        """Every term that some passage holds."""
        return set(self._engine.vocab_dict)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of every passage for the analysed ``terms``; zeros where none of them is known."""
        known = [term for term in terms if term in self._engine.vocab_dict]
        if not known:
            return np.zeros(len(self), dtype=np.float32)
        return np.asarray(self._engine.get_scores(known), dtype=np.float32)
