"""What a number in a sentence is: a quantity or a place in an order, of what, and aimed at or reached."""

from __future__ import annotations

import pytest

from indexer.figures import NumberStyle
from qa.engine import Engine
from qa.finding.governing import governs, part_agreement
from qa.finding.items import items_of
from qa.finding.numbering import is_numbering
from qa.finding.statements import Statement, read_statements
from qa.finding.telling import asks_for, told_as
from qa.question import understand


def statements(text: str) -> tuple[Statement, ...]:
    return read_statements(text, 0, NumberStyle.DOT)


def numbered(text: str, row: bool = False) -> dict[str, bool]:
    return {f.text: is_numbering(text, one, f, row) for one in statements(text) for f in one.figures}


@pytest.mark.parametrize(
    ("text", "number", "row"),
    [
        ("STRATEJİK ALAN 2 - ÇAĞDAŞ BİR KENT OLMAK", "2", False),
        ("Performans Hedefi (19): Kültürel etkinlikler düzenlemek", "19", False),
        ("130 Faaliyetlere İlişkin Bilgi ve Değerlendirmeler", "130", False),
        ("6 Beton hazır mezar yapımı sayısı 2.328 2.000", "6", True),
        ("“11.\nKalkınma Planı” ile uyumludur ve üç yıl sürer.", "11", False),
    ],
)
def test_a_place_in_an_order_is_no_quantity(text: str, number: str, row: bool) -> None:
    assert numbered(text, row).get(number, True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Belediyemizde 12 Zabıta memuru görev yapmaktadır.", "12"),
        ("118 park ve 204 bahçe bakılmaktadır.", "118"),
        ("208 Adet İşyeri", "208"),
        ("Yolcu Sayısı 5.456.492", "5.456.492"),
    ],
)
def test_a_quantity_is_no_place_in_an_order(text: str, number: str) -> None:
    assert not numbered(text)[number]


TRAM = (
    "Tramvayda toplam 82.143 adet se-\nfer gerçekleştirilmiş olup toplam yolcu sayısı 5.456.492 kişi olmuştur. "
    "Depoda 40 paket mama bulunmaktadır. Personelin %56'sı erkek, %44'ü kadındır."
)


@pytest.mark.parametrize(
    ("text", "meant", "others"),
    [
        ("Tramvay kaç yolcu taşıdı?", "5.456.492", ["82.143", "40"]),
        ("Tramvayda kaç sefer yapıldı?", "82.143", ["40"]),
        ("Barınakta kaç paket mama var?", "40", ["82.143"]),
        ("Personelin yüzde kaçı kadın?", "%44", ["%56"]),
    ],
)
def test_what_a_number_counts_governs(text: str, meant: str, others: list[str]) -> None:
    question = understand(text, [])
    item = items_of(question)[0]
    fit = {f.text: governs(question, item, one, f, f.unit) for one in statements(TRAM) for f in one.figures}
    assert fit[meant] > 0
    assert all(fit[other] == -1 for other in others)


def test_a_part_is_told_from_its_whole() -> None:
    text = "400.000 m2'lik alanın 57.800 m2’si rehabilite edilmiştir."
    question = understand("Alanın ne kadarı rehabilite edildi?", [])
    fit = {f.text: part_agreement(question, one, f) for one in statements(text) for f in one.figures}
    assert fit == {"400.000": -1, "57.800": 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bunun için %80 hedef konulmuştur.", ["aim"]),
        ("Doluluk oranındaki yıllık hedef %50 olarak belirlenmiştir.", ["aim"]),
        ("Mevduat için 520 TL öngörülmüş olup, 334 TL gerçekleşmiştir.", ["aim", "reached"]),
        ("Yıl içinde 50 km yol yapılacaktır.", ["aim"]),
        ("Memnuniyet ortalaması %67 olarak gerçekleşmiştir.", ["reached"]),
        ("Depoda 40 paket mama bulunmaktadır.", ["open"]),
    ],
)
def test_aimed_at_or_reached(text: str, told: list[str]) -> None:
    assert [told_as(one, figure) for one in statements(text) for figure in one.figures] == told


def test_what_a_question_asks_for() -> None:
    assert asks_for(understand("2025'te kaç km yol yapılması hedefleniyor?", [])) == "aim"
    assert asks_for(understand("2020'de kaç km yol yapıldı?", [])) == "reached"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Karşıyaka tramvayında 2020'de kaç sefer gerçekleştirildi?", 82143),
        ("Metro yolcularının genel memnuniyeti 2020 anketinde yüzde kaç çıkmış?", 67),
        ("İzmir'de 2020'de personelin yüzde kaçı sözleşmeli personel?", 9),
        ("İzmir'de personelin yüzde kaçı kadrolu işçi? (2024 programı)", 7),
    ],
)
def test_the_figure_of_the_noun_asked_for(engine: Engine, text: str, value: int) -> None:
    assert engine.ask(text).figures[0].value == value


def test_a_follow_up_keeps_its_noun(engine: Engine) -> None:
    answer = engine.ask(
        "Peki aynı yıl Karşıyaka tramvayı kaç yolcu taşımış?", ["İzmir metrosu 2020'de kaç yolcu taşıdı?"]
    )
    assert answer.figures[0].value == 5456492


@pytest.mark.parametrize(
    "text",
    [
        "Defne'de kişi başına düşen aktif yeşil alan kaç metrekare?",
        "kayseri büyükşehir kardeş şehir sayısı",
        "Karşıyaka tramvayında kaç vatman çalışıyor?",
    ],
)
def test_a_number_of_another_thing_is_no_answer(engine: Engine, text: str) -> None:
    assert not engine.ask(text).figures
