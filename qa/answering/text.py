"""An answer in words: the sentences that hold what the question is about and say what it asks for.

Each sentence of the best passages is scored by the share of the question's words that it holds (rare words count more;
what the sentences before and the headings above say counts half), by the words that a reason, a date, a unit or a
person has, and by the rank of its passage. The best one is shown with its neighbours where they add to it, as one
quotation. A row of a table is shown whole. The likeness of the sentences' vectors to the question's was tried and
changed no answer for the better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.figures import NumberStyle, find_figures
from indexer.index import Index
from indexer.records import Passage, Span
from indexer.repair import repair
from qa.answering.draft import Draft
from qa.answering.headed import headed_draft
from qa.answering.listing import enumeration_draft
from qa.answering.particulars import particular_draft
from qa.finding.kinds import asks_list
from qa.finding.matter import Matter, matter_of, words_of
from qa.finding.sought import held_alike, sought_by, subject_of, tells
from qa.finding.stretches import Sentence, sentences_in, stretch_of
from qa.finding.vocabulary import says
from qa.records import Hit, Question
from qa.wording import nothing_found, quote_sentence

_PASSAGES = 6
"""How many hits are read."""

_CHARACTERS = 600  # longest answer
_ROW_CHARACTERS = 900  # longest row that is shown whole, with the reason or note in it
_SENTENCES = 3
_FURTHER = 6  # sentences below in which the kind of thing asked for is looked for, when the neighbours do not say it
_POINTS = 1000  # the least value of a figure by which a question can point to a row
_KIND = 0.3  # what a neighbour adds that says the kind of thing asked for, where the best sentence does not
_ADDS = 0.12  # share of the matter that a neighbour must add to be shown
_AS_GOOD = 0.35  # or hold itself, as a part of what the best sentence holds
_CONTEXT = 0.5  # what a word counts that stands in the sentences before or the headings above

WEIGHTS = {
    "share": 1.0,
    "context": 0.4,
    "kind": 0.4,
    "agent": 0.6,
    "date": 0.6,
    "rank": 0.3,
    "heading": -0.2,
    "value": 0.5,
}
"""The weight of each part of a sentence's score."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A sentence that may answer, with those around it."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    place: int
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
    special = particular_draft(question, hits, index) or headed_draft(question, hits, index)
    if special is not None:
        return special
    if asks_list(question) and question.wants[:1] != ("list",):
        listed = enumeration_draft(question, hits, index)
        if listed is not None:
            return listed
    matter = subject_of(matter_of(question, index))
    kinds = sought_by(question)
    best = min(_choices(question, hits, index, matter, kinds), key=_order, default=None)
    if best is None:
        return Draft(index, status="abstained", text=nothing_found(question.language))
    draft = Draft(index, confidence=hits[0].score)
    pieces = []
    for span in _shown(best, matter, kinds, index):
        mark = draft.cite(best.passage.document, span, best.passage.context)
        quote = index.documents[best.passage.document].text[span.start : span.end]
        pieces.append(quote_sentence(repair(quote).text, mark))
    draft.text = " ".join(pieces)
    return draft


def _order(choice: _Choice) -> tuple[float, str, int]:
    return (-choice.score, choice.passage.document, choice.sentence.span.start)


def _choices(
    question: Question, hits: Sequence[Hit], index: Index, matter: Matter, kinds: frozenset[str]
) -> Iterator[_Choice]:
    seen: set[tuple[str, Span]] = set()
    values = _values(question.text)
    for rank, hit in enumerate(hits[:_PASSAGES]):
        passage = hit.passage
        sentences = sentences_in(index, passage.document, stretch_of(passage, index))
        above = [_CONTEXT * part for part in matter.held(words_of("\n".join(passage.context)))]
        for place, sentence in enumerate(sentences):
            own = held_alike(matter, sentence.words)
            held = [max(pair) for pair in zip(own, above, strict=True)]
            above = [max(before, _CONTEXT * part) for before, part in zip(above, own, strict=True)]
            if (passage.document, sentence.span) in seen or not any(word.key for word in sentence.words):
                continue
            seen.add((passage.document, sentence.span))
            share = matter.share(own)
            score = (
                WEIGHTS["share"] * share
                + WEIGHTS["context"] * (matter.share(held) - share)
                + _weight(kinds - _untold(kinds, sentence, matter), sentence, matter)
                + WEIGHTS["rank"] / (1 + rank)
                + WEIGHTS["value"] * _points(values, sentence.text)
                + WEIGHTS["heading"] * (passage.kind == "prose" and not sentence.is_whole)
            )
            yield _Choice(passage, sentences, place, score)


def _weight(told: frozenset[str], sentence: Sentence, matter: Matter) -> float:
    """What the kinds of answer count that a sentence tells; a doer or a date is what "who does" and "when" ask for."""
    if not _answers(told, sentence, matter):
        return 0.0
    return max(WEIGHTS.get(kind, WEIGHTS["kind"]) for kind in told)


def _values(text: str) -> set[Decimal]:
    """The values of the larger figures of a text: what a question can point to a row with."""
    if not any(letter.isdigit() for letter in text):
        return set()
    return {figure.value for figure in find_figures(text, NumberStyle.DOT) if figure.value >= _POINTS}


def _points(values: set[Decimal], text: str) -> bool:
    """Whether a sentence holds a figure that the question names, and is no row of totals."""
    return bool(values and values & _values(text)) and not says("total", text)


def _shown(best: _Choice, matter: Matter, kinds: frozenset[str], index: Index) -> list[Span]:
    """The spans to show: the best sentence with the neighbours that add to it; a short row whole."""
    if best.passage.kind == "row":
        row = _row_span(best, index)
        if row is not None:
            return [row]
    first = last = best.place
    own = held = held_alike(matter, best.sentence.words)
    missing = _untold(kinds, best.sentence, matter)
    while last - first + 1 < _SENTENCES:
        options = []
        for place in (last + 1, first - 1):
            if not 0 <= place < len(best.sentences):
                continue
            other = best.sentences[place]
            start = min(best.sentences[first].span.start, other.span.start)
            if max(best.sentences[last].span.end, other.span.end) - start > _CHARACTERS:
                continue
            together = [max(pair) for pair in zip(held, held_alike(matter, other.words), strict=True)]
            gain = matter.share(together) - matter.share(held)
            gain += _KIND * _answers(missing - _untold(missing, other, matter), other, matter)
            if other.is_whole and matter.share(held_alike(matter, other.words)) >= _AS_GOOD * matter.share(own):
                gain += _ADDS
            options.append((gain, place, together))
        if not options or max(options)[0] < _ADDS:
            break
        _, place, held = max(options)
        missing = _untold(missing, best.sentences[place], matter)
        first, last = min(first, place), max(last, place)
    shown = [Span(best.sentences[first].span.start, best.sentences[last].span.end)]
    if missing:
        shown += _further(best.sentences[last + 1 : last + 1 + _FURTHER], missing, matter, _CHARACTERS - _length(shown))
    return shown


def _untold(kinds: frozenset[str], sentence: Sentence, matter: Matter) -> frozenset[str]:
    """Those of the kinds of answer that a sentence does not tell."""
    return frozenset(kind for kind in kinds if not tells(sentence.text, sentence.words, kind, matter))


def _answers(told: frozenset[str], sentence: Sentence, matter: Matter) -> bool:
    """Whether a sentence tells a kind asked for; a "no" must be said of the matter, it may be of another project."""
    return bool(told) and (told != {"negation"} or any(held_alike(matter, sentence.words)))


def _further(sentences: Sequence[Sentence], missing: frozenset[str], matter: Matter, room: int) -> list[Span]:
    """The nearest sentence below that says what is still missing: the unit on a form, the note under a row."""
    for sentence in sentences:
        if len(sentence.text) <= room and _answers(missing - _untold(missing, sentence, matter), sentence, matter):
            return [sentence.span]
    return []


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


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
    return Span(start, end) if end - start <= _ROW_CHARACTERS else None
