"""A run: every question's result with the settings and the environment it was made in, kept in a folder.

``settings.json`` what was run, ``environment.json`` where, ``results.jsonl`` one question (or table) a line,
``measures.json`` the totals; a retrieval run also has ``run.trec``, an answers run ``answers.jsonl``.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, get_args

from evaluation.measures.base import Values, total
from evaluation.measures.calibration import area_under_risk, calibration_error
from evaluation.questions import read_lines
from indexer.errors import InputError, StorageError, reason_of

RunKind = Literal["retrieval", "answers", "tables"]
_PACKAGES = (
    "kentesor",
    "numpy",
    "faiss-cpu",
    "bm25s",
    "onnxruntime",
    "simplemma",
    "ir-measures",
    "pytrec-eval-terrier",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question or table: its values, and of an answer the confidence and whether it holds."""

    id: str
    type: str
    style: str
    document: str
    values: Values
    milliseconds: float | None = None
    confidence: float | None = None
    right: bool | None = None
    answered: bool | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run by name; ``group`` sets runs of one purpose apart in a report (``main``, ``ablation``, ``peers``)."""

    name: str
    kind: RunKind
    results: tuple[Result, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, Any] = field(default_factory=dict)
    group: str = "main"

    def totals(self) -> dict[str, tuple[float, int]]:
        """Every measure over all results with the number of results that have it, in the order of the first met."""
        names = dict.fromkeys(name for result in self.results for name in result.values)
        return {name: total((result.values for result in self.results), name) for name in names}

    def judged(self) -> list[tuple[float, bool]]:
        """Confidence and verdict of the answers that were shown, for calibration."""
        return judged(self.results)


def judged(results: Iterable[Result]) -> list[tuple[float, bool]]:
    """Confidence and verdict of the answers that were shown."""
    return [
        (result.confidence, result.right)
        for result in results
        if result.answered and result.confidence is not None and result.right is not None
    ]


def environment() -> dict[str, Any]:
    """The machine and the versions that a run was made with; no names of users or hosts."""
    versions = {}
    for package in _PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "not installed"
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,  # what times are to be read with
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "packages": versions,
    }


def save_run(run: Run, folder: Path, attachments: Mapping[str, str] | None = None) -> None:
    """Writes a run into ``folder``, which is made where needed.

    Raises:
        StorageError: it cannot be written.
    """
    settings = {"name": run.name, "kind": run.kind, "group": run.group, **run.settings}
    measures = {name: {"value": value, "questions": number} for name, (value, number) in run.totals().items()}
    if run.kind == "answers":
        shown = run.judged()
        measures["ECE"] = {"value": calibration_error(shown), "questions": len(shown)}
        measures["AURC"] = {"value": area_under_risk(shown), "questions": len(shown)}
    files = {
        "settings.json": _pretty(settings),
        "environment.json": _pretty(run.environment),
        "measures.json": _pretty(measures),
        "results.jsonl": "".join(_line(result) for result in run.results),
        **(attachments or {}),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"{folder}: yazılamadı ({reason_of(error)}). --output ile başka bir klasör verin."
        ) from error


def load_run(folder: Path) -> Run:
    """A run that :func:`save_run` wrote.

    Raises:
        InputError: the folder holds no run.
    """
    try:
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        made_in = json.loads((folder / "environment.json").read_text(encoding="utf-8"))
        lines = [line for _, line in read_lines(folder / "results.jsonl")]
        if settings["kind"] not in get_args(RunKind):
            raise ValueError(settings["kind"])
        results = tuple(
            Result(**{**line, "values": {name: (pair[0], pair[1]) for name, pair in line["values"].items()}})
            for line in lines
        )
        return Run(settings["name"], settings["kind"], results, settings, made_in, settings["group"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{folder}: burada bir değerlendirme koşusu yok ya da bozuk.") from error


def write_trec(rankings: Mapping[str, Sequence[str]], tag: str) -> str:
    """Rankings as a TREC run: ``qid Q0 docid rank score tag``, scores falling strictly with the rank."""
    lines = []
    for question, found in rankings.items():
        for rank, passage in enumerate(found, 1):
            lines.append(f"{question} Q0 {passage} {rank} {1 / rank:.6f} {tag}\n")
    return "".join(lines)


def _line(result: Result) -> str:
    fields = {key: value for key, value in asdict(result).items() if value is not None}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
