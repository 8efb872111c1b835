"""Answers in words by what a sentence tells: who does it, what a term means; goals by number; yes or no by parts."""

from __future__ import annotations

import pytest

from indexer.turkish import ascii_key
from qa.answering.people.members import is_office
from qa.engine import Engine
from qa.finding.matter import Matter, Term, words_of
from qa.finding.sought import held_alike, subject_of, tells


def _matter(*keys: str) -> Matter:
    return Matter(tuple(Term(key, key[:5], 1.0) for key in keys))


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("Haberler Basın Yayın Müdürlüğü tarafından yayınlanmaktadır.", "agent", True),
        ("Denetimler Zabıta Müdürlüğünce yapılmıştır.", "agent", True),
        ("Haberler her gün yayınlanmaktadır.", "agent", False),
        ("İzleme, ilerlemeyi takip eden tekrarlı bir süreçtir.", "definition", True),
        ("İzleme bu yıl da yapılmıştır.", "definition", False),
        ("İzleme kolay bir süreç değildir.", "definition", False),
        ("Değerlendirme ayrıntılı bir incelemedir.", "definition", False),
    ],
)
def test_a_sentence_tells_what_is_sought(text: str, kind: str, told: bool) -> None:
    assert tells(text, words_of(text), kind, _matter("izle")) is told


def test_words_that_mean_the_same_count_nearly_as_much() -> None:
    matter = _matter("bitir", "opera")
    held = held_alike(matter, words_of("Projenin 2023 yılında tamamlanması planlanmaktadır."))
    assert 0.5 < held[0] < 1 and held[1] == 0
    assert held_alike(matter, words_of("Opera bitirildi.")) == [1.0, 1.0]


def test_the_verb_of_asking_is_no_matter() -> None:
    assert [term.key for term in subject_of(_matter("izle", "tanimla")).terms] == ["izle"]
    assert subject_of(_matter("tanimla")).terms


def test_an_abbreviated_office_is_one() -> None:
    assert is_office("Bşk. Vekili") and is_office("Bşk. V.")
    assert not is_office("Toplantı açıldı. Başkan konuştu.")


@pytest.mark.parametrize(
    ("question", "first", "others"),
    [
        ("Kayseri'de 3 numaralı performans hedefinin faaliyetleri nelerdir?", 1063, ("alaybeyli", "kudeb")),
        ("Kayseri'de performans hedefi 31'in göstergeleri nelerdir?", 3450, ("dava ve icra",)),
        ("2020 raporunda Performans Hedefi 7.2.1 altında hangi faaliyetler sayılıyor?", 3715, ("kemeralti",)),
        ("İzmir 2024'te Performans Hedefi 5.1.1 kapsamındaki göstergeler nelerdir?", 3953, ("transfer istasyon",)),
    ],
)
def test_a_goal_is_found_by_its_number(engine: Engine, question: str, first: int, others: tuple[str, ...]) -> None:
    answer = engine.ask(question)
    assert answer.citations[0].line_start == first
    assert all(other in ascii_key(answer.text) for other in others)


def test_the_activities_of_a_goal_are_not_one_form(engine: Engine) -> None:
    answer = engine.ask(
        "Kayseri'nin imar planları ve imar uygulamaları performans hedefi hangi faaliyetlerden oluşuyor?"
    )
    assert all(word in answer.text for word in ("Revizyon nazım", "Kamulaştırmalar", "tadilatları"))


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Kayseri'de üretilen sıcak asfalt miktarı 2025'te artacak mı?", "Evet"),
        ("İzmir 2024'te dökülecek sıcak asfalt hedefi azalmış mı?", "Evet"),
        ("İzmir 2024'te dökülecek sıcak asfalt hedefi artmış mı?", "Hayır"),
    ],
)
def test_a_rise_is_told_against_the_year_before(engine: Engine, question: str, verdict: str) -> None:
    answer = engine.ask(question)
    assert answer.text.startswith(verdict) and len(answer.figures) == 2
    assert answer.figures[0].year is not None and answer.figures[1].year == answer.figures[0].year + 1


def test_not_all_is_told_with_both_parts(engine: Engine) -> None:
    answer = engine.ask("Belediyenin 52 sosyal konutunun hepsi dolu mu, 30 Haziran 2023'te durum ne?")
    assert answer.text.startswith("Hayır") and {one.value for one in answer.figures} == {35, 17}


def test_who_does_it_is_told(engine: Engine) -> None:
    answer = engine.ask("Kars Belediyesinin web sitesindeki haberleri hangi müdürlük yayınlamaktadır?")
    assert "Basın Yayın" in answer.text
