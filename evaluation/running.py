"""Runs a retriever, an engine or a reader of tables over questions and keeps what came of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from evaluation.corpus import Piece
from evaluation.judgements import Qrels, grade, judge, unmet
from evaluation.measures.answers import ANSWERS, AnswerCase, right
from evaluation.measures.base import values
from evaluation.measures.ranking import DEPTH, ranking_values
from evaluation.measures.tables import TABLES, compare
from evaluation.questions import GoldQuestion, GoldTable
from evaluation.results import Result, Run, environment, write_trec
from evaluation.retrievers import Retriever
from indexer.errors import InputError
from qa.engine import Engine
from qa.records import Answer
from qa.serialise import answer_object

Progress = Callable[[str, int, int], None]
Settings = Mapping[str, Any]
_KEPT = 100  # passages of a question that a run file keeps


def silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def run_retrieval(
    retriever: Retriever,
    questions: Sequence[GoldQuestion],
    settings: Settings,
    progress: Progress = silent,
    group: str = "main",
) -> tuple[Run, str]:
    """Measures a retriever on the questions that have evidence.

    Args:
        retriever: what is measured; passages of over 1,500 characters count as no find.
        questions: those without evidence are left out.
        settings: kept with the run.
        progress: told after each question.
        group: of the run, see :class:`evaluation.results.Run`.

    Returns:
        The run, and its rankings as a TREC run.

    Raises:
        InputError: no question has evidence, or ir-measures is not installed.
    """
    asked = [question for question in questions if question.evidence]
    if not asked:
        raise InputError("soruların hiçbirinde dayanak (evidence) yok; getirme ölçülemez.")
    found = {}
    for done, question in enumerate(asked, 1):
        found[question.id] = retriever.retrieve(question, _KEPT)
        progress("answering", done, len(asked))
    rankings = {name: _names(one.pieces) for name, one in found.items()}
    qrels = _judged(retriever, asked, {name: one.pieces for name, one in found.items()})
    scored = ranking_values(qrels, {name: ranking[:DEPTH] for name, ranking in rankings.items()})
    results = tuple(
        Result(one.id, one.type, one.style, _document(one), scored[one.id], found[one.id].milliseconds) for one in asked
    )
    run = Run(retriever.name, "retrieval", results, settings, environment(), group)
    return run, write_trec(rankings, retriever.name.replace(" ", ""))


def _names(pieces: Sequence[Piece]) -> list[str]:
    """The names of passages in order; one that comes twice keeps its places under another name."""
    names: dict[str, None] = {}
    for piece in pieces:
        name = piece.id if piece.end else f"{piece.document}:l{piece.line_start}-{piece.line_end}"
        while name in names:
            name += "'"
        names[name] = None
    return list(names)


def _judged(
    retriever: Retriever, questions: Sequence[GoldQuestion], found: Mapping[str, Sequence[Piece]]
) -> Qrels:  # fmt: skip
    """Judgements of all passages that are searched; where these are not known, of those found and of what they miss."""
    if retriever.pieces is not None:
        return judge(questions, retriever.pieces)
    qrels: Qrels = {}
    for question in questions:
        pieces = found[question.id]
        graded = {name: grade(question, piece) for name, piece in zip(_names(pieces), pieces, strict=True)}
        missed = dict.fromkeys((f"missed:{one.document}:{one.line_start}" for one in unmet(question, pieces)), 2)
        qrels[question.id] = {name: given for name, given in graded.items() if given} | missed
    return qrels


def answer_all(
    engine: Engine, questions: Sequence[GoldQuestion], progress: Progress = silent
) -> dict[str, dict[str, Any]]:
    """The engine's answers by question, as ``kentesor ask --json`` prints them."""
    answers = {}
    for done, question in enumerate(questions, 1):
        try:
            answer = engine.ask(question.question, question.history)
        except InputError as error:
            answer = Answer(question=question.question, status="abstained", text=str(error), confidence=0.0)
        answers[question.id] = answer_object(answer, question.id)
        progress("answering", done, len(questions))
    return answers


def run_answers(
    name: str,
    answers: Mapping[str, Mapping[str, Any]],
    questions: Sequence[GoldQuestion],
    texts: Mapping[str, str] | None,
    settings: Settings,
    group: str = "main",
) -> Run:
    """Measures answers, ours or another system's; a question without an answer counts as answered with nothing.

    Args:
        name: of the system.
        answers: by question, in the form of ``kentesor ask --json``.
        questions: all that were asked.
        texts: the documents by id, for grounding; None leaves it out.
        settings: kept with the run.
        group: of the run.
    """
    results = []
    for question in questions:
        answer = answers.get(question.id)
        case = AnswerCase(question, answer, texts)
        given = answer or {}
        results.append(
            Result(
                question.id,
                question.type,
                question.style,
                _document(question),
                values(ANSWERS, case),
                (given.get("timings_ms") or {}).get("total"),
                given.get("confidence"),
                right(case),
                answer is not None and not case.abstained,
            )
        )
    return Run(name, "answers", tuple(results), settings, environment(), group)


def run_tables(
    name: str, extracted: Sequence[Mapping[str, Any]], tables: Sequence[GoldTable], settings: Settings
) -> tuple[Run, list[str]]:
    """Measures extracted tables, in the form of ``kentesor tables --json``; the run and every error found."""
    counts = [(table, compare(table, extracted)) for table in tables]
    results = tuple(
        Result(table.id, table.kind, "table", table.document, values(TABLES, count)) for table, count in counts
    )
    return Run(name, "tables", results, settings, environment()), [error for _, one in counts for error in one.errors]


def answers_text(answers: Iterable[Mapping[str, Any]]) -> str:
    """Answers as JSONL."""
    return "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)


def _document(question: GoldQuestion) -> str:
    return question.documents[0] if question.documents else "-"
