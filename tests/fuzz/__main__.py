"""``nice python -m tests.fuzz TARGET FOLDER [options of libFuzzer]``: fuzzes a target and keeps what it found."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parent.parent)]  # makers of files, shared with the tests
_LIBRARIES = {"readers": ["indexer.reading", "pdfminer"]}
_SECONDS = {"numbers": 8.0, "tables": 12.0, "readers": 10.0}  # of processor time; instrumented code is slower by half


def main() -> None:
    """Fuzzes until libFuzzer's limits end it."""
    target, folder, *options = sys.argv[1:]
    with atheris.instrument_imports(include=_LIBRARIES.get(target, ["indexer"])):
        from tests.fuzz import seeds, targets, watch
    seen = watch.Watch(target, Path(folder) / "findings", _SECONDS[target])
    corpus = Path(folder) / "corpus"
    seeds.write_seeds(target, corpus)
    check = targets.CHECKS[target]

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        return targets.mutate_file(data, max_size, seed, atheris.Mutate)

    mutator = {"custom_mutator": mutate} if target == "readers" else {}
    limits = ("-timeout=900", "-rss_limit_mb=3000", "-max_len=60000", f"-artifact_prefix={folder}/")
    arguments = [sys.argv[0], str(corpus), *limits, *options]
    atheris.Setup(arguments, lambda data: seen.run(check, data), **mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
