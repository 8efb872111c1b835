"""The gate: no figure over a fixed part of the questions may fall below the accepted one by more than its interval.

``evaluation/accepted.toml`` holds the accepted figures with half of the width of their intervals; it is written by
``kentesor evaluate accept``, so that a change that makes us worse must edit it openly.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.bootstrap import Interval, interval
from evaluation.questions import TABLES, GoldQuestion, read_gold_tables, read_questions
from evaluation.results import Result
from evaluation.retrievers import AnswersRetriever
from evaluation.running import run_answers, run_retrieval, run_tables
from qa.engine import Engine
from qa.serialise import table_object

ACCEPTED = Path(__file__).parent / "accepted.toml"
STEP = 4  # every fourth development question, of both files
GUARDED = {
    "retrieval": ("recall@1", "recall@5", "recall@10", "nDCG@10", "MRR@10"),
    "answers": ("right", "figure@1", "figure_all", "keywords_all", "citation_precision", "grounded", "abstain_ok"),
    "tables": ("rows_found", "cell_precision", "cell_recall"),
}

Figures = dict[str, dict[str, Interval]]


def fixed_part() -> list[GoldQuestion]:
    """The questions of the gate: the same in every run."""
    return read_questions()[::STEP]


def measured(engine: Engine, answers: Mapping[str, Mapping[str, Any]]) -> Figures:
    """What the gate guards, with intervals, by kind and measure.

    Args:
        engine: the engine over the five documents.
        answers: its answers to the fixed part of the questions.
    """
    questions = fixed_part()
    texts = {document.id: document.text for document in engine.index.documents.values()}
    tables = read_gold_tables(TABLES)
    found = [
        table_object(one, table) for one in engine.index.documents.values() for table in engine.index.tables(one.id)
    ]
    retrieved, _ = run_retrieval(AnswersRetriever("kentesor", answers, engine.index), questions, {})
    results: dict[str, Sequence[Result]] = {
        "retrieval": retrieved.results,
        "answers": run_answers("kentesor", answers, questions, texts, {}).results,
        "tables": run_tables("kentesor", found, tables, {})[0].results,
    }
    return {
        kind: {name: band for name in names if (band := interval(results[kind], name)) is not None}
        for kind, names in GUARDED.items()
    }


def accepted_text(figures: Figures) -> str:
    """The file of accepted figures."""
    lines = [
        "# Accepted figures of the gate with half of the width of their 95 % intervals: tests/test_gate.py fails when",
        "# a figure falls below value - interval. Written by `kentesor evaluate accept`; an edit is a claim to review.",
        "# Retrieval is that of the passages shown with the answers: those cited come first.",
    ]
    for kind, measures in figures.items():
        lines.append(f"\n[{kind}]")
        lines += [
            f'"{name}" = {{ value = {one.value:.4f}, interval = {one.half:.4f} }}' for name, one in measures.items()
        ]
    return "\n".join(lines) + "\n"


def read_accepted(path: Path = ACCEPTED) -> dict[str, dict[str, dict[str, float]]]:
    """The accepted figures by kind and measure."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fallen(figures: Figures, accepted: Mapping[str, Mapping[str, Mapping[str, float]]]) -> list[str]:
    """What has fallen below its accepted value by more than its interval, or is measured no more."""
    faults = []
    for kind, measures in accepted.items():
        for name, wanted in measures.items():
            now = figures.get(kind, {}).get(name)
            floor = wanted["value"] - wanted["interval"]
            if now is None or now.value < floor - 5e-5:  # four digits are kept
                said = "missing" if now is None else f"{now.value:.4f}"
                faults.append(f"{kind} {name}: {said}, accepted {wanted['value']:.4f} ± {wanted['interval']:.4f}")
    return faults
