"""Relevance judgements by source span, so that they hold for any chunking.

A passage is judged by the lines that it shares with the evidence:

====== ==========================================================================================
grade  a passage of at most 1,500 characters that
====== ==========================================================================================
2      holds at least half of the lines of some evidence entry
1      meets some evidence entry in fewer lines
0      meets none, or is longer: a whole page must not count as a find
====== ==========================================================================================

Binary measures count grades 1 and 2 alike. Grades: Järvelin & Kekäläinen, *Cumulated gain-based evaluation of IR
techniques*, 2002. Judging stretches of text and not whole
documents: Allan, *HARD track overview in TREC 2003*, 2004.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaluation.corpus import Piece
from evaluation.questions import Evidence, GoldQuestion

MAX_CHARACTERS = 1500
"""A longer passage is no find."""

Qrels = dict[str, dict[str, int]]
"""Grades above 0 by question and passage."""


def grade(question: GoldQuestion, piece: Piece) -> int:
    """How well ``piece`` supports the answer: 0, 1 or 2 as the module says."""
    if piece.length > MAX_CHARACTERS:
        return 0
    return max((_grade(evidence, piece) for evidence in question.evidence), default=0)


def _grade(evidence: Evidence, piece: Piece) -> int:
    if not evidence.meets(piece.document, piece.line_start, piece.line_end):
        return 0
    shared = min(piece.line_end, evidence.line_end) - max(piece.line_start, evidence.line_start) + 1
    return 2 if 2 * shared >= evidence.line_end - evidence.line_start + 1 else 1


def judge(questions: Iterable[GoldQuestion], pieces: Sequence[Piece]) -> Qrels:
    """The grades above 0 of all ``pieces``, for every question with evidence (an empty dict where nothing meets it)."""
    by_document: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_document.setdefault(piece.document, []).append(piece)
    qrels: Qrels = {}
    for question in questions:
        if question.evidence:
            near = {item.document for item in question.evidence}
            graded = (
                (piece.id, grade(question, piece)) for name in sorted(near) for piece in by_document.get(name, ())
            )
            qrels[question.id] = {name: given for name, given in graded if given}
    return qrels


def unmet(question: GoldQuestion, pieces: Sequence[Piece]) -> list[Piece]:
    """Evidence that none of ``pieces`` meets, as pieces of its own: what a run over unknown passages has missed."""
    return [
        Piece(item.document, 0, 0, item.line_start, item.line_end)
        for item in question.evidence
        if not any(item.meets(piece.document, piece.line_start, piece.line_end) for piece in pieces)
    ]
