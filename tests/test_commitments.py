"""Commitments join the facts about one indicator, and never those about another."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from fact_reading import DEFNE, IZMIR_2020, IZMIR_2024, KARS, facts_of

from indexer.commitments import Commitment, read_commitments
from indexer.prose_figures import read_prose_figures
from indexer.records import Fact, Figure, Measure, Place, Span
from indexer.storing.store import Store, StoreWriter


@cache
def izmir() -> tuple[Commitment, ...]:
    return tuple(read_commitments([*facts_of(IZMIR_2020)[1], *facts_of(IZMIR_2024)[1]]))


def about(label: str) -> list[Commitment]:
    return [commitment for commitment in izmir() if commitment.label == label]


def row(
    document: str,
    label: str,
    values: dict[tuple[Measure, int], str],
    unit: str | None = "adet",
    goal: str = "Yolları yapmak",
    number: int = 0,
    municipality: str = "Bir Belediye",
    cumulative: frozenset[int] = frozenset(),
) -> list[Fact]:
    """An indicator's row; ``number`` tells rows of one document apart."""
    span = Span(number * 10, number * 10 + 9)
    return [
        Fact(
            municipality, document, label, measure, year, Figure(Decimal(value), value, span, unit), f"{year}", unit,
            unit, (goal,), (Place(document, span, span),), "indicator", reason="Salgın", cumulative=year in cumulative,
        )
        for (measure, year), value in values.items()
    ]  # fmt: skip


OLD: dict[tuple[Measure, int], str] = {("target", 2020): "100", ("actual", 2020): "80"}
NEW: dict[tuple[Measure, int], str] = {("actual", 2022): "90", ("target", 2024): "120"}


def joined(first: list[Fact], *others: list[Fact]) -> bool:
    return any(len(found.documents) > 1 for found in read_commitments([*first, *(f for more in others for f in more)]))


def test_a_report_and_a_later_programme_are_joined() -> None:
    (commitment,) = about("Kısırlaştırılan ve Rehabilite Edilen Sokak Hayvanı Sayısı")
    assert commitment.documents == (IZMIR_2020, IZMIR_2024) and commitment.likeness == 100
    values = [(fact.year, fact.measure, fact.figure.text) for fact in commitment.facts]
    assert values == [
        (2019, "actual", "5.503"),
        (2020, "actual", "11.347"),
        (2020, "target", "6.000"),
        (2022, "actual", "23.084"),
        (2023, "target", "22.440"),
        (2024, "target", "26.400"),
    ]
    (outcome,) = commitment.outcomes
    assert (outcome.year, outcome.deviation, outcome.deviation_percent) == (2020, Decimal(5347), Decimal("89.12"))


def test_an_outcome_has_its_printed_reason() -> None:
    (commitment,) = about("Akdeniz’de İşbirliği Yapılan Liman Kenti Sayısı")
    (outcome,) = commitment.outcomes
    assert (outcome.target.figure.text, outcome.actual.figure.text, outcome.deviation) == ("2", "0", Decimal(-2))
    assert outcome.reason == "Covid-19 nedeniyle planlanan çalışmalar gerçekleştirilememiştir."


def test_another_wording_of_the_same_words_is_joined_with_its_likeness() -> None:
    (commitment,) = about("Bakım-Onarım Yapılan Hayvan İçme Suyu Göleti Sayısı")
    assert len(commitment.documents) == 2 and 80 < commitment.likeness < 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakım Onarımı Yapılan Yol Sayısı", "Yeni Yapılan Yol Sayısı"),
        ("Üretilen Sıcak Asfalt Miktarı", "Kullanılan Sıcak Asfalt Miktarı"),
        ("Kadın Sığınma Evinde Kalan Kadın Sayısı", "Kadın Sığınma Evinde Kalan Çocuk Sayısı"),
        ("Kemeraltı II. Etap Kaplamasının Tamamlanma Oranı", "Kemeraltı III. Etap Kaplamasının Tamamlanma Oranı"),
        ("65 Yaş Üstü Destek Verilen Kişi Sayısı", "85 Yaş Üstü Destek Verilen Kişi Sayısı"),
        ("Zamanında Karşılanan Talep Sayısı", "Zamanında Karşılanmayan Talep Sayısı"),
        ("Memnuniyet Oranı", "Başvuru Oranı"),
    ],
)
def test_near_twins_are_not_joined(one: str, other: str) -> None:
    assert joined(row("a", one, OLD), row("b", one, NEW))
    assert not joined(row("a", one, OLD), row("b", other, NEW))


def test_a_spelling_mistake_in_a_long_word_is_forgiven() -> None:
    assert joined(
        row("a", "Envanterdeki Faal İş Makinası Oranı", OLD, "%"),
        row("b", "Envanterdeki Faal İş Makinesi Oranı", NEW, "%"),
    )


def test_other_units_and_other_municipalities_are_not_joined() -> None:
    label = "Dağıtılan Süt ve Ekmek Miktarı"
    assert not joined(row("a", label, OLD, "litre"), row("b", label, NEW, "ton"))
    assert not joined(row("a", label, OLD), row("b", label, NEW, municipality="Öbür Belediye"))


def test_a_short_label_needs_a_like_heading() -> None:
    sport, graves = "Sporu yaygınlaştırmak", "Mezarlık hizmetlerini yürütmek"
    assert joined(row("a", "Memnuniyet Oranı", OLD, "%", sport), row("b", "Memnuniyet Oranı", NEW, "%", sport))
    assert not joined(row("a", "Memnuniyet Oranı", OLD, "%", sport), row("b", "Memnuniyet Oranı", NEW, "%", graves))


def test_of_two_rows_with_one_label_the_heading_chooses() -> None:
    label, sport, graves = "Yapılan Bina Bakım Çalışması Sayısı", "Sporu yaygınlaştırmak", "Mezarlıkları düzenlemek"
    old = [*row("a", label, OLD, goal=sport), *row("a", label, OLD | {("actual", 2020): "3"}, goal=graves, number=1)]
    found = read_commitments([*old, *row("b", label, NEW, goal=graves)])
    assert sorted((len(each.documents), each.facts[0].context) for each in found) == [(1, (sport,)), (2, (graves,))]
    found = read_commitments([*old, *row("b", label, NEW, goal="Başka bir amaç")])
    assert all(len(each.documents) == 1 for each in found), "nothing tells which of the two it is"


def test_contradicting_or_cumulative_values_give_no_deviation() -> None:
    label = "Yapılan Bina Bakım Çalışması Sayısı"
    other = row("b", label, {("target", 2020): "150", ("target", 2021): "10"})
    (found,) = read_commitments([*row("a", label, OLD), *other])
    assert len(found.facts) == 4 and found.outcomes == ()
    target = row("a", label, {("target", 2020): "100"}, cumulative=frozenset({2020}))
    (found,) = read_commitments([*target, *row("a", label, {("actual", 2020): "5"})])
    assert found.outcomes == ()


def test_a_target_of_nought_has_a_deviation_but_no_share() -> None:
    (found,) = read_commitments(row("a", "Ağır Kaza Sayısı", {("target", 2020): "0", ("actual", 2020): "2"}))
    assert (found.outcomes[0].deviation, found.outcomes[0].deviation_percent) == (Decimal(2), None)


def test_projects_over_years_are_commitments_and_lists_are_not() -> None:
    found = read_commitments(facts_of(DEFNE)[1])
    assert {fact.measure for each in found for fact in each.facts} == {"budget"}
    assert all(len({fact.year for fact in each.facts}) > 1 for each in found)
    kars = read_commitments(facts_of(KARS)[1])
    assert {each.facts[0].table_kind for each in kars} == {"indicator"} and len(kars) > 150


def test_everything_is_read_back_from_the_store(tmp_path: Path) -> None:
    document, facts = facts_of(KARS)
    figures = read_prose_figures(document, [])[:50]
    commitments = read_commitments(facts)
    writer = StoreWriter(tmp_path / "store.sqlite")
    writer.add_document(document, [], [], facts, figures)
    writer.add_commitments(commitments)
    writer.close()
    store = Store(tmp_path / "store.sqlite")
    assert store.facts() == list(facts)
    assert store.commitments() == commitments
    assert store.figures(document.id) == figures
    query = """
        SELECT t.number, a.number, o.deviation FROM outcomes o
        JOIN facts t ON t.id = o.target_fact JOIN facts a ON a.id = o.actual_fact
        JOIN commitments c ON c.id = o.commitment_id WHERE c.label = 'Düzenlenen Hizmet İçi Eğitim Sayısı'
    """
    connection = sqlite3.connect(tmp_path / "store.sqlite")
    assert connection.execute(query).fetchall() == [(2.0, 0.0, "-2")]
    connection.close()
