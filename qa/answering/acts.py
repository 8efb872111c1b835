"""Numbers that name a decision, a law or a protocol: asked for by "kaç sayılı karar", told by "1137 sayılı karar".

They are no figures of a document, as nothing is counted by them; they answer only where such a number is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from indexer.figures import number_style
from indexer.index import Index
from indexer.records import Figure, Span
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.finding.figures import Found
from qa.finding.matter import Matter, matter_of, words_of
from qa.finding.row_words import word_pattern
from qa.finding.statements import Statement, read_statements
from qa.records import Hit, Question
from qa.row_wording import act_sentence

_PASSAGES = 10
_HELD = 0.75  # share of the matter that the sentence with its headings must hold
_CONTEXT = 0.5  # what a word counts that stands in the headings above
_NAMED = 2  # words after such a number of which one must be asked for
_NUMBER = re.compile(r"(?<![\w./-])\d{1,5}(?=[ \u00a0\n]+[^\W\d])")
_BEFORE_ACT = re.compile(r"[ \u00a0\n]+")


def act_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The number of the act asked for with the sentence that tells it; None where none is asked for or found.

    Args:
        question: the question as understood.
        hits: the passages found, best first; the first ten are read.
        index: the index that they come from.
    """
    asked = word_pattern("acts", "asked").search(ascii_key(question.query_text or question.text))
    if asked is None:
        return None
    named = keys((question.query_text or question.text)[asked.end() :])[:_NAMED]
    content = set(keys(asked[0]))
    matter = matter_of(question, index)
    matter = Matter(tuple(term for term in matter.terms if term.key not in content))
    found = list(_told(question, hits, index, matter, frozenset(named)))
    best = max(found, key=lambda one: one.probability, default=None)
    if best is None:
        return None
    draft = Draft(index, confidence=best.probability)
    draft.text = act_sentence(draft.add(best), question.language)
    return draft


def _told(
    question: Question, hits: Sequence[Hit], index: Index, matter: Matter, named: frozenset[str]
) -> Iterator[Found]:
    for rank, hit in enumerate(hits[:_PASSAGES]):
        passage = hit.passage
        document = index.documents[passage.document]
        above = [_CONTEXT * part for part in matter.held(words_of("\n".join(passage.context)))]
        for sentence in read_statements(passage.text, passage.span.start, number_style(document.text)):
            held = [max(pair) for pair in zip(matter.held(sentence.words), above, strict=True)]
            share = matter.share(held)
            if share < _HELD or not _is_of_year(question, sentence, document.source.year):
                continue
            for span in _numbers(sentence, named):
                written = document.text[span.start : span.end]
                yield Found(
                    figure=Figure(value=Decimal(written), text=written, span=span),
                    document=document.id,
                    quote=sentence.span,
                    context=passage.context,
                    municipality=document.source.municipality,
                    label=" ".join(sentence.text.split()),
                    year=document.source.year if document.source.kind == "faaliyet" else None,
                    measure="other",
                    probability=share,
                    features={"share": share, "behind": hits[0].score - hit.score, "first": float(rank == 0)},
                )


def _is_of_year(question: Question, sentence: Statement, year: int | None) -> bool:
    """Whether a sentence, or the document that holds it, is of a year asked for."""
    told = {year, *(named for _, named in sentence.years)}
    return not question.years or bool(told & set(question.years))


def _numbers(sentence: Statement, named: frozenset[str]) -> Iterator[Span]:
    """The numbers of a sentence that name an act of the kind asked for."""
    start = sentence.span.start
    plain = ascii_key(sentence.text)
    for match in _NUMBER.finditer(sentence.text):
        gap = _BEFORE_ACT.match(plain, match.end())
        told = word_pattern("acts", "told").match(plain, gap.end()) if gap else None
        if told is None:
            continue
        following = keys(sentence.text[told.end() :])[:_NAMED]
        if not named or named & set(following):
            yield Span(start + match.start(), start + match.end())
