"""Composes an answer: weighs the figures that can answer, has the kinds of answer tried, and refuses when unsure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.index import Index
from qa.answering.carried import in_held_measure
from qa.answering.comparing.without import without_draft
from qa.answering.contact import contact_draft
from qa.answering.definition import definition_draft
from qa.answering.draft import Draft
from qa.answering.exact import exactly
from qa.answering.measure_fit import fit_measures
from qa.answering.money.balance import priced
from qa.answering.money.unit_money import with_units
from qa.answering.money.whole_budget import with_whole
from qa.answering.named_in_full import named_draft
from qa.answering.order import Asking, drafted
from qa.answering.row_fit import fit_rows
from qa.answering.row_text import rows_told
from qa.deciding.confidence import confident
from qa.deciding.refusal import foreign_refusal, nearest_refusal, not_without
from qa.deciding.requirements import lack_of
from qa.features import FeatureReader
from qa.finding.counted import fit_counts, named_so
from qa.finding.figures import Finder, Found
from qa.finding.places import fit_places
from qa.finding.preferring import of_whole
from qa.records import Hit, Question, Want

_OVER_ITEMS: tuple[Want, ...] = ("rank", "list", "count")  # kinds that leave items out themselves


class Composer:
    """Composes answers over one index.

    Args:
        index: the open index.
        retrieve: finds the passages for a question, best first.
        reader: the features of passages, shared with retrieval; by default one of its own.
    """

    def __init__(
        self, index: Index, retrieve: Callable[[Question], list[Hit]], reader: FeatureReader | None = None
    ) -> None:
        self._index = index
        self._retrieve = retrieve
        self._reader = reader or FeatureReader(index)
        self._finder = Finder(index, self._reader)

    def compose(self, question: Question, hits: Sequence[Hit]) -> Draft:
        """The draft of an answer to ``question`` from ``hits``, or a refusal that says what is missing."""
        draft = self._compose(question, hits)
        if not question.excluded or not draft.found or set(question.wants) & set(_OVER_ITEMS):
            return draft
        rest = without_draft(question, draft, self._index)
        return rest or not_without(question, draft, self._index)

    def _compose(self, question: Question, hits: Sequence[Hit]) -> Draft:
        certain = foreign_refusal(question, hits, self._index) or contact_draft(question, self._index)
        if certain is not None:
            return certain
        defined = definition_draft(question, hits, self._index)
        if defined is not None:
            return defined
        draft, found = self.draft(question, hits)
        if draft.status == "abstained" and draft.citations:
            return draft
        if draft.status == "answered" and confident(question, draft, hits, found):
            return rows_told(question, exactly(question, draft, found))
        named = named_draft(question, found, self._index)
        if named is not None and lack_of(question, named) is None:
            return named
        return nearest_refusal(question, hits, found, self._index, self.find)

    def find(self, question: Question) -> list[Found]:
        """The figures that may answer a part of a question, from passages retrieved for it alone."""
        return self._weigh(question, self._retrieve(question))

    def draft(self, question: Question, hits: Sequence[Hit]) -> tuple[Draft, list[Found]]:
        """The best draft, however unsure, with the figures that were weighed for it."""
        found = self._weigh(question, hits)
        held = in_held_measure(question, found)
        if held is not question:
            question, found = held, self._weigh(held, hits)

        def ask(part: Question) -> list[Found]:
            if part == question:
                return found
            alike = (part.query_text, part.municipalities) == (question.query_text, question.municipalities)
            return self._weigh(part, hits) if alike else self.find(part)

        asking = Asking(question, hits, found, ask, self.find, self._index, self._reader)
        return drafted(asking), found

    def _weigh(self, question: Question, hits: Sequence[Hit]) -> list[Found]:
        """The figures of the passages in ``hits`` that can answer, likeliest first."""
        found = of_whole(question, self._finder.find(question, hits))
        found = fit_counts(question, found, self._index)
        found = named_so(question, found) or found
        found = priced(question, found, self._index)
        found = fit_places(question, fit_measures(question, fit_rows(question, found)), self._index)
        found = with_units(question, found, self._index)
        return with_whole(question, found, self._index)
