"""Which of the figures of a sentence answers: by the verb of its clause, by what stands before it, by its dates."""

from __future__ import annotations

import pytest

from indexer.figures import NumberStyle
from indexer.records import Source
from qa.engine import Engine
from qa.finding.clauses import asked_verb, asks_other_side, is_dated_anew, spanned_years, verb_agreement
from qa.finding.statements import Statement, read_statements
from qa.question import understand

SOURCES: tuple[Source, ...] = ()
PLANS = "121 adet imar planı uygun görülerek onaylanmış, 80 adet uygun görülmeyerek reddedilmiştir."


def statement(text: str) -> Statement:
    return read_statements(text, 0, NumberStyle.DOT)[0]


@pytest.mark.parametrize(("asked", "meant"), [("reddedildi", "80"), ("onaylandı", "121")])
def test_the_figure_whose_clause_has_the_verb_answers(asked: str, meant: str) -> None:
    question = understand(f"kaç imar planı {asked}?", SOURCES)
    one = statement(PLANS)
    for figure in one.figures:
        agreement = verb_agreement(question, one, figure)
        assert agreement > 0 if figure.text == meant else agreement < 0


def test_a_verb_that_says_nothing_tells_no_figures_apart() -> None:
    assert asked_verb("kaç bina yapıldı?") is None
    assert asked_verb("kaç plan reddedildi?") is not None


def test_a_month_dates_a_figure_anew() -> None:
    anew = statement("2007 yılında kurulan birim çalışırken Mart ayında denetçi sayısı 9 kişiye düşmüştür.")
    assert is_dated_anew(anew, anew.figures[0])
    same = statement("2007 yılında kurulan birimde 9 kişi vardır.")
    assert not is_dated_anew(same, same.figures[0])


def test_dates_that_stand_together_date_a_figure_together() -> None:
    one = statement("30.10.2020-13.11.2020 ve 06.01.2021-19.01.2021 tarihleri arasında 571 adet bina incelenmiştir.")
    assert spanned_years(one, one.figures[-1]) == {2020, 2021}
    apart = statement("05.03.2019 tarihinde başlanmış, 06.01.2021 tarihinde 571 adet bina incelenmiştir.")
    assert spanned_years(apart, apart.figures[-1]) == {2021}


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("İmar komisyonu kaç gün içinde rapor verir, diğer komisyonlar için süre ne?", True),
        ("Komisyonlar kaç gün içinde rapor verir; imar komisyonu için süre farklı mıdır?", True),
        ("Diğer gelirler ne kadar?", False),
    ],
)
def test_a_question_for_the_others_too(text: str, both: bool) -> None:
    assert asks_other_side(understand(text, SOURCES)) == both


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("İzmir'de yeşil şehir eylem planı kaç sayılı meclis kararıyla onaylandı?", ["1137"]),
        ("İzmir'de imar komisyonu raporunu kaç iş günü içinde sunar, diğer komisyonlar için süre ne?", ["on", "beş"]),
        ("İZDENİZ'in taşıdığı yolcu sayısı 2019'dan 2020'ye nasıl değişti?", ["18.018.826", "9.455.998", "%47,52"]),
        ("Kars'ta hafif raylı sistem için saatte en az kaç yolcu aranıyor?", ["10.000"]),
        ("Kars'ta tramvay sistemleri için saatte en az kaç yolcu aranıyor?", ["7.000"]),
    ],
)
def test_answers_from_one_sentence(engine: Engine, text: str, figures: list[str]) -> None:
    assert [figure.text for figure in engine.ask(text).figures] == figures
