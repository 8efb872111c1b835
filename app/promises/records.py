"""The promises of an index: its commitments with their goal, their units, and what became of them year by year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from app.promises.goals import Goal, goals_of
from app.promises.judging import State, judge
from indexer.commitments import Commitment, Outcome
from indexer.index import Index
from indexer.records import Fact
from indexer.turkish import ascii_key, base, fold, key, letters, stop_words, tokens


@dataclass(frozen=True, slots=True)
class YearRecord:
    """What was planned for one year and what came about.

    Attributes:
        year: the year.
        planned: the targets printed for it, else the budgets; several where documents contradict each other.
        actual: the actual values (of a budget: the spending) printed for it.
        outcome: target and actual compared, where there is one of each.
        state: whether it was reached.
    """

    year: int
    planned: tuple[Fact, ...]
    actual: tuple[Fact, ...]
    outcome: Outcome | None
    state: State


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment that somebody follows.

    Attributes:
        id: stands for it in an address; the same as long as its document is.
        commitment: the facts.
        goal: the strategic goal above it.
        units: the responsible units as printed, each once.
        years: the years for which something was planned, the newest first; at least one.
        words: what a search looks through, as keys with a space before each.
    """

    id: str
    commitment: Commitment
    goal: Goal | None
    units: tuple[str, ...]
    years: tuple[YearRecord, ...]
    words: str

    def shown(self, years: Collection[int] = ()) -> YearRecord | None:
        """The year that stands for the promise: the newest with a result, else the newest of all.

        Args:
            years: those to choose from; empty for any.
        """
        offered = [record for record in self.years if not years or record.year in years]
        return next((record for record in offered if record.actual), offered[0] if offered else None)


class LivePromises:
    """The promises of the index that a server answers from; read again only where the index is another one."""

    def __init__(self) -> None:
        self._held: tuple[Index, list[Promise]] | None = None

    def of(self, index: Index) -> list[Promise]:
        """The promises of an index."""
        held = self._held
        if held is None or held[0] is not index:
            held = self._held = (index, read_promises(index.commitments))
        return held[1]


def read_promises(commitments: Sequence[Commitment]) -> list[Promise]:
    """The commitments that plan something, in their order; those that only report are left out."""
    names = _unit_names(commitments)
    found = []
    for commitment, goal in zip(commitments, goals_of(commitments), strict=True):
        years = tuple(_years(commitment))
        if years:
            printed = (unit for fact in commitment.facts for unit in fact.units_responsible)
            units = tuple(dict.fromkeys(names[_unit_key(unit)] for unit in printed))
            words = _words([commitment.label, goal.title if goal else "", *units, commitment.municipality])
            found.append(Promise(_id(commitment), commitment, goal, units, years, words))
    return found


def search_terms(text: str) -> list[tuple[str, ...]]:
    """What a search text looks for: for each of its words the forms of which one must begin a word of the promise.

    Words of asking ("engelliler için ne yapıldı") are left out, unless there are no others.
    """
    words = [token.text for token in tokens(text)]
    return [_forms(word) for word in [word for word in words if fold(base(word)) not in stop_words()] or words]


def _years(commitment: Commitment) -> Iterator[YearRecord]:
    outcomes = {outcome.year: outcome for outcome in commitment.outcomes}
    years = {fact.year for fact in commitment.facts if fact.year is not None}
    for year in sorted(years, reverse=True):
        own = [fact for fact in commitment.facts if fact.year == year]
        budgets = [fact for fact in own if fact.measure == "budget"]
        planned = [fact for fact in own if fact.measure == "target"] or budgets
        actual = [fact for fact in own if fact.measure == ("spending" if planned == budgets else "actual")]
        if planned:
            outcome = outcomes.get(year)
            state: State = judge(outcome) if outcome else "unclear" if actual else "pending"
            yield YearRecord(year, tuple(planned), tuple(actual), outcome, state)


def _unit_names(commitments: Sequence[Commitment]) -> dict[str, str]:
    """The name of each responsible unit by its key: of "Fen İşleri Md." and "Fen İşleri Müdürlüğü" the longest."""
    names: dict[str, str] = {}
    for commitment in commitments:
        for fact in commitment.facts:
            for unit in fact.units_responsible:
                name = " ".join(unit.split())
                held = names.setdefault(_unit_key(unit), name)
                names[_unit_key(unit)] = max(held, name, key=lambda one: (len(one), one))
    return names


def _unit_key(unit: str) -> str:
    words = [ascii_key(token.text) for token in tokens(unit)]
    if words and words[-1] in ("md", "mud", "mudurlugu", "mudurluk"):
        words[-1] = "mudurlugu"
    return letters(" ".join(words))


def _words(texts: Sequence[str]) -> str:
    forms = (form for text in texts for token in tokens(text) for form in _forms(token.text))
    return "".join(f" {form}" for form in dict.fromkeys(forms))


def _forms(word: str) -> tuple[str, ...]:
    """A word as typed and its dictionary form, as keys."""
    return tuple(dict.fromkeys((ascii_key(base(word)), key(word))))


def _id(commitment: Commitment) -> str:
    place = commitment.facts[0].places[0]
    parts = (commitment.municipality, commitment.label, commitment.unit or "", place.document, str(place.row.start))
    return blake2b("\n".join(parts).encode(), digest_size=5).hexdigest()
