"""Vectors from text: the default multilingual-e5-small, or any other sentence-transformers model.

The default model runs on ONNX Runtime from the SentenceTransformer folder that ``indexer.encoding`` makes once in the
user's cache; it imports neither torch nor sentence-transformers, so that a question is answered quickly. Nothing here
uses the network: another model must be a local folder or lie in the local hub cache.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.encoding.cache import CachedFolder, cache_folder
from indexer.encoding.e5 import GRAPH_FILE, MAX_TOKENS, PROMPTS, TOKENIZER_FILE, VERSION, make_folder
from indexer.encoding.weights import MODEL_NAME
from indexer.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = MODEL_NAME
Vectors = NDArray[np.float32]
Progress = Callable[[int], None]
_CHUNK = 256  # texts tokenised at once; bounds the memory that their tokens take
_BATCH = 32  # texts that another model encodes at once


class Encoder(Protocol):
    """What turns texts into vectors; cosine similarity is the dot product of its vectors."""

    @property
    def name(self) -> str:
        """Identity that an index records: the model, a digest of its weights, its precision."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode pieces of documents.

        Args:
            texts: the pieces, without the model's prompt; beyond the model's limit of tokens they are cut.
            progress: called now and then with the number of texts done so far.

        Returns:
            Array (texts, dimension) of L2-normalised rows.
        """

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, as :meth:`encode_passages` does; each is encoded alone, whatever its neighbours."""


def open_encoder(model: str | None = None) -> Encoder:
    """Open an embedding model.

    Args:
        model: a sentence-transformers model by local path or by name; None or ``DEFAULT_MODEL`` for the default, whose
            folder is made in the cache where it is missing or damaged (some seconds).

    Raises:
        EncoderError: the model cannot be made or loaded.
        StorageError: the cache folder cannot be written.
    """
    if model is None or model == DEFAULT_MODEL:
        return E5Encoder()
    return SentenceTransformerEncoder(model)


def default_folder() -> Path:
    """Give the default model's SentenceTransformer folder, with every file checked by hash; made where needed.

    Raises:
        EncoderError, StorageError: as :func:`open_encoder`.
    """
    folder = _cached_folder()
    folder.ensure([GRAPH_FILE, TOKENIZER_FILE, "model.safetensors"])
    return folder.path


def _cached_folder() -> CachedFolder:
    return CachedFolder(cache_folder() / MODEL_NAME, VERSION, make_folder)


class E5Encoder:
    """The default model. Texts are encoded one at a time, one on each processor, so neighbours change no vector."""

    def __init__(self) -> None:
        folder = _cached_folder()
        digest = folder.ensure([GRAPH_FILE, TOKENIZER_FILE])
        self.name = f"{MODEL_NAME}@{digest[:12]}+int8.{VERSION}"
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when the library is imported
        try:
            import onnxruntime
            from tokenizers import Tokenizer

            onnxruntime.set_default_logger_severity(3)
            onnxruntime.disable_telemetry_events()
            self._tokenizer = Tokenizer.from_file(str(folder.path / TOKENIZER_FILE))
            self._tokenizer.enable_truncation(MAX_TOKENS)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            options.enable_mem_pattern = False  # lengths differ from run to run
            graph = str(folder.path / GRAPH_FILE)
            self._session: Any = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # both libraries raise bare Exceptions of their own
            raise EncoderError(
                f"{folder.path}: varsayılan model yüklenemedi ({_first_line(error)}). Klasörü silip yeniden deneyin."
            ) from error
        self.dimension: int = self._session.get_outputs()[0].shape[-1]

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode pieces of documents; see :class:`Encoder`."""
        return self._encode([PROMPTS["document"] + text for text in texts], progress)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; see :class:`Encoder`."""
        return self._encode([PROMPTS["query"] + text for text in texts], None)

    def _encode(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        with ThreadPoolExecutor(max(1, min(_processors(), len(texts)))) as pool:
            for start in range(0, len(texts), _CHUNK):
                tokens = self._tokenizer.encode_batch_fast(list(texts[start : start + _CHUNK]))
                for i, vector in enumerate(pool.map(self._run, (encoding.ids for encoding in tokens)), start):
                    vectors[i] = vector
                if progress is not None:
                    progress(min(start + _CHUNK, len(texts)))
        return vectors

    def _run(self, ids: list[int]) -> Vectors:
        output: Vectors = self._session.run(None, {"input_ids": np.array([ids], dtype=np.int64)})[0][0]
        return output


class SentenceTransformerEncoder:
    """Any sentence-transformers model that is on this machine, with the prompts of its own configuration."""

    def __init__(self, model: str) -> None:
        """Load the model.

        Args:
            model: a folder, or the name of a model in the local hub cache.

        Raises:
            EncoderError: it is not there, or cannot be loaded.
        """
        self._model = _load_sentence_transformer(model)
        prompts = self._model.prompts
        self._query_prompt = prompts.get("query") or ""
        self._passage_prompt = prompts.get("passage") or prompts.get("document") or ""
        dimension = self._model.get_embedding_dimension()
        self.dimension: int = dimension if dimension is not None else self._encode(["."], "").shape[1]
        digest = hashlib.sha256(repr((self._query_prompt, self._passage_prompt)).encode())
        for key, tensor in self._model.state_dict().items():
            digest.update(key.encode())
            digest.update(_bytes(tensor))
        precision = str(next(self._model.parameters()).dtype).removeprefix("torch.")
        self.name = f"{Path(model).name}@{digest.hexdigest()[:12]}+{precision}"

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode pieces of documents; see :class:`Encoder`."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        done = 0
        for rows in _by_length(texts):
            vectors[rows] = self._encode([texts[row] for row in rows], self._passage_prompt)
            done += len(rows)
            if progress is not None:
                progress(done)
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; see :class:`Encoder`."""
        rows = [self._encode([text], self._query_prompt) for text in texts]
        return np.concatenate(rows) if rows else np.empty((0, self.dimension), dtype=np.float32)

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        vectors = self._model.encode(
            texts, prompt=prompt, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def _load_sentence_transformer(model: str) -> SentenceTransformer:
    # Read by the libraries at their first import: no network, no notices.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # notices about the model's files, which a user cannot act upon
            from sentence_transformers import SentenceTransformer

            logging: Any = import_module("transformers.utils.logging")  # its functions bear no types
            logging.set_verbosity_error()
            logging.disable_progress_bar()
            return SentenceTransformer(model, device="cpu", local_files_only=True)
    except Exception as error:  # the libraries raise whatever the model's files make them raise
        raise EncoderError(
            f"{model}: model yüklenemedi ({_first_line(error)}). Bu makinedeki bir sentence-transformers klasörünün "
            "yolunu verin (model indirilmez) ya da varsayılan model için seçeneği boş bırakın."
        ) from error


def _by_length(texts: Sequence[str]) -> Iterator[list[int]]:
    """Give the positions of texts of about one length, a batch at a time: padding is work for nothing."""
    order = sorted(range(len(texts)), key=lambda row: (-len(texts[row]), row))
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]


def _bytes(tensor: Any) -> memoryview:
    import torch

    plain = tensor.detach().cpu().contiguous().flatten()
    return memoryview(plain.view(torch.uint8).numpy())


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _processors() -> int:
    """Number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
