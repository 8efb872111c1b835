"""The strategic goals that commitments stand under, each once, however the documents of a municipality word it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from rapidfuzz import fuzz

from indexer.commitments import Commitment
from indexer.headings import words
from indexer.records import Fact
from indexer.turkish import ascii_key, letters

_LIKE = 85.0
"""Likeness of two wordings of a goal with one number: programmes of one plan change a word, another plan its goals."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A strategic goal of a municipality; ``title`` is that of the newest document, as printed.

    ``id`` stands for it in an address.
    """

    id: str
    municipality: str
    title: str


def goals_of(commitments: Sequence[Commitment]) -> list[Goal | None]:
    """The goal of each commitment, in their order; None where no heading above it names one.

    Args:
        commitments: of any number of municipalities.
    """
    placed = [(commitment.municipality, _newest(commitment)) for commitment in commitments]
    held: dict[tuple[str, str | None], list[Goal]] = {}
    known: dict[tuple[str, str], Goal] = {}
    by_newest = sorted({(year, owner, title) for owner, (title, year) in placed if title}, reverse=True)
    for _, municipality, title in by_newest:
        alike = held.setdefault((municipality, _number(title)), [])
        goal = next((one for one in alike if _same(one.title, title)), None)
        if goal is None:
            goal = Goal(_id(municipality, title), municipality, title)
            alike.append(goal)
        known[municipality, title] = goal
    return [known.get((municipality, title)) for municipality, (title, _) in placed]


def _newest(commitment: Commitment) -> tuple[str, int]:
    """The title of the goal above the newest facts that stand under one, and their year."""
    for fact in sorted(commitment.facts, key=_year, reverse=True):
        title = next((heading for heading in fact.context if _is_goal(heading)), None)
        if title is not None:
            return title, _year(fact)
    return "", 0


def _year(fact: Fact) -> int:
    return fact.year or 0


def _is_goal(title: str) -> bool:
    label = next(label for label in words().labels if label.name == "Stratejik Amaç")
    key = ascii_key(title)
    return label.pattern.match(key) is not None or key.partition(":")[0].strip() in label.bare


def _number(title: str) -> str | None:
    label = next(label for label in words().labels if label.name == "Stratejik Amaç")
    match = label.pattern.match(ascii_key(title))
    return match["number"] if match else None


def _same(one: str, other: str) -> bool:
    if _number(one) is None:
        return letters(one) == letters(other)
    return fuzz.ratio(letters(one), letters(other)) >= _LIKE


def _id(municipality: str, title: str) -> str:
    return blake2b(f"{municipality}\n{letters(title)}".encode(), digest_size=4).hexdigest()
