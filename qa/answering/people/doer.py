"""Whether it was this one who did it: "Başkan bizzat mı katıldı?", "hâlâ Büyükşehir mi yürütüyor?".

The sentence is looked for by what was done and when, not by who is asked about. Who did it is read off it: the agent
before its verb ("Bayraklı Belediyesince"), or the name that it begins with. Where a question asks what still holds, the
last sentence that tells the deed is the one that counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.records import Passage
from indexer.repair import repair
from indexer.turkish import ascii_key, key, tokens
from qa.answering.draft import Draft
from qa.asking import is_verb
from qa.finding.matter import Matter, matter_of, words_of
from qa.finding.row_words import word_groups, word_pattern
from qa.finding.stretches import Sentence, sentences_in, stretch_of
from qa.records import Hit, Question
from qa.wording import quote_sentence, verdict

_PASSAGES = 10  # hits that are read
_TOLD = 0.5  # share of what was done that a sentence must tell
_NEAR = 0.7  # share of what the best sentence tells that a later one must tell to count instead
_ABOVE = 0.5  # what a word of the deed counts that stands in the sentences before or the headings above
_CHARACTERS = 700  # longest sentence that is shown
_ASKED = re.compile(r"(?P<before>.+)\s(?P<focus>[^\W\d_]+)\sm[iıuü]\s+(?P<verb>[^\W\d_]+)\W*\Z")
_NAME = r"(?:[A-ZÇĞİÖŞÜ][^\W\d_]*\.?|ve)"
_ENDS_IN_NAME = re.compile(rf"(?:{_NAME}\s+)*[A-ZÇĞİÖŞÜ][^\W\d_]*\Z")
_BEGINS_WITH_NAME = re.compile(rf"\W*(?P<name>(?:{_NAME}\s+)+[A-ZÇĞİÖŞÜ][^\W\d_]*)")
_AGENT = re.compile(
    r"(?P<name>(?:[A-ZÇĞİÖŞÜ][^\W\d_]*\s+)*)(?P<last>[A-ZÇĞİÖŞÜ][^\W\d_]*(?:(?:n|y)?[cç][ae])?)"
    r"(?P<by>\s+taraf\w+)?(?=\s+(?:[^\W\d_]+\s+)?[^\W\d_]+\W*\Z)"
)
_PRESENT = re.compile(r"(?:yor|m[ae]kt[ae])(?:du|mus|d[iu]r)?\Z")
_DAY = re.compile(rf"(?<!\d)\d{{1,2}} (?:{'|'.join(word_groups('calendar')['months'])})")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked about, the key of the verb, the dates told, and whether it is asked what still holds."""

    doer: frozenset[str]
    verb: str
    days: frozenset[str]
    still: bool


@dataclass(frozen=True, slots=True)
class _Deed:
    """A sentence that tells the deed, and who did it."""

    passage: Passage
    sentence: Sentence
    doer: frozenset[str]
    share: float


def doer_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """Yes or no with the sentence that tells who did it; None where the question asks for no doer, or none is told.

    Args:
        question: the question as understood.
        hits: the passages found, best first; the first ten are read.
        index: the index that they come from.
    """
    asked = _asked(question)
    if asked is None:
        return None
    deeds = list(_deeds(question, asked, hits, index))
    if not deeds:
        return None
    best = max(deeds, key=lambda deed: (deed.share, deed.passage.document, -deed.sentence.span.start))
    if asked.still:
        near = [deed for deed in deeds if deed.share >= _NEAR * best.share]
        same = [deed for deed in near if deed.passage.document == best.passage.document]
        best = max(same, key=lambda deed: deed.sentence.span.start)
    draft = Draft(index, confidence=hits[0].score)
    mark = draft.cite(best.passage.document, best.sentence.span, best.passage.context)
    told = verdict(asked.doer <= best.doer, question.language)
    draft.text = f"{told} {quote_sentence(repair(best.sentence.text).text, mark)}"
    return draft


def _asked(question: Question) -> _Asked | None:
    """Who and what a question in Turkish asks about; None where its "mi" follows no name."""
    text = question.text
    match = _ASKED.fullmatch(" ".join(text.split()))
    if question.language != "tr" or match is None or not _is_verb(ascii_key(match["verb"])):
        return None
    himself = word_pattern("doer", "himself").fullmatch(ascii_key(match["focus"])) is not None
    before = match["before"] if himself else f"{match['before']} {match['focus']}"
    name = _ENDS_IN_NAME.search(before)
    if name is None or not (himself or _is_subject(match["focus"])):
        return None
    doer = frozenset(word for word in _words(name[0]) if word not in _words(" ".join(question.places)))
    still = word_pattern("doer", "still").search(ascii_key(text)) is not None
    return _Asked(_telling(doer), key(match["verb"]), frozenset(_DAY.findall(ascii_key(text))), still)


def _is_verb(word: str) -> bool:
    return is_verb(word) or _PRESENT.search(word) is not None


def _is_subject(word: str) -> bool:
    """Whether a word has no ending of case, or only one that makes it a title: "Başkan Vekili"."""
    plain = ascii_key(word)
    return key(word) == plain or plain.endswith(("i", "u"))


def _deeds(question: Question, asked: _Asked, hits: Sequence[Hit], index: Index) -> Iterator[_Deed]:
    """The sentences that tell the deed with the dates of the question, and name a doer."""
    skipped = {*asked.doer, *_words(" ".join(word_groups("doer")["himself"]))}
    terms = [term for term in matter_of(question, index).terms if term.key not in skipped]
    matter = Matter(tuple(term for term in terms if word_pattern("doer", "still").fullmatch(term.key) is None))
    for hit in hits[:_PASSAGES]:
        passage = hit.passage
        above = [_ABOVE * part for part in matter.held(words_of("\n".join(passage.context)))]
        for sentence in sentences_in(index, passage.document, stretch_of(passage, index)):
            own = matter.held(sentence.words)
            share = matter.share([max(pair) for pair in zip(own, above, strict=True)])
            above = [max(before, _ABOVE * part) for before, part in zip(above, own, strict=True)]
            text = repair(sentence.text).text
            if share < _TOLD or len(text) > _CHARACTERS or not asked.days <= set(_DAY.findall(ascii_key(text))):
                continue
            doer = _doer_of(text) if _is_told(asked.verb, text) else frozenset()
            if doer:
                yield _Deed(passage, sentence, doer, share)


def _is_told(verb: str, text: str) -> bool:
    """Whether a sentence has the verb in a finite form, not as a noun ("yürütülmesi")."""
    return any(key(token.text) == verb and _is_verb(ascii_key(token.text)) for token in tokens(text))


def _doer_of(text: str) -> frozenset[str]:
    """The words that name who did what a sentence tells: the agent before its verb, else the name at its beginning."""
    agent = _AGENT.search(text)
    if agent is not None and (agent["by"] or re.search(r"[cç][ae]\Z", agent["last"])):
        return frozenset(_words(f"{agent['name']} {agent['last']}"))
    name = _BEGINS_WITH_NAME.match(text)
    return frozenset(_words(name["name"])) if name is not None else frozenset()


def _telling(words: frozenset[str]) -> frozenset[str]:
    """The words that tell one doer from another; titles only where there are no others."""
    names = frozenset(word for word in words if word_pattern("doer", "title").fullmatch(word) is None)
    return names or words


def _words(text: str) -> list[str]:
    return [key(token.text) for token in tokens(text) if len(token.text) > 1]
