"""Fits what weighs figures and decides on abstention, on the development questions.

``figures`` orders the figures that may answer, of cells and of sentences on one scale (pairwise logistic regression,
then one slope and bias that make the score a probability); ``confidence`` tells whether the documents hold an answer
(logistic regression). Reports five-fold cross-validation by question beside the fit on all.

    python -m evaluation.train_answers INDEX figures
    python -m evaluation.train_answers INDEX confidence      after the other
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evaluation.questions import GoldQuestion, read_questions
from evaluation.train_ranking import fold_of
from qa.answering.confidence import confidence_features
from qa.answering.draft import Draft
from qa.answering.finding import Found, joint
from qa.engine import Engine
from qa.ranking import LinearModel

DATA = Path(__file__).parent.parent / "qa" / "data"
_STRENGTH = 1.0  # inverse of the L2 penalty
_HIDDEN = 0.1  # what a question with its evidence hidden counts
_SHOWN = 60  # candidates of a question that are learned from


@dataclass(frozen=True)
class Example:
    """One thing to be judged: its question, its features and whether it is right."""

    question: GoldQuestion
    features: dict[str, float]
    right: bool
    hidden: bool = False


def is_right(gold: GoldQuestion, found: Found) -> bool:
    """Whether a figure is one of the gold figures, from a document that the question is about."""
    if found.document not in gold.documents:
        return False
    value = float(found.figure.value)
    return any(abs(value - float(figure["value"])) <= 1e-6 * max(1.0, abs(value)) for figure in gold.figures)


def figure_examples(engine: Engine) -> list[Example]:
    """The candidates of all questions that ask for figures."""
    examples = []
    for gold in read_questions():
        if gold.figures:
            found = engine.composer.find(engine.understand(gold.question, gold.history))[:_SHOWN]
            for one in found:
                features = joint("prose" if one.fact is None else "cell", one.features)
                examples.append(Example(gold, features, is_right(gold, one)))
    return examples


def confidence_examples(engine: Engine) -> list[Example]:
    """What an answer looks like when the documents hold one, and when they do not.

    Beside the questions themselves, every answerable question is asked once more with its evidence hidden: whatever is
    then drafted stands for a question without an answer.
    """
    examples = []
    for gold in read_questions():
        question = engine.understand(gold.question, gold.history)
        if question.foreign:
            continue
        hits = engine.retrieve(question)
        draft, _ = engine.composer.draft(question, hits)
        answerable = gold.type != "unanswerable"
        examples.append(Example(gold, confidence_features(question, draft, hits), answerable))
        hidden = [hit for hit in hits if not gold.supported_by(hit.passage)]
        if answerable and len(hidden) < len(hits) and hidden:
            draft, _ = engine.composer.draft(question, hidden)
            if not any(is_right(gold, one) for one in draft.found) and not _cites(draft, gold):
                examples.append(Example(gold, confidence_features(question, draft, hidden), False, hidden=True))
    return examples


def _cites(draft: Draft, gold: GoldQuestion) -> bool:
    return any(
        item.meets(citation.document, citation.line_start, citation.line_end)
        for citation in draft.citations
        for item in gold.evidence
    )


def fit(names: Sequence[str], examples: Sequence[Example], strength: float = 10.0) -> LinearModel:
    """A logistic regression over the features ``names``."""
    model = LogisticRegression(C=strength, max_iter=3000)
    weights = [_HIDDEN if example.hidden else 1.0 for example in examples]
    model.fit(_matrix(names, examples), [example.right for example in examples], sample_weight=weights)
    fitted = dict(zip(names, model.coef_[0].round(4).tolist(), strict=True))
    return LinearModel(fitted, round(float(model.intercept_[0]), 4))


def fit_order(names: Sequence[str], examples: Sequence[Example]) -> LinearModel:
    """A model by which right candidates of a question score above its wrong ones, scaled to a probability."""
    differences, mass = [], []
    for group in _by_question(examples):
        matrix = _matrix(names, group)
        right = [row for row, example in zip(matrix, group, strict=True) if example.right]
        wrong = [row for row, example in zip(matrix, group, strict=True) if not example.right]
        if not right or not wrong:
            continue
        differences += [good - bad for good in right for bad in wrong]
        mass += [1 / (len(right) * len(wrong))] * (len(right) * len(wrong))
    sides = np.concatenate([differences, -np.array(differences)])
    order = LogisticRegression(fit_intercept=False, C=_STRENGTH, max_iter=3000)
    order.fit(sides, np.repeat([1, 0], len(differences)), sample_weight=np.tile(mass, 2))
    scores = _matrix(names, examples) @ order.coef_[0]
    scale = LogisticRegression(C=1e3).fit(scores.reshape(-1, 1), [example.right for example in examples])
    slope = float(scale.coef_[0][0])
    weights = dict(zip(names, (order.coef_[0] * slope).round(4).tolist(), strict=True))
    return LinearModel(weights, round(float(scale.intercept_[0]), 4))


def _matrix(names: Sequence[str], examples: Sequence[Example]) -> NDArray[np.float64]:
    return np.array([[example.features.get(name, 0.0) for name in names] for example in examples])


def _by_question(examples: Sequence[Example]) -> list[list[Example]]:
    groups: dict[str, list[Example]] = {}
    for example in examples:
        groups.setdefault(example.question.id, []).append(example)
    return list(groups.values())


def first_right(model: LinearModel, examples: Sequence[Example]) -> tuple[int, int]:
    """For how many questions the likeliest candidate is right, and how many have a right one at all."""
    able = [group for group in _by_question(examples) if any(example.right for example in group)]
    best = [max(group, key=lambda example: model.score(example.features)) for group in able]
    return sum(example.right for example in best), len(able)


def separation(model: LinearModel, examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """The probability of each example and whether it is right."""
    return [(model.probability(example.features), example.right) for example in examples]


def write(name: str, model: LinearModel) -> None:
    """Keeps a model as TOML."""
    lines = [
        "# Fitted by evaluation/train_answers.py on the development questions; do not edit by hand.",
        f"bias = {model.bias}",
        "[weights]",
        *(f"{feature} = {weight}" for feature, weight in model.weights.items()),
    ]
    (DATA / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def report_first(names: Sequence[str], examples: Sequence[Example]) -> None:
    """Prints how often the likeliest candidate is right, fitted and cross-validated."""
    crossed = [0, 0]
    for fold in range(5):
        train = [example for example in examples if fold_of(example.question) != fold]
        right, able = first_right(fit_order(names, train), [e for e in examples if fold_of(e.question) == fold])
        crossed[0] += right
        crossed[1] += able
    right, able = first_right(fit_order(names, examples), examples)
    print(f"first candidate right: cross-validated {crossed[0]}/{crossed[1]}, fitted on all {right}/{able}")


def report_abstention(names: Sequence[str], examples: Sequence[Example]) -> None:
    """Prints refusals of unanswerable and of answerable questions by threshold, cross-validated."""
    scored: list[tuple[float, bool]] = []
    for fold in range(5):
        model = fit(names, [example for example in examples if fold_of(example.question) != fold])
        real = [example for example in examples if not example.hidden]
        scored += separation(model, [example for example in real if fold_of(example.question) == fold])
    for threshold in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        refused = [right for probability, right in scored if probability < threshold]
        yes, no = sum(right for _, right in scored), sum(not right for _, right in scored)
        print(
            f"threshold {threshold:.2f}: unanswerable refused {refused.count(False)}/{no}, "
            f"answerable refused {refused.count(True)}/{yes}"
        )


def main() -> None:
    """Fits, reports and writes the models named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("models", nargs="+", choices=["figures", "confidence"])
    arguments = parser.parse_args()
    engine = Engine.open(arguments.index)
    for model in arguments.models:
        examples = confidence_examples(engine) if model == "confidence" else figure_examples(engine)
        names = sorted({name for example in examples for name in example.features})
        fitted = fit(names, examples) if model == "confidence" else fit_order(names, examples)
        print(model, fitted.weights, fitted.bias)
        (report_abstention if model == "confidence" else report_first)(names, examples)
        write(model, fitted)


if __name__ == "__main__":
    main()
