"""Places on the pages of a PDF: how a store keeps them, and the boxes of a stretch of text.

A line of ``page_layouts`` (:mod:`indexer.storing.schema`) is one page. Lengths are kept in hundredths of a point: finer
than any screen shows, and whole numbers are short.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import astuple
from typing import Any

from indexer.records import Box, PageLayout, PlacedWord, Span

_TO_POINT = 100
_SAME_LINE = 0.5  # of the lower one's height that two words must share to stand on one line


def layout_values(document: str, layout: PageLayout) -> tuple[Any, ...]:
    """A page as a line of ``page_layouts``."""
    words = [[word.span.start, word.span.end, *map(_hundredths, astuple(word.box))] for word in layout.words]
    start = min((word.span.start for word in layout.words), default=None)
    end = max((word.span.end for word in layout.words), default=None)
    size = _hundredths(layout.width), _hundredths(layout.height)
    return document, layout.number, *size, start, end, json.dumps(words, separators=(",", ":"))


def layout_of(line: sqlite3.Row) -> PageLayout:
    """The page that a line of ``page_layouts`` holds."""
    words = tuple(
        PlacedWord(Span(start, end), Box(*(side / _TO_POINT for side in sides)))
        for start, end, *sides in json.loads(line["words"])
    )
    return PageLayout(line["page"], line["width"] / _TO_POINT, line["height"] / _TO_POINT, words)


def boxes_of(layout: PageLayout, span: Span) -> list[Box]:
    """The boxes of the words that reach into ``span``, in the order of the text; those of one line become one."""
    boxes: list[Box] = []
    for word in layout.words:
        if word.span.start >= span.end or word.span.end <= span.start:
            continue
        if boxes and _on_one_line(boxes[-1], word.box):
            boxes[-1] = _around(boxes[-1], word.box)
        else:
            boxes.append(word.box)
    return boxes


def _on_one_line(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _SAME_LINE * min(one.bottom - one.top, other.bottom - other.top)


def _around(one: Box, other: Box) -> Box:
    return Box(min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom))


def _hundredths(points: float) -> int:
    return round(points * _TO_POINT)
