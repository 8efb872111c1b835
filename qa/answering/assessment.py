"""Strengths, weaknesses, opportunities, threats and risks, as the assessment of a plan or report lists them.

The heading has other names than the question ("İyileştirmeye Açık Yönler" for weaknesses), so its kind is compared, not
its words. Where the documents have no such heading, or nothing readable below it, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.index import Index
from indexer.records import Line, Span
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.finding.lists import list_below, lists_in
from qa.finding.row_question import scope_of
from qa.finding.row_words import means, word_groups, word_pattern
from qa.records import Hit, Question
from qa.refusal_wording import no_list_below
from qa.wording import nothing_found, quote_sentence

_SURE = 0.9
_LONGEST = 60  # characters of a heading
_NUMBERING = re.compile(r"^[\W\d_]*(?:(?:[a-z]|[ivx]+)[\W_]+)?(?=[a-z]{4})")
_CHARACTERS = 1_500
_PROSE = ("risk", "problem")  # what sentences tell, too


def assessment_draft(question: Question, index: Index) -> Draft | None:
    """The items below the heading of the kind asked for, or that there are none; None where none is asked for.

    Args:
        question: the question as understood.
        index: the index whose documents are read.
    """
    kind = _asked(question)
    if kind is None or not (question.municipalities or question.documents):
        return None
    headings = [(name, line) for name in _documents(question, index) for line in _headings(name, kind, index)]
    for name, line in headings:
        listed = list_below(name, line, index) or _around(name, line, kind, index)
        if listed is None:
            continue
        span, items = listed
        heading = line.text.strip()
        draft = Draft(index, confidence=_SURE, over_rows=True, understood=frozenset(question.content))
        text = "; ".join(items)
        shown = text if len(text) <= _CHARACTERS else f"{text[:_CHARACTERS].rsplit('; ', 1)[0]}; …"
        draft.text = quote_sentence(f"{heading}: {shown}", draft.cite(name, span, (heading,)))
        return draft
    if kind in _PROSE or (not headings and _is_named(question, kind, index)):
        return None
    refusal = Draft(index, status="abstained", text=nothing_found(question.language))
    for name, line in headings[:1]:
        mark = refusal.cite(name, Span(line.start, line.end))
        refusal.text = no_list_below(line.text.strip(), mark, question.language)
    return refusal


def _asked(question: Question) -> str | None:
    """The kind of items asked for, where the question names nothing else; None for none, or more than one."""
    text = question.query_text or question.text
    key = ascii_key(text)
    kinds = [
        kind for kind in word_groups("assessment") if kind != "frame" and word_pattern("assessment", kind).search(key)
    ]
    if len(kinds) != 1:
        return None
    pattern = word_pattern("assessment", kinds[0])
    named = {word for match in pattern.finditer(key) for word in keys(text[match.start() : match.end()])}
    others = [word for word in question.content if word not in named and not means("assessment", "frame", word)]
    return kinds[0] if not others else None


def _documents(question: Question, index: Index) -> list[str]:
    """The documents that the question leaves, the newest first."""
    return sorted(scope_of(question, index), key=lambda name: (-(index.documents[name].source.year or 0), name))


def _around(name: str, heading: Line, kind: str, index: Index) -> tuple[Span, tuple[str, ...]] | None:
    """The list that the heading leads where the page prints the heading elsewhere than above its first item."""
    passages = [
        one for one in index.passages if one.document == name and one.span.start <= heading.start < one.span.end
    ]
    for listed in lists_in([Hit(passage, 1.0) for passage in passages], index):
        if word_pattern("assessment", kind).fullmatch(_bare(listed.lead)):
            spans, items = zip(*listed.items, strict=True)
            return Span(spans[0].start, spans[-1].end), items
    return None


def _bare(heading: str) -> str:
    """A heading as an ascii key without its numbering."""
    return _NUMBERING.sub("", ascii_key(heading.strip())).strip(" :.-–")


def _headings(name: str, kind: str, index: Index) -> Iterator[Line]:
    pattern = word_pattern("assessment", kind)
    for line in index.documents[name].lines:
        text = line.text.strip()
        if 0 < len(text) <= _LONGEST and pattern.fullmatch(_bare(text)):
            yield line


def _is_named(question: Question, kind: str, index: Index) -> bool:
    """Whether a line of the documents names the kind, such as the header of a table."""
    pattern = word_pattern("assessment", kind)
    names = _documents(question, index)
    return any(pattern.search(ascii_key(index.documents[name].text)) is not None for name in names)
