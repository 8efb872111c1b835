"""Answers in words on the five documents: people and offices, costs by kind, forms, headings, money set aside."""

from __future__ import annotations

import pytest

from indexer.turkish import fold
from qa.answering.people.members import is_office, person_in
from qa.engine import Engine


@pytest.mark.parametrize(
    ("question", "told", "line"),
    [
        ("Kayseri'nin genel sekreteri kim?", ("Hüseyin BEYHAN",), 353),
        ("Kayseri'de Hukuk Komisyonu başkanı kimdir?", ("Gökhan ÜLKE",), 341),
        ("Kayseri Plan ve Bütçe Komisyonunda kimler var?", ("Ahmet TURAL", "Orhan SAY", "Menderes YILDIRIM"), 333),
        ("Kars mali hizmetler müdürü kim?", ("Dursun ERDAĞ",), 10187),
        ("Kars belediyesinin misyonu nedir?", ("tarihi ve kültürel mirası gözeterek",), 93),
        ("Arkeolojik Kazı Faaliyetleri hangi gider türünde gösterilmiş?", ("Cari Transferler",), 14344),
        ("Kayseri çöp transfer istasyonları hangi ilçelerde?", ("Develi", "Bünyan", "Sarız"), 389),
    ],
)
def test_the_whole_answer_at_its_place(engine: Engine, question: str, told: tuple[str, ...], line: int) -> None:
    answer = engine.ask(question)
    assert all(fold(part) in fold(answer.text) for part in told)
    assert answer.citations[0].line_start <= line <= answer.citations[0].line_end


def test_an_office_that_no_document_names_gets_no_other_holder(engine: Engine) -> None:
    assert "ERDAĞ" not in engine.ask("Kars itfaiye müdürü kim?").text


def test_no_money_set_aside_is_a_no_with_its_figure(engine: Engine) -> None:
    answer = engine.ask("Kayseri'de Aile Akademisi için 2025 programında para ayrılmış mı?")
    assert answer.text.startswith("Hayır")
    assert answer.figures[0].value == 0


def test_names_and_offices_are_known_by_their_form() -> None:
    assert person_in("Av. Ayşe Nur YILMAZ Genel Sekreter") == "Av. Ayşe Nur YILMAZ"
    assert person_in("Mali Hizmetler Müdürlüğü") is None
    assert is_office("I. Hukuk Müşaviri")
    assert not is_office("Başkanlığı")
    assert not is_office("Belediye Başkanı dün açılışa katıldı. Halk geldi.")
