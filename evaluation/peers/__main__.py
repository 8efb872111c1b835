"""Runs txtai, LlamaIndex and Haystack on a BEIR folder and writes a TREC run and its timings for each.

    python -m evaluation.peers BEIR_FOLDER --output RUNS [--peer txtai] [--documents CORPORA]

The environments are made at the first call (some 1.5 GB each, in the user's cache). With ``--documents`` each peer cuts
the documents with its own splitter instead of taking the passages of the folder, and names a passage by its span,
``document:start-end`` in characters.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from evaluation.peers.engine import PEERS
from evaluation.peers.formats import CORPUS, QUERIES, read_corpus, read_queries
from evaluation.peers.runner import Outcome, Task, run_peers
from indexer.documents import read_folder
from indexer.encoder import default_folder
from indexer.errors import InputError, KenteSorError

_DEPTH = 100  # passages a question, as trec_eval's users expect


def main() -> None:
    """Runs the peers; ends with status 1 where one failed, after the others have run."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("beir", type=Path, help="folder with corpus.jsonl and queries.jsonl")
    parser.add_argument("--output", type=Path, required=True, help="folder for the runs")
    parser.add_argument("--peer", choices=PEERS, action="append", help="only this one; may be given more than once")
    parser.add_argument("--depth", type=int, default=_DEPTH, help=f"passages a question, {_DEPTH} by default")
    parser.add_argument("--documents", type=Path, help="folder of the documents, to be cut by the peers themselves")
    options = parser.parse_args()
    if options.depth < 1:
        parser.error("--depth must be 1 or more")
    try:
        failed = _run(options.beir, options.output, options.peer or PEERS, options.depth, options.documents)
    except KenteSorError as error:
        sys.exit(str(error))
    sys.exit(1 if failed else 0)


def _run(beir: Path, output: Path, peers: Sequence[str], depth: int, documents: Path | None) -> bool:
    console, failed = Console(stderr=True), False
    _check(beir, corpus=documents is None)
    with tempfile.TemporaryDirectory() as room, console.status("") as status:
        if documents is not None:
            _write_documents(documents, beir, Path(room))
            beir = Path(room)
        task = Task(beir.resolve(), output.resolve(), default_folder(), depth, split=documents is not None)
        for outcome in run_peers(peers, task, lambda peer, what: status.update(f"{peer}: {what}")):
            console.print(_line(outcome), highlight=False, markup=False, soft_wrap=True)
            failed |= outcome.error is not None
    return failed


def _check(beir: Path, corpus: bool) -> None:
    try:
        if not read_queries(beir) or (corpus and not read_corpus(beir)):
            raise ValueError("boş")
    except (OSError, ValueError) as error:
        raise InputError(f"{beir}: BEIR klasörü okunamıyor ({error}). {CORPUS} ile {QUERIES} gerekli.") from error


def _write_documents(corpora: Path, beir: Path, folder: Path) -> None:
    with (folder / CORPUS).open("w", encoding="utf-8") as file:
        for held in read_folder(corpora):
            file.write(json.dumps({"_id": held.id, "title": "", "text": held.text}, ensure_ascii=False) + "\n")
    (folder / QUERIES).write_bytes((beir / QUERIES).read_bytes())


def _line(outcome: Outcome) -> str:
    if outcome.error is not None:
        return str(outcome.error)
    record = outcome.record
    return (
        f"{outcome.peer}: {record['passages']} parça {record['index_seconds']} saniyede, "
        f"soru başına {record['query_ms_median']} ms → {outcome.run}"
    )


if __name__ == "__main__":
    main()
