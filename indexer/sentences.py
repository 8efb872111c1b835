"""Sentences of flattened text: where each begins and ends in the source.

Text that was flattened from pages is broken at line ends, at blank lines between the lines of double-spaced pages and
at page ends; headings, rows of tables and items of lists stand between its sentences without a full stop. A line goes
on in the next one when that begins with a small letter, or when the line is as full as those around it; rows and
headings stay alone. Nothing is changed: a sentence is a stretch of the source.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer import headings as forms
from indexer.marks import BULLETS, SIGNS
from indexer.records import Span
from indexer.turkish import fold

_FULL = 0.85
"""How much of the width of its neighbours a line takes, with the next word, when it was broken for want of room."""

_NARROW, _WIDE = 25, 200  # widths in characters at which lines are broken by a page and not by their writer
_NEIGHBOURS = 3  # lines on each side that show the width
_BLANK_LINES = 4  # blank lines that a sentence may run over: a page end between double-spaced lines

_LIST_MARK = re.compile(
    rf"(?:[{BULLETS}·–—→¾]|-(?=[\s\u00a0]*[^\W\d_])|o(?=\t| {{2,}})|[a-zçğıöşü](?:[.)]|-)(?=[\s\u00a0])|"
    r"\(?\d{1,2}(?:\)|[.\-]?\)|-(?=[\s\u00a0])|\.\t))"
)
_SECTION_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}\.[ \u00a0]")
_INLINE_MARK = re.compile(rf"(?<=[\s\u00a0])[{SIGNS}](?=[\s\u00a0])")
_STOP = re.compile(r"[.!?…]+[\"”’')\]»]*(?=[\s\u00a0])")
_NEXT = re.compile(r"[\s\u00a0]*[\"“‘'(\[«]*")
_LAST_WORD = re.compile(r"[^\s\u00a0(\"“]+\Z")
_HYPHEN_END = re.compile(r"[^\W\d_][-‐\u00ad¬]\Z")
_TERMINATED = re.compile(r"[.!?…:;][\"”’')\]»]*\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: its offsets without white space, and how many blank lines stand above it."""

    start: int
    end: int
    text: str
    blanks: int
    row: bool


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    data = tomllib.loads(resources.files("indexer").joinpath("data/abbreviations.toml").read_text("utf-8"))
    return frozenset(fold(word) for word in data["before"]), frozenset(fold(word) for word in data["either"])


def find_sentences(text: str) -> list[Span]:
    """The sentences of ``text``, in order.

    A heading, a row of a table and an item of a list count as sentences. Together they hold every visible character,
    each once; none begins or ends with white space.

    Args:
        text: a stretch of a document, verbatim.

    Returns:
        Spans that count from the start of ``text``.
    """
    spans: list[Span] = []
    for start, end in _blocks(text):
        spans += _split(text, start, end)
    return spans


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = blanks = 0
    for raw in text.split("\n"):
        core = forms.core(raw).strip()
        if core:
            first = start + raw.index(core)
            lines.append(_Line(first, first + len(core), core, blanks, _is_row(raw, core)))
            blanks = 0
        else:
            blanks += 1
        start += len(raw) + 1
    return lines


def _is_row(raw: str, core: str) -> bool:
    """Whether the line is a row of a table: cells between tabs, an empty cell at its end, or several figures there."""
    marked = _LIST_MARK.match(core) or _SECTION_NUMBER.match(core)
    cells = [cell for cell in core.split("\t") if forms.core(cell)]
    if len(cells) > (2 if marked or re.match(r"\d{1,2}\.\t", core) else 1):
        return True
    if raw.rstrip(" \r").endswith("\u00a0") or forms.is_figures(core):
        return True
    words = core.split()
    return len(words) > 2 and all(forms.is_figures(word) for word in words[-2:])


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of lines that belong together."""
    lines = _lines(text)
    first = 0
    for index, line in enumerate(lines):
        if index + 1 == len(lines) or not _goes_on(lines, index):
            yield lines[first].start, line.end
            first = index + 1


def _goes_on(lines: list[_Line], index: int) -> bool:
    """Whether line ``index`` and the one below it are one text."""
    line, below = lines[index], lines[index + 1]
    if line.row or below.row or below.blanks > _BLANK_LINES:
        return False
    if _HYPHEN_END.search(line.text) and below.text[0].islower():
        return True
    if _begins_item(below.text):
        return False
    terminated = _TERMINATED.search(line.text) is not None
    if below.blanks and terminated and not line.text.endswith(";"):
        return False
    if below.text[0].islower():
        return not (forms.is_capitals(line.text) and len(line.text) < _NARROW)
    if forms.is_capitals(line.text) != forms.is_capitals(below.text) and not _is_full(lines, index):
        return False
    if terminated:
        return _is_full(lines, index) or not line.text.endswith(":")
    if _SECTION_NUMBER.match(below.text) and below.blanks > 1:
        return False
    if line.text.endswith(",") and not below.blanks:
        return True
    return below.blanks <= 1 and _is_full(lines, index)


def _begins_item(text: str) -> bool:
    return bool(_LIST_MARK.match(text)) or unicodedata.category(text[0]) in ("So", "Co")


def _is_full(lines: list[_Line], index: int) -> bool:
    """Whether the next word had no room on the line, as the lines around it show."""
    line, below = lines[index], lines[index + 1]
    around = lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 2]
    width = max(len(other.text) for other in around if not other.row)
    if not _NARROW <= width <= _WIDE:
        return False
    return len(line.text) + 1 + len(below.text.split(maxsplit=1)[0]) >= _FULL * width


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of one block."""
    at = start
    number = _SECTION_NUMBER.match(text, start, end)
    stops = _STOP.finditer(text, number.end() - 1 if number else start, end)
    marks = [match.end() for match in stops if _ends(text, match, end)]
    marks += [match.start() for match in _INLINE_MARK.finditer(text, start, end)]
    for stop in sorted(marks):
        span = _trimmed(text, at, stop)
        if span is not None:
            yield span
        at = max(at, stop)
    span = _trimmed(text, at, end)
    if span is not None:
        yield span


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    core = piece.strip()
    if not core:
        return None
    first = start + len(piece) - len(piece.lstrip())
    return Span(first, first + len(core))


def _ends(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the stop that was matched ends a sentence."""
    following = _NEXT.match(text, match.end(), end)
    at = following.end() if following else match.end()
    if at >= end:
        return False
    after = text[at]
    if after.islower():
        return False
    if match[0][0] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, match.start() - 24), match.start())
    if word is None:
        return False
    before = fold(word[0])
    if before.isdigit() and len(before) <= 3:
        return _ends_after_number(text, word.start(), after)
    if len(before) == 1 and before.isalpha():
        return False  # an initial, the letter of an item
    if re.fullmatch(r"[ivx]{1,5}", before) and word[0].isupper():
        return False
    always, either = _abbreviations()
    bare = before.lstrip("•-–(\"'“")
    if bare in always or (bare not in either and re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", bare)):
        return False
    return not (bare in either and after.isdigit())


def _ends_after_number(text: str, start: int, after: str) -> bool:
    """Whether the stop after a small number ends the sentence: not that of an ordinal or of an item's number."""
    before = text[max(0, start - 2) : start]
    return not after.isalpha() or before.endswith(("%", "% ", ","))
