"""Numbers that say where something stands, not how much there is: serials, headings, pages, laws, footnotes."""

from __future__ import annotations

import re

from indexer.marks import BULLETS
from indexer.records import Figure
from indexer.turkish import ascii_key
from qa.finding.row_words import word_pattern
from qa.finding.statements import Statement
from qa.finding.vocabulary import says

_LONGEST = 4  # digits of a number of a heading, a page or a serial
_BLANK = f" \t\u00a0{BULLETS}"
_ROW = re.compile(r"[.)]?-?[ \t\u00a0]+[(“\"'‘]?[A-ZÇĞİÖŞÜ]")
_HEADING = re.compile(r"[ \u00a0]?\)?[ \u00a0]?(?:[:–-]|\.(?=[ \u00a0]*\n))")
_ITEM = re.compile(r"[.)]?[-–)][ \u00a0]+[^\W\d_]")
_DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2})+[ \u00a0]?[.)–-]*[ \u00a0]*(?=[A-ZÇĞİÖŞÜ])")
_ORDINAL = re.compile(r"\.[ \u00a0]*\n?[ \u00a0]*[^\W\d_]")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.?[ \u00a0\n]*\(?[ \u00a0]*\Z")
_NEXT_WORD = re.compile(r"[ \u00a0\n'’]{0,3}([^\W\d_]+)")
_ONLY_NUMBERS = re.compile(r"[\d.,%\s\u00a0-]*\Z")
_BOUND_AT = re.compile(r"(?: ?[-–] ?[\d.,]+)?['’]?[^\W\d]{0,4} (?:ve )?(?:daha )?")
_CONTEXT = 48  # characters around a number that are looked at


def is_numbering(text: str, statement: Statement, figure: Figure, row: bool) -> bool:
    """Whether a number names a place in an order: it is then no answer to "how many".

    Args:
        text: the document's text.
        statement: the sentence that holds the figure.
        figure: the number; one with a unit is a quantity.
        row: whether it stands in a row of a table, where a first number before the label is a serial.
    """
    digits = figure.text.strip("% ")
    if figure.unit is None and _is_outline_number(text, figure):
        return True
    if figure.unit is not None or not digits.isdigit() or len(digits) > _LONGEST:
        return False
    start, end = figure.span.start, figure.span.end
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    if before and before[-1] in ")]”’»" and len(digits) <= 2:
        return True  # a footnote's mark
    following = _NEXT_WORD.match(after)
    if start == statement.span.start and _ITEM.match(after) and len(digits) <= 2:
        return True  # "1- İmar, su ve kanalizasyon"
    if following and says("numbering", following[1], "after"):
        return True
    if following and following[1][0].isupper() and says("numbering", following[1], "named"):
        return True  # "1254 Sokak Parkı"
    if _ORDINAL.match(after) and statement.span.end > end + 1:
        return True  # "11. / Kalkınma Planı"
    word = _LAST_WORD.search(before)
    if word and says("numbering", word[1], "before") and _HEADING.match(after):
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if line.strip(_BLANK) or not _ROW.match(after):
        return False
    if row:
        return True
    rest = text[end : statement.span.end]
    return start == statement.span.start and (_is_title(rest) or _ends_in_numbers(rest))


def is_bound(text: str, figure: Figure, asked: str) -> bool:
    """Whether a number is a bound of the class that a rule is for: "nüfusu 50.000'e kadar olan belediyelerde".

    Args:
        text: the document's text.
        figure: the number.
        asked: the question; one that asks for a bound leaves them in.
    """
    after = " ".join(ascii_key(text[figure.span.end : figure.span.end + _CONTEXT]).split())
    if text[figure.span.end : figure.span.end + 1].isspace():
        after = f" {after}"
    before = _BOUND_AT.match(after)
    bound = before is not None and word_pattern("bound", "after").match(after, before.end()) is not None
    return bound and not says("bound", asked, "asked")


def _is_outline_number(text: str, figure: Figure) -> bool:
    """Whether a dotted number opens a line and a title follows: "1.1- ÖZEL KALEM MÜDÜRLÜĞÜ"."""
    line = text[text.rfind("\n", 0, figure.span.start) + 1 : figure.span.start]
    dotted = _DOTTED.match(text, figure.span.start)
    return dotted is not None and dotted.end() >= figure.span.end and not line.strip(_BLANK)


def _is_title(text: str) -> bool:
    """Whether most words of a stretch begin with a capital and it ends without a stop: a heading, a page's header."""
    words = [word for word in text.split() if len(word) > 2 and word[0].isalpha()]
    return bool(words) and text.rstrip()[-1:] not in ".;:" and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


def _ends_in_numbers(text: str) -> bool:
    """Whether a line of text ends in values of its own, which makes the number before it a serial."""
    last = text.rstrip().rsplit(None, 1)[-1:] or [""]
    return bool(last[0]) and any(letter.isdigit() for letter in last[0]) and bool(_ONLY_NUMBERS.match(last[0]))
