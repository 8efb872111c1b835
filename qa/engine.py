"""The engine: an index opened once, questions answered from it. What ``app`` and ``evaluation`` call."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.encoder import Encoder
from indexer.index import Index
from indexer.records import Source
from qa.answering import compose
from qa.grounding import is_grounded
from qa.question import check_question, understand
from qa.records import Answer, Filters, Hit
from qa.retrieval import retrieve
from qa.wording import nothing_certain

_SHOWN, _CONSIDERED = 10, 30


class Engine:
    """Answers questions from one index; deterministic, without network or language model.

    Args:
        index: an open index; :meth:`open` opens one from its folder.
    """

    def __init__(self, index: Index) -> None:
        self.index = index

    @classmethod
    def open(cls, folder: Path | None = None, encoder: Encoder | None = None) -> Engine:
        """The engine over the index in ``folder``; arguments and errors as :meth:`indexer.index.Index.open`."""
        return cls(Index.open(folder, encoder))

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """Answers a question.

        Args:
            question: in Turkish or English.
            history: earlier questions of the conversation, oldest first.
            filters: what the user has fixed beforehand.

        Returns:
            The answer; its status says whether the documents hold one.

        Raises:
            InputError: the question is empty, too long, or without words.
        """
        began = time.perf_counter()
        text = check_question(question)
        understood = understand(text, self.sources(), [check_question(earlier) for earlier in history], filters)
        hits = retrieve(self.index, understood, _CONSIDERED)
        draft = compose(understood, hits, self.index)
        answer = Answer(
            question=question,
            status=draft.status,
            text=draft.text,
            confidence=max(0.0, min(1.0, draft.confidence)),
            figures=tuple(draft.figures),
            citations=tuple(draft.citations),
            passages=tuple(hits[:_SHOWN]),
        )
        if not is_grounded(answer, self.index.documents):
            text = nothing_certain(understood.language)
            answer = replace(answer, status="abstained", text=text, confidence=0.0, figures=(), citations=())
        return replace(answer, timings_ms={"total": (time.perf_counter() - began) * 1000})

    def search(self, query: str, limit: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The passages that fit a query best; arguments and errors as :meth:`ask`."""
        understood = understand(check_question(query), self.sources(), filters=filters)
        return retrieve(self.index, understood, limit)

    def sources(self) -> list[Source]:
        """The documents that the index holds, by id."""
        return [document.source for document in self.index.documents.values()]

    def document_text(self, document: str) -> str:
        """The text of a document, exactly as in its file."""
        return self.index.documents[document].text
