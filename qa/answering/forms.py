"""What an activity consists of, as the form of the activity explains it below its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.index import Index
from indexer.records import Span, Table
from indexer.repair import repair
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.records import Hit, Question
from qa.remembering import once_a_document, tables_of
from qa.wording import quote_sentence

_ASKS = re.compile(r"\b(?:ne gibi|nasil|neler\w*|hangi|hangileri\w*|kapsam\w*|icer\w*|ne yapil\w*|nedir)\b")
_EXPLAINED = re.compile(
    r"^[ \u00a0\t]*Açıklama(?:lar)?[ \u00a0]*:[ \u00a0\t]*(?P<text>\S[^\n]*(?:\n(?![^\n]*[\t:])[^\n]+)*)", re.M
)
_ABOVE = 1_500  # characters above a table's first row in which its form stands
_NAMED = 0.75  # share of the words of an activity's name that the question must hold
_HITS = 3


def form_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The explanation printed in the form of the activity that the question names; None where there is none.

    Args:
        question: the question as understood.
        hits: the passages found, best first; rows among the first three tell the activity.
        index: the index that they come from.
    """
    if not _ASKS.search(ascii_key(question.text)):
        return None
    asked = frozenset(keys(question.query_text or question.text))
    for hit in hits[:_HITS]:
        passage = hit.passage
        if passage.kind == "prose":
            continue
        for name in dict.fromkeys([fact.label for fact in index.facts_within(passage)] + list(passage.context[-1:])):
            words = frozenset(keys(name))
            if len(words) < 2 or len(words & asked) < _NAMED * len(words):
                continue
            for table in _costs(index, passage.document).get(words, ()):
                span = _explanation(index.documents[passage.document].text, table)
                if span is not None:
                    draft = Draft(index, confidence=hits[0].score)
                    mark = draft.cite(passage.document, span, table.context)
                    quote = index.documents[passage.document].text[span.start : span.end]
                    draft.text = quote_sentence(f"{table.context[-1]}: {repair(quote).text}", mark)
                    return draft
    return None


@once_a_document
def _costs(index: Index, document: str) -> dict[frozenset[str], list[Table]]:
    """The cost tables of the activities by the words of their names."""
    found: dict[frozenset[str], list[Table]] = {}
    for table in tables_of(index, document):
        if table.kind == "budget" and len(table.columns) == 1 and table.context:
            found.setdefault(frozenset(keys(table.context[-1])), []).append(table)
    return found


def _explanation(text: str, table: Table) -> Span | None:
    """The explanation that stands in the form of a table: above its rows and below the name of its activity."""
    first = min((row.span.start for row in table.rows), default=table.span.end)
    start = max(0, first - _ABOVE)
    name = text.rfind(table.context[-1], start, first)
    if name < 0:
        return None
    match = _EXPLAINED.search(text[:first], name)
    return Span(*match.span("text")) if match else None
