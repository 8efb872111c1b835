"""Pieces of HTML that every page uses. What comes from a document or from a user passes through :func:`safe`."""

from __future__ import annotations

import html
from collections.abc import Sequence
from urllib.parse import urlencode

from app.web.texts import Texts

_TEMPLATE_SIGNS = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})
_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), "\ufffd")
_HEADING = 160  # characters of one title of a heading path


def safe(text: str) -> str:
    """The text as HTML that shows it and does nothing else.

    Braces, dollar signs and backticks become entities as well: Gradio's HTML component reads templates. Signs that turn
    the direction of the text around are shown as a replacement sign.
    """
    return html.escape(text.translate(_BIDI), quote=True).translate(_TEMPLATE_SIGNS)


def cut(text: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()} …"


def heading_path(context: Sequence[str]) -> str:
    """The headings above a place, from the outermost; nothing where there are none."""
    titles = " › ".join(safe(cut(title, _HEADING)) for title in context)
    return f'<p class="ks-path">{titles}</p>' if titles else ""


def place(texts: Texts, first: int, last: int, page: int | None) -> str:
    """The lines of a place and its page where it is known, as plain text."""
    lines = texts("place.line", line=first) if first == last else texts("place.lines", first=first, last=last)
    return lines if page is None else f"{lines}, {texts('place.page', page=page)}"


def reader_address(texts: Texts, document: str, first: int, last: int, page: int | None = None) -> str:
    """The address of a document opened at these lines, or at the picture of their page, as an attribute's value."""
    query = urlencode({"d": document, "l": f"{first}-{last}"} | ({} if page is None else {"p": page}))
    return safe(f"{texts.address('documents')}?{query}")
