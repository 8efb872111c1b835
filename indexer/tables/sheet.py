"""The lines of a document as label and values, for the readers of flattened tables of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from indexer.figures import NumberStyle
from indexer.records import Line, Span
from indexer.tables.values import NBSP, Tail, tail

_VERTICAL = 4  # characters of a line of text that runs down the page, and lines of which there are at least so many
_SPACED = 0.25  # share of lines with a line right below; less, and blank lines say nothing of what belongs together
_NEAR = 7  # lines above that tell whether a stretch is spaced
_PAGE_BREAKS = 1  # lines right below another one that a spaced stretch can have


@dataclass(frozen=True)
class Sheet:
    """The lines of a document, split into label and values; ``spaced``: a blank line stands after nearly every one.

    ``filled`` and ``close`` count the lines up to each one that hold text, and those with a line right below.
    """

    lines: Sequence[Line]
    tails: Sequence[Tail]
    spaced: bool
    vertical: frozenset[int]
    filled: Sequence[int]
    close: Sequence[int]

    @classmethod
    def of(cls, lines: Sequence[Line], style: NumberStyle) -> Sheet:
        """Splits all ``lines``; tab-separated lines are left whole, since their cells are not flattened."""
        empty = Span(0, 0)
        tails = [
            Tail(line.text, empty, (), 0) if "\t" in line.text else tail(line, style, measured=True) for line in lines
        ]
        full = [not _is_blank(line) for line in lines]
        close = [own and below for own, below in pairwise([*full, False])]
        spaced = sum(close) < _SPACED * max(1, sum(full[:-1]))
        counts = list(accumulate(full)), list(accumulate(close))
        return cls(lines, tails, spaced, frozenset(_vertical(lines)), *counts)

    def spaced_at(self, index: int) -> bool:
        """Whether a blank line stands after nearly every line above line ``index``, or in the whole document."""
        if self.spaced:
            return True
        first, last = max(0, index - _NEAR), max(0, index - 1)
        filled, close = (counts[last] - counts[first] for counts in (self.filled, self.close))
        return filled > 2 and close <= _PAGE_BREAKS

    def blank(self, index: int) -> bool:
        """Whether line ``index`` holds nothing but ordinary spaces, or a scrap of text that runs down the page."""
        return _is_blank(self.lines[index]) or index in self.vertical

    def text(self, index: int) -> str:
        """Line ``index`` without the spaces around it."""
        return self.lines[index].text.strip(" \t\r")


def _is_blank(line: Line) -> bool:
    """Whether ``line`` holds nothing but ordinary spaces."""
    return not line.text.strip(" \t\r")


def _vertical(lines: Sequence[Line]) -> Iterator[int]:
    """The lines of texts that run down the page and were cut into scraps of a few letters."""
    run: list[int] = []
    for index, line in enumerate(lines):
        text = line.text.strip(" \t\r")
        if text and (len(text) > _VERTICAL or any(character.isdigit() for character in text) or text in ("TL", "%")):
            if len(run) >= _VERTICAL and any(lines[at].text.strip(NBSP + " ") for at in run):
                yield from run
            run = []
        elif text:
            run.append(index)
