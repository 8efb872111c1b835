"""What is fuzzed: readers, the number parser, and the table families with all that is made of their tables."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from indexer.errors import DocumentError
from indexer.facts import read_facts
from indexer.figures import NumberStyle, find_figures, number_style, parse_number
from indexer.outline import read_outline
from indexer.passages import split_passages
from indexer.prose_figures import read_prose_figures
from indexer.reading import read_content
from indexer.records import Cell, Document, Source, Span, Table
from indexer.row_passages import covered, row_passages
from indexer.tables import read_tables

CORPORA = Path(__file__).parent.parent.parent / "corpora"
_SOURCE = Source("x", "Bir Belediye", "Belge", "x.txt", "", kind="performans", year=2024)
_LONG = 25_000  # characters of a long input, which shows what grows faster than its input

_NUMBER_PIECES = (
    *"0123456789", ".", ",", " ", "\u00a0", "-", "–", "%", "(", ")", "*", "/", ":", "'", "\n", "\t", "₺", "m", "²",
    "1.100.000", "1,100,000.50", "12,5", "2024", "TL", " TL", " bin ", " milyon ", " milyar ", " trilyon ", "yüz",
    "bir", "iki buçuk", " kişi", " adet", " m2", " km", " saat ", " dakika ", " gün", "Ton", "yüzde ", "PG1.2.3",
    "n'si",
    "٣", "½", "𝟜", "İ", "ı", "\u0307", "\u200e", "\u202e", "\ufeff", "e", "E5", "inf", "nan", "_", "+", "\r", "\x0b",
    "\u2028", "0x1F", "1e9", "99999999999999999999", "№", "’den", "(-", "--", "..", ",,", ". ", ", ", "-'",
)  # fmt: skip
_LINE_PIECES = (
    "\t", "\u00a0", "\u00a0\u00a0", "   ", "-", "*", "%", "Toplam", "TOPLAM", "Hedef", "2023 Hedef", "2024 Gerçekleşen",
    "Performans Göstergeleri", "Gösterge", "Birim", "Ölçü Birimi", "Sorumlu Birim", "Bütçe", "Adet", "%", "1.100.000",
    "12,5", "A1", "H1.1", "PG1.1.1", "01.1", "Faaliyet", "Kaynak İhtiyacı", "Genel Toplam", "\f", "\r", "# Başlık",
    "(TL)", "\u2028", "\ufeff", "|", "2024", "Sıra No", "Proje Adı", "01.01.2024", "\u202e", "i̇", "\u00ad", "-\n",
)  # fmt: skip


def check_numbers(data: bytes) -> str:
    """Figures of a text and the number of a cell, in both styles."""
    if not data:
        return "empty"
    if data[0] % 2:
        text = data[1:].decode("utf-8", errors="replace")
    else:
        text = "".join(_NUMBER_PIECES[byte % len(_NUMBER_PIECES)] for byte in data[1:])
    if data[0] >= 254 and text:
        text = (text * (_LONG // len(text) + 1))[:_LONG]
    assert number_style(text) == number_style(text)
    for style in NumberStyle:
        figures = find_figures(text, style)
        assert figures == find_figures(text, style), "figures differ"
        for figure in figures:
            assert 0 <= figure.span.start < figure.span.end <= len(text), "span outside"
            assert text[figure.span.start : figure.span.end] == figure.text, "text not at span"
            assert figure.value.is_finite(), "not finite"
        assert all(left.span.end <= right.span.start for left, right in pairwise(figures)), "overlap"
        value = parse_number(text, style)
        assert value is None or value.is_finite(), "not finite"
        assert value == parse_number(text, style), "values differ"
    return "figures" if figures else "none"


def check_tables(data: bytes) -> str:
    """Tables of a mutated stretch of a real document, and all that is made of them."""
    text = mutated_stretch(data)
    return check_document(Document(_SOURCE, text))


def mutated_stretch(data: bytes) -> str:
    """The stretch of a real document that ``data`` picks, changed as it says: the first bytes pick, the rest edits."""
    head = data[:4].ljust(4, b"\0")
    lines = _lines()
    start = int.from_bytes(head[:3], "big") * 7 % len(lines)
    taken = list(lines[start : start + 4 + head[3] % 60])
    edits = data[4:]
    for place in range(0, len(edits) - 3, 4):
        kind, line, at, piece = edits[place : place + 4]
        line %= len(taken)
        text = taken[line]
        at = at * len(text) // 255
        match kind % 10:
            case 0 if len(taken) > 1:
                del taken[line]
            case 1:
                taken.insert(line, text)
            case 2:
                taken[line] = text[:at]
            case 3:
                taken[line] = text[:at] + _LINE_PIECES[piece % len(_LINE_PIECES)] + text[at:]
            case 4:
                taken[line] = text.replace(" ", _LINE_PIECES[piece % 3])
            case 5:
                taken[line : line + 1] = [text[:at], text[at:]]
            case 6:
                taken[line : line + 2] = [" ".join(taken[line : line + 2])]
            case 7:
                taken[line] = text[:at] + text[at + piece % 20 :]
            case 8:
                other = (line + piece) % len(taken)
                taken[line], taken[other] = taken[other], text
            case _:
                taken.insert(line, lines[(start + piece * 97) % len(lines)])
    if data[3:4] and data[3] == 255:
        taken = taken * 20
    elif data[3:4] and data[3] == 254:
        joined = "\t".join(taken)
        taken = [(joined * (_LONG // (len(joined) + 1) + 1))[:_LONG]]
    return "\n".join(taken)


def check_document(document: Document) -> str:
    """Everything that is made of a document's text: it holds together, and is the same at every reading."""
    text = document.text
    outline = read_outline(document)
    tables = read_tables(document, outline)
    again = Document(document.source, text, document.pages, document.format, document.layouts)
    assert tables == read_tables(again, read_outline(again)), "tables differ"
    for table in tables:
        check_table(table, text)
    assert all(left.span.end <= right.span.start for left, right in pairwise(tables)), "tables overlap"
    facts = read_facts(document, tables)
    for fact in facts:
        span = fact.figure.span
        assert _squeezed(fact.figure.text) in _squeezed(text[span.start : span.end]), "figure of a fact not at its span"
        for place in fact.places:
            assert _inside(place.cell, text), "place of a fact outside"
    rows = row_passages(document, tables)
    taken = covered(document, tables)
    for passage in [*split_passages(document, outline, taken), *rows]:
        assert _inside(passage.span, text), "passage outside"
        assert text[passage.span.start : passage.span.end] == passage.text, "passage not verbatim"
    for figure in read_prose_figures(document, taken):
        assert _inside(figure.figure.span, text), "figure outside"
    return f"{min(len(tables), 3)} tables"


def check_table(table: Table, text: str) -> None:
    """Every span is inside the text and every cell stands where its span says, but for line breaks and hyphens."""
    assert _inside(table.span, text), "table outside"
    for row in table.rows:
        assert _inside(row.span, text), "row outside"
        assert table.span.start <= row.span.start, "row before its table"
        assert row.span.end <= table.span.end, "row after its table"
        assert len(row.cells) == len(table.columns), "cells and columns"
        for cell in row.cells:
            if cell is not None:
                _check_cell(cell, text, table.family)


def _check_cell(cell: Cell, text: str, family: str) -> None:
    assert _inside(cell.span, text), "cell outside"
    assert _squeezed(cell.text) in _squeezed(text[cell.span.start : cell.span.end]), f"cell not at its span: {family}"


def _inside(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


@cache
def _lines() -> tuple[str, ...]:
    texts = (path.read_bytes().decode() for path in sorted(CORPORA.glob("*.txt")))
    return tuple(line for text in texts for line in text.split("\n"))


_SUFFIXES = (".txt", ".md", ".html", ".docx", ".xlsx", ".pdf")


def check_readers(data: bytes) -> str:
    """The reading of a file; the first byte says its format."""
    if not data:
        return "empty"
    suffix = _SUFFIXES[data[0] % len(_SUFFIXES)]
    path = Path(f"x{suffix}")
    try:
        format_, reading = read_content(data[1:], path)
    except DocumentError as error:
        message = str(error)
        assert message.startswith("x."), "message names no file"
        assert "\n" not in message, "message of many lines"
        assert message.isprintable(), "message not printable"
        return f"{suffix} refused"
    text = reading.text
    text.encode()  # what cannot be stored is no text
    assert text.strip(), "no text"
    assert (format_, reading) == read_content(data[1:], path), "readings differ"
    starts = [page.start for page in reading.pages]
    assert starts == sorted(starts), "pages out of order"
    assert all(0 <= start <= len(text) for start in starts), "page outside"
    for layout in reading.layouts:
        for word in layout.words:
            assert _inside(word.span, text), "word outside"
            assert not any(map(str.isspace, text[word.span.start : word.span.end])), "word of two"
    return f"{suffix} read"


def mutate_file(data: bytes, max_size: int, seed: int, mutate: Callable[[bytes, int], bytes]) -> bytes:
    """Changes a file: bytes as they are, or for an office document a file within it, packed again."""
    chance = random.Random(seed)
    if data[1:3] != b"PK" or chance.random() < 0.2:
        return mutate(data, max_size)
    try:
        with zipfile.ZipFile(BytesIO(data[1:])) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # no longer an archive: its bytes are changed
        return mutate(data, max_size)
    large = [name for name in parts if name.endswith(("document.xml", "sheet1.xml", "styles.xml", "sharedStrings.xml"))]
    name = chance.choice(large if large and chance.random() < 0.8 else sorted(parts))
    parts[name] = mutate(parts[name], 20_000)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    packed = data[:1] + out.getvalue()
    return packed if len(packed) <= max_size else data


CHECKS: dict[str, Callable[[bytes], str]] = {
    "numbers": check_numbers,
    "tables": check_tables,
    "readers": check_readers,
}
