"""The vector index: exact inner products over normalised vectors, kept by FAISS.

Exact search is right up to some 100,000 passages (about 9 ms a query there).
"""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class VectorIndex:
    """Scores every passage by its cosine to a query."""

    def __init__(self, engine: faiss.Index) -> None:
        self._engine = engine

    @classmethod
    def from_vectors(cls, vectors: Matrix) -> VectorIndex:
        """An index over ``vectors``, shape (passages, dimension), each of length one."""
        engine = faiss.IndexFlatIP(vectors.shape[1])
        engine.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(engine)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """An index that :meth:`save` wrote."""
        return cls(faiss.deserialize_index(np.frombuffer(path.read_bytes(), dtype=np.uint8)))

    def save(self, path: Path) -> None:
        """Writes the index to ``path``."""
        path.write_bytes(faiss.serialize_index(self._engine).tobytes())

    def __len__(self) -> int:
        return int(self._engine.ntotal)

    def vectors(self) -> Matrix:
        """All vectors, shape (passages, dimension)."""
        return np.asarray(self._engine.reconstruct_n(0, self._engine.ntotal), dtype=np.float32)

    def scores(self, query: Matrix) -> Matrix:
        """The cosine of every passage to ``query``, shape (dimension,)."""
        scores = np.zeros(len(self), dtype=np.float32)
        if len(self):
            found, positions = self._engine.search(query.reshape(1, -1), len(self))
            scores[positions[0]] = found[0]
        return scores
