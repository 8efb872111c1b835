"""Decides whether a draft is sure enough to be shown: a calibrated probability against a fixed threshold."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.draft import Draft
from qa.ranking import load_model
from qa.records import Hit, Question

THRESHOLD = 0.55


def confident(question: Question, draft: Draft, hits: Sequence[Hit]) -> bool:
    """Sets the confidence of ``draft`` and says whether it suffices."""
    draft.confidence = load_model("confidence").probability(confidence_features(question, draft, hits))
    return draft.confidence >= THRESHOLD


def confidence_features(question: Question, draft: Draft, hits: Sequence[Hit]) -> dict[str, float]:
    """What speaks for a draft, and what against it."""
    best = hits[0].features if hits else {}
    weakest = min(draft.found, key=lambda one: one.probability, default=None)
    of_figure = weakest.features if weakest is not None else {}
    cell = weakest is not None and weakest.fact is not None
    prose = weakest is not None and not cell
    return {
        "cell": float(cell),
        "prose": float(prose),
        "probability_cell": weakest.probability if weakest is not None and cell else 0.0,
        "probability_prose": weakest.probability if weakest is not None and prose else 0.0,
        "recall_cell": of_figure.get("recall", 0.0),
        "recall_context": of_figure.get("recall_context", 0.0),
        "share_prose": of_figure.get("share", 0.0),
        "unit_prose": of_figure.get("unit", 0.0) if prose else 0.0,
        "counted_prose": of_figure.get("counted", 0.0) if prose else 0.0,
        "near_prose": of_figure.get("near", 0.0),
        "unit_wrong": float(cell and of_figure.get("unit", 0.0) < 0),
        "missing_cell": of_figure.get("missing", 0.0) if cell else 0.0,
        "missing_prose": of_figure.get("missing", 0.0) if prose else 0.0,
        "agreement_prose": of_figure.get("agreement", 0.0),
        "meaning": best.get("meaning", 0.0),
        "meaning_words": 0.0 if draft.found else best.get("meaning", 0.0),
        "cosine": best.get("cosine", 0.0) * 10,
        "matched": best.get("matched", 0.0) * 5,
        "missing_figure": float(question.wants_figure and not draft.found),
    }
