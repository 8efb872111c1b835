"""Web pages: the main content as text, tables by their cells, headings and lists by their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from indexer.errors import DocumentError
from indexer.reading.base import Reading
from indexer.reading.encodings import decode, decode_as
from indexer.reading.flow import Flow, GridCell, lay_out, one_line, superscript
from indexer.reading.limits import MAX_DEPTH, reading
from indexer.records import Format

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})|<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9_\-]{2,40})""",
    re.IGNORECASE,
)
_DECLARED_HEAD = 4096  # bytes in which a page declares its encoding
_PROLOG = re.compile(r"^\ufeff?\s*<\?xml[^>]*>")
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.IGNORECASE)

# fmt: off
_SKIPPED = frozenset({
    "script", "style", "nav", "noscript", "template", "svg", "iframe", "object", "embed", "applet", "button",
    "select", "input", "textarea", "datalist", "dialog", "canvas", "audio", "video", "map", "head",
})
# fmt: on
_FRAME = frozenset({"header", "footer", "aside"})  # of the whole site, unless within the main content
_FRAME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"}
)
_MAIN = frozenset({"main", "article"})
# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "main", "ol",
    "p", "section", "summary", "ul", "tbody", "thead", "tfoot", "tr", "td", "th",
})
# fmt: on
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ROW_GROUPS = ("thead", "tbody", "tfoot")


class HtmlReader:
    """Reads web pages; nothing is fetched and no script runs."""

    format: Format = "html"

    def read(self, data: bytes, name: str) -> Reading:
        """The text of a page, as :class:`~indexer.reading.base.Reader` says."""
        declared = _DECLARED.search(data, 0, _DECLARED_HEAD)
        encoding = (declared[1] or declared[2]).decode("ascii") if declared else ""
        text = decode_as(data, encoding, name) if encoding else decode(data, name)
        with reading(name, "HTML"):
            return Reading(_page_text(_PROLOG.sub("", text), name))


def _page_text(text: str, name: str) -> str:
    # huge_tree: without it the parser drops what is deep or long without a word; our own limits tell of it
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    root = lxml_html.document_fromstring(text, parser=parser)
    if _depth(root) > MAX_DEPTH or any("xcessive depth" in error.message for error in parser.error_log):
        raise DocumentError(f"{name}: çok fazla iç içe öğe var (sınır {MAX_DEPTH}); sayfayı sadeleştirip kaydedin.")
    flow = Flow(name)
    title = one_line(root.findtext(".//title") or "")
    main = [element for element in root.iter("main", "div", "section", "article") if _is_main(element)]
    filled = [element for element in main if one_line("".join(element.itertext()))]
    if len(filled) == 1:
        _Page(flow, title).read(filled[0])
    else:
        body = root.find("body")
        _Page(flow, title).read(body if body is not None else root)
    return flow.text()


def _depth(root: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _is_main(element: Any) -> bool:
    return element.tag == "main" or (element.get("role") or "").lower() == "main"


def _is_hidden(element: Any) -> bool:
    """Whether a browser does not show ``element``, or shows it on every page of the site."""
    if element.tag in _SKIPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if (element.get("role") or "").lower() in _FRAME_ROLES or _HIDING.search(element.get("style") or ""):
        return True
    return element.tag in _FRAME and not any(above.tag in _MAIN for above in element.iterancestors())


class _Page:
    """Follows the elements of a page in order and hands blocks to a flow."""

    def __init__(self, flow: Flow, title: str) -> None:
        self._flow = flow
        self._title = title
        self._pieces: list[str] = []
        self._markers: list[str] = []  # of the list items around this place; empty once it has been printed
        self._raised = 0

    def read(self, root: Any) -> None:
        """Reads everything below ``root``; the page's title leads where the content has no heading of level 1."""
        if self._title and next(root.iter("h1"), None) is None:
            self._flow.heading(1, self._title)
        self._children(root)
        self._end_block()

    def _children(self, element: Any) -> None:
        self._add(element.text)
        number = 0  # among the items of a list
        for child in element:
            number += child.tag == "li"
            if isinstance(child.tag, str) and not _is_hidden(child):
                self._element(child, number)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if text:
            text = _SPACE.sub(" ", text)
            self._pieces.append(superscript(text) if self._raised else text)

    def _end_block(self) -> None:
        text = re.sub(r" *\n *", "\n", "".join(self._pieces))
        self._pieces = []
        if not text.strip():
            return
        if self._markers:
            self._flow.item(text, self._markers[-1])
            self._markers[-1] = ""
        else:
            self._flow.paragraph(text)

    def _element(self, element: Any, number: int) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._end_block()
            self._flow.heading(_HEADINGS[tag], _cell_text(element))
        elif tag == "table":
            self._end_block()
            self._table(element)
        elif tag == "br":
            self._pieces.append("\n")
        elif tag == "pre":
            self._end_block()
            self._flow.paragraph("".join(element.itertext()))
            self._flow.gap()
        elif tag == "li":
            self._end_block()
            self._markers.append(_marker(element, number))
            self._children(element)
            self._end_block()
            self._markers.pop()
        elif tag == "sup":
            self._raised += 1
            self._children(element)
            self._raised -= 1
        elif tag in _BLOCKS:
            self._end_block()
            self._children(element)
            self._end_block()
        else:
            self._children(element)

    def _table(self, table: Any) -> None:
        """A table; a row around other tables or headings lays out the page, and its cells are read one by one."""
        markers, self._markers = self._markers, []
        rows: list[list[GridCell]] = []
        caption = table.find("caption")
        if caption is not None and not _is_hidden(caption):
            rows.append([GridCell(_cell_text(caption))])
        own = list(_rows(table))
        frame = (table.get("role") or "").lower() == "presentation" or max(map(len, own), default=0) == 1
        for row in own:
            if frame or any(next(cell.iter("table", *_HEADINGS), None) is not None for cell in row):
                self._flow.table(lay_out(rows))
                rows = []
                for cell in row:
                    self._children(cell)
                    self._end_block()
            else:
                rows.append(
                    [GridCell(_cell_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row]
                )
        self._flow.table(lay_out(rows))
        self._markers = markers


def _rows(table: Any) -> Iterator[list[Any]]:
    """The cells of the rows that a browser shows, the head first and the foot last."""
    groups: dict[str, list[Any]] = {name: [] for name in _ROW_GROUPS}
    for child in table:
        if child.tag == "tr":
            groups["tbody"].append(child)
        elif child.tag in groups and not _is_hidden(child):
            groups[child.tag].extend(row for row in child if row.tag == "tr")
    for name in _ROW_GROUPS:
        for row in groups[name]:
            if not _is_hidden(row):
                yield [cell for cell in row if cell.tag in ("td", "th") and not _is_hidden(cell)]


def _cell_text(element: Any) -> str:
    """The text of a cell or a heading in one line."""
    pieces: list[str] = []
    _gather(element, pieces, raised=False)
    return one_line("".join(pieces))


def _gather(element: Any, pieces: list[str], *, raised: bool) -> None:
    raised = raised or element.tag == "sup"
    for text, child in [(element.text, None), *((child.tail, child) for child in element)]:
        if child is not None and isinstance(child.tag, str) and not _is_hidden(child):
            apart = child.tag in _BLOCKS or child.tag in ("br", "li")
            pieces.append(" " if apart else "")
            _gather(child, pieces, raised=raised)
            pieces.append(" " if apart else "")
        if text:
            pieces.append(superscript(text) if raised else text)


def _marker(item: Any, number: int) -> str:
    """What stands before an item of a list."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return "•"
    start = above.get("start") or ""
    count = number + (int(start) - 1 if start.isascii() and start.isdecimal() and len(start) < 6 else 0)
    letters = above.get("type") or ""
    if letters in ("a", "A") and count <= 26:
        return f"{chr(ord(letters) + count - 1)})"
    return f"{count}."


def _span(cell: Any, name: str) -> int:
    """Over how many columns or rows a cell reaches."""
    written = (cell.get(name) or "1").strip()
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 1
