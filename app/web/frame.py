"""The frame of a page: what the browser gets at once, before Gradio has built the page in it.

Gradio's own frame is white until its scripts are there, says nothing where scripts are switched off, and shows Gradio's
name and picture where an address is shared.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.web.elements import safe
from app.web.shell import NAME
from app.web.texts import Page, Texts

_HERE = Path(__file__).parent
_SCRIPTS: Final = {
    name: (_HERE / name).read_text("utf-8").partition("\n")[2].strip() for name in ("page.js", "ask/ask.js")
}
_CARD: Final = re.compile(r'[ \t]*<meta\s+(?:property="og:|name="twitter:)[^>]*>\n?')
_LANGUAGE: Final = re.compile(r'(<html\s+)lang="[^"]*"')
_STYLE: Final = (
    ".ks-opening{font:1rem/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;max-width:40rem;"
    "margin:4rem auto;padding:0 1.25rem}.ks-opening b{font-size:1.2rem;color:#0f766e}"
    "@media(prefers-color-scheme:dark){.ks-opening b{color:#2dd4bf}}body:has(.ks-header) .ks-opening{display:none}"
)


def framed(html: str, texts: Texts, page: Page) -> str:
    """Gradio's HTML of a page in the site's frame: name, language, scripts, and what is seen until the page is there.

    Args:
        html: as Gradio sends it.
        texts: the wording of the page.
        page: which one.
    """
    html = _LANGUAGE.sub(rf'\1lang="{texts.language}"', _CARD.sub("", html), count=1)
    return html.replace("<head>", f"<head>{_head(texts, page)}", 1).replace("</body>", f"{_opening(texts)}</body>", 1)


@lru_cache
def _head(texts: Texts, page: Page) -> str:
    lead, title = safe(texts(f"{page}.lead")), safe(page_title(texts, page))
    return (
        f'<title>{title}</title><meta name="description" content="{lead}">'
        f'<meta property="og:title" content="{title}"><meta property="og:description" content="{lead}">'
        f'<meta property="og:site_name" content="{NAME}"><meta name="robots" content="nofollow">'
        f"<style>{_STYLE}</style><script>{page_script(texts, page)}</script>"
    )


def page_title(texts: Texts, page: Page) -> str:
    """The name of a page, as the browser shows it."""
    return NAME if page == "ask" else f"{texts(f'{page}.title')} · {NAME}"


def page_script(texts: Texts, page: Page) -> str:
    """The site's own script of a page, without its tags; Gradio's come besides."""
    messages = {name: texts(f"shell.{name}") for name in ("busy", "too_large", "lost", "unexpected")}
    told = {"language": texts.language, "close": texts("shell.close"), "messages": messages}
    said = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    own = f"({_SCRIPTS['ask/ask.js']})();" if page == "ask" else ""
    return f"({_SCRIPTS['page.js']})({said});{own}"


def _opening(texts: Texts) -> str:
    return (
        f'<div class="ks-opening"><p><b>{NAME}</b></p><p role="status">{safe(texts("shell.opening"))}</p>'
        f"<noscript><style>.ks-opening [role=status]{{display:none}}</style><p>{safe(texts('shell.no_script'))} "
        f'<a href="/api/docs">{safe(texts("shell.programs"))}</a></p></noscript></div>'
    )
