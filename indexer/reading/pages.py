"""Page starts, and printed page numbers where the text makes them certain.

A form feed starts a page. Where there is none, text flattened from PDF shows a new page as a line that begins with
exactly one space right after a line that is not blank, or as a line after three or more empty ones. The latter kinds
miss pages and invent some, so printed numbers count only where the counted pages agree with them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from indexer.records import Page

_HEADER_BEFORE = re.compile(r"\s*(\d{1,3})(?: {2,}|\t| (?=[^\W\d_a-zçğıöşü]))\s*[^\W\d_].*[^\W\d_]\s*")
_HEADER_AFTER = re.compile(r"\s*[^\s].*[^\W\d_](?: {2,}|\t)\s*(\d{1,3})\s*")
_LONE_NUMBER = re.compile(r"[\s\-–]*(\d{1,3})[\s\-–]*")

# A number found by counting is kept where this share of the stretches between two printed numbers has the page count
# that the numbers ask for; below it the page starts themselves are not to be trusted.
_RELIABLE_SHARE = 0.75
_MIN_STRETCHES = 2
_MIN_FEED_VOTES = 3


def find_pages(text: str) -> tuple[Page, ...]:
    """The page starts of ``text`` in order; ``number`` is None wherever the text does not make it certain."""
    if "\f" in text.strip("\f"):
        return _form_feed_pages(text)
    return _flattened_pages(text)


def _form_feed_pages(text: str) -> tuple[Page, ...]:
    starts = [0, *(match.end() for match in re.finditer("\f", text) if match.end() < len(text))]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    shifts: Counter[int] = Counter()
    printed: list[set[int]] = []
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        lines = [line for line in text[start:end].split("\n") if line.strip()]
        edge = {number for line in (lines[:1] + lines[-1:]) if (number := _printed_number(line)) is not None}
        printed.append(edge)
        shifts.update(number - index for number in edge)
    shift, votes = shifts.most_common(1)[0] if shifts else (0, 0)
    candidates = sum(bool(numbers) for numbers in printed)
    if votes < _MIN_FEED_VOTES or votes * 2 <= candidates:
        return tuple(Page(start) for start in starts)
    return tuple(Page(start, index + shift if index + shift > 0 else None) for index, start in enumerate(starts))


def _flattened_pages(text: str) -> tuple[Page, ...]:
    starts: list[int] = []
    anchors: list[tuple[int, int]] = []  # position in ``starts``, printed number
    offset, empty, above = 0, 3, ""
    for line in text.split("\n"):
        if line and line != "\r":
            indented = line[0] == " " and line[1:2].strip() != ""
            if (empty >= 3 and line.strip()) or (indented and not empty and above.strip()):
                starts.append(offset)
                if (number := _header_number(line)) is not None:
                    anchors.append((len(starts) - 1, number))
            above, empty = line, 0
        else:
            empty += 1
        offset += len(line) + 1
    numbers = _numbers_by_count(anchors)
    return tuple(Page(start, numbers.get(index)) for index, start in enumerate(starts))


def _numbers_by_count(anchors: list[tuple[int, int]]) -> dict[int, int]:
    stretches = [pair for pair in pairwise(anchors) if pair[1][1] > pair[0][1]]
    agreeing = [pair for pair in stretches if pair[1][0] - pair[0][0] == pair[1][1] - pair[0][1]]
    if len(stretches) < _MIN_STRETCHES or len(agreeing) < _RELIABLE_SHARE * (len(anchors) - 1):
        return {}
    # The last page of a stretch is known as well only if the next stretch agrees: its own end was not counted.
    return {
        position: first_number + position - first
        for (first, first_number), (last, _) in agreeing
        for position in range(first, last)
    }


def _header_number(line: str) -> int | None:
    match = _HEADER_BEFORE.fullmatch(line) or _HEADER_AFTER.fullmatch(line)
    return int(match[1]) if match else None


def _printed_number(line: str) -> int | None:
    match = _LONE_NUMBER.fullmatch(line)
    return int(match[1]) if match else _header_number(line)
