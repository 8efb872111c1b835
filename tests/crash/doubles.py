"""What stands in for slow parts: an encoder without a model, and work without child processes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from indexer import child
from indexer.reading.text import TextReader
from indexer.working import Children, Done, Job


class WordEncoder:
    """Bags of hashed words: no model to load, yet like texts are near."""

    name = "test-words"
    dimension = 64

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """One vector a text; see :class:`indexer.encoder.Encoder`."""
        if progress:
            progress(len(texts))
        return np.stack([self._vector(text) for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As :meth:`encode_passages`."""
        return self.encode_passages(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for word in text.casefold().split():
            vector[hashlib.sha256(word.encode()).digest()[0] % self.dimension] += 1
        return vector / np.float32(np.linalg.norm(vector))


@contextmanager
def pictured() -> Iterator[None]:
    """Plain text counts as a format whose files are kept beside the text, as those of PDF are."""
    with mock.patch.object(TextReader, "format", "pdf"), mock.patch("indexer.reading.check_format"):
        yield


class InThisProcess(Children):
    """Works documents without child processes, which take a second each to start and see no faults of ours."""

    def run(self, jobs: Sequence[Job]) -> Iterator[Done]:
        """See :meth:`indexer.working.Children.run`."""
        for job in jobs:
            fields = {
                "path": str(job.corpora / job.entry.file),
                "entry": {**asdict(job.entry), "given": dict(job.entry.given)},
                "options": asdict(job.options),
            }
            outcome = child.work(json.loads(json.dumps(fields)), job.folder)
            (job.folder / child.OUTCOME).write_text(json.dumps(outcome), encoding="utf-8")
            yield self._done(job, 0)
