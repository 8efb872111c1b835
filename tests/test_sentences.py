"""Sentences of flattened text: whole, in order, at their exact places."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sentences import find_sentences


def sentences(text: str) -> list[str]:
    return [" ".join(text[span.start : span.end].split()) for span in find_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Çalışmalar Fen İşleri Md. tarafından yürütüldü.",
        "İzmir Metro A.Ş. 2020 yılında 35 istasyonda hizmet verdi.",
        "Toplantıya Prof. Dr. Ayşe Kaya ve Av. M. Tunç katıldı.",
        "T.C. Anayasası'nın 127. Maddesi uyarınca 17.07.2020 tarihinde karar alındı.",
        "Bütçe 1.100.000 TL, gerçekleşme %46,5 oldu.",
        "5393 s.K.m.7/s bendi gereği ve bkz. Tablo No. 12'de verilen park, bahçe vb. alanlar.",
        "1. Belediye 2024 yılında 30 km yol onardı.",
        "2.4.1. Küçük ölçekli projeler için model geliştirildi.",
        "7. Akıl Oyunları Şampiyonası ilçede yapıldı.",
    ],
)
def test_a_stop_that_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yol yapıldı. Park açıldı!", ["Yol yapıldı.", "Park açıldı!"]),
        ("Oran %12. Ödenek arttı.", ["Oran %12.", "Ödenek arttı."]),
        ("“Başladık.” İşler sürüyor.", ["“Başladık.”", "İşler sürüyor."]),
        ("2020'de sayı 46,5. Ertesi yıl düştü.", ["2020'de sayı 46,5.", "Ertesi yıl düştü."]),
    ],
)
def test_a_stop_that_ends_one(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_wrapped_lines_blank_lines_and_page_ends_are_run_over() -> None:
    wrapped = "Belediyemiz bünyesinde bir iç denetim \n\nbirimi kurulmuş olup \n \n\n görevini sürdür-\nmektedir. "
    assert len(sentences(wrapped)) == 1
    spaced = "Maksut Bey, yapılan oylama sonucunda Kars \n\nKent Konseyi Başkanlığına büyük bir farkla \n\nseçildi. \n"
    assert len(sentences(spaced)) == 1


def test_headings_items_and_rows_stand_alone() -> None:
    text = (
        "PARK HİZMETLERİ\n\nBelediye aşağıdaki işleri yaptı:\n• Yeni parklar\n• Ağaç dikimi\n- Sulama\n"
        "Park sayısı 12 14\nKonak\t3 adet\tKiraya verildi.\nToplam değer \u00a0\nSonuç olumludur."
    )
    assert sentences(text) == [
        "PARK HİZMETLERİ",
        "Belediye aşağıdaki işleri yaptı:",
        "• Yeni parklar",
        "• Ağaç dikimi",
        "- Sulama",
        "Park sayısı 12 14",
        "Konak 3 adet Kiraya verildi.",
        "Toplam değer",
        "Sonuç olumludur.",
    ]


PIECES = st.sampled_from(
    [
        "Yol",
        "bitti",
        ".",
        ". ",
        "\n",
        "\n\n",
        " ",
        "\u00a0",
        "\t",
        "12",
        "1.",
        "A.Ş.",
        "•",
        "-",
        "İ",
        "i̇",
        "“",
        "”",
        "%",
        ",",
        ":",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_every_visible_character_stands_in_one_sentence(text: str) -> None:
    spans = find_sentences(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    pieces = [text[span.start : span.end] for span in spans]
    assert all(piece and piece == piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_real_documents_are_covered_in_sentences_of_sane_length(corpora: Path) -> None:
    for path in sorted(corpora.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        spans = find_sentences(text)
        assert "".join("".join(text[span.start : span.end] for span in spans).split()) == "".join(text.split())
        lengths = sorted(span.end - span.start for span in spans)
        assert lengths[-1] < 3000 and lengths[len(lengths) // 2] > 10
