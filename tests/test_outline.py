"""Contract: the path at a place is what a reader would call its headings, and no table row becomes one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.outline import Outline, read_outline
from indexer.reading import find_pages, read_document
from indexer.records import Document, Source

CORPORA = Path(__file__).parent.parent / "corpora"
IDS = sorted(path.stem for path in CORPORA.glob("*.txt"))


def _document(text: str) -> Document:
    source = Source(id="x", municipality="X Belediyesi", title="X", file="x.txt", sha256="")
    return Document(source=source, text=text, pages=find_pages(text))


def _path(text: str, place: str) -> list[str]:
    return [heading.title for heading in read_outline(_document(text)).path_at(text.index(place))]


@cache
def _real(name: str) -> tuple[Document, Outline]:
    source = Source(id=name, municipality="", title="", file="", sha256="")
    document = read_document(CORPORA / f"{name}.txt", source)
    return document, read_outline(document)


def _real_path(name: str, line: int) -> list[str]:
    document, outline = _real(name)
    return [heading.title for heading in outline.path_at(document.lines[line - 1].start)]


@pytest.mark.parametrize(
    "text",
    [
        "Stratejik Amaç 1 \t : Temiz Kent\n\nStratejik Hedef 1.1\t : Atık\n\n"
        "Performans Hedefi 1.1.1\t : Toplama\n\nSATIR 5 6",
        "Stratejik Amaç 1:\tTemiz Kent\t\t\nStratejik Hedef 1.1:\tAtık\t\t\n"
        "Performans Hedefi (1.1.1):\tToplama\t\t\nSATIR\t5\t6",
        "Amaç 1. Temiz Kent\n\nHedef\n1.1 Atık\n\nPerformans Hedefi\n1.1.1. Toplama\n\nSATIR 5 6",
        "Stratejik Amaç 1\n\nTemiz Kent\n\nStratejik Hedef 1.1\n\nAtık\n\n"
        "Performans Hedefi 1.1.1\n\nToplama\n\nSATIR 5 6",
        "S.A.1: Temiz Kent\n\nS.H.1.1: Atık\n\nP.H.1.1.1: Toplama\n\nSATIR 5 6",
        "STRATEJİK AMAÇ 1: Temiz Kent\n\nSTRATEJİK HEDEF 1.1: Atık\n\nPERFORMANS HEDEFİ 1.1.1: Toplama\n\nSATIR 5 6",
    ],
)
def test_strategic_hierarchy_in_every_shape(text: str) -> None:
    assert _path(text, "SATIR") == [
        "Stratejik Amaç 1: Temiz Kent",
        "Stratejik Hedef 1.1: Atık",
        "Performans Hedefi 1.1.1: Toplama",
    ]


def test_wrapped_and_continued_titles() -> None:
    text = (
        "  Stratejik Amaç 3: Meydanlar \nOluşturmak (…devamı) Bütçe \n\nStratejik \nHedef 9 \n\n"
        "İkinci Düzey Mey-\ndanları "
        "Yaratmak İlgili Müdürlük Performans Göstergesi 2020 2021 \n\nProje 3.9.1 \nMeydan envanteri çıkarmak \n\n"
        "İmar Md. \n\n50,000 50,000 \n"
    )
    assert _path(text, "50,000") == [
        "Stratejik Amaç 3: Meydanlar Oluşturmak",
        "Stratejik Hedef 9: İkinci Düzey Meydanları Yaratmak",
        "Proje 3.9.1: Meydan envanteri çıkarmak",
    ]


def test_form_without_numbers_and_with_a_broken_label() -> None:
    text = (
        "PERFORMANS HEDEFİ TABLOSU \n\nİdare Adı X BELEDİYESİ \n\nAmaç \n\nKente nitelikli hizmet \n\nsunmak \n\n"
        "Hedef Gelirleri artırmak \n\nPerformans  \n\nTahsilatı artırmak \nHedefi \n\nAçıklamalar  \n\n"
        "Performans Göstergeleri \n2024 \n\nHedef \n2024 \n\nGerçekleşme \n\nSATIR 20% 0% \n"
    )
    assert _path(text, "SATIR")[-3:] == [
        "Stratejik Amaç: Kente nitelikli hizmet sunmak",
        "Stratejik Hedef: Gelirleri artırmak",
        "Performans Hedefi: Tahsilatı artırmak",
    ]


def test_a_new_goal_ends_what_was_below_the_old_one() -> None:
    text = "Stratejik Amaç 1: A\n\nStratejik Hedef 1.1: B\n\nFaaliyet Adı: C\n\nStratejik Amaç 2: D\n\nson satır burada"
    assert _path(text, "son satır") == ["Stratejik Amaç 2: D"]


def test_strategic_area_above_a_goal() -> None:
    text = "metin\n YAŞAM KALİTESİ\n\nStratejik Amaç 2 : Sağlıklı Kent\n\nSATIR 1 2"
    assert _path(text, "SATIR") == ["YAŞAM KALİTESİ", "Stratejik Amaç 2: Sağlıklı Kent"]


@pytest.mark.parametrize(
    "row",
    [
        "Stratejik Amaç 1 Temiz Kent 9.515.641.000,00 29,30 21,10",
        "Stratejik Hedef 1.2\nYerleşim Alanları Planlı\n\n1.371.319.000,00 4,22 3,04",
        "P.H.1:\tPlanlama yapmak\tPlan faaliyeti\tİmar Dairesi Başkanlığı",
        "Performans Hedefi\tFaaliyet\tBütçe İçi\tToplam",
        "Stratejik amaç; kuruluşun ulaşmayı hedeflediği sonuçlardır.",
        "Hedef 1’de belirtilen işler sürmektedir.",
        "1. Personel Giderleri\n2. Faiz Giderleri",
        "1.1.11 Yapılan Yasal Takip Oranı 30% 25% 90%",
        "1. Genel Bilgiler .......... 12",
        "2. PERFORMANS BİLGİLERİ\t24",
        "01.01.2020-31.12.2020 Tarihleri Arası",
        "675 Başta açık ve yeşil alanlar olmak üzere",
        "HUKUK MAHKEMESİ\n\n12 40 52",
        "Sorumlu Harcama Birimi\n\nFen İşleri Dairesi Başkanlığı\n\nEkonomik Kod 2024",
        "İşin Adı Fen İşleri Dairesi Başkanlığı 12.500,00",
    ],
)
def test_rows_contents_and_sentences_are_no_headings(row: str) -> None:
    assert read_outline(_document(f"giriş metni\n\n{row}\n\nson\n")).headings == ()


def test_sections_units_and_capitals() -> None:
    text = (
        "I- GENEL BİLGİLER\n\nA- MİSYON VE VİZYON\n\nmetin bir\n\nII- AMAÇ VE HEDEFLER\n\nmetin iki\n\n"
        "FEN İŞLERİ MÜDÜRLÜĞÜ\n\nYAPILAN ÇALIŞMALAR\n\nBu yıl çok sayıda yol yapılmıştır ve onarılmıştır.\n"
    )
    assert _path(text, "metin bir") == ["I- GENEL BİLGİLER", "A- MİSYON VE VİZYON"]
    assert _path(text, "metin iki") == ["II- AMAÇ VE HEDEFLER"]
    assert _path(text, "çok sayıda") == ["II- AMAÇ VE HEDEFLER", "FEN İŞLERİ MÜDÜRLÜĞÜ", "YAPILAN ÇALIŞMALAR"]


def test_numbered_sections_and_markdown() -> None:
    text = (
        "# Rapor\n\n1.1. Teşkilat Yapısı\n\nmetin bir\n\n1.1.1. Birimler\n\nmetin iki\n\n1.2. Kaynaklar\n\nmetin üç\n"
    )
    assert _path(text, "metin iki") == ["Rapor", "1.1. Teşkilat Yapısı", "1.1.1. Birimler"]
    assert _path(text, "metin üç") == ["Rapor", "1.2. Kaynaklar"]


def test_page_title_at_the_end_of_its_page_holds_from_the_page_start() -> None:
    text = (
        "I- GENEL BİLGİLER\n\nönceki sayfa\n 1- FİZİKSEL YAPI\n\nbinalar vardır"
        "\n\nC- İDAREYE İLİŞKİN BİLGİLER\n sonraki sayfa burada\n"
    )
    path = ["I- GENEL BİLGİLER", "C- İDAREYE İLİŞKİN BİLGİLER", "1- FİZİKSEL YAPI"]
    assert _path(text, "binalar") == path
    assert _path(text, "sonraki") == path


@pytest.mark.parametrize(
    ("name", "line", "path"),
    [
        ("izmir-2024-performans", 2138, ["Stratejik Amaç 1:", "Stratejik Hedef 1.1:", "Performans Hedefi 1.1.1:"]),
        (
            "izmir-2024-performans",
            4655,
            ["Stratejik Hedef 1.1:", "Performans Hedefi 1.1.1:", "Faaliyet: Ulaşım Yollarında"],
        ),
        (
            "izmir-2020-faaliyet",
            15113,
            ["YAŞAM KALİTESİ", "Stratejik Amaç 2:", "Stratejik Hedef 2.3:", "Performans Hedefi 2.3.1:"],
        ),
        ("kayseri-2025-performans", 1429, ["Stratejik Amaç 2:", "Stratejik Hedef 2.2:", "Performans Hedefi 6:"]),
        ("defne-2023-performans", 84, ["Stratejik Amaç 1:", "Stratejik Hedef 1:", "Proje 1.1.1: Geleneksel bayram"]),
        (
            "kars-2024-faaliyet",
            7484,
            ["Stratejik Amaç: Kente", "Stratejik Hedef: Belediyenin", "Performans Hedefi: Belediyenin"],
        ),
    ],
)
def test_paths_of_real_rows(name: str, line: int, path: list[str]) -> None:
    found = _real_path(name, line)[-len(path) :]
    assert all(title.startswith(start) for title, start in zip(found, path, strict=True)), found


def test_totals_at_the_end_do_not_stand_under_the_last_activity() -> None:
    assert not any(title.startswith(("Stratejik", "Faaliyet:")) for title in _real_path("izmir-2024-performans", 14900))


@pytest.mark.parametrize("name", IDS)
def test_real_headings_are_clean_and_in_place(name: str) -> None:
    document, outline = _real(name)
    assert len(outline.headings) > 100
    assert list(outline.starts) == sorted(outline.starts)
    for heading in outline.headings:
        assert heading.title == " ".join(heading.title.split())
        assert 1 < len(heading.title) <= 260
        assert document.text[heading.span.start : heading.span.end].strip()
        assert not re.search(r"\d,\d\d$|(?:\d{1,3}[.,]){2}\d{3}", heading.title), heading.title


@given(st.text(alphabet="AHhea 1.2:\n\t-çİ(", max_size=80))
def test_any_text_has_an_outline_whose_paths_nest(text: str) -> None:
    outline = read_outline(_document(text))
    for offset in range(len(text)):
        levels = [heading.level for heading in outline.path_at(offset)]
        assert levels == sorted(set(levels))


def test_a_title_in_small_letters_ends_the_part_in_capitals() -> None:
    text = (
        "FEN İŞLERİ MÜDÜRLÜĞÜ\n\nOTOGAR YAPIM İŞİ\n\nBu yıl otogarın yapımına başlandı ve işler sürdü.\n\n"
        "Agrega ve Kum Mal Alım İşi\n\nSözleşme Bedeli : 12.185.000,00 TL\n\nson\n"
    )
    assert _path(text, "otogarın") == ["FEN İŞLERİ MÜDÜRLÜĞÜ", "OTOGAR YAPIM İŞİ"]
    assert _path(text, "Sözleşme") == ["FEN İŞLERİ MÜDÜRLÜĞÜ", "Agrega ve Kum Mal Alım İşi"]


@pytest.mark.parametrize(
    "line",
    ["Belediye Başkanımız Prof. Dr. Ali Veli, Vali", "Yol Çalışmaları Devam Etti", "Hizmet Alımı Mal Alımı Yapım İşi"],
)
def test_news_and_legends_are_no_titles(line: str) -> None:
    text = f"giriş\n\n{line}\n\nBu yıl çok sayıda yol yapılmıştır ve onarılmıştır.\n"
    assert read_outline(_document(text)).headings == ()


def test_an_area_holds_for_its_goals_only() -> None:
    goals = "ALTYAPI\n\nStratejik Amaç 1: Kent\n\nmetin\n\nDOĞA\n\nStratejik Amaç 2: Çevre\n\nmetin\n\n"
    text = goals + "ALTYAPI\n\nStratejik Amaç 1: Kent\n\nilk gider\n\nStratejik Amaç 2: Çevre\n\nikinci gider\n"
    assert _path(text, "ilk gider") == ["ALTYAPI", "Stratejik Amaç 1: Kent"]
    assert _path(text, "ikinci gider") == ["DOĞA", "Stratejik Amaç 2: Çevre"]


def test_a_misprinted_label_is_a_heading() -> None:
    assert _path("Starejik Hedef 6.2 Kurumsal Kapasite\n\nmetin bir\n", "metin") == [
        "Stratejik Hedef 6.2: Kurumsal Kapasite"
    ]


def test_a_company_without_its_legal_form_is_a_heading() -> None:
    text = "A KENT A.Ş.\n\nmetin\n\nKENFAŞ \nKent Fuarcılık Hizmetleri \nTic. A.Ş.\n\nmetin iki\n"
    assert _path(text, "metin iki") == ["KENFAŞ"]
