"""Sentences that tell the staff by status: "151 memur, 27 işçi olmak üzere 215 kişi çalışmaktadır"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from indexer.figures import NumberStyle, parse_number
from indexer.index import Index
from indexer.records import Figure, Span
from indexer.turkish import ascii_key
from qa.finding.row_words import word_groups, word_pattern
from qa.finding.stretches import Sentence, sentences_in
from qa.finding.vocabulary import says
from qa.remembering import once_a_document

SPOKEN = {"memur": "memur", "sozlesmeli": "sözleşmeli personel", "isci": "işçi", "sirket": "şirket personeli"}
SEXES = {"kadin": "kadın", "erkek": "erkek"}
"""The names of statuses and sexes as answers say them."""

_AROUND = 700  # characters around a number within which its sentence stands
_LEAST_STATUSES = 2
_NUMBER = r"(?<![\w.,/])(\d{1,3}(?:\.\d{3})+|\d+)(?![\w/]|[.,]\d)"
_BETWEEN = r"(?:['’`]\w+)?\s+(?:(?!olmak)[^\W\d]+\s+|\([^\W\d]+\)\s+){0,2}?"
_ALL = re.compile(
    rf"(?:toplam\w*|olmak\s+uzere)[\s,]+(?:toplam\w*\s+)?{_NUMBER}\s+(?:adet\s+)?(?:personel|kisi|calisan|isgoren)\w*"
)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")
_SHARE = re.compile(r"(?:%\s?|yuzde\s+)(\d+(?:,\d+)?)")
_BESIDE = 25  # characters after a percentage within which the sex stands that it is of


@dataclass(frozen=True, slots=True)
class Told:
    """A number of people that a sentence tells; ``year`` is the last one that the sentence names."""

    figure: Figure
    quote: Span
    label: str
    year: int | None
    status: str | None


def staff_told(index: Index, document: str, status: str | None) -> Told | None:
    """The number of people of a status, or of all, in the sentence that tells the staff of a document by status.

    Of several such sentences the one with the largest number of all is that of the whole municipality.
    """
    told = [one for one in _told(index, document) if one.status is None]
    whole = max(told, key=lambda one: one.figure.value, default=None)
    if whole is None or status is None:
        return whole
    return next((one for one in _told(index, document) if one.quote == whole.quote and one.status == status), None)


def share_told(index: Index, document: str, sex: str) -> Told | None:
    """The percentage of the staff that is of a sex, as a sentence tells it; None where none does."""
    key = ascii_key(index.documents[document].text)
    for match in _SHARE.finditer(key):
        if not word_pattern("staff_sex", sex).search(key, match.end(), match.end() + _BESIDE):
            continue
        for sentence in _around(index, document, match.start(1)):
            figure = _figure(index.documents[document].text, match, "%")
            if figure is not None and says("staff", sentence.text, "noun"):
                return _of_sentence(sentence, figure, None)
    return None


@once_a_document
def _told(index: Index, document: str) -> tuple[Told, ...]:
    return tuple(_read(index, document))


def _read(index: Index, document: str) -> Iterator[Told]:
    key = ascii_key(index.documents[document].text)
    for match in _ALL.finditer(key):
        for sentence in _around(index, document, match.start(1)):
            span = sentence.span
            parts = [
                (status, part)
                for status in word_groups("staff_status")
                if (part := _part(status).search(key, span.start, span.end)) is not None
            ]
            if len(parts) < _LEAST_STATUSES or says("staff", sentence.text, "part_of"):
                continue
            for status, place in ((None, match), *parts):
                figure = _figure(index.documents[document].text, place, SPOKEN.get(status or "", "personel"))
                if figure is not None:
                    yield _of_sentence(sentence, figure, status)


def _figure(text: str, match: re.Match[str], unit: str) -> Figure | None:
    value = parse_number(match[1], NumberStyle.DOT)
    span = Span(*match.span(1))
    return None if value is None else Figure(value, text[span.start : span.end], span, unit, None)


def _of_sentence(sentence: Sentence, figure: Figure, status: str | None) -> Told:
    years = [int(year) for year in _YEAR.findall(sentence.text)]
    return Told(figure, sentence.span, " ".join(sentence.text.split()), years[-1] if years else None, status)


def _around(index: Index, document: str, offset: int) -> list[Sentence]:
    """The sentence in which a place of a document stands."""
    text = index.documents[document].text
    stretch = Span(max(0, offset - _AROUND), min(len(text), offset + _AROUND))
    return [one for one in sentences_in(index, document, stretch) if one.span.start <= offset < one.span.end]


@cache
def _part(status: str) -> re.Pattern[str]:
    """The number before a word of a status: "3.678’i kadrolu memur"."""
    return re.compile(_NUMBER + _BETWEEN + word_pattern("staff_status", status).pattern)
