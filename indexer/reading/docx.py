"""Word documents: paragraphs, headings, lists and tables in the order of the body.

Deleted text of tracked changes, hidden text, headers and footers are left out; inserted text stays. Word lays out pages
when it opens a document, so there are no page numbers to know.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.package import Package
from lxml import etree

from indexer.errors import DocumentError
from indexer.reading.archive import check_archive
from indexer.reading.base import Reading
from indexer.reading.docx_styles import Numbering, Styles, W, attribute, is_on, number_of
from indexer.reading.flow import Flow, GridCell, lay_out, one_line, superscript
from indexer.reading.limits import MAX_DEPTH, reading
from indexer.records import Format

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_REMOVED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}instrText", f"{W}delText", f"{W}sdtPr"})
_AROUND = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag", f"{W}ins", f"{W}moveTo"})
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_SPECIAL_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class DocxReader:
    """Reads Word documents."""

    format: Format = "docx"

    def read(self, data: bytes, name: str) -> Reading:
        """The text of a document, as :class:`~indexer.reading.base.Reader` says."""
        check_archive(data, name)
        with reading(name, "DOCX"):
            return Reading(_Body(Package.open(BytesIO(data)), name).text())


def _depth(root: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


class _Body:
    """Follows the body of a document in order and hands its blocks to a flow."""

    def __init__(self, package: Any, name: str) -> None:
        main = package.main_document_part
        self._flow = Flow(name)
        parts = {part.reltype.rsplit("/", 1)[-1]: part for part in main.rels.values() if not part.is_external}
        roots = {kind: _root(rel.target_part) for kind, rel in parts.items() if kind in _NEEDED}
        self._root = main.element
        if any(_depth(root) > MAX_DEPTH for root in (self._root, *roots.values())):
            raise DocumentError(f"{name}: çok fazla iç içe öğe var (sınır {MAX_DEPTH}); belgeyi sadeleştirip kaydedin.")
        self._styles = Styles.of(roots.get("styles"))
        self._numbering = Numbering.of(roots.get("numbering"))
        self._notes = {kind: _notes(roots.get(kind)) for kind in _NOTES.values()}
        self._said: list[str] = []  # notes of the block that is being read
        self._boxes: list[Any] = []  # text boxes anchored in it

    def text(self) -> str:
        """The text of the document."""
        body = self._root.find(W + "body")
        if body is None:
            raise DocumentError(f"{self._flow.name}: Word belgesinin gövdesi yok; Word'de açıp yeniden kaydedin.")
        self._blocks(body)
        return self._flow.text()

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            if child.tag == W + "p":
                self._paragraph(child)
            elif child.tag == W + "tbl":
                self._table(child)
            elif child.tag in _AROUND:
                self._blocks(child)
            elif child.tag == _MC + "AlternateContent":
                self._blocks(_alternative(child))
            self._after_block()

    def _after_block(self) -> None:
        """The text boxes and the notes of the block that ends here."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box)
        notes, self._said = self._said, []
        for note in notes:
            self._flow.paragraph(note)

    def _paragraph(self, paragraph: Any) -> None:
        text = self._inline(paragraph).strip()
        level = self._styles.heading_level(paragraph)
        listed = self._styles.numbering(paragraph)
        label = self._numbering.label(*listed) if listed else None
        if level is not None:
            self._flow.heading(level, f"{label} {text}" if label and label != "•" else text)
        elif label is not None:
            self._flow.item(text, label)
        else:
            self._flow.paragraph(text)

    def _inline(self, element: Any, *, raised: bool = False) -> str:
        """The text of a paragraph, a run or what stands around them; notes and text boxes are put aside."""
        pieces: list[str] = []
        for child in element:
            tag = child.tag
            if tag in (f"{W}t", _MATH_TEXT):
                pieces.append(superscript(child.text or "") if raised else child.text or "")
            elif tag in _SIGNS:
                pieces.append(_SIGNS[tag])
            elif tag == W + "br":
                pieces.append("\n" if child.get(W + "type") in (None, "textWrapping") else "")
            elif tag in _NOTES:
                note = self._notes[_NOTES[tag]].get(child.get(W + "id") or "")
                self._said.extend([note] if note else [])
            elif tag == W + "r":
                properties = child.find(W + "rPr")
                if not is_on(properties, "vanish"):
                    up = attribute(properties, W + "vertAlign") == "superscript"
                    pieces.append(self._inline(child, raised=up))
            elif tag == W + "txbxContent":
                self._boxes.append(child)
            elif tag == _MC + "AlternateContent":
                pieces.append(self._inline(_alternative(child), raised=raised))
            elif isinstance(tag, str) and tag not in _REMOVED:
                pieces.append(self._inline(child, raised=raised))
        return "".join(pieces)

    def _table(self, table: Any) -> None:
        """A table; a row around other tables lays out the page, as does a table of one column: cells one by one."""
        own = [_below(row, "tc") for row in _below(table, "tr")]
        before = [number_of(attribute(row, f"{W}trPr/{W}gridBefore")) for row in _below(table, "tr")]
        rows: list[list[GridCell]] = []
        framed = max(map(len, own), default=0) == 1
        for cells, skipped in zip(own, before, strict=True):
            if framed or any(next(cell.iter(W + "tbl"), None) is not None for cell in cells):
                self._flow.table(lay_out(rows))
                rows = []
                for cell in cells:
                    self._blocks(cell)
                continue
            fields = [GridCell("", skipped)] if skipped > 0 else []
            rows.append([*fields, *(self._cell(cell) for cell in cells)])
        self._flow.table(lay_out(rows))

    def _cell(self, cell: Any) -> GridCell:
        """A cell by its text in one line; a cell that goes on from the one above it has none."""
        properties = cell.find(W + "tcPr")
        merged = properties.find(W + "vMerge") if properties is not None else None
        goes_on = merged is not None and merged.get(W + "val") in (None, "continue")
        text = "" if goes_on else self._cell_text(cell)
        return GridCell(text, max(1, number_of(attribute(properties, W + "gridSpan"), 1)))

    def _cell_text(self, cell: Any) -> str:
        pieces: list[str] = []
        for child in cell:
            if child.tag == W + "p":
                listed = self._styles.numbering(child)
                text = self._inline(child)
                label = self._numbering.label(*listed) if listed else None
                pieces.append(f"{label} {text}" if label and label != "•" else text)
            elif child.tag in _AROUND:
                pieces.append(self._cell_text(child))
        return one_line(" ".join(pieces))


_NEEDED = frozenset({"styles", "numbering", "footnotes", "endnotes"})


def _root(part: Any) -> Any:
    """The root element of a part; python-docx has parsed some parts and left others as bytes."""
    element = getattr(part, "element", None)
    if element is not None:
        return element
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _notes(root: Any) -> dict[str, str]:
    """The texts of the notes of a part by their ids."""
    if root is None:
        return {}
    notes = [note for note in root if note.tag in (f"{W}footnote", f"{W}endnote")]
    return {
        note.get(W + "id") or "": one_line("".join(text.text or "" for text in note.iter(W + "t")))
        for note in notes
        if note.get(W + "type") not in _SPECIAL_NOTES
    }


def _alternative(element: Any) -> Any:
    """The one of several drawings of the same thing that holds text."""
    branches = [child for child in element if child.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    for branch in branches:
        if next(branch.iter(W + "t"), None) is not None:
            return branch
    return branches[0] if branches else ()


def _below(parent: Any, name: str) -> list[Any]:
    """The rows of a table or the cells of a row, those in content controls included and those deleted left out."""
    found: list[Any] = []
    for child in parent:
        if child.tag == W + name:
            if child.find(f"{W}tcPr/{W}cellDel") is None and child.find(f"{W}trPr/{W}del") is None:
                found.append(child)
        elif child.tag in _AROUND:
            found.extend(_below(child, name))
    return found
