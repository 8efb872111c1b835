"""Lists: the items, rows or cells that a question asks for, all of them and in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.index import Index
from indexer.records import Span
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.answering.numbered import numbered_draft
from qa.answering.particulars import particular_draft
from qa.exclusion import leaves_out
from qa.finding.kinds import kinds_of, says_kind
from qa.finding.lists import Listed, lists_in
from qa.finding.matter import Matter, matter_of, words_of
from qa.finding.stretches import enumerates, sentences_in, stretch_of
from qa.records import Hit, Question
from qa.wording import quote_sentence

_PASSAGES = 6
"""How many hits are read."""

_CHARACTERS = 1_200  # longest answer
_KIND, _NOUN = 0.3, 0.2  # for items of the kind, and for a head with the noun, that the question asks for
_ALONE, _MARKED = 0.05, 0.1  # for a column that is called by that noun, and for bullets or numbers
_OTHER = 0.3  # against the rows of a table of indicators where activities are asked for, and the other way round
_ROWS = frozenset(keys("faaliyetler göstergeler projeler"))
_ITEMS = 0.6  # what a word counts that stands in the items and not in what is above them
_CONTEXT = 0.5  # what a word counts that stands in the sentences before or the headings above
_RANK = 0.3
_ROW = 0.6  # share of the matter that a row must hold to be the one that a question is about
_LEAST = 0.2  # share of the matter that a list must hold


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the items must be: of a kind (persons, units), and called by a noun ("hangi faaliyetler")."""

    kinds: frozenset[str]
    noun: str

    def bonus(self, above: str, items: Sequence[str]) -> float:
        """What a list gains by holding what is asked for, and by standing below the noun that was asked for."""
        fitting = sum(any(says_kind(text, kind) for kind in self.kinds) for text in items)
        words = [word.key for word in words_of(above) if word.key]
        named = bool(self.noun) and self.noun in words
        others = self.noun in _ROWS and not named and any(word in _ROWS for word in words)
        return (
            _KIND * (fitting * 2 > len(items)) + _NOUN * named + _ALONE * (named and len(words) == 1) - _OTHER * others
        )


def _noun(question: Question) -> str:
    """The key of the noun after "hangi" or before "nelerdir"; empty where there is none."""
    words = words_of(question.text)
    keys = [ascii_key(question.text[word.start : word.end]) for word in words]
    for place, key in enumerate(keys):
        if key == "hangi" and place + 1 < len(words):
            return words[place + 1].key
        if key.startswith(("neler", "hangiler")) and place:
            return words[place - 1].key
    return ""


def list_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The list that the question asks for, whole and in order; None where a sentence tells it better, or none fits.

    Args:
        question: the question as understood.
        hits: the passages found, best first; the first six are read.
        index: the index that they come from.
    """
    return (
        numbered_draft(question, index)
        or particular_draft(question, hits, index)
        or enumeration_draft(question, hits, index)
    )


def enumeration_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """As :func:`list_draft`, from lists and enumerations only."""
    matter = matter_of(question, index)
    asked = _Asked(kinds_of(question) - {"list"}, _noun(question))
    best: Listed | None = None
    best_score = max((score for score in _enumerations(hits, index, matter, asked)), default=0.0)
    for listed in lists_in(hits, index):
        score = _score(listed, matter) + asked.bonus(listed.head, [text for _, text in listed.items])
        score += _MARKED * listed.marked
        if score > best_score + 1e-9 and score >= _LEAST + _RANK / (1 + listed.rank):
            best, best_score = listed, score
    if best is None:
        return None
    best = _left(_chosen(best, matter, asked.noun), question.excluded)
    draft = Draft(index, confidence=hits[0].score)
    pieces = []
    length = 0
    for _, text in best.items:
        length += len(text) + 2
        if length > _CHARACTERS:
            break
        pieces.append(text)
    first = best.items[0][0].start
    span = Span(first if best.start is None else best.start, best.items[len(pieces) - 1][0].end)
    mark = draft.cite(best.document, span, best.context)
    lead = best.lead.rstrip(" :;.")
    draft.text = quote_sentence(f"{lead}: {'; '.join(pieces)}" if lead else "; ".join(pieces), mark)
    return draft


def _left(listed: Listed, excluded: str) -> Listed:
    """The list without the items that the question leaves out."""
    items = tuple(item for item in listed.items if not leaves_out(excluded, item[1]))
    return replace(listed, items=items or listed.items)


def _score(listed: Listed, matter: Matter) -> float:
    above = matter.held(words_of(listed.meaning))
    items = matter.held(words_of("\n".join(text for _, text in listed.items)))
    held = [max(own, _ITEMS * part) for own, part in zip(above, items, strict=True)]
    return matter.share(held) + _RANK / (1 + listed.rank)


def _enumerations(hits: Sequence[Hit], index: Index, matter: Matter, asked: _Asked) -> Iterator[float]:
    """The scores of the sentences that tell a list between commas."""
    for rank, hit in enumerate(hits[:_PASSAGES]):
        above = [_CONTEXT * part for part in matter.held(words_of("\n".join(hit.passage.context[-2:])))]
        for sentence in sentences_in(index, hit.passage.document, stretch_of(hit.passage, index)):
            own = matter.held(sentence.words)
            if "\t" not in sentence.text and enumerates(sentence.text):
                held = [max(pair) for pair in zip(own, above, strict=True)]
                yield matter.share(held) + _RANK / (1 + rank) + asked.bonus("", [sentence.text])
            above = [max(before, _CONTEXT * part) for before, part in zip(above, own, strict=True)]


def _chosen(listed: Listed, matter: Matter, noun: str) -> Listed:
    """Only the items that have what the question asks of them: a word that some items hold and nothing above does.

    Of the cells below the column that the question names ("hangi ilçelerde"), only those of the rows it is about.
    """
    if noun and [word.key for word in words_of(listed.head) if word.key] == [noun]:
        subject = Matter(tuple(term for term in matter.terms if term.key != noun))
        shares = [subject.share(subject.held(words_of(text))) for _, text in listed.items]
        if max(shares) >= _ROW:
            pairs = zip(listed.items, shares, strict=True)
            return replace(listed, items=tuple(item for item, share in pairs if share > max(shares) - 0.1))
    above = matter.held(words_of(listed.meaning))
    asked = Matter(tuple(term for term, part in zip(matter.terms, above, strict=True) if not part))
    held = [asked.held(words_of(text)) for _, text in listed.items]
    for place, _ in enumerate(asked.terms):
        having = [item for item, parts in zip(listed.items, held, strict=True) if parts[place] == 1.0]
        if 2 <= len(having) < len(listed.items) and _is_column(having, listed):
            return replace(listed, items=tuple(having))
    return listed


def _is_column(having: Sequence[tuple[Span, str]], listed: Listed) -> bool:
    """Whether the items look like rows with a value at their end, one of few."""
    lasts = [text.split()[-1] for _, text in listed.items if text.split()]
    return len(set(lasts)) * 2 <= len(lasts) and len({text.split()[-1] for _, text in having}) == 1
