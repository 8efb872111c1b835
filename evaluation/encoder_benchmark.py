"""Compares ways to run the default embedding model: passages a second and likeness to torch in float32.

    python -m evaluation.encoder_benchmark FOLDER_OF_TEXTS [--report evaluation/reports/encoder.md]

All ways run in one go on the same passages, so that their figures compare even on a machine that does other work.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import default_folder, open_encoder
from indexer.encoding.e5 import GRAPH_FILE, PROMPTS, TOKENIZER_FILE
from indexer.encoding.graph import build_graph
from indexer.encoding.weights import MODEL_NAME, read_weights, weights_path

LENGTHS = (60, 120, 208)  # tokens of a passage, prompt and marks included
Vectors = NDArray[np.float32]
Run = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One way at one length: passages a second, and the cosines to torch in float32."""

    way: str
    tokens: int
    speed: float
    cosine_mean: float
    cosine_min: float


def cut_passages(texts: Sequence[str], tokens: int, count: int) -> list[str]:
    """Cut ``count`` passages of about ``tokens`` tokens (with prompt and marks), spread evenly over the texts.

    Args:
        texts: whole documents.
        tokens: length of a passage as the model sees it.
        count: how many to cut.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(default_folder() / TOKENIZER_FILE))
    overhead = len(tokenizer.encode(PROMPTS["document"]).ids)
    passages = []
    for i in range(count):
        text = texts[i % len(texts)]
        stretch = text[len(text) * (i + 1) // (count + 2) :][: tokens * 12]
        offsets = tokenizer.encode(stretch, add_special_tokens=False).offsets[: tokens - overhead]
        passages.append(stretch[offsets[0][0] : offsets[-1][1]])
    return passages


@contextmanager
def _ways() -> Iterator[dict[str, Run]]:
    """Open every way to run the model; the first is the reference."""
    import torch
    from sentence_transformers import SentenceTransformer

    def transformer(dtype: torch.dtype | None) -> Run:
        model = SentenceTransformer(str(default_folder()), device="cpu", local_files_only=True)
        if dtype is torch.qint8:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # torch announces a successor that it does not ship
                quantize: Any = torch.ao.quantization.quantize_dynamic  # bears no types
                model[0].model = quantize(model[0].model, {torch.nn.Linear}, dtype=dtype)
        elif dtype is not None:
            model = model.to(dtype)
        return partial(_run_transformer, model)

    with tempfile.TemporaryDirectory() as room:
        import onnx

        path = Path(room) / "float32.onnx"
        onnx.save(build_graph(read_weights(weights_path()), "float32"), path)
        quantized = default_folder() / GRAPH_FILE
        processors = os.cpu_count() or 1
        yield {
            "torch float32, batches of 32": transformer(None),
            "torch bfloat16, batches of 32": transformer(torch.bfloat16),
            "torch dynamic int8, batches of 32": transformer(torch.qint8),
            "ONNX Runtime float32, one by one on each processor": _onnx(path, 1, processors),
            "ONNX Runtime int8, one by one over all processors": _onnx(quantized, processors, 1),
            "ONNX Runtime int8, one by one on each processor (chosen)": open_encoder().encode_passages,
        }


def _run_transformer(model: Any, texts: Sequence[str]) -> Vectors:
    # torch.Tensor has no numpy form of bfloat16
    tensor = model.encode(list(texts), prompt_name="document", convert_to_tensor=True, show_progress_bar=False)
    vectors: Vectors = tensor.float().numpy()
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _onnx(path: Path, threads: int, workers: int) -> Run:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(default_folder() / TOKENIZER_FILE))

    def one(text: str) -> Vectors:
        ids = np.array([tokenizer.encode(PROMPTS["document"] + text).ids], dtype=np.int64)
        vector: Vectors = session.run(None, {"input_ids": ids})[0][0]
        return vector

    def run(texts: Sequence[str]) -> Vectors:
        with ThreadPoolExecutor(workers) as pool:
            return np.stack(list(pool.map(one, texts)))

    return run


def measure(texts: Sequence[str], count: int) -> list[Measurement]:
    """Run every way at every length.

    Args:
        texts: whole documents to cut passages from.
        count: passages of each length.
    """
    found = []
    with _ways() as ways:
        for tokens in LENGTHS:
            passages = cut_passages(texts, tokens, count)
            reference: Vectors | None = None
            for way, run in ways.items():
                run(passages[:4])  # the first run allocates
                start = time.perf_counter()
                vectors = run(passages)
                speed = len(passages) / (time.perf_counter() - start)
                reference = vectors if reference is None else reference
                cosines = np.einsum("ij,ij->i", vectors, reference)
                found.append(Measurement(way, tokens, speed, float(cosines.mean()), float(cosines.min())))
    return found


def render(measurements: Sequence[Measurement], count: int) -> str:
    """Write the measurements as a Markdown page, a row a way."""
    head = " | ".join(f"{tokens} tokens: passages/s" for tokens in LENGTHS)
    lines = [
        "# How the default embedding model runs",
        "",
        f"`{MODEL_NAME}`; {count} passages of each length, cut from real documents; {os.cpu_count()} processors, "
        f"{platform.machine()}. Cosines are to torch float32, over all lengths.",
        "Written by `python -m evaluation.encoder_benchmark`.",
        "",
        f"| way | {head} | cosine, mean | cosine, least |",
        "|---|" + "---:|" * (len(LENGTHS) + 2),
    ]
    for way in dict.fromkeys(one.way for one in measurements):
        mine = [one for one in measurements if one.way == way]
        speeds = " | ".join(f"{one.speed:.0f}" for one in mine)
        mean = sum(one.cosine_mean for one in mine) / len(mine)
        lines.append(f"| {way} | {speeds} | {mean:.4f} | {min(one.cosine_min for one in mine):.4f} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the comparison from the command line."""
    parser = argparse.ArgumentParser(description="Compare ways to run the default embedding model.")
    parser.add_argument("folder", type=Path, help="folder of .txt documents to cut passages from")
    parser.add_argument("--count", type=int, default=64, help="passages of each length")
    parser.add_argument("--report", type=Path, help="file to write the page to, besides showing it")
    options = parser.parse_args(arguments)
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.folder.glob("*.txt"))]
    if not texts:
        parser.error(f"no .txt file in {options.folder}")
    page = render(measure(texts, options.count), options.count)
    if options.report is not None:
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(page, encoding="utf-8")
    sys.stdout.write(page)


if __name__ == "__main__":
    main()
