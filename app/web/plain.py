"""A page of plain HTML for when there is no page of Gradio: no such address, or no index."""

from __future__ import annotations

from typing import Final

from fastapi.responses import HTMLResponse

from app.web.elements import safe
from app.web.policy import POLICY, hash_of, policy
from app.web.shell import NAME
from app.web.texts import Texts

_STYLE = """
body { font: 1.1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color-scheme: light dark;
  max-width: 40rem; margin: 4rem auto; padding: 0 1.25rem; overflow-wrap: anywhere }
h1 { font-size: 1.1rem; margin: 0; color: #0f766e } h2 { font-size: 1.6rem; line-height: 1.25; margin: .25rem 0 1rem }
[role=alert] { border-left: 5px solid #b45309; padding-left: 1rem }
a { color: inherit } a:focus-visible { outline: 3px solid #0f766e; outline-offset: 2px }
@media (prefers-color-scheme: dark) { body { background: #0b1520; color: #e8eef3 } h1 { color: #2dd4bf } }
"""

_SECONDS: Final = 10
# A page that loads itself anew would take what is read away from under the reader's eyes: it does so once it is there.
_WAIT: Final = (
    f"setInterval(async () => {{ try {{ if ((await fetch(location.href)).ok) location.reload(); }} catch {{}} }}, "
    f"{_SECONDS * 1000});"
)


def plain_page(texts: Texts, title: str, message: str, hint: str, status: int, *, waits: bool = False) -> HTMLResponse:
    """A page that says what is wrong and what to do.

    Args:
        texts: the wording; its first page is linked.
        title: the heading, in plain text as the rest.
        message: what is wrong, as the engine says it: in Turkish.
        hint: what happens next or what to do.
        status: of the response.
        waits: whether the page opens by itself as soon as its address answers.
    """
    wait = f"<script>{_WAIT}</script>" if waits else ""
    content = (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        f'<title>{safe(title)} · {NAME}</title><link rel="icon" href="data:,">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f'<body><main><h1><a href="{texts.address("ask")}">{NAME}</a></h1><h2>{safe(title)}</h2>'
        f'<p role="alert" lang="tr">{safe(message)}</p><p>{safe(hint)}</p></main>{wait}</body></html>'
    )
    script = hash_of(_WAIT.encode()) if waits else "'none'"
    headers = {POLICY: policy(script=script, style="'unsafe-inline'", img="data:")}
    if waits:
        headers["Retry-After"] = str(_SECONDS)
    return HTMLResponse(content, status, headers)
