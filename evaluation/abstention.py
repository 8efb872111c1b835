"""How well the confidence tells answers that hold from those that do not: risk by coverage, and reliability.

Measures and their definitions: ``evaluation/measures/calibration.py``; wrong is a wrong answer to an answerable
question and any answer to an unanswerable one. Printed for the model as shipped,
which has seen the development questions, and by five-fold cross-validation.

    python -m evaluation.abstention INDEX [--also QUESTIONS.jsonl]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from sklearn.metrics import roc_auc_score

from evaluation.measures.calibration import area_under_risk, reliability, risk_coverage
from evaluation.questions import DEVELOPMENT, read_questions
from evaluation.train_answers import Example, confidence_examples, crossed
from qa.deciding.confidence import threshold
from qa.engine import Engine
from qa.ranking import load_model

Scored = Sequence[tuple[float, Example]]


def holds(example: Example) -> bool:
    """Whether the draft answers the question."""
    return example.right and not example.wrong


def report(title: str, scored: Scored) -> None:
    """Prints both tables of one scoring, the threshold in force among them."""
    held = [(sure, holds(example)) for sure, example in scored]
    able = [sure for sure, example in scored if example.right]
    unable = [sure for sure, example in scored if not example.right]
    area = roc_auc_score([example.right for _, example in scored], [sure for sure, _ in scored])
    print(f"{title}: area under the curve {area:.3f}, area under risk {area_under_risk(held):.3f}")
    for name, group in (("unanswerable", unable), ("answerable", able)):
        print(f"  {name} refused at {threshold():.3f}: {sum(sure < threshold() for sure in group)}/{len(group)}")
    print("  coverage  risk   threshold")
    for coverage, risk, at in risk_coverage(held):
        print(f"  {coverage:8.2f}  {risk:.3f}  {at:.3f}")
    print("  confidence  can be answered  questions")
    for mean, share, number in reliability([(sure, example.right) for sure, example in scored]):
        print(f"  {mean:10.2f}  {share:15.2f}  {number}")


def main() -> None:
    """Prints the curve and the reliability of the shipped model and of cross-validation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--also", type=Path, action="append", default=[], help="more questions")
    arguments = parser.parse_args()
    questions = read_questions((*DEVELOPMENT, *arguments.also))
    examples = confidence_examples(Engine.open(arguments.index), questions)
    names = sorted({name for example in examples for name in example.features})
    model = load_model("confidence")
    report("shipped", [(model.probability(one.features), one) for one in examples if not one.hidden])
    report("cross-validated", crossed(names, examples))


if __name__ == "__main__":
    main()
