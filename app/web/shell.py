"""What every page has around its content: the name, the way to the other pages, the switch of language."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.elements import safe
from app.web.texts import PAGES, Page, Texts
from indexer.records import Source

NAME = "Kente Sor"


def header(texts: Texts, page: Page) -> str:
    """The head of a page: a link that skips it, the name, the navigation."""
    links = "".join(f"<li>{_link(texts, other, is_current=other == page)}</li>" for other in PAGES)
    second, home = texts.other(), texts.address("ask")
    switch = (
        f'<a class="ks-switch" href="{second.address(page)}" lang="{second.language}" '
        f'hreflang="{second.language}">{safe(second("nav.language"))}</a>'
    )
    return (
        f'<a class="ks-skip" href="#ks-main">{safe(texts("nav.skip"))}</a><header class="ks-header">'
        f'<p class="ks-name"><a href="{home}">{NAME}</a></p>'
        f'<nav aria-label="{safe(texts("nav.label"))}"><ul class="ks-nav">{links}</ul></nav>{switch}</header>'
    )


def heading(texts: Texts, page: Page, sources: Sequence[Source] = ()) -> str:
    """The title of a page with one sentence on it, and how much is held."""
    municipalities = len({source.municipality for source in sources})
    held = texts("shell.held", municipalities=municipalities, documents=len(sources)) if sources else ""
    return (
        f'<div class="ks-heading" id="ks-main" tabindex="-1"><h1>{safe(texts(f"{page}.title"))}</h1>'
        f'<p>{safe(texts(f"{page}.lead"))}</p><p class="ks-count">{safe(held)}</p></div>'
    )


def footer(texts: Texts, masked: bool | None = None) -> str:
    """The personal data notice and the way for programs.

    Args:
        texts: the wording.
        masked: whether personal data in the documents is masked; None while no document is at hand.
    """
    documents = "" if masked is None else f"<p>{safe(texts('shell.masked' if masked else 'shell.unmasked'))}</p>"
    return (
        f'<footer class="ks-footer"><details><summary>{safe(texts("shell.privacy_title"))}</summary>'
        f"<p>{safe(texts('shell.privacy'))}</p>{documents}</details>"
        f'<p><a href="/api/docs">{safe(texts("shell.programs"))}</a></p></footer>'
    )


def _link(texts: Texts, page: Page, *, is_current: bool) -> str:
    current = ' aria-current="page"' if is_current else ""
    return f'<a href="{texts.address(page)}"{current}>{safe(texts(f"nav.{page}"))}</a>'
