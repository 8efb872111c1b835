"""``kentesor evaluate`` from end to end: data, runs, foreign files, export that a public loader reads, reports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from beir.datasets.data_loader import GenericDataLoader
from beir.retrieval.evaluation import EvaluateRetrieval

from evaluation.ablation import PARTS, fixed, without
from evaluation.export import import_squad
from evaluation.questions import (
    DEVELOPMENT,
    HELD_OUT,
    TABLES,
    Evidence,
    GoldQuestion,
    read_gold_tables,
    read_questions,
)
from evaluation.results import load_run
from evaluation.retrievers import PlainRetriever, read_trec
from evaluation.running import run_retrieval, silent
from evaluation.validate import Validator, read_texts
from qa.engine import Engine

SHORT = 20  # questions that tests of the commands ask


@pytest.fixture(scope="module")
def texts(corpora: Path) -> dict[str, str]:
    return read_texts(corpora)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("few") / "few.jsonl"
    lines = DEVELOPMENT[0].read_text(encoding="utf-8").splitlines()[:SHORT]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


def test_every_quote_line_figure_and_cell_stands_in_the_documents(texts: dict[str, str]) -> None:
    validator = Validator(texts)
    assert not validator.questions(read_questions((*DEVELOPMENT, *HELD_OUT)))
    assert not validator.tables(read_gold_tables(TABLES))


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("line_start", 10**6, "böyle satırlar yok"),
        ("quote", "hiç yazılmamış söz", "alıntı o satırlarda yok"),
        ("doc", "ankara", "böyle satırlar yok"),
        ("text", "1.100.001", "dayanakta yok"),
        ("value", 1100, "değildir"),
        ("type", "unanswerable", "dayanağı var"),
        ("evidence", [], "dayanak gerekli"),
        ("docs", ["ankara"], "böyle bir belge yok"),
    ],
)
def test_the_validator_finds(texts: dict[str, str], tmp_path: Path, key: str, value: object, told: str) -> None:
    line: dict[str, Any] = {
        "id": "x",
        "question": "?",
        "type": "figure",
        "docs": ["izmir-2024-performans"],
        "figures": [{"value": 1100000, "text": "1.100.000"}],
        "evidence": [{"doc": "izmir-2024-performans", "line_start": 2138, "line_end": 2138, "quote": "Sıcak Asfalt"}],
    }
    path = tmp_path / "q.jsonl"
    validator = Validator(texts)
    path.write_text(json.dumps(line), encoding="utf-8")
    assert not validator.questions(read_questions([path]))
    for part in (line, *line["figures"], *line["evidence"]):
        if key in part:
            part[key] = value
    path.write_text(json.dumps(line), encoding="utf-8")
    assert any(told in fault.message for fault in validator.questions(read_questions([path])))


def test_the_validator_finds_a_wrong_cell(texts: dict[str, str], tmp_path: Path) -> None:
    line = json.loads(TABLES[0].read_text(encoding="utf-8").splitlines()[0])
    line["rows"][0]["cells"][0] = "25,001"
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    [fault] = Validator(texts).tables(read_gold_tables([path]))
    assert "25,001" in fault.message


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", ":1:"),
        ("[]", ":1:"),
        ('{"id": "a"}', "'question'"),
        ('{"id": "a", "question": "b", "figures": [{"value": "x"}]}', "biçimi yanlış"),
        ('{"id": "a", "question": "b"}\n{"id": "a", "question": "c"}', "iki soruda"),
    ],
)
def test_a_bad_file_of_questions_is_one_line(run, city_index: Path, tmp_path: Path, content: str, told: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "q.jsonl"
    path.write_text(content, encoding="utf-8")
    status, _, error = run("evaluate", "answers", path, "--index", city_index, "--output", tmp_path)
    assert status == 2 and told in error and error.count("\n") == 1


def test_retrieval_answers_tables_and_a_report(run, city_index: Path, few: Path, runs: Path) -> None:  # type: ignore[no-untyped-def]
    common = ("--index", city_index, "--output", runs)
    ways = ("--retriever", "kentesor", "--retriever", "bm25", "--retriever", "hybrid", "--without", "scope")
    status, out, error = run("evaluate", "retrieval", few, *ways, *common)
    assert status == 0 and "nDCG@10" in out, error
    assert run("evaluate", "answers", few, *common)[0] == 0
    assert run("evaluate", "tables", *common)[0] == 0
    ours, plain = load_run(runs / "retrieval-kentesor"), load_run(runs / "retrieval-bm25")
    assert len(ours.results) == len(plain.results) == sum(bool(one.evidence) for one in read_questions([few]))
    assert ours.totals()["nDCG@10"][0] > plain.totals()["nDCG@10"][0]
    assert ours.environment["packages"]["kentesor"] and ours.settings["questions"] == ["few.jsonl"]
    answers = load_run(runs / "answers-kentesor")
    assert len(answers.results) == SHORT and len(answers.judged()) >= SHORT // 2
    assert json.loads((runs / "answers-kentesor" / "measures.json").read_text(encoding="utf-8"))["ECE"]["value"] < 1
    assert load_run(runs / "tables-kentesor").totals()["cell_precision"][0] > 0.9
    status, _, error = run("evaluate", "report", *sorted(runs.glob("*-*")), "--output", runs / "r" / "report.md")
    assert status == 0, error
    report = (runs / "r" / "report.md").read_text(encoding="utf-8")
    for said in ("## Retrieval", "## Answers", "## Tables", "What each part is worth", "by style", "ECE"):
        assert said in report
    pictures = list((runs / "r").glob("*.png"))
    assert len(pictures) == 5 and all(picture.name in report for picture in pictures)
    value, _ = ours.totals()["nDCG@10"]
    assert f"{value:.3f} (" in report


def test_files_made_elsewhere(run, city_index: Path, few: Path, runs: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A TREC run and an answers file give the figures that were measured first; passages count in the file's order."""
    common = ("--index", city_index, "--output", tmp_path)
    trec, answers = runs / "retrieval-kentesor" / "run.trec", runs / "answers-kentesor" / "answers.jsonl"
    assert run("evaluate", "retrieval", few, "--run-file", trec, "--name", "again", *common)[0] == 0
    assert run("evaluate", "answers", few, "--answers", answers, "--name", "again", *common)[0] == 0
    assert run("evaluate", "retrieval", few, "--answers", answers, *common)[0] == 0
    first = load_run(runs / "retrieval-kentesor").totals()
    assert load_run(tmp_path / "retrieval-again").totals() == first
    assert load_run(tmp_path / "answers-again").totals() == load_run(runs / "answers-kentesor").totals()
    given = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    gold = {question.id: question for question in read_questions([few]) if question.evidence}
    first_meets = [
        any(item.meets(top["document"], top["line_start"], top["line_end"]) for item in gold[answer["id"]].evidence)
        for answer in given
        if answer["id"] in gold and (top := answer["passages"][0])
    ]
    shown = load_run(tmp_path / "retrieval-answers").totals()["recall@1"]
    assert shown == (pytest.approx(sum(first_meets) / len(first_meets)), len(first_meets))


def test_a_run_over_other_passages_is_judged_by_their_spans(  # type: ignore[no-untyped-def]
    run, city_index: Path, engine: Engine, tmp_path: Path
) -> None:
    document = engine.index.documents["izmir-2024-performans"]
    line = document.lines[2137]
    question = {
        "id": "x",
        "question": "asfalt",
        "evidence": [{"doc": document.id, "line_start": 2138, "line_end": 2138, "quote": ""}],
    }
    (tmp_path / "q.jsonl").write_text(json.dumps(question), encoding="utf-8")
    spans = [(0, 40), (line.start - 30, line.start + 20), (line.start + 1, line.end)]
    trec = "".join(f"x Q0 {document.id}:{a}-{b} 0 {9 - n} t\n" for n, (a, b) in enumerate(spans))
    (tmp_path / "t.run").write_text(trec, encoding="utf-8")
    (tmp_path / "t.json").write_text('{"query_ms_median": 7.5, "versions": {"x": "1"}}', encoding="utf-8")
    common = ("--index", city_index, "--output", tmp_path)
    assert run("evaluate", "retrieval", tmp_path / "q.jsonl", "--run-file", tmp_path / "t.run", *common)[0] == 0
    made = load_run(tmp_path / "retrieval-t")
    totals = made.totals()
    assert made.results[0].milliseconds == 7.5 and made.settings["record"]["versions"] == {"x": "1"}
    assert (totals["MRR@10"][0], totals["recall@1"][0], totals["recall@5"][0]) == (0.5, 0, 1)
    (tmp_path / "t.run").write_text("x Q0 ankara:0-1 1 1 t\n", encoding="utf-8")
    status, _, error = run("evaluate", "retrieval", tmp_path / "q.jsonl", "--run-file", tmp_path / "t.run", *common)
    assert status == 2 and "ankara:0-1" in error


def test_a_run_is_read_in_the_order_of_trec_eval(tmp_path: Path) -> None:
    path = tmp_path / "x.run"
    path.write_text("q Q0 a 1 0.5 t\nq Q0 c 2 0.5 t\nq Q0 b 9 0.7 t\n", encoding="utf-8")
    assert read_trec(path) == {"q": ["b", "c", "a"]}


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_public_loader_reads_the_export_and_scores_the_same(  # type: ignore[no-untyped-def]
    run, engine: Engine, city_index: Path, tmp_path: Path
) -> None:
    status, _, error = run("evaluate", "export", tmp_path, "dev", "more", "everyday", "--index", city_index)
    assert status == 0, error
    corpus, queries, qrels = GenericDataLoader(data_folder=str(tmp_path)).load(split="test")
    questions = [question for question in read_questions() if question.evidence]
    assert len(corpus) == len(engine.index.passages) and set(queries) == set(qrels) == {one.id for one in questions}
    ours, trec = run_retrieval(PlainRetriever(engine.index, "bm25"), questions, {})
    results: dict[str, dict[str, float]] = {}
    for line in trec.splitlines():
        question, _, passage, _, score, _ = line.split()
        results.setdefault(question, {})[passage] = float(score)
    ndcg, _, recall, _ = EvaluateRetrieval.evaluate(qrels, results, [10])
    assert round(ours.totals()["nDCG@10"][0], 4) == pytest.approx(ndcg["NDCG@10"], abs=1e-4)
    assert round(ours.totals()["R@10"][0], 4) == pytest.approx(recall["Recall@10"], abs=1e-4)
    graded = (tmp_path / "trec" / "qrels.txt").read_text(encoding="utf-8").splitlines()
    assert {tuple(line.split()[i] for i in (0, 2, 3)) for line in graded} == {
        (question, passage, str(grade)) for question, grades in qrels.items() for passage, grade in grades.items()
    }
    assert {line.split()[3] for line in graded} == {"1", "2"}


def test_squad_becomes_documents_and_questions(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    article = {
        "title": "Süper Bowl",
        "paragraphs": [
            {"context": "Birinci paragraf\nparktan söz eder.", "qas": [_asked("a", "Nereden?", "parktan")]},
            {"context": "İkincisi göldedir.", "qas": [_asked("b", "Nerede?", "göldedir"), _asked("c", "Kim?", None)]},
        ],
    }
    source = tmp_path / "xquad.tr.json"
    source.write_text(json.dumps({"data": [article]}), encoding="utf-8")
    assert import_squad(source, tmp_path / "x") == {"documents": 1, "questions": 3}
    texts = read_texts(tmp_path / "x" / "texts")
    questions = read_questions([tmp_path / "x" / "questions.jsonl"])
    assert not Validator(texts).questions(questions)
    assert [one.type for one in questions] == ["text", "text", "unanswerable"]
    assert questions[1].evidence[0].line_start == 2 and questions[0].keywords == ("parktan",)
    source.write_text("{}", encoding="utf-8")
    status, _, error = run("evaluate", "squad", source, tmp_path / "y")
    assert status == 2 and "SQuAD" in error


def _asked(name: str, question: str, answer: str | None) -> dict[str, Any]:
    return {"id": name, "question": question, "answers": [{"text": answer, "answer_start": 0}] if answer else []}


@pytest.mark.parametrize("part", [part for part in PARTS if part not in ("rows", "chunking")])
def test_a_part_left_out_changes_what_is_found(engine: Engine, part: str) -> None:
    questions = [one for one in read_questions() if one.evidence][:8]
    _, whole = run_retrieval(without(engine, part, silent), questions, {})
    assert whole != _whole(engine, questions)


def _whole(engine: Engine, questions: list[GoldQuestion]) -> str:
    from evaluation.retrievers import EngineRetriever

    return run_retrieval(EngineRetriever(engine), questions, {})[1]


def test_pieces_of_equal_length_cover_a_document(engine: Engine) -> None:
    document = engine.index.documents["kars-2024-faaliyet"]
    pieces = fixed(document)
    assert all(
        len(piece.text) <= 800 and document.text[piece.span.start : piece.span.end] == piece.text for piece in pieces
    )
    assert sum(len(piece.text) for piece in pieces) > 0.97 * len(document.text)


def test_evidence_meets_by_lines() -> None:
    evidence = Evidence("d", 3, 5)
    assert evidence.meets("d", 5, 9) and not evidence.meets("d", 6, 9) and not evidence.meets("e", 3, 5)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("retrieval", "--retriever", "google"), "google"),
        (("retrieval", "--without", "soul"), "soul"),
        (("report", "nowhere"), "nowhere"),
        (("validate", "nowhere.jsonl"), "nowhere.jsonl"),
        (("retrieval", "--answers", "nowhere.jsonl"), "nowhere.jsonl"),
    ],
)
def test_a_wrong_argument_is_one_line(run, city_index: Path, monkeypatch, tmp_path, arguments, told) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KENTESOR_INDEX", str(city_index))
    status, _, error = run("evaluate", *arguments)
    assert status == 2 and told in error and error.count("\n") == 1


def test_a_folder_that_is_no_run(run, runs: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shutil.copytree(runs / "tables-kentesor", tmp_path / "t")
    (tmp_path / "t" / "results.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    status, _, error = run("evaluate", "report", tmp_path / "t", "--output", tmp_path / "r.md")
    assert status == 2 and "bozuk" in error
