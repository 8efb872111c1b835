"""An answer in words: the sentences of the best passage that hold what the question is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.index import Index
from indexer.records import Passage, Span
from indexer.repair import repair
from indexer.turkish import analyse
from qa.answering.draft import Draft
from qa.records import Hit, Question
from qa.wording import nothing_found, quote_sentence

_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])[\"”’']?\s+(?=[^\W\d_]|\d)|\n\s*\n")
_SENTENCES = 2


def text_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft:
    """The one or two sentences of the best passage that share most words with the question, in their order."""
    if not hits:
        return Draft(index, status="abstained", text=nothing_found(question.language))
    passage = hits[0].passage
    sentences = list(_sentences(passage))
    wanted = set(question.topic)
    ranked = sorted(sentences, key=lambda span: -len(wanted & set(analyse(_text(passage, span)))))
    draft = Draft(index, confidence=hits[0].score)
    pieces = []
    for span in sorted(ranked[:_SENTENCES]):
        mark = draft.cite(passage.document, span, passage.context)
        pieces.append(quote_sentence(repair(_text(passage, span)).text.strip(), mark))
    draft.text = " ".join(pieces)
    return draft


def _sentences(passage: Passage) -> Iterator[Span]:
    start = 0
    for end in [*(match.start() for match in _END.finditer(passage.text)), len(passage.text)]:
        if passage.text[start:end].strip():
            yield Span(passage.span.start + start, passage.span.start + end)
        start = end


def _text(passage: Passage, span: Span) -> str:
    return passage.text[span.start - passage.span.start : span.end - passage.span.start]
