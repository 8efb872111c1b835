"""Decides whether a draft is sure enough to be shown: a calibrated probability against a fixed threshold."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.draft import Draft
from qa.answering.finding import Found
from qa.ranking import load_model
from qa.records import Hit, Question

THRESHOLD = 0.5


def confident(question: Question, draft: Draft, hits: Sequence[Hit], found: Sequence[Found]) -> bool:
    """Sets the confidence of ``draft`` and says whether it suffices."""
    features = confidence_features(question, draft, hits, found)
    draft.confidence = load_model("confidence").probability(features)
    return draft.confidence >= THRESHOLD


def confidence_features(
    question: Question, draft: Draft, hits: Sequence[Hit], found: Sequence[Found]
) -> dict[str, float]:
    """What speaks for a draft, each between 0 and 1."""
    best = hits[0].features if hits else {}
    figures = bool(draft.figures)
    return {
        "figures": float(figures),
        "probability": draft.confidence if figures else 0.0,
        "best_found": found[0].probability if found else 0.0,
        "lexical": best.get("lexical", 0.0),
        "meaning": best.get("meaning", 0.0),
        "meaning_text": 0.0 if figures else best.get("meaning", 0.0),
        "context": best.get("context", 0.0),
        "missing_figure": float(question.wants_figure and not figures),
        "year": best.get("year", 0.0) if question.years else 1.0,
    }
