"""Small PDFs of made-up municipalities whose words are placed by hand, and indexes over them without a PDF reader."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import reportlab
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from indexer.encoder import Encoder
from indexer.facts import read_facts
from indexer.index import Index
from indexer.outline import read_outline
from indexer.passages import split_passages
from indexer.records import Box, Document, Page, PageLayout, PlacedWord, Source, Span
from indexer.row_passages import covered, row_passages
from indexer.storing.generations import LEXICAL, STORE, VECTORS, original_name
from indexer.storing.lexical import LexicalIndex
from indexer.storing.store import Store, StoreWriter
from indexer.storing.vectors import VectorIndex
from indexer.tables import read_tables

WIDTH, HEIGHT = 595.0, 842.0
FONT, SIZE = "Vera", 11.0
registerFont(TTFont(FONT, str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))


@dataclass(frozen=True)
class Word:
    """A word of a page: where it begins, its line's base from the top, and what the text has in its place."""

    text: str
    x: float
    down: float
    read: str | None = None  # None: as printed; "": left out of the text
    ends: str = " "  # what follows it in the text

    @property
    def box(self) -> Box:
        return Box(self.x, self.down - SIZE, round(self.x + stringWidth(self.text, FONT, SIZE), 2), self.down + 3)


def sentence(text: str, down: float, x: float = 72.0) -> list[Word]:
    words = []
    for part in text.split(" "):
        words.append(Word(part, x, down))
        x += stringWidth(part + " ", FONT, SIZE)
    return [*words[:-1], Word(words[-1].text, words[-1].x, down, ends="\n")]


def row(cells: Sequence[str], down: float, columns: Sequence[float]) -> list[Word]:
    """A line of a table: its cells are divided by tabs."""
    words: list[Word] = []
    for cell, x in zip(cells, columns, strict=True):
        part = sentence(cell, down, x)
        words += [*part[:-1], Word(part[-1].text, part[-1].x, down, ends="\t")]
    return [*words[:-1], Word(words[-1].text, words[-1].x, down, ends="\n")]


def write_pdf(path: Path, pages: Sequence[Sequence[Word]], turned: int = 0) -> None:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for words in pages:
        canvas.setPageRotation(turned)
        canvas.setFont(FONT, SIZE)
        for word in words:
            canvas.drawString(word.x, HEIGHT - word.down, word.text)
        canvas.showPage()
    canvas.save()


def document_of(path: Path, pages: Sequence[Sequence[Word]], *, masked: bool = False, **source: Any) -> Document:
    """The document as a PDF reader gives it."""
    text = ""
    starts: list[Page] = []
    layouts: list[PageLayout] = []
    for number, words in enumerate(pages, 1):
        starts.append(Page(len(text), number))
        placed = []
        for word in words:
            read = word.text if word.read is None else word.read
            if read:
                placed.append(PlacedWord(Span(len(text), len(text) + len(read)), word.box))
                text += read + word.ends
        text += "\n"
        layouts.append(PageLayout(number, WIDTH, HEIGHT, tuple(placed)))
    about = {"municipality": "Örnek Belediyesi", "title": "Örnek Belediyesi 2024 Yılı Performans Programı", **source}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    held = Source(id=path.stem, file=path.name, sha256=digest, kind="performans", year=2024, **about)
    return Document(held, text, tuple(starts), "pdf", tuple(layouts), masked)


def index_of(folder: Path, files: Path, documents: Sequence[Document], encoder: Encoder) -> Index:
    """An index over documents whose files lie in ``files``."""
    generation = folder / "generations" / "000001"
    generation.mkdir(parents=True)
    (folder / "CURRENT").write_text("000001\n", encoding="ascii")
    writer = StoreWriter(generation / STORE)
    texts: list[str] = []
    names: dict[str, str] = {}
    for document in documents:
        outline = read_outline(document)
        tables = read_tables(document, outline)
        prose = split_passages(document, outline, covered(document, tables))
        passages = sorted([*prose, *row_passages(document, tables)], key=lambda passage: passage.span)
        writer.add_document(document, passages, tables, read_facts(document, tables))
        texts += [passage.search_text for passage in passages]
        name = original_name(document.source)
        (generation / name).parent.mkdir(exist_ok=True)
        (generation / name).write_bytes((files / document.source.file).read_bytes())
        names[name] = document.source.sha256
    writer.close()
    vectors = VectorIndex.from_vectors(encoder.encode_passages(texts))
    vectors.save(generation / VECTORS)
    lexical = LexicalIndex.from_texts(texts)
    lexical.save(generation / LEXICAL)
    return Index(
        folder=folder,
        generation=generation,
        manifest=cast(Any, SimpleNamespace(files=names, masked=False)),
        store=Store(generation / STORE),
        vectors=vectors,
        lexical=lexical,
        encoder=encoder,
    )
