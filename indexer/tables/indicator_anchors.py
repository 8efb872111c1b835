"""Where the rows of an indicator table are: runs of values, with the unit before or behind them and the statuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.figures import is_unit
from indexer.records import Line, Span
from indexer.tables.columns import header_key, words
from indexer.tables.indicator_header import HeaderColumn
from indexer.tables.indicator_tokens import Run, Token, begins_line, value_runs
from indexer.tables.indicator_values import status_key, value_count

_WHITE = " \t\r\u00a0"
_MAX_STATUS_WORDS = 4
_MAX_UNIT_WORDS = 3
_MAX_GAP = 60  # lines with text between two rows; a reason takes up to 26


@dataclass(frozen=True, slots=True)
class Anchor:
    """The values of a row and the text cells beside them: ``tokens[start:end]``, the unit included."""

    start: int
    end: int
    run: Run
    unit: Span | None
    statuses: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Layout:
    """What the header says of a row."""

    values: tuple[int, ...]  # positions of the value columns among the columns that rows have cells for
    statuses: tuple[int, ...]
    prose: tuple[int, ...]
    columns: tuple[HeaderColumn, ...]
    has_unit: bool
    has_code: bool
    unit_last: bool = False  # the unit stands behind the values


class AnchorFinder:
    """Finds the rows of one table body by their values."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[Line], layout: Layout) -> None:
        """Takes the ``tokens`` of the body's ``lines``; ``layout`` is what the header says of a row."""
        self._tokens = tokens
        self._lines = lines
        self.layout = layout
        self.runs = value_runs(tokens, len(layout.values))
        self._statuses = frozenset(words("indicator", "statuses"))
        self.runs = [self._without_status(self._without_reason(run)) for run in self.runs]
        self.layout = replace(layout, unit_last=layout.has_unit and self._units_stand_last())
        self._statuses |= self._learnt_statuses()

    def full_rows(self) -> int:
        """How many runs of values fill the columns exactly."""
        count = len(self.layout.values)
        return sum(value_count(run, count) == count for run in self.runs)

    def first_anchor(self, start: int, end: int) -> Anchor | None:
        """The first full run of values between two codes, or the longest one where none is full."""
        count = len(self.layout.values)
        inside = [run for run in self.runs if start < run.start and run.end <= end]
        full = [run for run in inside if value_count(run, count) >= count]
        anchored = [anchor for run in full if (anchor := self._anchor(run)) is not None and anchor.start > start]
        if anchored:
            return anchored[0]
        rest = [run for run in inside if self.ends_here(run.end)]
        if not rest:
            return None
        longest = max(rest, key=lambda run: len(run.values))
        return self._build(longest, self._unit_beside(longest))

    def anchors(self) -> list[Anchor]:
        """The rows of a table without codes, in order, up to a gap that only the table's end explains."""
        found: list[Anchor] = []
        for run in self.runs:
            anchor = self._anchor(run)
            if anchor is None or (found and anchor.start < found[-1].end):
                continue
            line = self._tokens[anchor.start].line
            last = self._tokens[found[-1].end - 1].line if found else 0
            if sum(1 for index in range(last, line) if self._lines[index].text.strip(_WHITE)) > _MAX_GAP:
                break  # the table has ended without a word that says so
            found.append(anchor)
        return found

    def _anchor(self, run: Run) -> Anchor | None:
        """The row that ``run`` is the values of; None where the numbers stand in a text."""
        count = len(self.layout.values)
        size = value_count(run, count) or len(run.values)
        if self.layout.unit_last:
            unit = self._unit_after(run.end)
            if size > count and not run.compound:  # the label ends with numbers
                run = Run(run.end - count, run.end, run.values[-count:], cut=True)
            closed = unit is not None or (size >= count and self.ends_here(run.end))
            return self._build(run, unit) if closed else None
        if self.layout.has_unit:
            if size == count + 1 and run.values[0][0].is_empty:  # the unit itself is empty
                return self._build(Run(run.start + 1, run.end, run.values[1:], run.compound), None)
            unit = self._unit_before(run.start)
            if unit is not None:
                closed = self.ends_here(run.end) or (size >= count and bool(self.layout.prose))
                return self._build(run, unit) if closed and (size > 1 or count == 1 or not self.layout.prose) else None
        apart = begins_line(self._tokens, run.start) or self._sentence_begins(run.end)
        prose_beside = bool(self.layout.prose) and size == count > 1 and apart
        if size < count or not (self.ends_here(run.end) or prose_beside):
            return None
        if not run.compound and size > count:  # the label ends with numbers
            extra = size - count
            run = Run(run.start + extra, run.end, run.values[extra:], cut=True)
        return self._build(run, self._unknown_unit(run.start) if self.layout.has_unit else None)

    def _build(self, run: Run, unit: tuple[int, int] | None) -> Anchor:
        start = run.start
        span = None
        end = run.end
        if unit is not None:
            span = Span(self._tokens[unit[0]].span.start, self._tokens[unit[1] - 1].span.end)
            start, end = min(unit[0], run.start), max(unit[1], run.end)
        statuses: list[tuple[int, int]] = []
        for _ in self.layout.statuses:
            length = self._status_length(end)
            if not length:
                break
            statuses.append((end, end + length))
            end += length
        return Anchor(start, end, run, span, tuple(statuses))

    def _unit_beside(self, run: Run) -> tuple[int, int] | None:
        if not self.layout.has_unit:
            return None
        return self._unit_after(run.end) if self.layout.unit_last else self._unit_before(run.start)

    def _unit_before(self, index: int) -> tuple[int, int] | None:
        """The unit words that end before ``index``, as many as make one unit."""
        best = self._torn_unit(index)
        for length in range(1, _MAX_UNIT_WORDS + 1):
            taken = self._tokens[max(0, index - length) : index]
            if len(taken) < length or any(token.is_empty for token in taken):
                break
            if taken[0].line != taken[-1].line or header_key(taken[0].text) in words("indicator", "nouns"):
                break
            if is_unit(" ".join(token.text for token in taken)):
                best = (index - length, index)
        return self._with_multiplier(best) if best is not None else None

    def _with_multiplier(self, unit: tuple[int, int]) -> tuple[int, int]:
        """The unit with the thousands that it counts by: "Bin Kişi"; in "12 bin kişi" they count something else."""
        start, end = unit
        if start < 2 or self._tokens[start - 1].line != self._tokens[start].line:
            return unit
        before, word = self._tokens[start - 2], self._tokens[start - 1].text
        counted = not word or before.is_number or word[0].isupper() != self._tokens[start].text[0].isupper()
        return unit if counted or header_key(word) not in words("indicator", "multipliers") else (start - 1, end)

    def _torn_unit(self, index: int) -> tuple[int, int] | None:
        """A unit of two words, neither of them one by itself in a label, that a line's end parts: "Metre" "kare"."""
        taken = self._tokens[max(0, index - 2) : index]
        if len(taken) < 2 or taken[0].line + 1 != taken[1].line or not taken[1].text[:1].islower():
            return None
        return (index - 2, index) if is_unit(" ".join(token.text for token in taken)) else None

    def _unit_after(self, index: int) -> tuple[int, int] | None:
        """The unit words that begin at ``index``, right behind the values, with nothing behind them on their line."""
        if begins_line(self._tokens, index):
            return None
        ends = (end for end in range(index + _MAX_UNIT_WORDS, index, -1) if end <= len(self._tokens))
        for end in ends:
            taken = self._tokens[index:end]
            if taken[0].line == taken[-1].line and is_unit(" ".join(token.text for token in taken)):
                return (index, end) if begins_line(self._tokens, end) or self.layout.prose else None
        return None

    def _units_stand_last(self) -> bool:
        """Whether more rows have their unit behind the values than before them."""
        full = [run for run in self.runs if value_count(run, len(self.layout.values)) >= len(self.layout.values)]
        behind = sum(self._unit_after(run.end) is not None for run in full)
        return behind > sum(self._unit_before(run.start) is not None for run in full)

    def _unknown_unit(self, index: int) -> tuple[int, int] | None:
        """A word that is no unit we know, where the label seems to end before it."""
        if index < 2 or self._tokens[index - 1].line != self._tokens[index - 2].line:
            return None
        word, before = self._tokens[index - 1].text, self._tokens[index - 2].text
        ended = before.endswith((")", "*")) or header_key(before) in words("indicator", "nouns")
        own = header_key(word) not in words("indicator", "nouns") and word[:1].isalpha() and not word.endswith(")")
        return (index - 1, index) if ended and own else None

    def ends_here(self, index: int) -> bool:
        """Whether the values end at ``index``: the line does, or a status or the dash of an empty reason follows."""
        if index >= len(self._tokens) or self._tokens[index].line != self._tokens[index - 1].line:
            return True
        if self.is_dash_cell(index):
            return True
        if self._tokens[index].is_empty and (self.layout.statuses or self.layout.prose):
            return True  # the cell of the text is visibly empty
        return bool(self.layout.statuses and self._status_length(index))

    def is_dash_cell(self, index: int) -> bool:
        """Whether the dash at ``index`` ends the line of its values: it fills the column of the prose."""
        after = self._tokens[index + 1 : index + 2]
        beside = not begins_line(self._tokens, index)
        ends = beside and (begins_line(self._tokens, index + 1) or (bool(after) and after[0].is_empty))
        return bool(self.layout.prose) and ends and self._tokens[index].is_dash

    def _status_length(self, index: int) -> int:
        """How many tokens from ``index`` are a status."""
        for length in range(min(_MAX_STATUS_WORDS, len(self._tokens) - index), 0, -1):
            taken = self._tokens[index : index + length]
            if taken[0].text and taken[-1].text and status_key(taken) in self._statuses:
                return length
        return 0

    def _without_status(self, run: Run) -> Run:
        """``run`` without a last number that belongs to a status ("6 ay")."""
        if self.layout.statuses and not run.compound and len(run.values) > 1 and self._status_length(run.end - 1) > 1:
            return Run(run.start, run.end - 1, run.values[:-1])
        return run

    def _without_reason(self, run: Run) -> Run:
        """``run`` without the empties and the last dash of text columns: the columns of values are full without."""
        count = len(self.layout.values)
        texts = len(self.layout.statuses) + len(self.layout.prose)
        while texts and not run.compound and len(run.values) > count and run.values[-1][0].is_empty:
            run, texts = Run(run.start, run.end - 1, run.values[:-1]), texts - 1
        last = bool(self.layout.prose) and run.values[-1][0].is_dash and not self.layout.statuses
        if last and not run.compound and value_count(run, count) == len(run.values) == count + 1:
            return Run(run.start, run.end - 1, run.values[:-1])
        return run

    def _sentence_begins(self, index: int) -> bool:
        """Whether a word with a capital stands at ``index``."""
        return index < len(self._tokens) and self._tokens[index].text[:1].isupper()

    def _learnt_statuses(self) -> frozenset[str]:
        """What follows the values to the end of the line, in a table with a column of statuses.

        It stands in several rows, or behind a row's unit and all its values where the status ends the row.
        """
        if not self.layout.statuses:
            return frozenset()
        counts: Counter[str] = Counter()
        closed: set[str] = set()
        for run in self.runs:
            if len(run.values) != len(self.layout.values) or self._status_length(run.end):
                continue
            line = self._tokens[run.end - 1].line
            rest: list[Token] = []
            for token in self._tokens[run.end :]:
                if token.line != line or token.is_empty:
                    break
                rest.append(token)
            if 0 < len(rest) <= _MAX_STATUS_WORDS and rest[0].text[:1].isalpha():
                counts[status_key(rest)] += 1
                if self.layout.has_unit and rest[0].text[0].isupper() and self._unit_before(run.start):
                    closed.add(status_key(rest))  # between its unit and the status, the row is whole
        sure = len(self.layout.statuses) == 1 and not self.layout.prose
        return frozenset(key for key, count in counts.items() if count > 1 or (sure and key in closed))
