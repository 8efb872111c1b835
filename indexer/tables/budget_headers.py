"""Recovers the names of value columns from a header that PDF extraction has shredded into lines.

How many columns there are is known from the rows. The pieces of a header are printed column after column, each from
top to bottom; what parts two columns differs from file to file (a year, a unit in parentheses, a line that does not
end in a space, a head noun), so each cue is tried and the first that gives exactly the right number of names decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from indexer.headings import is_title_case, is_unfinished
from indexer.repair import join_wrapped
from indexer.tables.column_names import NamedColumns, cut_last_lines, cut_years
from indexer.tables.entries import page_start
from indexer.tables.number_words import head_length, words
from indexer.tables.sheet import Sheet
from indexer.tables.values import is_unit_word
from indexer.turkish import ascii_key

_YEAR = re.compile(r"(?:19|20)\d\d\.?")
_ROMAN = re.compile(r"[IVX]+")
_AMOUNT = re.compile(r"\d[.,]\d\d")
_HIGHEST = 60  # lines that a header can span
_LONGEST = 115  # characters of a header line
_SPACED_LINES = 12  # lines of a header whose beginning nothing shows
_SURE_CUES = 6  # the cues that a header without the head of a label column can be read by
_CAPTION_LINES = 3
_LABEL_LINES = 3  # of a first row that can stand between the header and its values
_LONGEST_END = 12  # characters of a piece that can end in a full stop, such as an abbreviation
_LONGEST_UNIT = 3  # characters of a unit that is written as a symbol
_NEAR = 45  # characters of a line that can be a piece of a header
_LONGEST_NAME = 80  # characters of a column's name


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's value columns; ``first`` is the index of the header's first line.

    ``known`` is false where the header does not give exactly one name a column and the names are only numbered.
    """

    names: tuple[str, ...]
    caption: tuple[str, ...]
    first: int
    known: bool
    headed: bool  # the label column's own head stands in it
    text: str
    surplus: tuple[int, ...] = ()  # lines below the names: the label of the first row without values
    label: str = ""  # the name of the label column, where it is told from the others


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of the header; the flags say what follows it in print."""

    text: str
    key: str
    line: int
    ends_line: bool
    open_end: bool  # the line ends in a space: its cell goes on below
    ends_block: bool
    wide_after: bool
    torn: bool = False  # a hyphen breaks it, though a word stands before it on its line


class _Gap(NamedTuple):
    """The place between two words of a header, where one name may end and the next begin."""

    before: _Piece
    after: _Piece


_Cue = Callable[[_Gap], bool]


def read_header(sheet: Sheet, first_row: int, width: int, stop: int, *, dates: int = 0) -> Header:
    """The header above the row that begins on line ``first_row``, for ``width`` columns.

    Args:
        sheet: the lines of the document.
        first_row: index of the line that the first row begins on.
        width: number of value columns.
        stop: index of the first line that can belong to the header; those before it are another table's.
        dates: how many of the first columns hold dates.
    """
    zone = _zone(sheet, first_row, stop, width)
    start, offset = _head_of_labels(sheet, zone)
    if zone and not offset:
        start = _last_block(sheet, zone)
    caption = _caption(sheet, [at for at in zone if at < start and not sheet.tails[at].values])
    lines = [at for at in zone if at >= start]
    text = " ".join(sheet.text(at) for at in zone)
    marks = _roman_marks(sheet, lines)
    pieces = list(_healed(_pieces(sheet, [at for at in lines if at not in marks], offset)))
    if len(pieces) > width and pieces[0].key in words("group_heads"):
        del pieces[0]  # the name over the first columns
    headed = offset > 0
    cut, surplus = _cut_above(sheet, zone, width)
    if cut is not None:
        at, columns = zone[cut[0]], cut[1]
        above = [sheet.text(line) for line in zone if line < at and not sheet.tails[line].values]
        caption = tuple(text for text in above[-1:] if text[0].isupper() or text[0].isdigit())
        own = " ".join(sheet.text(line) for line in zone if line >= at and line not in surplus)
        return Header(columns.names, caption, at, True, True, own, surplus, columns.label)
    parts = _names(pieces, width, dates, headed=headed)
    if parts is None:
        numbered = tuple(f"{number}. sütun" for number in range(1, width + 1))
        return Header(numbered, caption, start, False, headed, text)
    names = [_name(part) for part in parts]
    below = tuple(at for at in lines if at not in marks and at > parts[-1][-1].line)
    romans = [word for at in marks for word in sheet.text(at).split()]
    if len(romans) <= width:
        names = [*(f"{name} ({mark})" for name, mark in zip(names, romans, strict=False)), *names[len(romans) :]]
    return Header(tuple(names), caption, start, True, headed, text, below)


def _cut_above(
    sheet: Sheet, zone: Sequence[int], width: int
) -> tuple[tuple[int, NamedColumns] | None, tuple[int, ...]]:
    """The header that ends the zone by the grammar of names, or ends right above lines of the first row's label."""
    texts = [sheet.text(at) for at in zone]
    for below in range(min(_LABEL_LINES, len(zone) - 1) + 1):
        cut = cut_last_lines(texts[: len(texts) - below], width)
        if cut is not None:
            return cut, tuple(zone[len(zone) - below :])
        if _names_column(texts[len(texts) - below - 1]):
            break  # this line is of the header
    return cut_years(texts, width), ()


def _names_column(text: str) -> bool:
    """Whether a line is a year, a unit, or ends in the noun of a column's name."""
    last = ["", *ascii_key(text).split()][-1].strip("()")  # a line can hold white space alone
    return bool(_YEAR.fullmatch(last)) or last in (*words("head_nouns"), *words("dependent_nouns"), "tl", "%", "tahmin")


def _zone(sheet: Sheet, first_row: int, stop: int, width: int) -> list[int]:
    zone: list[int] = []
    for at in range(first_row - 1, max(stop, first_row - _HIGHEST) - 1, -1):
        if sheet.blank(at):
            continue
        text = sheet.text(at)
        values = [value.text for value in sheet.tails[at].values if value.kind == "number"]
        amounts = [value for value in values if not _YEAR.fullmatch(value)]
        ended = text.endswith((".", ";", ":")) and len(text) > _LONGEST_END
        long = len(text) > _LONGEST and cut_last_lines([text], width) is None
        if "\t" in text or long or ended or len(amounts) > 1:
            break
        zone.append(at)
    return zone[::-1]


def _caption(sheet: Sheet, above: Sequence[int]) -> tuple[str, ...]:
    """The line nearest above the header with those that it goes on from; nothing where that reads as no title."""
    if not above or page_start(sheet.lines[above[-1] + 1], sheet.lines[above[-1]]):
        return ()  # what ends the page above names nothing on this one
    first = len(above) - 1
    while first and len(above) - first < _CAPTION_LINES and _goes_on(sheet, above[first - 1], above[first]):
        first -= 1
    text = join_wrapped(sheet.text(at) for at in above[first:])
    return (text,) if text[0].isupper() or text[0].isdigit() else ()


def _goes_on(sheet: Sheet, index: int, below: int) -> bool:
    """Whether the title on line ``below`` began on line ``index``: right above it, or it cannot end there."""
    text = sheet.text(index)
    if not text[0].isupper() and not text[0].isdigit():
        return False
    near = below == index + 1 and sheet.lines[index].text.endswith(" ") and not sheet.spaced
    return (near and is_title_case(text)) or (below - index <= 2 and is_unfinished(text))


def _last_block(sheet: Sheet, zone: Sequence[int]) -> int:
    """The first of the lines that stand together right above the first row; a guess where all lines stand apart."""
    first = zone[-1]
    for at in reversed(zone[:-1]):
        if first - at > 2 or (first - at == 2 and len(sheet.text(at)) > _NEAR):
            break
        first = at
    return zone[max(0, len(zone) - _SPACED_LINES)] if sheet.spaced else first


def _head_of_labels(sheet: Sheet, zone: Sequence[int]) -> tuple[int, int]:
    """The last line of ``zone`` that begins with the head of a label column, and how many words the heads have.

    A line above that holds nothing but heads of label columns belongs to it.
    """
    keys = [[ascii_key(word) for word in sheet.text(at).split()] for at in zone]
    heads = [head_length(line) for line in keys]
    for index, (line, below) in enumerate(pairwise(keys)):
        length = head_length([*line, *below]) if not heads[index] else 0
        if length > len(line):  # a head that goes on in the line below
            heads[index : index + 2] = [len(line), length - len(line)]
    while heads and heads[-1] == len(keys[len(heads) - 1]):
        heads.pop()  # names of columns must follow
    heads += [0] * (len(keys) - len(heads))
    last = next((index for index in range(len(zone) - 1, -1, -1) if heads[index]), None)
    if last is None:
        return (zone[0] if zone else 0), 0
    first = last
    while first and heads[first - 1] and heads[first - 1] == len(keys[first - 1]):
        first -= 1
    return zone[first], sum(heads[first : last + 1])


def _roman_marks(sheet: Sheet, lines: Sequence[int]) -> list[int]:
    """Lines of Roman numerals alone, which number the columns above them."""
    return [at for at in lines if all(_ROMAN.fullmatch(word) for word in sheet.text(at).split())]


def _pieces(sheet: Sheet, lines: Sequence[int], skip: int) -> Iterator[_Piece]:
    for at in lines:
        text = sheet.lines[at].text
        found = list(re.finditer(r"[^ \t\u00a0\r]+", text))
        for index, match in enumerate(found):
            if skip:
                skip -= 1
                continue
            last = index + 1 == len(found)
            below = at + 1 >= len(sheet.lines) or sheet.blank(at + 1)
            wide = not last and found[index + 1].start() - match.end() > 1
            yield _Piece(match[0], ascii_key(match[0]), at, last, text.endswith(" "), last and below, wide)


def _healed(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """``pieces`` with the two halves of a word that a hyphen breaks at the end of a line as one."""
    held: _Piece | None = None
    line = -1
    for piece in pieces:
        if held and held.ends_line and re.search(r"[^\W\d_]-$", held.text) and piece.text[0].islower():
            text = held.text[:-1] + piece.text
            held = replace(piece, text=text, key=ascii_key(text), torn=held.line == line)
            continue
        if held:
            line = held.line
            yield held
        held = piece
    if held:
        yield held


def _names(pieces: Sequence[_Piece], width: int, dates: int, *, headed: bool) -> list[list[_Piece]] | None:
    if not pieces:
        return None
    silent: list[_Cue] = [] if any(piece.wide_after for piece in pieces) else [_wide]
    if not any(piece.open_end for piece in pieces):
        silent += [_closed_line, _closed_or_noun]  # all lines end alike
    for cue in _CUES if headed else _CUES[:_SURE_CUES]:
        if cue in silent:
            continue
        parts = _split(pieces, cue)
        if cue is _closed_line and headed and len(parts) > width and all(p[-1].ends_block for p in parts[width - 1 :]):
            parts = parts[:width]  # what follows the header in blocks of its own is a section of the rows
        if not headed and len(parts) == width + 1:
            parts = parts[1:]  # the first name is that of the labels
        if dates == 1 and len(parts) == width - 1 and (split := _split_date(parts[0])):
            parts = [*split, *parts[1:]]
        bare = [len(part) == 1 and _YEAR.fullmatch(part[0].text) is not None for part in parts]
        if not headed and len(parts) > 2 and not bare[0] and all(bare[1:-1]):
            continue  # a name before the years is that of the labels
        if len(parts) == width and all(_plausible(part) for part in parts):
            return parts
    return None


def _plausible(part: Sequence[_Piece]) -> bool:
    """Whether the words can be one name: what stands in parentheses or is a % sign closes it, and it is no sentence."""
    closed = any(_unit(_Gap(before, after)) for before, after in pairwise(part))
    length = sum(len(piece.text) + 1 for piece in part)
    counted = len(part) > 1 and part[-1].text.isdigit()
    if counted or any(_AMOUNT.search(piece.text) for piece in part):
        return False
    letters = any(character.isalpha() for piece in part for character in piece.text)
    nouns = [piece.key for piece in part if piece.key in words("head_nouns")]
    begins = part[0].text[0].isupper() or _YEAR.fullmatch(part[0].text) or part[0].text[0] == "%"
    if not (letters or _YEAR.fullmatch(part[0].text)) or not begins or part[0].key in words("dependent_nouns"):
        return False
    return not closed and length <= _LONGEST_NAME and len(nouns) == len(set(nouns))


def _split(pieces: Sequence[_Piece], cue: _Cue) -> list[list[_Piece]]:
    parts: list[list[_Piece]] = [[pieces[0]]]
    for before, piece in pairwise(pieces):
        if cue(_Gap(before, piece)):
            parts.append([])
        parts[-1].append(piece)
    return parts


def _split_date(part: list[_Piece]) -> tuple[list[_Piece], list[_Piece]] | None:
    """Parts a date column's name from the next one; of a doubled word, the first is the head of the labels."""
    for index, piece in enumerate(part[:-1]):
        if piece.key in words("date_nouns"):
            begin = 1 if index > 1 and part[0].key == part[1].key else 0
            return part[begin : index + 1], part[index + 1 :]
    return None


def _name(part: Sequence[_Piece]) -> str:
    return " ".join(piece.text for piece in part)


def _year(gap: _Gap) -> bool:
    return _YEAR.fullmatch(gap.after.text) is not None


def _unit(gap: _Gap) -> bool:
    closes = gap.before.text.endswith(")") or gap.before.text == "%"
    return closes and not gap.after.text.startswith("(")


def _closed_line(gap: _Gap) -> bool:
    return gap.before.ends_line and not gap.before.open_end


def _wide(gap: _Gap) -> bool:
    return gap.before.wide_after or gap.before.ends_line


def _head_noun(gap: _Gap) -> bool:
    before = gap.before
    ended = before.key in words("head_nouns") or (len(before.text) <= _LONGEST_UNIT and is_unit_word(before.text))
    if before.key == "toplam" and not before.ends_line:
        ended = False  # it describes the noun that follows
    return ended and gap.after.key not in words("dependent_nouns") and not gap.after.text.startswith(("(", "%"))


def _lone_total(gap: _Gap) -> bool:
    return gap.after.key == "toplam" and gap.after.ends_block


def _compound(gap: _Gap) -> bool:
    """A word in the possessive belongs to the one before it; any other begins a name of its own."""
    possessive = re.search(r"(?:[aeiou]s|[^aeiou])[iu]$", gap.after.key) is not None and len(gap.after.key) > 4
    return not possessive and not gap.after.text.startswith("(")


def _block(gap: _Gap) -> bool:
    return gap.before.ends_block


def _torn(gap: _Gap) -> bool:
    """A column is narrow where a hyphen breaks its name: the word before it on its line is another column's."""
    return gap.after.torn


def _line(gap: _Gap) -> bool:
    return gap.before.ends_line


def _any(*cues: _Cue) -> _Cue:
    return lambda gap: any(cue(gap) for cue in cues)


_closed_or_noun = _any(_closed_line, _head_noun)
_CUES: tuple[_Cue, ...] = (
    _wide,
    _year,
    _closed_line,
    _unit,
    _head_noun,
    _any(_unit, _year),
    _any(_unit, _lone_total),
    _any(_unit, _year, _lone_total),
    _any(_unit, _head_noun),
    _any(_year, _head_noun),
    _closed_or_noun,
    _block,
    _any(_block, _torn),
    _line,
    lambda _: True,
    _compound,
)
