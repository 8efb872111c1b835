"""The parts of a question that asks for several things in one breath: "kaç temsil verecek ve kaç yeni oyun çıkaracak?".

Each clause that asks for a figure and names something of its own becomes a question, with what the first clause says
of whom, when and about what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.records import Measure
from indexer.turkish import analyse, ascii_key, key, keys, tokens
from qa.asking import is_verb, read_asked, read_counted, read_units
from qa.periods import YearMention
from qa.records import Asked, Question
from qa.vocabulary import patterns

_BREAK = re.compile(r"[,;?]\s|\s(?:ve|ile|ayrica)\s")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|\([^()]*\)|(?<!\w)['‘][^'’]*['’](?!\w)")
_NUMBERED = re.compile(r"(?<!\w)(?<!kac )([^\W_]+)\s+([^\W_]+)")
_SMALL = {"iki": 2, "2": 2, "uc": 3, "3": 3, "dort": 4, "4": 4, "bes": 5, "5": 5}
_FOR = re.compile(r"(?<!\w)icin(?!\w)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things asked for: the question for it alone, and the keys that only its clause says.

    ``head`` are the keys of what is asked of all parts, where the first clause tells it apart from its own thing.
    """

    question: Question
    own: frozenset[str]
    head: frozenset[str] = frozenset()


def parts_of(question: Question) -> list[Part]:
    """The parts of ``question`` in its order; none where it asks for one thing only.

    Args:
        question: a question in Turkish as understood; its own words are read again clause by clause.
    """
    clauses = _clauses(question.query_text or question.text)
    if len(clauses) < 2:
        return []
    content = [tuple(word for word in question.content if word in set(keys(clause))) for clause in clauses]
    lead = content[0]
    head = _head(clauses, content)
    counted = {word for name in read_counted(clauses[0]) for word in keys(name)}
    parts: list[Part] = []
    for place, (clause, words) in enumerate(zip(clauses, content, strict=True)):
        own = frozenset(words) - {word for other in content[:place] + content[place + 1 :] for word in other}
        own = own - _verbs(clause) or own
        if not _nouns(own):
            return []
        if place == 0 and not any(is_verb(word) for word in keys(clause)):
            words = (*words, *_predicate(clauses[-1], content[-1]))
        before = parts[-1].question if parts else None
        shared = [word for word in lead if word not in counted] if place and _counts(clause, own) else lead
        if head and place:
            shared = list(head)
        own = own - set(head) or own
        said = " ".join(head) if head else clauses[0]
        part = _question(question, clause, said if place else "", (*words, *shared), before)
        parts.append(Part(part, own, frozenset(head)))
    return parts


def _head(clauses: Sequence[str], content: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What the first clause says of all: "kilit parke için 2025 hedefi | kırsalda ne kadar, merkezde ne kadar".

    It ends in "için" or a noun of measure, and a word of its own stands between it and the asking; the other clauses
    name no measure.
    """
    first = clauses[0]
    key = ascii_key(first)
    asking = patterns("figure")["words"].search(key)
    if asking is None or any(one.measure for clause in clauses[1:] for one in read_asked(clause, ())):
        return ()
    nouns = (match for pattern in patterns("measures").values() for match in pattern.finditer(key, 0, asking.start()))
    end = max((match.end() for match in (*_FOR.finditer(key, 0, asking.start()), *nouns)), default=0)
    own = set(keys(first[end : asking.start()])) & set(content[0])
    before = set(keys(first[:end]))
    return tuple(word for word in content[0] if word in before and word not in own) if own else ()


def _clauses(text: str) -> list[str]:
    """The stretches of a question that each ask for a figure; what asks for none belongs to the one that follows."""
    key = ascii_key(text)
    quoted = [match.span() for match in _QUOTED.finditer(key)]
    breaks = [
        match.span() for match in _BREAK.finditer(key) if not any(start <= match.start() < end for start, end in quoted)
    ]
    clauses: list[str] = []
    start = 0
    for (_, first), (end, after) in pairwise([(0, 0), *breaks, (len(text), len(text))]):
        if _asks(key[first:end]):
            clauses.append(text[start:end].strip())
            start = after
    if clauses and start < len(text):
        clauses[-1] = f"{clauses[-1]} {text[start:].strip()}"
    return clauses


def _asks(key: str) -> bool:
    """Whether a stretch asks for a figure, by a word of asking or by a noun that figures have ("sayısı")."""
    return any(patterns("figure")[name].search(key) is not None for name in ("words", "heads"))


def rows_named(question: Question) -> int:
    """How many rows of plans a question says it is about ("bu iki faaliyete ne kadar"); 1 where it says none."""
    for match in _NUMBERED.finditer(ascii_key(question.query_text or question.text)):
        if patterns("counted")["words"].fullmatch(match[2]) and match[1] in _SMALL:
            return _SMALL[match[1]]
    return 1


def _predicate(clause: str, content: Sequence[str]) -> list[str]:
    """What the last clause says of all: in "kaç memur, kaç işçi kadrosu boş" the words after the thing counted."""
    counted = {word for name in read_counted(clause) for word in keys(name)}
    return [word for word in content if word not in counted] if counted else []


def _counts(clause: str, own: frozenset[str]) -> bool:
    """Whether a clause counts things of its own, not those of the clause before ("kaç işçi", not "kaç tanesi")."""
    return any(word in own for name in read_counted(clause) for word in keys(name))


def _verbs(clause: str) -> frozenset[str]:
    return frozenset(key(token.text) for token in tokens(clause) if is_verb(ascii_key(token.text)))


def _nouns(words: frozenset[str]) -> list[str]:
    return [word for word in words if not is_verb(word)]


def _question(question: Question, clause: str, lead: str, content: Sequence[str], before: Question | None) -> Question:
    """The question for one clause; a measure that it leaves out is that of the clause before it."""
    years = [
        YearMention(int(match[0]), match.start(), match.end())
        for match in _YEAR.finditer(clause)
        if int(match[0]) in question.years
    ]
    asked = read_asked(clause, years)
    left: tuple[int | None, ...] = question.years or (None,)
    if before is None and question.measures == ("actual",) and not any(one.measure for one in asked):
        asked = tuple(Asked(one.year, "actual") for one in asked or (Asked(),))
    if before is not None and not any(one.measure for one in asked):
        asked = tuple(Asked(one.year, measure) for one in asked or (Asked(),) for measure in before.measures or (None,))
    whole = tuple(
        dict.fromkeys(
            Asked(year, one.measure)
            for one in asked or (Asked(),)
            for year in ((one.year,) if one.year is not None else left)
        )
    )
    measures: tuple[Measure, ...] = tuple(dict.fromkeys(one.measure for one in whole if one.measure is not None))
    content = tuple(dict.fromkeys(content))
    own = keys(clause)
    return replace(
        question,
        text=clause,
        query_text=f"{lead} {clause}".strip(),
        content=content,
        topic=(*analyse(f"{lead} {clause}"), *(word for word in content if word in own)),
        asked=whole,
        measures=measures,
        years=tuple(dict.fromkeys(one.year for one in whole if one.year is not None)),
        units=read_units(clause, measures),
        counted=read_counted(clause),
        wants=("figure",),
        wants_figure=True,
    )
