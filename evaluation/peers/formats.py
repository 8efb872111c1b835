"""The files between the benchmark and an engine: a BEIR folder in, a TREC run out. Standard library only.

BEIR: Thakur et al., *BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models*, 2021.
TREC runs: ``question Q0 passage rank score tag``, a line a passage, as trec_eval reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

CORPUS, QUERIES = "corpus.jsonl", "queries.jsonl"
_STEP = 1e-6  # of a score: what trec_eval, which keeps single precision, tells apart

Run = dict[str, list[tuple[str, float]]]
"""Passages with scores, best first, by question."""


def read_corpus(folder: Path) -> dict[str, str]:
    """The passages of a BEIR folder by name, each its title and its text.

    Raises:
        ValueError: a line is not what BEIR says; the message names file and line.
        OSError: the file cannot be read.
    """
    texts = ((line["_id"], (line.get("title") or "", line["text"])) for line in _lines(folder / CORPUS))
    return {name: "\n".join(part for part in parts if part) for name, parts in texts}


def read_queries(folder: Path) -> dict[str, str]:
    """The questions of a BEIR folder by name; raises as :func:`read_corpus`."""
    return {line["_id"]: line["text"] for line in _lines(folder / QUERIES)}


def write_run(path: Path, run: Mapping[str, Sequence[tuple[str, float]]], tag: str) -> None:
    """Writes a run, whole or not at all.

    Tools order a run by its scores alone and break ties by name, so a score that is not below the one before it is
    written a little lower: the engine's order is what counts.

    Raises:
        ValueError: a name has white space, which the format cannot hold, or a passage comes twice.
        OSError: the file cannot be written.
    """
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        for question, ranking in run.items():
            passages = [passage for passage, _ in ranking]
            if len(set(passages)) < len(passages):
                raise ValueError(f"{question}: a passage comes twice")
            above = float("inf")
            for rank, (passage, score) in enumerate(ranking, 1):
                fields = (question, passage, tag)
                if any(len(field.split()) != 1 for field in fields):
                    raise ValueError(f"a name with white space: {fields}")
                above = min(score, above - max(abs(above), _STEP) * _STEP) if rank > 1 else score
                file.write(f"{question} Q0 {passage} {rank} {above:.9g} {tag}\n")
    part.replace(path)


def read_run(path: Path) -> Run:
    """Reads a run; each ranking is in the order of its scores, higher first.

    Raises:
        ValueError: a line has not six fields, or its score is no number; the message names file and line.
        OSError: the file cannot be read.
    """
    run: Run = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            question, _, passage, _, score, _ = line.split()
            run.setdefault(question, []).append((passage, float(score)))
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    return {question: sorted(ranking, key=lambda item: -item[1]) for question, ranking in run.items()}


def _lines(path: Path) -> Iterator[dict[str, str]]:
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            if not isinstance(line["_id"], str) or not isinstance(line["text"], str):
                raise ValueError("_id and text must be strings")
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{path}:{number}: {error!r}") from error
        yield line
