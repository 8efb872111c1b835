"""Whether a target was reached: as the document prints it, else by the numbers where they tell; never a guess.

More is better for most indicators, but not for all: of an average waiting time, a number of accidents or a share of
spending, numbers alone do not say which way is the good one. Such a target counts as reached where it was met exactly
or where the document says so, and else as not to be compared. A target of nought asks for nothing, so that nothing
tells whether it was reached, unless it is accidents or the like that there were to be none of.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Final, Literal, get_args

from indexer.commitments import Outcome
from indexer.turkish import ascii_key, tokens

State = Literal["met", "missed", "pending", "unclear"]
"""Reached; not reached; no result printed; target and result are there, but cannot be compared."""

STATES: Final[tuple[State, ...]] = get_args(State)


def judge(outcome: Outcome) -> State:
    """Whether the target of an outcome was reached.

    Returns:
        What the document says, else ``met`` or ``missed`` where the unit and the label tell that more is better,
        else ``unclear``.
    """
    printed = _printed(outcome.status)
    if printed is not None:
        return printed
    label, unit = outcome.target.label, outcome.target.unit
    if outcome.target.figure.value == 0 and not _less_may_be_better(label, unit):
        return "unclear"
    if outcome.deviation == 0:
        return "met"
    if not more_is_better(label, unit):
        return "unclear"
    return "met" if outcome.deviation > 0 else "missed"


def more_is_better(label: str, unit: str | None) -> bool:
    """Whether unit and label together tell that a greater value is the better one.

    Args:
        label: of the indicator.
        unit: its canonical unit, None where none is printed; then the label must name an amount ("… sayısı").
    """
    if _less_may_be_better(label, unit):
        return False
    return unit is not None or any(word in _words("amounts") for word in _keys(label))


def _less_may_be_better(label: str, unit: str | None) -> bool:
    if any(_undirected().fullmatch(word) for word in _keys(label)):
        return True
    return unit is not None and all(part in _words("undirected_units") for part in unit.split("/"))


def _keys(label: str) -> list[str]:
    return [ascii_key(token.text) for token in tokens(label)]


def _printed(status: str | None) -> State | None:
    key = " ".join(ascii_key(status).split()).strip(" .") if status else ""
    if key in _words("reached"):
        return "met"
    return "missed" if key in _words("missed") else None


@cache
def _undirected() -> re.Pattern[str]:
    return re.compile("|".join(_data()["undirected_words"]))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_data()[name])


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads(resources.files("app.promises").joinpath("judging.toml").read_text("utf-8"))
