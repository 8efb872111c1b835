"""An answer in words: the sentences that hold what the question is about and say what it asks for.

Each sentence of the best passages is scored by the share of the question's words that it holds (rare words count more;
what the sentences before and the headings above say counts half), by its likeness to the question, by the words that
a reason, a date, a unit or a person has, and by the rank of its passage. The best one is shown with its neighbours
where they add to it. A row of a table is shown whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.records import Passage, Span
from indexer.repair import repair
from indexer.turkish import ascii_key
from qa.answering.draft import Draft
from qa.answering.matter import Matter, matter_of, words_of
from qa.answering.stretches import Sentence, enumerates, sentences_in, stretch_of
from qa.answering.vocabulary import says
from qa.records import Hit, Question
from qa.wording import nothing_found, quote_sentence

_PASSAGES = 6
"""How many hits are read."""

_COMPARED = 10  # sentences that are compared with the question by their vectors
_CHARACTERS = 600  # longest answer
_SENTENCES = 3
_ADDS = 0.12  # share of the matter that a neighbour must add to be shown
_CONTEXT = 0.5  # what a word counts that stands in the sentences before or the headings above

WEIGHTS = {"share": 1.0, "context": 0.4, "kind": 0.25, "rank": 0.35, "dense": 2.0, "heading": -0.2}
"""The weight of each part of a sentence's score."""

_DATE = re.compile(
    r"\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:\d{1,2} )?(?:ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|"
    r"kasim|aralik)\b|\b(?:19|20)\d\d(?:['’]|\b)"
)
_NAME = re.compile(r"[A-ZÇĞİÖŞÜ][^\W\d_]+ (?:[A-ZÇĞİÖŞÜ][^\W\d_.]+ ?)+")


@dataclass(frozen=True, slots=True)
class _Choice:
    """A sentence that may answer, with those around it."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    place: int
    held: tuple[float, ...]
    score: float

    @property
    def sentence(self) -> Sentence:
        return self.sentences[self.place]


def text_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft:
    """The sentence or sentences that answer, at most three and about 600 characters, whole and in their order.

    Args:
        question: the question as understood.
        hits: the passages found, best first; the first six are read.
        index: the index that they come from.
    """
    if not hits:
        return Draft(index, status="abstained", text=nothing_found(question.language))
    matter = matter_of(question, index)
    kinds = kinds_of(question)
    choices = sorted(_choices(question, hits, index, matter, kinds), key=_order)
    choices = _compared(question, choices, index)
    draft = Draft(index, confidence=hits[0].score)
    if not choices:
        return Draft(index, status="abstained", text=nothing_found(question.language))
    best = choices[0]
    pieces = []
    for span in _shown(best, matter, kinds, index):
        mark = draft.cite(best.passage.document, span, best.passage.context)
        quote = index.documents[best.passage.document].text[span.start : span.end]
        pieces.append(quote_sentence(repair(quote).text, mark))
    draft.text = " ".join(pieces)
    return draft


def kinds_of(question: Question) -> frozenset[str]:
    """The kinds of answer asked for, as the lists of ``answering.toml`` name them: reason, date, unit, person …"""
    text = question.query_text or question.text
    found = {
        name
        for name, want, group in (("reason", "why", "why"), ("date", "when", "when"), ("person", "who", "who"))
        if want in question.wants or (not question.wants and says("asks", text, group))
    }
    if "person" in found and says("asks", text, "unit"):
        found = (found - {"person"}) | {"unit"}
    if says("asks", text, "definition"):
        found.add("definition")
    if "list" in question.wants or (not question.wants and says("asks", text, "list")):
        found.add("list")
    if "yesno" in question.wants:
        found.add("negation")
    return frozenset(found)


def says_kind(text: str, kind: str) -> bool:
    """Whether ``text`` has what an answer of the kind has."""
    if kind == "date":
        return _DATE.search(ascii_key(text)) is not None
    if kind == "person":
        return _NAME.search(text) is not None
    return enumerates(text) if kind == "list" else says(kind, text)


def _order(choice: _Choice) -> tuple[float, str, int]:
    return (-choice.score, choice.passage.document, choice.sentence.span.start)


def _choices(
    question: Question, hits: Sequence[Hit], index: Index, matter: Matter, kinds: frozenset[str]
) -> Iterator[_Choice]:
    seen: set[tuple[str, Span]] = set()
    for rank, hit in enumerate(hits[:_PASSAGES]):
        passage = hit.passage
        sentences = sentences_in(index, passage.document, stretch_of(passage, index))
        above = [_CONTEXT * part for part in matter.held(words_of("\n".join(passage.context)))]
        for place, sentence in enumerate(sentences):
            own = matter.held(sentence.words)
            held = tuple(max(pair) for pair in zip(own, above, strict=True))
            above = [max(before, _CONTEXT * part) for before, part in zip(above, own, strict=True)]
            if (passage.document, sentence.span) in seen or not any(word.key for word in sentence.words):
                continue
            seen.add((passage.document, sentence.span))
            share = matter.share(own)
            score = (
                WEIGHTS["share"] * share
                + WEIGHTS["context"] * (matter.share(held) - share)
                + WEIGHTS["kind"] * any(says_kind(sentence.text, kind) for kind in kinds)
                + WEIGHTS["rank"] / (1 + rank)
                + WEIGHTS["heading"] * (passage.kind == "prose" and not sentence.is_whole)
            )
            yield _Choice(passage, sentences, place, held, score)


def _compared(question: Question, choices: list[_Choice], index: Index) -> list[_Choice]:
    """The first choices in their order with the likeness of their vectors to the question's, then the others."""
    first = choices[:_COMPARED]
    if len(first) < 2:
        return choices
    asked = index.encoder.encode_queries([question.query_text or question.text])[0]
    texts = [repair(choice.sentence.text).text for choice in first]
    likeness = index.encoder.encode_passages(texts) @ asked
    mean = float(likeness.mean())
    better = [
        _Choice(choice.passage, choice.sentences, choice.place, choice.held, choice.score + WEIGHTS["dense"] * float(own - mean))
        for choice, own in zip(first, likeness, strict=True)
    ]
    return sorted(better, key=_order) + choices[_COMPARED:]


def _shown(best: _Choice, matter: Matter, kinds: frozenset[str], index: Index) -> list[Span]:
    """The spans to show: the best sentence with the neighbours that add to it; a short row whole."""
    if best.passage.kind == "row":
        row = _row_span(best, index)
        if row is not None:
            return [row]
    first = last = best.place
    held = list(matter.held(best.sentence.words))
    missing = {kind for kind in kinds if not says_kind(best.sentence.text, kind)}
    while last - first + 1 < _SENTENCES:
        options = []
        for place in (last + 1, first - 1):
            if not 0 <= place < len(best.sentences):
                continue
            other = best.sentences[place]
            span = Span(min(best.sentences[first].span.start, other.span.start), max(best.sentences[last].span.end, other.span.end))
            if span.end - span.start > _CHARACTERS:
                continue
            together = [max(pair) for pair in zip(held, matter.held(other.words), strict=True)]
            gain = matter.share(together) - matter.share(held)
            gain += 0.3 * any(says_kind(other.text, kind) for kind in missing)
            options.append((gain, place, together))
        if not options or max(options)[0] < _ADDS:
            break
        _, place, held = max(options)
        missing = {kind for kind in missing if not says_kind(best.sentences[place].text, kind)}
        first, last = min(first, place), max(last, place)
    return [Span(best.sentences[first].span.start, best.sentences[last].span.end)]


def _row_span(best: _Choice, index: Index) -> Span | None:
    """The row that holds the best sentence, with the note below it; None where that is too long to show."""
    document = best.passage.document
    at = best.sentence.span
    rows = [
        place.row
        for fact in index.facts_within(best.passage)
        for place in fact.places
        if place.document == document and place.row.start <= at.start < place.row.end
    ]
    last = best.sentences[-1].span.end
    start, end = (rows[0].start, rows[0].end) if rows else (best.passage.span.start, best.passage.span.end)
    if not start <= at.start < end:
        start, end = min(start, at.start), max(end, at.end)
    if end == best.passage.span.end and last - start <= _CHARACTERS:
        end = max(end, last)
    return Span(start, end) if end - start <= _CHARACTERS else None
