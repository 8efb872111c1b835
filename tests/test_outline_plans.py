"""Headings of strategic plans and programme budgets, and which tables they hold for."""

from __future__ import annotations

import pytest
from table_reading import document_of

from indexer.outline import read_outline
from indexer.tables import read_tables


def context_of(text: str) -> tuple[str, ...]:
    """The headings above the last table of ``text``."""
    document = document_of(text)
    return read_tables(document, read_outline(document))[-1].context


CARD = "PG2.1.1 Onarılan köprü sayısı (adet) 60 3 4 5\nPG2.1.2 Yapılan köprü sayısı (adet) 40 1 2 3\n"
COSTS = "Hedef 2.1\n1.000.000\n2.000.000\nHedef 2.2\n3.000.000\n4.000.000\nHedef 2.3\n5.000.000\n6.000.000\n"


def test_title_ends_with_its_sentence_above_the_head_of_a_card() -> None:
    text = (
        "Amaç (A2) Güvenli yollar yapmak\nHedef (H2.1) Köprüler onarılacaktır.\nHedefe Plan Dönemi\n"
        f"Performans Göstergeleri Etkisi Başlangıç 2031 2032\n(%) Değeri (2030)\n{CARD}"
    )
    assert context_of(text) == (
        "Stratejik Amaç 2: Güvenli yollar yapmak",
        "Stratejik Hedef 2.1: Köprüler onarılacaktır.",
    )


def test_programme_and_its_parts_are_headings_of_their_indicators() -> None:
    text = (
        "PROGRAM ADI: ŞEHİR İÇİ ULAŞIM\nALT PROGRAM ADI: YOLLAR\n\nGerekçe ve Açıklamalar\nYollar uzundur.\n\n"
        "Alt Program Hedefi: Yolları iyileştirmek\n\nPerformans Göstergesi Ölçü Birimi 2031 Hedef 2032 Tahmin\n"
        "Yapılan yol Km 5 6\nOnarılan yol Km 7 8\n"
    )
    assert context_of(text) == (
        "Program: ŞEHİR İÇİ ULAŞIM",
        "Alt Program: YOLLAR",
        "Alt Program Hedefi: Yolları iyileştirmek",
    )


@pytest.mark.parametrize("rows", [COSTS, COSTS.replace("\n", " ").replace(" Hedef", "\nHedef")])
def test_costs_of_all_targets_stand_below_none_of_them(rows: str) -> None:
    card = (
        f"Amaç 2: Güvenli yollar\nHedef 2.3: Köprüler\nPerformans Göstergeleri Hedefe Etkisi (%) 2031 2032 2033\n{CARD}"
    )
    text = f"{card}Sorumlu Birim Fen İşleri Müdürlüğü\n\nTablo 9: Maliyetler (TL)\nAmaç / Hedef\n2031\n2032\n{rows}"
    assert not any(name.startswith("Stratejik") for name in context_of(text))


def test_costs_of_a_target_keep_its_aim_though_they_follow_another_one() -> None:
    head = (
        "Tablo 2: FAALİYET MALİYETLERİ TABLOSU\nİdare Adı X BELEDİYESİ\nPerformans Hedefi 1.1.1 Yollar onarılacaktır.\n"
    )
    costs = "Faaliyet Adı Onarım\nEkonomik Kod 2031 (TL)\n01 Personel Giderleri 5,00\n03 Mal ve Hizmet Alımları 6,00\n"
    goals = [
        f"Stratejik Amaç {at} {aim} olmak\nStratejik Hedef {at}.1 {aim} iş yapmak\n"
        f"Performans Hedefi {at}.1.1 {target}\n\n"
        for at, aim, target in ((1, "Güvenli", "Yollar onarılacaktır."), (2, "Temiz", "Çöpler toplanacaktır."))
    ]
    context = context_of(f"{''.join(goals)}{head}{costs}Toplam Bütçe Kaynak İhtiyacı 11,00\n")
    assert context[:2] == ("Stratejik Amaç 1: Güvenli olmak", "Stratejik Hedef 1.1: Güvenli iş yapmak")
