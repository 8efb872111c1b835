"""Figures computed from cited ones: difference, rate of fulfilment, ratio and sum, each with its formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.index import Index
from indexer.turkish import keys
from qa.answering.comparison import parts
from qa.answering.draft import Draft
from qa.answering.figure import choose
from qa.answering.finding import Found
from qa.records import AnswerFigure, Asked, Question
from qa.wording import computed_sentence, figure_sentence

Ask = Callable[[Question], list[Found]]
_COMPUTED = ("difference", "fulfilment", "ratio", "sum")


def computation_draft(question: Question, ask: Ask, index: Index) -> Draft | None:
    """The computed figure first, then its operands; None where no computation is asked for or an operand is missing."""
    kinds = [want for want in question.wants if want in _COMPUTED]
    if not kinds:
        return None
    operands = _operands(question, kinds[0], ask)
    if len(operands) < 2:
        return None
    draft = Draft(index, confidence=min(one.probability for one in operands))
    figures = [draft.add(one) for one in operands]
    if len(draft.figures) < 2:
        return None
    computed = [result for kind in kinds if (result := _compute(draft, kind, figures)) is not None]
    if not computed:
        return None
    sentences = [computed_sentence(result, question.language) for result in computed]
    sentences += [figure_sentence(figure, question.language) for figure in figures]
    draft.text = " ".join(sentences)
    return draft


def _operands(question: Question, kind: str, ask: Ask) -> list[Found]:
    if kind == "sum":
        return _summands(question, ask(question))
    if len(question.municipalities) > 1:
        return [one for part in parts(question) for one in choose(part, ask(part))[:1]]
    if kind in ("difference", "fulfilment") and len(question.asked) < 2:
        question = replace(question, asked=_target_and_actual(question))
    return choose(question, ask(question))


def _summands(question: Question, found: Sequence[Found]) -> list[Found]:
    """The figures to add up; none where the documents print the total themselves."""
    if not found or "toplam" in keys(found[0].label) or "toplam" in keys(found[0].fact.column if found[0].fact else ""):
        return []
    chosen = choose(question, found)
    first = found[0]
    if len(chosen) > 1 or first.fact is not None:
        return chosen
    return [one for one in found if one.quote == first.quote and one.figure.unit == first.figure.unit]


def _target_and_actual(question: Question) -> tuple[Asked, ...]:
    """What a shortfall or a fulfilment compares where the question names one of the two."""
    year = question.asked[0].year if question.asked else next(iter(question.years), None)
    return (Asked(year, "target"), Asked(year, "actual"))


def _compute(draft: Draft, kind: str, figures: Sequence[AnswerFigure]) -> AnswerFigure | None:
    first, second = figures[0], figures[1]
    if kind == "sum":
        if len({figure.unit for figure in figures}) > 1:
            return None
        formula = " + ".join(str(figure.value) for figure in figures)
        return draft.compute(sum((figure.value for figure in figures), Decimal(0)), formula, figures, first.unit)
    if kind == "difference":
        high, low = sorted((first, second), key=lambda figure: -figure.value)
        return draft.compute(high.value - low.value, f"{high.value} - {low.value}", (high, low), high.unit)
    if kind == "fulfilment":
        whole, part = (first, second) if first.measure == "target" else (second, first)
        if not whole.value:
            return None
        value = (part.value / whole.value * 100).quantize(Decimal("0.1"))
        return draft.compute(value, f"{part.value} / {whole.value} * 100", (part, whole), "%")
    if not second.value:
        return None
    value = (first.value / second.value).quantize(Decimal("0.01"))
    return draft.compute(value, f"{first.value} / {second.value}", (first, second), "kat")
