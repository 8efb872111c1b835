"""The page: what stands where, and what happens when a question is asked."""

from __future__ import annotations

import logging
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib import resources
from itertools import cycle
from typing import Any, Protocol

import gradio as gr

from app.web import render
from indexer.errors import KenteSorError
from indexer.records import Source
from indexer.turkish import ascii_key
from qa.records import Answer, Filters

TITLE = "Kente Sor"
_SHOWN_TURNS, _EXAMPLES, _STATE_SECONDS = 20, 6, 4 * 3600
_KEPT = 1000  # characters of a refused question that stay in the box
_QUEUE, _CONCURRENT = 64, 2

logger = logging.getLogger(__name__)


class QuestionEngine(Protocol):
    """What the page needs of :class:`qa.engine.Engine`."""

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


def answer_turn(
    engine: QuestionEngine, question: str, municipalities: Sequence[str], documents: Sequence[str], turns: Turns
) -> Shown:
    """Asks a question and shows the conversation with its answer.

    Args:
        engine: answers it.
        question: as the user typed it.
        municipalities: the names that the user has chosen; empty for all.
        documents: the ids that the user has chosen; empty for all.
        turns: the conversation so far, oldest first.

    Returns:
        What the page shows; a question that cannot be worked on gives a message and stays in the box.
    """
    history = [turn.asked for turn in turns if turn.asked is not None]
    number = turns[-1].number + 1 if turns else 1
    kept, asked, sources = "", None, ""
    try:
        answer = engine.ask(question, history, Filters(tuple(municipalities), tuple(documents)))
        titles = {source.id: source.title for source in engine.sources()}
        card = render.answer_card(answer, number)
        sources = render.sources_panel(answer, number, engine.document_text, titles)
        asked = question
    except KenteSorError as error:
        card, kept = render.message_card(question, str(error)), question[:_KEPT]
    except Exception:
        logger.exception("a question could not be answered")
        card = render.message_card(question, "Beklenmeyen bir hata oluştu; soru yanıtlanamadı. Lütfen yeniden deneyin.")
    turn = Turn(number, card, sources, asked)
    return _shown(engine, (*turns, turn)[-_SHOWN_TURNS:], kept)


def _shown(engine: QuestionEngine, turns: Turns, kept: str = "") -> Shown:
    cards = [turn.card for turn in turns]
    welcome = "" if cards else render.welcome(engine.sources())
    places = [(turn.asked, turn.sources) for turn in reversed(turns) if turn.asked is not None]
    return render.conversation(cards, welcome), render.panel(places), kept, turns


def examples(sources: Sequence[Source], limit: int = _EXAMPLES) -> list[str]:
    """Example questions about the documents that are held, of as many municipalities and kinds as there are."""
    data = tomllib.loads(resources.files("app.web").joinpath("examples.toml").read_text("utf-8"))
    templates = {kind: cycle(questions) for kind, questions in data.items()}
    years = Counter(source.year for source in sources if source.year is not None)
    questions = [text.format(year=year) for text in data["general"] for year, _ in years.most_common(1)]
    rounds = sorted(sources, key=lambda source: [other.municipality for other in sources].index(source.municipality))
    for source in [*rounds, *rounds]:
        template = next(templates[source.kind])
        if source.year is not None:
            questions.append(template.format(municipality=source.municipality, year=source.year))
    return list(dict.fromkeys(questions))[:limit]


def build_app(engine: QuestionEngine) -> gr.Blocks:
    """The page over an engine, without a server: see :func:`app.web.server.serve`."""
    sources = engine.sources()
    conversation, panel, _, _ = _shown(engine, ())
    page: gr.Blocks = gr.Blocks(analytics_enabled=False, title=TITLE, fill_width=True)
    with page:
        turns = gr.State((), time_to_live=_STATE_SECONDS)
        gr.HTML(render.header(TITLE, sources))
        with gr.Row(elem_classes="ks-columns"):
            with gr.Column(scale=3, min_width=340):
                question = gr.Textbox(
                    label="Sorunuz",
                    placeholder="Belediyenin planları, harcamaları, yaptıkları hakkında sorun",
                    lines=1,
                    max_lines=5,
                    autofocus=True,
                    submit_btn="Sor",
                    elem_id="ks-question",
                )
                with gr.Accordion(
                    "Yalnız seçtiğim belediye ya da belgelerde ara", open=False, elem_classes="ks-filters"
                ):
                    municipality = gr.Dropdown(
                        choices=[
                            name for _, name in sorted({(ascii_key(s.municipality), s.municipality) for s in sources})
                        ],
                        value=[],
                        multiselect=True,
                        label="Belediye",
                        info="Boşsa hepsi",
                    )
                    document = gr.Dropdown(
                        choices=_document_choices(sources),
                        value=[],
                        multiselect=True,
                        label="Belge",
                        info="Boşsa hepsi",
                    )
                with gr.Row(elem_classes="ks-examples"):
                    buttons = [gr.Button(example, size="sm", min_width=120) for example in examples(sources)]
                log = gr.HTML(conversation, elem_id="ks-log")
                again = gr.Button("Yeni sohbet", size="sm", elem_classes="ks-again")
            with gr.Column(scale=2, min_width=320):
                places = gr.HTML(panel, elem_id="ks-panel")
        chosen: list[Any] = [municipality, document, turns]
        shown: list[Any] = [log, places, question, turns]
        question.submit(
            partial(answer_turn, engine), [question, *chosen], shown, api_name="ask", show_progress="minimal"
        )
        for button, example in zip(buttons, examples(sources), strict=True):
            button.click(
                partial(answer_turn, engine, example), chosen, shown, api_visibility="private", show_progress="minimal"
            )
        again.click(lambda: _shown(engine, ()), None, shown, api_visibility="private", show_progress="hidden")
        municipality.change(
            partial(_narrow, sources),
            [municipality, document],
            document,
            api_visibility="private",
            show_progress="hidden",
        )
    page.queue(max_size=_QUEUE, default_concurrency_limit=_CONCURRENT, api_open=False)
    return page


def _narrow(sources: Sequence[Source], municipalities: Sequence[str], documents: Sequence[str]) -> gr.Dropdown:
    """Offers only the documents of the chosen municipalities."""
    offered = [source for source in sources if not municipalities or source.municipality in municipalities]
    ids = {source.id for source in offered}
    return gr.Dropdown(
        choices=_document_choices(offered), value=[document for document in documents if document in ids]
    )


def _document_choices(sources: Sequence[Source]) -> list[tuple[str, str]]:
    return [(source.title, source.id) for source in sources]
