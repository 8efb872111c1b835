"""Telephone numbers, e-mail, web and postal addresses as the documents print them.

A municipality's own stand beside its name on the first or last pages; others ("Kadın Destek Hattı") stand beside the
name of what they belong to. Where neither is so, nothing is told: another office's number is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.index import Index
from indexer.records import Document, Span
from indexer.turkish import ascii_key, key, keys
from qa.answering.draft import Draft
from qa.finding.contact_forms import ContactForm, contact_forms
from qa.finding.modifiers import holds
from qa.finding.row_question import scope_of
from qa.finding.row_words import means, word_pattern
from qa.finding.vocabulary import says
from qa.records import Question
from qa.scope import own_name
from qa.wording import quote_sentence

_PRINTED: dict[ContactForm, re.Pattern[str]] = {
    "phone": re.compile(
        r"(?<![\d.,])(?:0 ?\(?[2-5]\d\d\)?|\(0?[2-5]\d\d\))[ .-]?\d{3}[ .-]?\d\d[ .-]?\d\d(?!\d)|"
        r"\b444[ .]?\d[ .]?\d{3}\b"
    ),
    "mail": re.compile(r"[\w.+-]+@[\w-]+(?:\.\w+)+"),
    "site": re.compile(r"(?:https?://|www\.)[\w.-]+\w(?:/\w+)*|(?<![\w@.])[\w-]+\.bel\.tr\b"),
    "address": re.compile(r"\b[Nn][Oo]\s*[:.]?\s*\d+"),
}
_SURE = 0.95
_PAGE = 40  # lines at either end of a document that are its title page or imprint
_BEFORE = 4  # lines above a number that may say whose it is
_STREET = re.compile(r"(?i)\b(?:mah(?:allesi|\.)|cad(?:desi|\.)|bulvarı|blv\.|sok(?:ak|ağı|\.)|meydanı)")
_SENTENCE = re.compile(r"[.!?]\s*\Z")


def contact_draft(question: Question, index: Index) -> Draft | None:
    """The number or address that the question asks for, as printed; None where none is asked for or none is printed.

    Args:
        question: the question as understood.
        index: the index whose documents are read.
    """
    form = next(iter(contact_forms(question)), None)
    if form not in _PRINTED or question.foreign:
        return None
    whose = [word for word in question.content if not means("contact_frame", "words", word)]
    sources = {document: index.documents[document].source for document in scope_of(question, index)}
    if len({source.municipality for source in sources.values()}) != 1:
        return None
    fax = word_pattern("contact_frame", "fax").search(ascii_key(question.query_text or question.text)) is not None
    for document in sorted(sources, key=lambda one: (-(sources[one].year or 0), one)):
        held = index.documents[document]
        for number in sorted(_lines_with(held, form, fax), key=lambda place: _rank(place, form, held)):
            if _is_of(whose, number, form, held):
                draft = Draft(index, confidence=_SURE, over_rows=True)
                span = _block(number, form, held)
                mark = draft.cite(document, span)
                quote = " ".join(held.text[span.start : span.end].split())
                draft.text = quote_sentence(f"{held.source.municipality}: {quote}", mark)
                return draft
    return None


def _lines_with(document: Document, form: ContactForm, fax: bool) -> Iterator[int]:
    """The places of the lines that print the form; those of faxes only where one is asked for."""
    for place, line in enumerate(document.lines):
        if _PRINTED[form].search(line.text) is None:
            continue
        faxed = word_pattern("contact_frame", "fax").search(ascii_key(line.text)) is not None
        both = faxed and word_pattern("contact_frame", "phone").search(ascii_key(line.text)) is not None
        if form != "phone" or faxed == fax or both:
            yield place


def _rank(place: int, form: ContactForm, document: Document) -> tuple[bool, int]:
    """A web address that is written as one goes before the name of a domain in a sentence."""
    text = document.lines[place].text
    return (form == "site" and "www." not in text and "http" not in text, place)


def _is_of(whose: list[str], place: int, form: ContactForm, document: Document) -> bool:
    """Whether a line prints what belongs to the thing asked about; to the municipality where none is named."""
    around = _around(place, document)
    if whose:
        words = frozenset(keys(around))
        return all(holds(word, words) for word in whose)
    own = ascii_key(own_name(document.source.municipality))
    if form in ("site", "mail"):
        found = (ascii_key(match[0]) for match in _PRINTED[form].finditer(document.lines[place].text))
        return any(re.search(rf"(?<![a-z]){re.escape(own)}(?![a-z])", one) for one in found)
    at_end = place < _PAGE or place >= len(document.lines) - _PAGE
    named = key(own) in keys(around)
    if form == "address":
        return at_end and named and _STREET.search(around) is not None
    return at_end and (named or says("contact_frame", around, "general"))


def _around(place: int, document: Document) -> str:
    """A line with those above it, up to a blank one or the end of a sentence."""
    first = place
    while first > 0 and place - first < _BEFORE:
        above = document.lines[first - 1].text
        if not above.strip() or _SENTENCE.search(above):
            break
        first -= 1
    return "\n".join(line.text for line in document.lines[first : place + 1])


def _block(place: int, form: ContactForm, document: Document) -> Span:
    """The line that prints it; of a postal address also the line above, where the street stands there."""
    line = document.lines[place]
    first = line
    if form == "address" and _STREET.search(line.text) is None and place:
        first = document.lines[place - 1]
    return Span(first.start, line.end)
