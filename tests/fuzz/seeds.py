"""The inputs that fuzzing starts from: small real files of every format, real figures, real stretches."""

from __future__ import annotations

import random
from pathlib import Path

from tests.fuzz.targets import CORPORA

_STRETCHES = 60


def write_seeds(target: str, folder: Path) -> None:
    """Writes the first inputs of a target into ``folder``; what an earlier run found there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"numbers": _numbers, "tables": _tables, "readers": _readers}[target]()
    for number, data in enumerate(made):
        (folder / f"seed{number}").write_bytes(data)


def _numbers() -> list[bytes]:
    lines = [line for path in sorted(CORPORA.glob("*.txt")) for line in path.read_bytes().split(b"\n") if b"0" in line]
    chance = random.Random(1)
    pieces = [b"\x02" + chance.randbytes(8) for _ in range(50)]
    return [*(b"\x03" + line for line in chance.sample(lines, 300)), *pieces, b"\x01" + lines[0], b"\x00\x09\x0d"]


def _tables() -> list[bytes]:
    chance = random.Random(2)
    return [chance.randbytes(4 + 4 * chance.randrange(5)) for _ in range(_STRETCHES)]


def _readers() -> list[bytes]:
    from office_making import Grid, Heading, Item, Merged, Paragraph, docx_of, html_of, xlsx_of
    from pdf_making import Sheet

    blocks = [
        Heading("Performans Tablosu"),
        Paragraph("Büyükşehir Belediyesi 2024 yılı bütçesi."),
        Grid([["Gösterge", "Birim", "2024 Hedef"], ["Asfalt", "Ton", "1.100.000"], [Merged("Toplam", 2), "%12,5"]]),
        Item("Madde"),
    ]
    text = "# Başlık\n\nMetin ığüşöç İĞÜŞÖÇ 1.100.000 TL\n\fSayfa\n| a | b |\n|---|---|\n| 1 | 2 |\n- madde\n"
    sheet = Sheet(numbered=True)
    sheet.line("Dökülecek asfalt 1.100.000 ton")
    sheet.table([["Gösterge", "Hedef"], ["Asfalt", "1.100"], ["Yol", "12"]], [2, 1])
    sheet.new_page()
    sheet.line("İkinci sayfa")
    small = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 96>>stream\nBT /F1 12 Tf 20 200 Td (Belediye 1.100) Tj 0 -20 Td [(Asfalt) -300 (12)] TJ ET "
        b"10 10 50 20 re S 10 30 m 90 30 l S \nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF"
    )
    encodings = ("utf-8", "cp1254", "iso8859-9", "utf-16", "utf-8-sig")
    page = html_of(blocks)
    return [
        *(b"\x00" + text.encode(name, errors="replace") for name in encodings),
        *(b"\x01" + text.encode(name, errors="replace") for name in encodings[:2]),
        b"\x02" + page,
        b"\x02" + page.decode().encode("utf-16"),
        b"\x02<html><head><meta charset=windows-1254><title>x</title><body><table><tr><th colspan=2>a<tr><td>1<td>2",
        b"\x03" + docx_of(blocks),
        b"\x04" + xlsx_of(blocks),
        b"\x05" + sheet.bytes(),
        b"\x05" + small,
    ]
