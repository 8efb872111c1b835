"""How well the confidence tells answers that hold from those that do not: risk by coverage, and reliability.

Coverage is the share of all questions that are answered at a threshold; risk is the share of those answers that are
wrong (a wrong answer to an answerable question, any answer to an unanswerable one). Printed for the model as shipped,
which has seen the development questions, and by five-fold cross-validation.

    python -m evaluation.abstention INDEX [--also QUESTIONS.jsonl]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from sklearn.metrics import roc_auc_score

from evaluation.questions import DEVELOPMENT, read_questions
from evaluation.train_answers import Example, confidence_examples, crossed
from qa.answering.confidence import threshold
from qa.engine import Engine
from qa.ranking import load_model

_BINS = 10
_POINTS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)

Scored = Sequence[tuple[float, Example]]


def holds(example: Example) -> bool:
    """Whether the draft answers the question."""
    return example.right and not example.wrong


def risk_coverage(scored: Scored) -> list[tuple[float, float, float]]:
    """Coverage, risk and threshold, where the surest drafts alone are shown; the widest coverage first.

    Args:
        scored: the confidence of each draft with its example.
    """
    order = sorted(scored, key=lambda pair: -pair[0])
    rows = []
    for coverage in _POINTS:
        shown = order[: max(1, round(coverage * len(order)))]
        risk = sum(not holds(example) for _, example in shown) / len(shown)
        rows.append((len(shown) / len(order), risk, shown[-1][0]))
    return rows


def area_under_risk(scored: Scored) -> float:
    """The mean risk over all coverages; 0 would be a confidence without fault over answers without fault."""
    order = sorted(scored, key=lambda pair: -pair[0])
    wrong, total = 0, 0.0
    for place, (_, example) in enumerate(order, 1):
        wrong += not holds(example)
        total += wrong / place
    return total / len(order)


def reliability(scored: Scored) -> list[tuple[float, float, int]]:
    """By tenths of the confidence: its mean, the share of questions that can be answered, and their number."""
    rows = []
    for place in range(_BINS):
        inside = [(sure, example) for sure, example in scored if min(_BINS - 1, int(sure * _BINS)) == place]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            rows.append((mean, sum(example.right for _, example in inside) / len(inside), len(inside)))
    return rows


def report(title: str, scored: Scored) -> None:
    """Prints both tables of one scoring, the threshold in force among them."""
    able = [sure for sure, example in scored if example.right]
    unable = [sure for sure, example in scored if not example.right]
    area = roc_auc_score([example.right for _, example in scored], [sure for sure, _ in scored])
    print(f"{title}: area under the curve {area:.3f}, area under risk {area_under_risk(scored):.3f}")
    for name, group in (("unanswerable", unable), ("answerable", able)):
        print(f"  {name} refused at {threshold():.3f}: {sum(sure < threshold() for sure in group)}/{len(group)}")
    print("  coverage  risk   threshold")
    for coverage, risk, at in risk_coverage(scored):
        print(f"  {coverage:8.2f}  {risk:.3f}  {at:.3f}")
    print("  confidence  can be answered  questions")
    for mean, share, number in reliability(scored):
        print(f"  {mean:10.2f}  {share:15.2f}  {number}")


def main() -> None:
    """Prints the curve and the reliability of the shipped model and of cross-validation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--also", type=Path, action="append", default=[], help="more questions")
    arguments = parser.parse_args()
    questions = [question for path in (DEVELOPMENT, *arguments.also) for question in read_questions(path)]
    examples = confidence_examples(Engine.open(arguments.index), questions)
    names = sorted({name for example in examples for name in example.features})
    model = load_model("confidence")
    report("shipped", [(model.probability(one.features), one) for one in examples if not one.hidden])
    report("cross-validated", crossed(names, examples))


if __name__ == "__main__":
    main()
