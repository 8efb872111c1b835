"""Fits what weighs figures and decides on abstention, on the development questions.

``figures`` orders the figures that may answer, of cells and of sentences on one scale (pairwise logistic regression,
then one slope and bias that make the score a probability); ``confidence`` tells whether the documents hold an answer
(logistic regression whose features may only weigh for an answer or only against it, as ``confidence.py`` says), and
the threshold is the one that refuses few answerable questions in cross-validation. Reports five-fold cross-validation
by question beside the fit on all.

    python -m evaluation.train_answers INDEX figures
    python -m evaluation.train_answers INDEX confidence [--also QUESTIONS.jsonl]     after the other
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # comes with scikit-learn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from evaluation.questions import DEVELOPMENT, GoldQuestion, read_questions
from evaluation.train_ranking import fold_of
from qa.answering.draft import Draft
from qa.deciding.confidence import AGAINST, OPEN, confidence_features
from qa.engine import Engine
from qa.finding.figures import Found, joint
from qa.ranking import LinearModel, load_model

DATA = Path(__file__).parent.parent / "qa" / "data"
_STRENGTH = 1.0  # inverse of the L2 penalty
_PENALTY = 10.0  # L2 penalty of the confidence, over standardised features
_HIDDEN = 0.1  # what a question with its evidence hidden counts
_WRONG = 0.3  # what an answerable question with a wrong draft counts: to refuse it costs little
REFUSED = 0.012
"""The share of the questions with a right draft that may be refused."""
_SHOWN = 60  # candidates of a question that are learned from


@dataclass(frozen=True)
class Example:
    """One thing to be judged: its question, its features and whether it is right (or: whether it can be answered)."""

    question: GoldQuestion
    features: dict[str, float]
    right: bool
    hidden: bool = False
    wrong: bool = False  # the documents hold an answer, but the draft is another


def is_right(gold: GoldQuestion, found: Found) -> bool:
    """Whether a figure is one of the gold figures, from a document that the question is about."""
    if found.document not in gold.documents:
        return False
    value = float(found.figure.value)
    return any(abs(value - figure.value) <= 1e-6 * max(1.0, abs(value)) for figure in gold.figures)


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


def confidence_examples(engine: Engine, questions: Sequence[GoldQuestion]) -> list[Example]:
    """What an answer looks like when the documents hold one, and when they do not.

    Beside the questions themselves, every answerable question is asked once more with its evidence hidden: whatever is
    then drafted stands for a question without an answer.
    """
    examples = []
    for gold in questions:
        question = engine.understand(gold.question, gold.history)
        if question.foreign:
            continue
        hits = engine.retrieve(question)
        draft, found = engine.composer.draft(question, hits)
        answerable = gold.type != "unanswerable"
        features = confidence_features(question, draft, hits, found)
        examples.append(Example(gold, features, answerable, wrong=answerable and not answers(gold, draft)))
        hidden = [hit for hit in hits if not gold.supported_by(hit.passage)]
        if answerable and len(hidden) < len(hits) and hidden:
            draft, found = engine.composer.draft(question, hidden)
            if not any(is_right(gold, one) for one in draft.found) and not _cites(draft, gold):
                features = confidence_features(question, draft, hidden, found)
                examples.append(Example(gold, features, False, hidden=True))
    return examples


def answers(gold: GoldQuestion, draft: Draft) -> bool:
    """Whether a draft holds a gold figure or, where the answer is in words, cites the evidence."""
    return any(is_right(gold, one) for one in draft.found) if gold.figures else _cites(draft, gold)


def _cites(draft: Draft, gold: GoldQuestion) -> bool:
    return any(
        item.meets(citation.document, citation.line_start, citation.line_end)
        for citation in draft.citations
        for item in gold.evidence
    )


def fit(names: Sequence[str], examples: Sequence[Example]) -> LinearModel:
    """A logistic regression over the features ``names``, each of the sign that ``confidence.py`` allows it.

    With few unanswerable questions to learn from, the signs keep a feature from being used against its meaning.
    """
    matrix = _matrix(names, examples)
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-9
    scaled = (matrix - middle) / spread
    sides = np.array([1.0 if example.right else -1.0 for example in examples])
    mass = np.array([_HIDDEN if one.hidden else _WRONG if one.wrong else 1.0 for one in examples])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = sides * (scaled @ weights[:-1] + weights[-1])
        slopes = -sides * mass / (1 + np.exp(margins))
        value = float((mass * np.logaddexp(0, -margins)).sum() + _PENALTY / 2 * (weights[:-1] ** 2).sum())
        return value, np.append(scaled.T @ slopes + _PENALTY * weights[:-1], slopes.sum())

    bounds = [(None, None) if name in OPEN else (None, 0) if name in AGAINST else (0, None) for name in names]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    weights = found[:-1] / spread
    bias = float(found[-1] - weights @ middle)
    return LinearModel(dict(zip(names, (weights + 0.0).round(4).tolist(), strict=True)), round(bias, 4))


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


def crossed(names: Sequence[str], examples: Sequence[Example]) -> list[tuple[float, Example]]:
    """The probability of each real example by a model that was fitted without its fold."""
    scored = []
    for fold in range(5):
        model = fit(names, [example for example in examples if fold_of(example.question) != fold])
        test = [one for one in examples if not one.hidden and fold_of(one.question) == fold]
        scored += [(model.probability(example.features), example) for example in test]
    return scored


def choose_threshold(scored: Sequence[tuple[float, Example]], refused: float = REFUSED) -> float:
    """The threshold by which the share ``refused`` of the questions with a right draft, at most, is refused."""
    able = sorted(probability for probability, example in scored if example.right and not example.wrong)
    return math.floor(able[int(refused * len(able))] * 1000) / 1000


def write(name: str, model: LinearModel, **values: float) -> None:
    """Keeps a model as TOML, with ``values`` beside its bias."""
    lines = [
        "# Fitted by evaluation/train_answers.py on the development questions; do not edit by hand.",
        f"bias = {model.bias}",
        *(f"{key} = {value}" for key, value in values.items()),
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


def report_abstention(scored: Sequence[tuple[float, Example]], threshold: float) -> None:
    """Prints refusals of unanswerable and of answerable questions by threshold, cross-validated."""
    yes = sum(example.right for _, example in scored)
    area = roc_auc_score([example.right for _, example in scored], [probability for probability, _ in scored])
    print(f"area under the curve {area:.3f}")
    for at in sorted({0.3, 0.4, 0.5, 0.6, 0.7, 0.8, threshold}):
        refused = [example for probability, example in scored if probability < at]
        able = sum(example.right for example in refused)
        wrong = sum(example.wrong for example in refused)
        print(
            f"threshold {at:.3f}{'*' if at == threshold else ' '} unanswerable refused {len(refused) - able}/"
            f"{len(scored) - yes}, answerable refused {able}/{yes}, of which {wrong} would have been answered wrongly"
        )


def main() -> None:
    """Fits, reports and writes the models named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("models", nargs="+", choices=["figures", "confidence"])
    parser.add_argument("--also", type=Path, action="append", default=[], help="more questions for the confidence")
    arguments = parser.parse_args()
    engine = Engine.open(arguments.index)
    if "figures" in arguments.models:
        candidates = figure_examples(engine)
        names = sorted({name for example in candidates for name in example.features})
        order = fit_order(names, candidates)
        print("figures", order.weights, order.bias)
        report_first(names, candidates)
        write("figures", order)
    if "confidence" in arguments.models:
        load_model.cache_clear()
        questions = read_questions((*DEVELOPMENT, *arguments.also))
        examples = confidence_examples(engine, questions)
        names = sorted({name for example in examples for name in example.features})
        scored = crossed(names, examples)
        threshold = choose_threshold(scored)
        model = fit(names, examples)
        print("confidence", model.weights, model.bias)
        report_abstention(scored, threshold)
        write("confidence", model, threshold=threshold)


if __name__ == "__main__":
    main()
