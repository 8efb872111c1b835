"""What stands below the heading that a question names: "vizyonu nedir", "temel değerleri nelerdir", "su kaynakları"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.index import Index
from indexer.records import Document, Line, Span
from indexer.repair import repair
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.answering.fields import fields_of
from qa.finding.stretches import Sentence, sentences_in
from qa.records import Hit, Question
from qa.remembering import once_a_document
from qa.wording import quote_sentence

_ASKS = re.compile(
    r"\b(?:kim(?:dir|ler|lerdir|di|lerdi)?|ne(?:dir|lerdir|ler|ydi|lerdi)|hangi|hangileri\w*|"
    r"sirala\w*|listele\w*|say\w*)\b"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FRAME = frozenset(keys("yer al ifade bölüm metin madde rapor program plan"))
_STEM = 5  # letters by which the words of question and heading are compared
_FIGURES = 2  # numbers that make an item a row
_LONGEST = 60  # characters of a heading
_MOST_WORDS = 4
_CHARACTERS = 700
_ITEM = 120  # characters of an item of a list without bullets
_SHORT = 12  # characters that the items of a list have at least on average
_READ = 2_500  # characters below a heading that are read
_LEAST = 40  # characters that must stand below a heading
_HITS = 5


def headed_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The sentences or items right below the heading that is all that a question asks about; None where there is none.

    Args:
        question: the question as understood.
        hits: the passages found, best first; they order the documents.
        index: the index that they come from.
    """
    asked = _asked(question)
    if not asked:
        return None
    for document in _documents(question, hits, index):
        for heading in _headings(index, document).get(asked, ()):
            shown = _below(heading, document, index)
            if shown is None:
                continue
            span, text = shown
            draft = Draft(index, confidence=hits[0].score if hits else 0.0)
            mark = draft.cite(document, span, (heading.text.strip(),))
            draft.text = quote_sentence(text, mark)
            return draft
    return None


def labelled_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """What follows the label that is all that a question asks about: "Başkan Yardımcıları: …"; None without such one.

    Args:
        question: the question as understood.
        hits: the passages found, best first; they order the documents.
        index: the index that they come from.
    """
    asked = _asked(question)
    for document in _documents(question, hits, index) if asked else ():
        span = _labelled(index, document).get(asked)
        if span is not None:
            draft = Draft(index, confidence=hits[0].score if hits else 0.0)
            mark = draft.cite(document, span)
            quote = index.documents[document].text[span.start : span.end]
            draft.text = quote_sentence(" ".join(repair(quote).text.split()), mark)
            return draft
    return None


@once_a_document
def _labelled(index: Index, name: str) -> dict[frozenset[str], Span]:
    """Where the fields of a document stand, by the words of their labels; of several with one label, the first."""
    document = index.documents[name]
    frame = _frame(document)
    return {_stems(field.label, frame): field.span for field in reversed(list(fields_of(document)))}


def _asked(question: Question) -> frozenset[str]:
    """The stems of the words that a question asks about; none where it does not ask what or who, or names too much."""
    if not _ASKS.search(ascii_key(question.text)):
        return frozenset()
    content = (word for word in question.content if word not in _FRAME and not word.isdigit())
    asked = frozenset(word[:_STEM] for word in content)
    return asked if len(asked) <= _MOST_WORDS else frozenset()


def _frame(document: Document) -> frozenset[str]:
    return frozenset(keys(f"{document.source.municipality} belediye büyükşehir"))


def _stems(text: str, frame: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in keys(text) if not word.isdigit() and word not in frame)


def _documents(question: Question, hits: Sequence[Hit], index: Index) -> Iterator[str]:
    found = list(question.documents) or list(dict.fromkeys(hit.passage.document for hit in hits[:_HITS]))
    for document in found:
        source = index.documents[document].source
        if not question.municipalities or source.municipality in question.municipalities:
            yield document


@once_a_document
def _headings(index: Index, name: str) -> dict[frozenset[str], list[Line]]:
    """The short lines of a document that are no sentences, by their words; the municipality's name left out."""
    document = index.documents[name]
    frame = _frame(document)
    found: dict[frozenset[str], list[Line]] = {}
    for line in document.lines:
        text = line.text.strip()
        if not text or len(text) > _LONGEST or text[-1] in ".;,!?" or not text[0].isupper() or _has_figures(text):
            continue
        words = _stems(text, frame)
        if 0 < len(words) <= _MOST_WORDS:
            found.setdefault(words, []).append(line)
    return found


def _has_figures(text: str) -> bool:
    return text[-1].isdigit() or "\t" in text or "%" in text


def _below(heading: Line, document: str, index: Index) -> tuple[Span, str] | None:
    """What stands right below a heading: whole sentences, or a run of items; None where other headings follow."""
    stretch = Span(heading.end, min(heading.end + _READ, len(index.documents[document].text)))
    sentences = [one for one in sentences_in(index, document, stretch) if any(letter.isalpha() for letter in one.text)]
    if not sentences:
        return None
    first = sentences[0]
    if first.text[0].islower():
        return None  # the line was no heading but the beginning of a broken sentence
    chosen: list[Sentence] = []
    whole = first.is_whole and len(first.text) > _LEAST
    for sentence in sentences:
        fits = sentence.is_whole if whole else len(sentence.text) <= _ITEM
        another = sentence.text.isupper() and not first.text.isupper()
        row = len(_NUMBER.findall(sentence.text)) >= _FIGURES and not whole
        if not fits or another or row or sum(len(one.text) for one in chosen) + len(sentence.text) > _CHARACTERS:
            break
        chosen.append(sentence)
    if not chosen or (not whole and len(chosen) < 3 and len(first.text) < _LEAST):
        return None
    texts = [repair(one.text).text for one in chosen]
    if not whole and sum(map(len, texts)) < _SHORT * len(texts):
        return None  # the words of a header that was broken into lines
    text = " ".join(texts) if whole else f"{heading.text.strip()}: {'; '.join(texts)}"
    return (Span(chosen[0].span.start, chosen[-1].span.end), text) if len(text) > _LEAST else None
