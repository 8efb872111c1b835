"""The gate: a draft with a quote or a figure that does not stand where it says is not shown."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indexer.records import Document, Source, Span
from qa.grounding import is_grounded
from qa.records import Answer, AnswerFigure, Citation, Computed

TEXT = "Başlık\nDökülecek Asfalt Ton 773.612 1.100.000\nson"
QUOTE = "Dökülecek Asfalt Ton 773.612 1.100.000"
DOCUMENTS = {"d": Document(Source("d", "Örnek Belediyesi", "Program", "d.txt", "0" * 64), TEXT)}
START = TEXT.index(QUOTE)
CITATION = Citation(1, "d", "Program", Span(START, START + len(QUOTE)), 2, 2, QUOTE)
FIGURE = AnswerFigure(Decimal(1_100_000), "1.100.000", "Asfalt", 1, "Örnek Belediyesi", "ton", 2024, "target")
OTHER = replace(FIGURE, value=Decimal(773_612), text="773.612")
SUM = replace(FIGURE, value=Decimal(1_873_612), text="1.873.612", computed=Computed("a + b", (0, 1)))
ANSWER = Answer("?", "answered", "…", 1.0, (FIGURE, OTHER, SUM), (CITATION,))


def test_a_true_answer_passes() -> None:
    assert is_grounded(ANSWER, DOCUMENTS)


@pytest.mark.parametrize(
    "broken",
    [
        replace(ANSWER, figures=(replace(FIGURE, text="1.100.001"),)),
        replace(ANSWER, figures=(replace(FIGURE, text=""),)),
        replace(ANSWER, figures=(replace(FIGURE, citation=2),)),
        replace(ANSWER, figures=(FIGURE, replace(SUM, computed=Computed("a", (1,))))),
        replace(ANSWER, figures=(FIGURE, replace(SUM, computed=Computed("a", (7,))))),
        replace(ANSWER, figures=(FIGURE, replace(SUM, computed=Computed("", ())))),
        replace(ANSWER, citations=(replace(CITATION, quote="Dökülecek Asfalt"),)),
        replace(ANSWER, citations=(replace(CITATION, span=Span(START + 1, START + 1 + len(QUOTE))),)),
        replace(ANSWER, citations=(replace(CITATION, line_start=1),)),
        replace(ANSWER, citations=(replace(CITATION, document="x"),)),
        replace(ANSWER, citations=(CITATION, CITATION)),
        replace(ANSWER, text="Hedef 9.999 ton."),
        replace(ANSWER, figures=(), citations=(replace(CITATION, span=Span(6, 7), quote="\n", line_start=1),)),
    ],
    ids=[
        "figure not in quote",
        "empty figure",
        "no such citation",
        "computed from itself",
        "no such operand",
        "no operands",
        "quote cut",
        "offsets off",
        "wrong line",
        "no such document",
        "two citations of one number",
        "a number told that nothing cited holds",
        "empty quote",
    ],
)
def test_a_broken_answer_is_stopped(broken: Answer) -> None:
    assert not is_grounded(broken, DOCUMENTS)
