"""Finds runs of lines that end in numbers and puts their wrapped labels together: the body of a flattened table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.marks import SIGNS
from indexer.records import Span
from indexer.tables.column_names import cut_last_lines
from indexer.tables.number_words import head_length, is_total, words
from indexer.tables.sheet import Sheet
from indexer.tables.values import NBSP, Tail, Value
from indexer.tables.wrapped_labels import CODE_PREFIX, is_code_line, own_label
from indexer.turkish import ascii_key

_REACH = 16  # lines between two rows of one table
_LONG_REACH = 30  # the same where text that runs down the page stands between them
_LABEL_LINES = 8  # lines of text between two rows of one table
_LONGEST = 110  # characters; a longer line is prose
_AMOUNT = re.compile(r"[-−–]?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2})?(?: ?(?:TL|₺))?|[-−–]?\d+,\d{2}")
_MARKED = re.compile(rf"[ \t\u00a0]*[{SIGNS}][ \t\u00a0]")
_ABBREVIATION = re.compile(r"(?:^|[ .])[A-ZÇĞİÖŞÜ][^\W\d_]{0,3}\.$")  # "San. ve Tic.", "Ltd. Şti."
_SIGNS = ("(-)", "(+)")  # behind a label: what it says is subtracted or added
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass
class Draft:
    """A row in the making: the lines of its label, and its values in reading order."""

    label: list[str]
    values: list[Value]
    start: int
    end: int
    indent: int  # empty cells printed before the label
    trailing: int = 0  # ordinary spaces after the last value


@dataclass(frozen=True)
class Body:
    """Consecutive rows with ``width`` value columns; ``first`` and ``last`` are the indexes of their lines."""

    rows: tuple[Draft, ...]
    width: int
    first: int
    last: int


def find_bodies(sheet: Sheet) -> Iterator[Body]:
    """The bodies of all flattened numeric tables, in reading order."""
    run: list[int] = []
    for index in range(len(sheet.lines)):
        if not _seed(sheet.tails[index]):
            continue
        if run and not _same_run(sheet, run, index):
            yield from _bodies(sheet, run)
            run = []
        run.append(index)
    if run:
        yield from _bodies(sheet, run)


def _seed(split: Tail) -> bool:
    numbers = [value for value in split.values if value.kind == "number"]
    if len(numbers) > 1 and len(numbers) == len(split.values) and _are_years(numbers):
        return False  # the header of a comparison of years
    if split.label.endswith(":") and not is_total(split.label.rstrip(" :")):
        return False  # a name and its value in running text
    return (len(split.values) > 1 and bool(numbers)) or any(_AMOUNT.fullmatch(value.text) for value in numbers)


def _are_years(values: Sequence[Value]) -> bool:
    """Whether the values are years that follow each other."""
    if not all(_YEAR.fullmatch(value.text) for value in values):
        return False
    return all(int(after.text) - int(before.text) == 1 for before, after in pairwise(values))


def _same_run(sheet: Sheet, run: list[int], index: int) -> bool:
    last = run[-1]
    scraps = any(at in sheet.vertical for at in range(last + 1, index))
    if index - last > (_LONG_REACH if scraps else _REACH):
        return False
    between = [sheet.text(at) for at in range(last + 1, index) if not sheet.blank(at)]
    if is_total(sheet.tails[last].label) and _MARKED.match(sheet.lines[index].text):
        return False  # a list below the table
    if len(between) > _LABEL_LINES or any(_is_prose(text) for text in [*between, sheet.tails[index].label]):
        return False
    counts = len(sheet.tails[last].values), len(sheet.tails[index].values)
    changed = counts[0] != counts[1] and len(run) > 1 and min(counts) > 1
    parted = changed or is_total(sheet.tails[last].label)
    return not (parted and (_header_like(between) or cut_last_lines(between, counts[1]) is not None))


def _is_prose(text: str) -> bool:
    ended = text.endswith((".", ";", ":")) and not _ABBREVIATION.search(text)
    return len(text) > _LONGEST or (ended and len(text) > 40)


def _header_like(texts: Sequence[str]) -> bool:
    """Whether one of the lines between two rows is of a header: a column named total, years, the head of the labels."""
    keys = [ascii_key(text) for text in texts]
    if any(" " in key and all(_YEAR.fullmatch(word) for word in key.split()) for key in keys):
        return True
    return any(head_length(key.split()) or key in words("total_words") for key in keys)


def spaces_fill(values: Sequence[Value], trailing: int, width: int) -> bool:
    """Whether the spaces around ``values`` stand for just the empty cells that a row of ``width`` columns has left.

    A filled cell ends in one space, and an empty one is a space alone.
    """
    return len(values) + sum(value.gap - 1 for value in values) + max(0, trailing - 1) == width


def _with_ruled_rows(sheet: Sheet, run: list[int], width: int) -> list[int]:
    """``run`` with the rows above it whose spaces show all their empty cells, though they hold too few values."""
    above: list[int] = []
    for at in range(run[0] - 1, -1, -1):
        if sheet.blank(at):
            continue
        if not _is_ruled(sheet, at, width):
            break
        above.append(at)
    return [*above[::-1], *run]


def _is_ruled(sheet: Sheet, index: int, width: int) -> bool:
    split = sheet.tails[index]
    fewer = len(split.values) < width  # a line of as many is a row anyhow, or the header with its years
    return fewer and width > 2 and " " in split.label and spaces_fill(split.values, split.trailing, width)


def _bodies(sheet: Sheet, run: list[int]) -> Iterator[Body]:
    width = _width(sheet, run)
    run = _with_ruled_rows(sheet, run, width)
    if len(run) < 2 or width == 0:
        return
    rows = list(_rows(sheet, run, width))
    if len(rows) < 2:
        return
    first = run[0]
    while sheet.lines[first].start > rows[0].start:
        first -= 1
    yield Body(tuple(rows), width, first, run[-1])


def _width(sheet: Sheet, run: list[int]) -> int:
    """The number of value columns: what most lines of several values have; a lone full line decides, too."""
    counts = Counter(len(sheet.tails[index].values) for index in run if len(sheet.tails[index].values) > 1)
    if not counts:
        return 1
    most = max(counts.values())
    return max(count for count, times in counts.items() if times == most)


def _rows(sheet: Sheet, run: list[int], width: int) -> Iterator[Draft]:
    waiting: list[int] = []
    current: Draft | None = None
    usual = _usual_label_lines(sheet, run)
    begin = _first_label_line(sheet, run[0], usual, width)
    prefixes = frozenset(match[0] for at in run if (match := CODE_PREFIX.match(sheet.tails[at].label)))
    for index in range(begin, run[-1] + 1):
        split = sheet.tails[index]
        if len(split.values) > width and split.label and split.values[0].text in _SIGNS:
            split = split.keep(width, sheet.lines[index])  # "Ret ve İadeler (-)"
        if sheet.blank(index):
            continue
        if not split.values and not waiting and _is_ruled(sheet, index, width):
            if current:
                yield current
            current = _draft(sheet, [], index)
        elif not split.values or is_code_line(sheet, index, prefixes):
            waiting.append(index)
        elif split.label or waiting or current is None or len(current.values) + len(split.values) > width:
            if current:
                yield current
            own, above = own_label(sheet, waiting, index, first=current is None)
            for block in above:
                yield _draft(sheet, block, None)
            current = _draft(sheet, own, index, split)
            waiting = []
        else:
            current.values += split.values
            current.end = sheet.lines[index].end
    if current:
        yield current


def _usual_label_lines(sheet: Sheet, run: list[int]) -> int:
    """How many lines of text mostly stand above a line of bare values."""
    counts = Counter(
        sum(not sheet.blank(at) for at in range(before + 1, index))
        for before, index in pairwise(run)
        if not sheet.tails[index].label
    )
    return counts.most_common(1)[0][0] if counts else 1


def _first_label_line(sheet: Sheet, first: int, usual: int, width: int) -> int:
    """The line where the label of a table's first row begins; what stands above it is the header."""
    index, left = first, usual if not sheet.tails[first].label else 0
    while index > 0 and not sheet.blank(index - 1) and sheet.tails[first].label and _wraps(sheet, index - 1):
        if cut_last_lines([sheet.text(index - 1)], width) is not None:
            break
        index -= 1
    at = first
    while left and at > 0 and first - at < _REACH:
        at -= 1
        if not sheet.blank(at):
            left -= 1
            index = at
            if not sheet.spaced:
                while index > 0 and not sheet.blank(index - 1):
                    index -= 1
                break
    return index


def _wraps(sheet: Sheet, index: int) -> bool:
    """Whether the text of line ``index`` can go on in the line below: in most files a wrapped line ends in a space."""
    return sheet.lines[index].text.endswith(" ") and not sheet.tails[index].values and not sheet.spaced


def _draft(sheet: Sheet, label: list[int], index: int | None, split: Tail | None = None) -> Draft:
    texts = [sheet.text(at).strip(NBSP + " ") for at in label]
    spans = [Span(sheet.lines[at].start, sheet.lines[at].end) for at in label]
    values: list[Value] = []
    end = spans[-1].end if spans else 0
    trailing = 0
    if index is not None:
        split = split or sheet.tails[index]
        values = list(split.values)
        end = sheet.lines[index].end
        if split.label:
            texts.append(split.label.strip(NBSP + " "))
            spans.append(split.label_span)
        elif not spans:
            spans.append(Span(values[0].span.start, values[0].span.start))
        trailing = split.trailing
    first = sheet.text(label[0]) if label else sheet.tails[index].label if index is not None else ""
    indent = len(first) - len(first.lstrip(NBSP + " "))
    return Draft([text for text in texts if text], values, spans[0].start, end, (indent + 1) // 2, trailing)
