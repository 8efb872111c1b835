"""What most money goes to: "en çok parayı neye harcıyor", where the question names no kind of row.

The activity with the most money and the kind of expense with the most money are both told, each named as what it is.
"""

from __future__ import annotations

from dataclasses import replace

from indexer.index import Index
from indexer.turkish import ascii_key
from qa.answering.draft import Draft
from qa.answering.money.budget_items import foremost_items
from qa.answering.ranking import foremost
from qa.features import FeatureReader
from qa.finding.row_question import Things, asks_least
from qa.finding.row_words import means, word_pattern
from qa.finding.vocabulary import says
from qa.records import Question
from qa.row_wording import most_spent_sentence

_SURE = 0.95
_ACTIVITIES = Things(("faaliyet",), "faaliyet", "faaliyet", "activity", ())


def most_spent_draft(question: Question, index: Index, reader: FeatureReader) -> Draft | None:
    """The activity and the kind of expense with the most money; None where something else is put in order.

    Args:
        question: the question as understood.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    text = question.query_text or question.text
    asked = word_pattern("most_spent", "asked").search(ascii_key(text)) is not None and says("money", text)
    if not asked or len(question.municipalities) != 1 or (question.wants_figure and "rank" not in question.wants):
        return None
    if any(not means("most_spent", "frame", word) for word in question.content if not word.isdigit()):
        return None
    draft = Draft(index, confidence=_SURE, over_rows=True, understood=frozenset(question.content))
    open_question = replace(question, units=("TL",), content=())
    least = asks_least(question)
    activities = foremost(open_question, replace(_ACTIVITIES, excluded=question.excluded), draft, reader)
    items = foremost_items(open_question, question.municipalities[0], draft)
    kinds = (("activity", activities), ("item", items))
    told = [most_spent_sentence(kind, rows, least, question.language) for kind, rows in kinds if rows]
    draft.text = " ".join(told)
    return draft if told else None
