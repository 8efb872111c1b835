"""The wording of answers over rows: superlatives, counts, shares and growth."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.suffixes import Case, inflect
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


_KINDS: dict[Language, dict[str, str]] = {
    "tr": {
        "aim": "stratejik amaçları",
        "goal": "stratejik hedefleri",
        "target": "performans hedefleri",
        "unit": "birimleri",
    },
    "en": {"aim": "strategic goals", "goal": "strategic objectives", "target": "performance targets", "unit": "units"},
}


def headings_sentence(
    municipality: str, title: str, kind: str, told: Sequence[tuple[str, int]], language: Language
) -> str:
    """All headings of a kind with their citation marks: ``Stratejik Amaç 1: … [1]; Stratejik Amaç 2: … [2]``.

    Args:
        municipality: whose they are.
        title: of the document that holds them.
        kind: ``aim``, ``goal``, ``target`` or ``unit``.
        told: each heading with the number of its citation.
        language: of the answer.
    """
    items = "; ".join(f"{heading} [{mark}]" for heading, mark in told)
    name = _KINDS[language][kind]
    if language == "en":
        return f"{municipality}, {name} ({title}): {items}."
    return f"{inflect(municipality, Case.GENITIVE)} {name} ({title}): {items}."


def units_sum_sentence(
    total: AnswerFigure, names: Sequence[str], figures: Sequence[AnswerFigure], year: int | None, language: Language
) -> str:
    """The sum of the totals of all units, named as ours, and the totals themselves.

    Args:
        total: the computed sum.
        names: the units.
        figures: their totals, in the same order.
        year: of the totals.
        language: of the answer.
    """
    told = "; ".join(
        f"{name} {amount(figure, language)} [{figure.citation}]" for name, figure in zip(names, figures, strict=True)
    )
    of = f" {year}" if year is not None else ""
    if language == "en":
        lead = f"the document prints no grand total; its units'{of} totals add up to"
        return f"{total.municipality}: {lead} {amount(total, language)} (computed): {told}."
    return (
        f"{total.municipality}: belgede genel toplam yazmıyor; birimlerin{of} bütçe toplamları toplandığında "
        f"{amount(total)} (hesaplanan): {told}."
    )


def foremost_sentence(figures: Sequence[AnswerFigure], least: bool, language: Language) -> str:
    """Whose value is the first of an order: ``En fazla: İzmir Büyükşehir Belediyesi``; or that the first are equal."""
    first = figures[0]
    if figures[1].value == first.value:
        return "The values are equal." if language == "en" else "Değerler eşittir."
    if language == "en":
        return f"{'The least' if least else 'The most'}: {first.municipality}."
    return f"{'En az' if least else 'En fazla'}: {first.municipality}."


def series_sentence(figures: Sequence[AnswerFigure], language: Language) -> str:
    """The values of one indicator over the years, each named as what it is: actual, estimate, target."""
    first = figures[-1]
    told = "; ".join(
        f"{measure_name(figure, language)} {amount(figure, language)} [{figure.citation}]" for figure in figures
    )
    return f"{first.municipality}, {' '.join(first.label.split())}: {told}."


def outcomes_sentence(
    count: AnswerFigure,
    year: int | None,
    missed: bool,
    shown: Sequence[tuple[str, AnswerFigure, AnswerFigure]],
    language: Language,
) -> str:
    """How many indicators missed (or met) their targets, counted over rows, and the first of them with both values.

    Args:
        count: how many they are.
        year: of the values.
        missed: whether those below their targets are told.
        shown: name, target and actual of the first ones.
        language: of the answer.
    """
    english = language == "en"
    words = ("target", "actual") if english else ("hedef", "gerçekleşen")
    told = "; ".join(
        f"{name}: {words[0]} {amount(target, language)}, {words[1]} {amount(actual, language)} [{actual.citation}]"
        for name, target, actual in shown
    )
    of = f"{year} " if year is not None else ""
    number = str(int(count.value))
    if english:
        state = "below their target" if missed else "at or above their target"
        return f"{count.municipality}: {of}indicators {state}, counted over the tables: {number}. First ones: {told}."
    state = "hedefinin altında kalan" if missed else "hedefine ulaşan"
    return (
        f"{count.municipality}: {of}tablolarında {state} gösterge sayısı (sayılan) {number}. İlk sıradakiler: {told}."
    )


def told_years_sentence(figures: Sequence[AnswerFigure], language: Language) -> str:
    """The values of some years that one sentence of the source tells, and the sentence."""
    told = ", ".join(f"{figure.year}: {amount(figure, language)}" for figure in figures)
    lead = "in the words of the source" if language == "en" else "kaynağın sözleriyle"
    first = figures[0]
    return f"{first.municipality}, {told} [{first.citation}]; {lead}: “{first.label}”"


def act_sentence(figure: AnswerFigure, language: Language) -> str:
    """The number of an act as the source writes it, without separators, and the sentence that tells it."""
    lead = "in the words of the source" if language == "en" else "kaynağın sözleriyle"
    return f"{figure.municipality}: {figure.text} [{figure.citation}]; {lead}: “{figure.label}”"
