"""The wording of totals that are ours: the sum of a unit's activities, the balance of a budget."""

from __future__ import annotations

from collections.abc import Sequence

from qa.records import AnswerFigure, Language
from qa.wording import amount

_TOLD = 4  # parts of a sum that are told; all of them stand in the evidence


def activities_sum_sentence(
    total: AnswerFigure, unit: str, names: Sequence[str], figures: Sequence[AnswerFigure], language: Language
) -> str:
    """The sum of the costs of the activities for which a unit is responsible, and the largest of the costs.

    Args:
        total: the computed sum.
        unit: the unit as the document writes it.
        names: the activities.
        figures: their costs, in the same order, the largest first.
        language: of the answer.
    """
    told = "; ".join(
        f"{name} {amount(figure, language)} [{figure.citation}]"
        for name, figure in list(zip(names, figures, strict=True))[:_TOLD]
    )
    told += "; …" if len(figures) > _TOLD else ""
    year = f"{figures[0].year} " if figures[0].year is not None else ""
    if language == "en":
        lead = f"{unit}: the {year}costs of the activities that it is responsible for add up to"
        return f"{total.municipality}, {lead} {amount(total, language)} (computed): {told}."
    lead = f"sorumlu olduğu faaliyetlerin {year}kaynak ihtiyacı toplandığında"
    return f"{total.municipality}, {unit}: {lead} {amount(total)} (hesaplanan): {told}."


def balance_sentence(surplus: bool, year: int | None, language: Language) -> str:
    """Whether income was more than expenses."""
    when = f"{year} " if year is not None else ""
    if language == "en":
        return f"{when}income is {'above' if surplus else 'below'} expenses."
    return f"{when}bütçe gelirleri giderlerden {'fazla' if surplus else 'az'}."
