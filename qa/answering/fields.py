"""Labelled fields of records: "Proje Ortakları: …", "İhale Tarihi : …" below the title of a project or a contract.

A record is a run of fields with different labels and the lines above the first of them. A question asks for a field
when it says all words of the label; the rest of its words must stand in the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.index import Index
from indexer.marks import BULLETS
from indexer.records import Document, Span
from indexer.repair import repair
from indexer.turkish import PREFIX, ascii_key, keys
from qa.answering.draft import Draft
from qa.finding.kinds import asks_list, kinds_of
from qa.finding.matter import Matter, Word, matter_of, words_of
from qa.records import Hit, Question
from qa.remembering import once_a_document
from qa.wording import quote_sentence

_NAME = r"[A-ZÇĞİÖŞÜ][^\W\d_]*(?:[ \u00a0]+[^\W\d_]+){0,3}"
_FIELD = re.compile(rf"[ \u00a0\t{BULLETS}-]*(?P<label>{_NAME})[ \u00a0\t]*:[ \u00a0\t]*(?P<value>\S.*)")
_SECOND = re.compile(rf"(?<=\S)[ \u00a0]+(?={_NAME}[ \u00a0]?:[ \u00a0]?\S)")
_TITLE_START = re.compile(r"\s*\d{1,3}[.)]")
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s*\Z")
_HITS = 5
_HELD = 0.7  # share of the question's other words that the record must hold
_TITLE = 8  # lines above the first field that may name the record
_APART = 20  # lines between two fields of one record
_LONGEST = 900  # characters of a value
_IMPLIED = {"date": "tarih zaman", "unit": "birim müdürlük", "reason": "neden gerekçe", "person": "kişi"}
"""Words of labels that the kind of answer asked for implies."""

_FRAME = frozenset(keys("proje projenin belediyemizin işin iş adı yapım"))
"""Words of labels that tell no field from another."""


@dataclass(frozen=True, slots=True)
class LabelledField:
    """A field: its label, the span from there to the end of its value, and the numbers of its lines."""

    label: str
    span: Span
    line: int
    last: int


@dataclass(frozen=True, slots=True)
class _Record:
    """Fields that belong together; ``span`` begins with the title."""

    fields: tuple[LabelledField, ...]
    span: Span


def field_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The field that the question asks for, of the record that it names; None where there is none.

    Args:
        question: the question as understood.
        hits: the passages found, best first; they tell the documents.
        index: the index that they come from.
    """
    matter = matter_of(question, index)
    implied = (word for kind, words in _IMPLIED.items() if kind in kinds_of(question) for word in keys(words))
    asked = frozenset(keys(question.query_text or question.text)) | frozenset(implied)
    several = asks_list(question)
    best: tuple[float, LabelledField, str] | None = None
    for document in dict.fromkeys(hit.passage.document for hit in hits[:_HITS]):
        text = index.documents[document].text
        for record in _records_of(index, document):
            for field in record.fields:
                label = _label(field.label)
                if not label or not all(_among(word, asked) for word in label) or (several and _names_one(field)):
                    continue
                terms = tuple(term for term in matter.terms if not _among(term.key, label) and term.key not in _FRAME)
                if not terms:
                    continue
                rest = Matter(terms)
                share = rest.share(rest.held(_words(text[record.span.start : record.span.end])))
                if share >= _HELD and (best is None or share > best[0] + 1e-9):
                    best = (share, field, document)
    if best is None:
        return None
    _, field, document = best
    draft = Draft(index, confidence=hits[0].score)
    mark = draft.cite(document, field.span)
    quote = index.documents[document].text[field.span.start : field.span.end]
    draft.text = quote_sentence(" ".join(repair(quote).text.split()), mark)
    return draft


def _names_one(field: LabelledField) -> bool:
    """Whether a field is the name of a single thing ("Faaliyet Adı: …"), which is no list of such things."""
    return ascii_key(field.label).endswith((" adi", " ismi"))


def _among(word: str, others: frozenset[str]) -> bool:
    return word in others or (len(word) >= PREFIX and any(word[:PREFIX] == other[:PREFIX] for other in others))


@lru_cache(maxsize=4096)
def _label(text: str) -> frozenset[str]:
    return frozenset(keys(text)) - _FRAME


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[Word, ...]:
    return tuple(words_of(text))


@once_a_document
def _records_of(index: Index, document: str) -> tuple[_Record, ...]:
    return _records(index.documents[document])


def _records(document: Document) -> tuple[_Record, ...]:
    """The records of a document that have two fields or more."""
    found: list[_Record] = []
    run: list[LabelledField] = []
    for field in fields_of(document):
        known = {_label(other.label) for other in run}
        if run and (_label(field.label) in known or _parted(document, run[-1], field)):
            found.append(_record(document, run))
            run = []
        run.append(field)
    if run:
        found.append(_record(document, run))
    return tuple(record for record in found if len(record.fields) > 1)


def _parted(document: Document, before: LabelledField, field: LabelledField) -> bool:
    """Whether two fields belong to different records: far apart, or with a numbered title between them."""
    between = document.lines[before.last : max(before.last, field.line - 1)]
    return len(between) > _APART or any(_TITLE_START.match(line.text) for line in between)


def _record(document: Document, run: Sequence[LabelledField]) -> _Record:
    start = run[0].span.start
    number = document.line_at(start)
    left = _TITLE
    for line in reversed(document.lines[max(0, number - 1 - 3 * _TITLE) : number - 1]):
        if not line.text.strip():
            continue
        if not left or _FIELD.match(line.text) or _SENTENCE_END.search(line.text):
            break
        start = line.start
        left -= 1
    return _Record(tuple(run), Span(start, run[-1].span.end))


def fields_of(document: Document) -> Iterator[LabelledField]:
    """The fields of a document in order; two that share a line are two."""
    lines = document.lines
    for place, line in enumerate(lines):
        match = _FIELD.match(line.text)
        if match is None:
            continue
        last = place
        while (
            last + 1 < len(lines)
            and lines[last + 1].text.strip()
            and not _FIELD.match(lines[last + 1].text)
            and lines[last + 1].end - line.start < _LONGEST
        ):
            last += 1
        start, end = line.start + match.start("label"), lines[last].end
        seconds = _SECOND.finditer(line.text, match.start("value")) if last == place else ()
        cuts = [line.start + cut.end() for cut in seconds]
        for first, stop in zip([start, *cuts], [*cuts, end], strict=True):
            label = document.text[first:stop].partition(":")[0].strip()
            yield LabelledField(
                label, Span(first, first + len(document.text[first:stop].rstrip())), line.number, lines[last].number
            )
