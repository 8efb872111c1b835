"""Promises: whether a target was reached is never guessed; views are searched, chosen, sorted and have an address."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.promises.judging import State, judge, more_is_better
from app.promises.records import LivePromises, Promise, read_promises
from app.promises.view import COLUMNS, View, mended, select
from indexer.commitments import read_commitments
from indexer.records import Fact, Figure, Measure, Place, Span
from qa.engine import Engine

Values = dict[tuple[Measure, int], str]
TREES: Values = {("target", 2023): "100", ("actual", 2023): "80", ("target", 2024): "120"}


def row(
    label: str,
    values: Values,
    *,
    unit: str | None = "adet",
    status: str | None = None,
    goal: str = "Stratejik Amaç 1: Yeşil bir kent",
    units: tuple[str, ...] = (),
    municipality: str = "Bir Belediye",
    document: str = "a",
    number: int = 0,
    kind: str = "indicator",
) -> list[Fact]:
    span = Span(number * 10, number * 10 + 9)
    return [
        Fact(
            municipality, document, label, measure, year, Figure(Decimal(value), value, span, unit), f"{year}", unit,
            unit, ("Performans Bilgileri", goal), (Place(document, span, span),), kind,  # type: ignore[arg-type]
            units_responsible=units, status=status,
        )
        for (measure, year), value in values.items()
    ]  # fmt: skip


def promises(*rows: list[Fact]) -> list[Promise]:
    return read_promises(read_commitments(fact for facts in rows for fact in facts))


def state(label: str, target: str, actual: str, *, unit: str | None = "adet", status: str | None = None) -> State:
    values: Values = {("target", 2024): target, ("actual", 2024): actual}
    (commitment,) = read_commitments(row(label, values, unit=unit, status=status))
    return judge(commitment.outcomes[0])


def labels(found: Sequence[Promise], view: View) -> list[str]:
    return [row.promise.commitment.label for row in select(found, view)]


def test_numbers_decide_where_more_is_better() -> None:
    assert state("Dikilen Ağaç Sayısı", "100", "99") == "missed"
    assert state("Dikilen Ağaç Sayısı", "100", "101") == "met"
    assert state("Dikilen Ağaç Sayısı", "100", "0", unit=None) == "missed"


def test_a_target_of_nought_is_not_reached_by_doing_nothing() -> None:
    assert state("Kurulan Kreş Sayısı", "0", "0") == "unclear"
    assert state("Arıtma Tesisi Yapımı", "0", "0", unit=None) == "unclear"
    assert state("Kurulan Kreş Sayısı", "0", "0", status="Ulaşıldı") == "met", "the document's word stands"
    assert state("Trafik Kazası Sayısı", "0", "0") == "met", "none is what was wanted"


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Yangına Ortalama Varış Süresi", "dakika"),
        ("Trafik Kazası Sayısı", "adet"),
        ("Faiz Giderlerinin Bütçeye Oranı", "%"),
        ("Yol Gürültüsü", "dB"),
        ("Yeni Yol", None),
    ],
)
def test_where_less_may_be_better_nothing_is_guessed(label: str, unit: str | None) -> None:
    assert not more_is_better(label, unit)
    assert state(label, "10", "12", unit=unit) == "unclear"
    assert state(label, "10", "10", unit=unit) == "met", "a target met exactly is met whichever way is the good one"


def test_words_that_only_look_like_those_do_not_count() -> None:
    assert more_is_better("Sürdürülebilir Ulaşım Projesi Sayısı", "adet")
    assert more_is_better("Giderilen Sorun Sayısı", "adet")
    assert more_is_better("Bakımı Yapılan Park", "yıl/adet")


def test_what_the_document_says_stands_and_a_grade_says_nothing() -> None:
    assert state("Ortalama Varış Süresi", "10", "12", unit="dakika", status="Hedefe Ulaşılamadı") == "missed"
    assert state("Ortalama Varış Süresi", "10", "8", unit="dakika", status="Hedef ve Üstü") == "met"
    assert state("Ortalama Varış Süresi", "10", "8", unit="dakika", status="Başarılı") == "unclear"
    assert state("Dikilen Ağaç Sayısı", "100", "95", status="Başarılı") == "missed"


def test_a_promise_shows_its_newest_result_and_has_all_its_years() -> None:
    (promise,) = promises(row("Dikilen Ağaç Sayısı", TREES))
    assert [(record.year, record.state) for record in promise.years] == [(2024, "pending"), (2023, "missed")]
    shown = promise.shown()
    assert shown is not None and shown.year == 2023
    of_2024 = promise.shown({2024})
    assert of_2024 is not None and of_2024.state == "pending"
    assert promise.shown({1999}) is None


def test_contradicting_values_cannot_be_compared() -> None:
    other: Values = {("target", 2023): "150"}
    found = promises(row("Dikilen Büyük Ağaç Sayısı", TREES), row("Dikilen Büyük Ağaç Sayısı", other, document="b"))
    states = {record.year: record.state for promise in found for record in promise.years}
    assert states[2023] == "unclear"


def test_what_only_reports_is_no_promise_and_budgets_are() -> None:
    assert promises(row("Ağaç Sayısı", {("actual", 2023): "5", ("actual", 2024): "6"})) == []
    (budget,) = promises(row("Park", {("budget", 2023): "5", ("budget", 2024): "6"}, unit="TL", kind="budget"))
    assert [record.state for record in budget.years] == ["pending", "pending"]


def test_a_goal_is_one_goal_however_a_later_programme_words_it() -> None:
    one = "Stratejik Amaç 6: Yaşayarak öğrenmenin öncüsü olmak ve yenilikçi fikirlerin çıktığı bir kent iklimi"
    other = one.replace("yenilikçi", "yaratıcı")
    third = "Stratejik Amaç 6: Kırsalda kalkınmayı desteklemek"
    found = promises(
        *(
            row(f"{name} Sayısı", {("target", year): "9"}, goal=goal, document=name)
            for name, goal, year in [("Ağaç", one, 2020), ("Okul", other, 2024), ("Yol", third, 2024)]
        )
    )
    goals = [promise.goal for promise in found]
    assert goals[0] == goals[1] != goals[2]
    assert goals[0] is not None and goals[0].title == other, "the newest wording"


def test_names_of_a_unit_are_one_unit() -> None:
    found = promises(
        row("Ağaç Sayısı", {("target", 2024): "1"}, units=("Fen İşleri Md.",)),
        row("Yol Sayısı", {("target", 2024): "1"}, units=("Fen İşleri  Müdürlüğü",), number=1),
    )
    assert [promise.units for promise in found] == [("Fen İşleri Müdürlüğü",)] * 2


def test_a_search_finds_forms_of_words_with_or_without_turkish_letters() -> None:
    found = promises(row("Dikilen Ağaç Sayısı", TREES), row("Yapılan Kreş Sayısı", TREES, number=1))
    assert labels(found, View("ağaçların")) == labels(found, View("AGAC dik")) == ["Dikilen Ağaç Sayısı"]
    assert labels(found, View("kreşler")) == ["Yapılan Kreş Sayısı"]
    assert len(labels(found, View("yeşil bir kent"))) == 2, "the goal is searched as well"
    assert labels(found, View("otopark")) == []


def test_words_of_asking_are_not_looked_for_and_mistyped_ones_are_mended() -> None:
    found = promises(row("Dikilen Ağaç Sayısı", TREES), row("Dikilen Fidan Sayısı", TREES, number=1))
    assert labels(found, View("ağaç için ne yapıldı")) == ["Dikilen Ağaç Sayısı"]
    assert labels(found, View("dikiln ağaç")) == []
    meant = mended(found, View("dikiln ağaç", years=(2024,)))
    assert meant == View("dikilen ağaç", years=(2024,))
    assert mended(found, View("zürafa")) is None


def test_a_state_is_that_of_the_year_that_is_chosen() -> None:
    found = promises(row("Dikilen Ağaç Sayısı", TREES))
    assert labels(found, View(states=("missed",))) and not labels(found, View(states=("pending",)))
    assert labels(found, View(years=(2024,), states=("pending",)))


def test_rows_are_sorted_both_ways_and_those_without_a_deviation_come_last() -> None:
    values: list[tuple[str, Values]] = [
        ("Çınar Sayısı", {("target", 2024): "10", ("actual", 2024): "5"}),
        ("Ağaç Sayısı", {("target", 2024): "10", ("actual", 2024): "20"}),
        ("Zeytin Sayısı", {("target", 2024): "10"}),
    ]
    found = promises(*(row(label, own, number=n) for n, (label, own) in enumerate(values)))
    tree, plane, olive = "Ağaç Sayısı", "Çınar Sayısı", "Zeytin Sayısı"
    assert labels(found, View(order="label")) == [tree, plane, olive]
    assert labels(found, View(order="-label")) == [olive, plane, tree]
    assert labels(found, View(order="deviation")) == [plane, tree, olive]
    assert labels(found, View(order="-deviation")) == [tree, plane, olive]
    assert labels(found, View())[-1] == olive, "those with a result first"


def test_a_head_sorts_and_then_turns_around() -> None:
    once = View(page=3, opened="x").sorted_by("year")
    assert (once.order, once.page, once.opened) == ("year", 1, "")
    assert once.sorted_by("year").order == "-year"
    assert once.sorted_by("year").sorted_by("year").order == "year"


TEXT = st.text(min_size=1, max_size=20).filter(lambda text: text.isprintable())
VIEWS = st.builds(
    View,
    query=st.just("") | TEXT,
    municipalities=st.lists(TEXT, max_size=3, unique=True).map(tuple),
    years=st.lists(st.integers(1, 9999), max_size=3, unique=True).map(tuple),
    states=st.sampled_from([(), ("met",), ("met", "unclear")]),
    order=st.sampled_from(["", *COLUMNS, *(f"-{column}" for column in COLUMNS)]),
    page=st.integers(1, 999),
    opened=st.just("") | TEXT,
)


@given(view=VIEWS)
def test_an_address_opens_the_same_view(view: View) -> None:
    assert View.of_query(parse_qsl(view.to_query())) == view


@given(parameters=st.lists(st.tuples(st.sampled_from("mguysqopc"), st.text(max_size=8)), max_size=8))
def test_no_address_breaks_a_view(parameters: list[tuple[str, str]]) -> None:
    view = View.of_query(parameters)
    assert view.page >= 1 and view.order.removeprefix("-") in (*COLUMNS, "")
    select([], view)


def test_the_promises_of_the_documents(engine: Engine) -> None:
    live = LivePromises()
    found = live.of(engine.index)
    assert live.of(engine.index) is found, "read once for an index"
    assert len({promise.id for promise in found}) == len(found) > 1000
    kars = select(found, View(municipalities=("Kars Belediyesi",)))
    assert {row.record.state for row in kars} == {"met", "missed", "unclear"}
    assert all(row.promise.goal for row in kars)
    (animals,) = [
        row
        for row in select(found, View("kısırlaştırılan hayvan", years=(2020,)))
        if row.promise.commitment.label.startswith("Kısırlaştırılan")
    ]
    assert animals.record.state == "met" and animals.record.outcome is not None
    assert animals.record.outcome.deviation_percent == Decimal("89.12")
