"""The first page: what stands where, and what happens when a question is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import gradio as gr

from app.live import LiveEngine
from app.web.ask import cards, opinions
from app.web.ask.examples import Examples
from app.web.ask.feedback import Feedback
from app.web.ask.precedence import Precedence
from app.web.ask.sharing import read_shared, shared_address
from app.web.ask.turns import Shown, Turn, Turns, answer_turn, asked_before, show
from app.web.elements import safe
from app.web.shell import footer, heading
from app.web.texts import Texts
from indexer.records import Source
from indexer.turkish import ascii_key
from qa.records import Filters
from qa.suggestions import suggestions

_STATE_SECONDS = 4 * 3600
# Nothing of the page is covered while it works: ask.js shows that an answer is looked for.
_QUIET: Final[dict[str, Any]] = {"api_visibility": "private", "show_progress": "hidden"}


def add_ask_page(
    page: gr.Blocks, live: LiveEngine, texts: Texts, foot: gr.HTML, feedback: Feedback | None = None
) -> None:
    """Lays the page out in ``page`` and says what its parts do.

    Args:
        page: of Gradio.
        live: gives the engine.
        texts: the wording.
        foot: the page's foot, which is filled with it.
        feedback: where it keeps them, opinions on answers can be given.
    """
    turns = gr.State((), time_to_live=_STATE_SECONDS)
    title = gr.HTML(heading(texts, "ask"))
    with gr.Column(elem_classes="ks-ask"):
        question = gr.Textbox(
            label=texts("ask.question"),
            placeholder=texts("ask.placeholder"),
            lines=1,
            max_lines=5,
            autofocus=True,
            submit_btn=texts("ask.submit"),
            elem_id="ks-question",
        )
        with gr.Accordion(texts("ask.filters"), open=False, elem_classes="ks-filters") as accordion:
            filters = [
                gr.Dropdown(
                    choices=[],
                    value=[],
                    multiselect=True,
                    label=texts(f"ask.{name}"),
                    info=texts("ask.empty_means_all"),
                )
                for name in ("municipality", "document", "year")
            ]
        offered = gr.HTML(elem_id="ks-examples")
        gr.HTML(_pending(texts), elem_id="ks-pending")
        newest = gr.HTML(elem_id="ks-log")
        places = gr.HTML(elem_id="ks-panel")
        suggested = gr.HTML(elem_id="ks-next")
        with gr.Column(elem_classes="ks-below"):
            opinion = None if feedback is None else opinions.add_opinions(texts, turns, feedback)
            again = gr.Button(texts("ask.again"), size="sm", elem_classes="ks-again")
        earlier = gr.HTML(elem_id="ks-earlier")
    precedence = Precedence()
    offers = Examples(texts.language)

    def ask(text: str, municipalities: list[str], documents: list[str], years: list[int], before: Turns) -> Shown:
        with precedence.answering():
            filters = _filters(municipalities, documents, years)
            return live.work(lambda engine: answer_turn(texts, engine, text, filters, before))

    def suggest(municipalities: list[str], documents: list[str], years: list[int], before: Turns) -> str:
        return _suggested(texts, live, _filters(municipalities, documents, years), before, precedence)

    def begin(request: gr.Request) -> list[Any]:
        engine = live.current()
        sources = engine.sources()
        shared = read_shared(request.query_params, sources)
        before = tuple(Turn(n, "", "", text) for n, text in enumerate(shared.earlier, 1))
        held = _choices(sources, shared.filters)
        return [
            heading(texts, "ask", sources),
            footer(texts, engine.index.manifest.masked),
            _accordion(texts, sources, shared.filters),
            *held,
            _examples(texts, offers.known(engine)),
            *_kept(show(texts, sources, before, shared.question)),
        ]

    def offer() -> str:
        return _examples(texts, offers.find(live.current(), precedence.is_quiet))

    def narrow(municipalities: list[str], documents: list[str], years: list[int]) -> list[Any]:
        sources = live.current().sources()
        narrowed = _narrowed(sources, _filters(municipalities, documents, years))
        return [_accordion(texts, sources, narrowed), _choices(sources, narrowed)[1]]

    def clear() -> list[Any]:
        sources = live.current().sources()
        return [_accordion(texts, sources, Filters()), *_choices(sources, Filters()), *show(texts, sources, ())]

    shown = [newest, suggested, places, earlier, question, turns]
    sent = question.submit(
        ask,
        [question, *filters, turns],
        shown,
        api_name="ask",
        api_visibility="public",
        show_progress="hidden",
        trigger_mode="once",
        js="(...inputs) => { window.kenteSor.begin(); return inputs; }",
    )
    sent.failure(None, None, None, js="() => window.kenteSor.fail()", **_QUIET)  # Gradio then goes on with nothing else
    asked = sent.then(None, None, None, js="() => window.kenteSor.end()", **_QUIET)
    if opinion is not None:
        asked = asked.then(opinions.emptied, None, opinion, **_QUIET)
    cleared = again.click(clear, None, [accordion, *filters, *shown], js="() => window.kenteSor.again()", **_QUIET)
    gr.on(
        [choice.input for choice in filters],
        narrow,
        filters,
        [accordion, filters[1]],
        trigger_mode="multiple",
        concurrency_limit=1,
        **_QUIET,
    )
    loaded = page.load(begin, None, [title, foot, accordion, *filters, offered, *shown], **_QUIET)
    opened = loaded.then(None, None, None, js="() => window.kenteSor.open()", **_QUIET)
    for unasked in (
        asked.then(suggest, [*filters, turns], suggested, concurrency_limit=1, **_QUIET),
        cleared.then(offer, None, offered, concurrency_limit=1, **_QUIET),
        opened.then(offer, None, offered, concurrency_limit=1, **_QUIET),
    ):
        unasked.failure(None, None, None, js="() => window.kenteSor.hush()", **_QUIET)


def _suggested(texts: Texts, live: LiveEngine, filters: Filters, turns: Turns, precedence: Precedence) -> str:
    """Questions to go on with; the work ends as soon as somebody asks something."""
    answer = turns[-1].answer if turns else None
    if answer is None:
        return ""
    found = suggestions(
        live.current(), answer, texts.language, asked_before(turns), filters, may_go_on=precedence.is_quiet
    )
    links = [(question, shared_address(texts, question, filters)) for question in found]
    return cards.suggested(texts, links, is_refusal=answer.status == "abstained")


def _filters(municipalities: Sequence[str], documents: Sequence[str], years: Sequence[int]) -> Filters:
    return Filters(tuple(municipalities), tuple(documents), tuple(years))


def _narrowed(sources: Sequence[Source], filters: Filters) -> Filters:
    """The filters without documents of other municipalities than those chosen."""
    ids = {source.id for source in _offered(sources, filters)}
    return Filters(filters.municipalities, tuple(name for name in filters.documents if name in ids), filters.years)


def _offered(sources: Sequence[Source], filters: Filters) -> list[Source]:
    return [source for source in sources if not filters.municipalities or source.municipality in filters.municipalities]


def _choices(sources: Sequence[Source], filters: Filters) -> list[gr.Dropdown]:
    """The municipalities, the documents of those chosen, and the years, with what is chosen."""
    names = sorted({source.municipality for source in sources}, key=ascii_key)
    years = sorted({source.year for source in sources if source.year is not None})
    documents = [(source.title, source.id) for source in _offered(sources, filters)]
    return [
        gr.Dropdown(choices=names, value=list(filters.municipalities)),
        gr.Dropdown(choices=documents, value=list(filters.documents)),
        gr.Dropdown(choices=[(str(year), year) for year in years], value=list(filters.years)),
    ]


def _accordion(texts: Texts, sources: Sequence[Source], filters: Filters) -> gr.Accordion:
    """Names what is chosen, so that it is seen while the filters are folded."""
    titles = {source.id: source.title for source in sources}
    chosen = cards.chosen(filters, titles)
    label = texts("ask.filtered", chosen=chosen) if chosen else texts("ask.filters")
    return gr.Accordion(label=label)


def _examples(texts: Texts, questions: Sequence[str]) -> str:
    if not questions:
        return ""
    links = cards.asking_links([(question, shared_address(texts, question, Filters())) for question in questions])
    return f'<nav class="ks-examples" aria-label="{safe(texts("ask.examples"))}">{links}</nav>'


def _kept(shown: Shown) -> list[Any]:
    """What the page shows; an empty question leaves what has been written into the box meanwhile."""
    return [gr.skip() if part is shown.question and not part else part for part in shown]


def _pending(texts: Texts) -> str:
    names = {"text": "working", "slow": "slow", "failed": "failed"}
    told = " ".join(f'data-{name}="{safe(texts(f"ask.{text}"))}"' for name, text in names.items())
    return f'<p role="status" {told}></p>'
