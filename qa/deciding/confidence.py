"""Decides whether a draft is sure enough to be shown: a calibrated probability against a fitted threshold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from qa.answering.draft import Draft
from qa.deciding.blanks import blank_rows
from qa.deciding.holdings import holding_untold
from qa.deciding.naming import deed_untold, of_another_unit, part_for_whole
from qa.deciding.requirements import lack_of
from qa.deciding.support import Support, holding, support_of
from qa.finding.agreement import is_measured, unit_agreement
from qa.finding.figures import Found
from qa.finding.items import items_of
from qa.finding.kinds import kinds_of, says_kind
from qa.finding.vocabulary import says
from qa.ranking import load_model
from qa.records import Hit, Question

AGAINST = frozenset(
    {
        "apart", "behind", "blank_better", "blank_fuller", "kind_missing", "missing_cell", "missing_fig",
        "missing_figure", "objections", "undone", "unnamed", "unsaid", "year_open", "year_unmet", "year_unsaid",
    }
)  # fmt: skip
"""Features that can only speak against a draft."""

OPEN = frozenset({"cell", "prose", "rows", "several", "computed"})
"""Features that tell drafts of different kinds apart and may speak either way; all others speak for a draft."""

_UNLIKELY = ((0.1, 0.7), (0.2, 0.4), (0.5, 0.1))
"""A figure below the first is not shown where its place, headings and passage tell less than this of a question."""

_UNDONE, _HALF = 0.2, 0.5
"""Nor one of a sentence below the first that tells neither the deed asked for nor this share of the question."""

_DONE = ("actual", "spending")
_PLANS = ("performans", "stratejik")


@cache
def threshold() -> float:
    """The confidence from which a draft is shown; ``evaluation/train_answers.py`` chooses it by cross-validation."""
    data = tomllib.loads(resources.files("qa").joinpath("data/confidence.toml").read_text(encoding="utf-8"))
    return float(data["threshold"])


def confident(question: Question, draft: Draft, hits: Sequence[Hit], found: Sequence[Found]) -> bool:
    """Sets the confidence of ``draft`` and says whether it suffices.

    Args:
        question: the question as understood.
        draft: the answer to be judged.
        hits: the passages that it was made from, best first.
        found: all figures that were weighed for it, likeliest first.
    """
    features = confidence_features(question, draft, hits, found)
    other_column = not draft.over_rows and support_of(question, draft, hits).other_column
    draft.confidence = load_model("confidence").probability(features)
    refused = (
        _is_unlikely(question, draft, features)
        or _is_unranked(question, draft)
        or _is_unreasoned(question, draft)
        or lack_of(question, draft) is not None
        or part_for_whole(question, draft)
        or of_another_unit(question, draft)
        or holding_untold(question, draft)
        or (question.wants_figure and features["unnamed"] > 0)
        or other_column
    )
    return draft.confidence >= threshold() and not refused


def _is_unranked(question: Question, draft: Draft) -> bool:
    """Whether the first of an order is asked for, and the words that answer tell of none."""
    if "rank" not in question.wants or draft.over_rows or draft.found:
        return False
    text = " ".join(citation.quote for citation in draft.citations)
    return not any(says("superlative", text, name) for name in ("most", "least"))


def _is_unlikely(question: Question, draft: Draft, features: Mapping[str, float]) -> bool:
    """Whether all figures of a draft are unlikely and stand where little of the question does."""
    if not draft.found or draft.over_rows:  # those over rows are chosen in another way
        return False
    likely = max(one.probability for one in draft.found)
    if any(likely < bound and features["around_fig"] < told for bound, told in _UNLIKELY):
        return True
    spoken = all(one.fact is None for one in draft.found) and likely < _UNDONE and features["own_fig"] < _HALF
    return spoken and deed_untold(question, " ".join(citation.quote for citation in draft.citations))


def _is_unreasoned(question: Question, draft: Draft) -> bool:
    """Whether only "why" is asked, and the words that answer give no reason."""
    if question.wants[:1] != ("why",) or draft.found or draft.over_rows:
        return False
    return not says("reason", f"{draft.text} {' '.join(citation.quote for citation in draft.citations)}")


def confidence_features(
    question: Question, draft: Draft, hits: Sequence[Hit], found: Sequence[Found]
) -> dict[str, float]:
    """What speaks for a draft, and what against it; arguments as :func:`confident`."""
    best = hits[0].features if hits else {}
    cited = next((hit.features for hit in holding(draft, hits)), {})
    support = support_of(question, draft, hits)
    if draft.over_rows:  # tables chosen by all words of the question: what is retrieved tells nothing of them
        objections = float(support.objections + _contradictions(question, draft))
        return {
            "rows": 1.0,
            "own_rows": support.own,
            "around_rows": support.around,
            "objections": objections,
            "unnamed": float(support.unnamed),
        }
    missing_figure = question.wants_figure and not draft.found
    likeness = min((one.features.get("likeness", 0.0) for one in draft.found), default=0.0)
    blank = next(iter(blank_rows(question, hits, draft.index)), None)
    return {
        "missing_figure": float(missing_figure),
        "objections": float(support.objections + missing_figure + _contradictions(question, draft)),
        "unnamed": float(support.unnamed),
        "unsaid": support.unsaid,
        "apart": support.apart,
        "cosine": best.get("cosine", 0.0) * 10,
        "cosine_cited": cited.get("cosine", 0.0) * 10,
        "gap": min(3.0, hits[0].score - hits[1].score) if len(hits) > 1 else 0.0,
        "blank_better": max(0.0, blank.likeness - likeness) if blank else 0.0,
        "blank_fuller": max(0.0, blank.recall - support.own) if blank else 0.0,
        "several": float(len(draft.found) > 1),
        "computed": float(any(figure.computed for figure in draft.figures)),
        **(_of_figures(question, draft, found, support) if draft.found else {}),
        **({} if draft.found or missing_figure else _of_words(question, draft, best, support)),
    }


def _of_figures(question: Question, draft: Draft, found: Sequence[Found], support: Support) -> dict[str, float]:
    """What the least likely figure of a draft tells."""
    weakest = min(draft.found, key=lambda one: one.probability)
    of_figure = weakest.features
    kind = "prose" if weakest.fact is None else "cell"
    rival = next((one.probability for one in found if one not in draft.found), 0.0)
    years = {one.year for one in draft.found}
    return {
        kind: 1.0,
        f"probability_{kind}": weakest.probability,
        "top": found[0].probability if found else weakest.probability,
        "margin": max(0.0, weakest.probability - rival),
        "behind": of_figure.get("behind", 0.0),
        f"share_{kind}": of_figure.get("share", of_figure.get("recall_context", 0.0)),
        "likeness_cell": of_figure.get("likeness", 0.0),
        "missing_cell": of_figure.get("missing", 0.0) if kind == "cell" else 0.0,
        "unit": unit_agreement(question, items_of(question), weakest.unit),
        "year_unmet": sum(year not in years for year in question.years) / max(1, len(question.years)),
        "year_open": float(bool(question.years) and years == {None}),
        "own_fig": support.own,
        "around_fig": support.around,
        "missing_fig": support.missing,
    }


def _of_words(question: Question, draft: Draft, best: Mapping[str, float], support: Support) -> dict[str, float]:
    """What the sentences of a draft tell, where no figure is asked for."""
    text = " ".join(citation.quote for citation in draft.citations)
    said = [says_kind(text, kind) for kind in kinds_of(question)]
    years = {draft.index.documents[citation.document].source.year for citation in draft.citations}
    told = any(year in years or str(year) in text for year in question.years)
    return {
        "own_words": support.own,
        "around_words": support.around,
        "undone": support.undone,
        "meaning_words": best.get("meaning", 0.0),
        "kind_said": float(any(said)),
        "kind_missing": float(not all(said)),
        "year_unsaid": float(bool(question.years) and not told),
    }


def _contradictions(question: Question, draft: Draft) -> int:
    """How often the figures are of another year, without the unit, or planned where what was done is asked for."""
    if not draft.found:
        return 0
    years = {one.year for one in draft.found}
    other_year = bool(question.years) and None not in years and not years & set(question.years)
    measured = any(is_measured(item.unit) for item in items_of(question))
    no_unit = measured and any(one.unit is None for one in draft.found)
    planned = says("really", question.query_text or question.text) and any(
        _is_planned(question, draft, one) for one in draft.found
    )
    return other_year + no_unit + planned


def _is_planned(question: Question, draft: Draft, found: Found) -> bool:
    """Whether a figure of a plan cannot be what was done in the year asked for: the plan was written before."""
    source = draft.index.documents[found.document].source
    if source.kind not in _PLANS or source.year is None or not question.years:
        return False
    return max(question.years) >= source.year - 1 and (found.fact is None or found.measure not in _DONE)
