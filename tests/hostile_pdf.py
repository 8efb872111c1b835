"""Makes hostile PDFs for tests, object by object."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

TEXT = b"BT /F1 12 Tf 20 200 Td (Belediye butcesi 1.100 TL) Tj ET\n"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R", prev: str = "") -> bytes:
    """A PDF of numbered objects with a right cross-reference table; ``prev`` is "self" for one that loops."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    if prev == "self":
        trailer += b"/Prev %d" % start
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += b"trailer\n<<%s/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, size, start)
    return bytes(out)


def stream(content: bytes, fields: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (fields, len(content), content)


def page(
    content: bytes = TEXT,
    *,
    catalog: bytes = b"",
    pages: bytes = b"/Kids[3 0 R]/Count 1",
    box: bytes = b"[0 0 300 300]",
    fields: bytes = b"",
    font: bytes = FONT,
    body: bytes | None = None,
    more: Mapping[int, bytes] | None = None,
    **options: str,
) -> bytes:
    """A PDF of one page, with parts of it replaced: ``body`` is the whole object of its content."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages%s>>" % pages,
        3: b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R%s"
        b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>" % (box, fields),
        4: stream(content) if body is None else body,
        5: font,
        **(more or {}),
    }
    return pdf(objects, **options)


def bomb(mebibytes: int) -> bytes:
    """A stream of zeros that is packed twice; one piece of packed zeros, repeated, is again packed zeros."""
    packer = zlib.compressobj(9)
    head = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = b"\x03\x00" + (mebibytes * 2**20 % 65521 << 16 | 1).to_bytes(4)
    packed = zlib.compress(head + piece * (mebibytes - 1) + end)
    return stream(packed, b"/Filter[/FlateDecode/FlateDecode]")


def unknown_font(cmap: bytes | None = None) -> bytes:
    """A font of two-byte letters that says nothing of their meaning, or what ``cmap`` says (object 8)."""
    told = b"/ToUnicode 8 0 R" if cmap is not None else b""
    return b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]%s>>" % told


DESCENDANT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/X>>>>"
)
CODES = b"BT /F1 12 Tf 20 200 Td <000100020003000400050006> Tj ET"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R/Y 7 0 R>>>>"
ATTACHED = {
    6: b"<</Type/Filespec/F(gizli.txt)/EF<</F 7 0 R>>>>",
    7: stream(b"gizli bilgi", b"/Type/EmbeddedFile"),
}
JAVASCRIPT = b"/OpenAction<</S/JavaScript/JS(app.alert\\('gizli bilgi'\\))>>/AA<</WC<</S/Launch/F(cmd.exe)>>>>"
WIDE_RANGE = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFFFFF0> <0041> endbfrange"

HOSTILE_PDFS: dict[str, tuple[bytes, str | None]] = {
    "nesne tablosu kendine dönen": (page(prev="self"), None),
    "sayfa ağacı kendine dönen": (page(pages=b"/Kids[2 0 R 3 0 R]/Count 2"), None),
    "yalnız kendine dönen ağaç": (page(pages=b"/Kids[2 0 R]/Count 1"), None),
    "sayfa sayısı yalan": (page(pages=b"/Kids[3 0 R]/Count 999999999"), None),
    "sayfa sayısı eksi": (page(pages=b"/Kids[3 0 R]/Count -5"), None),
    "sayfası olmayan numara": (page(pages=b"/Kids[3 0 R 99 0 R 5 0 R]/Count 3"), None),
    "yüz bin sayfa": (page(pages=b"/Kids[%s]/Count 100000" % (b"3 0 R " * 100_000)), None),
    "kökü olmayan": (pdf({1: b"<</Type/Catalog>>"}, trailer=b"/Root 9 0 R"), "hiç sayfa yok"),
    "kökü kendisi": (pdf({1: b"1 0 R"}), "saniyede işlenemedi"),
    "dev sayfa": (page(box=b"[0 0 1000000000 1000000000]"), None),
    "eksi sayfa": (page(box=b"[300 300 0 0]"), None),
    "sayı olmayan sayfa": (page(box=b"[/a (b) null 300]"), "bozuk"),
    "boş sayfa kutusu": (page(box=b"[]"), None),
    "döndürülmüş sayfa": (page(fields=b"/Rotate 77"), None),
    "çok harfli sayfa": (
        page(b"BT /F1 4 Tf 0 0 Td\n" + b"(%s) Tj 0 1 Td\n" % (b"Belediye 12 " * 10) * 8_500 + b"ET"),
        "bellek|saniyede",
    ),
    "betikli": (page(catalog=JAVASCRIPT), None),
    "ekli dosyalı": (page(catalog=b"/Names<</EmbeddedFiles<</Names[(g) 6 0 R]>>>>", more=ATTACHED), None),
    "görünmez yazılı": (page(b"BT /F1 12 Tf 3 Tr 20 200 Td (Belediye 1.100) Tj ET"), None),
    "anlamı bilinmeyen yazı": (page(CODES, font=unknown_font(), more={7: DESCENDANT}), "yazı tipleri çözülemiyor"),
    "dev harf tablosu": (
        page(CODES, font=unknown_font(b""), more={7: DESCENDANT, 8: stream(WIDE_RANGE)}),
        "yazı tipleri çözülemiyor",
    ),
    "boş baytlı adlar": (page(fields=b"/A#00B/C#00#00"), None),
    "kendini çizen çizim": (page(TEXT + b"/X Do", more={6: stream(b"/X Do " + TEXT, FORM)}), None),
    "birbirini çizen çizimler": (
        page(TEXT + b"/X Do", more={6: stream(b"/Y Do /Y Do", FORM), 7: stream(b"/X Do /X Do", FORM)}),
        None,
    ),
    "derin iç içe dizi": (page(b"[" * 50_000 + b"]" * 50_000 + TEXT), None),
    "derin iç içe sözlük": (page(fields=b"/A " + b"<</A " * 5_000 + b"1" + b">>" * 5_000), None),
    "kapanmayan parantez": (page(b"BT (" * 20_000), "metin yok"),
    "kapanmayan resim": (page(b"BI /W 9 ID " + b"x" * 20_000), "metin yok"),
    "yalan uzunluk": (page(body=b"<</Length 999999999>>\nstream\n" + TEXT + b"\nendstream"), None),
    "kendini gösteren uzunluk": (page(body=b"<</Length 4 0 R>>\nstream\n" + TEXT + b"\nendstream"), None),
    "içeriği olmayan": (page(body=b"null"), "metin yok"),
    "bozuk sıkıştırma": (page(body=stream(b"\x78\x9c bozuk", b"/Filter/FlateDecode")), "metin yok"),
    "bilinmeyen süzgeç": (page(body=stream(TEXT, b"/Filter/Bomba")), "bozuk"),
    "dev öngörü": (
        page(body=stream(zlib.compress(TEXT), b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000>>")),
        "bellek|bozuk",
    ),
    "küçük sıkıştırma bombası": (page(body=bomb(64)), "metin yok"),
    "sıkıştırma bombası": (page(body=bomb(8 * 1024)), "bellek|bozuk"),
    "dev sayılar": (page(b"BT /F1 1e400 Tf 9" + b"9" * 5000 + b" 200 Td (Belediye) Tj ET"), None),
    "sonu kesik": (page()[:-60], "yarım"),
    "ortası kesik": (page()[:300] + b"\nstartxref\n9\n%%EOF", "bozuk"),
    "yalnız baş": (b"%PDF-1.7\n%%EOF", "bozuk"),
}
"""What each is, and the line that it ends as; None where it is read."""
