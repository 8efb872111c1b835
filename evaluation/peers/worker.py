"""One peer, in its own environment and process: indexes a BEIR folder, asks its questions, writes run and timings.

Started by :mod:`evaluation.peers.runner`. The process reaches no network: whatever tries to ends with an error.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path

from evaluation.peers.engine import PEERS, Engine, open_engine
from evaluation.peers.formats import read_corpus, read_queries, write_run

_NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})


def forbid_network() -> None:
    """Makes every attempt to reach another machine an error, for the rest of this process."""

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in _NETWORK:
            raise PermissionError(f"a benchmark run uses no network: {event} {arguments[1:]}")

    sys.addaudithook(refuse)


def measure(
    engine: Engine, corpus: dict[str, str], queries: dict[str, str], depth: int
) -> tuple[dict[str, list[tuple[str, float]]], dict[str, object]]:
    """Indexes and asks; each question alone, as a user would.

    Returns:
        The rankings by question; counts and times: indexing in seconds, a question in milliseconds.
    """
    began = time.perf_counter()
    engine.index(list(corpus), list(corpus.values()), depth)
    indexing = time.perf_counter() - began
    engine.search(next(iter(queries.values())))  # what is loaded at the first question is no time of a question
    run, spent = {}, []
    for name, question in queries.items():
        began = time.perf_counter()
        run[name] = engine.search(question)[:depth]
        spent.append((time.perf_counter() - began) * 1000)
    return run, {
        "passages": len(corpus),
        "questions": len(queries),
        "index_seconds": round(indexing, 2),
        "query_ms_median": round(statistics.median(spent), 2),
        "query_ms_p95": round(statistics.quantiles(spent, n=20)[-1], 2) if len(spent) > 1 else round(spent[0], 2),
    }


def main() -> None:
    """Runs a peer; the last line of standard error says why where it fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("beir", type=Path)
    parser.add_argument("run", type=Path, help="the run file; the timings get its name with .json")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--depth", type=int, required=True)
    parser.add_argument("--split", action="store_true", help="the corpus is whole documents, to be cut by the peer")
    options = parser.parse_args()
    forbid_network()
    engine = open_engine(options.peer, options.encoder)
    corpus, queries = read_corpus(options.beir), read_queries(options.beir)
    if options.split:
        corpus = {
            f"{document}:{start}-{end}": text[start:end]
            for document, text in corpus.items()
            for start, end in engine.split(text)
        }
    run, figures = measure(engine, corpus, queries, options.depth)
    write_run(options.run, run, options.peer)
    record = {
        "peer": options.peer,
        "versions": {package: version(package) for package in engine.packages},
        "settings": engine.settings,
        "encoder": options.encoder.name,
        "depth": options.depth,
        "split": options.split,
        "processors": len(os.sched_getaffinity(0)),
        **figures,
    }
    options.run.with_suffix(".json").write_text(json.dumps(record, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
