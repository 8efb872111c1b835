"""The content security policies of what the server sends, and its other headers of safety."""

from __future__ import annotations

from typing import Final

POLICY: Final = "Content-Security-Policy"


def policy(script: str = "'none'", style: str = "'none'", img: str = "'none'", more: str = "") -> str:
    """A policy under which nothing comes from or goes to another host.

    Args:
        script: where scripts may come from; the other arguments say that of styles and pictures.
        style: see ``script``.
        img: see ``script``.
        more: further directives.
    """
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src {img}; connect-src 'self'; "
        f"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'{more}"
    )


GRADIO_POLICY: Final = policy(
    # unsafe-inline: the page of Gradio has inline scripts, one of them its configuration, which differs from page to
    # page; a hash or nonce of Gradio's there is none. unsafe-eval: its HTML component makes a function of its template
    # (`Function(…, "return `…`")`), and what an event has in js= becomes one as well; without it no page is shown.
    script="'self' 'unsafe-inline' 'unsafe-eval' blob:",
    style="'self' 'unsafe-inline'",  # every element that Gradio sizes has a style of its own
    img="'self' data: blob:",
    # Scripts in attributes, which HTML from a document or a question could bring in, do not run all the same.
    more="; script-src-attr 'none'; font-src 'self' data:; worker-src 'self' blob:; manifest-src 'self'",
)
HEADERS: Final = {
    POLICY: GRADIO_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every response; one that sets a header itself keeps it."""
