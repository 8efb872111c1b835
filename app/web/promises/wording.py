"""Values and deviations of promises as the reader sees them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from app.promises.view import View
from app.web.elements import safe
from app.web.texts import Texts
from indexer.commitments import Outcome
from indexer.records import Fact
from qa.records import AnswerFigure, Language
from qa.wording import amount, number

_TENTH = Decimal("0.1")


def value(fact: Fact, language: Language) -> str:
    """The value of a fact with its unit."""
    unit = fact.unit or fact.figure.unit
    return amount(AnswerFigure(fact.figure.value, fact.figure.text, fact.label, 0, fact.municipality, unit), language)


def values(facts: Sequence[Fact], language: Language) -> str:
    """The values of facts that ought to be one; where documents contradict each other, all of them."""
    return " / ".join(dict.fromkeys(value(fact, language) for fact in facts))


def signed_percent(percent: Decimal, language: Language) -> str:
    """``−%6,3`` or ``−6.3%``: rounded to one decimal, with its sign."""
    rounded = percent.quantize(_TENTH, ROUND_HALF_UP)
    size = number(abs(rounded).normalize() if rounded else Decimal(0), language)
    return f"{_sign(rounded)}{f'{size}%' if language == 'en' else f'%{size}'}"


def deviation(texts: Texts, outcome: Outcome, unit: str | None) -> str:
    """The deviation in the unit of the promise, and in per cent of its target where that is not nought."""
    size = abs(outcome.deviation) or Decimal(0)  # "0" and not "0,00"
    if unit == "%":  # the difference of two shares is not a share
        shown = f"{number(size, texts.language)} {texts('promises.points')}"
    else:
        figure = AnswerFigure(size, "", "", 0, "", unit)
        shown = amount(figure, texts.language)
    absolute = f"{_sign(outcome.deviation)}{shown}"
    if outcome.deviation_percent is None:
        return absolute
    return f"{absolute} ({signed_percent(outcome.deviation_percent, texts.language)})"


def address(texts: Texts, view: View) -> str:
    """The address of a view, as an attribute's value."""
    return safe(f"{texts.address('promises')}?{view.to_query()}".removesuffix("?"))


def _sign(size: Decimal) -> str:
    return "+" if size > 0 else "−" if size < 0 else ""
