"""The units that the card of a target names below or above its indicators: "Sorumlu Birim", "Hedeften Sorumlu Birim".

The words are in ``indexer/data/forms.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from indexer.outline import GOAL, TARGET, Outline
from indexer.records import Document, Line
from indexer.tables.forms import clean, ends_with_unit, form_words, line_key, split_units

_REACH = 25  # lines from the indicators to the field
_LINES = 4  # of a field's value
_BRACKET = r"(?:\([^()]*\))?"
_MARKS = " :-–\t\u00a0"


def card_units(document: Document, outline: Outline, first: int, last: int, end: int) -> tuple[str, ...]:
    """The responsible units that the card of the indicators on the lines ``first`` to ``last`` names.

    Args:
        document: where the card stands.
        outline: its headings; the card begins with that of its target, and another one ends it.
        first: position of the first line of the table of indicators in ``document.lines``.
        last: that of its last line.
        end: that of the next table's header, or the number of lines.
    """
    lines = document.lines
    starts = [document.line_at(h.span.start) - 1 for h in outline.headings if GOAL <= h.level <= TARGET]
    begin = max((at for at in starts if at <= first), default=first)
    stop = min((at for at in starts if at > last), default=end)
    head = first
    while head > max(begin, first - _REACH) and not _is_foreign(document, lines[head - 1]):
        head -= 1
    above = _field(document, head, first)
    return above or _field(document, last + 1, min(stop, end, last + 1 + _REACH))


def _is_foreign(document: Document, line: Line) -> bool:
    """Whether a line is of another table, or of an activity's form, which has responsible units of its own."""
    key = line_key(document, line)
    return "\t" in key or key.startswith(("|", "tablo ")) or _activity_form().match(key) is not None


def _field(document: Document, first: int, end: int) -> tuple[str, ...]:
    """The units of the first field of responsible units on the lines from ``first`` to ``end``."""
    lines = document.lines
    for at in range(first, end):
        if _is_foreign(document, lines[at]):
            break
        match = _label("responsible").match(line_key(document, lines[at]))
        if match is None:
            continue
        texts = [clean(lines[at].text)[match.end() :].strip(_MARKS)]
        for below in range(at + 1, min(end, at + _LINES)):
            text = clean(lines[below].text)
            if not text or _begins_field(line_key(document, lines[below])):
                break
            whole = ends_with_unit(" ".join(texts))
            if whole and not ends_with_unit(text):
                break
            texts.append(text)
        units = split_units(" ".join(texts))
        return tuple(unit for unit in units if ends_with_unit(unit))
    return ()


def _begins_field(key: str) -> bool:
    return any(_label(name).match(key) for name in ("responsible", "others"))


@cache
def _label(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in form_words("card", name))
    return re.compile(rf"(?:{words})(?!\w){_BRACKET}")


@cache
def _activity_form() -> re.Pattern[str]:
    words = (*form_words("fields", "activity"), *form_words("fields", "institution"))
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)")
