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
        f"{name.rstrip(' ,;')}, {amount(figure, language)} [{figure.citation}]"
        for name, figure in zip(names, figures, strict=True)
    )
    first = figures[0]
    value = measure_name(first, language)
    if language == "en":
        return f"{first.municipality}, {'lowest' if least else 'highest'} {value}: {told}."
    many = f" {_NUMBERS[len(names)]} kayıt" if 1 < len(names) < len(_NUMBERS) else ""
    return f"{first.municipality}, {'en düşük' if least else 'en yüksek'} {value}{many}: {told}."


def valued_row(words: str, figures: Sequence[AnswerFigure], rest: str, mark: int, language: Language) -> str:
    """What a row says, with its values, and its note: ``Huzurevi hizmetleri (2025 bütçesi 40.758.000 TL) [1]``."""
    told = "; ".join(f"{measure_name(figure, language)} {amount(figure, language)}" for figure in figures)
    return " ".join(part for part in (words, told and f"({told})", rest, f"[{mark}]") if part)


_AMONG: dict[Language, dict[str, str]] = {
    "tr": {"activity": "faaliyetler arasında", "item": "gider türleri arasında"},
    "en": {"activity": "among the activities", "item": "among the kinds of expense"},
}


def most_spent_sentence(kind: str, rows: Sequence[tuple[str, AnswerFigure]], least: bool, language: Language) -> str:
    """As :func:`rank_sentence`, with the kind of row that was put in order: ``activity`` or ``item``."""
    names, figures = zip(*rows, strict=True)
    return f"{_AMONG[language][kind].capitalize()}: {rank_sentence(names, figures, least, language)}"


def named_row(name: str, figures: Sequence[AnswerFigure], mark: int, language: Language) -> str:
    """A row by its name and values: ``Huzurevi hizmetleri: 2025 bütçesi 40.758.000 TL [1].``"""
    told = ", ".join(f"{measure_name(figure, language)} {amount(figure, language)}" for figure in figures)
    return f"{' '.join(name.split()).rstrip(' ,;:.')}{': ' if told else ''}{told} [{mark}]."


def planned_sentence(municipality: str, title: str, told: Sequence[str], language: Language) -> str:
    """The rows of a plan that name what is asked about, each already a sentence."""
    if language == "en":
        return f"{municipality}, planned ({title}): {' '.join(told)}"
    return f"{inflect(municipality, Case.GENITIVE)} planladıkları ({title}): {' '.join(told)}"


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


def only_sentence(figure: AnswerFigure, language: Language) -> str:
    """That one municipality alone has a value of some kind."""
    if language == "en":
        return f"The documents hold such a value for {figure.municipality} alone."
    return f"Belgelerde yalnız {figure.municipality} için böyle bir değer var."


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
    told = _told_outcomes(shown, language)
    of = f"{year} " if year is not None else ""
    number = str(int(count.value))
    if english:
        state = "below their target" if missed else "at or above their target"
        return f"{count.municipality}: {of}indicators {state}, counted over the tables: {number}. First ones: {told}."
    state = "hedefinin altında kalan" if missed else "hedefine ulaşan"
    return (
        f"{count.municipality}: {of}tablolarında {state} gösterge sayısı (sayılan) {number}. İlk sıradakiler: {told}."
    )


def _told_outcomes(shown: Sequence[tuple[str, AnswerFigure, AnswerFigure]], language: Language) -> str:
    words = ("target", "actual") if language == "en" else ("hedef", "gerçekleşen")
    return "; ".join(
        f"{name}: {words[0]} {amount(target, language)}, {words[1]} {amount(actual, language)} [{actual.citation}]"
        for name, target, actual in shown
    )


_ORDERS: dict[str, tuple[str, str]] = {
    "above": ("hedefini en çok aşan", "furthest above its target"),
    "behind": ("hedefinin en çok gerisinde kalan", "furthest behind its target"),
    "off": ("hedefinden en çok sapan", "furthest off its target"),
    "near": ("hedefine en çok yaklaşan", "nearest below its target"),
    "none": ("böyle bir gösterge yok; bu sırada ilk gelen", "none is so; first in this order"),
}


def foremost_outcomes_sentence(
    order: str,
    year: int | None,
    shown: Sequence[tuple[str, AnswerFigure, AnswerFigure]],
    parts: Sequence[AnswerFigure],
    more: int,
    language: Language,
) -> str:
    """The first indicators of an order by how much of their target came about.

    Args:
        order: ``above``, ``behind``, ``off`` or ``near``; ``none`` where no indicator is so.
        year: of the values.
        shown: name, target and actual of the first ones.
        parts: what part of its target each reached, in per cent.
        more: how many others are just as far.
        language: of the answer.
    """
    first = shown[0][2]
    turkish, english = _ORDERS[order]
    of = f"{year} " if year is not None else ""
    items = "; ".join(
        f"{_told_outcomes([one], language)} ({_reached(part, language)})"
        for one, part in zip(shown, parts, strict=True)
    )
    if language == "en":
        rest = f" {more} more indicators are just as far." if more else ""
        return f"{first.municipality}, {of}indicators {english}: {items}.{rest}"
    rest = f" Aynı orandaki başka gösterge sayısı (sayılan): {more}." if more else ""
    return f"{first.municipality}, {of and f'{year} yılında '}{turkish} gösterge: {items}.{rest}"


def _reached(part: AnswerFigure, language: Language) -> str:
    told = amount(part, language)
    return f"{told} of the target, computed" if language == "en" else f"hedefin {told} kadarı, hesaplanan"


def met_share_sentence(
    share: AnswerFigure,
    whole: AnswerFigure,
    met: AnswerFigure,
    year: int | None,
    shown: Sequence[tuple[str, AnswerFigure, AnswerFigure]],
    language: Language,
) -> str:
    """How many of the indicators with a target and an actual met it, and what part of them that is."""
    of = f"{year} " if year is not None else ""
    told = _told_outcomes(shown, language)
    if language == "en":
        return (
            f"{share.municipality}: of {int(whole.value)} {of}indicators with a target and an actual, "
            f"{int(met.value)} met it: {amount(share, language)} (computed). For instance: {told}."
        )
    return (
        f"{share.municipality}: {of}tablolarında hedefi ve gerçekleşmesi yazılı gösterge sayısı (sayılan) "
        f"{int(whole.value)}, hedefine ulaşan {int(met.value)}; oranı {amount(share)} (hesaplanan). Örnekler: {told}."
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
