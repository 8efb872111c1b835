"""Pages of PDFs as pictures with places marked on them; the marks are in percent of the page, so that they scale."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from app.web.elements import reader_address, safe
from app.web.texts import Texts
from indexer.layouts import boxes_of
from indexer.records import Box, PageLayout, Span
from qa.records import Citation

_AROUND = 0.05  # of a page's height that is shown above and below a quote
_LEAST, _MOST = 0.2, 0.5  # of a page's height


def picture_address(document: str, page: int) -> str:
    """The address of a page's picture, as an attribute's value."""
    return safe(f"/api/v1/documents/{quote(document)}/pages/{page}.webp")


def sheet(document: str, layout: PageLayout, told: str, quotes: Sequence[Box], figures: Sequence[Box] = ()) -> str:
    """A whole page.

    Args:
        document: its id.
        layout: the page.
        told: what the picture shows, for those who do not see it.
        quotes: places that are marked; the first one has the id ``ks-marked`` on a page of its own.
        figures: places within them that are marked more strongly.
    """
    marks = "".join(_mark(layout, box, "ks-box") for box in quotes)
    marks += "".join(_mark(layout, box, "ks-box ks-box-figure") for box in figures)
    return (
        f'<span class="ks-sheet" style="aspect-ratio: {layout.width:g} / {layout.height:g}">'
        f'<img src="{picture_address(document, layout.number)}" alt="{safe(told)}" loading="lazy" decoding="async">'
        f"{marks}</span>"
    )


def cited_sheet(texts: Texts, citation: Citation, layout: PageLayout, figures: Sequence[Span]) -> str:
    """The part of a page around a quote, with the quote and its figures marked, and the way to the whole page.

    Args:
        texts: the wording.
        citation: what is cited.
        layout: the page that it stands on.
        figures: where the figures that it is cited for stand in the document.
    """
    quotes = boxes_of(layout, citation.span)
    marked = [box for figure in figures for box in boxes_of(layout, figure)]
    told = texts("sheets.cited", title=citation.title, page=layout.number)
    top, height = _strip(layout, quotes)
    shift = f"{-100 * top / height:.3f}%"
    to = reader_address(texts, citation.document, citation.line_start, citation.line_end, layout.number)
    page = sheet(citation.document, layout, told, quotes, marked)
    legend = texts("sheets.legend_figure" if marked else "sheets.legend")
    return (
        f'<figure class="ks-cited-sheet"><a href="{to}" class="ks-strip" '
        f'style="aspect-ratio: {layout.width:g} / {height:g}"><span style="top: {shift}">{page}</span></a>'
        f'<figcaption>{safe(texts("place.page", page=layout.number))} · <a href="{to}">{safe(texts("sheets.open"))}</a>'
        f"<span>{safe(legend)}</span></figcaption></figure>"
    )


def _strip(layout: PageLayout, quotes: Sequence[Box]) -> tuple[float, float]:
    """The top and the height of the part of a page that is shown around a quote; of a long one, its beginning."""
    first = min((box.top for box in quotes), default=0.0) - _AROUND * layout.height
    last = max((box.bottom for box in quotes), default=0.0) + _AROUND * layout.height
    height = min(max(last - first, _LEAST * layout.height), _MOST * layout.height)
    if last - first < height:
        first -= (height - (last - first)) / 2
    return max(0.0, min(first, layout.height - height)), height


def _mark(layout: PageLayout, box: Box, look: str) -> str:
    across, down = 100 / layout.width, 100 / layout.height
    return (
        f'<span class="{look}" style="left: {box.x0 * across:.3f}%; top: {box.top * down:.3f}%; '
        f'width: {(box.x1 - box.x0) * across:.3f}%; height: {(box.bottom - box.top) * down:.3f}%"></span>'
    )
