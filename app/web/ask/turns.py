"""The turns of a conversation: a question is asked, and the page shows its answer with what came before."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from app.web.ask import cards
from app.web.ask.sharing import as_text, shared_address
from app.web.ask.sources import Documents, panel, sources_of
from app.web.ask.why import why
from app.web.texts import Texts
from indexer.errors import InputError, KenteSorError
from indexer.records import Source
from qa.question import MAX_LENGTH
from qa.records import Answer, Filters, Question

_SHOWN_TURNS = 20

logger = logging.getLogger(__name__)


class QuestionEngine(Documents, Protocol):
    """What a conversation needs of :class:`qa.engine.Engine`."""

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """Answers a question; raises InputError with a message for the user."""

    def understand(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Question:
        """The question as it is understood."""

    def sources(self) -> list[Source]:
        """The documents that can be asked."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation as shown.

    Attributes:
        number: counts from 1 within the conversation.
        card: HTML; empty for a question that came with the address and is not shown.
        sources: HTML of the places that the answer rests on.
        asked: the question; None where it could not be worked on.
        answer: the newest turn's answer.
        documents: the ids of those that card and sources quote.
    """

    number: int
    card: str
    sources: str
    asked: str | None
    answer: Answer | None = None
    documents: frozenset[str] = frozenset()


Turns = tuple[Turn, ...]


class Shown(NamedTuple):
    """What the page shows: the newest answer, questions to go on with, the sources, the answers before, the box."""

    newest: str
    suggested: str
    sources: str
    earlier: str
    question: str
    turns: Turns


def answer_turn(texts: Texts, engine: QuestionEngine, question: str, filters: Filters, turns: Turns) -> Shown:
    """Asks a question and shows the conversation with its answer.

    Args:
        texts: the wording of the page.
        engine: answers it.
        question: as the user typed it.
        filters: what the user has chosen.
        turns: the conversation so far, oldest first.

    Returns:
        What the page shows; a question that cannot be worked on gives a message and stays in the box.
    """
    history = asked_before(turns)
    number = turns[-1].number + 1 if turns else 1
    kept = ""
    try:
        if gone := _gone(filters, engine.sources()):
            raise InputError(texts("ask.no_longer_held", chosen=", ".join(gone)))
        turn = _answered(texts, engine, question, history, filters, number)
    except KenteSorError as error:
        turn = Turn(number, cards.message_card(question, str(error), number), "", None)
        kept = question[:MAX_LENGTH]
    except Exception:
        logger.exception("a question could not be answered")
        turn = Turn(number, cards.message_card(question, texts("ask.unexpected"), number), "", None)
        kept = question[:MAX_LENGTH]
    before = tuple(replace(earlier, answer=None) for earlier in turns)
    return show(texts, engine.sources(), (*before, turn)[-_SHOWN_TURNS:], kept)


def show(texts: Texts, sources: Sequence[Source], turns: Turns, question: str = "") -> Shown:
    """The conversation as the page shows it; a welcome where nothing was asked.

    Of a turn that quotes a document which is no longer held only the question is kept, for the next to follow on.

    Args:
        texts: the wording.
        sources: the documents that are held.
        turns: the conversation, oldest first.
        question: what stays in the box.
    """
    held = {source.id for source in sources}
    turns = tuple(turn if turn.documents <= held else replace(turn, card="", sources="", answer=None) for turn in turns)
    newest = (turns[-1].card if turns else "") or cards.welcome(texts, sources)
    before = [turn.card for turn in turns[:-1] if turn.card and turn.asked is not None]
    places = [(turn.asked, turn.sources) for turn in reversed(turns) if turn.card and turn.asked is not None]
    return Shown(cards.log(texts, newest), "", panel(texts, places), cards.earlier(texts, before), question, turns)


def asked_before(turns: Turns) -> list[str]:
    """The questions of a conversation that could be worked on, oldest first."""
    return [turn.asked for turn in turns if turn.asked is not None]


def _gone(filters: Filters, sources: Sequence[Source]) -> list[str]:
    """What was chosen while it was held and was removed since."""
    held = {name for source in sources for name in (source.municipality, source.id)}
    return [name for name in (*filters.municipalities, *filters.documents) if name not in held]


def _answered(
    texts: Texts, engine: QuestionEngine, question: str, history: Sequence[str], filters: Filters, number: int
) -> Turn:
    answer = engine.ask(question, history, filters)
    titles = {source.id: source.title for source in engine.sources()}
    understood = engine.understand(question, history, filters)
    address = shared_address(texts, question, filters, _needed(engine, understood, question, history, filters))
    card = cards.answer_card(
        texts,
        answer,
        number,
        cards.tools(texts, as_text(texts, answer, titles), address) + why(texts, understood, answer),
        address,
        cards.chosen(filters, titles),
    )
    quoted = [citation.document for citation in answer.citations] or [hit.passage.document for hit in answer.passages]
    places = sources_of(texts, answer, number, engine, titles)
    return Turn(number, card, places, question, answer, frozenset(quoted))


def _needed(
    engine: QuestionEngine, understood: Question, question: str, history: Sequence[str], filters: Filters
) -> Sequence[str]:
    """The last questions of ``history`` without which ``question`` would be understood otherwise."""
    for first in range(len(history), 0, -1):
        alone = engine.understand(question, history[first:], filters)
        if replace(alone, carried=understood.carried) == understood:  # wherever it was taken from
            return history[first:]
    return history
