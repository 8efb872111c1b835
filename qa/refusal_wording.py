"""The wording of refusals: what a question asks for that no document tells, and where the nearest stands."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.suffixes import Case, inflect
from qa.records import Language

_FORMS: dict[str, tuple[str, str]] = {
    "phone": ("telefon numarası", "telephone number"),
    "mail": ("e-posta adresi", "e-mail address"),
    "site": ("internet adresi", "web address"),
    "address": ("açık adres", "postal address"),
    "account": ("hesap ya da kimlik numarası", "account or identity number"),
}


def no_opinion(language: Language) -> str:
    """That a judgement was asked for, which plans and reports do not give."""
    if language == "en":
        return "The question asks for a judgement; the documents only tell plans, results and amounts."
    return "Soru bir değerlendirme istiyor; belgeler yalnız planları, sonuçları ve tutarları anlatıyor."


def no_address(form: str, language: Language) -> str:
    """That the telephone number, e-mail or other address asked for is not printed."""
    turkish, english = _FORMS[form]
    return f"The {english} asked for is not printed." if language == "en" else f"Sorulan {turkish} belgelerde yazmıyor."


def no_holder(language: Language) -> str:
    """That nobody is named as the holder of the office asked for."""
    if language == "en":
        return "The documents do not name who holds the office asked for."
    return "Sorulan görevde kimin bulunduğu belgelerde yazmıyor."


def words_missing(words: Sequence[str], municipalities: Sequence[str], language: Language) -> str:
    """Words of the question that stand nowhere in the documents of the municipalities asked about, or in any."""
    listed = ", ".join(f"“{word}”" for word in words)
    if language == "en":
        whose = f"the documents of {' and '.join(municipalities)}" if municipalities else "the documents"
        return f"{listed} does not occur in {whose}."
    if not municipalities:
        return f"{listed} belgelerde hiç geçmiyor."
    return f"{listed}, {inflect(' ve '.join(municipalities), Case.GENITIVE)} belgelerinde hiç geçmiyor."


def nearest_section(heading: str, mark: int, language: Language) -> str:
    """Where the documents come nearest to the matter of a question: a heading, or the first words of a passage."""
    name = " ".join(heading.split())
    lead = "The nearest section" if language == "en" else "Konuya en yakın bölüm"
    return f"{lead}: “{name}” [{mark}]."


def not_in_row(label: str, year: int, language: Language) -> str:
    """That the row which answered before has no value of a year."""
    name = " ".join(label.split())
    if language == "en":
        return f"The row “{name}” has no value of {year}."
    return f"“{name}” satırında {year} yılının değeri yok."


_NOT_TOLD: dict[str, tuple[str, str]] = {
    "target": ("hedef yok", "no target"),
    "actual": ("gerçekleşen değer yok", "no actual value"),
    "reason": ("bir neden yazmıyor", "no reason"),
}


def not_told_there(label: str, what: str, year: int | None, language: Language) -> str:
    """That what answered before tells no ``target``, ``actual`` or ``reason``, of a year where one is given."""
    name = " ".join(label.split())
    turkish, english = _NOT_TOLD[what]
    if language == "en":
        of = f" of {year}" if year is not None else ""
        return f"“{name}” tells {english}{of}."
    of = f"{year} yılı için " if year is not None else ""
    return f"“{name}” kaydında {of}{turkish}."


def cannot_leave_out(name: str, language: Language) -> str:
    """That no value can be told without the thing which the question leaves out."""
    if language == "en":
        return f"The documents do not let “{name}” be left out."
    return f"“{name}” çıkarılarak hesaplanabilecek kesin bir değer bulunamadı."


def no_list_below(heading: str, mark: int, language: Language) -> str:
    """That a heading asked for is there, but no list that could be read stands below it."""
    if language == "en":
        return f"No list stands below the heading “{heading}” [{mark}]."
    return f"“{heading}” başlığının altında okunabilen bir liste yok [{mark}]."


def filters_contradict(within: Sequence[str], outside: Sequence[str], language: Language) -> str:
    """That the filters chosen leave out what the question itself names."""
    chosen, named = ", ".join(within), ", ".join(outside)
    if language == "en":
        return f"The filters chosen ({chosen}) leave out what the question names: {named}. Clear them or change it."
    return (
        f"Seçili süzgeçler ({chosen}) soruda geçeni dışarıda bırakıyor: {named}. "
        "Süzgeçleri temizleyin ya da soruyu değiştirin."
    )


def not_defined(term: str, language: Language) -> str:
    """That no sentence of the documents says what a term means."""
    if language == "en":
        return f"The documents use such terms, but none of their sentences defines “{term}”."
    return f"Belgelerde “{term}” için bir tanım yok; belgeler terimleri çoğunlukla açıklamadan kullanıyor."
