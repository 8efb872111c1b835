"""What stands on a page of a PDF: plain records that the steps of the reader hand to each other.

Places are in points from the upper left corner of the page as it is read: as it is shown, but for pages whose letters
do not stand upright then (:mod:`indexer.reading.pdf.turning`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Line = tuple["Word", ...]
"""Words that stand beside each other, from left to right."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it is printed; ``size`` is that of its font in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """The middle of the word, across."""
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        """The middle of the word, down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line across (``top == bottom``) or down (``x0 == x1``): a border of a cell, or the edge of a box."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Ink:
    """A page: its number from 1, its size, its words and rules.

    ``turn`` is by how many degrees clockwise it is turned from how it is shown. ``turned`` are words that run up or
    down the page. ``pictured`` is the share of the page that pictures cover,
    ``unreadable`` says that its letters cannot be told, and ``cut`` that it has more of them than are read.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    turned: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
    unreadable: bool = False
    cut: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """A block of text: lines that belong together."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``rows[r][c]`` are the words of a cell in reading order; every row has as many cells.

    ``edges`` are the places of its columns' borders, one more than columns; ``headed`` is how many of its first rows
    are a header, as far as that is known, and ``ruled`` says that borders are drawn.
    """

    rows: tuple[tuple[Line, ...], ...]
    edges: tuple[float, ...]
    top: float
    bottom: float
    ruled: bool = True


BlockOfPage = Lines | Grid


def text_of(words: Iterable[Word]) -> str:
    """The words with one space between them."""
    return " ".join(word.text for word in words)


def bounds(words: Sequence[Word]) -> tuple[float, float, float, float]:
    """The smallest box around ``words``: left, top, right, bottom."""
    return (
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )
