"""What a measure is: for each question a share, and over questions the mean of the shares.

A question's value is a pair (numerator, denominator); over a set of questions the measure is the sum of the numerators
by the sum of the denominators. With denominator 1 that is the mean over questions (macro), with counts the share of
all things counted (micro). A question that a measure says nothing of has no value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Pair = tuple[float, float]
Values = dict[str, Pair]
Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Measure(Generic[Case]):
    """One measure: its name, what it tells, where it is defined, and how one case is judged.

    ``of`` gives None where the measure says nothing of the case. ``lower`` says that less is better.
    """

    name: str
    meaning: str
    reference: str
    of: Callable[[Case], Pair | None]
    lower: bool = False


def values(measures: Iterable[Measure[Case]], case: Case) -> Values:
    """The values of one case by the names of the measures that apply to it."""
    pairs = ((measure.name, measure.of(case)) for measure in measures)
    return {name: pair for name, pair in pairs if pair is not None}


def total(cases: Iterable[Mapping[str, Pair]], name: str) -> tuple[float, int]:
    """A measure over all cases and the number of cases that have it; not a number where none has."""
    pairs = [case[name] for case in cases if name in case]
    weight = sum(pair[1] for pair in pairs)
    return (sum(pair[0] for pair in pairs) / weight if weight else float("nan")), len(pairs)


def whole(holds: bool) -> Pair:
    """The value of a yes or no."""
    return float(holds), 1.0


def share(hits: Iterable[bool]) -> Pair | None:
    """The share of hits as one value of weight 1; None where there is nothing to hit."""
    given = list(hits)
    return (sum(given) / len(given), 1.0) if given else None
