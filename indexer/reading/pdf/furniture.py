"""What is printed on page after page and is no part of the text: running headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.reading.pdf.ink import Ink, Line, Word, text_of
from indexer.reading.pdf.lines import ONE_CELL, foot, lines_of, pieces, size_of

_MARGIN = 0.11  # of the page's height at its top and bottom
_LINES = 4  # at each end of a page
_PIECES = 3  # beside each other: left, middle and right; a table's header has more
_TIMES = 3  # pages that print it
_OFTEN = 0.2  # share of the pages from the first to the last one that print it
_BELOW = 1.6  # of the margin, how far down a header may go on that begins in it
_SAME_PLACE = 4.0  # points
_NUMBER = re.compile(r"\d{1,4}")
_LONE = re.compile(r"[-–—|\s]*(?:(?:Sayfa|SAYFA|S\.|Page)\s*)?(\d{1,4})(?:\s*[/|]\s*\d{1,4})?[-–—|\s]*", re.UNICODE)
_NUMBERED_TIMES = 2  # pages whose lone numbers count on as the pages do

_Key = tuple[str, int, int]


def without_furniture(pages: Sequence[Ink]) -> list[Ink]:
    """The pages without what is printed on them again and again."""
    seen: dict[_Key, list[int]] = defaultdict(list)
    numbered: dict[int, set[int]] = defaultdict(set)
    for place, page in enumerate(pages):
        for line, end in _edge_lines(page):
            for key in _keys(line, end, page, place):
                seen[key].append(place)
            if match := _LONE.fullmatch(text_of(line)):
                numbered[int(match[1]) - place].add(place)
    running = {key for key, places in seen.items() if _is_running(places)}
    shifts = {shift for shift, places in numbered.items() if len(places) >= _NUMBERED_TIMES}
    return [_cleaned(page, place, running, shifts) for place, page in enumerate(pages)]


def _edge_lines(page: Ink) -> Iterator[tuple[Line, int]]:
    """The lines at the top and at the bottom of a page, with where they are (0, 1)."""
    band = _MARGIN * page.height
    over = lines_of(word for word in page.words if word.bottom <= band)[:_LINES]
    under = lines_of(word for word in page.words if word.top >= page.height - band)[-_LINES:]
    yield from ((line, 0) for line in over)
    yield from ((line, 1) for line in under)


def _keys(line: Line, end: int, page: Ink, place: int) -> Iterator[_Key]:
    """What a line has in common with that of another page: its text, where numbers may count on with the pages."""
    if len(pieces(line, 1.5)) > _PIECES:
        return
    text = text_of(line)
    height = foot(line) if end == 0 else page.height - foot(line)
    for row in {round(height / _SAME_PLACE), round(height / _SAME_PLACE + 0.5)}:
        yield text, end, row
        counted = _NUMBER.sub(lambda match: f"<{int(match[0]) - place}>", text)
        if counted != text:
            yield counted, end, row


def _is_running(places: Sequence[int]) -> bool:
    pages = sorted(set(places))
    return len(pages) >= _TIMES and len(pages) >= _OFTEN * (pages[-1] - pages[0] + 1)


def _heads_of_tables(page: Ink) -> set[Word]:
    """The words at the top of a page that belong to the header of a table: close lines, some with several things."""
    lines = lines_of(word for word in page.words if word.bottom <= _BELOW * _MARGIN * page.height)
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and foot(line) - foot(blocks[-1][-1]) <= ONE_CELL * size_of(line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    heads = [block for block in blocks if len(block) > 1 and any(len(pieces(line)) >= _PIECES for line in block)]
    return {word for block in heads for line in block for word in line}


def _cleaned(page: Ink, place: int, running: set[_Key], shifts: set[int]) -> Ink:
    gone: set[Word] = set()
    for line, end in _edge_lines(page):
        lone = _LONE.fullmatch(text_of(line))
        if (lone and int(lone[1]) - place in shifts) or any(key in running for key in _keys(line, end, page, place)):
            gone.update(line)
    if gone:
        gone -= _heads_of_tables(page)
    return replace(page, words=tuple(word for word in page.words if word not in gone)) if gone else page
