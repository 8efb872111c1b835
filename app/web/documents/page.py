"""The documents: what is held, and a reader."""

from __future__ import annotations

import gradio as gr

from app.live import LiveEngine
from app.web.shell import heading
from app.web.texts import Texts


def add_documents_page(page: gr.Blocks, live: LiveEngine, texts: Texts) -> None:
    """Lays the page out in ``page`` and says what its parts do."""
    title = gr.HTML(heading(texts, "documents"))
    page.load(
        lambda: heading(texts, "documents", live.current().sources()),
        None,
        title,
        api_visibility="private",
        show_progress="hidden",
    )
