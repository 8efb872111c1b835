"""The JSON of what is not an answer: documents with their counts, stretches of text, facts and commitments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from weakref import WeakKeyDictionary

from indexer.commitments import Commitment, Outcome
from indexer.fact_records import fact_record
from indexer.fact_search import FactFilter, find_facts
from indexer.index import Index
from indexer.records import Document, Fact
from indexer.storing.store import Store
from qa.records import Filters
from qa.serialise import number


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was read in a document; ``pages`` are those whose beginning the text tells."""

    lines: int
    pages: int
    passages: int
    tables: int
    rows: int
    ambiguous_rows: int
    facts: int
    commitments: int


_COUNTED: WeakKeyDictionary[Store, dict[str, Counts]] = WeakKeyDictionary()


def counts_of(index: Index) -> dict[str, Counts]:
    """The counts of each document by id; counted once for each open index."""
    if index.store not in _COUNTED:
        _COUNTED[index.store] = _count(index)
    return _COUNTED[index.store]


def document_object(document: Document, counts: Counts) -> dict[str, Any]:
    """A document: what the catalogue says of it and how much was read in it."""
    source = document.source
    return {
        "id": source.id,
        "title": source.title,
        "municipality": source.municipality,
        "province": source.province,
        "level": source.level,
        "kind": source.kind,
        "year": source.year,
        "period": source.period and list(source.period),
        "file": source.file,
        "format": document.format,
        "sha256": source.sha256,
        "provenance": source.provenance,
        "provenance_en": source.provenance_en,
        "inferred": sorted(source.inferred),
        "counts": asdict(counts),
    }


def lines_object(document: Document, first: int, last: int) -> dict[str, Any]:
    """The lines ``first`` to ``last`` of a document, as far as it has them, exactly as written.

    Args:
        document: the document.
        first: number of the first line, from 1.
        last: number of the last line.
    """
    lines = document.lines[max(0, first - 1) : last]
    start = lines[0].start if lines else len(document.text)
    return {
        "document": document.id,
        "title": document.source.title,
        "lines": len(document.lines),
        "line_start": lines[0].number if lines else None,
        "line_end": lines[-1].number if lines else None,
        "start": start,
        "end": lines[-1].end if lines else start,
        "page": document.page_at(start) if lines else None,
        "text": document.text[start : lines[-1].end] if lines else "",
    }


def fact_object(fact: Fact, documents: Mapping[str, Document]) -> dict[str, Any]:
    """A fact as ``facts --format json`` writes it."""
    record = fact_record(fact, documents)
    return {**record, "value": number(record["value"])}


def commitment_object(commitment: Commitment, documents: Mapping[str, Document]) -> dict[str, Any]:
    """A commitment: its facts by year, and target beside actual where a year has both."""
    return {
        "municipality": commitment.municipality,
        "label": commitment.label,
        "unit": commitment.unit,
        "likeness": commitment.likeness,
        "documents": list(commitment.documents),
        "outcomes": [_outcome_object(outcome) for outcome in commitment.outcomes],
        "facts": [fact_object(fact, documents) for fact in commitment.facts],
    }


def find_commitments(commitments: Sequence[Commitment], query: str | None, filters: Filters) -> list[Commitment]:
    """The commitments with a fact that passes the filters and fits the query, the nearest first."""
    only = FactFilter(filters.municipalities, filters.documents, filters.years)
    owner = {fact: commitment for commitment in commitments for fact in commitment.facts}
    found = find_facts(owner, query, only)
    return list({id(owner[fact]): owner[fact] for fact in found}.values())


def _outcome_object(outcome: Outcome) -> dict[str, Any]:
    percent = outcome.deviation_percent
    return {
        "year": outcome.year,
        "target": number(outcome.target.figure.value),
        "actual": number(outcome.actual.figure.value),
        "deviation": number(outcome.deviation),
        "deviation_percent": None if percent is None else number(percent),
        "status": outcome.status,
        "reason": outcome.reason,
    }


def _count(index: Index) -> dict[str, Counts]:
    held = index.store.counts()
    counts = {}
    for name, document in index.documents.items():
        read = held.get(name, Counter())
        counts[name] = Counts(
            lines=len(document.lines),
            pages=len(document.pages),
            passages=read["passages"],
            tables=read["tables"],
            rows=read["rows"],
            ambiguous_rows=read["ambiguous_rows"],
            facts=read["facts"],
            commitments=read["commitments"],
        )
    return counts
