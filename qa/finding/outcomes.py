"""The indicators whose row prints a target and an actual of one year, each once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.index import Index
from indexer.records import Fact
from indexer.turkish import keys
from qa.exclusion import leaves_out
from qa.features import FeatureReader
from qa.finding.lines import Line, lines_of
from qa.finding.row_question import scope_of
from qa.records import Question

_COVERED = 0.75  # share of the words that narrow the question down that a row must have


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """A target and an actual of one row and year."""

    line: Line
    target: Fact
    actual: Fact

    @property
    def share(self) -> Decimal:
        """How much of the target came about; 1 where the target is 0 and something did or did not."""
        return self.actual.figure.value / self.target.figure.value if self.target.figure.value else Decimal(1)


def outcomes_by_year(
    question: Question, rest: Sequence[str], index: Index, reader: FeatureReader
) -> Iterator[tuple[int | None, list[RowOutcome]]]:
    """The outcomes of each document that a question leaves, with their year; those of the year asked for, else its own.

    Args:
        question: the question as understood.
        rest: the keys of the words that narrow it down: a unit, a goal, a matter.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    for document in scope_of(question, index):
        year = question.years[0] if question.years else index.documents[document].source.year
        lines = [line for line in lines_of(index, document) if not leaves_out(question.excluded, line.name)]
        found = list(_outcomes(lines, year, rest, reader))
        if found:
            yield year, found


def _outcomes(
    lines: Sequence[Line], year: int | None, rest: Sequence[str], reader: FeatureReader
) -> Iterator[RowOutcome]:
    seen: set[tuple[str, ...]] = set()
    for line in lines:
        if "indicator" not in line.kinds or (rest and reader.coverage(rest, line.words) < _COVERED):
            continue
        targets = [fact for fact in line.facts if fact.measure == "target" and fact.year == year]
        actuals = [fact for fact in line.facts if fact.measure == "actual" and fact.year == year]
        name = (*keys(line.name), *(str(fact.figure.value) for fact in (*targets, *actuals)))
        if len(targets) == len(actuals) == 1 and targets[0].unit == actuals[0].unit and name not in seen:
            seen.add(name)
            yield RowOutcome(line, targets[0], actuals[0])
