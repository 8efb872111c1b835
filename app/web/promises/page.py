"""The promises: what was aimed at, what was reached, and why not."""

from __future__ import annotations

import gradio as gr

from app.live import LiveEngine
from app.web.shell import heading
from app.web.texts import Texts


def add_promises_page(page: gr.Blocks, live: LiveEngine, texts: Texts) -> None:
    """Lays the page out in ``page`` and says what its parts do."""
    title = gr.HTML(heading(texts, "promises"))
    page.load(
        lambda: heading(texts, "promises", live.current().sources()),
        None,
        title,
        api_visibility="private",
        show_progress="hidden",
    )
