"""What kind of answer is asked for: bare words, two kinds in one breath, addresses, whole budgets, everyday words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from qa.everyday import in_official_words
from qa.mending import Vocabulary

if TYPE_CHECKING:
    from qa.engine import Engine


@pytest.mark.parametrize(
    "question",
    ["konservatuar personel gideri kayseri 2025", "kayseri faiz gideri 2025", "izmir otopark geliri 2020 yılı"],
)
def test_bare_words_that_end_in_a_money_noun_ask_for_a_figure(engine: Engine, question: str) -> None:
    understood = engine.understand(question)
    assert understood.wants_figure
    assert "TL" in understood.units


def test_a_bare_name_asks_for_no_figure(engine: Engine) -> None:
    assert not engine.understand("izmir imar komisyonu 2020").wants_figure


def test_a_figure_and_a_unit_are_both_told(engine: Engine) -> None:
    answer = engine.ask(
        "Kamu hizmet binaları arasındaki bağlantı yollarının engelsiz ulaşım standardına yükseltilmesi için Defne "
        "Belediyesinin 2023 ödeneği nedir ve hangi müdürlüğün satırında yer alır?"
    )
    assert any(figure.value == 100_000 for figure in answer.figures)
    assert "Fen İşleri" in answer.text


def test_two_computations_keep_their_own_operands(engine: Engine) -> None:
    answer = engine.ask(
        "İzmir 2020 asfalt hedefinin yüzde kaçını gerçekleştirdi ve 2024 hedefi 2020'de gerçekleşenden kaç ton fazla?"
    )
    computed = {figure.unit: figure for figure in answer.figures if figure.computed is not None}
    assert set(computed) == {"%", "ton"}
    difference = computed["ton"]
    assert difference.computed is not None
    values = [answer.figures[place].value for place in difference.computed.operands]
    assert difference.value == max(values) - min(values)


def test_the_first_named_of_two_municipalities_is_divided(engine: Engine) -> None:
    answer = engine.ask("İzmir'in 2024 bütçesi Kayseri'nin 2025 toplam kaynağının kaç katı?")
    ratio = next(figure for figure in answer.figures if figure.computed is not None)
    first, second = (answer.figures[place] for place in ratio.computed.operands) if ratio.computed else (ratio, ratio)
    assert [first.value, second.value] == [Decimal(45_100_000_000), Decimal(17_000_000_000)]
    assert ratio.value > 1


def test_a_printed_number_is_told_and_no_other(engine: Engine) -> None:
    assert "222 89 60" in engine.ask("Kayseri Büyükşehir Belediyesi'nin santral telefonu kaç?").text
    assert "Bulvarı" in engine.ask("Kayseri Belediyesinin adresi nedir?").text
    assert engine.ask("Kars Belediyesi telefonu kaç?").status == "abstained"
    assert engine.ask("Defne Belediyesinin telefon numarası nedir?").status == "abstained"
    assert "223 44 79" in engine.ask("Kars'ta Kadın Destek Hattı'nın telefon numarası kaç?").text


def _never(_start: int, _end: int) -> bool:
    return False


def test_everyday_words_are_put_only_where_the_documents_lack_them() -> None:
    lacking = Vocabulary.from_texts(["ücretsiz ulaşım, yıllık tanıtım ve ilan"]).holds
    question = "bedava ulaşım var mı?"
    put = in_official_words(question, lacking, _never)
    assert (put.text, put.corrections) == ("ücretsiz ulaşım var mı?", (("bedava", "ücretsiz"),))
    for texts in (["ücretsiz ulaşım", "bedava bilet"], ["ulaşım"]):
        assert in_official_words(question, Vocabulary.from_texts(texts).holds, _never).text == question
    assert in_official_words(question, lacking, lambda _start, _end: True).text == question
    assert in_official_words("ne kadar para ayrıldı?", lacking, _never).text == "ne kadar para ayrıldı?"
    assert in_official_words("reklam gideri", lacking, _never).text == "tanıtım gideri"


def test_what_one_municipality_calls_otherwise_is_read_in_its_own_words(engine: Engine) -> None:
    assert "şenlik" in engine.understand("Defne'de festival yapılacak mı?").query_text
    assert "festival" in engine.understand("İzmir'de festival yapılacak mı?").query_text
    assert "internet" in engine.understand("izmirde ücretsiz wifi kaç yerde var").query_text
