"""The wording of answers over rows: superlatives, counts, shares and growth."""

from __future__ import annotations

from collections.abc import Sequence

from qa.records import AnswerFigure, Language
from qa.wording import amount, measure_name

_NUMBERS = ("", "", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz", "on")


def rank_sentence(names: Sequence[str], figures: Sequence[AnswerFigure], least: bool, language: Language) -> str:
    """The first things of an order with values: ``en yüksek 2023 bütçesi: Temizlik İşleri, 15.035.000 TL [1]``."""
    told = "; ".join(
        f"{name}, {amount(figure, language)} [{figure.citation}]" for name, figure in zip(names, figures, strict=True)
    )
    first = figures[0]
    value = measure_name(first, language)
    if language == "en":
        return f"{first.municipality}, {'lowest' if least else 'highest'} {value}: {told}."
    many = f" {_NUMBERS[len(names)]} kayıt" if 1 < len(names) < len(_NUMBERS) else ""
    return f"{first.municipality}, {'en düşük' if least else 'en yüksek'} {value}{many}: {told}."


def count_sentence(figure: AnswerFigure, noun: str, language: Language) -> str:
    """How many rows there are: a count of ours, named as such."""
    value = amount(figure, language)
    if language == "en":
        return f"{figure.municipality}: {value} ({noun}), counted over the rows of the table [{figure.citation}]."
    return f"{figure.municipality}: tablodaki satırlar sayıldığında {value} {noun} [{figure.citation}]."


def operand_sentence(figure: AnswerFigure, language: Language) -> str:
    """An operand of a share or ratio."""
    return f"{figure.label}: {measure_name(figure, language)} {amount(figure, language)} [{figure.citation}]."


def parts_sentence(figures: Sequence[AnswerFigure], language: Language) -> str:
    """The parts of a sum, each with its citation mark."""
    told = ", ".join(f"{amount(figure, language)} [{figure.citation}]" for figure in figures)
    return f"{'Parts' if language == 'en' else 'Toplananlar'}: {told}."
