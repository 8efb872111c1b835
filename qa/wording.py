"""The wording of answers: every sentence that a citizen reads comes from here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.figures import format_number
from indexer.marks import unmarked
from indexer.records import Measure
from indexer.suffixes import Case, inflect
from qa.records import AnswerFigure, Asked, Language

_ENGLISH_MARKS = str.maketrans(".,", ",.")
_MEASURES: dict[Language, dict[Measure, str]] = {
    "tr": {
        "target": "hedefi",
        "actual": "gerçekleşmesi",
        "estimate": "tahmini",
        "budget": "bütçesi",
        "spending": "harcaması",
        "rate": "oranı",
        "count": "değeri",
        "other": "değeri",
    },
    "en": {
        "target": "target",
        "actual": "actual",
        "estimate": "estimate",
        "budget": "budget",
        "spending": "spending",
        "rate": "rate",
        "count": "value",
        "other": "value",
    },
}

_PLAIN_MEASURES: dict[Measure, str] = {
    "target": "hedef", "actual": "gerçekleşme", "estimate": "tahmin", "budget": "bütçe", "spending": "harcama",
    "rate": "oran", "count": "değer", "other": "değer",
}  # fmt: skip
"""The names of measures that stand without a year before them."""

_UNITS_IN_ENGLISH = {
    "adet": "", "kişi": "people", "ton": "tonnes", "metre": "metres", "litre": "litres", "saat": "hours",
    "dakika": "minutes", "saniye": "seconds", "gün": "days", "hafta": "weeks", "ay": "months", "yıl": "years",
    "hektar": "hectares", "ha": "hectares", "dekar": "decares", "avro": "euros", "dolar": "dollars",
    "bin TL": "thousand TL", "milyon TL": "million TL", "hane": "households", "aile": "families", "araç": "vehicles",
    "ağaç": "trees", "fidan": "saplings", "abone": "subscribers", "öğrenci": "students", "çocuk": "children",
    "yolcu": "passengers", "proje": "projects", "faaliyet": "activities", "sefer": "trips", "evrak": "documents",
    "baş": "head", "kez": "times", "kat": "times", "bina": "buildings", "konut": "dwellings",
}  # fmt: skip
"""Units and things counted as English answers name them; another one stays in Turkish."""


def number(value: Decimal, language: Language) -> str:
    """A number in the form of the language: ``1.100.000,5`` or ``1,100,000.5``."""
    return format_number(value).translate(_ENGLISH_MARKS if language == "en" else {})


def amount(figure: AnswerFigure, language: Language = "tr") -> str:
    """The value with its unit: ``1.100.000 ton``, ``%46,5``; in English ``1,100,000 tonnes``, ``46.5%``."""
    if any(letter.isalpha() for letter in figure.text):
        written = " ".join(figure.text.split())  # a duration or "45 milyar", as written
        words = not any(letter.isdigit() for letter in written) and figure.unit not in (None, "%", *written.split())
        return f"{written} {figure.unit}" if words and language == "tr" and " " not in written else written
    value = number(figure.value, language)
    if figure.unit is None:
        return value
    if figure.unit == "%":
        return f"{value}%" if language == "en" else f"%{value}"
    return f"{value} {unit_name(figure.unit, language)}".rstrip()


def unit_name(unit: str, language: Language) -> str:
    """A unit as the language names it; empty where it says nothing (``adet`` in English)."""
    return _UNITS_IN_ENGLISH.get(unit, unit) if language == "en" else unit


def measure_name(figure: AnswerFigure, language: Language) -> str:
    """``2024 hedefi``."""
    name = _MEASURES[language][figure.measure]
    return f"{figure.year} {name}" if figure.year is not None else name


def figure_sentence(figure: AnswerFigure, language: Language) -> str:
    """Who, what, which year and measure, how much, and the citation mark."""
    value = f"{amount(figure, language)} [{figure.citation}]."
    if language == "en":
        return f"{figure.municipality}, {figure.label}: {measure_name(figure, language)} {value}"
    owner = inflect(figure.municipality, Case.GENITIVE)
    return f"{owner} {measure_name(figure, language)} ({' '.join(figure.label.split())}): {value}"


def elsewhere_sentence(figures: Sequence[AnswerFigure], language: Language) -> str:
    """What other municipalities give for the same thing."""
    lead = "Other municipalities" if language == "en" else "Diğer belediyeler"
    values = "; ".join(
        f"{figure.municipality}, {measure_name(figure, language)} {amount(figure, language)} [{figure.citation}]"
        for figure in figures
    )
    return f"{lead}: {values}."


def told_sentence(figure: AnswerFigure, language: Language) -> str:
    """How much, and the sentence of the source that tells it."""
    lead = "in the words of the source" if language == "en" else "kaynağın sözleriyle"
    return f"{figure.municipality}: {amount(figure, language)} [{figure.citation}]; {lead}: “{figure.label}”"


def rounded_sentence(figure: AnswerFigure, language: Language) -> str:
    """The same value as a sentence of the source rounds it, and that sentence."""
    lead = "rounded in the source" if language == "en" else "kaynakta yuvarlanarak da yazılıyor"
    return f"{lead.capitalize()}: {amount(figure, language)} [{figure.citation}], “{figure.label}”"


def neighbour_sentence(figure: AnswerFigure, language: Language) -> str:
    """The target beside an actual of the same year, or the other way round."""
    value = f"{measure_name(figure, language)} {amount(figure, language)} [{figure.citation}]."
    return f"In the same row: {value}" if language == "en" else f"Aynı satırda {value}"


def larger_sentence(figures: Sequence[AnswerFigure], labels: Sequence[str], language: Language) -> str:
    """Which of two figures is larger: that of a municipality, a year, or a thing, whatever tells the two apart.

    Args:
        figures: the two figures.
        labels: what each of them is of.
        language: of the answer.
    """
    first, second = figures
    if first.value == second.value:
        return "The two are equal." if language == "en" else "İkisi eşittir."
    place = 0 if first.value > second.value else 1
    if first.municipality != second.municipality:
        name = figures[place].municipality
    elif first.year != second.year and None not in (first.year, second.year):
        name = measure_name(figures[place], language)
    else:
        name = labels[place] if labels[0] != labels[1] else amount(figures[place])
    return f"The larger one: {name}." if language == "en" else f"Büyük olan: {name}."


def incomparable_sentence(figures: Sequence[AnswerFigure], language: Language) -> str:
    """That two figures are of different units and cannot be set against each other."""
    units = [figure.unit or ("no unit" if language == "en" else "birimsiz") for figure in figures]
    if language == "en":
        return f"They are of different units ({' / '.join(units)}) and cannot be compared."
    return f"Birimleri farklı olduğundan ({' / '.join(units)}) karşılaştırılamaz."


def overlap_sentence(language: Language) -> str:
    """That people who were added up may have been counted more than once."""
    if language == "en":
        return "The same people may be counted in several of these figures; the documents print no total."
    return "Aynı kişiler bu sayıların birden çoğunda yer almış olabilir; belgeler bir toplam yazmıyor."


def reason_sentence(label: str, reason: str, mark: int, language: Language) -> str:
    """The reason that a row prints for its deviation; ``label`` may be empty."""
    lead = "Reason given" if language == "en" else "Belirtilen neden"
    of = f" ({label})" if label else ""
    return f"{lead}{of}: {reason.rstrip('. ')} [{mark}]."


def units_sentence(label: str, units: Sequence[str], mark: int, language: Language) -> str:
    """The units that a row names as responsible."""
    lead = "Responsible" if language == "en" else "Sorumlu birim"
    return f"{lead} ({label}): {'; '.join(units)} [{mark}]."


def verdict(yes: bool, language: Language) -> str:
    """Yes or no."""
    if language == "en":
        return "Yes." if yes else "No."
    return "Evet." if yes else "Hayır."


def formula(figure: AnswerFigure, language: Language) -> str:
    """The formula of a computed figure with the language's numbers; nothing of one that is printed."""
    written = figure.computed.formula if figure.computed else ""
    shown = re.sub(r"\d+(?:\.\d+)?", lambda match: number(Decimal(match[0]), language), written)
    return shown.replace("*", "×").replace(" - ", " − ")


def computed_sentence(figure: AnswerFigure, language: Language) -> str:
    """A computed figure with its formula."""
    lead = "Computed" if language == "en" else "Hesaplanan"
    return f"{lead}: {formula(figure, language)} = {amount(figure, language)} [{figure.citation}]."


def quote_sentence(quote: str, mark: int) -> str:
    """A sentence of a document with its citation mark."""
    return f"{unmarked(quote)} [{mark}]"


def not_held(municipalities: Sequence[str], asked: str, language: Language) -> str:
    """The municipality asked for is not among the documents."""
    held = ", ".join(municipalities)
    if language == "en":
        return f"The documents hold nothing about {asked}. Municipalities held: {held}."
    return f"Belgelerde {asked} ile ilgili bir kayıt yok. Belgeleri bulunan belediyeler: {held}."


def value_missing(asked: Asked, language: Language, municipality: str) -> str:
    """Which value the documents of a municipality do not hold."""
    name = _MEASURES[language][asked.measure or "other"]
    year = "" if asked.year is None else f"{asked.year} "
    if language == "en":
        return f"The documents of {municipality} do not hold the {year}{name} asked for."
    if not year:
        name = _PLAIN_MEASURES[asked.measure or "other"]
    return f"{inflect(municipality, Case.GENITIVE)} belgelerinde sorulan {year}{name} yok."


def year_missing(
    years: Sequence[int], held: Sequence[str], language: Language, municipalities: Sequence[str] = ()
) -> str:
    """That no document (of the municipalities named) is of the years asked for, and the titles of those held."""
    missing, titles = ", ".join(map(str, years)), "; ".join(held)
    if language == "en":
        whose = f" of {' and '.join(municipalities)}" if municipalities else ""
        return f"No document{whose} is of {missing}. Documents held{whose and ' of it'}: {titles}."
    if not municipalities:
        return f"{missing} yılına ait bir belge yok. Eldeki belgeler: {titles}."
    owner = inflect(" ve ".join(municipalities), Case.GENITIVE)
    return f"{owner} {missing} yılına ait bir belgesi yok. Eldeki belgeleri: {titles}."


def lacking_sentence(words: Sequence[str], language: Language) -> str:
    """Words of the question that the nearest thing offered does not hold."""
    listed = ", ".join(f"“{word}”" for word in words)
    return f"It does not mention {listed}." if language == "en" else f"Bu kayıtta {listed} geçmiyor."


def elsewhere_held(figure: AnswerFigure, language: Language) -> str:
    """What another municipality gives for the thing asked for, named as such."""
    lead = "Another municipality has such a value" if language == "en" else "Başka bir belediyenin kaydı"
    return f"{lead}: {figure_sentence(figure, language)}"


def blank_sentence(label: str, column: str, mark: int, language: Language) -> str:
    """That a row is there, but its cell in ``column`` is empty."""
    name = " ".join(label.split())
    if language == "en":
        return f"In the row “{name}” the column “{column}” is empty [{mark}]."
    return f"“{name}” satırında “{column}” sütunu boş [{mark}]."


def nearest_sentence(figure: AnswerFigure, language: Language, told: bool = False) -> str:
    """The nearest thing that the documents do hold, named as such; ``told`` where a sentence tells it."""
    lead = "The nearest they hold" if language == "en" else "En yakın kayıt"
    if told:
        year = f" ({figure.year})" if figure.year is not None else ""
        return f"{lead}{year}: {told_sentence(figure, language)}"
    return f"{lead}: {figure_sentence(figure, language)}"


def nothing_found(language: Language) -> str:
    """No passage answers."""
    if language == "en":
        return "The documents do not hold an answer to this question."
    return "Belgelerde bu sorunun yanıtı bulunamadı."


def nothing_certain(language: Language) -> str:
    """Something was found, but it did not pass the gate."""
    if language == "en":
        return "No answer that can be traced to its place was found; the nearest passages are listed below."
    return "Yeri kesin olarak gösterilebilen bir yanıt bulunamadı; en yakın bölümler aşağıdadır."
