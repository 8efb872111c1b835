"""Units as answers tell and compare them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from indexer.records import Figure, Span
from qa.answering.comparing.pairing import of_one_kind
from qa.finding.figures import Found, _unit_of_compound


def found(unit: str | None) -> Found:
    span = Span(0, 1)
    figure = Figure(value=Decimal(1), text="1", span=span, unit=unit, unit_text=unit)
    return Found(figure, "d", span, (), "M", "x", 2024, "actual", 0.9, {})


@pytest.mark.parametrize(
    ("unit", "other", "alike"),
    [("adet", "m²", False), ("ton", "kg", True), ("adet", "ağaç", True), ("TL", "adet", False), ("km", None, True)],
)
def test_what_is_counted_is_not_set_against_what_is_measured(unit: str, other: str | None, alike: bool) -> None:
    assert of_one_kind(found(unit), found(other)) is alike


@pytest.mark.parametrize(
    ("text", "unit", "told"),
    [
        ("11.347 sokak hayvanı kısırlaştırıldı", "sokak", "hayvan"),
        ("40 çocuk parkı yapıldı", "çocuk", "park"),
        ("40 çocuk katıldı", "çocuk", "çocuk"),
        ("12 km yolu açıldı", "km", "km"),
    ],
)
def test_a_compound_counts_its_last_part(text: str, unit: str, told: str) -> None:
    figure = Figure(Decimal(1), text.split()[0], Span(0, len(text.split()[0])), unit, unit)
    assert _unit_of_compound(figure, text) == told
    assert _unit_of_compound(replace(figure, unit=None), text) is None
