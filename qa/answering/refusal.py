"""Says no when the question is about somebody whom the documents do not cover."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.gazetteer import find_places
from indexer.index import Index
from qa.answering.draft import Draft
from qa.records import Hit, Question
from qa.wording import not_held, nothing_found


def refusal_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """A refusal, or None where nothing speaks against an answer."""
    if not hits:
        return Draft(index, status="abstained", text=nothing_found(question.language))
    if question.municipalities or question.documents:
        return None
    sources = [document.source for document in index.documents.values()]
    held = {source.province for source in sources}
    foreign = [
        match.name
        for match in find_places(question.text)
        if match.certain and match.places[0].kind == "province" and match.name not in held
    ]
    if not foreign:
        return None
    municipalities = sorted({source.municipality for source in sources})
    return Draft(index, status="abstained", text=not_held(municipalities, foreign[0], question.language))
