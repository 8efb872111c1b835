"""Commitments: what one municipality said of the same indicator, over columns, years and documents.

The facts of one row belong together by the table's form. Rows of two documents are joined only when their labels say
the same: every word that tells what is measured stands in both (spelling mistakes aside), the canonical unit is the
same, and where several rows would fit, the heading path decides. A wrong join is worse than a missing one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from indexer.records import Fact, Span
from indexer.turkish import ascii_key, content_words, key, keys, tokens

_LIKE = 78.0
"""Likeness of two labels from which their words are compared one by one."""

_PATH_LIKE = 50.0
"""Likeness of heading paths that short labels need ("Memnuniyet Oranı" stands under many goals)."""

_TELLING = 3  # telling words from which a label needs no heading path
_CLEARLY = 8.0  # how much nearer a row's path must be than that of the next row with such a label
_TYPO_LENGTH = 5  # letters of a word that may be misspelt in one of two labels
_ROMAN = re.compile(r"[IVX]{1,4}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Target and actual of one year. ``deviation`` is actual − target in the commitment's unit.

    ``deviation_percent`` is the deviation in per cent of the target, None where the target is 0. Whether more is
    better, the numbers do not tell. ``status`` and ``reason`` are as printed in the row of the actual value.
    """

    year: int
    target: Fact
    actual: Fact
    deviation: Decimal
    deviation_percent: Decimal | None
    status: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """The facts about one indicator or project of one municipality, by year.

    ``likeness`` is that of the least alike labels that were joined (0 to 100, from rapidfuzz on the labels' keys);
    100 where all facts stand in one row. ``label`` is that of the newest document.
    """

    municipality: str
    label: str
    unit: str | None
    facts: tuple[Fact, ...]
    likeness: float
    outcomes: tuple[Outcome, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that the facts come from."""
        return tuple(dict.fromkeys(fact.document for fact in self.facts))


def read_commitments(facts: Iterable[Fact]) -> list[Commitment]:
    """The commitments in ``facts``, those of one municipality together, in the order of its oldest facts.

    Args:
        facts: facts of any number of documents; ambiguous ones are left out, as are those that promise nothing: lists,
            and budgets of one year alone.
    """
    lines = _lines(facts)
    found: list[Commitment] = []
    for municipality in dict.fromkeys(line.municipality for line in lines):
        own = [line for line in lines if line.municipality == municipality]
        found += [_commitment(thread) for thread in _threads(own)]
    return found


class _Line:
    """The facts of one printed row, with the keys of its label and of its heading path."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        first = facts[0]
        self.facts = tuple(facts)
        self.municipality, self.document, self.label, self.unit = (
            first.municipality, first.document, first.label, first.unit,
        )  # fmt: skip
        label = first.label.rstrip("* ")
        forms = [(key(word), ascii_key(word)) for word in content_words(label)]
        self.words = [(lemma, form) for lemma, form in forms if lemma not in _weak()]
        self.numbers = sorted(token.text for token in tokens(label) if _numbers(token.text))
        self.negated = any(ascii_key(token.text).endswith(_negations()) for token in tokens(label))
        self.key = " ".join(keys(label))
        self.path = " ".join(key for heading in first.context[-3:] for key in keys(heading))
        self.year = max((fact.year for fact in facts if fact.year is not None), default=0)


def _numbers(word: str) -> bool:
    """Whether a word of a label is a number or a numeral: the second stage of a project is not the first one."""
    return word[0].isdigit() or _ROMAN.fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class _Join:
    """A row that fits a thread: how alike the labels are and how alike the heading paths."""

    line: int
    thread: int
    likeness: float
    path: float


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads(resources.files("indexer").joinpath("data/commitments.toml").read_text("utf-8"))


@cache
def _weak() -> frozenset[str]:
    return frozenset((*_data()["weak"], *(key(word) for word in _data()["weak"])))


@cache
def _negations() -> tuple[str, ...]:
    return tuple(_data()["negations"])


def _lines(facts: Iterable[Fact]) -> list[_Line]:
    """The rows that promise or report something, each once, however often it is printed."""
    rows: dict[tuple[str, Span], list[Fact]] = {}
    for fact in facts:
        if not fact.ambiguous and fact.year is not None:
            for place in fact.places:
                rows.setdefault((place.document, place.row), []).append(fact)
    lines: dict[tuple[Fact, ...], _Line] = {}
    for own in rows.values():
        row = tuple(dict.fromkeys(own))
        if row not in lines and _promises(row):
            lines[row] = _Line([fact for fact in row if fact.unit == row[0].unit or fact.measure == "rate"])
    return list(lines.values())


def _promises(row: Sequence[Fact]) -> bool:
    if row[0].table_kind == "indicator":
        return row[0].measure in ("target", "actual", "estimate")
    return row[0].table_kind == "budget" and len({fact.year for fact in row if fact.measure == "budget"}) > 1


@dataclass(slots=True)
class _Thread:
    """Rows of several documents, one of each, about one indicator."""

    lines: list[_Line]
    likeness: float = 100.0


def _threads(lines: Sequence[_Line]) -> list[_Thread]:
    """Each row alone, then joined document by document with the threads of the documents before."""
    by_document: dict[str, list[_Line]] = {}
    for line in lines:
        by_document.setdefault(line.document, []).append(line)
    threads: list[_Thread] = []
    for own in sorted(by_document.values(), key=lambda group: max(line.year for line in group)):
        joins = {join.line: join for join in _joins(own, threads)}
        for number, line in enumerate(own):
            join = joins.get(number)
            if join is None:
                threads.append(_Thread([line]))
            else:
                threads[join.thread].lines.append(line)
                threads[join.thread].likeness = min(threads[join.thread].likeness, join.likeness)
    return threads


def _joins(lines: Sequence[_Line], threads: Sequence[_Thread]) -> Iterator[_Join]:
    """The rows that fit one thread and no other, while no other row fits that thread as well."""
    if not threads:
        return
    lasts = [thread.lines[-1] for thread in threads]
    scores = process.cdist(
        [line.key for line in lines], [last.key for last in lasts], scorer=fuzz.token_sort_ratio, score_cutoff=_LIKE
    )
    fitting: list[_Join] = []
    for number, place in zip(*scores.nonzero(), strict=True):
        line, last = lines[number], lasts[place]
        path = fuzz.token_set_ratio(line.path, last.path)
        if _same_indicator(line, last) and (len(set(line.words)) >= _TELLING or path >= _PATH_LIKE):
            fitting.append(_Join(int(number), int(place), float(scores[number, place]), path))
    for join in fitting:
        rivals = [other for other in fitting if (other.line == join.line) != (other.thread == join.thread)]
        if all(_better(join, rival) for rival in rivals):
            yield join


def _better(join: _Join, rival: _Join) -> bool:
    """Whether ``join`` is clearly the one of the two: only its labels are the same, or its path is nearer."""
    if (join.likeness == 100) != (rival.likeness == 100):
        return join.likeness == 100
    return join.path >= rival.path + _CLEARLY


def _same_indicator(one: _Line, other: _Line) -> bool:
    if one.unit != other.unit or one.numbers != other.numbers or one.negated != other.negated or not one.words:
        return False
    return _covers(one.words, other.words) and _covers(other.words, one.words)


def _covers(words: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]) -> bool:
    """Whether each of ``words`` (key and form) stands among ``others``, a spelling mistake in a longer word aside."""
    return all(
        any(lemma == other_lemma or _misspelt(form, other) for other_lemma, other in others) for lemma, form in words
    )


def _misspelt(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _TYPO_LENGTH or word[:2] != other[:2]:
        return False
    return bool(Levenshtein.distance(word, other, score_cutoff=1) <= 1)


def _commitment(thread: _Thread) -> Commitment:
    newest = max(thread.lines, key=lambda line: line.year)
    facts = sorted(dict.fromkeys(fact for line in thread.lines for fact in line.facts), key=by_year)
    return Commitment(
        municipality=newest.municipality,
        label=newest.label,
        unit=newest.unit,
        facts=tuple(facts),
        likeness=round(thread.likeness, 1),
        outcomes=tuple(_outcomes(facts)),
    )


def by_year(fact: Fact) -> tuple[int, str]:
    """The order of a commitment's facts."""
    return (fact.year or 0, fact.measure)


def _outcomes(facts: Sequence[Fact]) -> Iterator[Outcome]:
    """Target and actual of each year that has one of each; where the sources contradict each other, none."""
    for year in dict.fromkeys(fact.year for fact in facts):
        targets = [fact for fact in facts if fact.year == year and fact.measure == "target"]
        actuals = [fact for fact in facts if fact.year == year and fact.measure == "actual"]
        if year is None or len({fact.figure.value for fact in targets}) != 1 or not actuals:
            continue
        target, actual = targets[0], actuals[0]
        if len({fact.figure.value for fact in actuals}) != 1 or target.cumulative != actual.cumulative:
            continue
        planned, deviation = target.figure.value, actual.figure.value - target.figure.value
        percent = (100 * deviation / planned).quantize(Decimal("0.01")) if planned else None
        yield Outcome(year, target, actual, deviation, percent, actual.status, actual.reason)
