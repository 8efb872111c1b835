"""Intervals by the paired bootstrap over questions.

The questions are drawn anew with replacement, the same draw for both runs of a comparison; percentiles of the measure
over the draws are its interval. Efron & Tibshirani, *An Introduction to the Bootstrap*, 1993, ch. 13; for systems on
the same questions Sakai, *Evaluating evaluation metrics based on the bootstrap*, SIGIR 2006. The seed is fixed, so
that the same results give the same interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.measures.base import Pair
from evaluation.results import Result

SEED = 20240501
DRAWS = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the ends of its interval."""

    value: float
    low: float
    high: float

    @property
    def half(self) -> float:
        """Half of the width."""
        return (self.high - self.low) / 2

    @property
    def clear_of_zero(self) -> bool:
        """Whether zero lies outside."""
        return self.low > 0 or self.high < 0


def interval(results: Sequence[Result], name: str, draws: int = DRAWS, seed: int = SEED) -> Interval | None:
    """A measure over ``results`` with its 95 % interval; None where no result has it."""
    pairs = [result.values[name] for result in results if name in result.values]
    if not pairs or not sum(pair[1] for pair in pairs):
        return None
    top, bottom = _columns(pairs)
    drawn = _draw(len(pairs), draws, seed)
    return _interval(float(top.sum() / bottom.sum()), _ratio(drawn @ top, drawn @ bottom))


def difference(
    ours: Sequence[Result], theirs: Sequence[Result], name: str, draws: int = DRAWS, seed: int = SEED
) -> Interval | None:
    """Ours less theirs over the questions that both have, with its 95 % interval; None where there is none.

    A question counts when either has a value: a measure may say nothing of a refusal, say. It then adds to one side
    only.
    """
    others = {result.id: result for result in theirs}
    both = [(one, others[one.id]) for one in ours if one.id in others]
    kept = [(one.values.get(name), other.values.get(name)) for one, other in both]
    kept = [pair for pair in kept if pair != (None, None)]
    top, bottom = _columns([one or (0.0, 0.0) for one, _ in kept])
    other_top, other_bottom = _columns([other or (0.0, 0.0) for _, other in kept])
    if not bottom.sum() or not other_bottom.sum():
        return None
    drawn = _draw(len(kept), draws, seed)
    value = float(top.sum() / bottom.sum() - other_top.sum() / other_bottom.sum())
    return _interval(value, _ratio(drawn @ top, drawn @ bottom) - _ratio(drawn @ other_top, drawn @ other_bottom))


def _columns(pairs: Sequence[Pair]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    matrix = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return matrix[:, 0], matrix[:, 1]


def _draw(number: int, draws: int, seed: int) -> NDArray[np.float64]:
    """How often each question is in each draw, shape (draws, questions)."""
    chosen = np.random.default_rng(seed).multinomial(number, np.full(number, 1 / number), size=draws)
    return chosen.astype(np.float64)


def _ratio(top: NDArray[np.float64], bottom: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)


def _interval(value: float, drawn: NDArray[np.float64]) -> Interval:
    rest = (1 - LEVEL) / 2
    low, high = np.nanquantile(drawn, [rest, 1 - rest])
    return Interval(value, float(low), float(high))
