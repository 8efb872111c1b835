"""Lists as documents print them: rows of a table, cells below a column, items with bullets or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise, takewhile

from indexer.index import Index
from indexer.marks import BULLETS
from indexer.records import Cell, Line, Span, Table
from indexer.repair import repair
from indexer.turkish import keys
from qa.finding.stretches import Sentence, neighbours_of, sentences_in, stretch_of
from qa.finding.vocabulary import says
from qa.records import Hit
from qa.remembering import tables_of

_PASSAGES = 6
"""How many hits are read."""

_FURTHER = 2  # passages beyond a list's edge that are read for its other items
_BELOW = 3_000  # characters below a heading in which its list stands
_HEAD = 3  # lines of a heading and what stands between it and its list
_CAPTION = 60  # characters of a line below a picture
_LONGEST_ITEM = 300
_LONGEST_LEAD = 500  # a sentence above a list that is read for its meaning
_ROWS_OF = {"activities": "Faaliyetler", "indicators": "Göstergeler", "projects": "Projeler"}
"""What the rows of a family of tables are, where the header above them does not say it."""

_MARK = re.compile(
    rf"\s*(?:[^\w\s\"“'‘(\[]+[\s\u00a0]+|[-–{BULLETS}][\s\u00a0]*|\(?\d{{1,2}}[.)\-]+[\s\u00a0]+|\(?[a-zçğıöşü][.)\-][\s\u00a0]+)"
)


_BULLET_AFTER = re.compile(rf"[:;][ \u00a0]*\n\s*(?=[-–{BULLETS}][\s\u00a0]*\S)")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that was found: what stands above it, its items and the span of the whole."""

    document: str
    context: tuple[str, ...]
    lead: str
    items: tuple[tuple[Span, str], ...]
    meaning: str
    head: str  # what names the items: the header of a table or column, the line above a list
    rank: int
    marked: bool = False  # with bullets or numbers
    start: int | None = None  # where the sentence above begins, if it tells numbers, which must stand in the quote


def lists_in(hits: Sequence[Hit], index: Index) -> Iterator[Listed]:
    """The lists in and around the passages found, and the tables below the same heading (activities of a target)."""
    seen: set[tuple[str, Span]] = set()
    for rank, hit in enumerate(hits[:_PASSAGES]):
        passage = hit.passage
        document = passage.document
        span = stretch_of(passage, index)
        headings = {_heading(heading) for heading in passage.context[-2:]}
        tables = tables_of(index, document)
        for table in tables:
            beside = table.context and passage.kind != "prose" and _heading(table.context[-1]) in headings
            within = table.span.start < span.end and span.start < table.span.end
            if (within or beside) and (document, table.span) not in seen:
                seen.add((document, table.span))
                yield from _table_lists(index.documents[document].text, document, table, rank)
        if (document, span) not in seen:
            seen.add((document, span))
            sentences = _prolonged(sentences_in(index, document, span), document, span, index)
            for listed in _marked_lists(document, sentences, passage.context, rank, passage.kind != "row"):
                if not _is_frame(listed, tables):
                    yield listed


def list_below(document: str, heading: Line, index: Index) -> tuple[Span, tuple[str, ...]] | None:
    """The items with bullets or numbers right below a heading of a few lines; None where other text follows."""
    text = index.documents[document].text
    sentences = _at_marks(sentences_in(index, document, Span(heading.start, min(heading.start + _BELOW, len(text)))))
    kinds = [_kind(sentence, False) for sentence in sentences]
    if "marked" not in kinds:
        return None
    first = kinds.index("marked")
    if any(sentence.is_whole and len(sentence.text) > _LONGEST_ITEM for sentence in sentences[:first]) or first > _HEAD:
        return None
    items = list(takewhile(lambda one: _kind(one, False) == "marked", sentences[first:]))
    span = Span(items[0].span.start, items[-1].span.end)
    return (span, tuple(_unmarked(repair(item.text).text) for item in items)) if len(items) > 1 else None


def _prolonged(sentences: Sequence[Sentence], document: str, span: Span, index: Index) -> list[Sentence]:
    """The sentences of a stretch, and the marked items beyond its edges where one of its lists goes on there.

    Passages end at pages and lengths, lists do not. A gap wider than those between the list's own items ends it: what
    stands beyond may be another list whose heading the page prints elsewhere.
    """
    text = index.documents[document].text
    found = _at_marks(sentences)
    reach = span
    for _ in range(_FURTHER):
        before, _after = neighbours_of(reach, document, index)
        if before is None or not found or _kind(found[0], False) != "marked":
            break
        earlier = _at_marks(sentences_in(index, document, before))
        items = _near(earlier[::-1], found, text)
        lead = int(0 < items < len(earlier) and _kind(earlier[-items - 1], False) != "marked")
        found = [*earlier[len(earlier) - items - lead :], *found]
        reach = Span(before.start, reach.end)
        if not items or items < len(earlier):
            break
    for _ in range(_FURTHER):
        _before, after = neighbours_of(reach, document, index)
        if after is None or not found or _kind(found[-1], False) != "marked":
            break
        later = _at_marks(sentences_in(index, document, after))
        items = _near(later, found[::-1], text)
        found += later[:items]
        reach = Span(reach.start, after.end)
        if items < len(later):
            break
    return found


def _near(beyond: Sequence[Sentence], own: Sequence[Sentence], text: str) -> int:
    """How many of the sentences beyond an edge, nearest first, are items of the list that ends there."""
    run = list(takewhile(lambda one: _kind(one, False) == "marked", own))
    usual = max((_gap(first, second, text) for first, second in pairwise(run)), default=1)
    count, last = 0, own[0]
    for sentence in beyond:
        if _kind(sentence, False) != "marked" or _gap(sentence, last, text) > usual:
            break
        count, last = count + 1, sentence
    return count


def _gap(one: Sentence, other: Sentence, text: str) -> int:
    """The line ends between two sentences."""
    first, second = sorted((one.span, other.span))
    return text.count("\n", first.end, second.start)


def _at_marks(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences, parted where a bullet begins after a colon or semicolon ("sayesinde;" and its first item)."""
    found: list[Sentence] = []
    for sentence in sentences:
        cuts = [match.end() for match in _BULLET_AFTER.finditer(sentence.text)]
        for start, end in pairwise([0, *cuts, len(sentence.text)]):
            piece = sentence.text[start:end]
            text = piece.rstrip()
            first = sentence.span.start + start
            words = tuple(word for word in sentence.words if first <= word.start < first + len(text))
            found.append(Sentence(Span(first, first + len(text)), text, words) if cuts else sentence)
    return found


@lru_cache(maxsize=4096)
def _heading(text: str) -> tuple[str, ...]:
    return tuple(keys(text))


def _is_frame(listed: Listed, tables: Sequence[Table]) -> bool:
    """Whether the items are the rows of a cost table or only repeat the headings above them."""
    start, end = listed.items[0][0].start, listed.items[-1][0].end
    if any(_is_costs(table) and table.span.start <= start and end <= table.span.end for table in tables):
        return True
    above = [set(keys(heading)) for heading in listed.context]
    repeated = sum(any(set(keys(text)) <= heading for heading in above) for _, text in listed.items)
    return repeated * 2 > len(listed.items)


def _is_costs(table: Table) -> bool:
    return table.kind == "budget" and len(table.columns) == 1


def _table_lists(text: str, document: str, table: Table, rank: int) -> Iterator[Listed]:
    """The labels of a table's rows, and the cells below each of its columns that holds words."""
    if not table.rows or _is_costs(table):
        return  # the rows of a cost table are economic codes, the same in all of them
    title = table.context[-1] if table.context else table.title
    head = text[table.span.start : min(row.span.start for row in table.rows)][:_LONGEST_ITEM]
    head = f"{_ROWS_OF.get(table.family, '')} {head}"
    labels = [(row.span, row.label) for row in table.rows if _has_words(row.label) and not _is_total(row.label)]
    if len(labels) > 1 and len({label for _, label in labels}) * 3 > len(labels) * 2:
        meaning = "\n".join([*table.context[-2:], head, *(column.name for column in table.columns)])
        yield Listed(document, table.context, title, tuple(labels), meaning, head, rank)
    for place, column in enumerate(table.columns):
        cells: list[tuple[str, Cell]] = []
        for row in table.rows:
            cell = row.cells[place] if place < len(row.cells) else None
            if cell is not None and _has_words(cell.text):
                cells.append((row.label, cell))
        if len(cells) > 1 and len({cell.text for _, cell in cells}) > 1:
            texts = (f"{label}: {cell.text}" if _has_words(label) else cell.text for label, cell in cells)
            items = tuple((cell.span, text) for (_, cell), text in zip(cells, texts, strict=True))
            yield Listed(document, table.context, column.name, items, f"{column.name}\n{title}", column.name, rank)


def _is_total(label: str) -> bool:
    return len(label.split()) < 4 and says("total", label)


def _has_words(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) > 2


def _marked_lists(
    document: str, sentences: Sequence[Sentence], context: tuple[str, ...], rank: int, short: bool
) -> Iterator[Listed]:
    """Runs of items with bullets or numbers, with what stands above them; runs of short lines, too, if ``short``."""
    sentences = _without_captions(sentences)
    kinds = [_kind(sentence, short) for sentence in sentences]
    at = 0
    for kind, run in groupby(kinds):
        length = len(list(run))
        items = sentences[at : at + length]
        if kind == "short" and context and _heading(items[0].text) == _heading(context[-1]):
            items = items[1:]  # the heading itself
        if kind and len(items) > 1:
            above = sentences[at - 1] if at else None
            lead = repair(above.text).text if above is not None and len(above.text) <= _LONGEST_LEAD else ""
            texts = tuple((item.span, _unmarked(repair(item.text).text)) for item in items)
            meaning = "\n".join([*context[-2:], lead])
            heading = context[-1] if context else ""
            shown = lead if lead and len(lead) <= _LONGEST_ITEM else heading
            numbers = shown == lead and any(letter.isdigit() for letter in lead)
            start = above.span.start if above is not None and numbers else None
            yield Listed(document, context, shown, texts, meaning, lead or heading, rank, kind == "marked", start)
        at += length


def _without_captions(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences without the short lines between two marked items: names below pictures."""
    marked = [_kind(sentence, False) == "marked" for sentence in sentences]
    return [
        sentence
        for place, sentence in enumerate(sentences)
        if not (
            0 < place < len(sentences) - 1
            and marked[place - 1]
            and marked[place + 1]
            and not marked[place]
            and not sentence.is_whole
            and len(sentence.text) <= _CAPTION
        )
    ]


def _unmarked(text: str) -> str:
    while (mark := _MARK.match(text)) is not None and mark.end() < len(text):
        text = text[mark.end() :]
    return text


def _kind(sentence: Sentence, short: bool) -> str:
    if len(sentence.text) > _LONGEST_ITEM * 2:
        return ""
    if _MARK.match(sentence.text):
        return "marked"
    return "short" if short and not sentence.is_whole and len(sentence.text) <= _LONGEST_ITEM else ""
