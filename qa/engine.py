"""The engine: an index opened once, questions answered from it. What ``app`` and ``evaluation`` call."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.encoder import Encoder
from indexer.index import Index
from indexer.records import PageLayout, Source
from indexer.turkish import key
from qa.answering.definition import defined_term
from qa.answering.draft import Draft
from qa.answering.following import following_draft, goes_on
from qa.answering.joining import joined_draft
from qa.answering.same_row import asks_same_thing, of_same_row
from qa.composing import Composer
from qa.conversation import names_nothing
from qa.courtesy import small_talk, small_talk_reply, unclear_reply
from qa.deciding.standing import stands
from qa.evidence import cited_first
from qa.features import FeatureReader
from qa.filtering import within_of
from qa.grounding import is_grounded
from qa.mending import Vocabulary
from qa.question import check_question, understand
from qa.ranking import load_model
from qa.records import Answer, Citation, Filters, Hit, Language, Question
from qa.refusal_wording import filters_contradict
from qa.retrieval import Parts, Retriever
from qa.twofold import halves_of
from qa.wording import nothing_certain

_SHOWN, _CONSIDERED = 10, 30


class Engine:
    """Answers questions from one index; deterministic, without network or language model.

    Args:
        index: an open index; :meth:`open` opens one from its folder.
        parts: which parts of retrieval work; by default everything.
    """

    def __init__(self, index: Index, parts: Parts | None = None) -> None:
        self.index = index
        reader = FeatureReader(index)
        self._retriever = Retriever(index, load_model("ranking"), reader, parts)
        self.composer = Composer(index, self.retrieve, reader)
        self._vocabulary = Vocabulary.from_texts(passage.text for passage in index.passages)

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
        draft, language, hits = self._draft(question, history, filters)
        answer = Answer(
            question=question,
            status=draft.status,
            text=draft.text,
            confidence=max(0.0, min(1.0, draft.confidence)),
            figures=tuple(draft.figures),
            citations=tuple(draft.citations),
            passages=tuple(cited_first(hits, draft.citations)[:_SHOWN]),
        )
        if not is_grounded(answer, self.index.documents):
            text = nothing_certain(language)
            answer = replace(answer, status="abstained", text=text, confidence=0.0, figures=(), citations=())
        answer = replace(answer, citations=tuple(map(self._placed, answer.citations)))
        return replace(answer, timings_ms={"total": (time.perf_counter() - began) * 1000})

    def _placed(self, citation: Citation) -> Citation:
        return replace(citation, boxes=self.index.boxes(citation.document, citation.span))

    def _draft(
        self, question: str, history: Sequence[str], filters: Filters | None
    ) -> tuple[Draft, Language, Sequence[Hit]]:
        """The draft of an answer, the language of its question, and the passages found; none for small talk."""
        kind = small_talk(check_question(question))
        if kind is not None:
            text, language = small_talk_reply(kind, question, self.sources())
            return Draft(self.index, status="abstained", text=text), language, ()
        understood = self.understand(question, history, filters)
        hits = self.retrieve(understood)
        if understood.outside and filters is not None:
            within = within_of(filters, self.sources())
            text = filters_contradict(within, understood.outside, understood.language)
            return Draft(self.index, status="abstained", text=text), understood.language, hits
        if names_nothing(understood) and defined_term(understood) is None:
            text = unclear_reply(self.sources(), understood.language)
            return Draft(self.index, status="abstained", text=text), understood.language, hits
        before = self._before(understood, history, filters)
        draft = (
            following_draft(understood, before[1], self.index) if before and goes_on(understood, before[0]) else None
        )
        if draft is None:
            draft = self._of_halves(understood, history, filters) or self.composer.compose(understood, hits)
            if before and draft.status == "answered" and asks_same_thing(understood, before[0]):
                draft = of_same_row(understood, draft, before[1])
        return draft, understood.language, hits

    def _before(
        self, question: Question, history: Sequence[str], filters: Filters | None
    ) -> tuple[Question, Draft] | None:
        """The question before one that goes on with it, and its draft; None where it goes on with none."""
        earlier = [text for text in history if small_talk(check_question(text)) is None]
        if not earlier:
            return None
        before = self.understand(earlier[-1], earlier[:-1], filters)
        if not (goes_on(question, before) or asks_same_thing(question, before)):
            return None
        return before, self.composer.compose(before, self.retrieve(before))

    def _of_halves(self, question: Question, history: Sequence[str], filters: Filters | None) -> Draft | None:
        """The answers to both halves of a question that asks for two kinds of answer; None where one has none."""
        if question.language != "tr":
            return None

        def read(text: str, before: tuple[str, ...]) -> Question:
            return self.understand(text, (*history, *before), filters)

        halves = halves_of(question.query_text or question.text, read)
        drafts = [self.composer.compose(half, self.retrieve(half)) for half in halves]
        if not drafts or any(draft.status == "abstained" for draft in drafts):
            return None
        return joined_draft(drafts)

    def search(self, query: str, limit: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The passages that fit a query best; arguments and errors as :meth:`ask`."""
        return self._retriever.retrieve(self.understand(query, filters=filters), limit)

    def retrieve(self, question: Question) -> list[Hit]:
        """The passages that are considered for an answer, best first."""
        return self._retriever.retrieve(question, _CONSIDERED)

    def understand(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Question:
        """The question as it is understood against this index; arguments and errors as :meth:`ask`."""
        earlier = [check_question(text) for text in history]
        return understand(check_question(question), self.sources(), earlier, filters, self._vocabulary, self._uses)

    def _uses(self, word: str, municipalities: Sequence[str]) -> bool:
        """Whether the documents of some municipalities (of all, where none is given) use a word."""
        return stands(key(word), self.index, municipalities)

    def sources(self) -> list[Source]:
        """The documents that the index holds, by id."""
        return [document.source for document in self.index.documents.values()]

    def page_layout(self, document: str, number: int) -> PageLayout | None:
        """A page of a PDF with the places of its words; None where there is none or the file to draw it from is not."""
        return None if self.index.original(document) is None else self.index.store.page_layout(document, number)

    def document_text(self, document: str) -> str:
        """The text of a document, exactly as in its file."""
        return self.index.documents[document].text
