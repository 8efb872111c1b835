"""A normalised reading of damaged text that maps back to the source.

Text flattened from PDF breaks words at line ends ("mikta-" / "rının"), spaces their letters out ("y ö n e t i m"),
doubles them ("PPRROOGGRRAAMM"), tears single letters loose ("Ba ş arı") and carries no-break spaces and soft hyphens.
Every repair here only drops characters or turns white space into one space, so each character of the reading has
exactly one source character and the mapping is strictly increasing. Digits are never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from indexer.records import Span

# Words that stand by themselves after a torn letter: "barı ş ve" is two words, "Ba ş arı" is one.
_FUNCTION_WORDS = frozenset(["ve", "veya", "ya", "ile", "için", "olarak", "bu", "bir", "da", "de", "ki", "gibi"])

_BLANK = r"[\s\u200b\ufeff]"
_SOFT_HYPHEN = re.compile(r"(?<=[^\W\d_])[\u00ad¬][^\S\n]*(?:\n\s*)?(?=[^\W\d_])|[\u00ad\u200b\ufeff]")
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])([-‐])[^\S\n]*\n(?:[^\S\n]*\n){0,3}[^\S\n]*(?=[^\W\d_])")
_TORN_SUFFIX = re.compile(r"(?<=[^\W\d_])[^\S\n]*\n(?:[^\S\n]*\n)?[^\S\n]*(?=ğ|şt[ıiuü]r(?!\w))")
_TORN_VERB = re.compile(
    r"(?<=[^\W\d_]{9})[^\S\n]*\n(?:[^\S\n]*\n)?[^\S\n]*(?=(?:[ae]?m)?[iıuü](?:şt[iıuü]r|ştir)(?!\w))"
)
_TORN_LETTER = re.compile(r"(?<=[^\W\d_])( )[şğı]( )(?=([^\W\d_]+))")
_SPACED_RUN = re.compile(r"(?<!\w)[^\W\d_](?: {1,3}[^\W\d_]){3,}(?!\w)")
_DOUBLED = re.compile(r"(?<!\w)(?:([^\W\d_])\1){3,}(?!\w)")
_MARKUP = re.compile(r"</?(?:ul|ol|li|p|br|div|i|b|u|em|strong|span|sup|sub)(?:\s[^<>]*)?/?>|\*\*|^#{1,6} ", re.M)
_WHITE = re.compile(rf"{_BLANK}+")
_VOWELS = frozenset("aeıioöuüâîûAEIİOÖUÜÂÎÛ")

# An edit removes text[start:end]; with ``space`` its first character stays, as one space.
Edit = tuple[int, int, bool]


@dataclass(frozen=True)
class Repaired:
    """A normalised reading and the source offset of each of its characters."""

    text: str
    offsets: tuple[int, ...]

    def source_offset(self, index: int) -> int:
        """The source offset of character ``index``; for the end of the reading, one past its last character.

        Raises IndexError for an index outside ``0 .. len(text)``.
        """
        if index == len(self.text):
            return self.offsets[-1] + 1 if self.offsets else 0
        if not 0 <= index < len(self.text):
            raise IndexError(f"character {index} is outside the reading (0 to {len(self.text)})")
        return self.offsets[index]

    def source_span(self, start: int, end: int) -> Span:
        """The source stretch that ``text[start:end]`` was read from, from its first to its last character."""
        first = self.source_offset(start)
        return Span(first, self.source_offset(end - 1) + 1 if end > start else first)


def repair(text: str) -> Repaired:
    """The normalised reading of ``text``: words mended, markup out, all white space collapsed to single spaces."""
    return _read(text, (_markup, _soft_hyphens, _line_hyphens, _torn_suffixes, _doubled, _spaced, _torn_letters))


def join_wrapped(lines: Iterable[str]) -> str:
    """The pieces of one wrapped text joined by one space, with the hyphens at their ends healed."""
    return _read("\n".join(lines), (_soft_hyphens, _line_hyphens, _torn_suffixes)).text


def _read(text: str, passes: Iterable[Callable[[str], Iterator[Edit]]]) -> Repaired:
    offsets: list[int] = list(range(len(text)))
    for edits_of in (*passes, _white_space):
        edits = list(edits_of(text))
        if edits:
            text, offsets = _apply(text, offsets, edits)
    return Repaired(text, tuple(offsets))


def _apply(text: str, offsets: list[int], edits: list[Edit]) -> tuple[str, list[int]]:
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for start, end, space in edits:
        pieces.append(text[at:start])
        kept += offsets[at:start]
        if space:
            pieces.append(" ")
            kept.append(offsets[start])
        at = end
    pieces.append(text[at:])
    kept += offsets[at:]
    return "".join(pieces), kept


def _markup(text: str) -> Iterator[Edit]:
    if "<" in text or "**" in text or "#" in text:
        for match in _MARKUP.finditer(text):
            yield match.start(), match.end(), match[0].startswith(("<ul", "<ol", "<li", "<p", "<br", "<div", "</"))


def _soft_hyphens(text: str) -> Iterator[Edit]:
    for match in _SOFT_HYPHEN.finditer(text):
        yield match.start(), match.end(), False


def _line_hyphens(text: str) -> Iterator[Edit]:
    """A hyphen at a line end goes where a Turkish syllable may begin after it, else it is part of a compound."""
    if "-" not in text and "‐" not in text:
        return
    for match in _LINE_HYPHEN.finditer(text):
        before, after = text[match.start() - 1], text[match.end()]
        # A syllable begins with its consonant ("mikta-rının"), or with a vowel only after a vowel ("fa-aliyet");
        # "Bakım-Onarım" and "bakım-onarım" keep their hyphen.
        compound = not after.islower() or (after in _VOWELS and before not in _VOWELS)
        yield match.start() + 1 if compound else match.start(), match.end(), False


def _torn_suffixes(text: str) -> Iterator[Edit]:
    """No Turkish word begins with ğ, and "ştir" is an ending: such a line goes on with the word above it."""
    edits = {match.span() for pattern in (_TORN_SUFFIX, _TORN_VERB) for match in pattern.finditer(text)}
    for start, end in sorted(edits):
        yield start, end, False


def _doubled(text: str) -> Iterator[Edit]:
    for match in _DOUBLED.finditer(text):
        if len(set(match[0])) > 2:
            for index in range(match.start(), match.end(), 2):
                yield index, index + 1, False


def _spaced(text: str) -> Iterator[Edit]:
    for match in _SPACED_RUN.finditer(text):
        run = match[0]
        letters = run.replace(" ", "")
        # "A B C D" is a row of column letters, and without a vowel it is no word
        if sorted(letters) == list(letters) or not _VOWELS & set(letters):
            continue
        for gap in re.finditer(r" +", run):
            if len(gap[0]) == 1:
                yield match.start() + gap.start(), match.start() + gap.end(), False


def _torn_letters(text: str) -> Iterator[Edit]:
    for match in _TORN_LETTER.finditer(text):
        yield match.start(1), match.end(1), False
        if match[3] not in _FUNCTION_WORDS and match[3][0].islower():
            yield match.start(2), match.end(2), False


def _white_space(text: str) -> Iterator[Edit]:
    for match in _WHITE.finditer(text):
        if match.start() == 0 or match.end() == len(text):
            yield match.start(), match.end(), False
        elif match[0] != " ":
            yield match.start(), match.end(), True
