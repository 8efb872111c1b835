"""What a question leaves out stands in no answer: orders, sums and lists without a thing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa.engine import Engine
from qa.exclusion import leaves_out, split_exclusion


@pytest.mark.parametrize(
    ("text", "left", "excluded"),
    [
        ("Defne'de 2023'te Temizlik İşleri dışında en çok bütçe?", "Defne'de 2023'te en çok bütçe?", "Temizlik İşleri"),
        ("Kars'ın personel giderleri hariç gideri?", "Kars'ın gideri?", "personel giderleri"),
        ("Gelirlerinden vergi gelirleri haricindekilerin toplamı?", "Gelirlerinden toplamı?", "vergi gelirleri"),
        ("İzmir'in asfalttan başka hangi hedefleri var?", "İzmir'in hangi hedefleri var?", "asfalt"),
        ("Temizlik hariç?", "?", "Temizlik"),
    ],
)
def test_the_thing_left_out_is_taken_out_of_the_question(text: str, left: str, excluded: str) -> None:
    assert split_exclusion(text) == (left, excluded)


@pytest.mark.parametrize(
    "text",
    [
        "Yurt dışında kaç etkinlik yapıldı?",
        "KDV hariç tutar nedir?",
        "Mesai saatleri dışında kaç denetim yapıldı?",
        "Belediye sınırları dışında kaç köye hizmet verildi?",
        "İl sınırları içinde ve dışında kaç cenaze nakledildi?",
        "Başka hangi hedefler var?",
        "2024 asfalt hedefi nedir?",
    ],
)
def test_not_every_outside_leaves_something_out(text: str) -> None:
    assert split_exclusion(text) == (text, "")


def test_a_thing_is_left_out_by_all_its_words() -> None:
    assert leaves_out("Temizlik İşleri", "Temizlik İşleri Müdürlüğü Toplamı")
    assert not leaves_out("Temizlik İşleri", "Fen İşleri Müdürlüğü")
    assert not leaves_out("", "Fen İşleri Müdürlüğü")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Defne'de 2023'te Temizlik İşleri dışında en çok bütçe alan müdürlük hangisi?", "8260000"),
        ("İzmir 2020'de Fen İşleri hariç en çok harcama yapan birim hangisi?", "1074013175.99"),
        ("Which directorate of Defne except Cleaning has the largest 2023 budget?", "8260000"),
        ("İzmir 2020 giderlerinden personel giderleri dışında en büyük kalem nedir?", "3222318910.14"),
    ],
)
def test_orders_without_a_thing(engine: Engine, question: str, first: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert answer.figures[0].value == Decimal(first)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Kars'ın personel giderleri hariç 2024 gider toplamı ne kadar?", "650726474.98"),
        ("Kars'ın 2024 gelirlerinden vergi gelirleri dışındakilerin toplamı ne kadar?", "765651405.10"),
        ("Defne'de Temizlik İşleri dışındaki müdürlüklerin 2023 bütçe toplamı nedir?", "14975000"),
    ],
)
def test_sums_without_a_part_are_computed(engine: Engine, question: str, value: str) -> None:
    computed = [figure for figure in engine.ask(question).figures if figure.computed]
    assert [figure.value for figure in computed] == [Decimal(value)]


def test_what_cannot_be_left_out_is_no_answer(engine: Engine) -> None:
    answer = engine.ask("Kars'ta Fen İşleri Müdürlüğü dışındaki müdürlüklerin 2024 bütçeleri toplamı ne kadar?")
    assert (answer.status, answer.figures) == ("abstained", ())
    assert "Fen İşleri Müdürlüğü" in answer.text


def test_items_left_out_are_not_listed(engine: Engine) -> None:
    answer = engine.ask("İzmir'in asfalt dışındaki ulaşım hedefleri nelerdir?")
    assert answer.status == "answered"
    assert "Otopark" in answer.text
    assert "asfalt" not in answer.text.casefold()


def test_the_budgets_of_all_units_are_the_whole_budget(engine: Engine) -> None:
    answer = engine.ask("Defne'de müdürlüklerin 2023 bütçe toplamı nedir?")
    assert Decimal(30010000) in [figure.value for figure in answer.figures]
