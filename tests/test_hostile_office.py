"""Contract: damaged, mislabelled and hostile office files and web pages end as one clear line each, quickly."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_making import Grid, Paragraph, docx_of, html_of, xlsx_of

from indexer.errors import DocumentError
from indexer.reading import read_document
from indexer.reading.docx import DocxReader
from indexer.reading.html import HtmlReader
from indexer.reading.xlsx import XlsxReader
from indexer.records import Source

SOURCE = Source(id="x", municipality="X Belediyesi", title="X", file="x", sha256="")
PAGE = [Paragraph("Büyükşehir Belediyesi bütçesi"), Grid([["Yıl", "Tutar"], ["2024", "1.100.000"]])]
DOCX, XLSX, HTML = docx_of(PAGE), xlsx_of(PAGE), html_of(PAGE)
BODY, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
NONE_OF_IT: dict[str, bytes | Callable[[bytes], bytes] | None] = dict.fromkeys(
    zipfile.ZipFile(BytesIO(DOCX)).namelist()
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def _with(data: bytes, changes: dict[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """An office document with some of its files replaced, changed, added or (None) taken away."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        for name in [*names, *(name for name in changes if name not in names)]:
            change = changes.get(name, source.read(name) if name in names else b"")
            if callable(change):
                change = change(source.read(name))
            if change is not None:
                target.writestr(name, change)
    return out.getvalue()


def _doubled(data: bytes, name: str) -> bytes:
    out = BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, b"<x/>")
    return out.getvalue()


def _flagged(data: bytes) -> bytes:
    """The archive with every entry marked as protected by a password."""
    marked = bytearray(data)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(magic)
        while at >= 0:
            marked[at + place] |= 1
            at = marked.find(magic, at + 4)
    return bytes(marked)


def _deep(depth: int) -> bytes:
    inner = b"<w:sdt><w:sdtContent>" * depth + b"<w:p/>" + b"</w:sdtContent></w:sdt>" * depth
    return (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + inner
        + b"</w:body></w:document>"
    )


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9)
)
QUADRATIC = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 50_000 + b'">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def _typed(declaration: bytes) -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
        return xml[:start] + declaration + xml[start:]

    return change


WRONG_MERGE = b'<mergeCells><mergeCell ref="zz"/></mergeCells>'


def _cells(count: int) -> Callable[[bytes], bytes]:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, count))
    return lambda xml: xml[: xml.index(b"<sheetData>") + 11] + rows + xml[xml.index(b"</sheetData>") :]


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "cut in the middle": ("x.docx", DOCX[: len(DOCX) // 2], "hasarlı ya da yarım"),
    "cut sheet": ("x.xlsx", XLSX[:-30], "hasarlı ya da yarım"),
    "head alone": ("x.docx", DOCX[:40], "ZIP arşivi"),
    "empty": ("x.docx", b"", "boş"),
    "zeros": ("x.xlsx", bytes(1000), "ikili"),
    "plain zip": ("x.docx", _with(DOCX, NONE_OF_IT | {"a.txt": b"x"}), "ZIP arşivi"),
    "sheet named docx": ("x.docx", XLSX, r'içeriğine göre Excel.*"\.xlsx" yapın'),
    "document named xlsx": ("x.xlsx", DOCX, r'içeriğine göre Word.*"\.docx" yapın'),
    "page named docx": ("x.docx", HTML, r"içeriğine göre web sayfası"),
    "page named xlsx": ("x.xlsx", b"\xef\xbb\xbf <HTML><table></table>", "web sayfası"),
    "page named txt": ("x.txt", HTML, r'"\.html" yapın'),
    "text named docx": ("x.docx", b"Belediye", "düz metin"),
    "text named html": ("x.html", "Belediye bütçesi".encode(), "düz metin"),
    "document named txt": ("x.txt", DOCX, r'"\.docx" yapın'),
    "document named html": ("x.html", DOCX, "Word belgesi"),
    "document named md": ("x.md", DOCX, "Word belgesi"),
    "pdf named docx": ("x.docx", b"%PDF-1.7\n...", "içeriğine göre PDF"),
    "picture named html": ("x.html", b"\x89PNG\r\n\x1a\n\0\0", "resim"),
    "rtf named docx": ("x.docx", b"{\\rtf1 Belediye}", "RTF.*DOCX olarak kaydedin"),
    "gzip named xlsx": ("x.xlsx", b"\x1f\x8b\x08\0", "sıkıştırılmış arşiv"),
    "old word": ("x.doc", OLE + "WordDocument".encode("utf-16-le"), "DOCX olarak kaydedin"),
    "old excel": ("x.xls", OLE, "XLSX olarak kaydedin"),
    "old word named docx": ("x.docx", OLE + "WordDocument\0".encode("utf-16-le"), "eski Word.*DOCX olarak kaydedin"),
    "old excel named xlsx": ("x.xlsx", OLE + "Workbook\0".encode("utf-16-le"), "eski Excel.*XLSX olarak kaydedin"),
    "encrypted document": ("x.docx", OLE + "EncryptedPackage\0".encode("utf-16-le"), "parola korumalı"),
    "encrypted entries": ("x.docx", _flagged(DOCX), "parola korumalı"),
    "no body part": ("x.docx", _with(DOCX, {BODY: None}), "hasarlı ya da eksik"),
    "no content types": ("x.docx", _with(DOCX, {"[Content_Types].xml": None}), "hasarlı ya da eksik"),
    "no relations": ("x.docx", _with(DOCX, {"_rels/.rels": None}), "hasarlı ya da eksik"),
    "no sheet": ("x.xlsx", _with(XLSX, {SHEET: None}), "sayfası eksik"),
    "no workbook": ("x.xlsx", _with(XLSX, {"xl/workbook.xml": None}), "hasarlı ya da eksik"),
    "no styles of a sheet": ("x.xlsx", _with(XLSX, {"xl/styles.xml": b"<broken"}), "hasarlı ya da eksik"),
    "broken xml": ("x.docx", _with(DOCX, {BODY: lambda xml: xml[:-40]}), "hasarlı ya da eksik"),
    "broken sheet": ("x.xlsx", _with(XLSX, {SHEET: lambda xml: xml[:-40]}), "hasarlı ya da eksik"),
    "billion laughs": ("x.docx", _with(DOCX, {BODY: _typed(LAUGHS + b"]>")}), "yasak bir XML tanımı"),
    "laughs in a sheet": ("x.xlsx", _with(XLSX, {SHEET: _typed(LAUGHS + b"]>")}), "yasak bir XML tanımı"),
    "quadratic": ("x.docx", _with(DOCX, {BODY: _typed(QUADRATIC)}), "yasak bir XML tanımı"),
    "outer entity": ("x.docx", _with(DOCX, {BODY: _typed(OUTSIDE)}), "yasak bir XML tanımı"),
    "outer entity in utf-16": ("x.xlsx", _with(XLSX, {SHEET: OUTSIDE.decode().encode("utf-16")}), "yasak"),
    "path upwards": ("x.docx", _with(DOCX, {"../../evil.xml": b"<x/>"}), "dışarıyı gösteriyor"),
    "absolute path": ("x.xlsx", _with(XLSX, {"/etc/evil.xml": b"<x/>"}), "dışarıyı gösteriyor"),
    "drive path": ("x.xlsx", _with(XLSX, {"C:/evil.xml": b"<x/>"}), "dışarıyı gösteriyor"),
    "same name twice": ("x.docx", _doubled(DOCX, BODY), "aynı adlı iki dosya"),
    "bomb by ratio": ("x.docx", _with(DOCX, {"word/bomb.xml": bytes(20 * 2**20)}), "sıkıştırma bombası"),
    "bomb by entries": ("x.docx", _with(DOCX, {f"word/{n}.xml": b"" for n in range(4100)}), "çok fazla dosya"),
    "deep document": ("x.docx", _with(DOCX, {BODY: _deep(110)}), "iç içe"),
    "deeper document": ("x.docx", _with(DOCX, {BODY: _deep(3000)}), "DOCX"),
    "deep page": ("x.html", b"<html><body>" + b"<div>" * 5000 + b"x", "iç içe"),
    "page without text": ("x.html", b"<html><body><script>1</script><img src=x></body></html>", "içinde metin yok"),
    "document without text": ("x.docx", docx_of([]), "içinde metin yok"),
    "sheet without text": ("x.xlsx", xlsx_of([]), "içinde metin yok"),
    "a merge without a place": (
        "x.xlsx",
        _with(XLSX, {SHEET: lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + WRONG_MERGE)}),
        "hasarlı ya da eksik",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_end_as_one_clear_line(case: str, tmp_path: Path) -> None:
    name, data, reason = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=reason) as caught:
        read_document(path, SOURCE)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert len(message) < len(str(path)) + 300


def test_a_sheet_with_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.reading.xlsx.MAX_CELLS", 50)
    with pytest.raises(DocumentError, match="çok büyük"):
        XlsxReader().read(_with(XLSX, {SHEET: _cells(100)}), "x")


def test_spans_that_reach_far_cost_nothing() -> None:
    page = "<table><tr><td colspan=99999 rowspan=99999>a<td>b<tr><td>c<td>d</table>"
    assert HtmlReader().read(f"<html>{page}</html>".encode(), "x").text == "a\tb\t\n\tc\td\n"


def test_nothing_outside_a_page_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "gizli.txt"
    secret.write_text("gizli bilgi")
    entity = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    page = f"{entity}<html><body><p>Metin &e;</p></body></html>"
    assert "gizli bilgi" not in HtmlReader().read(page.encode(), "x").text


READERS = {"docx": (DocxReader(), DOCX), "xlsx": (XlsxReader(), XLSX), "html": (HtmlReader(), HTML)}


@settings(max_examples=60)
@given(st.sampled_from(sorted(READERS)), st.integers(0, 10**6), st.binary(max_size=12))
def test_a_changed_byte_range_is_read_or_refused_with_one_line(name: str, place: int, change: bytes) -> None:
    reader, data = READERS[name]
    at = place % len(data)
    try:
        text = reader.read(data[:at] + change + data[at + len(change) :], "x").text
    except DocumentError as error:
        assert "\n" not in str(error)
    else:
        assert text.strip()


@settings(max_examples=60)
@given(
    st.sampled_from([("docx", BODY), ("xlsx", SHEET), ("xlsx", "xl/workbook.xml")]),
    st.integers(0, 10**6),
    st.binary(max_size=6),
)
def test_a_changed_part_is_read_or_refused_with_one_line(part: tuple[str, str], place: int, change: bytes) -> None:
    reader, data = READERS[part[0]]

    def changed(xml: bytes) -> bytes:
        at = place % len(xml)
        return xml[:at] + change + xml[at + len(change) :]

    try:
        reader.read(_with(data, {part[1]: changed}), "x")
    except DocumentError as error:
        assert "\n" not in str(error)
