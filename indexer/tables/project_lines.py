"""The lines of a project table as a stream of words, budgets and runs of empty cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.figures import NumberStyle
from indexer.records import Line, Span
from indexer.tables.project_units import words
from indexer.tables.values import Tail, Value, tail
from indexer.turkish import ascii_key, upper

_WORD = re.compile(r"[^ \t\u00a0]+")
_CODE = re.compile(r"\d+(?:\.\d+)+\.?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOTAL_COLUMN = re.compile(r" +((?:Genel |GENEL )?(?:Toplam|TOPLAM)(?: \([^()]*\))?)[ \r]*$")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?")
_HEADER_LINES = 4  # from the words of a header to its years, blank lines included
_PAGE_OF = re.compile(r"\(\d+/\d+\)")
_NUMBERED = re.compile(r" ?\d+\.(?:\d+\.?)* +[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of running text; ``block`` numbers the stretches that blank lines set apart."""

    text: str
    span: Span
    line: int
    block: int


@dataclass(frozen=True, slots=True)
class Budgets:
    """The values of one row; ``before`` and ``after`` count the spaces that stand for empty cells around them."""

    values: tuple[Value, ...]
    line: int
    end: int
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Empty:
    """A run of spaces as long as the table has years: a row whose cells are all empty."""

    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Start:
    """The first line of a project: its code; the words that follow are its name."""

    code: str
    line: int
    span: Span


@dataclass(frozen=True, slots=True)
class Total:
    """A total row: its label and its values."""

    label: str
    values: tuple[Value, ...]
    span: Span


Item = Word | Budgets | Empty | Start | Total


def header_columns(
    lines: Sequence[Line], index: int, style: NumberStyle, *, named: str = "indicator_words"
) -> tuple[str, ...]:
    """The years that ``lines[index]`` ends in, when the header of a project table ends there; otherwise none.

    The words under ``named`` in the data file tell such a header. A column of their total may follow. Where the line
    holds the years alone, the words of the header stand on the
    lines above.
    """
    line = lines[index]
    if not _YEAR.search(line.text):
        return ()
    total = _TOTAL_COLUMN.search(line.text)
    split = tail(Line(line.number, line.start, line.text[: total.start()]) if total else line, style)
    texts = [value.text for value in split.values]
    if len(texts) < 2 or not all(_YEAR.fullmatch(text) for text in texts):
        return ()
    years = [int(text) for text in texts]
    label = split.label
    if not label.strip(" \t"):
        above = [other.text for other in lines[max(0, index - _HEADER_LINES) : index] if other.text.strip(" \t")]
        label = " ".join(above[-2:])
    key = ascii_key(label)
    if any(b - a != 1 for a, b in pairwise(years)):
        return ()
    names = (*texts, total[1]) if total else tuple(texts)
    return names if any(word in key for word in words(named)) else ()


def project_start(lines: Sequence[Line], index: int) -> tuple[str, int, int] | None:
    """The code of the project that starts at ``lines[index]``, the line and the column after it; or None."""
    found = list(_WORD.finditer(lines[index].text))
    if not found or ascii_key(found[0][0]) not in words("row_words"):
        return None
    if len(found) > 1:
        code = found[1]
        return (code[0].rstrip("."), index, code.end()) if _CODE.fullmatch(code[0]) else None
    for below in range(index + 1, min(index + 3, len(lines))):
        match = _WORD.search(lines[below].text)
        if match:
            return (match[0].rstrip("."), below, match.end()) if _CODE.fullmatch(match[0]) else None
    return None


def ends_table(lines: Sequence[Line], index: int) -> bool:
    """Whether ``lines[index]`` is a heading of the plan or of the page, so that the table above it has ended."""
    text = lines[index].text.strip(" \t")
    keys = ascii_key(text).split()
    if not keys:
        return False
    if keys[-1].isdigit() or _GROUPED.fullmatch(keys[-1]):
        keys = [key.rstrip(":") for key in keys]
        if any(key in words("total_endings") for key in keys):
            return False  # the total of an area
    if re.fullmatch(r"strat\w{1,2}jik", keys[0]):
        if len(keys) == 1 and index + 1 < len(lines):
            keys += ascii_key(lines[index + 1].text).split()
        return len(keys) > 1 and keys[1] in words("plan_words")
    bare = _PAGE_OF.sub("", text)
    if len(bare) > 9 and " " in bare.strip(" ") and bare == upper(bare) and not any(c.isdigit() for c in bare):
        return any(c.isalpha() for c in bare)
    return _NUMBERED.match(lines[index].text) is not None


def read_items(lines: Sequence[Line], first: int, last: int, width: int, style: NumberStyle) -> Iterator[Item]:
    """What stands in ``lines[first:last]`` of a table with ``width`` years, in reading order."""
    block, index, run_before = 0, first, 0
    while index < last:
        line = lines[index]
        start = project_start(lines, index)
        offset = 0
        if start:
            code, index, offset = start
            block += 1
            yield Start(code, index, Span(line.start, lines[index].start + offset))
            line = lines[index]
        spaces = line.text.strip("\r")
        if not spaces.strip(" "):
            if len(spaces) >= width > 2:
                yield Empty(index, line.end)
            run_before = len(spaces)
            block += 1
            index += 1
            continue
        if not spaces.strip(" |"):
            index += 1
            continue
        split = tail(line, style)
        spaced = _by_spaces(split, index, line.end, width)
        values = spaced.values if spaced else _budgets(split, width, line)
        total = ascii_key(split.label).rstrip(" :").endswith(words("total_endings"))
        if total and len(split.values) == width:
            yield Total(split.label, split.values, Span(line.start, line.end))
            index += 1
            continue
        end = values[0].span.start - line.start if values else len(line.text)
        yield from _words(line, offset, end, index, block)
        if spaced:
            yield spaced
        elif values:
            yield _with_runs(values, lines, index, last, run_before if not split.label else 0, width)
        elif split.trailing >= width > 2:
            yield Empty(index, line.end)
        run_before = 0
        index += 1


def _budgets(split: Tail, width: int, line: Line) -> tuple[Value, ...]:
    """The values at the end of a line that are budgets: one a year, or fewer that are written as amounts."""
    values = split.keep(width, line).values
    if len(values) == width:
        return values
    return values if all(_GROUPED.fullmatch(value.text) for value in values) else ()


def _by_spaces(split: Tail, index: int, end: int, width: int) -> Budgets | None:
    """The values where each surplus space around the first ones and the last shows an empty cell of the row."""
    after = max(0, split.trailing - 1)
    for first in range(max(0, len(split.values) - width), len(split.values)):
        values = split.values[first:]
        labelled = bool(split.label) or first > 0
        before = values[0].gap - 1 if labelled else values[0].gap
        close = all(value.gap == 1 for value in values[1:])
        shown = before > 0 if labelled else before > 1 or (before == 0 and after > 0)  # a page begins with one space
        if shown and close and before + len(values) + after == width:
            return Budgets(values, index, end, before, after)
    return None


def _with_runs(
    values: tuple[Value, ...], lines: Sequence[Line], index: int, last: int, before: int, width: int
) -> Budgets:
    end = lines[index].end
    if len(values) == width:
        return Budgets(values, index, end)
    missing = width - len(values)
    for below in range(index + 1, min(index + 3, last)):
        text = lines[below].text
        if text.strip(" "):
            break
        if text and len(text) in (missing, missing - before):
            return Budgets(values, index, lines[below].end, missing - len(text), len(text))
    return Budgets(values, index, end)


def _words(line: Line, start: int, end: int, index: int, block: int) -> Iterator[Word]:
    for match in _WORD.finditer(line.text, start, end):
        yield Word(match[0], Span(line.start + match.start(), line.start + match.end()), index, block)
