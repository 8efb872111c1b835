"""Says no, what is missing, and what nearest thing the documents hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from indexer.index import Index
from indexer.records import Span
from indexer.sentences import find_sentences
from indexer.turkish import ascii_key, key, keys
from qa.answering.draft import Draft
from qa.answering.people.offices import asks_holder
from qa.deciding.blanks import Blank, blank_rows
from qa.deciding.holdings import counting
from qa.deciding.nearest import (
    LEAST_COVERED,
    closest,
    is_matter,
    kindred,
    lacking_words,
    named_near,
    near,
    of_one_thing,
    own_sources,
)
from qa.deciding.requirements import PLANNED, REAL, asks_opinion, asks_whether_met
from qa.deciding.standing import stands
from qa.deciding.support import named_in
from qa.features import FeatureReader
from qa.finding.contact_forms import contact_forms
from qa.finding.figures import Found, fitting
from qa.finding.vocabulary import says
from qa.records import Asked, Hit, Question
from qa.refusal_wording import (
    cannot_leave_out,
    nearest_section,
    no_address,
    no_holder,
    no_opinion,
    words_missing,
)
from qa.wording import (
    blank_sentence,
    elsewhere_held,
    lacking_sentence,
    nearest_sentence,
    not_held,
    nothing_found,
    value_missing,
    year_missing,
)

_ELSEWHERE = 0.8  # share of the question's words that a value of another municipality must hold to be offered
_TOUCHES = 0.3  # share of the question's nouns, by rarity, that a passage must hold to be named as the nearest
_SHOWN = 240  # characters of such a passage that are quoted
_NAMED_IN = 5  # hits that are looked through for a place's name
_BODY_OF_PLACE = re.compile(r"(?<!\w)belediye\w*")
_TITLE = 90  # characters of its first line that stand for a heading


def foreign_refusal(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """A refusal where the question is about a municipality without documents, or about nothing that they mention."""
    if question.foreign and not _is_topic(question, hits, index):
        municipalities = sorted({document.source.municipality for document in index.documents.values()}, key=ascii_key)
        return Draft(index, status="abstained", text=not_held(municipalities, question.foreign[0], question.language))
    if not hits or not _is_mentioned(question, index):
        return Draft(index, status="abstained", text=nothing_found(question.language))
    return None


def not_without(question: Question, draft: Draft, index: Index) -> Draft:
    """A refusal where a value is held that cannot be told without what the question leaves out."""
    refusal = Draft(index, status="abstained", text=cannot_leave_out(question.excluded, question.language))
    for one in draft.found[:1]:
        figure = refusal.figure_of(one)
        refusal.text += f" {nearest_sentence(figure, question.language, told=one.fact is None)}"
    return refusal


def _is_topic(question: Question, hits: Sequence[Hit], index: Index) -> bool:
    """Whether a row or sentence found bears the name of a place and the rest of the question: no municipality then.

    "Akdeniz'de iş birliği yapılan liman kenti" is an indicator of İzmir, and a surname may be a district's name.
    """
    asked = ascii_key(question.query_text or question.text)
    if _BODY_OF_PLACE.search(asked) is not None or len(question.foreign) > 1 or not question.content:
        return False
    place = key(question.foreign[0].split()[0])
    reader = FeatureReader(index)
    for hit in hits[:_NAMED_IN]:
        text = index.documents[hit.passage.document].text
        rows = [fact.label for fact in index.facts_within(hit.passage)]
        lines = [text[span.start : span.end] for span in _sentences(text, hit)] if hit.passage.kind == "prose" else []
        words = (keys(one) for one in (*rows, *lines))
        if any(place in own and reader.coverage(question.content, own) >= LEAST_COVERED for own in words):
            return True
    return False


def _sentences(text: str, hit: Hit) -> list[Span]:
    """The sentences of a passage, as places of its document."""
    start = hit.passage.span.start
    found = find_sentences(text[start : hit.passage.span.end])
    return [Span(start + one.start, start + one.end) for one in found]


def _is_mentioned(question: Question, index: Index) -> bool:
    """Whether any word that the question is about stands in the documents; a question without such words is open."""
    words = [word for word in question.content if not word.isdigit()]
    return not words or any(stands(word, index) for word in words)


def nearest_refusal(
    question: Question,
    hits: Sequence[Hit],
    found: Sequence[Found],
    index: Index,
    find: Callable[[Question], list[Found]] | None = None,
) -> Draft:
    """A refusal that says what is missing, and offers the nearest thing held.

    An empty cell of the row asked for is told as such; else the year or measure that no figure near has, else the
    words that the nearest one lacks; else that only another municipality has such a value, that the documents tell
    nothing of the year, or which words stand nowhere in them.

    Args:
        question: the question as understood.
        hits: the passages found, best first.
        found: the figures that were weighed, likeliest first.
        index: the index that they come from.
        find: finds the figures for another question, likeliest first; without it no other municipality is looked at.
    """
    draft = Draft(index, status="abstained", text=nothing_found(question.language))
    forms = contact_forms(question)
    if asks_opinion(question) or forms:
        lack = no_address(forms[0], question.language) if forms else no_opinion(question.language)
        draft.text = " ".join((lack, *_section(question, draft, hits)))
        return draft
    if asks_holder(question):
        draft.text = no_holder(question.language)
        return draft
    asks_value = question.wants_figure or bool(question.measures)
    counted = counting(question, found, index)  # cells name what they are of; a number beside a word tells nothing
    found = [one for one in found if one.fact is not None or one in counted]
    held = (near(question, found, index) or named_near(question, found, index)) if asks_value else []
    asked = question.asked or tuple(Asked(year) for year in question.years)
    if asks_whether_met(question):  # what came about is asked for, and the target is known
        asked = tuple(Asked(year, "actual") for year in question.years or (None,))
    really = says("really", question.query_text or question.text)
    missing = [one for one in asked if not _fitting(of_one_thing(held), one, really)]
    empty = (blank for blank in blank_rows(question, hits, index) if blank.column is not None)
    blank = next(empty, None)
    if blank is not None and blank.recall >= LEAST_COVERED and (missing or not held):
        draft.text = _blank_text(question, draft, blank, found)
    elif held:
        draft.text = _near_text(question, draft, held, missing)
    else:
        other = _elsewhere(question, index, find) if question.wants_figure and find is not None else None
        kin = kindred(question, found) if asks_value and other is None else []
        own = [one for one in found if one.fact is not None and one.municipality in question.municipalities]
        nowhere = [one for one in asked if one.measure is not None and not _fitting(own, one, really)]
        told = {one.year for one in own if one.year is not None}
        draft.text = " ".join(_lacks(question, draft, nowhere, told, other, kin, hits))
    return draft


def _fitting(held: Sequence[Found], asked: Asked, really: bool) -> list[Found]:
    """The values held that are of the year and measure asked for; none that is only planned for what ``really`` was."""
    able = fitting(held, asked)
    if not really or asked.measure not in REAL:
        return able
    return [one for one in able if one.fact is None or one.measure not in PLANNED]


def _near_text(question: Question, draft: Draft, held: Sequence[Found], missing: Sequence[Asked]) -> str:
    """Which value is missing, or that none is sure, and the nearest one with what it does not say."""
    language = question.language
    one = closest(held, missing[0] if missing else (question.asked or (Asked(),))[0])
    lack = value_missing(_plainest(missing), language, one.municipality) if missing else nothing_found(language)
    return " ".join((lack, *_offer(question, draft, one)))


def _plainest(missing: Sequence[Asked]) -> Asked:
    """The value missing that says most: of "gerçekleşen harcaması" the spending."""
    first = missing[0]
    alike = [one for one in missing if one.year == first.year and one.measure == "spending"]
    return alike[0] if alike and first.measure == "actual" else first


def _lacks(
    question: Question,
    draft: Draft,
    missing: Sequence[Asked],
    told: AbstractSet[int],
    other: Found | None,
    kin: Sequence[Found],
    hits: Sequence[Hit],
) -> list[str]:
    """What the documents lack where they hold nothing near: value, year, single words; and what comes nearest."""
    sources = own_sources(question.municipalities, draft.index)
    held = told | {source.year for source in sources}
    bodies = {source.municipality for source in sources}
    years = [year for year in question.years if year not in held and not _has_column(year, bodies, draft.index)]
    sentences = [nothing_found(question.language)]
    if missing and len(question.municipalities) == 1:
        sentences = [value_missing(_plainest(missing), question.language, question.municipalities[0])]
    if years:
        titles = [source.title for source in sources]
        sentences.append(year_missing(years, titles, question.language, question.municipalities))
    unknown, whose = _unknown(question, draft.index)
    if unknown:
        sentences.append(words_missing(unknown, whose, question.language))
    if other is not None:
        sentences.append(elsewhere_held(draft.figure_of(other), question.language))
    elif kin:
        sentences += _offer(question, draft, closest(kin, (question.asked or (Asked(),))[0]))
    else:
        sentences += _section(question, draft, hits)
    return sentences


def _has_column(year: int, municipalities: AbstractSet[str], index: Index) -> bool:
    """Whether a document of some municipalities has values of a year, though none is of that year itself."""
    return any(fact.year == year and fact.municipality in municipalities for fact in index.facts)


def _offer(question: Question, draft: Draft, one: Found) -> list[str]:
    """The nearest value, with the words of the question that its place does not hold."""
    language = question.language
    sentences = [nearest_sentence(draft.figure_of(one), language, told=one.fact is None)]
    words = lacking_words(question, one, draft.index) if language == "tr" else []
    return [*sentences, lacking_sentence(words, language)] if words else sentences


def _section(question: Question, draft: Draft, hits: Sequence[Hit]) -> list[str]:
    """The first passage that holds enough of what the question is about, by its heading; none where none does."""
    reader = FeatureReader(draft.index)
    nouns = [word for word in named_in(question).nouns if not word.isdigit()]
    own = [hit.passage for hit in hits if _is_asked(hit, question, draft.index)]
    best = next((one for one in own if reader.coverage(nouns, keys(one.search_text)) >= _TOUCHES), None)
    if best is None:
        return []
    span = Span(best.span.start, min(best.span.end, best.span.start + _SHOWN))
    mark = draft.cite(best.document, span, best.context)
    text = " ".join(draft.citations[mark - 1].quote.split())
    heading = best.context[-1] if best.context else text if len(text) <= _TITLE else f"{text[:_TITLE]}…"
    return [nearest_section(heading, mark, question.language)]


def _is_asked(hit: Hit, question: Question, index: Index) -> bool:
    source = index.documents[hit.passage.document].source
    return not question.municipalities or source.municipality in question.municipalities


def _elsewhere(question: Question, index: Index, find: Callable[[Question], list[Found]]) -> Found | None:
    """The value of another municipality that fits the question but for its name."""
    if not question.municipalities:
        return None
    open_to_all = replace(question, municipalities=(), documents=())
    values = [one for one in find(open_to_all) if one.municipality not in question.municipalities and one.fact]
    held = near(question, values, index, _ELSEWHERE)
    return closest(held, (question.asked or (Asked(),))[0]) if held else None


def _blank_text(question: Question, draft: Draft, blank: Blank, found: Sequence[Found]) -> str:
    """That the cell is empty, and another value of the same row."""
    source = draft.index.documents[blank.document].source
    mark = draft.cite(blank.document, blank.span, blank.context)
    missing = value_missing(blank.asked, question.language, source.municipality)
    sentences = [missing, blank_sentence(blank.label, blank.column or "", mark, question.language)]
    other = next((one for one in found if one.fact is not None and one.fact in blank.others), None)
    if other is not None:
        sentences.append(nearest_sentence(draft.figure_of(other), question.language))
    return " ".join(sentences)


def _unknown(question: Question, index: Index) -> tuple[list[str], tuple[str, ...]]:
    """The words of the question, as written, that stand nowhere, and in whose documents: of all, or of those asked."""
    if question.language == "en":
        return [], ()
    nouns = named_in(question).nouns
    words = list(dict.fromkeys(word for word in question.subject.split() if not word.isdigit()))
    nowhere = [word for word in words if not stands(key(word), index)]
    if nowhere or not question.municipalities:
        return nowhere, ()
    named = [word for word in words if key(word) in nouns and is_matter(word)]
    return [word for word in named if not stands(key(word), index, question.municipalities)], question.municipalities
