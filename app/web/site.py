"""The pages of the site, each one an application of Gradio at an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import gradio as gr

from app.live import LiveEngine
from app.web.ask.feedback import Feedback
from app.web.ask.page import add_ask_page
from app.web.documents.page import add_documents_page
from app.web.frame import page_title
from app.web.promises.page import add_promises_page
from app.web.shell import footer, header
from app.web.texts import Page, Texts

_QUEUE, _CONCURRENT = 64, 2
_SESSIONS = 300  # conversations of a page that are kept; Gradio would keep 10,000, ended ones among them
_ADD: Final[Mapping[Page, Callable[[gr.Blocks, LiveEngine, Texts, gr.HTML], None]]] = {
    "promises": add_promises_page,
    "documents": add_documents_page,
}


def build_page(page: Page, live: LiveEngine, texts: Texts, feedback: Feedback | None = None) -> gr.Blocks:
    """A page over an engine, without a server: see :func:`app.web.server.web_application`.

    Args:
        page: which one.
        live: gives the engine; it is not asked before the page is loaded.
        texts: the wording.
        feedback: keeps what users think of answers; None where they are not asked.
    """
    blocks: gr.Blocks = gr.Blocks(
        analytics_enabled=False,
        mode="blocks",
        title=page_title(texts, page),
        fill_height=False,
        fill_width=True,
        delete_cache=None,
    )
    with blocks:
        gr.HTML(header(texts, page))
        foot: Any = gr.HTML(footer(texts), render=False)
        if page == "ask":
            add_ask_page(blocks, live, texts, foot, feedback)
        else:
            _ADD[page](blocks, live, texts, foot)
        foot.render()
    blocks.state_session_capacity = _SESSIONS
    blocks.queue(status_update_rate="auto", max_size=_QUEUE, default_concurrency_limit=_CONCURRENT, api_open=False)
    return blocks
