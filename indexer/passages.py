"""Cuts a document into passages: prose at the ends of sentences and lines, tables between whole rows.

A passage never crosses a heading, except that headings with nothing below them go with what follows. Together the
passages cover every character that can be seen, each once; only the lines of tables of contents are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from langchain_text_splitters import RecursiveCharacterTextSplitter

from indexer import headings as forms
from indexer.marks import BULLETS
from indexer.outline import Outline
from indexer.records import Document, Line, Passage, PassageKind, Span
from indexer.repair import repair

MAX_CHARACTERS = 1500
"""The longest verbatim text of a passage."""

TARGET_CHARACTERS = 1000
"""The length that passages are packed up to. BM25 recall@5 on the development questions without table rows: 0.81 at 800
characters, 0.82 at 900, 0.84 at 1,000, 0.85 at 1,200: steps of a few questions, so the shorter of the better ones."""

_MIN_PROSE = 200  # a shorter stretch of prose between rows is a note or a caption of their table

# From the best place to cut to the worst: the end of a line that ends a sentence, a blank line, a line, and, for lines
# longer than a passage may be, the end of a sentence, a word, a character.
_SEPARATORS = [r"(?<=[.!?…:;])[^\S\n]*\n(?:\s*\n)?", r"\n\s*\n", r"\n", r"(?<=[.!?…])\s+", r"\s+", ""]


@dataclass(frozen=True)
class _Unit:
    """Lines that are never cut apart: a row with its wrapped label, or one block of prose."""

    start: int
    end: int
    table: bool
    contents: bool = False


def split_passages(
    document: Document,
    outline: Outline,
    taken: Sequence[Span] = (),
    target: int = TARGET_CHARACTERS,
    limit: int = MAX_CHARACTERS,
) -> list[Passage]:
    """The passages of ``document`` in reading order.

    Args:
        document: the document.
        outline: its headings.
        taken: stretches that are passages already (rows of tables), in order; no passage meets one of them.
        target: the length in characters up to which pieces are packed.
        limit: the longest verbatim text.
    """
    passages = []
    for region_start, region_end in _regions(document, outline):
        for start, end in _outside(document, region_start, region_end, taken):
            units = list(_units(document, start, end))
            for span, kind in _pieces(document, units, target, limit):
                context = tuple(heading.title for heading in outline.path_at(span.end - 1))
                passages.append(_passage(document, span, kind, context))
    return passages


def _outside(document: Document, start: int, end: int, taken: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """What the spans of ``taken`` leave of a stretch, in whole lines: a line that one of them touches is taken."""
    for span in taken[bisect_left(taken, start, key=lambda span: span.end) :]:
        if span.start >= end:
            break
        first, last = document.line_range(span)
        if start < document.lines[first - 1].start:
            yield start, document.lines[first - 1].start
        start = max(start, document.lines[last - 1].end + 1)
    if start < end:
        yield start, end


def search_text(document: Document, context: Sequence[str], meaning: str) -> str:
    """What is embedded and indexed for a passage: its meaning, the two headings next above it, and the document."""
    source = document.source
    title = source.title if source.municipality in source.title else f"{source.title}, {source.municipality}"
    return "\n".join([meaning, *reversed(context[-2:]), title])


def _passage(document: Document, span: Span, kind: PassageKind, context: tuple[str, ...]) -> Passage:
    text = document.text[span.start : span.end]
    first, last = document.line_range(span)
    return Passage(
        document=document.id,
        kind=kind,
        span=span,
        text=text,
        search_text=search_text(document, context, repair(text).text),
        line_start=first,
        line_end=last,
        page=document.page_at(span.start),
        context=context,
    )


def _regions(document: Document, outline: Outline) -> Iterator[tuple[int, int]]:
    """The stretches of text with one heading path; headings that stand above one another are one region."""
    text, own_end = document.text, 0
    start = 0
    for heading, scope in zip(outline.headings, outline.starts, strict=True):
        scope = document.lines[document.line_at(scope) - 1].start
        # what stands between the last heading and this one decides whether a region ends here
        if scope > start and text[max(start, own_end) : scope].strip():
            yield start, scope
            start = scope
        if not text[scope : heading.span.start].strip():
            own_end = heading.span.end
    if text[start:].strip():
        yield start, len(text)


def _units(document: Document, start: int, end: int) -> Iterator[_Unit]:
    """The units of a region, in order."""
    block: list[Line] = []
    pending: _Unit | None = None
    for number in range(document.line_at(start), document.line_at(max(start, end - 1)) + 1):
        line = document.lines[number - 1]
        if forms.core(line.text):
            block.append(line)
        if block and (not forms.core(line.text) or line.end >= end - 1):
            for unit in _rows(block):
                if pending is not None and _belongs(document.text, pending, unit):
                    pending = _Unit(pending.start, unit.end, True)
                    continue
                if pending is not None:
                    yield pending
                pending = unit
            block = []
    if pending is not None:
        yield pending


def _belongs(text: str, above: _Unit, below: _Unit) -> bool:
    """Whether ``below`` is nothing but the values of the label that ``above`` is, or the rest of a wrapped line."""
    if below.end - above.start > MAX_CHARACTERS // 2 or above.contents or below.contents:
        return False
    upper, lower = text[above.start : above.end], text[below.start : below.end]
    return forms.is_figures(forms.core(lower)) and not forms.is_figures(upper.rsplit("\n", 1)[-1])


def _rows(block: list[Line]) -> Iterator[_Unit]:
    """The rows of a block of lines without a blank one between them; the whole block where it is prose."""
    rows = sum(_is_row(line.text) for line in block)
    contents = sum(forms.is_dotted(line.text) for line in block)
    if contents * 2 > len(block):
        yield _Unit(block[0].start, block[-1].end, True, contents=True)
    elif rows * 2 < len(block) and not (rows and len(block) <= 4 and _is_row(block[-1].text)):
        yield _Unit(block[0].start, block[-1].end, False)
    else:
        first = 0
        for index, line in enumerate(block):
            below = forms.core(block[index + 1].text) if index + 1 < len(block) else ""
            note = below[:1].islower() or re.match(r"(?:<i>)?[^\W\d_]+:(?:</i>)?[\t ]*", below) is not None
            if index + 1 == len(block) or (_is_row(line.text) and not (note and not _is_row(below))):
                yield _Unit(block[first].start, line.end, True)
                first = index + 1


def _is_row(line: str) -> bool:
    """Whether the line has the shape of a table row: cells between tabs, or a figure or an empty cell at its end."""
    text = forms.core(line)
    cells = [cell for cell in text.split("\t") if forms.core(cell)]
    if len(cells) > 1 and not re.match(rf"(?:\d{{1,2}}\.|[{BULLETS}\-])\t", text):
        return True
    return forms.ends_in_figure(text) or line.rstrip(" \r").endswith("\u00a0")


def _pieces(document: Document, units: list[_Unit], target: int, limit: int) -> Iterator[tuple[Span, PassageKind]]:
    for contents, group in groupby(units, key=lambda unit: unit.contents):
        if contents:
            continue
        for table, run in _runs(list(group)):
            split = _packed if table else _prose
            for span in split(document.text, run, target, limit):
                yield span, "table" if table else "prose"


def _runs(units: list[_Unit]) -> Iterator[tuple[bool, list[_Unit]]]:
    """Stretches of rows and of prose; what is short between rows goes with them."""
    runs = [(table, list(group)) for table, group in groupby(units, key=lambda unit: unit.table)]
    merged: list[tuple[bool, list[_Unit]]] = []
    for table, run in runs:
        short = not table and run[-1].end - run[0].start < _MIN_PROSE and len(runs) > 1
        if merged and (merged[-1][0] == (table or short)):
            merged[-1][1].extend(run)
        else:
            merged.append((table or short, run))
    yield from merged


def _packed(text: str, units: list[_Unit], target: int, limit: int) -> Iterator[Span]:
    """Whole units packed up to ``target``; one that is longer than ``limit`` is cut between its lines."""
    start: int | None = None
    at = 0
    for unit in units:
        if start is not None and unit.end - start > target:
            yield Span(start, at)
            start = None
        if unit.end - unit.start > limit:
            yield from _prose(text, [unit], target, limit)
            continue
        start, at = (unit.start if start is None else start), unit.end
    if start is not None:
        yield Span(start, at)


def _prose(text: str, units: list[_Unit], target: int, limit: int) -> Iterator[Span]:
    """Pieces of running text, cut by langchain's splitter; offsets are counted, never searched for."""
    start, end = units[0].start, units[-1].end
    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        strip_whitespace=False,
        chunk_size=target,
        chunk_overlap=0,
    )
    pieces = splitter.split_text(text[start:end]) if end - start > min(target * 5 // 4, limit) else [text[start:end]]
    if "".join(pieces) != text[start:end]:  # a splitter that drops or adds a character must not shift offsets
        pieces = [text[at : min(at + target, end)] for at in range(start, end, target)]
    for piece in pieces:
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield Span(first, start + len(piece.rstrip()))
        start += len(piece)
