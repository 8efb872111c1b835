"""What is done for a group or about a matter is told as a short list of rows and sentences, never as a legal duty."""

from __future__ import annotations

import pytest

from qa.answering.draft import Draft
from qa.engine import Engine
from qa.finding.named_rows import named_matter


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        (
            "Engelliler için Kayseri'de ne yapılıyor?",
            "Engelsiz çocuk evi hizmetleri: 2025 bütçesi",
            "merkezleri oluştur",
        ),
        ("Kayseri'de hava kirliliği için ne yapılıyor?", "katı yakıt satış noktalarında", "0,00 40.650.000,00"),
        ("İzmir'de göçmenler, mülteciler için ne yapılıyor?", "mülteci masası kurulmuştur", "Mülteciler Dairesi"),
        ("Defne'de çocuklar için ne yapılıyor?", "Yaz Okulları", "25,000 25,000"),
        ("Kars'ta sokak köpekleri için ne yapılmış?", "kısırlaştırılmaları", "hedefi"),
    ],
)
def test_what_is_done_is_told_in_rows_and_sentences(engine: Engine, question: str, told: str, untold: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert told in answer.text
    assert untold not in answer.text
    assert [f"[{citation.n}]" in answer.text for citation in answer.citations] == [True] * len(answer.citations)


def test_a_group_that_no_document_names_is_refused(engine: Engine) -> None:
    assert engine.ask("Defne'de kadınlar için ne yapılıyor?").status == "abstained"


def test_the_matter_is_named_in_several_ways_and_as_a_group(engine: Engine) -> None:
    named = named_matter(engine.understand("İzmir'de göçmenler, mülteciler için ne yapılıyor?"))
    assert named is not None
    assert named.own("mülteci masası kuruldu")
    assert not named.own("engelli masası kuruldu")
    group = named_matter(engine.understand("Kayseri'de engelliler için ne yapılıyor?"))
    assert group is not None
    assert group.belongs("tekerlekli sandalye dağıtımı")
    assert not group.own("tekerlekli sandalye dağıtımı")
    assert named_matter(engine.understand("Kayseri'de ne yapılıyor?")) is None


def test_a_draft_keeps_only_the_citations_that_its_text_tells(engine: Engine) -> None:
    passage = engine.index.passages[0]
    other = engine.index.passages[5]
    draft = Draft(engine.index)
    first, second = (draft.cite(one.document, one.span) for one in (passage, other))
    draft.text = f"ikinci [{second}]"
    kept = draft.only([second])
    assert first != second
    assert (kept.text, [citation.span.start >= other.span.start for citation in kept.citations]) == (
        "ikinci [1]",
        [True],
    )
