"""Documents and words of somebody who means harm: what would run, format, redirect or turn the direction of text."""

from __future__ import annotations

from pathlib import Path

MARK = "zehir"
"""Stands in every hostile string; what ran would set the property of that name on the window."""

SCRIPT = f"<script>window.{MARK}=1</script><img src=x onerror='window.{MARK}=2'><svg onload=window.{MARK}=3>"
TEMPLATE = f"${{window.{MARK}=4}} {{{{window.{MARK}=5}}}} `{MARK}`"
MARKDOWN = f"**{MARK}** [bas](javascript:window.{MARK}=6) ![resim](http://192.0.2.1/x.png) <b>{MARK}</b>"
BIDI = "\u202e\u2066\u200f"
HOSTILE = f"{SCRIPT} {TEMPLATE} {MARKDOWN} {BIDI}\"'>"
_TAG = f"<b onclick={MARK}()>*{MARK}*</b> "
LONG = (_TAG * (100_000 // len(_TAG) + 1))[:100_000]

NAME = f"<img src=x onerror=window.{MARK}=7>&'.txt"  # a name of a file cannot hold a slash
PROGRAMME = f"""ÖRNEK BELEDİYESİ

2024 YILI PERFORMANS PROGRAMI

STRATEJİK AMAÇ 1: Yeşil alanlar {HOSTILE}

Performans Hedefi 1.1: Fidan dikmek {HOSTILE}

| Performans Göstergeleri | Birim | 2022 Gerçekleşen | 2023 Tahmin | 2024 Hedef |
|---|---|---|---|---|
| Dikilen fidan sayısı {SCRIPT} | Adet | 1.000 | 1.100 | 1.200 |
| Yapılan park sayısı {TEMPLATE} | Adet | 10 | 11 | 12 |

Belediyemiz 2024 yılında her mahallede çocuk oyun alanı kuracaktır. {HOSTILE}

{LONG}
"""
CATALOGUE = """
[[source]]
id = "ornek"
municipality = '''{municipality}'''
province = "Ankara"
level = "district"
kind = "performans"
year = 2024
title = '''{title}'''
file = "ornek.txt"
provenance = '''{title}'''
"""


def write_hostile_corpora(folder: Path) -> None:
    """Writes a folder of documents: one of the catalogue, and one that its name alone describes."""
    folder.mkdir()
    (folder / "ornek.txt").write_text(PROGRAMME, encoding="utf-8")
    (folder / NAME).write_text(PROGRAMME.replace("ÖRNEK", "BAŞKA"), encoding="utf-8")
    plain = f"{SCRIPT} {MARKDOWN} ${{window.{MARK}=8}}"
    catalogue = CATALOGUE.format(municipality=f"Örnek Belediyesi {plain}", title=f"Örnek Programı {plain}")
    (folder / "sources.toml").write_text(catalogue, encoding="utf-8")
