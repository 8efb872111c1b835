"""Whatever ranks passages for a question, behind one interface: ours, plain baselines, and files made elsewhere."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evaluation.corpus import Piece, Spans, piece_of
from evaluation.questions import GoldQuestion, read_lines
from indexer.errors import InputError, reason_of
from indexer.index import Index
from indexer.turkish import analyse
from qa.engine import Engine
from qa.records import Question
from qa.retrieval import Retriever as Ranker

Scores = NDArray[np.float32]
_DEPTH = 30  # passages that the engine considers
_FUSION = 60  # the constant of reciprocal rank fusion (Cormack, Clarke & Büttcher, SIGIR 2009)


@dataclass(frozen=True, slots=True)
class Found:
    """What a retriever gives for one question: passages, best first, and how long it took (None: not known)."""

    pieces: tuple[Piece, ...]
    milliseconds: float | None = None


class Retriever(Protocol):
    """What is measured."""

    @property
    def name(self) -> str:
        """How a report calls it."""

    @property
    def pieces(self) -> Sequence[Piece] | None:
        """All passages that it searches; None where they are not known."""

    def retrieve(self, question: GoldQuestion, limit: int) -> Found:
        """The best passages for a question, at most ``limit``."""


class EngineRetriever:
    """Our retrieval, as a question goes through it.

    Args:
        engine: the engine, with or without some of its parts.
        name: how a report calls it.
        ranker: ranks in the engine's place, for what is measured by its absence.
        reword: changes the question as understood, likewise.
    """

    def __init__(
        self,
        engine: Engine,
        name: str = "kentesor",
        ranker: Ranker | None = None,
        reword: Callable[[Question], Question] | None = None,
    ) -> None:
        self.name = name
        self.pieces: Sequence[Piece] | None = pieces_of(engine.index)
        self._known = self.pieces
        self._engine = engine
        self._retrieve = (lambda question: ranker.retrieve(question, _DEPTH)) if ranker else engine.retrieve
        self._reword = reword

    def retrieve(self, question: GoldQuestion, limit: int) -> Found:
        """The passages that answers are made from."""
        began = time.perf_counter()
        understood = self._engine.understand(question.question, question.history)
        hits = self._retrieve(self._reword(understood) if self._reword else understood)[:limit]
        spent = (time.perf_counter() - began) * 1000
        return Found(tuple(self._known[hit.position] for hit in hits), spent)


class PlainRetriever:
    """A baseline over the same passages that knows nothing of the question but its words.

    Args:
        index: the index searched.
        way: ``bm25`` over lemmas, ``dense`` with the index's encoder, ``hybrid`` by reciprocal rank fusion of both.
    """

    def __init__(self, index: Index, way: str) -> None:
        self.name = way
        self.pieces: Sequence[Piece] | None = pieces_of(index)
        self._known = self.pieces
        self._index = index
        self._scorers = {"bm25": [self._lexical], "dense": [self._dense], "hybrid": [self._lexical, self._dense]}[way]

    def retrieve(self, question: GoldQuestion, limit: int) -> Found:
        """The best by score; with earlier questions of a conversation put before the question."""
        began = time.perf_counter()
        text = " ".join((*question.history, question.question))
        scores = [scorer(text) for scorer in self._scorers]
        final = scores[0] if len(scores) == 1 else sum(map(_reciprocal, scores), np.zeros_like(scores[0]))
        best = np.argsort(-final, kind="stable")[:limit]
        spent = (time.perf_counter() - began) * 1000
        return Found(tuple(self._known[int(position)] for position in best), spent)

    def _lexical(self, text: str) -> Scores:
        return self._index.lexical.scores(analyse(text))

    def _dense(self, text: str) -> Scores:
        return self._index.vectors.scores(self._index.encoder.encode_queries([text])[0])


class RunFileRetriever:
    """A TREC run made elsewhere; passages are named by our export or by their spans (``document:start-end``).

    Beside ``NAME.run`` may lie ``NAME.json`` with what the engine tells of itself; ``query_ms_median`` there is the
    time of a question. ``record`` keeps it all.

    Raises:
        InputError: the file is missing, a line is no line of a run, or a name is no span of the documents.
    """

    def __init__(self, path: Path, index: Index, name: str | None = None) -> None:
        self.name = name or path.stem
        self.pieces: Sequence[Piece] | None = pieces_of(index)
        self._found: dict[str, tuple[Piece, ...]] = {}
        self.record = _record(path.with_suffix(".json"))
        self._milliseconds: float | None = self.record.get("query_ms_median")
        spans = Spans({document.id: document.text for document in index.documents.values()})
        for question, names in read_trec(path).items():
            found = [spans.read(one) for one in names]
            if None in found:
                strange = names[found.index(None)]
                raise InputError(
                    f"{path}: “{strange}” bu dizinin belgelerinde bir bölüm değil (belge:başlangıç-bitiş)."
                )
            self._found[question] = tuple(piece for piece in found if piece is not None)
        known = {piece.id for piece in self.pieces}
        if not all(piece.id in known for pieces in self._found.values() for piece in pieces):
            self.pieces = None  # passages of another chunking

    def retrieve(self, question: GoldQuestion, limit: int) -> Found:
        """What the file says."""
        return Found(self._found.get(question.id, ())[:limit], self._milliseconds)


class AnswersRetriever:
    """The passages of answers given already, in the form of ``kentesor ask --json``.

    Args:
        name: how a report calls it.
        answers: by question.
        index: where the answers come from, when it is known which passages were searched.
    """

    def __init__(self, name: str, answers: Mapping[str, Mapping[str, Any]], index: Index | None = None) -> None:
        self.name = name
        self.pieces: Sequence[Piece] | None = pieces_of(index) if index else None
        self._answers = answers

    def retrieve(self, question: GoldQuestion, limit: int) -> Found:
        """What the answer shows."""
        answer = self._answers.get(question.id) or {}
        spent = (answer.get("timings_ms") or {}).get("total")
        return Found(tuple(map(_piece, (answer.get("passages") or ())[:limit])), spent)


def _record(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        record = json.loads(_read(path))
    except ValueError as error:
        raise InputError(f"{path}: geçerli bir JSON nesnesi değil.") from error
    return record if isinstance(record, dict) else {}


def _piece(passage: Mapping[str, Any]) -> Piece:
    text = passage.get("text") or passage.get("quote") or ""
    start = int(passage.get("start") or 0)
    first, last = int(passage["line_start"]), int(passage["line_end"])
    return Piece(passage["document"], start, start + len(text), first, last, text)


def pieces_of(index: Index) -> list[Piece]:
    """The passages of an index in their order."""
    titles = {document.id: document.source.title for document in index.documents.values()}
    return [piece_of(passage, titles[passage.document]) for passage in index.passages]


def read_trec(path: Path) -> dict[str, list[str]]:
    """A TREC run: names by question, by falling score, equal scores by falling name as trec_eval orders them."""
    found: dict[str, list[tuple[float, str]]] = {}
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        fields = line.split()
        try:
            question, _, name, _, score, _ = fields
            found.setdefault(question, []).append((float(score), name))
        except ValueError as error:
            raise InputError(f"{path}:{number}: TREC koşusu satırı değil (soru Q0 bölüm sıra puan etiket).") from error
        if math.isnan(float(score)):
            raise InputError(f"{path}:{number}: puan sayı değil.")
    ordered = {question: sorted(pairs, reverse=True) for question, pairs in found.items()}
    return {question: list(dict.fromkeys(name for _, name in pairs)) for question, pairs in ordered.items()}


def read_answers(path: Path) -> dict[str, dict[str, Any]]:
    """Answers by question.

    Raises:
        InputError: the file is missing or a line is no answer.
    """
    answers = {}
    for number, line in read_lines(path):
        if not isinstance(line.get("id"), str):
            raise InputError(f'{path}:{number}: satırda "id" metin olarak bulunmalı.')
        answers[line["id"]] = line
    return answers


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "UTF-8 değil"
        raise InputError(f"{path}: okunamadı ({reason}).") from error


def _reciprocal(scores: Scores) -> Scores:
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1, dtype=np.float32)
    return np.asarray(1.0 / (_FUSION + ranks), dtype=np.float32)
