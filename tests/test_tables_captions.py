"""Contract: captions, sections and codes around the rows of delimited tables, as readers of office files make them."""

from __future__ import annotations

from decimal import Decimal

from fact_reading import document_of

from indexer.facts import read_facts
from indexer.outline import read_outline
from indexer.records import Fact
from indexer.tables import read_tables


def facts_in(text: str) -> list[Fact]:
    document = document_of(text)
    return read_facts(document, read_tables(document, read_outline(document)))


def said(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in facts_in(text):
        found.setdefault(fact.label, []).append(str(fact.figure.value))
    return found


def test_the_caption_above_a_table_leads_its_total() -> None:
    rows = (
        "Açıklama\tBütçe\tHarcama\nTramvay yapımı\t1.000,00\t900,00\n"
        "Köprü yapımı\t500,00\t400,00\nTOPLAM\t1.500,00\t1.300,00\n"
    )
    facts = said(f"Yatırımlar aşağıda verilmiştir.\n\nTablo 2 Ulaşım Yatırımları\n\n{rows}")
    assert facts["Tablo 2 Ulaşım Yatırımları – TOPLAM"] == ["1500.00", "1300.00"]
    assert said(f"Yatırımlar aşağıda verilmiştir.\n\n{rows}")["TOPLAM"] == ["1500.00", "1300.00"], "a sentence is none"


def test_a_section_ends_at_its_total() -> None:
    facts = said(
        "Açıklama\tBütçe\nUlaşım Dairesi Başkanlığı\t\nTramvay yapımı\t1.000,00\nToplam\t1.000,00\n"
        "Fen İşleri Dairesi Başkanlığı\t\nYol yapımı\t2.000,00\nToplam\t2.000,00\nGenel Toplam\t3.000,00\n"
    )
    assert facts["Ulaşım Dairesi Başkanlığı – Toplam"] == ["1000.00"]
    assert facts["Fen İşleri Dairesi Başkanlığı – Toplam"] == ["2000.00"]
    assert facts["Genel Toplam"] == ["3000.00"]


def test_the_only_total_below_several_sections_is_that_of_all() -> None:
    facts = said(
        "Açıklama\tBütçe\nBirinci Bölge\t\nYol yapımı\t1.000,00\n"
        "İkinci Bölge\t\nPark yapımı\t2.000,00\nToplam\t3.000,00\n"
    )
    assert facts["Toplam"] == ["3000.00"]


def test_codes_with_spaces_tell_the_same_item_of_two_groups_apart() -> None:
    facts = said(
        "Kodu\tAçıklama\t2020 Bütçesi\n1\tPersonel Giderleri\t535.349.000,00\n1 1\tMemurlar\t392.069.000,00\n"
        "2\tSosyal Güvenlik\t70.102.000,00\n2 1\tMemurlar\t46.902.000,00\n"
    )
    assert facts["Personel Giderleri – Memurlar"] == ["392069000.00"]
    assert facts["Sosyal Güvenlik – Memurlar"] == ["46902000.00"]


def test_a_list_of_things_that_begin_with_numbers_is_no_table_of_contents() -> None:
    listed = "Türü\tMiktarı\n6+8 Metre Direk\t43\n4+7 Metre Direk\t43\n9+9 Metre Direk\t6\n100 W Armatür\t100\n"
    assert said(listed)["9+9 Metre Direk"] == ["6"]
    assert not said("1. Genel Bilgiler\t3\n1.1. Misyon\t3\n1.2. Vizyon\t4\n2. Amaçlar\t9\n")


def test_payments_keep_their_numbers() -> None:
    facts = said("Türü\tHakediş Tutarı (₺)\n1 No’lu Hakediş\t7.202.624,51\n2 No’lu Hakediş\t1.847.944,15\n")
    assert facts["1 No’lu Hakediş"] == ["7202624.51"]


def test_counts_beside_sums_of_money_are_no_money() -> None:
    facts = facts_in("Türü\t2024\tToplam Tutar (TL)\nMal Alımı\t35\t3.162.074,25\nHizmet Alımı\t8\t974.248,00\n")
    assert {(fact.figure.value, fact.unit) for fact in facts if fact.label == "Mal Alımı"} == {
        (Decimal(35), None),
        (Decimal("3162074.25"), "TL"),
    }
