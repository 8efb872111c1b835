"""What a question over rows asks: which things, what of them, how many, and from which end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.records import Source
from indexer.turkish import ascii_key, base, fold, key, tokens
from qa.exclusion import leaves_out
from qa.finding.lines import Line
from qa.finding.row_words import same_words, word_groups, word_pattern
from qa.records import Question

_NUMBERS = {"iki": 2, "uc": 3, "dort": 4, "bes": 5, "alti": 6, "yedi": 7, "sekiz": 8, "dokuz": 9, "on": 10}
_WHICH = re.compile(r"hangi(?:si\w*|leri\w*|sidir)?|ne|nedir|neresi\w*|nereye|nerede|neler\w*|kac\w*")
_FILLERS = frozenset({"adet", "tane", "farkli", "ayri", "toplam"})
_MOST = 10  # things that a question asks to be put in order
_PREFIX = 6
_TITLE = 0.7  # how well a row is of the kind asked for where only its table's title says so


@dataclass(frozen=True, slots=True)
class Things:
    """The things that a question asks about.

    ``noun`` are the words of the thing as ascii keys ("performans", "hedefi") and ``name`` as written, ``stem`` is the
    key of the last one, ``kind`` the list of ``row_kinds`` that they stand in, None for another noun. ``rest`` are the
    keys of the words that narrow it down, ``excluded`` is the thing that the question leaves out.
    """

    noun: tuple[str, ...]
    name: str
    stem: str
    kind: str | None
    rest: tuple[str, ...]
    excluded: str = ""

    def fit(self, line: Line) -> float:
        """How sure it is that a row is such a thing: 1 where it says so itself, less where its table does, else 0."""
        if line.total or leaves_out(self.excluded, line.name):
            return 0.0
        if self.kind is not None:
            if self.kind not in line.kinds:
                return 0.0
            return 1.0 if self.kind != "unit" or self._is_unit(line.name) else 0.0
        by = rf"(?<!\w){re.escape(self.stem[:_PREFIX])}\w* (?:bazinda|bazli|gore|itibari\w*|duzeyinde)"
        return _TITLE if len(self.stem) > 2 and re.search(by, ascii_key(line.table.title)) else 0.0

    def _is_unit(self, name: str) -> bool:
        stem = self.noun[-1][:_PREFIX]
        words = ascii_key(name).split()
        if stem.startswith("birim"):
            return True
        return any(word.startswith(stem) for word in words[-2:]) or (
            stem == "mudurl" and words[-1:] in (["md"], ["md."])
        )


def things_ranked(question: Question) -> Things | None:
    """The things among which a superlative chooses: after "hangi", before "hangisi", after a number, or the last."""
    words, written = _words(question)
    for place, word in enumerate(words):
        if word == "hangi" and place + 1 < len(words):
            return _things(question, written, _after(words, place + 1))
    for place, word in enumerate(words):
        if word.startswith(("hangisi", "hangileri")) and place:
            return _things(question, written, _before(words, place))
    for place, word in enumerate(words):
        if (word in _NUMBERS or (word.isdigit() and 1 < int(word) <= _MOST)) and place + 1 < len(words):
            after = _after(words, place + 1)
            if kind_of(after) is not None:
                return _things(question, written, after)
    degree = word_pattern("superlative", "degree")
    last = tuple(word for word in words if not _WHICH.fullmatch(word) and not degree.fullmatch(word))
    return next((_things(question, written, last[-n:]) for n in (2, 1) if kind_of(last[-n:]) is not None), None)


def things_counted(question: Question) -> Things | None:
    """The things after "kaç": "kaç performans hedefi", "toplam kaç faaliyet"; None for what rows are not of."""
    words, written = _words(question)
    for place, word in enumerate(words):
        if word == "kac":
            after = tuple(other for other in words[place + 1 :] if other not in _FILLERS)[:2]
            for count in (2, 1):
                if len(after) >= count and kind_of(after[:count]) is not None:
                    return _things(question, written, after[:count])
    return None


def _words(question: Question) -> tuple[list[str], dict[str, str]]:
    """The words of the question as ascii keys without suffixes after an apostrophe, and as they are written."""
    written = {ascii_key(base(token.text)): token.text for token in tokens(question.query_text or question.text)}
    words = [ascii_key(base(token.text)) for token in tokens(question.query_text or question.text)]
    return words, written


def kind_of(words: Sequence[str]) -> str | None:
    """The list of ``row_kinds`` that words stand in."""
    text = " ".join(words)
    return next((kind for kind in word_groups("row_kinds") if word_pattern("row_kinds", kind).fullmatch(text)), None)


def _after(words: Sequence[str], place: int) -> tuple[str, ...]:
    two = tuple(words[place : place + 2])
    return two if kind_of(two) is not None else two[:1]


def _before(words: Sequence[str], place: int) -> tuple[str, ...]:
    two = tuple(words[max(0, place - 2) : place])
    return two if kind_of(two) is not None else two[-1:]


def _things(question: Question, written: Mapping[str, str], noun: tuple[str, ...]) -> Things | None:
    if not noun or noun[-1].isdigit():
        return None
    own = {key(written[word]) for word in noun} | {word[:_PREFIX] for word in noun}
    frame = word_pattern("superlative", "frame")
    kind = kind_of(noun)
    rest = tuple(
        word
        for word in question.content
        if word not in own
        and word[:_PREFIX] not in own
        and not frame.fullmatch(word)
        and not (kind is not None and word_pattern("row_kinds", kind).fullmatch(word))
        and word not in _NUMBERS
        and not word.isdigit()
    )
    name = " ".join(fold(written[word]) for word in noun)
    return Things(noun, name, key(written[noun[-1]]), kind, rest, question.excluded)


def number_asked(question: Question) -> int:
    """How many of the first are asked for: "en yüksek üç proje"; 1 where no number says otherwise."""
    for token in tokens(question.query_text or question.text):
        word = ascii_key(token.text)
        if word in _NUMBERS:
            return _NUMBERS[word]
        if word.isdigit() and 1 < int(word) <= _MOST:
            return int(word)
    return 1


def asks_least(question: Question) -> bool:
    """Whether the superlative is "en az" or the like."""
    return word_pattern("superlative", "least").search(ascii_key(question.text)) is not None


def scope_of(question: Question, index: Index) -> list[str]:
    """The documents that a question leaves, those of the years asked for alone where there are such."""
    sources = [document.source for document in index.documents.values()]
    chosen = [source for source in sources if not question.documents or source.id in question.documents]
    own = [source for source in chosen if source.municipality in question.municipalities]
    chosen = own if question.municipalities else chosen
    of_kind = [source for source in chosen if source.kind in question.kinds]
    return [source.id for source in of_kind or chosen]


def municipalities_in(question: Question, index: Index) -> list[str]:
    """The municipalities of the documents that a question leaves, in their order."""
    return list(dict.fromkeys(index.documents[document].source.municipality for document in scope_of(question, index)))


def all_sources_of(question: Question, municipality: str, index: Index) -> list[Source]:
    """The documents of a municipality that a question leaves, of whatever year, the newest first."""
    sources = [index.documents[document].source for document in scope_of(question, index)]
    own = [source for source in sources if source.municipality == municipality]
    return sorted(own, key=lambda source: (-(source.year or 0), source.id))


def sources_of(question: Question, municipality: str, index: Index) -> list[Source]:
    """The documents of a municipality that are of a year asked for, the newest first."""
    own = all_sources_of(question, municipality, index)
    return [source for source in own if not question.years or source.year in question.years]


def with_same(words: Iterable[str]) -> frozenset[str]:
    """Keys with those that mean the same."""
    return frozenset(same for word in words for same in same_words(word))
