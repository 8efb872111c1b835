"""Hostile files of every kind, and what becomes of each: the table of their outcomes."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from hostile_pdf import HOSTILE_PDFS
from office_making import docx_of
from test_hostile_office import BODY, DOCX, HOSTILE, PAGE, SHEET, XLSX, _with

HEALTHY = "Sağlam Belediyesi 2024 yılında 1.250 ton asfalt döktü.\n"
_SLOW = "saniyede işlenemedi"
SECRET = "gizli bilgi"
"""Stands in what must not be read: other files, scripts, attachments."""


@dataclass(frozen=True)
class Hostile:
    """A hostile file: how it is put into a folder, and the line that it ends as; None where it is indexed.

    ``heavy`` ones are worked in a child process only, whose limits hold them.
    """

    name: str
    make: Callable[[Path], object]
    said: str | None
    heavy: bool = False


def _bytes(name: str, data: bytes, said: str | None, heavy: bool = False) -> Hostile:
    return Hostile(name, lambda path: path.write_bytes(data), said, heavy)


def _symlink_entry() -> bytes:
    out = BytesIO(DOCX)
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("word/media/passwd")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def _wrong_sum(data: bytes, name: str) -> bytes:
    """The archive with a wrong checksum of one file."""
    changed = bytearray(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entry = archive.getinfo(name)
        changed[entry.header_offset + 14] ^= 0xFF
        at = archive.start_dir
        while data[at + 46 : at + 46 + len(name)] != name.encode():
            at = data.index(b"PK\x01\x02", at + 4)
        changed[at + 16] ^= 0xFF
    return bytes(changed)


def _styles_in_a_circle(xml: bytes) -> bytes:
    style = b'<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="%s"/></w:style>'
    return xml.replace(b"</w:styles>", style % (b"A", b"A", b"B") + style % (b"B", b"B", b"A") + b"</w:styles>")


def _styled(xml: bytes) -> bytes:
    return re.sub(rb"<w:p>", b'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>', xml, count=1)


def _nested_tables(depth: int) -> Callable[[bytes], bytes]:
    inner = b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * depth
    return lambda xml: xml.replace(b"<w:body>", b"<w:body>" + inner)


def _sheet(rows: bytes, dimension: bytes = b"A1:XFD1048576") -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        xml = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % dimension, xml)
        return xml.replace(b"</sheetData>", rows + b"</sheetData>")

    return change


def _text(cell: bytes, text: bytes) -> bytes:
    return b'<row r="90"><c r="%s" t="inlineStr"><is><t>%s</t></is></c></row>' % (cell, text)


def _renamed(xml: bytes) -> bytes:
    return re.sub(rb'<sheet ([^>]*)name="[^"]*"', rb'<sheet \1name="../../&lt;script&gt;alert(1)&lt;/script&gt;"', xml)


def _office() -> Iterator[Hostile]:
    for case, (name, data, said) in HOSTILE.items():
        if Path(name).suffix in (".docx", ".xlsx", ".html", ".md", ".txt"):
            yield _bytes(f"{case}{Path(name).suffix}", data, said)
        else:  # a file of an unknown kind is not opened
            yield _bytes(f"{case}{Path(name).suffix}", data, "bu türden dosyalar okunamıyor")
    inner = docx_of(PAGE)
    for _ in range(5):
        inner = _with(DOCX, {"word/embeddings/inner.docx": inner})
    attribute = b'<w:p w:rsidR="' + b"1" * (11 * 2**20) + b'"/>'
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>uzak</t></is></c></row>'
    last = b'<row r="80"><c r="A80" t="s"><v>999999999</v></c></row>'
    yield from (
        _bytes("iç içe arşiv.docx", inner, None),
        _bytes("bağlantılı arşiv.docx", _symlink_entry(), None),
        _bytes("yanlış sağlama.docx", _wrong_sum(DOCX, BODY), "hasarlı ya da yarım"),
        _bytes("çok girişli.docx", _many_entries(), "çok fazla dosya"),
        _bytes("dev öznitelik.docx", _with(DOCX, {BODY: lambda x: x.replace(b"<w:body>", b"<w:body>" + attribute)}),
               "hasarlı ya da eksik|bomba"),
        _bytes("dönen biçemler.docx", _with(DOCX, {"word/styles.xml": _styles_in_a_circle, BODY: _styled}), None),
        _bytes("bin kat tablo.docx", _with(DOCX, {BODY: _nested_tables(1_000)}), "iç içe|hasarlı"),
        _bytes("makro adlı.docm", DOCX, "bu türden dosyalar okunamıyor"),
        _bytes("uzak hücre.xlsx", _with(XLSX, {SHEET: _sheet(far)}), None),
        _bytes("boyutu yalan.xlsx", _with(XLSX, {SHEET: _sheet(b"")}), None),
        _bytes("formül yazılı.xlsx", _with(XLSX, {SHEET: _sheet(_text(b"A90", b"=cmd|'/c calc'!A1"))}), None),
        _bytes("dizgi dışında.xlsx", _with(XLSX, {SHEET: _sheet(last)}), "hasarlı ya da eksik"),
        _bytes("sayfa adı düşman.xlsx", _with(XLSX, {"xl/workbook.xml": _renamed}), None),
    )  # fmt: skip


def _many_entries() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(65_536):
            archive.writestr(zipfile.ZipInfo(f"word/{number}"), b"")
    return out.getvalue()


def _pages() -> Iterator[Hostile]:
    head, body = "<!DOCTYPE html><html><head>", "<body><p>Belediye 1.100 ton asfalt</p>"
    script = f"<script>{SECRET}</script><style>{SECRET}</style><iframe srcdoc='{SECRET}'></iframe><!-- {SECRET} -->"
    hidden = "ka\u200bza\u202eters\u202c\u2066 \u200e5 \u200f\u2069\ufeff"
    yield from (
        _bytes("yüz bin kat.html", (head + body + "<div>" * 100_000).encode(), "iç içe"),
        _bytes("yüz bin biçim.html", (head + body + "<b><i><a>" * 30_000).encode(), "iç içe"),
        _bytes("tek dev satır.html", (head + body + "<p>Belediye 12 " * 300_000).encode(), _SLOW, heavy=True),
        _bytes("dev öznitelikli.html", f"{head}{body}<p title='{'x' * 12_000_000}'>".encode(), None),
        _bytes("betikli sayfa.html", (head + script + body + script).encode(), None),
        _bytes("yönlendiren.html", f"{head}<meta http-equiv=refresh content='0;url=//x/'>{body}".encode(), None),
        _bytes("görünmez işaretli.html", (head + body + hidden).encode(), None),
        _bytes("boş baytlı.html", (head + body).encode().replace(b"1.100", b"1\0.100"), "ikili dosya"),
        _bytes("yanlış kodlama.html", f"{head}<meta charset=big5>{body}ığüşöç".encode(), None),
        _bytes("olmayan kodlama.html", f"{head}<meta charset=rot13>{body}ığüşöç".encode(), None),
        _bytes("dış varlık.html", f"<!DOCTYPE html [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><html>{body}&e;".encode(),
               None),
        _bytes("çok sütunlu.html", (head + "<table><tr>" + "<td colspan=1000 rowspan=9>1" * 6_000).encode(), None),
    )  # fmt: skip


def _texts() -> Iterator[Hostile]:
    turkish = "Belediye ığüşöç İĞÜŞÖÇ bütçe"
    yield from (
        _bytes("ikili.txt", bytes(range(256)) * 40, "ikili"),
        _bytes("yarım vekil.txt", b"Belediye \xed\xa0\x80 b\xc3\xbct\xc3\xa7e", "bayt|kesin değil"),
        _bytes("karışık kodlama.txt", turkish.encode() + turkish.encode("cp1254") + turkish.encode(), "bayt|kesin"),
        _bytes("yalnız birleşen.txt", ("\u0301\u0308\u0307" * 5_000).encode(), None),
        _bytes("çok birleşen.txt", ("a" + "\u0301" * 50_000 + " 12 ton").encode(), None),
        _bytes("sağdan sola.txt", ("\u202e" * 1_000 + "lot 001.1\u202c \u200f\u2067Belediye\u2069").encode(), None),
        _bytes("satırsız.txt", b"a" * 100_000, None),
        _bytes("tek rakam satırı.txt", b"1" * 100_000, None),
        _bytes("noktalı satır.txt", b"1." * 30_000, None),
        _bytes("yalnız boşluk.txt", b" \t\r\n\xc2\xa0" * 1_000, "boş"),
        _bytes("yalnız imzalı.txt", "\ufeff".encode(), "boş"),
        _bytes("utf-32.txt", turkish.encode("utf-32"), None),
        _bytes("yarım utf-16.txt", turkish.encode("utf-16")[:-1], "bozuk"),
        _bytes("on megabaytlık satır.txt", b"Belediye 1.100 ton, " * 500_000, _SLOW, heavy=True),
        _bytes("milyon satır.txt", b"12\tton\n" * 1_000_000, _SLOW, heavy=True),
        _bytes("kod.md", b"# " * 50_000 + b"\n" + b">" * 50_000 + b"\n" + b"- " * 20_000, None),
        _bytes("birebir.md", b"|" * 100_000 + b"\n" + b"|-" * 50_000, None),
    )


def _names() -> Iterator[Hostile]:
    """Files whose danger is in their name or kind."""

    def write(path: Path) -> object:
        return path.write_text("Belediye 12 ton asfalt döktü.\n", encoding="utf-8")

    def socket(path: Path) -> object:
        return os.mknod(path, stat.S_IFSOCK | 0o600)

    yield from (
        Hostile("--help.txt", write, None),
        Hostile("-rf.txt", write, None),
        Hostile("$(touch evil).txt", write, None),
        Hostile("<script>alert(1)<.txt", write, None),
        Hostile("satır\nsonu.txt", write, "yazılamayan karakterler"),
        Hostile("ters\u202etxt.exe.txt", write, "yazılamayan karakterler"),
        Hostile("zil\x07\x1b[31m.txt", write, "yazılamayan karakterler"),
        Hostile(os.fsdecode(b"latin\xfd.txt"), write, "yazılamayan karakterler"),
        Hostile("u" * 251 + ".txt", write, None),
        Hostile("gizli.txt", lambda path: path.symlink_to("/etc/passwd"), "sembolik bağlantı izlenmez"),
        Hostile("sonsuz.txt", lambda path: path.symlink_to("/dev/zero"), "sembolik bağlantı izlenmez"),
        Hostile("döngü.pdf", lambda path: path.symlink_to(path.name), "sembolik bağlantı izlenmez"),
        Hostile("kırık.pdf", lambda path: path.symlink_to("yok.pdf"), "sembolik bağlantı izlenmez"),
        Hostile("boru.txt", os.mkfifo, "sıradan bir dosya değil"),
        Hostile("soket.txt", socket, "sıradan bir dosya değil"),
        Hostile("klasör.pdf", Path.mkdir, "bu bir klasör"),
    )


def hostile_files() -> list[Hostile]:
    """Every case; names are distinct, and so are the stems that documents get their ids from."""
    pdfs = [_bytes(f"{case}.pdf", data, said, heavy=case in HEAVY_PDFS) for case, (data, said) in HOSTILE_PDFS.items()]
    return [*pdfs, *_office(), *_pages(), *_texts(), *_names()]


def folder_of(place: Path, cases: Sequence[Hostile]) -> Path:
    """A folder below ``place`` with the cases and healthy documents, and a secret that stands beside it."""
    folder = place / "belgeler"
    folder.mkdir(parents=True)
    (place / "gizli.txt").write_text(SECRET)
    (folder / "aa sağlam.txt").write_text(HEALTHY, encoding="utf-8")
    (folder / "zz sağlam.txt").write_text("Son " + HEALTHY, encoding="utf-8")
    for case in cases:
        case.make(folder / case.name)
    return folder


HEAVY_PDFS = frozenset({"dev öngörü", "kökü kendisi", "sıkıştırma bombası", "çok harfli sayfa"})
