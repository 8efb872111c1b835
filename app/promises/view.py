"""A view on the promises: what is searched, chosen, sorted and opened, and the address that stands for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, Literal, Self, cast, get_args
from urllib.parse import urlencode

from app.promises.judging import STATES, State
from app.promises.records import Promise, YearRecord, search_terms
from indexer.turkish import ascii_key
from qa.mending import Vocabulary

Column = Literal["label", "municipality", "year", "state", "deviation"]
COLUMNS: Final[tuple[Column, ...]] = get_args(Column)
"""What rows can be sorted by."""

PAGE_ROWS: Final = 50
LONGEST_QUERY: Final = 200  # characters
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A promise with the year that is shown of it."""

    promise: Promise
    record: YearRecord


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at. An empty choice means all; ``order`` is a column, with a minus before it when descending.

    ``goals`` holds ids of goals, ``opened`` the id of the promise whose history is shown; ``page`` counts from 1.
    """

    query: str = ""
    municipalities: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    states: tuple[State, ...] = ()
    order: str = ""
    page: int = 1
    opened: str = ""

    @classmethod
    def of_query(cls, parameters: Iterable[tuple[str, str]]) -> Self:
        """The view that the parameters of an address ask for; what is no sensible value is left out."""
        given: dict[str, list[str]] = {}
        for name, value in parameters:
            values = given.setdefault(name, [])
            if value not in values and len(values) < _MOST_VALUES:
                values.append(value)
        query, order, page, opened = (given.get(name, [""])[0] for name in "qopc")
        return cls(
            query=query[:LONGEST_QUERY],
            municipalities=tuple(filter(None, given.get("m", ()))),
            goals=tuple(filter(None, given.get("g", ()))),
            units=tuple(filter(None, given.get("u", ()))),
            years=tuple(_whole(year) for year in given.get("y", ()) if _whole(year)),
            states=tuple(state for state in STATES if state in given.get("s", ())),
            order=order if order.removeprefix("-") in COLUMNS else "",
            page=_whole(page) or 1,
            opened=opened,
        )

    def to_query(self) -> str:
        """The parameters of the address, without a question mark; empty for the view of everything."""
        values: list[tuple[str, str]] = [
            *(("m", municipality) for municipality in self.municipalities),
            *(("g", goal) for goal in self.goals),
            *(("u", unit) for unit in self.units),
            *(("y", str(year)) for year in self.years),
            *(("s", state) for state in self.states),
            ("q", self.query),
            ("o", self.order),
            ("p", str(self.page) if self.page > 1 else ""),
            ("c", self.opened),
        ]
        return urlencode([(name, value) for name, value in values if value])

    def sorted_by(self, column: Column) -> Self:
        """The view sorted by a column, or the other way round where it is that already; its first page."""
        return replace(self, order=f"-{column}" if self.order == column else column, page=1, opened="")

    def filters(self) -> Self:
        """What is chosen alone, as an export needs it: no page and nothing opened."""
        return replace(self, page=1, opened="")


def select(promises: Sequence[Promise], view: View) -> list[Row]:
    """The rows of a view on all its pages.

    Args:
        promises: of the index, in its order.
        view: what is looked at. A state is that of the year shown: see :meth:`Promise.shown`.

    Returns:
        The rows sorted as the view asks; else those with a result first, in the order of the index.
    """
    terms = search_terms(view.query)
    rows = []
    for promise in promises:
        if not _fits(promise, view) or not _found(promise.words, terms):
            continue
        record = promise.shown(view.years)
        if record is not None and (not view.states or record.state in view.states):
            rows.append(Row(promise, record))
    column = view.order.removeprefix("-")
    if column not in COLUMNS:
        return sorted(rows, key=lambda row: row.record.state == "pending")
    descending = view.order.startswith("-")
    if column == "deviation":  # those without one come last, whichever way the others are sorted
        without = [row for row in rows if deviation_percent(row) is None]
        rows = [row for row in rows if deviation_percent(row) is not None]
        return sorted(rows, key=_KEYS["deviation"], reverse=descending) + without
    return sorted(rows, key=_KEYS[cast(Column, column)], reverse=descending)


def mended(promises: Sequence[Promise], view: View) -> View | None:
    """The view with words that were mistyped as the promises write them, where it then shows something; else None."""
    written = Vocabulary.from_texts(promise.commitment.label for promise in promises)
    words = [(word, search_terms(word)) for word in view.query.split()]
    query = " ".join(
        word if any(_found(promise.words, terms) for promise in promises) else written.nearest(word) or word
        for word, terms in words
    )
    found = replace(view.filters(), query=query[:LONGEST_QUERY])
    return found if query != " ".join(view.query.split()) and select(promises, found) else None


def deviation_percent(row: Row) -> Decimal | None:
    """The deviation of the year shown in per cent of its target."""
    return row.record.outcome.deviation_percent if row.record.outcome else None


def _whole(text: str) -> int:
    """A number of at most five digits; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _fits(promise: Promise, view: View) -> bool:
    return (
        (not view.municipalities or promise.commitment.municipality in view.municipalities)
        and (not view.goals or (promise.goal is not None and promise.goal.id in view.goals))
        and (not view.units or any(unit in view.units for unit in promise.units))
    )


def _found(words: str, terms: Sequence[tuple[str, ...]]) -> bool:
    return all(any(f" {form}" in words for form in forms) for forms in terms)


_KEYS: Final[dict[Column, Callable[[Row], Any]]] = {
    "label": lambda row: ascii_key(row.promise.commitment.label),
    "municipality": lambda row: ascii_key(row.promise.commitment.municipality),
    "year": lambda row: row.record.year,
    "state": lambda row: STATES.index(row.record.state),
    "deviation": deviation_percent,
}
