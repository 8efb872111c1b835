"""The promises: what was aimed at, what was reached, and why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl

import gradio as gr

from app.live import LiveEngine
from app.promises.judging import STATES, State
from app.promises.records import LivePromises, Promise
from app.promises.view import View, mended, select
from app.web.elements import cut, safe
from app.web.promises.history import history
from app.web.promises.summary import summary
from app.web.promises.table import count_line, table
from app.web.shell import footer, heading
from app.web.texts import Texts
from indexer.turkish import ascii_key
from qa.engine import Engine

_GOAL, _CHOSEN = 110, 40  # characters of a goal's title in the filter, and where the filters are folded
_FILTERS: Final = {"municipality": 260, "goal": 260, "unit": 140, "year": 140, "state": 200}
"""The filters and their least widths in pixels: on a phone two narrow ones share a line."""

# Links to other views work by themselves; with this the page follows them without being loaded anew, and the link
# that was followed keeps the keyboard's focus; on another page of the table its first row has it.
_FOLLOW: Final = """
element.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-view]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  element.dataset.followed = link.id;
  trigger('click', {view: new URL(link.href).search});
});
watch('value', () => {
  const root = element.querySelector('[data-address]');
  if (root) {
    history.replaceState(history.state, '', root.dataset.address);
    const other = document.querySelector('a.ks-switch');
    if (other) other.search = location.search;
  }
  const name = element.dataset.followed;
  delete element.dataset.followed;
  if (!name) return;
  const link = document.getElementById(name);
  if (link && !link.closest('.ks-pager')) return link.focus();
  const first = element.querySelector('tbody a') || element.querySelector('a');  // another page, or the link is gone
  if (first) first.focus({preventScroll: true});
  element.scrollIntoView();
});
"""
# On a phone the filters would fill the first screen; elsewhere style.css has no fold for them.
_FOLD: Final = """() => {
  if (matchMedia('(max-width: 720px)').matches) document.querySelector('.ks-narrowing > button.open')?.click();
}"""
_ANNOUNCE: Final = "element.setAttribute('role', 'status');"


def add_promises_page(page: gr.Blocks, live: LiveEngine, texts: Texts, foot: gr.HTML) -> None:
    """Lays the page out in ``page`` and says what its parts do; ``foot`` is filled with it."""
    promises = LivePromises()
    title = gr.HTML(heading(texts, "promises"))
    order = gr.State("")
    with gr.Column(elem_classes="ks-follow"):
        query = gr.Textbox(
            label=texts("promises.search"),
            placeholder=texts("promises.placeholder"),
            lines=1,
            max_lines=1,
            submit_btn=texts("promises.submit"),
            elem_id="ks-search",
        )
        with gr.Accordion(texts("promises.filters"), open=True, elem_classes="ks-narrowing") as folded:
            with gr.Row(elem_classes="ks-filter-row"):
                municipality, goal, unit, year, state = (
                    gr.Dropdown(
                        choices=[], value=[], multiselect=True, label=texts(f"promises.{name}"), min_width=width
                    )
                    for name, width in _FILTERS.items()
                )
            gr.HTML(f'<p class="ks-hint">{safe(texts("promises.filters_hint"))}</p>')
    overview = gr.HTML(js_on_load=_FOLLOW)
    count = gr.HTML(js_on_load=_ANNOUNCE, elem_classes="ks-found")
    rows = gr.HTML(js_on_load=_FOLLOW, elem_id="ks-table")
    filters: list[Any] = [query, municipality, goal, unit, year, state]
    shown: list[Any] = [order, *filters, folded, overview, count, rows]

    def show(view: View) -> list[Any]:
        return live.work(lambda engine: _shown(texts, engine, promises.of(engine.index), view))

    def begin(request: gr.Request) -> list[Any]:
        engine = live.current()
        notice = footer(texts, engine.index.manifest.masked)
        view = View.of_query(request.query_params.multi_items())
        return [heading(texts, "promises", engine.sources()), notice, *show(view)]

    def choose(
        order: str, text: str, municipalities: list[str], goals: list[str], units: list[str], years: list[int],
        states: list[State],
    ) -> list[Any]:  # fmt: skip
        chosen = (tuple(municipalities), tuple(goals), tuple(units), tuple(years), tuple(states))
        return show(View(text.strip(), *chosen, order=order))

    def follow(event: gr.EventData) -> list[Any]:
        return show(View.of_query(parse_qsl(str(event.view).removeprefix("?"))))

    _on(query.submit, choose, [order, *filters], shown, rows)
    for choice in filters[1:]:
        _on(choice.input, choose, [order, *filters], shown, rows)
    for part in (overview, rows):
        _on(part.click, follow, None, shown, rows)
    _on(page.load, begin, None, [title, foot, *shown], rows, _FOLD)


def _on(
    event: Callable[..., Any],
    act: Callable[..., Any],
    inputs: Any,
    outputs: list[Any],
    slow: Any,
    js: str | None = None,
) -> Any:
    return event(
        act,
        inputs,
        outputs,
        api_visibility="private",
        show_progress="minimal",
        show_progress_on=slow,
        trigger_mode="multiple",  # what is chosen while the page works counts as well,
        concurrency_limit=1,  # and the last choice is answered last
        js=js,
    )


def _shown(texts: Texts, engine: Engine, promises: Sequence[Promise], view: View) -> list[Any]:
    """What the page shows of a view: its order, its filters, the numbers, the table."""
    choices = _Choices(texts, promises, view)
    view = choices.known(view)
    everything = select(promises, replace(view, states=()))
    rows = [row for row in everything if not view.states or row.record.state in view.states]
    opened = next((promise for promise in promises if promise.id == view.opened), None)
    told = history(texts, opened, engine.index.documents) if opened else ""
    return [
        view.order,
        view.query,
        *choices.dropdowns(view),
        choices.folded(view),
        summary(texts, everything, view),
        count_line(texts, rows, view),
        table(texts, rows, view, told, None if rows else mended(promises, view)),
    ]


class _Choices:
    """What the filters offer: goals and units are those of the municipalities that are chosen."""

    def __init__(self, texts: Texts, promises: Sequence[Promise], view: View) -> None:
        self._texts = texts
        self._municipalities = sorted({promise.commitment.municipality for promise in promises}, key=ascii_key)
        chosen = set(view.municipalities) & set(self._municipalities)
        own = [promise for promise in promises if not chosen or promise.commitment.municipality in chosen]
        goals = {promise.goal for promise in own if promise.goal}
        named = {goal: goal.title if len(chosen) == 1 else f"{goal.municipality}: {goal.title}" for goal in goals}
        self._goals = [
            (cut(named[goal], _GOAL), goal.id) for goal in sorted(goals, key=lambda goal: ascii_key(named[goal]))
        ]
        self._units = sorted({unit for promise in own for unit in promise.units}, key=ascii_key)
        self._years = sorted({record.year for promise in promises for record in promise.years}, reverse=True)

    def known(self, view: View) -> View:
        """The view without choices that are not offered, as an old address or another municipality may have."""
        goals = {goal for _, goal in self._goals}
        return replace(
            view,
            municipalities=tuple(name for name in view.municipalities if name in self._municipalities),
            goals=tuple(goal for goal in view.goals if goal in goals),
            units=tuple(unit for unit in view.units if unit in self._units),
            years=tuple(year for year in view.years if year in self._years),
        )

    def dropdowns(self, view: View) -> list[dict[str, Any]]:
        """The filters with what they offer and what is chosen."""
        states = [(self._texts(f"promises.state_{state}"), state) for state in STATES]
        years = [(str(year), year) for year in self._years]
        return [
            gr.update(choices=self._municipalities, value=list(view.municipalities)),
            gr.update(choices=self._goals, value=list(view.goals)),
            gr.update(choices=self._units, value=list(view.units), visible=bool(self._units)),
            gr.update(choices=years, value=list(view.years)),
            gr.update(choices=states, value=list(view.states)),
        ]

    def folded(self, view: View) -> dict[str, Any]:
        """The fold of the filters; it names what is chosen."""
        goals = {goal: title for title, goal in self._goals}
        states = [self._texts(f"promises.state_{state}") for state in view.states]
        chosen = [*view.municipalities, *(cut(goals[goal], _CHOSEN) for goal in view.goals), *view.units]
        names = ", ".join([*chosen, *map(str, view.years), *states])
        label = self._texts("promises.filtered", chosen=names) if names else self._texts("promises.filters")
        return gr.update(label=label)
