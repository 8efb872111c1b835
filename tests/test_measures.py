"""The measures: small cases by hand, the task's scorers to the digit, independent implementations."""

from __future__ import annotations

import importlib.util
import json
import random
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import ndcg_score

from evaluation.bootstrap import difference, interval
from evaluation.corpus import Piece, Spans
from evaluation.judgements import grade, judge
from evaluation.measures.answers import ANSWERS, AnswerCase
from evaluation.measures.base import total, values
from evaluation.measures.calibration import area_under_risk, calibration_error, reliability, risk_coverage
from evaluation.measures.ranking import ranking_values
from evaluation.measures.tables import TABLES, compare
from evaluation.questions import DEVELOPMENT, Evidence, GoldFigure, GoldQuestion, read_gold_tables, read_questions
from evaluation.results import Result
from evaluation.retrievers import AnswersRetriever
from evaluation.running import run_answers, run_retrieval, run_tables
from qa.engine import Engine
from qa.serialise import table_object

SCORERS = Path(__file__).parent / "data" / "scorer"
QUESTION = GoldQuestion(
    id="q",
    question="?",
    history=(),
    type="figures",
    style="formal",
    documents=("d",),
    figures=(GoldFigure(10, "10", "ton", 2024, "target"), GoldFigure(20, "20", "adet", 2023, "actual")),
    keywords=(),
    evidence=(Evidence("d", 2, 5), Evidence("d", 9, 9)),
    all_needed=True,
)
TEXTS = {"d": "bir\niki 10\nüç\n"}


def scorer(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCORERS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figure(value: float, unit: str = "ton", year: int = 2024, measure: str = "target") -> dict[str, Any]:
    return {"value": value, "text": str(value), "unit": unit, "year": year, "measure": measure, "citation": 1}


def answer(
    *figures: dict[str, Any], status: str = "answered", text: str = "", lines: tuple[int, int] = (2, 2)
) -> dict[str, Any]:
    citation = {"n": 1, "document": "d", "line_start": lines[0], "line_end": lines[1], "start": 4, "end": 10}
    return {"status": status, "answer": text, "figures": list(figures), "citations": [citation | {"quote": "iki 10"}]}


def judged(question: GoldQuestion, given: dict[str, Any] | None) -> dict[str, float]:
    found = values(ANSWERS, AnswerCase(question, given, TEXTS))
    return {name: top / bottom for name, (top, bottom) in found.items()}


def test_figures_by_hand() -> None:
    found = judged(QUESTION, answer(figure(10), figure(20, year=2022, measure="actual"), figure(30)))
    assert (
        found["figure_all"] == 1 and found["figure_recall"] == 1 and found["figure_precision"] == pytest.approx(2 / 3)
    )
    assert (found["figure_unit"], found["figure_year"], found["figure_measure"]) == (0.5, 0.5, 1.0)
    assert found["figure_exact"] == 0.5 and found["right"] == 1 and "figure@1" not in found
    assert judged(QUESTION, answer(figure(10.0000001)))["figure_recall"] == 0.5
    assert judged(QUESTION, answer(figure(10.001)))["figure_recall"] == 0
    single = replace(QUESTION, type="figure", figures=QUESTION.figures[:1])
    assert judged(single, answer(figure(30), figure(10)))["figure@1"] == 0
    assert judged(single, answer(figure(10), figure(30)))["figure@1"] == 1
    assert judged(single, answer(figure(10), status="abstained"))["figure@1"] == 0


def test_words_by_hand() -> None:
    question = replace(QUESTION, figures=(), keywords=("İZMİR", "ılık  su"))
    assert judged(question, answer(text="izmir'de ILIK\nsu"))["keywords_all"] == 1
    assert judged(question, answer(text="Izmir'de ılık su"))["keywords"] == 0.5  # a dotless I is another letter
    assert judged(question, answer(text="izmir ılık su" + " " * 10 + "x" * 1500))["keywords"] == 0


def test_citations_and_grounding_by_hand() -> None:
    found = judged(QUESTION, answer(figure(10), figure(11)))
    assert (found["citation_hit"], found["citation_precision"], found["citation_recall"]) == (1, 1, 0.5)
    assert found["grounded"] == pytest.approx(2 / 3)  # the quote and 10 stand there, 11 does not
    assert judged(QUESTION, answer(lines=(6, 8)))["citation_hit"] == 0
    moved = answer()
    moved["citations"][0]["start"] = 3
    assert judged(QUESTION, moved)["grounded"] == 0
    assert judged(replace(QUESTION, all_needed=False), answer())["citation_recall"] == 1


def test_refusals_by_hand() -> None:
    nowhere = replace(QUESTION, type="unanswerable", figures=(), evidence=())
    assert judged(nowhere, answer(status="abstained"))["abstain_ok"] == 1
    assert judged(nowhere, answer())["abstain_ok"] == 0 and judged(nowhere, None)["abstain_ok"] == 0
    refused = judged(QUESTION, answer(status="abstained"))
    assert refused["false_abstain"] == 1 and refused["right"] == 0 and "citation_hit" not in refused


def test_grades_hold_for_any_chunking() -> None:
    def piece(first: int, last: int, document: str = "d", length: int = 100) -> Piece:
        return Piece(document, 0, length, first, last)

    assert [grade(QUESTION, piece(*lines)) for lines in ((1, 9), (2, 3), (5, 8), (9, 9), (6, 8))] == [2, 2, 1, 2, 0]
    assert grade(QUESTION, piece(2, 5, "e")) == 0 and grade(QUESTION, piece(2, 5, length=1501)) == 0
    assert judge([QUESTION], [piece(6, 8)]) == {"q": {}}


def test_a_span_names_its_lines() -> None:
    spans = Spans(TEXTS)
    found = spans.read("d:4-10")
    assert found and (found.text, found.line_start, found.line_end, found.id) == ("iki 10", 2, 2, "d:4-10")
    crossing = spans.read("d:0-5")
    assert crossing and (crossing.line_start, crossing.line_end) == (1, 2)
    assert [spans.read(name) for name in ("d:0-99", "e:0-1", "d:5-5", "d")] == [None] * 4


def test_rankings_by_hand() -> None:
    qrels = {"a": {"x": 2, "y": 1}, "b": {"z": 1}, "c": {}, "d": {"x": 1}}
    found = ranking_values(qrels, {"a": ["n", "y", "x"], "b": ["z"], "c": ["x"]})
    log = np.log2
    expected = (1 / log(3) + 2 / log(4)) / (2 / log(2) + 1 / log(3))
    assert found["a"]["nDCG@10"][0] == pytest.approx(expected)
    assert [found["a"][name][0] for name in ("recall@1", "recall@5", "MRR@10", "R@10")] == [0, 1, 0.5, 1]
    assert found["b"]["nDCG@10"] == (1.0, 1.0)
    assert all(found[name][measure][0] == 0 for name in "cd" for measure in ("recall@10", "nDCG@10", "MRR@10"))


def test_rankings_agree_with_an_independent_implementation() -> None:
    """nDCG with scikit-learn, the others in a few lines of their own, over made-up runs."""
    luck = random.Random(5)
    names = [f"p{number:02d}" for number in range(30)]
    qrels = {str(q): {name: luck.choice((1, 2)) for name in luck.sample(names, luck.randint(1, 6))} for q in range(40)}
    run = {q: luck.sample(names, 30) for q in qrels}
    found = ranking_values(qrels, run)
    for q, order in run.items():
        gains = [[qrels[q].get(name, 0) for name in order]]
        assert found[q]["nDCG@10"][0] == pytest.approx(ndcg_score(gains, [list(range(30, 0, -1))], k=10), abs=1e-9)
        ranks = [rank for rank, name in enumerate(order, 1) if name in qrels[q]]
        assert found[q]["MRR@10"][0] == pytest.approx(1 / ranks[0] if ranks[0] <= 10 else 0)
        assert found[q]["R@10"][0] == pytest.approx(sum(rank <= 10 for rank in ranks) / len(ranks))
        for k in (1, 5, 10):
            assert found[q][f"recall@{k}"][0] == float(ranks[0] <= k)


def test_calibration_by_hand() -> None:
    shown = [(0.9, True), (0.8, True), (0.4, False), (0.2, False)]
    assert risk_coverage(shown)[0] == (1.0, 0.5, 0.2) and risk_coverage(shown)[-1] == (0.25, 0.0, 0.9)
    assert area_under_risk(shown) == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)
    assert reliability([(0.95, True), (0.91, False), (1.0, True)]) == [
        (pytest.approx(2.86 / 3), pytest.approx(2 / 3), 3)
    ]
    assert calibration_error(shown) == pytest.approx((0.1 + 0.2 + 0.4 + 0.2) / 4)
    worst = [(1 - sure, holds) for sure, holds in shown]
    assert area_under_risk(worst) > area_under_risk(shown)


def test_the_bootstrap() -> None:
    def results(values_: list[float], name: str = "m") -> list[Result]:
        return [Result(str(i), "t", "s", "d", {name: (value, 1.0)}) for i, value in enumerate(values_)]

    luck = random.Random(1)
    base = [float(luck.random() < 0.6) for _ in range(200)]
    better = [1.0 if luck.random() < 0.15 else value for value in base]
    one, again = interval(results(base), "m"), interval(results(base), "m")
    assert one == again and one is not None and one.low < one.value < one.high
    assert one.half == pytest.approx(1.96 * (np.std(base) / 200**0.5), rel=0.1)  # the normal approximation
    paired = difference(results(better), results(base), "m")
    assert paired is not None and paired.value == pytest.approx(np.mean(better) - np.mean(base))
    assert paired.clear_of_zero and paired.half < one.half  # the pairing takes out what both have in common
    same = difference(results(base), results(base), "m")
    assert same is not None and (same.low, same.value, same.high) == (0, 0, 0)
    assert difference(results(base), [], "m") is None and interval(results(base), "other") is None


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_agreement_with_the_tasks_scorer(gate_answers: dict[str, Any], corpora: Path, engine: Engine) -> None:
    """Every measure that both define, to the digit, on our own answers, and on the same with faults put in."""
    official, answered = scorer("score"), gate_answers
    lines = [json.loads(line) for path in DEVELOPMENT for line in path.read_text(encoding="utf-8").splitlines()]
    questions = [question for question in read_questions() if question.id in answered]
    texts = {document.id: document.text for document in engine.index.documents.values()}
    spoilt = json.loads(json.dumps(answered))
    for number, one in enumerate(spoilt.values()):
        if number % 5 == 0:
            one["status"] = "abstained"
        if number % 3 == 0:
            one["figures"], one["passages"] = one["figures"][1:], one["passages"][::-1]
            for citation in one["citations"][:1]:
                citation["line_start"] += 1
    del spoilt[questions[7].id]
    for answers in (answered, spoilt):
        rows = official.score([line for line in lines if line["id"] in answered], list(answers.values()))
        retrieved, _ = run_retrieval(AnswersRetriever("x", answers), questions, {})
        ours = run_answers("x", answers, questions, texts, {}).totals() | retrieved.totals()
        ours["mrr@10"] = ours.pop("MRR@10")
        compared = [key for key in (*official.KEYS, "figure_recall", "keywords") if key in ours]
        assert len(compared) == 14
        for key in compared:
            assert ours[key] == (pytest.approx(official.mean(rows, key)[0], abs=1e-12), official.mean(rows, key)[1])
        share, _, _ = official.grounding(list(answers.values()), corpora)
        assert ours["grounded"][0] == pytest.approx(share, abs=1e-12)


def test_agreement_with_the_tasks_scorer_of_tables(engine: Engine) -> None:
    official = scorer("score_tables")
    documents = engine.index.documents.values()
    extracted = [table_object(one, table) for one in documents for table in engine.index.tables(one.id)]
    for table in extracted[::4]:  # faults, so that every branch is met
        table["columns"] = table["columns"][::-1]
    path = Path(__file__).parent.parent / "evaluation" / "data" / "tables-dev.jsonl"
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    theirs = official.score(gold, extracted)
    run, _ = run_tables("x", extracted, read_gold_tables(), {})
    for table, one in zip(read_gold_tables(), theirs, strict=True):
        count = compare(table, extracted)
        assert (count.rows, count.found, count.labels, count.units_right, count.units) == tuple(
            one[key] for key in ("rows", "found", "label", "unit", "units")
        )
        assert (count.right, count.wrong, count.missed) == (one["tp"], one["fp"], one["fn"])
    assert run.totals()["cell_f1"][0] == pytest.approx(official.total(theirs, "all"), abs=1e-9)
    assert {measure.name for measure in TABLES} == set(run.totals())


def test_a_total_weighs_by_what_is_counted() -> None:
    assert total([{"m": (1.0, 2.0)}, {"m": (3.0, 3.0)}, {}], "m") == (0.8, 2)
