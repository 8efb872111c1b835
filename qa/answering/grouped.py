"""How many of a thing there are where a table lists them: the rows below "İTFAİYE ARAÇLARI", those named "Otobüs".

The rows are added up only where every row of the group counts, and none adds up the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from indexer.index import Index
from indexer.records import Fact
from indexer.turkish import keys
from indexer.units import find_unit
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.finding.agreement import is_measured
from qa.finding.counted import things_held
from qa.finding.lines import Line, lines_of
from qa.finding.row_question import all_sources_of
from qa.records import Question
from qa.row_wording import parts_sentence
from qa.wording import computed_sentence

_LEAST = 2
_TOLD = 8  # rows that a sentence names; those of more stand among the figures
_COUNTED = "adet"


def group_draft(question: Question, index: Index) -> Draft | None:
    """The sum of the rows that count a thing; None where not all of it is asked for, or fewer than two rows count it.

    Args:
        question: the question as understood.
        index: the index whose tables are read.
    """
    names = things_held(question)
    if not names or question.years or len(question.municipalities) != 1:
        return None
    for source in all_sources_of(question, question.municipalities[0], index):
        counted = _counted(names, lines_of(index, source.id))
        if len(counted) >= _LEAST:
            draft = Draft(index)
            figures = [draft.add(found_of(fact, line, 1.0)) for line, fact in counted]
            total = sum((figure.value for figure in figures), Decimal(0))
            result = draft.compute(total, " + ".join(figure.text for figure in figures), figures, _COUNTED)
            told = [computed_sentence(result, question.language)]
            told += [parts_sentence(figures, question.language)] if len(figures) <= _TOLD else []
            draft.text = " ".join(told)
            return draft
    return None


def _counted(names: frozenset[str], lines: Iterable[Line]) -> list[tuple[Line, Fact]]:
    """The rows of the group that bears the name, or else the rows that bear it in groups of others; each once."""
    group: list[tuple[Line, Fact | None]] = []
    alike: list[tuple[Line, Fact | None]] = []
    for line in lines:
        if not line.row.section or line.attribute:
            continue
        if frozenset(keys(line.row.section[-1])) == names:
            group.append((line, _count_of(line)))
        elif frozenset(keys(_own_name(line))) == names:
            alike.append((line, _count_of(line)))
    chosen = group or alike
    counts = [(line, fact) for line, fact in chosen if fact is not None and not line.total]
    return counts if len(counts) == len(chosen) else []


def _own_name(line: Line) -> str:
    """The name of a row without that of its group."""
    return line.name.removeprefix(line.row.section[-1]).lstrip(" –-:")


def _count_of(line: Line) -> Fact | None:
    """The one value of a row, where it counts things."""
    facts = [fact for fact in line.facts if fact.measure == "count"]
    if len(facts) != 1 or is_measured(find_unit(facts[0].unit or _COUNTED)):
        return None
    return facts[0]
