"""Says no, what is missing, and what nearest thing the documents hold."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import PREFIX, ascii_key
from qa.answering.draft import Draft
from qa.answering.finding import Found, fitting
from qa.records import Asked, Hit, Question
from qa.wording import nearest_sentence, not_held, nothing_found, value_missing


def foreign_refusal(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """A refusal where the question is about a municipality without documents, or about nothing that they mention."""
    if not hits or not _is_mentioned(question, index):
        return Draft(index, status="abstained", text=nothing_found(question.language))
    if not question.foreign:
        return None
    municipalities = sorted({document.source.municipality for document in index.documents.values()}, key=ascii_key)
    return Draft(index, status="abstained", text=not_held(municipalities, question.foreign[0], question.language))


def _is_mentioned(question: Question, index: Index) -> bool:
    """Whether any word that the question is about stands in the documents; a question without such words is open."""
    words = [word for word in question.content if not word.isdigit()]
    forms = [form for word in words for form in (word, word[:PREFIX] + "*")]
    return not words or any(index.lexical.frequency(form) for form in forms)


def nearest_refusal(question: Question, found: Sequence[Found], index: Index) -> Draft:
    """A refusal that names the year or measure that is missing, and the likeliest figure of another one."""
    draft = Draft(index, status="abstained", text=nothing_found(question.language))
    near = [one for one in found if one.fact is not None and one.features.get("recall_context", 0.0) >= 0.6]
    asked = question.asked or tuple(Asked(year) for year in question.years)
    missing = [one for one in asked if not fitting(near, one)]
    if near and missing:
        figure = draft.figure_of(near[0])
        draft.text = " ".join(
            (value_missing(missing[0], question.language), nearest_sentence(figure, question.language))
        )
    return draft
