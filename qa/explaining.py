"""Tells in Turkish how a question was understood, for ``kentesor ask --explain``."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.records import Measure
from qa.records import Asked, Question, Want

_MEASURES: dict[Measure, str] = {
    "target": "hedef",
    "actual": "gerçekleşen",
    "estimate": "tahmin",
    "budget": "bütçe",
    "spending": "harcama",
    "rate": "oran",
    "count": "sayı",
    "other": "değer",
}
_WANTS: dict[Want, str] = {
    "figure": "bir sayı",
    "text": "açıklama",
    "who": "kim ya da hangi birim",
    "why": "neden",
    "when": "ne zaman",
    "where": "nerede",
    "yesno": "evet ya da hayır",
    "list": "liste",
    "compare": "karşılaştırma",
    "series": "yıllara göre değişim",
    "sum": "toplam",
    "difference": "fark",
    "ratio": "oran ya da kat",
    "share": "pay",
    "fulfilment": "hedefe ulaşma",
    "rank": "sıralama",
    "count": "kaç tane olduğu",
}
_KINDS = {
    "faaliyet": "faaliyet raporu",
    "performans": "performans programı",
    "stratejik": "stratejik plan",
    "other": "başka belge",
}
_FIELDS = {
    "municipalities": "belediye",
    "foreign": "belediye",
    "documents": "belge",
    "kinds": "belge türü",
    "years": "yıl",
    "measures": "ölçü",
    "topic": "konu",
    "units": "birim",
    "counted": "sayılan",
    "wants": "istenen",
}


def explain(question: Question) -> list[str]:
    """How the question was understood, a line for each thing that it says; what it leaves open has no line.

    Args:
        question: as :func:`qa.question.understand` gives it.
    """
    return [f"{name}: {value}" for name, value in _lines(question) if value]


def _lines(question: Question) -> Iterator[tuple[str, str]]:
    yield "Dil", "İngilizce" if question.language == "en" else "Türkçe"
    yield "Düzeltilen", ", ".join(f"{written} → {read}" for written, read in question.corrections)
    yield "Belediye", ", ".join(question.municipalities) or ("" if question.foreign else "belirtilmemiş")
    yield "Belgesi bulunmayan", ", ".join(question.foreign)
    yield "Yer", ", ".join(question.places)
    yield "Belge", ", ".join(question.documents)
    yield "Belge türü", ", ".join(_KINDS[kind] for kind in question.kinds)
    yield "Yıl", ", ".join(map(str, question.years))
    yield "Sorulan değer", "; ".join(_value(asked) for asked in question.asked)
    yield "İstenen", ", ".join(_WANTS[want] for want in question.wants)
    yield "Birim", ", ".join(question.units)
    yield "Sayılan", ", ".join(question.counted)
    yield "Konu", ", ".join(question.content)
    carried = dict.fromkeys(_FIELDS[name] for name in question.carried if name in _FIELDS)
    yield "Önceki sorudan alınan", ", ".join(carried)
    yield "Aranan metin", question.query_text


def _value(asked: Asked) -> str:
    year = str(asked.year) if asked.year is not None else "yılı açık"
    return f"{year} {_MEASURES[asked.measure] if asked.measure else 'değeri'}"
