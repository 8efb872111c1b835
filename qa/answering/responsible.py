"""Which units are responsible for an activity or a project, as tables and forms name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.index import Index
from indexer.records import Row, Span, Table
from indexer.repair import repair
from indexer.turkish import keys
from qa.answering.draft import Draft
from qa.finding.kinds import kinds_of
from qa.finding.matter import Matter, Word, matter_of, words_of
from qa.records import Hit, Question
from qa.remembering import once_a_document, tables_of
from qa.wording import quote_sentence

_HITS = 5  # hits whose documents are read where the question names no municipality
_NAMED = 0.7  # share of the question's words that the name must hold
_LEAST = 0.4  # of which its own words hold at least this, the headings above it the rest
_ABOVE = 0.9  # what a word counts that stands in those headings
_OWN = 0.2  # share of the name's words that the question must hold
_ROW = 0.02  # what it counts that a row tells it and not a form
_YEAR = 0.1  # what it counts that the document is of a year asked for
_CARD = 2000  # characters from a card's indicators to the field of its units
_LONGEST = 900  # characters of a form that are cited
_FRAME = frozenset(
    keys("birim sorumlu sorumluluk harcama müdürlük daire başkanlık faaliyet proje iş çalışma hangi yürütme yapma")
) | frozenset(keys("bakıyor yapıyor yürütüyor yürütmektedir ilgileniyor üstleniyor yapacak yürütecek yapmaktadır"))
"""Words by which such a question is asked; they tell no activity from another."""


@dataclass(frozen=True, slots=True)
class _Duty:
    """An activity or project with the units that are responsible for it."""

    document: str
    name: str
    units: tuple[str, ...]
    span: Span
    context: tuple[str, ...]
    family: str
    words: tuple[Word, ...]
    above: tuple[Word, ...]


def responsible_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The units that are responsible for what the question names; None where it asks for none, or no table tells it.

    Args:
        question: the question as understood.
        hits: the passages found, best first; they tell the documents where the question does not.
        index: the index that they come from.
    """
    if "unit" not in kinds_of(question):
        return None
    asked = frozenset(keys(question.query_text or question.text))
    terms = [term for term in matter_of(question, index).terms if term.key not in _FRAME]
    matter = Matter(tuple(terms))
    if not terms:
        return None
    best: _Duty | None = None
    best_score = 0.0
    for document in _documents(question, hits, index):
        of_year = _YEAR * (index.documents[document].source.year in question.years)
        for duty in _duties(index, document):
            held = matter.held(duty.words)
            if matter.share(held) < _LEAST:
                continue
            above = matter.held(duty.above)
            met = matter.share([max(part, _ABOVE * other) for part, other in zip(held, above, strict=True)])
            own = _share_of(duty, asked)
            score = met + 0.5 * own + _ROW * (duty.family != "costs") + of_year
            if met >= _NAMED and own >= _OWN and score > best_score + 1e-9:
                best, best_score = duty, score
    if best is None:
        return None
    draft = Draft(index, confidence=hits[0].score if hits else 0.0)
    mark = draft.cite(best.document, best.span, best.context)
    draft.text = quote_sentence(f"{best.name}: {'; '.join(best.units)}", mark)
    return draft


def _share_of(duty: _Duty, asked: frozenset[str]) -> float:
    """The share of the words of an activity's name that the question holds."""
    own = {word.key for word in duty.words if word.key and word.key not in _FRAME}
    return len(own & asked) / len(own) if own else 0.0


def _documents(question: Question, hits: Sequence[Hit], index: Index) -> list[str]:
    """The documents asked about; of several, those that were found first."""
    if question.documents:
        return list(question.documents)
    found = list(dict.fromkeys(hit.passage.document for hit in hits))
    if not question.municipalities:
        return list(dict.fromkeys(hit.passage.document for hit in hits[:_HITS]))
    return [name for name in found if index.documents[name].source.municipality in question.municipalities]


@once_a_document
def _duties(index: Index, document: str) -> tuple[_Duty, ...]:
    """All activities and projects of a document with units that stand beside them; merged cells stand elsewhere."""
    text = index.documents[document].text
    return tuple(duty for duty in _of_tables(document, tables_of(index, document), text) if _stands(duty, text))


def _stands(duty: _Duty, text: str) -> bool:
    there = set(keys(repair(text[duty.span.start : duty.span.end]).text))
    return set(keys(" ".join(duty.units))) <= there


def _of_tables(document: str, tables: Sequence[Table], text: str) -> Iterator[_Duty]:
    for table in tables:
        rows = [row for row in table.rows if row.units_responsible]
        if not rows:
            continue
        if table.family == "costs":
            name = table.context[-1] if table.context else table.title
            first = min(row.span.start for row in table.rows)
            span = Span(table.span.start, max(table.span.start + 1, first))
            if span.end - span.start <= _LONGEST:
                yield _duty(document, name, rows[0], span, table)
            continue
        for row in rows:
            name = row.section[-1] if table.family == "projects" and row.section else row.label
            place = _field_span(row.units_responsible, table, text) if table.family == "indicators" else row.span
            if place is not None:
                yield _duty(document, name, row, place, table)


def _field_span(units: Sequence[str], table: Table, text: str) -> Span | None:
    """The lines near the indicators of a target's card that name its units; None where they are not in one piece."""
    end = table.span.end
    at = text.find(units[0], end, end + _CARD)
    if at < 0:
        at = text.rfind(units[0], max(0, table.span.start - _CARD), table.span.start)
    last = text.find(units[-1], at, at + _LONGEST) if at >= 0 else -1
    start = text.rfind("\n", 0, at) + 1
    return Span(start, last + len(units[-1])) if last >= 0 else None


def _duty(document: str, name: str, row: Row, span: Span, table: Table) -> _Duty:
    words = tuple(words_of(" ".join((name, row.label if table.family == "projects" else ""))))
    above = _words("\n".join(table.context))
    return _Duty(document, name, row.units_responsible, span, table.context, table.family, words, above)


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[Word, ...]:
    return tuple(words_of(text))
