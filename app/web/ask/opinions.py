"""Thumbs up or down with a comment, below the newest answer; only where the operator keeps opinions."""

from __future__ import annotations

import gradio as gr

from app.web.ask.feedback import LONGEST_COMMENT, VERDICTS, Feedback
from app.web.ask.turns import Turns
from app.web.elements import safe
from app.web.texts import Texts


def add_opinions(texts: Texts, turns: gr.State, feedback: Feedback) -> list[gr.components.Component]:
    """Lays the form out.

    Args:
        texts: the wording.
        turns: the conversation; opinions are on its newest answer.
        feedback: keeps them.

    Returns:
        The parts that :func:`emptied` empties for the next answer.
    """
    with gr.Column(elem_classes="ks-opinions"):
        verdict = gr.Radio(
            [(texts(f"feedback.{name}"), name) for name in VERDICTS], value=None, label=texts("feedback.question")
        )
        with gr.Column(elem_classes="ks-comment"):
            comment = gr.Textbox(
                label=texts("feedback.comment"),
                info=texts("feedback.notice"),
                lines=2,
                max_lines=6,
                max_length=LONGEST_COMMENT,
            )
            send = gr.Button(texts("feedback.send"), size="sm")
        told = gr.HTML()

    def keep(given: str | None, written: str, before: Turns) -> tuple[str | None, str, str]:
        answer = before[-1].answer if before else None
        chosen = next((name for name in VERDICTS if name == given), None)
        if answer is None or chosen is None:
            return given, written, ""
        is_kept = feedback.keep(chosen, answer, written)
        message = f'<p role="status">{safe(texts("feedback.thanks" if is_kept else "feedback.lost"))}</p>'
        return None, "" if is_kept else written, message

    parts: list[gr.components.Component] = [verdict, comment, told]
    send.click(
        keep,
        [verdict, comment, turns],
        parts,
        api_visibility="private",
        show_progress="hidden",
        trigger_mode="once",
    )
    return parts


def emptied() -> tuple[None, str, str]:
    """The form for another answer."""
    return None, "", ""
