"""Numbers that name a decision, a law or a protocol: asked for by "kaç sayılı karar", told by "1137 sayılı karar"."""

from __future__ import annotations

import re

from indexer.records import Figure
from indexer.turkish import ascii_key, keys
from qa.answering.row_words import word_pattern
from qa.answering.statements import Statement
from qa.records import Question

_NAMED = 5  # words after such a number within which the act is named
_QUESTION_WORDS = re.compile(r"\w+")


def asks_number_of_act(question: Question) -> bool:
    """Whether the number of a decision, a law or another act is asked for, not how many there are."""
    return word_pattern("acts", "asked").search(ascii_key(question.query_text or question.text)) is not None


def numbers_act(question: Question, statement: Statement, figure: Figure) -> bool:
    """Whether a number names an act of the kind asked for: the first noun after "kaç sayılı" follows it.

    Args:
        question: one for which :func:`asks_number_of_act` holds.
        statement: the sentence that holds the number.
        figure: the number.
    """
    text = question.query_text or question.text
    asked = word_pattern("acts", "asked").search(ascii_key(text))
    if asked is None:
        return False
    following = statement.between(figure.span.end, statement.span.end)
    start = len(following) - len(following.lstrip(" \u00a0\n'’"))
    told = word_pattern("acts", "told").match(ascii_key(following), start)
    if told is None:
        return False
    named = keys(" ".join(_QUESTION_WORDS.findall(text[asked.end() :])[:_NAMED]))
    there = set(keys(" ".join(_QUESTION_WORDS.findall(following[told.end() :])[:_NAMED])))
    return not named or named[0] in there or any(word in there for word in named[:2])
