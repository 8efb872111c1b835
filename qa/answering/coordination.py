"""Things named side by side before one word of asking: "A ile B kapasitesi", "A ve B için ayrılan tutarlar"."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise, product

from indexer.index import Index
from indexer.turkish import PREFIX, analyse, ascii_key, keys, title
from indexer.units import find_unit_in_prose
from qa.asking import is_verb
from qa.finding.figures import Found, fitting
from qa.finding.items import items_of
from qa.records import Asked, Question
from qa.vocabulary import patterns

Ask = Callable[[Question], list[Found]]
"""Retrieves for a question and weighs the figures found."""

_JOINED = re.compile(r"\s+(?:ve|ile)\s+(?!ilgili|ilis)")
_JOINED_SUFFIX = re.compile(r"(?<=yl[ae])\s+")  # "komisyonlarıyla denetim komisyonu"
_COMMA = re.compile(r",\s+")
_EACH = re.compile(r"(?<!\w)(?:kacar|ayri ayri|sirasiyla)(?!\w)")
_TAIL = re.compile(r"(?<!\w)(?:icin|kac\w*|ne kadar\w*|nedir|adina)(?!\w)")
_PARENTHESES = re.compile(r"\(([^()]+)\)")
_LISTED = re.compile(r",\s+|\s+(?:ve|ile|/)\s+")
_LAST_WORD, _FIRST_WORD = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|\([^()]*\)")
_LEAST = 0.5  # share of the words of all pieces that the figures' names must have
_MORE = 1.05  # how much better several figures must answer than one
_WEIGHT = 0.3  # how much the probability of figures counts beside their names
_TRIED, _CONSIDERED = 5, 60
_LONGEST = 6  # words of a piece of a list with commas
_CONTEXT = 1  # headings that name a figure


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the things named: its words, and the keys that only it has."""

    text: str
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Named:
    """A figure with the keys of the words that name it."""

    found: Found
    names: frozenset[str]
    under: frozenset[str]  # keys of what all figures of its kind stand under: headings, the whole sentence

    def has(self, word: str) -> bool:
        """Whether a word names the figure."""
        return _holds(self.names, word)


def named_together(question: Question, found: Sequence[Found], ask: Ask, index: Index) -> list[Found]:
    """A figure for each of the things that a question names side by side; none where one figure is of them all.

    The figures are of one document, unit, year and measure: cells of a column or row, numbers of a sentence or list.

    Args:
        question: the question as understood.
        found: the figures weighed for it, likeliest first.
        ask: finds the figures for one of the things.
        index: tells how rare words are.
    """
    several = max(map(len, (question.asked, question.municipalities, items_of(question)))) > 1
    if several or question.language != "tr":
        return []
    ways = readings(question, index)
    able = _able(question, found)
    said = frozenset(keys(question.query_text or question.text))
    tried = max(ways, key=lambda pieces: _chosen(pieces, able, index, said)[1], default=None)
    if tried is None:
        return []
    more = [one for piece in tried for one in ask(_question(question, piece, tried[-1]))]
    return _chosen(tried, _able(question, [*found, *more]), index, said)[0]


def readings(question: Question, index: Index) -> list[list[Piece]]:
    """The ways in which the words of a question may name several things; none where nothing joins them.

    A join within a name that the documents write in capitals ("Ulaşım Planlama ve Raylı Sistem") is none.
    """
    text = question.query_text or question.text
    key = ascii_key(text)
    quoted = [match.span() for match in _QUOTED.finditer(key)]

    def outside(pattern: re.Pattern[str], until: int) -> list[tuple[int, int]]:
        spans = [match.span() for match in pattern.finditer(key, 0, until)]
        return [span for span in spans if not any(start <= span[0] < end for start, end in quoted)]

    joins = outside(_JOINED, len(key)) + (outside(_JOINED_SUFFIX, len(key)) if _EACH.search(key) else [])
    joins = [join for join in joins if not _within_name(text, join, index)]
    ways = [[join] for join in joins]
    for join in joins:
        commas = outside(_COMMA, join[0])
        if (
            commas
            and max(len(key[end:start].split()) for (_, end), (start, _) in pairwise([*commas, join])) <= _LONGEST
        ):
            ways.append([*commas, join])
    heads = [match.end() for match in patterns("figure")["words"].finditer(key) if not _TAIL.match(match[0])]
    if not joins and len(heads) > 1:
        ways.append([(end, end) for end in heads[:-1]])
    found = (_pieces(question, text, way) for way in sorted(ways, key=len, reverse=True))
    return [pieces for pieces in (_in_parentheses(question, text), *found) if pieces]


def _in_parentheses(question: Question, text: str) -> list[Piece]:
    """The things that parentheses list of what the question is about: "gölet hedefleri (yapım ve bakım) kaçar adet"."""
    for inside in _PARENTHESES.finditer(text):
        written = _LISTED.split(inside[1])
        words = [[word for word in keys(one) if word in question.content] for one in written]
        own = [frozenset(some).difference(*(words[:place] + words[place + 1 :])) for place, some in enumerate(words)]
        if len(written) > 1 and all(own):
            around = f"{text[: inside.start()]} {text[inside.end() :]}"
            return [Piece(f"{one} {around}".strip(), names) for one, names in zip(written, own, strict=True)]
    return []


def _within_name(text: str, join: tuple[int, int], index: Index) -> bool:
    """Whether the documents write the words on both sides of a join as one name."""
    before, after = _LAST_WORD.search(text, 0, join[0]), _FIRST_WORD.match(text, join[1])
    if before is None or after is None:
        return False
    name = f"{title(before[0])} {text[join[0] : join[1]].strip()} {title(after[0])}"
    return any(name in document.text for document in index.documents.values())


def _pieces(question: Question, text: str, breaks: Sequence[tuple[int, int]]) -> list[Piece]:
    bounds = [(0, 0), *breaks, (len(text), len(text))]
    texts = [text[end:start] for (_, end), (start, _) in pairwise(bounds)]
    words = [[word for word in keys(piece) if word in question.content] for piece in texts]
    pieces = []
    for place, piece in enumerate(texts):
        others = {word for other in words[:place] + words[place + 1 :] for word in other}
        own = frozenset(words[place]) - others
        if not any(not is_verb(word) for word in own):
            return []
        pieces.append(Piece(piece.strip(), own))
    return pieces


def _question(question: Question, piece: Piece, last: Piece) -> Question:
    """The question for one of the things alone, with what is asked of all."""
    tail = _TAIL.search(ascii_key(last.text))
    rest = last.text[tail.start() :] if tail and piece is not last else ""
    text = f"{piece.text} {rest}".strip()
    own = set(keys(text))
    content = tuple(word for word in question.content if word in own)
    return replace(question, query_text=text, content=content, topic=(*analyse(text), *content), counted=())


def _able(question: Question, found: Sequence[Found]) -> list[Found]:
    """The figures of the year and measure asked for whose unit does not speak against them, each once."""
    asked = question.asked[0] if question.asked else Asked(next(iter(question.years), None))
    able: dict[tuple[str, int], Found] = {}
    for one in sorted(fitting(found, asked), key=lambda one: -one.probability):
        if one.features.get("agreement", one.features.get("unit", 0.0)) >= 0:
            able.setdefault((one.document, one.figure.span.start), one)
    return list(able.values())[:_CONSIDERED]


def _chosen(pieces: Sequence[Piece], found: Sequence[Found], index: Index, said: Set[str]) -> tuple[list[Found], float]:
    """The figures that the pieces name best, one for each, and the share of their words that name them."""
    count = len(index.passages)
    words = {word for piece in pieces for word in piece.own if not _measures(word)}
    rarities = {word: math.log(1 + count / (1 + index.lexical.frequency(word))) for word in words}
    all_words = sum(rarities.values()) or 1.0
    best: list[Found] = []
    best_score, best_share = 0.0, 0.0
    alone = 0.0
    for group in (*_rows_named(found, said), *_groups(found, index)):
        named = {word for word in words if any(one.has(word) for one in group)}
        rarity = {word: rarities[word] for word in words if word in named or not _holds(group[0].under, word)}
        total = sum(rarity.values())
        if not total:
            continue
        for one in group:
            share = sum(rarities[word] for word in named if one.has(word)) / all_words
            alone = max(alone, share * one.found.probability**_WEIGHT)
        for several in product(*(_options(piece, group, rarity) for piece in pieces)):
            if not _apart(pieces, several):
                continue
            met = [word for piece, one in zip(pieces, several, strict=True) for word in piece.own if one.has(word)]
            share = sum(rarity.get(word, 0.0) for word in met) / total
            likely = math.prod(one.found.probability for one in several) ** (1 / len(several))
            score = share * likely**_WEIGHT
            if score > best_score:
                best, best_score, best_share = [one.found for one in several], score, share
    if best_share < _LEAST or best_score < _MORE * alone:
        return [], 0.0
    return best, best_share


def _measures(word: str) -> bool:
    """Whether a word is a unit of measure, which names nothing."""
    unit = find_unit_in_prose(word)
    return unit is not None and unit.measure


def _holds(names: Set[str], word: str) -> bool:
    """Whether a word is among ``names``, or one of the same first letters."""
    return word in names or (len(word) >= PREFIX - 1 and any(name.startswith(word[:PREFIX]) for name in names))


def _options(piece: Piece, group: Sequence[_Named], rarity: Mapping[str, float]) -> list[_Named]:
    """The figures of a group that the words of a piece name best."""
    met = [(sum(rarity.get(word, 0.0) for word in piece.own if one.has(word)), one) for one in group]
    met = [(share, one) for share, one in met if share > 0]
    return [one for _, one in sorted(met, key=lambda pair: (-pair[0], -pair[1].found.probability))[:_TRIED]]


def _apart(pieces: Sequence[Piece], several: Sequence[_Named]) -> bool:
    """Whether each figure is another one and is named by a word of its piece that names none of the others."""
    if len({one.found.figure.span for one in several}) < len(several):
        return False
    return all(
        any(one.has(word) and not any(other.has(word) for other in several if other is not one) for word in piece.own)
        for piece, one in zip(pieces, several, strict=True)
    )


def _rows_named(found: Sequence[Found], said: Set[str]) -> list[list[_Named]]:
    """The cells of each row whose label the question says in full, named by their columns."""
    rows: dict[object, list[_Named]] = {}
    for one in found:
        label = keys(one.label.rsplit("–", 1)[-1]) if one.fact is not None else ()
        if one.fact is not None and label and set(label) <= said:
            rows.setdefault((one.document, one.quote, one.unit), []).append(_named(one, one.fact.column, ""))
    return [group for group in rows.values() if len(group) > 1]


def _groups(found: Sequence[Found], index: Index) -> Iterator[list[_Named]]:
    """Figures that can be told side by side: cells of a column or row, numbers of a sentence, sentences of one form.

    The numbers of a sentence are named by the words before each or by those after each, the same way for all.
    """
    cells: dict[object, list[_Named]] = {}
    lists: dict[object, list[_Named]] = {}
    sentences: dict[object, list[Found]] = {}
    for one in found:
        if one.fact is not None:
            key = (one.document, one.fact.column, one.unit, one.year, one.measure)
            cells.setdefault(key, []).append(_named(one, " ".join((one.label, *one.context[-_CONTEXT:])), ""))
            continue
        sentences.setdefault((one.document, one.quote, one.unit), []).append(one)
    yield from (group for group in cells.values() if len(group) > 1)
    quotes = Counter((one.document, one.quote) for one in found if one.fact is None)
    for together in sentences.values():
        first = together[0]
        text = index.documents[first.document].text
        if quotes[first.document, first.quote] == 1:
            quote = text[first.quote.start : first.quote.end]
            lists.setdefault((first.document, first.unit), []).append(_named(first, quote, ""))
        elif len(together) > 1:
            under = " ".join((text[first.quote.start : first.quote.end], *first.context))
            ordered = sorted(together, key=lambda one: one.figure.span)
            bounds = [ordered[0].quote.start, *(one.figure.span.end for one in ordered)]
            yield [_named(one, text[bounds[place] : one.figure.span.start], under) for place, one in enumerate(ordered)]
            ends = [*(one.figure.span.start for one in ordered[1:]), ordered[0].quote.end]
            yield [_named(one, text[one.figure.span.end : ends[place]], under) for place, one in enumerate(ordered)]
    yield from (group for group in lists.values() if len(group) > 1)


def _named(found: Found, words: str, under: str) -> _Named:
    return _Named(found, frozenset(keys(words)), frozenset(keys(under)))
