"""What a term means: the sentence of the documents that defines it, or that they do not.

"Performans göstergesi ne demek?", "Stratejik plan nedir?". A sentence defines a term where the term is its subject and
its end says what it is ("…, … ifade eder", "… araçlarından biridir"); one that only uses the term is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.index import Index
from indexer.records import Passage, Span
from indexer.repair import repair
from indexer.turkish import ascii_key
from qa.answering.draft import Draft
from qa.answering.headed import headed_draft
from qa.finding.stretches import Sentence, sentences_in, stretch_of
from qa.records import Hit, Question
from qa.refusal_wording import not_defined
from qa.wording import quote_sentence

_MEANS = re.compile(
    r"^\W*(?P<term>\w+(?: \w+){0,4}?)\W* ne (?:demek(?:tir)?|anlam\w* (?:gel\w*|tasi\w*)|ifade ed\w*)\W*$"
)
_WHAT_IS = re.compile(r"^\W*(?P<term>\w+(?: \w+){0,3})\W* ne(?:dir|ymis)\W*$")
_OWNED = re.compile(r"\w{3,}(?:s[iu]|[iu])$")  # "vizyonu nedir" asks for one's own, not for a meaning
_DEFINES = re.compile(
    r"(?:ifade eder|ifade etmektedir|denir|denilmektedir|demektir|anlamina gel\w*|olarak tanimlan\w*|"
    r"seklinde tanimlan\w*|olarak adlandiril\w*|olusur|olusan \w+|\w{2,}[dt][iu]r|\w{2,}l[ae]rd[iu]r)\W*$"
)
_OF_VERB = re.compile(
    r"(?:m[iu]s|[ae]c[ae]k|m[ae]kt[ae]|yor|m[ae]l[iu]|degil|v[ae]r|yok|gerek\w*|sarttir|edil\w*)"
    r"(?:[dt][iu]r|l[ae]rd[iu]r)?\W*$"
)
_MARKED = r"^(?:\W|\d|madde\b|[a-z]\))*"
_SURE = 0.85
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LONGEST = 700  # characters
_HITS_FIRST = 30


def definition_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The sentence that defines the term asked for, or a refusal; None where no meaning is asked for.

    Args:
        question: the question as understood.
        hits: the passages found, best first; they are read before all others.
        index: the index that is read.
    """
    term = defined_term(question)
    if term is None:
        return None
    key = ascii_key(term)
    for passage in _passages(hits, index, key, question):
        for sentence in sentences_in(index, passage.document, stretch_of(passage, index)):
            own = _own_paragraph(sentence)
            if defines(own, key):
                draft = Draft(index, confidence=_SURE, over_rows=True)
                mark = draft.cite(passage.document, own.span, passage.context)
                quote = index.documents[passage.document].text[own.span.start : own.span.end]
                draft.text = quote_sentence(repair(quote).text, mark)
                return draft
    if (
        " " not in term and headed_draft(question, hits, index) is not None
    ):  # "vizyon nedir" asks for what stands below that heading
        return None
    return Draft(index, status="abstained", text=not_defined(term, question.language))


def defined_term(question: Question) -> str | None:
    """The term whose meaning a question asks for: a bare noun of no municipality and no year."""
    text = question.query_text or question.text
    key = ascii_key(text)
    if question.municipalities or question.years or question.wants_figure or question.carried or question.foreign:
        return None
    match = _MEANS.match(key)
    if match is None:
        match = _WHAT_IS.match(key)
        if match is None or (_OWNED.search(match["term"]) and " " not in match["term"]):
            return None
    if not question.content and not match["term"]:
        return None
    return text[match.start("term") : match.end("term")].strip()


def defines(sentence: Sentence, term: str) -> bool:
    """Whether a sentence has ``term``, an ascii key, as its subject and ends by saying what that is."""
    key = " ".join(ascii_key(repair(sentence.text).text).split())
    if len(key) > _LONGEST or not sentence.is_whole:
        return False
    if re.match(rf"{_MARKED}{re.escape(term)} ?;(?=.)", key):  # an entry of a list of terms
        return True
    if not _DEFINES.search(key):
        return False
    if _OF_VERB.search(key) and not re.search(r"(?:tanimlan|ifade|adlandiril|anlamina gel)\w*(?: \w+)?\W*$", key):
        return False
    word = re.escape(term)
    bare = rf"{_MARKED}{word}(?:l[ae]r)?(?:[,;:]| \(|\s)"
    headed = rf"{_MARKED}(?:\w+ ){{1,3}}{word}(?:s?[iu])?[,;:]"  # "Büyükşehir belediye meclisi, … organıdır"
    return re.match(bare, key) is not None or re.match(headed, key) is not None


def _own_paragraph(sentence: Sentence) -> Sentence:
    """The sentence without a heading or a line of introduction that stands in a paragraph of its own before it."""
    breaks = [match.end() for match in _PARAGRAPH.finditer(sentence.text.rstrip())]
    if not breaks:
        return sentence
    start = sentence.span.start + breaks[-1]
    words = tuple(word for word in sentence.words if word.start >= start)
    return replace(sentence, span=Span(start, sentence.span.end), text=sentence.text[breaks[-1] :], words=words)


def _passages(hits: Sequence[Hit], index: Index, term: str, question: Question) -> Iterator[Passage]:
    """The passages of prose that hold the term, those found first."""
    seen = set()
    for passage in (*(hit.passage for hit in hits[:_HITS_FIRST]), *index.passages):
        place = (passage.document, passage.span)
        if passage.kind == "prose" and place not in seen and _in_scope(passage, question):
            seen.add(place)
            if term in ascii_key(passage.text):
                yield passage


def _in_scope(passage: Passage, question: Question) -> bool:
    return not question.documents or passage.document in question.documents
