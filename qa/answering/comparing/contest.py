"""Which municipality has more of a thing ("hangi belediye daha çok ağaç dikmeyi hedeflemiş"): each one's value, and
whose is the largest or the smallest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.index import Index
from indexer.turkish import ascii_key, key, tokens
from qa.answering.comparing.common_unit import add_converted, in_common_unit
from qa.answering.comparing.pairing import Ask, choose_together, named
from qa.answering.draft import Draft
from qa.asking import is_verb
from qa.finding.contrast import Side
from qa.finding.figures import Found, fitting
from qa.finding.row_words import word_pattern
from qa.finding.vocabulary import says
from qa.records import Asked, Question
from qa.row_wording import foremost_sentence, only_sentence
from qa.wording import computed_sentence, figure_sentence

_MOST = 4  # municipalities that are set against each other
_HELD = 0.6  # share of the question's nouns that the row of a municipality must hold
_BEHIND = 0.7  # of the fullest row's share: what another municipality's row must hold
_Held = Mapping[Question, list[Found]]
"""The cells that hold the matter, likeliest first, by the question for a municipality that has some."""

_VERBAL = re.compile(r"m[ae](?:k|y[ei]|y[ai]|s[ie]\w*)?\Z")  # "dökmeyi", "dağıtmak"


def contest_draft(question: Question, ask: Ask, index: Index) -> Draft | None:
    """A figure for each municipality and which one's is foremost, or that one alone has any; None where none has.

    Args:
        question: the question as understood; where it names municipalities, these alone are looked at.
        ask: finds the figures for a part of the question.
        index: the index whose municipalities are looked at.
    """
    if not asks_which(question):
        return None
    held = {part: able for part in _parts(question, index) if (able := _able(part, ask(part), index))}
    chosen = _chosen(held, index)
    if len(chosen) < 2:
        return _alone(question, held, index)
    draft = Draft(index, confidence=min(one.probability for one in chosen))
    least = word_pattern("contest", "least").search(ascii_key(question.query_text or question.text)) is not None
    terms = in_common_unit([draft.figure_of(one) for one in chosen])
    if not terms:
        return None
    order = sorted(zip(terms, chosen, strict=True), key=lambda pair: pair[0].value * (1 if least else -1))
    terms = [term for term, _ in order]
    figures = [draft.add(one) for _, one in order]
    told = [foremost_sentence([term.told() for term in terms], least, question.language)]
    told += [figure_sentence(figure, question.language) for figure in figures]
    told += [computed_sentence(one, question.language) for one in add_converted(draft, terms)]
    draft.text = " ".join(told)
    return draft


def _alone(question: Question, held: _Held, index: Index) -> Draft | None:
    """The figure of the only municipality that has one, told as that; None where none or more than one has."""
    if question.municipalities or len(held) != 1:
        return None
    ((first, *_),) = held.values()
    draft = Draft(index, confidence=first.probability)
    figure = draft.add(first)
    draft.text = f"{only_sentence(figure, question.language)} {figure_sentence(figure, question.language)}"
    return draft


def asks_which(question: Question) -> bool:
    """Whether a question asks which municipality has more or less of a thing."""
    key = ascii_key(question.query_text or question.text)
    which = word_pattern("contest", "which").search(key) is not None
    one_of_two = len(question.municipalities) == 2 and word_pattern("contest", "one").search(key) is not None
    compared = {"compare", "rank"} & set(question.wants)
    return bool(compared) and (which or one_of_two) and len(question.municipalities) != 1 and bool(question.content)


def _chosen(held: _Held, index: Index) -> list[Found]:
    """The figures of the municipalities whose rows hold what the question names, those that hold most of it first."""
    recalls = {part: named(_nouns(part), able[0], index) for part, able in held.items()}
    fullest = max(recalls.values(), default=0.0)
    near = [part for part, recall in recalls.items() if recall >= _BEHIND * fullest]
    near.sort(key=lambda part: (-recalls[part], -held[part][0].probability))
    return choose_together([Side(part, frozenset()) for part in near[:_MOST]], held.__getitem__, index)


def _parts(question: Question, index: Index) -> list[Question]:
    """The question for each of the municipalities that it names, or for each that is held."""
    held = dict.fromkeys(document.source.municipality for document in index.documents.values())
    return [_part(question, name) for name in question.municipalities or held]


def _part(question: Question, name: str) -> Question:
    """The question for one municipality alone, without the words that set it against others."""
    frame = word_pattern("contest", "frame")
    content = tuple(word for word in question.content if not frame.fullmatch(word)) or question.content
    topic = tuple(term for term in question.topic if not frame.fullmatch(term.rstrip("*")))
    return replace(question, municipalities=(name,), content=content, topic=topic, wants=("figure",), wants_figure=True)


def _able(question: Question, found: Sequence[Found], index: Index) -> list[Found]:
    """The cells of a year and measure asked for whose rows hold the matter, likeliest first."""
    nouns = _nouns(question)
    strange = {"%"} if says("money", question.query_text or question.text) else {"%", "TL"}  # a tree's price is no tree
    cells = [
        one for one in found if one.fact is not None and one.unit not in strange and named(nouns, one, index) >= _HELD
    ]
    return [one for one in cells if any(fitting([one], value) for value in question.asked or (Asked(),))]


def _nouns(question: Question) -> frozenset[str]:
    """The keys of the nouns that a question names: what is done with a thing has many names ("dökmek", "üretmek")."""
    words = [ascii_key(token.text) for token in tokens(question.query_text or question.text)]
    verbs = {key(word) for word in words if is_verb(word) or _VERBAL.search(word)}
    return frozenset(question.content) - verbs or frozenset(question.content)
