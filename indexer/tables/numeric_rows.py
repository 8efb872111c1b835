"""Finds runs of lines that end in numbers and puts their wrapped labels together: the body of a flattened table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.figures import NumberStyle
from indexer.records import Line, Span
from indexer.tables.column_names import cut_last_lines
from indexer.tables.columns import header_key
from indexer.tables.headers import vocabulary
from indexer.tables.number_words import head_length, is_total, words
from indexer.tables.values import NBSP, Tail, Value, tail
from indexer.turkish import ascii_key

_REACH = 16  # lines between two rows of one table
_LONG_REACH = 30  # the same where text that runs down the page stands between them
_LABEL_LINES = 8  # lines of text between two rows of one table
_LONGEST = 110  # characters; a longer line is prose
_AMOUNT = re.compile(r"[-−–]?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2})?(?: ?(?:TL|₺))?|[-−–]?\d+,\d{2}")
_JOINING = ("ve", "ile", "veya", "-", ",")
_MARKED = re.compile(r"[ \t\u00a0]*[•➢✓❖▪●◦►▶✔][ \t\u00a0]")
_CODE_PREFIX = re.compile(r"\d{1,3}[ .\-]\d{1,3}(?=[ .\-])")
_BARE_CODE = re.compile(r"\d{1,3}(?:[ .\-]\d{1,3})*[.)]?")
_ABBREVIATION = re.compile(r"(?:^|[ .])[A-ZÇĞİÖŞÜ][^\W\d_]{0,3}\.$")  # "San. ve Tic.", "Ltd. Şti."
_YEAR = re.compile(r"(?:19|20)\d\d")
_VERTICAL = 4  # characters of a line of text that runs down the page, and lines of which there are at least so many
_SPACED = 0.25  # share of lines with a line right below; less, and blank lines say nothing of what belongs together


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


@dataclass(frozen=True)
class Sheet:
    """The lines of a document, split into label and values; ``spaced``: a blank line stands after nearly every one."""

    lines: Sequence[Line]
    tails: Sequence[Tail]
    spaced: bool
    vertical: frozenset[int]

    @classmethod
    def of(cls, lines: Sequence[Line], style: NumberStyle) -> Sheet:
        """Splits all ``lines``; tab-separated lines are left whole, since their cells are not flattened."""
        empty = Span(0, 0)
        tails = [
            Tail(line.text, empty, (), 0) if "\t" in line.text else tail(line, style, measured=True) for line in lines
        ]
        filled = [index for index in range(len(lines) - 1) if not _is_blank(lines[index])]
        near = sum(not _is_blank(lines[index + 1]) for index in filled)
        return cls(lines, tails, near < _SPACED * max(1, len(filled)), frozenset(_vertical(lines)))

    def blank(self, index: int) -> bool:
        """Whether line ``index`` holds nothing but ordinary spaces, or a scrap of text that runs down the page."""
        return _is_blank(self.lines[index]) or index in self.vertical

    def text(self, index: int) -> str:
        """Line ``index`` without the spaces around it."""
        return self.lines[index].text.strip(" \t\r")


def _is_blank(line: Line) -> bool:
    """Whether ``line`` holds nothing but ordinary spaces."""
    return not line.text.strip(" \t\r")


def _vertical(lines: Sequence[Line]) -> Iterator[int]:
    """The lines of texts that run down the page and were cut into scraps of a few letters."""
    run: list[int] = []
    for index, line in enumerate(lines):
        text = line.text.strip(" \t\r")
        if text and (len(text) > _VERTICAL or any(character.isdigit() for character in text) or text in ("TL", "%")):
            if len(run) >= _VERTICAL and any(lines[at].text.strip(NBSP + " ") for at in run):
                yield from run
            run = []
        elif text:
            run.append(index)


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
    if not split.label and len(numbers) > 1 and _are_years(numbers):
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
    return width > 2 and " " in split.label and spaces_fill(split.values, split.trailing, width)


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
    prefixes = frozenset(match[0] for at in run if (match := _CODE_PREFIX.match(sheet.tails[at].label)))
    for index in range(begin, run[-1] + 1):
        split = sheet.tails[index]
        if sheet.blank(index):
            continue
        if not split.values and not waiting and _is_ruled(sheet, index, width):
            if current:
                yield current
            current = _draft(sheet, [], index)
        elif not split.values or _is_code_line(sheet, index, prefixes):
            waiting.append(index)
        elif split.label or waiting or current is None or len(current.values) + len(split.values) > width:
            if current:
                yield current
            own, above = _own_label(sheet, waiting, index, first=current is None)
            for block in above:
                yield _draft(sheet, block, None)
            current = _draft(sheet, own, index)
            waiting = []
        else:
            current.values += split.values
            current.end = sheet.lines[index].end
    if current:
        yield current


def _is_code_line(sheet: Sheet, index: int, prefixes: frozenset[str]) -> bool:
    """Whether the line holds a code alone, whose name stands on the lines below.

    A code of several numbers is told from values by its beginning: one of ``prefixes``, with which other rows begin.
    """
    text = sheet.text(index)
    begins = _CODE_PREFIX.match(f"{text} ")
    if not (re.fullmatch(r"\d{1,3}", text) or (_BARE_CODE.fullmatch(text) and begins and begins[0] in prefixes)):
        return False
    below = next((at for at in range(index + 1, min(index + 3, len(sheet.lines))) if not sheet.blank(at)), None)
    return below is not None and not sheet.tails[below].values


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


def _own_label(sheet: Sheet, waiting: list[int], index: int, *, first: bool) -> tuple[list[int], list[list[int]]]:
    """Parts the text above a line of values into that row's label and the rows without values above it."""
    blocks = _blocks(waiting)
    label = sheet.tails[index].label
    own: list[int] = []
    if blocks and (first or not label or _goes_on(sheet, blocks[-1], index)):
        own = blocks.pop()
        while blocks and (sheet.spaced or _goes_on(sheet, blocks[-1], own[0])):
            own = blocks.pop() + own
    if own and not label:
        bare = [at for at, block in enumerate(blocks) if _BARE_CODE.fullmatch(sheet.text(block[0]))]
        joined = [at for block in blocks[bare[-1] :] for at in block] + own if bare else []
        if joined and not any(_has_code(sheet.text(at)) for at in joined[1:]):
            own, blocks = joined, blocks[: bare[-1]]  # a code alone, and its name over several blocks
    return own, blocks


def _blocks(waiting: list[int]) -> list[list[int]]:
    blocks: list[list[int]] = []
    for at in waiting:
        if blocks and at == blocks[-1][-1] + 1:
            blocks[-1].append(at)
        else:
            blocks.append([at])
    return blocks


def _goes_on(sheet: Sheet, block: list[int], index: int) -> bool:
    """Whether the label in ``block`` goes on in the text of line ``index``."""
    text, below = sheet.text(block[-1]), sheet.text(index)
    if _has_name(sheet.text(block[0])) and _has_name(below):
        return False  # each has a code of its own
    near = index == block[-1] + 1
    words = ascii_key(text).split()
    bare_code = bool(words) and all(word.strip(".-").isdigit() for word in words)
    joined = bool(words) and words[-1].endswith(_JOINING) and (words[-1] in _JOINING or words[-1][-1] in "-,")
    torn_code = sheet.spaced and _has_code(text) and not _has_code(below)
    coded_name = len(block) > 1 and bool(_BARE_CODE.fullmatch(sheet.text(block[0]))) and not _has_code(below)
    coded_name = coded_name and _coded_beside(sheet, block[0], index)
    headless = header_key(sheet.tails[index].label) in vocabulary("organisation_end")  # "Müdürlüğü" names no unit
    return near or bare_code or joined or torn_code or coded_name or headless or below[:1].islower()


def _coded_beside(sheet: Sheet, first: int, index: int) -> bool:
    """Whether a row near the lines ``first`` to ``index`` has code, name and values on one line."""
    around = [*range(max(0, first - _REACH), first), *range(index + 1, min(index + 1 + _REACH, len(sheet.lines)))]
    return any(sheet.tails[at].values and _has_name(sheet.tails[at].label) for at in around)


def _has_name(text: str) -> bool:
    """Whether a code and a name begin the line."""
    return bool(re.match(r"(?:\d{1,3} )+[^\W\d_]", text.lstrip(NBSP + " ")))


def _has_code(text: str) -> bool:
    return bool(re.match(r"\d+(?:[.\- ]|$)", text))


def _draft(sheet: Sheet, label: list[int], index: int | None) -> Draft:
    texts = [sheet.text(at).strip(NBSP + " ") for at in label]
    spans = [Span(sheet.lines[at].start, sheet.lines[at].end) for at in label]
    values: list[Value] = []
    end = spans[-1].end if spans else 0
    trailing = 0
    if index is not None:
        split = sheet.tails[index]
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
