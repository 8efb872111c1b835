"""Whether something will be made, bought or held: the rows of a plan that name it, told as what they are.

"Yeni tramvay hattı yapılacak mı?" is answered by the activity that plans a line and its budget. Whether the row is the
very thing is left to the reader: its name is told, and no "yes".
"""

from __future__ import annotations

import re
from functools import cache

from indexer.index import Index
from indexer.turkish import ascii_key
from qa.answering.doings import row_told
from qa.answering.draft import Draft
from qa.finding.named_rows import Named, NamedRow, named_matter, rows_naming
from qa.finding.row_question import all_sources_of
from qa.finding.row_words import word_groups, word_pattern
from qa.finding.vocabulary import says
from qa.records import Question
from qa.row_wording import planned_sentence

_ROWS = 4
_AHEAD = frozenset({"target", "estimate", "budget"})


def planned_draft(question: Question, index: Index) -> Draft | None:
    """The rows of a municipality's newest plan that name what will be; None where none does, or more is asked.

    Args:
        question: the question as understood.
        index: the index whose tables are read.
    """
    asked = ascii_key(question.query_text or question.text)
    if question.wants != ("yesno",) or len(question.municipalities) != 1 or _future().search(asked) is None:
        return None
    named = named_matter(question)
    if named is None or len(named.ways) != 1:
        return None
    for source in all_sources_of(question, question.municipalities[0], index):
        rows = [row for row in rows_naming(named, source.id, index, wider=True) if _plans(row, asked, question)]
        if rows:
            draft = Draft(index, over_rows=True, understood=_wider(named))
            told = [row_told(row, question, draft) for row in rows[:_ROWS]]
            draft.text = planned_sentence(source.municipality, source.title, told, question.language)
            return draft
    return None


def _plans(row: NamedRow, asked: str, question: Question) -> bool:
    """Whether a row plans what is asked for: in its year, to be bought where buying is asked, made and not mended."""
    ahead = [fact for fact in row.facts if fact.measure in _AHEAD]
    if question.years and not any(fact.year in question.years for fact in ahead):
        return False
    if not ahead and row.line.table.family != "projects":
        return False
    name = row.line.name
    if word_pattern("planned", "buys").search(asked) and not says("planned", name, "bought"):
        return False
    mended = says("opposites", name, "building_2") and not says("opposites", name, "building_1")
    return not mended or says("opposites", asked, "building_2")


def _wider(named: Named) -> frozenset[str]:
    """The words that a row may name by what they are a kind of."""
    return frozenset(word for way in named.ways for word in way if word in word_groups("wider"))


@cache
def _future() -> re.Pattern[str]:
    forms = "|".join(word_groups("planned")["asked"])
    return re.compile(rf"(?<!\w)(?:{forms})(?:lar|ler|misiniz|m[iu]yiz)? ?(?:m[iu])(?!\w)")
