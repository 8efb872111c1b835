"""Lines whose cells a tab or a Markdown pipe divides: splits them into fields and groups them into blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.figures import NumberStyle, parse_number
from indexer.marks import BULLETS, SIGNS
from indexer.records import Cell, Document, Line, Span

_BLANKS = " \t\r\u00a0"
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\*\*")
_MARKER = re.compile(rf"(?:[{BULLETS}]|\d{{1,3}}[.)]|[a-zçğıöşü][.)])[ \u00a0]*")
_RULE = re.compile(r"[ \u00a0]*(?::?-{2,}:?|:-:?|-:)[ \u00a0]*")
_DASHES = frozenset({"-", "–", "—", "--", "---"})
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a delimited line: its text without markup and white space at the ends, and where it stands."""

    index: int
    text: str
    span: Span

    @property
    def cell(self) -> Cell | None:
        """The field as a table cell; None where it is empty."""
        return Cell(self.text, self.span) if self.text else None


@dataclass(frozen=True, slots=True)
class DelimitedLine:
    """A line split at its delimiters. Empty fields count, so ``fields[i]`` stands in column i."""

    line: Line
    fields: tuple[Field, ...]

    @property
    def filled(self) -> tuple[Field, ...]:
        """The fields that hold text."""
        return tuple(field for field in self.fields if field.text)

    @property
    def span(self) -> Span:
        """From the first to the last field that holds text."""
        filled = self.filled
        if not filled:
            return Span(self.line.start, self.line.end)
        return Span(filled[0].span.start, filled[-1].span.end)


@dataclass(frozen=True, slots=True)
class Block:
    """Delimited lines that stand together and form tables."""

    lines: tuple[DelimitedLine, ...]


def split_fields(line: Line) -> DelimitedLine | None:
    """``line`` split at its tabs, or at its pipes where it begins and ends with one; None where it has neither.

    A tab that only sets off a bullet, a list number or an indent divides no cells.
    """
    text = line.text
    if "\t" in text:
        fields = tuple(_fields(line, "\t", 0, len(text)))
        return None if _is_indent(fields) else DelimitedLine(line, fields)
    bare = text.strip(_BLANKS)
    if len(bare) > 2 and bare[0] == bare[-1] == "|":
        start = text.index("|") + 1
        return DelimitedLine(line, tuple(_fields(line, "|", start, text.rindex("|"))))
    return None


def _fields(line: Line, delimiter: str, start: int, end: int) -> Iterator[Field]:
    for index, raw in enumerate(line.text[start:end].split(delimiter)):
        yield _field(index, raw, line.start + start)
        start += len(raw) + 1


def _field(index: int, raw: str, start: int) -> Field:
    lead, stop = 0, len(raw)
    while True:  # white space and markup at both ends
        lead += len(raw[lead:stop]) - len(raw[lead:stop].lstrip(_BLANKS))
        stop = lead + len(raw[lead:stop].rstrip(_BLANKS))
        if opening := _MARKUP.match(raw, lead, stop):
            lead = opening.end()
        elif closing := re.search(rf"(?:{_MARKUP.pattern})\Z", raw[lead:stop]):
            stop = lead + closing.start()
        else:
            break
    text = _MARKUP.sub(" ", raw[lead:stop])
    return Field(index, re.sub(r"[ \t\u00a0]+", " ", text), Span(start + lead, start + stop))


def _is_indent(fields: Sequence[Field]) -> bool:
    filled = [field for field in fields if field.text]
    if len(fields) == 2 and filled and _MARKER.fullmatch(filled[0].text):
        return True
    if filled and filled[0].text[0] in SIGNS:
        return True
    return len(filled) > 1 and filled[1].text.startswith(":")


def is_rule(line: DelimitedLine) -> bool:
    """Whether a Markdown table's line is the rule under its header."""
    return bool(line.filled) and all(_RULE.fullmatch(field.text) for field in line.filled)


def read_blocks(document: Document) -> list[Block]:
    """The blocks of ``document``: runs of two delimited lines or more, some of them with two fields that hold text."""
    return [Block(tuple(run)) for run in _runs(document.lines) if _is_block(run)]


def _is_block(run: Sequence[DelimitedLine]) -> bool:
    wide = sum(len(line.fields) > 2 or len(line.filled) > 1 for line in run)
    return 1 < wide >= len(run) / 3 and any(len(line.filled) > 1 for line in run)


def _runs(lines: Sequence[Line]) -> Iterator[list[DelimitedLine]]:
    run: list[DelimitedLine] = []
    for line in lines:
        split = split_fields(line)
        if split is None:
            if run:
                yield run
            run = []
        elif not is_rule(split):
            run.append(split)
    if run:
        yield run


@lru_cache(maxsize=65536)
def is_value(text: str, style: NumberStyle) -> bool:
    """Whether ``text`` is the content of a value cell: a dash, or a number with no more than its unit."""
    if text in _DASHES:
        return True
    return bool(_DIGIT.search(text)) and parse_number(text, style) is not None
