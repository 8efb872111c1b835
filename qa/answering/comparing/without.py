"""A sum without one of its parts: "personel giderleri hariç gider toplamı", "Temizlik dışındaki müdürlüklerin bütçesi".

The total is answered as if nothing were left out; the part is a row of the same table, year, measure and unit that
bears the name of what is left out. Of a total that was itself added up, the part is left out of the addends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from indexer.index import Index
from indexer.records import Fact
from indexer.turkish import keys
from qa.answering.comparing.common_unit import in_common_unit
from qa.answering.comparing.formulas import compute
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.exclusion import leaves_out
from qa.finding.figures import Found
from qa.finding.lines import Line, lines_of
from qa.records import AnswerFigure, Question
from qa.wording import computed_sentence, figure_sentence

_SURE = 0.9


def without_draft(question: Question, whole: Draft, index: Index) -> Draft | None:
    """What is left of a total without the part that the question leaves out; None where the part is not certain.

    Args:
        question: the question as understood; it leaves something out.
        whole: the draft that answers it as if it left nothing out.
        index: the index whose tables are read.
    """
    cells = [one for one in whole.found if one.fact is not None]
    added = [one for one in cells if leaves_out(question.excluded, one.label)]
    if len(cells) > 1 and len(added) == 1 and any(figure.computed for figure in whole.figures):
        return _rest_of(question, [one for one in cells if one is not added[0]], index)
    if len(cells) != 1 or added:
        return None
    part = _part(question, cells[0], index)
    if part is None:
        return None
    draft = Draft(index, confidence=_SURE, over_rows=True, understood=frozenset(keys(question.excluded)))
    figures = [draft.add(cells[0]), draft.add(part)]
    result = compute(draft, "difference", in_common_unit(figures))
    return _told(question, draft, result, figures) if result is not None else None


def _rest_of(question: Question, kept: list[Found], index: Index) -> Draft:
    draft = Draft(index, confidence=_SURE, over_rows=True, understood=frozenset(keys(question.excluded)))
    figures = [draft.add(one) for one in kept]
    total = sum((figure.value for figure in figures), Decimal(0))
    result = draft.compute(total, " + ".join(str(figure.value) for figure in figures), figures, figures[0].unit)
    return _told(question, draft, result, figures)


def _told(question: Question, draft: Draft, result: AnswerFigure, figures: Sequence[AnswerFigure]) -> Draft:
    told = [figure_sentence(figure, question.language) for figure in figures]
    draft.text = " ".join((computed_sentence(result, question.language), *told))
    return draft


def _part(question: Question, whole: Found, index: Index) -> Found | None:
    """The row left out, of the table of the total; None where there is none, or there are several values."""
    rows = [row for row in _rows(question, whole, index) if row[1].figure.value <= whole.figure.value]
    column = whole.fact.column if whole.fact is not None else ""
    own = [row for row in rows if row[1].column == column] or rows
    named = [row for row in own if set(keys(row[0].name)) == set(keys(question.excluded))]
    chosen = named or own
    if len({fact.figure.value for _, fact in chosen}) != 1:
        return None
    line, fact = chosen[0]
    return found_of(fact, line, 1.0, _SURE)


def _rows(question: Question, whole: Found, index: Index) -> Iterator[tuple[Line, Fact]]:
    for line in lines_of(index, whole.document):
        if not _in_table(line, whole) or line.attribute or not leaves_out(question.excluded, line.name):
            continue
        for fact in line.facts:
            if (fact.measure, fact.year, fact.unit) == (whole.measure, whole.year, whole.unit):
                yield line, fact


def _in_table(line: Line, whole: Found) -> bool:
    span = line.table.span
    return line.document == whole.document and span.start <= whole.quote.start < span.end
