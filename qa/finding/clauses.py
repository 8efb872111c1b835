"""The clause that a figure stands in: what is said to have happened to it, and whether it is dated anew.

"121 adet plan uygun görülerek onaylanmış, 80 adet uygun görülmeyerek reddedilmiştir": each number has its own verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from indexer.records import Figure
from indexer.turkish import ascii_key, key
from qa.finding.governing import tells_part
from qa.finding.matter import Matter, Word
from qa.finding.row_words import word_groups, word_pattern
from qa.finding.statements import Statement
from qa.records import Question

_DAY = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}[./]\Z")
_SAME_TIME = re.compile(r"(?:[\s\d./–-]|\bve\b|\bile\b|\btarih\w*)*\Z")
_FINITE = re.compile(
    r"\w{2,}?(?:m[iu]s(?:t[iu]r|lard[iu]r|lerd[iu]r)?|[ae]c[ae]k(?:t[iu]r)?|m[ae]kt[ae](?:d[iu]r)?|[dt][iu](?:k|lar|ler|r)?|"
    r"yor(?:du|lar)?)"
)
_WORD = re.compile(r"\w+")
_WHICH = re.compile(r"[, ]+(?:olup|olan|iken)\b|\s*[,;.]|\s*\Z|\s+ve\b")
_ITEM_END = re.compile(r"(?:d[iu]r|t[iu]r)?(?:\s*[,;]|\s+(?:ve|ile)\b)")
_ITEM = re.compile(r"[,;]|\b(?:ve|ile)\b")
_ITEM_NAME = re.compile(r"[ \n\u00a0]+[A-ZÇĞİÖŞÜ]")
_LESS = 0.5  # of the weight of the words before another figure: what those before one need
_LEAD = 4  # words before a figure that may name what it is for
_ASKS = r"\b(?:kac\w*|ne|nedir|neydi|nasil\w*)\b"
_ASKED = re.compile(r"\b(?:kac\w*|ne kadar\w*)\b")


def verb_agreement(question: Question, statement: Statement, figure: Figure) -> float:
    """How well the verb of a figure's clause is the one asked for ("kaç plan reddedildi").

    Returns:
        0.5 where it is, -1 where it is another one while another figure of the sentence has the verb asked for, else 0.
    """
    asked = asked_verb(question.query_text or question.text)
    if asked is None or len(statement.figures) < 2:
        return 0.0
    verbs = list(_verbs(statement.text, statement.span.start))
    if len({verb for _, verb in verbs}) < 2 or asked not in {verb for _, verb in verbs}:
        return 0.0
    own = _verb_after(verbs, figure)
    if own == asked:
        return 0.5
    others = [other for other in statement.figures if other is not figure and _verb_after(verbs, other) == asked]
    return -1.0 if own is not None and others else 0.0


@lru_cache(maxsize=64)
def asked_verb(text: str) -> str | None:
    """The key of the verb that a question ends in, None where it has none or one that says nothing ("edildi")."""
    plain = ascii_key(text)
    ask = _ASKED.search(plain)
    words = [match for match in _WORD.finditer(plain) if ask is not None and match.start() > ask.start()]
    if not words or not _FINITE.fullmatch(words[-1][0]):
        return None
    verb = key(text[words[-1].start() : words[-1].end()])
    return None if verb in _light() else verb


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(key(word) for word in word_groups("light_verbs")["words"])


@lru_cache(maxsize=512)
def _verbs(text: str, offset: int) -> tuple[tuple[int, str], ...]:
    """The finite verbs of a sentence that end a clause, with their places in the document."""
    return tuple(_clause_ends(text, offset))


def _clause_ends(text: str, offset: int) -> Iterator[tuple[int, str]]:
    plain = ascii_key(text)
    for match in _WORD.finditer(plain):
        if _FINITE.fullmatch(match[0]) and _WHICH.match(plain, match.end()):
            yield offset + match.start(), key(text[match.start() : match.end()])


def _verb_after(verbs: list[tuple[int, str]], figure: Figure) -> str | None:
    return next((verb for at, verb in verbs if at >= figure.span.end), None)


def is_dated_anew(statement: Statement, figure: Figure) -> bool:
    """Whether a month without a year stands between the last year before a figure and the figure.

    "2007 yılında kurulan birim … iken Mart ayında … dokuza düşmüştür" tells the nine of the report's year.
    """
    last = max((at for at, _ in statement.years if at < figure.span.start), default=None)
    if last is None or any(at > figure.span.start for at, _ in statement.years):
        return False
    between = ascii_key(statement.between(last + 4, figure.span.start))
    return any(match["month"] is not None for match in _month().finditer(between))


@lru_cache(maxsize=1)
def _month() -> re.Pattern[str]:
    return re.compile(rf"(?P<month>{word_pattern('months', 'words').pattern}) ayi(?:n|nda|nin|ndan)\b")


def asks_other_side(question: Question) -> bool:
    """Whether a question asks for a figure and, of the same kind, for that of the others."""
    key = ascii_key(question.query_text or question.text)
    if word_pattern("other_side", "compared").search(key) is not None:
        return True
    others = word_pattern("other_side", "others").finditer(key)
    return any(re.search(_ASKS, key[: one.start()]) and re.search(_ASKS, key[one.end() :]) for one in others)


def lead_agreement(question: Question, matter: Matter, statement: Statement, figure: Figure) -> float:
    """Whether a figure of a row of alike ones stands for the thing asked for: "tramvay için 7.000, metro için 15.000".

    Returns:
        -1 where the words before it name little of what the question asks for beside those before another one, else 0.
    """
    alike = [other for other in statement.figures if figure.unit is not None and other.unit == figure.unit]
    if len(alike) < 2 or asks_other_side(question) or not all(_ends_item(statement, other) for other in alike[:-1]):
        return 0.0
    words = [_lead(statement, other) for other in alike]
    shortest = min(len(lead) for lead in words[1:])  # what stands before the first one's may be said of all
    leads = [matter.held(lead[-shortest:] if shortest else ()) for lead in words]
    own = [
        sum(
            term.weight
            for place, term in enumerate(matter.terms)
            if lead[place] and not all(other[place] for other in leads)
        )
        for lead in leads
    ]
    return -1.0 if own[alike.index(figure)] < _LESS * max(own) else 0.0


def trail_agreement(question: Question, matter: Matter, statement: Statement, figure: Figure) -> float:
    """Whether a part told beside others is the one asked for: "400 TL'si bankaya, 300 TL'si piyasaya borçtur".

    Returns:
        -1 where the words after it name little of what the question asks for beside those after another part, else 0.
    """
    parts = [other for other in statement.figures if other.unit == figure.unit and tells_part(statement, other)]
    if len(parts) < 2 or figure not in parts or asks_other_side(question):
        return 0.0
    words = [statement.words_in(other.span.end, statement.room(other)[1]) for other in parts]
    longest = max(map(len, words[:-1]))  # what stands after the last one's may be said of all
    trails = [matter.held(trail[:longest]) for trail in words]
    own = [
        sum(term.weight * trail[place] for place, term in enumerate(matter.terms) if not all(o[place] for o in trails))
        for trail in trails
    ]
    return -1.0 if own[parts.index(figure)] < _LESS * max(own) else 0.0


def _lead(statement: Statement, figure: Figure) -> Sequence[Word]:
    """The last words before a figure, up to the figure before it."""
    first, _ = statement.room(figure)
    end = _ITEM.search(statement.between(first, figure.span.start)) if first > statement.span.start else None
    first += end.end() if end else 0
    return [word for word in statement.words_in(first, figure.span.start) if word.key][-_LEAD:]


def _ends_item(statement: Statement, figure: Figure) -> bool:
    """Whether a comma or a conjunction follows a figure and its unit at once: what it counts stands before it."""
    following = statement.between(figure.span.end, statement.span.end).lstrip()
    if figure.unit_text:
        following = following.removeprefix(figure.unit_text)
    return _ITEM_END.match(ascii_key(following)) is not None or _begins_item(statement, figure, following)


def _begins_item(statement: Statement, figure: Figure, following: str) -> bool:
    """Whether names and values run on without a mark between them: "Harçlar 483,00 TL Cezalar 134,00 TL"."""
    last = statement.figures[-1]
    ends = statement.between(last.span.end, statement.span.end).strip().removeprefix(last.unit_text or "")
    named = _ITEM_NAME.match(following) is not None and figure.unit_text is not None
    return named and not ends.strip(" .;\u00a0") and statement.text[:1].isupper()


def spanned_years(statement: Statement, figure: Figure) -> frozenset[int]:
    """The years of the dates that stand together before a figure: "30.10.2020 ve 06.01.2021 tarihlerinde"."""
    start = statement.span.start
    before = [(at, year) for at, year in statement.years if at < figure.span.start]
    dated = [(at, year) for at, year in before if _DAY.search(statement.between(start, at))]
    if not dated or dated[-1] != before[-1]:
        return frozenset()
    years = {dated[-1][1]}
    for (at, year), (following, _) in zip(dated[-2::-1], dated[:0:-1], strict=True):
        if not _SAME_TIME.match(statement.between(at + 4, following)):
            break
        years.add(year)
    return frozenset(years)
