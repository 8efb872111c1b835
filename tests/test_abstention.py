"""When an answer is refused, and what is told instead: on the five documents and on made-up scores."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.questions import GoldQuestion, read_questions
from evaluation.train_answers import Example, choose_threshold, fit
from qa.deciding.blanks import blank_rows
from qa.deciding.confidence import AGAINST, OPEN, confidence_features, threshold
from qa.deciding.support import named_in, support_of
from qa.engine import Engine
from qa.ranking import load_model
from qa.records import Asked
from qa.wording import blank_sentence, value_missing

GOLD = GoldQuestion("q", "?", (), "figure", "formal", (), (), (), ())


def example(right: bool, wrong: bool = False, **features: float) -> Example:
    return Example(GOLD, features, right, wrong=wrong)


def test_the_words_counted_are_nouns_right_after_the_question_word(engine: Engine) -> None:
    assert named_in(engine.understand("İzmir'de kaç kadın memur çalışıyordu?")).heads == ("kadin", "memur")
    assert named_in(engine.understand("Kars'ta kaç kişi başvurdu?")).heads == ()
    nouns = named_in(engine.understand("Kayseri'de elektrikli otobüs alınacak mı?")).nouns
    assert "otobus" in nouns and not any(word.startswith("alin") for word in nouns)


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("İzmir'de 2022'de kaç sokak hayvanı kısırlaştırıldı?", "İzmir'de 2022'de günde kaç sokak hayvanı kısırlaştı?"),
        ("Kars'ta kaç ticari taksi var?", "Kars'ta kaç pembe taksi var?"),
    ],
)  # fmt: skip
def test_what_the_place_does_not_say_lowers_the_confidence(engine: Engine, question: str, more: str) -> None:
    sure = []
    for text in (question, more):
        understood = engine.understand(text)
        hits = engine.retrieve(engine.understand(question))
        draft, found = engine.composer.draft(engine.understand(question), hits)
        support = support_of(understood, draft, hits)
        sure.append((support.objections, load_model("confidence").probability(
            confidence_features(understood, draft, hits, found)
        )))  # fmt: skip
    assert sure[0][0] < sure[1][0] and sure[0][1] > sure[1][1]


def test_an_empty_cell_is_told_as_such(engine: Engine) -> None:
    question = engine.understand("İzmir'de süt yardımı için 2023 yılı hedefi kaç litreydi?")
    first = blank_rows(question, engine.retrieve(question), engine.index)[0]
    assert "süt" in first.label.lower() and first.asked.year == 2023
    assert all(fact.year != 2023 for fact in first.others)


def test_a_row_with_the_value_is_not_blank(engine: Engine) -> None:
    question = engine.understand("İzmir'de süt yardımı için 2024 yılı hedefi kaç litre?")
    blanks = blank_rows(question, engine.retrieve(question), engine.index)
    assert not any("süt yardımı" in blank.label.lower() for blank in blanks)


def test_refusals_name_what_is_missing() -> None:
    asked = Asked(2024, "target")
    told = value_missing(asked, "tr", "Kayseri Büyükşehir Belediyesi")
    assert told == "Kayseri Büyükşehir Belediyesinin belgelerinde sorulan 2024 hedefi yok."
    assert (
        blank_sentence("Süt  miktarı", "2023 Hedef", 1, "tr") == "“Süt miktarı” satırında “2023 Hedef” sütunu boş [1]."
    )


def test_a_refusal_cites_only_what_stands_there(engine: Engine) -> None:
    unanswerable = [gold for gold in read_questions() if gold.type == "unanswerable"]
    for gold in unanswerable:
        answer = engine.ask(gold.question, gold.history)
        if answer.status == "abstained":
            assert answer.figures == () and answer.confidence < threshold()
            for citation in answer.citations:
                text = engine.document_text(citation.document)
                assert text[citation.span.start : citation.span.end] == citation.quote
                assert f"[{citation.n}]" in answer.text


def test_weights_have_the_sign_of_their_meaning() -> None:
    for name, weight in load_model("confidence").weights.items():
        assert name in OPEN or (weight <= 0 if name in AGAINST else weight >= 0)
    examples = [example(True, objections=1.0, top=0.1), example(False, objections=0.0, top=0.9)] * 5
    assert fit(["objections", "top"], examples).weights == {"objections": 0.0, "top": 0.0}


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=80))
def test_the_threshold_never_refuses_more_than_allowed(drafts: list[tuple[float, bool]]) -> None:
    scored = [(0.5, example(True)), *((sure, example(right)) for sure, right in drafts)]
    able = [sure for sure, one in scored if one.right]
    at = choose_threshold(scored, 0.1)
    assert sum(sure < at for sure in able) <= 0.1 * len(able)


def test_the_same_question_is_refused_the_same_way_twice(engine: Engine) -> None:
    text = "Kars kent konseyi seçiminde Uray kaç oy aldı?"
    first, again = engine.ask(text), engine.ask(text)
    assert replace(first, timings_ms={}) == replace(again, timings_ms={})
