"""The sources beside the conversation: each cited passage in its surroundings, quote and figures marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from app.web.ask.excerpt import Excerpt, excerpt
from app.web.elements import cut, heading_path, place, reader_address, safe
from app.web.sheets import cited_sheet
from app.web.texts import Texts
from indexer.records import PageLayout, Span
from qa.records import Answer, Citation, Hit


class Documents(Protocol):
    """What the sources need of :class:`qa.engine.Engine`."""

    def document_text(self, document: str) -> str:
        """The text of a document; raises KeyError where there is none of that id."""

    def page_layout(self, document: str, number: int) -> PageLayout | None:
        """A page of a PDF whose picture can be drawn; None where there is none."""


_SHORT, _LONGEST_QUOTE, _LONGEST_NEAREST, _NEAREST = 120, 1800, 500, 3
_PAGES = 3  # of one quote that are shown
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


def sources_of(texts: Texts, answer: Answer, turn: int, documents: Documents, titles: Mapping[str, str]) -> str:
    """The places of one answer in their surroundings; for a refusal the nearest passages, named as such.

    Args:
        texts: the wording.
        answer: the answer.
        turn: its number in the conversation; the marks in its card link to the places by it.
        documents: gives their texts and pages.
        titles: the titles of the documents by id.
    """
    if answer.citations:
        items = "".join(_citation(texts, citation, answer, turn, documents) for citation in answer.citations)
    else:
        items = "".join(_nearest(texts, hit, n, titles) for n, hit in enumerate(answer.passages[:_NEAREST], 1))
    if not items:
        return ""
    heading = texts("ask.sources" if answer.status == "answered" else "ask.nearest")
    return f'<h2>{safe(heading)}</h2><p class="ks-for">{safe(cut(answer.question, _SHORT))}</p>{items}'


def panel(texts: Texts, places: Sequence[tuple[str, str]]) -> str:
    """The sources beside the chat: those of the newest answer open, those of earlier ones to be unfolded.

    Args:
        texts: the wording.
        places: the question and its :func:`sources_of` of each answer, the newest first.
    """
    title = f"<h2>{safe(texts('ask.sources'))}</h2>"
    if not places:
        return f'<div class="ks-panel ks-quiet">{title}<p>{safe(texts("ask.sources_empty"))}</p></div>'
    newest = places[0][1] or f"{title}<p>{safe(texts('ask.sources_none'))}</p>"
    folded = "".join(
        f"<details><summary>{safe(texts('ask.earlier', question=cut(question, _SHORT)))}</summary>{content}</details>"
        for question, content in places[1:]
        if content
    )
    return f'<div class="ks-panel">{newest}{folded}</div>'


def _citation(texts: Texts, citation: Citation, answer: Answer, turn: int, documents: Documents) -> str:
    figures = [figure.text for figure in answer.figures if figure.citation == citation.n and figure.computed is None]
    try:
        text = documents.document_text(citation.document)
    except KeyError:
        text = ""
    piece = excerpt(text, citation.span, citation.quote, figures)
    where = place(texts, citation.line_start, citation.line_end, citation.page)
    address = reader_address(texts, citation.document, citation.line_start, citation.line_end)
    return (
        f'<section class="ks-source" id="kaynak-{turn}-{citation.n}" tabindex="-1">'
        f'<h3><span class="ks-chip">{citation.n}</span> {safe(citation.title)}</h3>'
        f"{heading_path(citation.context)}{_excerpt(piece)}{_sheets(texts, citation, piece, documents)}"
        f'<p class="ks-place">{safe(where)} · <a href="{address}">{safe(texts("ask.open_document"))}</a>'
        f' · <a href="#yanit-{turn}">{safe(texts("ask.back"))}</a></p></section>'
    )


def _sheets(texts: Texts, citation: Citation, piece: Excerpt, documents: Documents) -> str:
    """The pages of a PDF that a quote stands on, with it and its figures marked."""
    start = citation.span.start
    figures = [Span(start + figure.start, start + figure.end) for figure in piece.figures]
    pages = sorted({page for page, _ in citation.boxes})[:_PAGES]
    layouts = [documents.page_layout(citation.document, page) for page in pages]
    if pages and not any(layouts):  # the file of a PDF is kept unless personal data is masked in it
        return f'<p class="ks-place">{safe(texts("sheets.no_pictures"))}</p>'
    return "".join(cited_sheet(texts, citation, layout, figures) for layout in layouts if layout is not None)


def _nearest(texts: Texts, hit: Hit, n: int, titles: Mapping[str, str]) -> str:
    passage = hit.passage
    piece = Excerpt("", cut(passage.text, _LONGEST_NEAREST), "")
    where = place(texts, passage.line_start, passage.line_end, passage.page)
    address = reader_address(texts, passage.document, passage.line_start, passage.line_end)
    title = titles.get(passage.document, passage.document)
    return (
        f'<section class="ks-source"><h3><span class="ks-chip ks-pale">{n}</span> {safe(title)}</h3>'
        f"{heading_path(passage.context)}{_excerpt(piece, marked=False)}"
        f'<p class="ks-place">{safe(where)} · <a href="{address}">{safe(texts("ask.open_document"))}</a></p></section>'
    )


def _excerpt(piece: Excerpt, *, marked: bool = True) -> str:
    tag = "mark" if marked else "span"
    quote, end = [], 0
    for span in (*piece.figures, Span(len(piece.quote), len(piece.quote))):
        quote.append(_verbatim(piece.quote[end : span.start]))
        if span.start < span.end:
            quote.append(f"<strong>{safe(piece.quote[span.start : span.end])}</strong>")
        end = span.end
    return (
        f'<blockquote class="ks-excerpt">{_verbatim(piece.before)}<{tag}>{"".join(quote)}</{tag}>'
        f"{_verbatim(piece.after)}</blockquote>"
    )


def _verbatim(text: str) -> str:
    """Flattened PDFs have a blank line after nearly every line; they are left out."""
    if len(text) > _LONGEST_QUOTE:
        half = _LONGEST_QUOTE // 2
        text = f"{text[:half]} … {text[-half:]}"
    return safe(_BLANK_LINES.sub("\n", text))
