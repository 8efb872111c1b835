"""Facts of strategic plans: years of the plan, costs of aims and targets, and who is responsible for an indicator."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from table_reading import document_of

from indexer.facts import read_facts
from indexer.inference import infer_source
from indexer.outline import read_outline
from indexer.records import Document
from indexer.tables import read_tables
from qa.answering.responsible import _of_tables

CARD = """\
Performans Göstergeleri Birim Etki (%) Başlangıç 1. Yıl 2. Yıl 3. Yıl
Değeri (2030)
PG1.1.1 Açılan kreş sayısı Adet 40 5 6 7 8
PG1.1.2 Yapılan köprü sayısı Adet 60 1 2 3 4
Riskler
• Ödenek yetersizliği
Sorumlu Birim Fen İşleri Müdürlüğü
İşbirliği Yapılacak Birimler Zabıta Müdürlüğü
"""


def plan(text: str) -> Document:
    document = document_of(text)
    return replace(document, source=replace(document.source, kind="stratejik", year=2031, period=(2031, 2035)))


def facts_of(document: Document) -> list[tuple[str, int | None, str, Decimal, str | None]]:
    tables = read_tables(document, read_outline(document))
    found = read_facts(document, tables)
    return [(fact.label, fact.year, fact.measure, fact.figure.value, fact.unit) for fact in found]


def test_ordinal_years_are_those_of_the_plan() -> None:
    assert facts_of(plan(CARD))[:5] == [
        ("Açılan kreş sayısı", None, "other", Decimal(40), "%"),
        ("Açılan kreş sayısı", 2030, "actual", Decimal(5), "adet"),
        ("Açılan kreş sayısı", 2031, "target", Decimal(6), "adet"),
        ("Açılan kreş sayısı", 2032, "target", Decimal(7), "adet"),
        ("Açılan kreş sayısı", 2033, "target", Decimal(8), "adet"),
    ]


@pytest.mark.parametrize("separator", [" ", "\n"])
def test_costs_of_targets_by_year_are_budgets_of_those_years(separator: str) -> None:
    rows = [("Amaç 1", "3.000", "4.000"), ("Hedef 1.1", "1.000", "1.500"), ("Hedef 1.2", "2.000", "2.500")]
    body = "".join(separator.join((*row, "9.000")) + "\n" for row in rows)
    head = separator.join(("Amaç / Hedef", "2031", "2032", "Toplam"))
    found = facts_of(plan(f"Tablo 3: Tahmini Maliyetler (TL)\n{head}\n{body}"))
    assert ("Hedef 1.1", 2032, "budget", Decimal(1500), "TL") in found


def test_units_of_a_card_are_told_with_the_field_that_names_them() -> None:
    document = plan(CARD)
    duties = list(_of_tables("x", read_tables(document, read_outline(document)), document.text))
    assert [(duty.name, duty.units) for duty in duties] == [
        ("Açılan kreş sayısı", ("Fen İşleri Müdürlüğü",)),
        ("Yapılan köprü sayısı", ("Fen İşleri Müdürlüğü",)),
    ]
    span = duties[0].span
    assert document.text[span.start : span.end] == "Sorumlu Birim Fen İşleri Müdürlüğü"


@pytest.mark.parametrize(
    "title", ["STRATEJİK PLAN 2031-2035", "2031-2035 STRATEJİK PLANI", "STRATEJİK PLAN\n(2031 - 2035)"]
)
def test_period_of_a_plan_stands_before_or_behind_its_name(title: str) -> None:
    assert infer_source(f"ANKARA BÜYÜKŞEHİR BELEDİYESİ\n{title}\n", Path("plan.txt")).period == (2031, 2035)
