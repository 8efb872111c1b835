"""The content security policies of what the server sends, and its other headers of safety."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
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


def hash_of(script: bytes) -> str:
    """The hash by which a content security policy allows an inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def page_policy(scripts: Sequence[str] = ()) -> str:
    """The policy of Gradio's pages.

    Args:
        scripts: hashes of the inline scripts that may run: see :class:`app.web.scripts.OwnScripts`.
    """
    return policy(
        # unsafe-eval: Gradio's HTML component makes a function of its template (`Function(…, "return `…`")`) and of
        # js_on_load, and what an event has in js= becomes one as well; without it no page is shown.
        script=" ".join(["'self'", *scripts, "'unsafe-eval'", "blob:"]),
        style="'self' 'unsafe-inline'",  # every element that Gradio sizes has a style of its own
        img="'self' data: blob:",
        more="; script-src-attr 'none'; font-src 'self' data:; worker-src 'self' blob:; manifest-src 'self'",
    )


HEADERS: Final = {
    POLICY: page_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every response; one that sets a header itself keeps it."""
