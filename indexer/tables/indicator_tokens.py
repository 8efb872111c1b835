"""The body of a flattened table as tokens, and the runs of cell values in it.

A run is a stretch of tokens that are all values: numbers, dashes, no-break spaces (an empty cell), and values of
several words ("4 dakika 41 saniye", "B- (Negatif) AAA (Durağan)") that wrap over lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.figures import is_unit
from indexer.records import Line, Span
from indexer.repair import join_wrapped
from indexer.tables.columns import header_key, words

NBSP = "\u00a0"
_WORD = re.compile(r"[^ \t\r]+")
_NUMBER = re.compile(
    r"\(?[-+−–]?%?(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)%?\)?\*{0,2}"  # 1.100.000,50  %37  (98,7)
)
_GLUED_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}r\.)(?=[A-ZÇĞİÖŞÜ])")  # "…memiştir.İpek Yolu"
_DASHES = frozenset({"-", "–", "—", "--", "(-)"})
_GRADE = re.compile(r"[A-Z][A-Za-z]{0,3}\d?[+-]?")  # a credit rating
_OUTLOOK = re.compile(r"\([^\W\d_]+\)?")
_GLUED = re.compile(rf"{_GRADE.pattern}{_OUTLOOK.pattern}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the body.

    ``line`` counts lines of the body, ``paragraph`` the stretches between blank lines. ``text`` has no no-break
    spaces around it; a lone run of those is an empty text.
    """

    text: str
    span: Span
    line: int
    paragraph: int
    page_start: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the token is a run of no-break spaces: a visibly empty cell."""
        return not self.text

    @property
    def is_dash(self) -> bool:
        """Whether the token is a dash: a cell that says nothing."""
        return self.text in _DASHES

    @property
    def is_simple_value(self) -> bool:
        """Whether the token can fill a cell alone."""
        if not self.text or self.is_dash or _NUMBER.fullmatch(self.text):
            return True
        return header_key(self.text) in words("indicator", "values")

    @property
    def is_number(self) -> bool:
        """Whether the token is one number, with a sign or a % at most."""
        return _NUMBER.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Run:
    """Values that follow each other: ``tokens[start:end]``; each value is one or more tokens.

    ``cut`` says that numbers before them were left to the label because there are more than columns.
    """

    start: int
    end: int
    values: tuple[tuple[Token, ...], ...]
    compound: bool = False
    cut: bool = False


def tokenize(lines: Sequence[Line]) -> list[Token]:
    """The tokens of ``lines``. A blank line ends a paragraph.

    A line that begins with exactly one space right after a full line begins a page.
    """
    tokens: list[Token] = []
    paragraph = 0
    blank = True
    for number, line in enumerate(lines):
        found = list(_WORD.finditer(line.text))
        if not found:
            paragraph += not blank
            blank = True
            continue
        page = not blank and found[0].start() == 1 and line.text[0] == " "
        for match in found:
            offset = line.start + match.start()
            for text in _GLUED_SENTENCE.split(match.group()):
                core = text.strip(NBSP)
                start = offset + (len(text) - len(text.lstrip(NBSP)) if core else 0)
                end = start + len(core or text)
                tokens.append(Token(core, Span(start, end), number, paragraph, page and match is found[0]))
                offset += len(text)
        blank = False
    return tokens


def joined(tokens: Sequence[Token]) -> str:
    """The tokens as one text, the hyphens at line ends healed."""
    lines: dict[int, list[str]] = {}
    for token in tokens:
        if token.text:
            lines.setdefault(token.line, []).append(token.text)
    return join_wrapped(" ".join(texts) for texts in lines.values())


def begins_line(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token at ``index`` is the first of its line, or ``index`` the end of ``tokens``."""
    return index in (0, len(tokens)) or tokens[index - 1].line != tokens[index].line


def value_runs(tokens: Sequence[Token], count: int) -> list[Run]:
    """The runs of values in ``tokens``, in order; ``count`` is the number of value columns of the table."""
    runs: list[Run] = []
    index = 0
    while index < len(tokens):
        run = _compound(tokens, index) or _simple(tokens, index, count)
        run = _with_wrapped(run, tokens, count) if run is not None else None
        if run is None:
            index += 1
        else:
            runs.append(run)
            index = run.end
    return runs


def _simple(tokens: Sequence[Token], start: int, count: int) -> Run | None:
    """A run of values of one token each."""
    end = start
    while end < len(tokens) and tokens[end].is_simple_value:
        if end > start and tokens[end].line != tokens[end - 1].line and not _continues(tokens, start, end, count):
            break
        if _compound(tokens, end) is not None:
            break
        end += 1
    return Run(start, end, tuple((token,) for token in tokens[start:end])) if end > start else None


def _with_wrapped(run: Run, tokens: Sequence[Token], count: int) -> Run:
    """``run`` with the values below a unit that stands alone on the next line, where they fill it: 46 / dakika / 40."""
    missing = count - len(run.values)
    unit = run.end
    if run.compound or missing < 0 or unit >= len(tokens) or not run.values[-1][0].is_number:
        return run
    alone = tokens[unit - 1].line < tokens[unit].line and (unit + 1 == len(tokens) or _next_line(tokens, unit))
    named = header_key(tokens[unit].text) in words("indicator", "nouns")  # the end of the label
    if not alone or named or not (tokens[unit].text[:1].islower() and is_unit(tokens[unit].text)):
        return run
    end = unit + 1
    while end < len(tokens) and tokens[end].is_simple_value and end - unit <= missing:
        end += 1
    whole = end - unit - 1 == missing and (end == len(tokens) or tokens[end].line != tokens[end - 1].line)
    if not whole or any(token.line != tokens[unit + 1].line for token in tokens[unit + 1 : end]):
        return run
    last = (*run.values[-1], tokens[unit])
    return Run(run.start, end, (*run.values[:-1], last, *((token,) for token in tokens[unit + 1 : end])))


def _next_line(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index + 1].line != tokens[index].line


def _continues(tokens: Sequence[Token], start: int, end: int, count: int) -> bool:
    """Whether the line that begins at ``end`` carries on a run: it holds values alone, and some are still missing."""
    if end - start >= count:
        return False
    line = tokens[end].line
    index = end
    while index < len(tokens) and tokens[index].line == line:
        if not tokens[index].is_simple_value:
            return False
        index += 1
    return True


def _compound(tokens: Sequence[Token], start: int) -> Run | None:
    """A run of values of several words: numbers with their units, or credit ratings.

    The pieces are shared out evenly over the values later, when the number of columns is known.
    """
    pieces: list[tuple[Token, ...]] = []
    index = start
    while index < len(tokens) and tokens[index].is_empty:
        pieces.append((tokens[index],))
        index += 1
    empties = len(pieces)
    while index < len(tokens):
        piece = _measured(tokens, index) or _rating(tokens, index)
        if piece is None:
            break
        pieces.append(piece)
        index += len(piece)
    if len(pieces) - empties < 2:
        return None
    return Run(start, index, tuple(pieces), compound=True)


def _measured(tokens: Sequence[Token], index: int) -> tuple[Token, ...] | None:
    """A whole number and a unit of time."""
    if index + 1 < len(tokens) and tokens[index].text.isdigit():
        unit = tokens[index + 1].text
        if unit[:1].islower() and is_unit(unit):
            return tuple(tokens[index : index + 2])
    return None


def _rating(tokens: Sequence[Token], index: int) -> tuple[Token, ...] | None:
    if _GLUED.fullmatch(tokens[index].text):
        return (tokens[index],)
    if index + 1 < len(tokens) and _GRADE.fullmatch(tokens[index].text) and _OUTLOOK.fullmatch(tokens[index + 1].text):
        return tuple(tokens[index : index + 2])
    return None
