"""Measures of a ranking of passages, worked out by ``ir-measures``.

``recall@k`` is the share of questions with a relevant passage among the first k, as in the task's scorer and in open
question answering (there also "top-k accuracy"; ``Success@k`` in ir-measures); ``R@10`` is the share of all relevant
passages found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.judgements import Qrels
from evaluation.measures.base import Values
from indexer.errors import InputError

DEPTH = 10

Run = Mapping[str, Sequence[str]]
"""The passages found for each question, best first."""


@dataclass(frozen=True, slots=True)
class RankingMeasure:
    """A measure of ir-measures: our name, its notation there, what it tells, where it is defined."""

    name: str
    notation: str
    meaning: str
    reference: str
    lower: bool = False


_TREC = "trec_eval"
_KARPUKHIN = "Karpukhin et al., Dense Passage Retrieval, EMNLP 2020; task scorer score.py"
_CUMULATED = "Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, TOIS 2002; linear gain"

RANKING = (
    RankingMeasure("recall@1", "Success@1", "a relevant passage is first", _KARPUKHIN),
    RankingMeasure("recall@5", "Success@5", "a relevant passage is among the first 5", _KARPUKHIN),
    RankingMeasure("recall@10", "Success@10", "a relevant passage is among the first 10", _KARPUKHIN),
    RankingMeasure("nDCG@10", "nDCG@10", "graded passages, discounted by rank, against the best order", _CUMULATED),
    RankingMeasure("MRR@10", "RR@10", "1 by the rank of the first relevant one", "Voorhees, TREC-8 QA track, 1999"),
    RankingMeasure("R@10", "R@10", "share of the relevant passages among the first 10", _TREC),
)


def ranking_values(qrels: Qrels, run: Run) -> dict[str, Values]:
    """The values of every question in ``qrels``; one that the run leaves out, or that has nothing to find, gets zeros.

    Raises:
        InputError: ir-measures is not installed.
    """
    try:
        import ir_measures
    except ImportError as error:
        raise InputError('ölçüm için "pip install kentesor[evaluation]" gerekir.') from error
    values: dict[str, Values] = {
        question: {measure.name: (0.0, 1.0) for measure in RANKING} for question in qrels
    }  # fmt: skip
    names = {measure.notation: measure.name for measure in RANKING}
    judged = {question: grades for question, grades in qrels.items() if grades}
    # trec_eval orders by score alone and breaks ties by name: ranks are given as scores, so that the order is the run's
    scored = {
        question: {passage: 1.0 / rank for rank, passage in enumerate(run.get(question, ()), 1)} for question in judged
    }
    notations = [ir_measures.parse_measure(notation) for notation in names]
    for metric in ir_measures.iter_calc(notations, judged, scored):
        values[metric.query_id][names[str(metric.measure)]] = (float(metric.value), 1.0)
    return values
