"""The history of a promise: its values by year as a picture, what was printed beside them, and where it all stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from app.promises.records import Promise, YearRecord
from app.web.charts import Point, Series, chart
from app.web.elements import cut, heading_path, place, reader_address, safe
from app.web.promises.table import state_mark
from app.web.promises.wording import deviation, value, values
from app.web.texts import Texts
from indexer.records import Document, Fact, Measure, Span

_MEASURES: Final[dict[Measure, bool]] = {
    "target": True, "budget": True, "estimate": True, "actual": False, "spending": False,
}  # fmt: skip
"""What is drawn, and whether it is planned."""

_LONGEST_QUOTE, _LONGEST_REASON = 420, 2000


def history(texts: Texts, promise: Promise, documents: Mapping[str, Document]) -> str:
    """Everything that is known of a promise.

    Args:
        texts: the wording.
        promise: whose history.
        documents: those of the index, by id.
    """
    sources = _Sources(texts, promise, documents)
    newest = max(promise.commitment.facts, key=lambda fact: (fact.year or 0, fact.measure == "target"))
    years = "".join(_years(texts, promise, sources))
    likeness = promise.commitment.likeness
    joined = (
        f'<p class="ks-hint">{safe(texts("promises.joined", likeness=round(likeness)))}</p>' if likeness < 100 else ""
    )
    drawn = chart(texts, _title(texts, promise), _series(texts, promise, sources))
    return (
        f'<section class="ks-past" aria-label="{safe(texts("promises.history"))}">'
        f"<h2>{safe(promise.commitment.label)}</h2>{heading_path(newest.context)}"
        f'<div class="ks-past-columns"><div>{drawn}</div><ul class="ks-years">{years}</ul></div>'
        f"{joined}<h3>{safe(texts('promises.sources'))}</h3><ol>{sources.listed()}</ol></section>"
    )


class _Sources:
    """The rows that the facts of a promise stand in, numbered in the order of the facts."""

    def __init__(self, texts: Texts, promise: Promise, documents: Mapping[str, Document]) -> None:
        self._texts, self._promise, self._documents = texts, promise, documents
        places = (place for fact in promise.commitment.facts for place in fact.places)
        rows = dict.fromkeys((place.document, place.row) for place in places)
        self._numbers = {row: number for number, row in enumerate(rows, 1)}

    def mark(self, facts: Sequence[Fact]) -> str:
        """The marks of the places that facts stand in."""
        places = ((place.document, place.row) for fact in facts for place in fact.places)
        numbers = dict.fromkeys(self._numbers[row] for row in places)
        return " ".join(
            f'<a class="ks-chip" href="#{self._id(number)}" '
            f'aria-label="{safe(self._texts("promises.source", n=number))}">{number}</a>'
            for number in numbers
        )

    def listed(self) -> str:
        """The places with what stands there, and links to them."""
        return "".join(self._item(number, *row) for row, number in self._numbers.items())

    def _id(self, number: int) -> str:
        return f"kaynak-{self._promise.id}-{number}"

    def _item(self, number: int, document: str, row: Span) -> str:
        held = self._documents[document]
        first, last = held.line_range(row)
        where = place(self._texts, first, last, held.page_at(row.start))
        link = reader_address(self._texts, document, first, last)
        quote = cut(" ".join(held.text[row.start : row.end].split()), _LONGEST_QUOTE)
        return (
            f'<li id="{self._id(number)}" tabindex="-1"><span class="ks-chip" aria-hidden="true">{number}</span> '
            f"{safe(held.source.title)}, {safe(where)} · "
            f'<a href="{link}">{safe(self._texts("promises.open_document"))}</a>'
            f'<blockquote class="ks-excerpt">{safe(quote)}</blockquote></li>'
        )


def _title(texts: Texts, promise: Promise) -> str:
    unit = promise.commitment.unit
    return texts("promises.by_year") if unit is None else texts("promises.by_year_in", unit=unit)


def _series(texts: Texts, promise: Promise, sources: _Sources) -> list[Series]:
    found = []
    years = sorted({fact.year for fact in promise.commitment.facts if fact.year is not None})
    for measure, planned in _MEASURES.items():
        points = []
        for year in years:
            own = [fact for fact in promise.commitment.facts if fact.year == year and fact.measure == measure]
            # Of values that contradict each other none is drawn; all are written.
            sizes = {fact.figure.value for fact in own}
            size = own[0].figure.value if len(sizes) == 1 else None
            points.append(Point(str(year), size, values(own, texts.language), sources.mark(own)))
        if any(point.text for point in points):
            found.append(Series(texts(f"promises.measure_{measure}"), points, planned))
    return found


def _years(texts: Texts, promise: Promise, sources: _Sources) -> Iterator[str]:
    """What became of each year; years of which nothing more is known in one line."""
    records = sorted(promise.years, key=lambda record: record.year)
    for (state, lines), own in groupby(
        records, key=lambda record: (record.state, tuple(_told(texts, promise, record, sources)))
    ):
        years = ", ".join(str(record.year) for record in own)
        told = "".join(f"<p>{line}</p>" for line in lines)
        yield f"<li><strong>{years}</strong> {state_mark(texts, state)}{told}</li>"


def _told(texts: Texts, promise: Promise, record: YearRecord, sources: _Sources) -> Iterator[str]:
    """What is known of a year besides its values."""
    facts = (*record.planned, *record.actual)
    outcome = record.outcome
    if outcome is not None:
        yield safe(texts("promises.deviation", deviation=deviation(texts, outcome, promise.commitment.unit)))
    rates = [fact for fact in promise.commitment.facts if fact.measure == "rate" and fact.year == record.year]
    for fact in rates:
        yield f"{safe(f'{fact.column}: {value(fact, texts.language)}')} {sources.mark([fact])}"
    status = outcome.status if outcome else next((fact.status for fact in record.actual if fact.status), None)
    if status:
        yield f"{safe(texts('promises.status', status=status))} {sources.mark(record.actual)}"
    reasons = dict.fromkeys(fact.reason for fact in facts if fact.reason)
    for reason in reasons:
        own = [fact for fact in facts if fact.reason == reason]
        shown = cut(" ".join(reason.split()), _LONGEST_REASON)
        yield f"{safe(texts('promises.reason', reason=shown))} {sources.mark(own)}"
    for note in dict.fromkeys(fact.note for fact in facts if fact.note):
        own = [fact for fact in facts if fact.note == note]
        shown = cut(" ".join(note.split()), _LONGEST_REASON)
        yield f"{safe(texts('promises.note', note=shown))} {sources.mark(own)}"
    if any(fact.cumulative for fact in facts):
        yield safe(texts("promises.cumulative"))
