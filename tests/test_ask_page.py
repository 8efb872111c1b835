"""The first page beside its answers: addresses that open them again, pictures, why, opinions."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from app.web.ask import cards
from app.web.ask.feedback import LONGEST_COMMENT, Feedback
from app.web.ask.pictures import picture
from app.web.ask.precedence import Precedence
from app.web.ask.sharing import Shared, as_text, read_shared, shared_address
from app.web.ask.turns import Turns, answer_turn
from app.web.texts import texts_of
from indexer.errors import StorageError
from indexer.records import Measure, Source, Span
from qa.engine import Engine
from qa.question import MAX_LENGTH
from qa.records import Answer, AnswerFigure, Citation, Computed, Filters

TR, EN = texts_of("tr"), texts_of("en")
SOURCES = [
    Source("a-2024", "Örnek Belediyesi", "Örnek Programı", "a.txt", "0", kind="performans", year=2024),
    Source("b-2023", "Başka & Belediyesi", "Başka Raporu", "b.txt", "0", kind="faaliyet", year=2023),
]
CITATION = Citation(1, "a-2024", "Örnek Programı", Span(0, 3), 4, 5, "abc", 7)


def figure(value: str, year: int | None, measure: Measure, owner: str = "Örnek", label: str = "Asfalt") -> AnswerFigure:
    return AnswerFigure(Decimal(value), value, label, 1, owner, "ton", year, measure)


def answer(*figures: AnswerFigure) -> Answer:
    return Answer("Soru?", "answered", "Yanıt [1].", 0.9, figures, (CITATION,))


def mark(n: int) -> str:
    return f"<b>{n}</b>"


def asked_by(address: str, sources: list[Source]) -> Shared:
    return read_shared(QueryParams(urlsplit(address).query), sources)


@given(
    st.text(min_size=1, max_size=50),
    st.lists(st.text(min_size=1, max_size=50).filter(lambda text: bool(text.split())), max_size=4),
)
def test_an_address_asks_what_it_was_made_of(question: str, earlier: list[str]) -> None:
    filters = Filters(("Başka & Belediyesi",), ("a-2024", "b-2023"), (2023,))
    address = shared_address(TR, question, filters, earlier)
    assert asked_by(address, SOURCES) == Shared(question, tuple(earlier), filters)


def test_an_address_that_anybody_wrote_asks_no_more_than_a_question() -> None:
    query = f"q={'x' * 9000}&h=&h={'y' * 9000}&m=Yok&m=%3Cscript%3E&d=../etc&y=2024&y=1800&y=abc&z=1"
    shared = read_shared(QueryParams(query), SOURCES)
    assert len(shared.question) == MAX_LENGTH + 1, "the engine says that it is too long"
    assert (shared.earlier, shared.filters) == ((), Filters(years=(2024,)))
    assert read_shared(QueryParams("h=önce&m=Örnek Belediyesi"), SOURCES).earlier == ()


def test_each_language_has_addresses_of_its_own() -> None:
    assert shared_address(TR, "a b?", Filters()) == "/?q=a+b%3F"
    assert shared_address(EN, "a", Filters()).startswith("/en/?")


def test_an_answer_is_taken_away_with_its_places() -> None:
    text = as_text(TR, answer(), {"a-2024": "Örnek Programı"})
    assert text == "Soru?\n\nYanıt [1].\n\n[1] Örnek Programı, satır 4–5, sayfa 7"


def test_a_citation_mark_stays_with_the_sign_after_it() -> None:
    told = replace(answer(figure("5", 2024, "target")), text="Hedef 5 ton [1], (sonra [1]).\nBitti [2].")
    card = cards.answer_card(TR, told, 1)
    assert re.findall(r'<span class="ks-together"><a class="ks-chip"[^>]*>1</a>(.*?)</span>', card) == [",", ")."]
    assert '<br>Bitti <span class="ks-together">[2].</span>' in card, "a mark of no citation leads nowhere"


def link_of(card: str) -> str:
    return re.findall(r'<button type="button" class="ks-copy" data-link="([^"]*)"', card)[0].replace("&amp;", "&")


def test_the_link_of_a_follow_up_opens_the_same_answer(engine: Engine) -> None:
    sources = engine.sources()
    turns: Turns = ()
    filters = Filters(municipalities=("İzmir Büyükşehir Belediyesi",))
    for question in ("Kars'ta 2024'te kaç park yapıldı?", "2024 sıcak asfalt hedefi nedir?", "Peki 2023'te?"):
        shown = answer_turn(TR, engine, question, filters, turns)
        turns = shown.turns
    shared = asked_by(link_of(shown.newest), sources)
    assert shared.earlier == ("2024 sıcak asfalt hedefi nedir?",), "only what the question goes on from"
    again = engine.ask(shared.question, shared.earlier, shared.filters)
    given = shown.turns[-1].answer
    assert given is not None
    assert (again.text, again.figures, again.citations) == (given.text, given.figures, given.citations)
    assert "1.500.000" in again.text


@pytest.mark.parametrize("filters", [Filters(("Eski & Belediyesi",)), Filters((), ("Eski & Belediyesi",))])
def test_a_choice_that_was_removed_meanwhile_is_told(engine: Engine, filters: Filters) -> None:
    shown = answer_turn(TR, engine, "2024 personel sayısı kaç?", filters, ())
    assert "Eski &amp; Belediyesi artık dizinde yok" in shown.newest
    assert (shown.question, shown.sources.count("ks-source")) == ("2024 personel sayısı kaç?", 0)
    assert shown.turns[-1].asked is None, "nothing goes on from it"


@pytest.mark.parametrize(("texts", "parts"), [(TR, ("Neden bu yanıt?", "Yıl", "%100")), (EN, ("Why", "Year", "100%"))])
def test_why_tells_the_question_and_the_evidence(engine: Engine, texts: object, parts: tuple[str, ...]) -> None:
    assert isinstance(texts, type(TR))
    card = answer_turn(texts, engine, "İzmir 2024 sıcak asfalt hedefi nedir?", Filters(), ()).newest
    told = card[card.index('<details class="ks-why">') :]
    assert [part for part in (*parts, "2024", "İzmir") if part not in told] == []


def test_a_series_is_drawn_by_year_and_its_newest_value_is_large(engine: Engine) -> None:
    card = answer_turn(TR, engine, "İzmir'in 2022'den 2024'e asfalt hedefi nasıl değişti?", Filters(), ()).newest
    drawn = card[card.index("<figure") : card.index("</figure>")]
    assert re.findall(r'ks-bar-label">(\d+)<', drawn) == ["2022", "2023", "2024"]
    assert drawn.count('href="#kaynak-1-1"') == 6, "in the bars and in the table"
    assert "773.612 ton" in drawn
    assert re.findall(r'ks-value">([\d.]+)', card) == ["1.100.000"]


def test_municipalities_are_set_side_by_side(engine: Engine) -> None:
    card = answer_turn(EN, engine, "Compare the 2024 sapling targets of İzmir and Kars", Filters(), ()).newest
    assert card.count("ks-figure ks-first") == 2
    drawn = card[card.index("<figure") : card.index("</figure>")]
    assert re.findall(r'ks-bar-label">([^<]+)<', drawn) == ["İzmir Büyükşehir Belediyesi", "Kars Belediyesi"]


def test_what_is_planned_and_what_came_of_it_are_named() -> None:
    drawn = picture(
        TR, answer(figure("9", 2023, "actual"), figure("7", 2023, "target"), figure("8", 2024, "target")), mark
    )
    assert drawn.index("Hedef") < drawn.index("Gerçekleşen")
    assert drawn.count("ks-planned") == 2


@pytest.mark.parametrize(
    "figures",
    [
        (figure("9", 2024, "target"),),
        (figure("9", 2023, "target"), replace(figure("1", 2024, "target"), unit="km")),
        (figure("9", 2023, "target"), replace(figure("1", 2024, "target"), computed=Computed("1", (0,)))),
        (figure("9", 2023, "target"), figure("8", 2023, "target"), figure("7", 2024, "target")),
        (figure("9", 2024, "target", label="A"), figure("8", None, "target", label="B"), figure("7", 2023, "actual")),
        (),
    ],
    ids=["one", "of two units", "computed", "contradicting", "of one kind each", "none"],
)
def test_what_cannot_be_set_against_each_other_is_not_drawn(figures: tuple[AnswerFigure, ...]) -> None:
    assert picture(TR, answer(*figures), mark) == ""


def test_target_and_actual_of_one_year_are_drawn() -> None:
    drawn = picture(TR, answer(figure("9", 2024, "actual"), figure("7", 2024, "target")), mark)
    assert re.findall(r'ks-bar-name">([^<]+)<', drawn) == ["Hedef", "Gerçekleşen"]


def test_a_list_is_drawn_once_and_not_shown_as_figures_too() -> None:
    listed = answer(*(figure(str(n), 2024, "budget", label=f"İş {n}") for n in (5, 3, 1)))
    card = cards.answer_card(TR, listed, 1)
    assert re.findall(r'ks-bar-label">([^<]+)<', card) == ["İş 5", "İş 3", "İş 1"]
    assert "ks-figures" not in card


def test_values_of_two_years_are_not_set_side_by_side_as_if_of_one() -> None:
    drawn = picture(TR, answer(figure("9", 2023, "target", "A"), figure("7", 2024, "target", "B")), mark)
    assert re.findall(r'ks-bar-label">([^<]+)<', drawn) == ["A, 2023", "B, 2024"]


def test_a_computed_figure_is_the_large_one() -> None:
    share = replace(figure("50", 2024, "rate"), computed=Computed("1 / 2", (1,)), text="50")
    card = cards.answer_card(TR, answer(figure("9", 2024, "target"), figure("7", 2023, "target"), share), 1)
    assert re.findall(r'ks-value">([\d.]+)', card)[0] == "50"


def test_a_computed_figure_tells_its_formula_once_and_as_people_write_it() -> None:
    computed = Computed("19978 / 25000 * 100", (0, 1))
    share = replace(figure("79.9", 2020, "rate"), label=computed.formula, computed=computed, text="79,9")
    operands = figure("25000", 2020, "target"), figure("19978", 2020, "actual")
    card = cards.answer_card(TR, answer(*operands, share), 1)
    assert "19978 / 25000" not in card and card.count("19.978 / 25.000 × 100") == 1
    assert re.findall(r'ks-label">(\w+)', card)[0] == "Asfalt", "of what it is a share"
    counted = replace(share, label="count(5)", computed=Computed("count(5)", (0,)))
    assert "count" not in cards.answer_card(TR, answer(*operands, counted), 1)


def test_nothing_is_offered_where_nothing_was_found() -> None:
    assert cards.suggested(TR, [], is_refusal=True) == ""
    offered = cards.suggested(TR, [("<b>?", "/?q=%3Cb%3E%3F")], is_refusal=False)
    assert '<a class="ks-asks" href="/?q=%3Cb%3E%3F">&lt;b&gt;?</a>' in offered


def test_answers_go_first() -> None:
    precedence = Precedence()
    assert precedence.is_quiet()
    with precedence.answering(), pytest.raises(KeyError), precedence.answering():
        assert not precedence.is_quiet()
        raise KeyError
    assert precedence.is_quiet()


def test_an_opinion_is_one_line_without_who_gave_it(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "new" / "folder")
    assert feedback.keep("down", answer(), "satır\nsonu \u2028 \ud800" + "x" * 9000, date(2024, 5, 6))
    assert feedback.keep("up", answer())
    lines = feedback.file.read_text("utf-8").split("\n")
    assert len(lines) == 3
    first = json.loads(lines[0])
    assert sorted(first) == ["answer", "comment", "day", "question", "status", "verdict"]
    assert (first["day"], first["verdict"], first["question"]) == ("2024-05-06", "down", "Soru?")
    assert len(first["comment"]) == LONGEST_COMMENT


def test_a_full_file_takes_no_more_opinions(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path, largest=300)
    kept = [feedback.keep("up", answer(), "x" * 50) for _ in range(4)]
    assert kept[0]
    assert not kept[-1]
    assert feedback.file.stat().st_size <= 300


def test_a_folder_that_cannot_be_written_to_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="--feedback"):
        Feedback(tmp_path / "file")
