"""The reader: a stretch of a document with its lines, what is marked in it, its contents and the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from urllib.parse import quote

from app.web.documents.book import Book, Entry, Stretch
from app.web.documents.finding import SHORTEST, Hits, find
from app.web.documents.leaves import Leaves
from app.web.documents.overview import about, download
from app.web.documents.tables import tables
from app.web.documents.view import LONGEST_QUERY, View
from app.web.elements import cut, safe
from app.web.texts import Texts
from indexer.records import Line, Span
from qa.wording import number

_TITLE, _ABOVE = 120, 80  # characters of a heading in the contents, and above the text
_FEW = 6  # outermost headings; where there are fewer, the next ones are shown as well
_PLAIN = ("text", "markdown")  # formats whose text is the file itself
_LISTED = 50  # hits that are listed at a time


class Reader:
    """One view of a document as HTML.

    Args:
        texts: the wording.
        book: the document.
        view: what is looked at; a place that the document does not have becomes the nearest one.
        leaves: its pages, where they can be shown as pictures.
        has_file: whether its file can be downloaded.
    """

    def __init__(
        self, texts: Texts, book: Book, view: View, leaves: Leaves | None = None, *, has_file: bool = False
    ) -> None:
        self._texts, self._book, self._leaves, self._has_file = texts, book, leaves, has_file
        self._document = book.document
        self._lines = len(self._document.lines)
        self._hits: Hits | None = find(self._document, view.query) if len(view.query) >= SHORTEST else None
        self._view = self._placed(view)
        self.stretch = self._stretch()

    @property
    def goal(self) -> str:
        """The id of the element to show first, empty for the top of the page."""
        if self._view.page:
            return "ks-marked" if self._view.lines or self._view.hit else "ks-text"
        if self._view.hit:
            return "ks-now"
        if self._view.lines:
            return "ks-marked"
        if self._view.query and self._view.start is None:
            return "ks-find"
        return "ks-text" if self._view.start is not None else ""

    @property
    def said(self) -> str:
        """What is told to those who do not see the page change, as plain text."""
        place = self._texts("documents.shown", first=self.stretch.first, last=self.stretch.last)
        if self._leaves is not None and self._view.page:
            place = self._leaves.shown(self._view.page)
        return f"{self._found()} {place}".strip()

    def html(self) -> str:
        """The reader without its title."""
        source = self._document.source
        every = safe(self._texts.address("documents"))
        facts = f"{about(self._texts, source)} · {self._texts('documents.lines', lines=self._number(self._lines))}"
        found = tables(
            self._texts,
            self._document,
            self._book.tables_within(self.stretch.first, self.stretch.last),
            self._view.lines,
        )
        return (
            f'<p class="ks-ways"><a href="{every}" data-view>{safe(self._texts("documents.all"))}</a>'
            f"<span>{safe(facts)}</span>{download(self._texts, source)}{self._file()}</p>"
            f'<div class="ks-reader-tools">{self._search()}{self._go_to()}</div>{self._results()}{self._views()}'
            f'<div class="ks-reading">{self._contents()}<section class="ks-reader-text" aria-labelledby="ks-text">'
            f"{self._page_picture() or self._text(bool(found))}</section>{found}</div>"
        )

    def _placed(self, view: View) -> View:
        """The view with numbers that the document has; a new search looks at its first hit."""
        lines = None
        if view.lines:
            first = self._book.nearest(view.lines[0])
            lines = (first, max(first, min(view.lines[1], self._lines)))
        hit = view.hit
        if self._hits is not None:
            free = view.hit is None and lines is None and view.start is None
            hit = 1 if free else hit
            hit = min(max(1, hit), len(self._hits)) if hit is not None and len(self._hits) else None
        start = None if view.start is None else self._book.nearest(view.start)
        page = self._leaves.nearest(view.page) if self._leaves is not None and view.page else None
        return replace(view, lines=lines, start=start, hit=hit if self._hits is not None else None, page=page)

    def _stretch(self) -> Stretch:
        if self._leaves is not None and self._view.page:
            return self._book.stretch_of(*self._leaves.lines(self._view.page))
        if self._view.hit and self._hits is not None:
            return self._book.stretch_around(*self._document.line_range(self._hits.spans[self._view.hit - 1]))
        if self._view.lines:
            return self._book.stretch_around(*self._view.lines)
        return self._book.stretch(self._view.start or 1)

    def _address(self, view: View) -> str:
        return safe(view.address(self._texts.address("documents")))

    def _number(self, value: int) -> str:
        return number(Decimal(value), self._texts.language)

    def _search(self) -> str:
        return (
            f'<form class="ks-find" role="search" {self._to_page()}'
            f'<label for="ks-find">{safe(self._texts("documents.search"))}</label>'
            f'<span class="ks-field"><input id="ks-find" type="search" name="q" maxlength="{LONGEST_QUERY}" '
            f'value="{safe(self._view.query)}" autocomplete="off" spellcheck="false">'
            f"<button>{safe(self._texts('documents.find'))}</button></span></form>"
        )

    def _go_to(self) -> str:
        name, text, last = "l", "documents.go_to", self._lines
        if self._leaves is not None and self._view.page:
            name, text, last = "p", "sheets.go_to", self._leaves.numbers[-1]
        return (
            f'<form class="ks-find ks-go" {self._to_page()}'
            f'<label for="ks-go">{safe(self._texts(text))}</label><span class="ks-field">'
            f'<input id="ks-go" type="number" name="{name}" min="1" max="{last}" required>'
            f"<button>{safe(self._texts('documents.go'))}</button></span></form>"
        )

    def _to_page(self) -> str:
        """The rest of a form's tag, and the document that it is about."""
        action = safe(self._texts.address("documents"))
        return f'method="get" action="{action}"><input type="hidden" name="d" value="{safe(self._document.id)}">'

    def _file(self) -> str:
        """The way to the file that the document was read from."""
        if not self._has_file:
            return ""
        address = f"/api/v1/documents/{quote(self._document.id)}/file"
        return f'<a href="{safe(address)}" download>{safe(self._texts("sheets.download"))}</a>'

    def _views(self) -> str:
        """The switch between text and pictures, or why there are none."""
        if self._leaves is not None:
            return self._leaves.views(self._view, self._looked_at())
        if not self._document.masked or self._document.format in _PLAIN:
            return ""
        told = "sheets.no_pictures" if self._document.format == "pdf" else "sheets.no_file"
        return f'<p class="ks-less">{safe(self._texts(told))}</p>'

    def _page_picture(self) -> str:
        """The page that is looked at as a picture, with what is marked; nothing where the text is read."""
        if self._leaves is None or not self._view.page:
            return ""
        marked = []
        if self._view.lines:
            first, last = (self._document.lines[number - 1] for number in self._view.lines)
            marked.append(Span(first.start, last.end))
        if self._view.hit and self._hits is not None:
            marked.append(self._hits.spans[self._view.hit - 1])
        return self._leaves.html(self._view, self._view.page, marked)

    def _found(self) -> str:
        """How often the search was found, as plain text."""
        if not self._view.query:
            return ""
        if self._hits is None:
            return self._texts("documents.too_short", letters=SHORTEST)
        if not len(self._hits):
            return self._texts("documents.not_found", query=self._view.query)
        count = self._number(len(self._hits))
        if self._view.hit is None:
            return self._texts("documents.found", query=self._view.query, count=count)
        return self._texts("documents.found_at", query=self._view.query, count=count, n=self._number(self._view.hit))

    def _results(self) -> str:
        found = self._found()
        if not found:
            return ""
        if self._hits is None or not len(self._hits):
            return f'<div class="ks-results"><p>{safe(found)}</p></div>'
        here = self._document.lines[self.stretch.first - 1].start
        current = self._view.hit
        following = current + 1 if current else self._hits.first_from(here)
        previous = current - 1 if current else self._hits.first_from(here) - 1
        steps = self._step(previous, "previous_hit") + self._step(following, "next_hit")
        start = ((current or following) - 1) // _LISTED * _LISTED
        listed = range(start + 1, min(start + _LISTED, len(self._hits)) + 1)
        rows = "".join(self._listed(n) for n in listed)
        shown = ""
        if rows:
            first, last = self._number(listed[0]), self._number(listed[-1])
            title = safe(self._texts("documents.hits", first=first, last=last))
            shown = f"<details><summary>{title}</summary><ol class=ks-hits start={listed[0]}>{rows}</ol></details>"
        return f'<div class="ks-results"><p>{safe(found)}</p><p class="ks-steps">{steps}</p>{shown}</div>'

    def _step(self, hit: int, text: str) -> str:
        if self._hits is None or not 1 <= hit <= len(self._hits):
            return ""
        address = self._address(View(self._document.id, query=self._view.query, hit=hit))
        return f'<a href="{address}" data-view>{safe(self._texts(f"documents.{text}"))}</a>'

    def _listed(self, hit: int) -> str:
        assert self._hits is not None
        line = self._document.line_at(self._hits.spans[hit - 1].start)
        told = self._hits.surroundings(hit)
        address = self._address(View(self._document.id, query=self._view.query, hit=hit))
        current = ' aria-current="true"' if hit == self._view.hit else ""
        return (
            f'<li><a href="{address}" data-view{current}>{safe(self._texts("place.line", line=line))}</a> '
            f'<span lang="tr">{safe(told.before)}<mark>{safe(told.hit)}</mark>{safe(told.after)}</span></li>'
        )

    def _text(self, has_tables: bool) -> str:
        stretch = self.stretch
        place = self._texts("documents.shown", first=stretch.first, last=stretch.last)
        down = (
            f'<a class="ks-down" href="#ks-tables">{safe(self._texts("documents.to_tables"))}</a>' if has_tables else ""
        )
        before = [None, *stretch.lines]
        lines = "".join(self._line(line, above) for line, above in zip(stretch.lines, before, strict=False))
        lines = lines or f'<p class="ks-less">{safe(self._texts("documents.empty"))}</p>'
        title = f'<h2 id="ks-text" tabindex="-1">{safe(place)}</h2>'
        return (
            f'<div class="ks-stretch">{title}{down}{self._turn("above")}</div>{self._path()}'
            f'<div class="ks-lines" lang="tr">{lines}</div><div class="ks-stretch">{self._turn("below")}</div>'
        )

    def _turn(self, place: str) -> str:
        """The ways to the stretches before and after."""
        ways = ""
        for name, start in (("previous", self.stretch.previous), ("following", self.stretch.following)):
            if start is not None:
                address = self._address(View(self._document.id, start=start, query=self._view.query))
                ways += f'<a href="{address}" data-view>{safe(self._texts(f"documents.{name}"))}</a>'
        label = safe(self._texts(f"documents.turn_{place}"))
        return f'<nav class="ks-paging" aria-label="{label}">{ways}</nav>' if ways else ""

    def _line(self, line: Line, above: Line | None) -> str:
        marked = self._view.lines is not None and self._view.lines[0] <= line.number <= self._view.lines[1]
        is_first = marked and (above is None or self._view.lines is None or above.number < self._view.lines[0])
        tag = ""
        if is_first and self._view.lines is not None:
            text = "marked_line" if self._view.lines[0] == self._view.lines[1] else "marked_lines"
            tag = (
                f'<p class="ks-tag" id="ks-marked" tabindex="-1" lang="{self._texts.language}">'
                f"{safe(self._texts(f'documents.{text}'))}</p>"
            )
        address = self._address(View(self._document.id, lines=(line.number, line.number), query=self._view.query))
        return (
            f'{self._page(line, above)}{tag}<p class="ks-line{" ks-cited" if marked else ""}" id="L{line.number}">'
            f'<a class="ks-no" href="{address}" data-view tabindex="-1" aria-hidden="true">{line.number}</a>'
            f'<span class="ks-words">{self._words(line)}</span></p>'
        )

    def _page(self, line: Line, above: Line | None) -> str:
        """What shows that a page begins between two lines: its number where it is known."""
        if above is None:
            return ""
        before, now = self._document.page_at(above.start), self._document.page_at(line.start)
        if now is None or now == before:
            return ""
        return f'<p class="ks-page" lang="{self._texts.language}">{safe(self._texts("place.page", page=now))}</p>'

    def _words(self, line: Line) -> str:
        shown, end = [], 0
        for hit, part in self._hits.within(line) if self._hits is not None else ():
            is_current = hit == self._view.hit
            # a hit over two lines has two parts, and an id stands once
            begins = is_current and self._hits is not None and self._hits.spans[hit - 1].start >= line.start
            current = ' class="ks-now" aria-current="true"' if is_current else ""
            anchor = ' id="ks-now" tabindex="-1"' if begins else ""
            shown.append(safe(line.text[end : part.start]))
            shown.append(f"<mark{current}{anchor}>{safe(line.text[part.start : part.end])}</mark>")
            end = part.end
        return "".join(shown) + safe(line.text[end:])

    def _path(self) -> str:
        path = self._book.path_at(self._looked_at())
        titles = " › ".join(safe(cut(entry.title, _ABOVE)) for entry in path)
        return f'<p class="ks-path" lang="tr">{titles}</p>' if titles else ""

    def _looked_at(self) -> int:
        """The line whose headings are told."""
        if self._view.hit and self._hits is not None:
            return self._document.line_at(self._hits.spans[self._view.hit - 1].start)
        return self._view.lines[0] if self._view.lines else self.stretch.first

    def _contents(self) -> str:
        contents = self._book.contents
        if not contents:
            return ""
        path = self._book.path_at(self._looked_at())
        opened = " open" if self._view == View(self._document.id) else ""
        entries = self._entries(_unfolded(contents, path), path)
        return (
            f'<nav class="ks-contents" aria-label="{safe(self._texts("documents.contents"))}"><details{opened}>'
            f"<summary>{safe(self._texts('documents.contents'))}</summary>{entries}"
            "</details></nav>"
        )

    def _at(self, line: int) -> View:
        """The text from a line on, or the picture of its page."""
        if self._leaves is not None and self._view.page:
            return View(self._document.id, query=self._view.query, page=self._leaves.page_of(line))
        return View(self._document.id, start=line, query=self._view.query)

    def _entries(self, entries: Sequence[Entry], path: Sequence[Entry]) -> str:
        """The headings as lists within lists."""
        shown, depth = [], -1
        for entry in entries:
            if entry.depth > depth:
                shown.append('<ul lang="tr"><li>' * (entry.depth - depth))
            else:
                shown.append("</li>" + "</ul></li>" * (depth - entry.depth) + "<li>")
            depth = entry.depth
            address = self._address(self._at(entry.line))
            current = ' aria-current="location"' if any(entry is above for above in path) else ""
            shown.append(f'<a href="{address}" data-view{current}>{safe(cut(entry.title, _TITLE))}</a>')
        return "".join(shown) + "</li></ul>" * (depth + 1)


def _unfolded(contents: Sequence[Entry], path: Sequence[Entry]) -> list[Entry]:
    """The outermost headings, and those right below each heading of the path."""
    shown: list[Entry] = []
    least = 0 if sum(entry.depth == 0 for entry in contents) >= _FEW else 1
    below = least  # the depth down to which the headings are shown here
    for entry in contents:
        if entry.depth > below:
            continue
        shown.append(entry)
        below = max(least, entry.depth + any(entry is above for above in path))
    return shown
