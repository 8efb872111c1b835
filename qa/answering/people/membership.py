"""Whether something is one of a list: "X, hissedarı olunan şirketler arasında mı?", "is X one of the firms …?".

The member's line and the heading of its list decide: where the heading says more than the class that is asked about,
and another list of the document bears the class alone, the member belongs to that other kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.marks import SIGNS
from indexer.records import Span
from indexer.repair import repair
from indexer.turkish import key, stop_words, tokens
from qa.answering.draft import Draft
from qa.finding.stretches import stretch_of
from qa.records import Hit, Question
from qa.wording import quote_sentence, verdict

_PASSAGES = 6  # hits that are read
_LONGEST = 160  # characters of a line that names a member
_ABOVE = 4_000  # characters above a member in which the headings of lists are looked for
_SHOWN = 600  # characters of a list that are shown
_HELD = 0.5  # share of the words of a heading that the question must have
_TURKISH = re.compile(
    r"(?P<member>[^,]+?),?\s+(?P<rest>.*(?:l[ae]r)[^\W\d_]*\s+(?:arasında|içinde|biri|birisi)\s+m[iıuü]\w*\b.*)"
)
_ENGLISH = re.compile(r"\b(?:is|are|was|were)\s+(?P<member>.+?)\s+(?:one of|among|part of|listed)\b.+", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÇĞİÖŞÜ][^\W\d_]*(?:\s+[A-ZÇĞİÖŞÜ][^\W\d_]*)*")
_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(rf"\s*[{SIGNS}]\s*\w")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A member's line under the heading of its list, and the other headings of lists above it, nearest first."""

    document: str
    context: tuple[str, ...]
    member: Span
    heading: Span
    others: tuple[Span, ...]


def membership_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """Yes or no with the list that names the member; None where no list settles it.

    Args:
        question: the question as understood.
        hits: the passages found, best first; the first six are read.
        index: the index that they come from.
    """
    member = _member(question)
    if not member:
        return None
    asked = frozenset(_words(question.query_text or question.text)) - member
    for listed in _listed(member, hits, index):
        text = index.documents[listed.document].text
        own = _words(text[listed.heading.start : listed.heading.end])
        held = sum(word in asked for word in own) / len(own) if own else 0.0
        if held < _HELD:
            continue
        surplus = [word for word in own if word not in asked]
        plain = any(_is_class(_words(text[span.start : span.end]), asked) for span in listed.others)
        if surplus and not plain:
            continue
        draft = Draft(index, confidence=hits[0].score)
        whole = Span(listed.heading.start, listed.member.end)
        spans = [whole] if whole.end - whole.start <= _SHOWN else [listed.heading, listed.member]
        pieces = [verdict(not surplus, question.language)]
        for span in spans:
            mark = draft.cite(listed.document, span, listed.context)
            pieces.append(quote_sentence(repair(text[span.start : span.end]).text, mark))
        draft.text = " ".join(pieces)
        return draft
    return None


def _member(question: Question) -> frozenset[str]:
    """The words that name the member asked about."""
    english = question.language == "en"
    text = question.written if english else question.text
    match = _ENGLISH.search(text) if english else _TURKISH.match(text)
    names = _NAME.findall(match["member"]) if match is not None else []
    return frozenset(_words(names[-1])) if names else frozenset()


def _listed(member: frozenset[str], hits: Sequence[Hit], index: Index) -> Iterator[_Listed]:
    """The lines that name the member under the heading of a list, those of the best passages first."""
    for hit in hits[:_PASSAGES]:
        document = hit.passage.document
        text = index.documents[document].text
        stretch = stretch_of(hit.passage, index)
        for line in _LINE.finditer(text, stretch.start, stretch.end):
            if len(line[0]) > _LONGEST or _HEADING.match(line[0]) or not member <= set(_words(line[0])):
                continue
            above = [
                Span(*found.span())
                for found in _LINE.finditer(text, max(0, line.start() - _ABOVE), line.start())
                if _HEADING.match(found[0])
            ]
            if above:
                yield _Listed(document, hit.passage.context, Span(*line.span()), above[-1], tuple(above[-2::-1]))


def _is_class(heading: Sequence[str], asked: frozenset[str]) -> bool:
    return len(heading) > 1 and all(word in asked for word in heading)


def _words(text: str) -> list[str]:
    """The keys of the words that name something; auxiliaries and single letters name nothing."""
    found = (key(token.text) for token in tokens(text) if len(token.text) > 2 and token.text not in stop_words())
    return [word for word in dict.fromkeys(found) if len(word) > 2]
