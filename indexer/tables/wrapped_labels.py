"""Which lines of text above a line of values are that row's label, and which are rows without values of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.headings import is_unfinished
from indexer.tables.columns import header_key
from indexer.tables.headers import vocabulary
from indexer.tables.number_words import words as listed
from indexer.tables.sheet import Sheet
from indexer.tables.values import NBSP
from indexer.turkish import ascii_key

_REACH = 16  # lines between two rows of one table
_JOINING = ("ve", "ile", "veya", "-", ",")
CODE_PREFIX = re.compile(r"\d{1,3}[ .\-]\d{1,3}(?=[ .\-])")
_BRACKETS = re.compile(r"\([^()]*\)|%")
_BARE_CODE = re.compile(r"\d{1,3}(?:[ .\-]\d{1,3})*[.)]?")


def is_code_line(sheet: Sheet, index: int, prefixes: frozenset[str]) -> bool:
    """Whether the line holds a code alone, whose name stands on the lines below.

    A code of several numbers is told from values by its beginning: one of ``prefixes``, with which other rows begin.
    """
    text = sheet.text(index)
    begins = CODE_PREFIX.match(f"{text} ")
    if not (re.fullmatch(r"\d{1,3}", text) or (_BARE_CODE.fullmatch(text) and begins and begins[0] in prefixes)):
        return False
    below = next((at for at in range(index + 1, min(index + 3, len(sheet.lines))) if not sheet.blank(at)), None)
    return below is not None and not sheet.tails[below].values


def own_label(sheet: Sheet, waiting: list[int], index: int, *, first: bool) -> tuple[list[int], list[list[int]]]:
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
    spaced = sheet.spaced_at(index)
    torn_code = sheet.spaced and _has_code(text) and not _has_code(below)
    coded_name = len(block) > 1 and bool(_BARE_CODE.fullmatch(sheet.text(block[0]))) and not _has_code(below)
    coded_name = coded_name and _coded_beside(sheet, block[0], index)
    headless = header_key(sheet.tails[index].label) in vocabulary("organisation_end")  # "Müdürlüğü" names no unit
    torn_name = spaced and (is_unfinished(text) or is_fragment(sheet.tails[index].label))
    if torn_name:
        return True
    return near or bare_code or joined or torn_code or coded_name or headless or below[:1].islower()


def goes_on_below(above: Sequence[str], label: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether the lines ``above`` a table's first row begin its ``label``, and are no row of their own.

    Args:
        above: the lines between the header and the row.
        label: the lines of the row's label.
        others: those of the labels of the other rows. Where some of them wrap, a line is as wide as they are whose
            next word stands below.
    """
    if not label:
        return False
    below = " ".join(label)
    if is_fragment(below) or below[:1].islower() or is_unfinished(above[-1]):
        return True
    if any(lines and lines[-1] == label[-1] for lines in others):
        return False  # the kinds of money of one item, below it: "Hedef Bütçe", "Harcama"
    wrapped = any(len(lines) > 1 for lines in others)
    width = max((len(line) for lines in others for line in lines), default=0)
    return wrapped and not above[-1].isupper() and len(above[-1]) + 1 + len(below.split()[0]) > width


def is_fragment(label: str) -> bool:
    """Whether ``label`` can only be the end of one: it begins with a noun that belongs to a word before it."""
    keys = header_key(_BRACKETS.sub(" ", label)).split()
    if not keys:
        return False
    return keys[0] in listed("dependent_nouns") or all(key in listed("label_ends") for key in keys)


def _coded_beside(sheet: Sheet, first: int, index: int) -> bool:
    """Whether a row near the lines ``first`` to ``index`` has code, name and values on one line."""
    around = [*range(max(0, first - _REACH), first), *range(index + 1, min(index + 1 + _REACH, len(sheet.lines)))]
    return any(sheet.tails[at].values and _has_name(sheet.tails[at].label) for at in around)


def _has_name(text: str) -> bool:
    """Whether a code and a name begin the line."""
    return bool(re.match(r"(?:\d{1,3} )+[^\W\d_]", text.lstrip(NBSP + " ")))


def _has_code(text: str) -> bool:
    return bool(re.match(r"\d+(?:[.\- ]|$)", text))
