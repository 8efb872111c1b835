"""The printed total of a table where a question asks for all together and a part was found.

"Toplam su sarfiyatı" is answered by the row of totals, not by a month's row of the same column. The row found must be
one that the question does not name.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index import Index
from indexer.turkish import keys
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.finding.figures import Found
from qa.finding.lines import is_whole, lines_of
from qa.finding.row_question import with_same
from qa.records import Question
from qa.wording import figure_sentence

_PLAIN = frozenset({"sum", "figure", "count", "text"})


def table_total_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """The total of the column in which the likeliest figure stands; None where its own row is asked for.

    Args:
        question: the question as understood.
        found: the figures weighed for it, likeliest first.
        index: the index whose tables are read.
    """
    first = next(iter(found), None)
    if first is None or first.fact is None or "sum" not in question.wants or not set(question.wants) <= _PLAIN:
        return None
    if len(question.municipalities) > 1 or len(question.years) > 1:
        return None
    lines = lines_of(index, first.document)
    own = next((line for line in lines if line.row.span == first.quote and not line.attribute), None)
    if own is None or own.total or with_same(keys(own.row.label)) & with_same(question.content):
        return None
    for line in lines:
        if line.table is not own.table or not is_whole(line):
            continue
        for fact in line.facts:
            if (fact.column, fact.year, fact.unit) == (first.fact.column, first.fact.year, first.fact.unit):
                draft = Draft(index, confidence=first.probability, over_rows=True)
                one = found_of(fact, line, 1.0, first.probability)
                draft.text = figure_sentence(draft.add(one), question.language)
                return draft
    return None
