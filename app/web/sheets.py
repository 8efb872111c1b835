"""Pages of PDFs as pictures with places marked on them; the marks are in percent of the page, so that they scale."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from app.web.elements import reader_address, safe
from app.web.texts import Texts
from indexer.records import Box, PageLayout, Span
from indexer.storing.layouts import boxes_of
from qa.records import Citation

_AROUND, _BESIDE = 0.05, 0.07  # of a page's height and width that are shown around a quote
_LEAST, _MOST = 0.2, 0.5  # of a page's height
_NARROWEST = 0.5  # of a page's width


def picture_address(document: str, page: int) -> str:
    """The address of a page's picture, as an attribute's value."""
    return safe(f"/api/v1/documents/{quote(document)}/pages/{page}.webp")


def sheet(
    document: str,
    layout: PageLayout,
    told: str,
    quotes: Sequence[Box],
    figures: Sequence[Box] = (),
    goal: str = "",
) -> str:
    """A whole page.

    Args:
        document: its id.
        layout: the page.
        told: what the picture shows, for those who do not see it.
        quotes: places that are marked.
        figures: places within them that are marked more strongly.
        goal: what the first place is called where the page is to be opened at it.
    """
    first = f'class="ks-box" id="ks-marked" tabindex="-1" role="img" aria-label="{safe(goal)}"'
    looks = [first if goal and not n else 'class="ks-box"' for n in range(len(quotes))]
    looks += ['class="ks-box ks-box-figure"'] * len(figures)
    marks = "".join(_mark(layout, box, look) for box, look in zip((*quotes, *figures), looks, strict=True))
    return (
        f'<span class="ks-sheet" style="aspect-ratio: {layout.width:g} / {layout.height:g}">'
        f'<img src="{picture_address(document, layout.number)}" alt="{safe(told)}" loading="lazy" decoding="async">'
        f"{marks}</span>"
    )


def cited_sheet(texts: Texts, citation: Citation, layout: PageLayout, figures: Sequence[Span]) -> str:
    """The part of a page around a quote, with the quote and its figures marked, and the way to the whole page.

    Nothing where the page has no word of the quote.

    Args:
        texts: the wording.
        citation: what is cited.
        layout: the page that it stands on.
        figures: where the figures that it is cited for stand in the document.
    """
    quotes = boxes_of(layout, citation.span)
    if not quotes:
        return ""
    marked = [box for figure in figures for box in boxes_of(layout, figure)]
    told = texts("sheets.cited", title=citation.title, page=layout.number)
    part = _strip(layout, quotes)
    width, height = part.x1 - part.x0, part.bottom - part.top
    shift = (
        f"left: {-100 * part.x0 / width:.3f}%; top: {-100 * part.top / height:.3f}%; "
        f"width: {100 * layout.width / width:.3f}%"
    )
    to = reader_address(texts, citation.document, citation.line_start, citation.line_end, layout.number)
    page = sheet(citation.document, layout, told, quotes, marked)
    legend = texts("sheets.legend_figure" if marked else "sheets.legend")
    return (
        f'<figure class="ks-cited-sheet"><a href="{to}" class="ks-strip" '
        f'style="aspect-ratio: {width:.2f} / {height:.2f}"><span style="{shift}">{page}</span></a>'
        f'<figcaption>{safe(texts("place.page", page=layout.number))} · <a href="{to}">{safe(texts("sheets.open"))}</a>'
        f"<span>{safe(legend)}</span></figcaption></figure>"
    )


def _strip(layout: PageLayout, quotes: Sequence[Box]) -> Box:
    """The part of a page that is shown around a quote; of a long one, its beginning."""
    around = _AROUND * layout.height
    first, last = min(box.top for box in quotes) - around, max(box.bottom for box in quotes) + around
    top, height = _widened(first, last, _LEAST * layout.height, layout.height)
    beside = _BESIDE * layout.width
    left, right = min(box.x0 for box in quotes) - beside, max(box.x1 for box in quotes) + beside
    x0, width = _widened(left, right, _NARROWEST * layout.width, layout.width)
    return Box(x0, top, x0 + width, top + min(height, _MOST * layout.height))


def _widened(first: float, last: float, least: float, room: float) -> tuple[float, float]:
    """Where a stretch begins and how long it is, once it is at least so long and within its room."""
    length = min(max(last - first, least), room)
    first -= max(0.0, length - (last - first)) / 2
    return max(0.0, min(first, room - length)), length


def _mark(layout: PageLayout, box: Box, look: str) -> str:
    across, down = 100 / layout.width, 100 / layout.height
    return (
        f'<span {look} style="left: {box.x0 * across:.3f}%; top: {box.top * down:.3f}%; '
        f'width: {(box.x1 - box.x0) * across:.3f}%; height: {(box.bottom - box.top) * down:.3f}%"></span>'
    )
