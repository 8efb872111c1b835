"""What stands above the rows of a delimited table: the caption before it, and the sections that its totals end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.records import Document, Row
from indexer.tables.entries import with_caption
from indexer.tables.number_words import is_grand_total, is_total

_LONGEST_CAPTION = 120  # characters
_NEAR = 2  # blank lines between a caption and its table
_BLANKS = " \t\r\u00a0"
_OPENS = re.compile(r"[A-ZÇĞİÖŞÜ0-9]")


def caption_above(document: Document, start: int) -> str:
    """The line right above a table where it reads as its caption; empty where it does not.

    Args:
        document: where the table stands.
        start: the offset of its first line.
    """
    at = document.line_at(start) - 2
    blank = 0
    while at >= 0 and blank < _NEAR and not document.lines[at].text.strip(_BLANKS):
        at, blank = at - 1, blank + 1
    text = document.lines[at].text if at >= 0 else ""
    bare = re.sub(r"[ \u00a0]+", " ", text.strip(_BLANKS))
    told = _OPENS.match(bare) and "\t" not in text and "|" not in text
    return bare if told and len(bare) <= _LONGEST_CAPTION and bare[-1] not in ".;,:!?" else ""


def captioned(context: tuple[str, ...], caption: str) -> tuple[str, ...]:
    """The heading path of a table with its caption, if that says enough and no heading of the path says it."""
    return with_caption(context, caption) if caption else context


def with_ended_sections(rows: Sequence[Row]) -> tuple[Row, ...]:
    """``rows``, those that add up more than the section that they stand below being in none.

    A grand total does, and the second total below one section. So does the only total of several sections, the last
    row of the table.
    """
    totals = [row for row in rows if is_total(row.label)]
    sections = {row.section for row in rows if row not in totals}
    alone = len(totals) == 1 and totals[0] is rows[-1] and len(sections) > 1
    ended: tuple[str, ...] | None = None
    told: list[Row] = []
    for row in rows:
        total = is_total(row.label)
        if total and row.section and (alone or is_grand_total(row.label) or row.section == ended):
            row = replace(row, section=())
        elif total:
            ended = row.section
        told.append(row)
    return tuple(told)
