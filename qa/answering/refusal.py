"""Says no, what is missing, and what nearest thing the documents hold."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import PREFIX, ascii_key, key
from qa.answering.blanks import Blank, blank_rows
from qa.answering.draft import Draft
from qa.answering.finding import Found, fitting
from qa.records import Asked, Hit, Question
from qa.wording import blank_sentence, nearest_sentence, not_held, nothing_found, unknown_words, value_missing

_LIKE = 0.6  # share of the question's words that the nearest thing must hold to be offered


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
    return not words or any(_stands(word, index) for word in words)


def _stands(word: str, index: Index) -> bool:
    return any(index.lexical.frequency(form) for form in (word, word[:PREFIX] + "*"))


def nearest_refusal(question: Question, hits: Sequence[Hit], found: Sequence[Found], index: Index) -> Draft:
    """A refusal that says what is missing, and offers the nearest thing held.

    An empty cell of the row asked for is told as such; else the year or measure that no likely figure has, else the
    words that stand nowhere in the documents.

    Args:
        question: the question as understood.
        hits: the passages found, best first.
        found: the figures that were weighed, likeliest first.
        index: the index that they come from.
    """
    draft = Draft(index, status="abstained", text=nothing_found(question.language))
    near = [one for one in found if one.fact is not None and one.features.get("recall_context", 0.0) >= _LIKE]
    asked = question.asked or tuple(Asked(year) for year in question.years)
    missing = [one for one in asked if not fitting(near, one)]
    empty = (blank for blank in blank_rows(question, hits, index) if blank.column is not None)
    blank = next(empty, None)
    if blank is not None and blank.recall >= _LIKE and (missing or not near):
        draft.text = _blank_text(question, draft, blank, found)
    elif near and missing:
        figure = draft.figure_of(near[0])
        lack = value_missing(missing[0], question.language, near[0].municipality)
        draft.text = f"{lack} {nearest_sentence(figure, question.language)}"
    else:
        unknown = _unknown(question, index)
        if unknown:
            draft.text = f"{draft.text} {unknown_words(unknown, question.language)}"
    return draft


def _blank_text(question: Question, draft: Draft, blank: Blank, found: Sequence[Found]) -> str:
    """That the cell is empty, and another value of the same row."""
    source = draft.index.documents[blank.document].source
    mark = draft.cite(blank.document, blank.span, blank.context)
    missing = value_missing(blank.asked, question.language, source.municipality)
    sentences = [missing, blank_sentence(blank.label, blank.column or "", mark, question.language)]
    other = next((one for one in found if one.fact is not None and one.fact in blank.others), None)
    if other is not None:
        sentences.append(nearest_sentence(draft.figure_of(other), question.language))
    return " ".join(sentences)


def _unknown(question: Question, index: Index) -> list[str]:
    """The words of the question, as written, that stand nowhere in the documents."""
    if question.language == "en":
        return []
    words = [word for word in question.subject.split() if not word.isdigit()]
    return list(dict.fromkeys(word for word in words if not _stands(key(word), index)))
