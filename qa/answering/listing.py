"""Lists: the items, rows or cells that a question asks for, all of them and in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from indexer.index import Index
from indexer.records import Cell, Span, Table
from indexer.repair import repair
from indexer.store import Store
from indexer.turkish import ascii_key
from qa.answering.draft import Draft
from qa.answering.matter import Matter, matter_of, words_of
from qa.answering.offices import office_draft
from qa.answering.stretches import Sentence, enumerates, sentences_in, stretch_of
from qa.answering.text import kinds_of, says_kind
from qa.records import Hit, Question
from qa.wording import quote_sentence

_PASSAGES = 6
"""How many hits are read."""

_CHARACTERS = 1_200  # longest answer
_LONGEST_ITEM = 300
_KIND, _NOUN = 0.3, 0.2  # for items of the kind, and for a head with the noun, that the question asks for
_ITEMS = 0.6  # what a word counts that stands in the items and not in what is above them
_CONTEXT = 0.5  # what a word counts that stands in the sentences before or the headings above
_RANK = 0.3
_LEAST = 0.2  # share of the matter that a list must hold

_MARK = re.compile(
    r"\s*(?:[^\w\s\"“'‘(\[]+[\s\u00a0]+|[-–•▪*][\s\u00a0]*|\(?\d{1,2}[.)\-]+[\s\u00a0]+|\(?[a-zçğıöşü][.)\-][\s\u00a0]+)"
)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list that was found: what stands above it, its items and the span of the whole."""

    document: str
    context: tuple[str, ...]
    lead: str
    items: tuple[tuple[Span, str], ...]
    meaning: str
    head: str  # what names the items: the header of a table or column, the line above a list
    rank: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the items must be: of a kind (persons, units), and called by a noun ("hangi faaliyetler")."""

    kinds: frozenset[str]
    noun: str

    def bonus(self, above: str, items: Sequence[str]) -> float:
        """What a list gains by holding what is asked for, and by standing below the noun that was asked for."""
        fitting = sum(any(says_kind(text, kind) for kind in self.kinds) for text in items)
        named = self.noun and any(word.key == self.noun for word in words_of(above))
        return _KIND * (fitting * 2 > len(items)) + _NOUN * bool(named)


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
    office = office_draft(question, hits, index)
    if office is not None:
        return office
    matter = matter_of(question, index)
    asked = _Asked(kinds_of(question) - {"list"}, _noun(question))
    best: _Listed | None = None
    best_score = max((score for score in _enumerations(hits, index, matter, asked)), default=0.0)
    for listed in _lists(hits, index):
        score = _score(listed, matter) + asked.bonus(listed.head, [text for _, text in listed.items])
        if score > best_score + 1e-9 and score >= _LEAST + _RANK / (1 + listed.rank):
            best, best_score = listed, score
    if best is None:
        return None
    best = _chosen(best, matter)
    draft = Draft(index, confidence=hits[0].score)
    pieces = []
    length = 0
    for _, text in best.items:
        length += len(text) + 2
        if length > _CHARACTERS:
            break
        pieces.append(text)
    span = Span(best.items[0][0].start, best.items[len(pieces) - 1][0].end)
    mark = draft.cite(best.document, span, best.context)
    lead = best.lead.rstrip(" :;.")
    draft.text = quote_sentence(f"{lead}: {'; '.join(pieces)}" if lead else "; ".join(pieces), mark)
    return draft


def _score(listed: _Listed, matter: Matter) -> float:
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


def _chosen(listed: _Listed, matter: Matter) -> _Listed:
    """Only the items that have what the question asks of them: a word that some items hold and nothing above does."""
    above = matter.held(words_of(listed.meaning))
    asked = Matter(tuple(term for term, part in zip(matter.terms, above, strict=True) if not part))
    held = [asked.held(words_of(text)) for _, text in listed.items]
    for place, _ in enumerate(asked.terms):
        having = [item for item, parts in zip(listed.items, held, strict=True) if parts[place] == 1.0]
        if 2 <= len(having) < len(listed.items) and _is_column(having, listed):
            return replace(listed, items=tuple(having))
    return listed


def _is_column(having: Sequence[tuple[Span, str]], listed: _Listed) -> bool:
    """Whether the items look like rows with a value at their end, one of few."""
    lasts = [text.split()[-1] for _, text in listed.items if text.split()]
    return len(set(lasts)) * 2 <= len(lasts) and len({text.split()[-1] for _, text in having}) == 1


def _lists(hits: Sequence[Hit], index: Index) -> Iterator[_Listed]:
    seen: set[tuple[str, Span]] = set()
    for rank, hit in enumerate(hits[:_PASSAGES]):
        passage = hit.passage
        span = stretch_of(passage, index)
        for table in _tables(index.store, passage.document):
            key = (passage.document, table.span)
            if table.span.start < span.end and span.start < table.span.end and key not in seen:
                seen.add(key)
                yield from _table_lists(index.documents[passage.document].text, passage.document, table, rank)
        if (passage.document, span) not in seen:
            seen.add((passage.document, span))
            sentences = sentences_in(index, passage.document, span)
            yield from _marked_lists(passage.document, sentences, passage.context, rank, passage.kind != "row")


@lru_cache(maxsize=256)
def _tables(store: Store, document: str) -> tuple[Table, ...]:
    return tuple(store.tables(document))


def _table_lists(text: str, document: str, table: Table, rank: int) -> Iterator[_Listed]:
    """The labels of a table's rows, and the cells below each of its columns that holds words."""
    if not table.rows or (table.kind == "budget" and len(table.columns) == 1):
        return  # the rows of a cost table are economic codes, the same in all of them
    title = table.context[-1] if table.context else table.title
    head = text[table.span.start : min(row.span.start for row in table.rows)][:_LONGEST_ITEM]
    labels = [(row.span, row.label) for row in table.rows if _has_words(row.label)]
    if len(labels) > 1 and len({label for _, label in labels}) * 3 > len(labels) * 2:
        meaning = "\n".join([*table.context[-2:], head, *(column.name for column in table.columns)])
        yield _Listed(document, table.context, title, tuple(labels), meaning, head, rank)
    for place, column in enumerate(table.columns):
        cells: list[tuple[str, Cell]] = []
        for row in table.rows:
            cell = row.cells[place] if place < len(row.cells) else None
            if cell is not None and _has_words(cell.text):
                cells.append((row.label, cell))
        if len(cells) > 1 and len({cell.text for _, cell in cells}) > 1:
            texts = (f"{label}: {cell.text}" if _has_words(label) else cell.text for label, cell in cells)
            items = tuple((cell.span, text) for (_, cell), text in zip(cells, texts, strict=True))
            yield _Listed(document, table.context, column.name, items, f"{column.name}\n{title}", column.name, rank)


def _has_words(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) > 2


def _marked_lists(
    document: str, sentences: Sequence[Sentence], context: tuple[str, ...], rank: int, short: bool
) -> Iterator[_Listed]:
    """Runs of items with bullets or numbers, with what stands above them; runs of short lines, too, if ``short``."""
    kinds = [_kind(sentence, short) for sentence in sentences]
    at = 0
    for kind, run in groupby(kinds):
        length = len(list(run))
        items = sentences[at : at + length]
        if kind and length > 1:
            above = sentences[at - 1] if at else None
            lead = repair(above.text).text if above is not None and len(above.text) <= _LONGEST_ITEM else ""
            texts = tuple((item.span, _unmarked(repair(item.text).text)) for item in items)
            meaning = "\n".join([*context[-2:], lead])
            yield _Listed(document, context, lead or (context[-1] if context else ""), texts, meaning, lead, rank)
        at += length


def _unmarked(text: str) -> str:
    mark = _MARK.match(text)
    return text[mark.end() :] if mark else text


def _kind(sentence: Sentence, short: bool) -> str:
    if len(sentence.text) > _LONGEST_ITEM * 2:
        return ""
    if _MARK.match(sentence.text):
        return "marked"
    return "short" if short and not sentence.is_whole and len(sentence.text) <= _LONGEST_ITEM else ""
