"""The first page: what stands where, and what happens when a question is asked."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import gradio as gr

from app.live import LiveEngine
from app.web.ask import cards
from app.web.ask.examples import EXAMPLES, examples
from app.web.ask.sources import panel, sources_of
from app.web.shell import heading
from app.web.texts import Texts
from indexer.errors import KenteSorError
from indexer.records import Source
from indexer.turkish import ascii_key
from qa.records import Answer, Filters

_SHOWN_TURNS, _STATE_SECONDS = 20, 4 * 3600
_KEPT = 1000  # characters of a refused question that stay in the box

logger = logging.getLogger(__name__)


class QuestionEngine(Protocol):
    """What a conversation needs of :class:`qa.engine.Engine`."""

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """Answers a question; raises InputError with a message for the user."""

    def sources(self) -> list[Source]:
        """The documents that can be asked."""

    def document_text(self, document: str) -> str:
        """The text of a document; raises KeyError where there is none of that id."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation as shown; ``asked`` is None where it could not be worked on."""

    number: int
    card: str
    sources: str
    asked: str | None


Turns = tuple[Turn, ...]
Shown = tuple[str, str, str, Turns]
"""The conversation, the sources panel, what stays in the question box, and the conversation so far."""


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
    history = [turn.asked for turn in turns if turn.asked is not None]
    number = turns[-1].number + 1 if turns else 1
    kept, asked, sources = "", None, ""
    try:
        answer = engine.ask(question, history, filters)
        titles = {source.id: source.title for source in engine.sources()}
        card = cards.answer_card(texts, answer, number)
        sources = sources_of(texts, answer, number, engine.document_text, titles)
        asked = question
    except KenteSorError as error:
        card, kept = cards.message_card(question, str(error)), question[:_KEPT]
    except Exception:
        logger.exception("a question could not be answered")
        card = cards.message_card(question, texts("ask.unexpected"))
    turn = Turn(number, card, sources, asked)
    return _shown(texts, engine.sources(), (*turns, turn)[-_SHOWN_TURNS:], kept)


def _shown(texts: Texts, sources: Sequence[Source], turns: Turns, kept: str = "") -> Shown:
    shown = [turn.card for turn in turns]
    welcome = "" if shown else cards.welcome(texts, sources)
    places = [(turn.asked, turn.sources) for turn in reversed(turns) if turn.asked is not None]
    return cards.conversation(texts, shown, welcome), panel(texts, places), kept, turns


def add_ask_page(page: gr.Blocks, live: LiveEngine, texts: Texts) -> None:
    """Lays the page out in ``page`` and says what its parts do."""
    turns = gr.State((), time_to_live=_STATE_SECONDS)
    title = gr.HTML(heading(texts, "ask"))
    with gr.Row(elem_classes="ks-columns"):
        with gr.Column(scale=3, min_width=340):
            question = gr.Textbox(
                label=texts("ask.question"),
                placeholder=texts("ask.placeholder"),
                lines=1,
                max_lines=5,
                autofocus=True,
                submit_btn=texts("ask.submit"),
                elem_id="ks-question",
            )
            with gr.Accordion(texts("ask.filters"), open=False, elem_classes="ks-filters"):
                municipality, document, year = (
                    gr.Dropdown(
                        choices=[],
                        value=[],
                        multiselect=True,
                        label=texts(f"ask.{name}"),
                        info=texts("ask.empty_means_all"),
                    )
                    for name in ("municipality", "document", "year")
                )
            with gr.Row(elem_classes="ks-examples"):
                buttons = [gr.Button("", size="sm", min_width=120, visible=False) for _ in range(EXAMPLES)]
            log = gr.HTML(elem_id="ks-log")
            again = gr.Button(texts("ask.again"), size="sm", elem_classes="ks-again")
        with gr.Column(scale=2, min_width=320):
            places = gr.HTML(elem_id="ks-panel")

    def ask(text: str, municipalities: list[str], documents: list[str], years: list[int], before: Turns) -> Shown:
        filters = Filters(tuple(municipalities), tuple(documents), tuple(years))
        return answer_turn(texts, live.current(), text, filters, before)

    def begin() -> list[Any]:
        sources = live.current().sources()
        shown = _shown(texts, sources, ())
        offered = examples(sources, texts.language)
        examples_shown = [
            gr.Button(offered[n] if n < len(offered) else "", visible=n < len(offered)) for n in range(EXAMPLES)
        ]
        names = sorted({source.municipality for source in sources}, key=ascii_key)
        held_years = sorted({source.year for source in sources if source.year is not None})
        choices = [
            gr.Dropdown(choices=names),
            gr.Dropdown(choices=_document_choices(sources)),
            gr.Dropdown(choices=[(str(held), held) for held in held_years]),
        ]
        return [heading(texts, "ask", sources), *choices, *examples_shown, *shown]

    def narrow(municipalities: list[str], documents: list[str]) -> gr.Dropdown:
        return _narrow(live.current().sources(), municipalities, documents)

    chosen: list[Any] = [municipality, document, year, turns]
    shown: list[Any] = [log, places, question, turns]
    question.submit(ask, [question, *chosen], shown, api_name="ask", show_progress="minimal")
    for button in buttons:
        button.click(ask, [button, *chosen], shown, api_visibility="private", show_progress="minimal")
    again.click(
        lambda: _shown(texts, live.current().sources(), ()),
        None,
        shown,
        api_visibility="private",
        show_progress="hidden",
    )
    municipality.change(narrow, [municipality, document], document, api_visibility="private", show_progress="hidden")
    page.load(
        begin,
        None,
        [title, municipality, document, year, *buttons, *shown],
        api_visibility="private",
        show_progress="hidden",
    )


def _narrow(sources: Sequence[Source], municipalities: Sequence[str], documents: Sequence[str]) -> gr.Dropdown:
    """Offers only the documents of the chosen municipalities."""
    offered = [source for source in sources if not municipalities or source.municipality in municipalities]
    ids = {source.id for source in offered}
    return gr.Dropdown(
        choices=_document_choices(offered), value=[document for document in documents if document in ids]
    )


def _document_choices(sources: Sequence[Source]) -> list[tuple[str, str]]:
    return [(source.title, source.id) for source in sources]
