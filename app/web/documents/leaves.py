"""The pages of a PDF for the reader: which there are, the lines of each, and one of them as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.documents.view import View
from app.web.elements import safe
from app.web.sheets import sheet
from app.web.texts import Texts
from indexer.index import Index
from indexer.records import Document, Span
from indexer.storing.layouts import boxes_of


class Leaves:
    """The pages of one document.

    Args:
        texts: the wording.
        index: holds the document.
        document: one whose pages can be drawn, see :func:`leaves_of`.

    Attributes:
        numbers: the pages by their place in the file, in order.
    """

    def __init__(self, texts: Texts, index: Index, document: Document) -> None:
        self._texts, self._index, self._document = texts, index, document
        self.numbers = index.store.page_numbers(document.id)

    def nearest(self, page: int) -> int:
        """The page of this number, or the one nearest to it."""
        return min(self.numbers, key=lambda number: (abs(number - page), number))

    def lines(self, page: int) -> tuple[int, int]:
        """First and last line of a page's text."""
        starts = [place.start for place in self._document.pages]
        here = [n for n, place in enumerate(self._document.pages) if place.number == page]
        if not here:
            return 1, 1
        end = starts[here[-1] + 1] if here[-1] + 1 < len(starts) else len(self._document.text)
        return self._document.line_range(Span(starts[here[0]], max(starts[here[0]] + 1, end)))

    def page_of(self, line: int) -> int:
        """The page that a line stands on."""
        return self.nearest(self._document.page_at(self._document.lines[line - 1].start) or 1)

    def views(self, view: View, line: int) -> str:
        """The switch between the text and the pictures.

        Args:
            view: what is looked at.
            line: the line that is looked at, whose page is shown as a picture.
        """
        as_text = View(view.document, lines=view.lines, query=view.query, hit=view.hit)
        if as_text.lines is None and as_text.hit is None:
            as_text = View(view.document, start=line, query=view.query)
        page = view.page or self.page_of(line)
        as_picture = View(view.document, lines=view.lines, query=view.query, hit=view.hit, page=page)
        ways = (("as_text", as_text, view.page is None), ("as_picture", as_picture, view.page is not None))
        items = "".join(self._way(to, f"sheets.{name}", is_current=now) for name, to, now in ways)
        return f'<nav class="ks-views" aria-label="{safe(self._texts("sheets.views"))}">{items}</nav>'

    def shown(self, page: int) -> str:
        """Which page is shown, as plain text."""
        return self._texts("sheets.shown", page=page, pages=self.numbers[-1])

    def html(self, view: View, page: int, marked: Sequence[Span]) -> str:
        """A page as a picture, with the ways to the pages beside it.

        Args:
            view: what is looked at.
            page: its number.
            marked: what is marked on it.
        """
        layout = self._index.store.page_layout(self._document.id, page)
        if layout is None:
            return ""
        boxes = [box for span in marked for box in boxes_of(layout, span)]
        told = self._texts("sheets.whole", title=self._document.source.title, page=page)
        goal = self._texts("sheets.marked_place")
        legend = f'<p class="ks-less">{safe(self._texts("sheets.marked"))}</p>' if boxes else ""
        return (
            f'<div class="ks-stretch"><h2 id="ks-text" tabindex="-1">{safe(self.shown(page))}</h2>'
            f"{self._turn(view, page, 'above')}</div>{legend}"
            f'<div class="ks-whole-sheet" tabindex="0" role="region" aria-labelledby="ks-text">'
            f"{sheet(self._document.id, layout, told, boxes, goal=goal)}</div>"
            f'<div class="ks-stretch">{self._turn(view, page, "below")}</div>'
        )

    def _turn(self, view: View, page: int, place: str) -> str:
        position = self.numbers.index(page)
        beside = (("previous", position - 1), ("following", position + 1))
        ways = "".join(
            self._way(View(view.document, query=view.query, page=self.numbers[n]), f"sheets.{name}")
            for name, n in beside
            if 0 <= n < len(self.numbers)
        )
        label = safe(self._texts(f"documents.turn_{place}"))
        return f'<nav class="ks-paging" aria-label="{label}">{ways}</nav>' if ways else ""

    def _way(self, to: View, text: str, *, is_current: bool = False) -> str:
        address = safe(to.address(self._texts.address("documents")))
        current = ' aria-current="true"' if is_current else ""
        return f'<a href="{address}" data-view{current}>{safe(self._texts(text))}</a>'


def leaves_of(texts: Texts, index: Index, document: Document) -> Leaves | None:
    """The pages of a document; None where it is no PDF or its file is not there to draw them from."""
    is_drawn = document.format == "pdf" and index.original(document.id) is not None
    leaves = Leaves(texts, index, document) if is_drawn else None
    return leaves if leaves is not None and leaves.numbers else None
