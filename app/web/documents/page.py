"""The documents: what is held, and a reader."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

import gradio as gr

from app.live import LiveEngine
from app.objects import counts_of
from app.pages import may_have_file
from app.web.documents.book import book_of
from app.web.documents.leaves import leaves_of
from app.web.documents.overview import overview
from app.web.documents.reader import Reader
from app.web.documents.view import View
from app.web.elements import cut, safe
from app.web.shell import footer, heading
from app.web.texts import Texts
from qa.engine import Engine

_NAME = 200  # characters of an unknown document's name that are shown

# Links and forms work by themselves; with this the page follows them without being loaded anew, keeps the address and
# the history of the browser right, and shows the place that was asked for.
_FOLLOW: Final = """
const go = (query) => { element.dataset.followed = 'yes'; trigger('click', {view: query}); };
element.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-view]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(new URL(link.href).search);
});
element.addEventListener('submit', (event) => {
  event.preventDefault();
  go('?' + new URLSearchParams(new FormData(event.target)));
});
window.addEventListener('popstate', () => {
  if (!location.hash) trigger('click', {view: location.search});
});
watch('value', () => {
  const root = element.querySelector('[data-address]');
  if (!root) return;
  const followed = element.dataset.followed;
  delete element.dataset.followed;
  if (followed && root.dataset.address !== location.pathname + location.search) {
    history.pushState(null, '', root.dataset.address);
  } else if (!location.hash) {
    history.replaceState(history.state, '', root.dataset.address);
  }
  document.title = root.dataset.title;
  const other = document.querySelector('a.ks-switch');
  if (other) other.search = location.search;
  const goal = document.getElementById(root.dataset.goal || (followed ? 'ks-main' : ''));
  if (!goal) return;
  goal.focus({preventScroll: true});
  goal.scrollIntoView({block: goal.matches('h2, .ks-heading') ? 'start' : 'center'});
});
"""
_ANNOUNCE: Final = "element.setAttribute('role', 'status');"


def show(texts: Texts, engine: Engine, view: View) -> tuple[str, str]:
    """The page of a view, and what is said of it to those who do not see it change, both as HTML.

    Args:
        texts: the wording.
        engine: holds the documents.
        view: the list, or a place in a document; a document that is not held gives the list with a message.
    """
    index = engine.index
    if view.document in index.documents:
        document = index.documents[view.document]
        leaves = leaves_of(texts, index, document)
        reader = Reader(texts, book_of(index, view.document), view, leaves, has_file=may_have_file(index, document))
        title = document.source.title
        head = f'<div class="ks-heading" id="ks-main" tabindex="-1"><h1 lang="tr">{safe(title)}</h1></div>'
        return _root(texts, view, title, reader.goal, head + reader.html()), safe(reader.said)
    said = texts("documents.no_document", document=cut(view.document, _NAME)) if view.document else ""
    message = f'<p class="ks-card ks-message" role="alert">{safe(said)}</p>' if said else ""
    content = message + overview(texts, index.documents, counts_of(index))
    head = heading(texts, "documents", engine.sources())
    return _root(texts, View(), texts("documents.title"), "", head + content), safe(said)


def add_documents_page(page: gr.Blocks, live: LiveEngine, texts: Texts, foot: gr.HTML) -> None:
    """Lays the page out in ``page`` and says what its parts do; ``foot`` is filled with it."""
    content = gr.HTML(heading(texts, "documents"), js_on_load=_FOLLOW, elem_id="ks-documents")
    said = gr.HTML(js_on_load=_ANNOUNCE, elem_classes="ks-said")
    shown = [content, said]

    def begin(request: gr.Request) -> tuple[str, ...]:
        view = View.of_query(request.query_params.multi_items())
        return live.work(lambda engine: (*show(texts, engine, view), footer(texts, engine.index.manifest.masked)))

    def follow(event: gr.EventData) -> tuple[str, str]:
        view = View.of_query(parse_qsl(str(event.view).removeprefix("?")))
        return live.work(lambda engine: show(texts, engine, view))

    # "Back" while the page works is followed as well: address and page would not agree.
    content.click(follow, None, shown, api_visibility="private", show_progress="hidden", trigger_mode="multiple")
    page.load(begin, None, [*shown, foot], api_visibility="private", show_progress="hidden")


def _root(texts: Texts, view: View, title: str, goal: str, content: str) -> str:
    address = safe(view.address(texts.address("documents")))
    return (
        f'<div class="ks-documents" data-address="{address}" data-title="{safe(title)} · Kente Sor" '
        f'data-goal="{goal}">{content}</div>'
    )
