"""Fits the ranking of passages on the development questions and writes ``qa/data/ranking.toml``.

Pairwise logistic regression: of every relevant and every other candidate of a question, the relevant one should score
higher. Reports five-fold cross-validation by question beside the fit on all.

    python -m evaluation.train_ranking INDEX
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluation.questions import GoldQuestion, read_questions
from qa.engine import Engine
from qa.ranking import LinearModel
from qa.records import Hit
from qa.retrieval import Retriever

MODEL = Path(__file__).parent.parent / "qa" / "data" / "ranking.toml"
_NEGATIVES = 25  # of each question, the ones that the first stage puts highest
_ABSOLUTE = {"cosine", "matched"}  # the same order as dense and lexical; they tell how sure an answer is
_STRENGTH = 0.3  # inverse of the L2 penalty


def fold_of(question: GoldQuestion, folds: int = 5) -> int:
    """The fold of a question, the same in every run."""
    return hashlib.sha256(question.id.encode()).digest()[0] % folds


def fit(names: Sequence[str], examples: Sequence[tuple[GoldQuestion, list[Hit]]]) -> LinearModel:
    """A model over the features ``names`` from questions with their candidates."""
    rows, weights = [], []
    for question, hits in examples:
        good = [hit for hit in hits if question.supported_by(hit.passage)]
        bad = [hit for hit in hits if not question.supported_by(hit.passage)][:_NEGATIVES]
        for right in good:
            for wrong in bad:
                rows.append([right.features[name] - wrong.features[name] for name in names])
                weights.append(1 / (len(good) * len(bad)))
    differences, mass = np.array(rows), np.array(weights)
    model = LogisticRegression(fit_intercept=False, C=_STRENGTH, max_iter=1000)
    sides = np.concatenate([differences, -differences])
    model.fit(sides, np.repeat([1, 0], len(rows)), sample_weight=np.tile(mass, 2))
    return LinearModel(dict(zip(names, model.coef_[0].round(4).tolist(), strict=True)))


def recall(model: LinearModel | None, examples: Sequence[tuple[GoldQuestion, list[Hit]]], depth: int) -> float:
    """The share of questions with a relevant passage among the first ``depth``."""
    found = 0
    for question, hits in examples:
        order = hits if model is None else sorted(hits, key=lambda hit: -model.score(hit.features))
        found += any(question.supported_by(hit.passage) for hit in order[:depth])
    return found / len(examples)


def main() -> None:
    """Fits, reports and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    engine = Engine.open(parser.parse_args().index)
    retriever = Retriever(engine.index, None)
    examples = [
        (gold, retriever.candidates(engine.understand(gold.question, gold.history)))
        for gold in read_questions()
        if gold.evidence
    ]
    names = sorted(examples[0][1][0].features.keys() - _ABSOLUTE)
    model = fit(names, examples)
    crossed = np.zeros(3)
    for fold in range(5):
        train = [example for example in examples if fold_of(example[0]) != fold]
        test = [example for example in examples if fold_of(example[0]) == fold]
        crossed += np.array([recall(fit(names, train), test, depth) for depth in (1, 5, 10)]) * len(test)
    for title, figures in (
        ("first stage", [recall(None, examples, depth) for depth in (1, 5, 10)]),
        ("cross-validated", (crossed / len(examples)).tolist()),
        ("fitted on all", [recall(model, examples, depth) for depth in (1, 5, 10)]),
    ):
        print(f"{title:16}", "  ".join(f"recall@{d} {f:.3f}" for d, f in zip((1, 5, 10), figures, strict=True)))
    lines = [
        "# Fitted by evaluation/train_ranking.py on the development questions; do not edit by hand.",
        "[weights]",
        *(f"{name} = {weight}" for name, weight in model.weights.items()),
    ]
    MODEL.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
