"""How much of a question the places hold that a draft cites: its nouns, what it counts, the kind of thing it seeks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from indexer.repair import repair
from indexer.turkish import ascii_key, fold, key, keys, tokens
from qa.answering.draft import Draft
from qa.asking import is_verb
from qa.deciding.naming import unmet_body, unmet_place, unmet_quotation
from qa.deciding.standing import stands
from qa.features import rarity
from qa.finding.agreement import is_measured
from qa.finding.items import items_of
from qa.finding.kinds import says_kind
from qa.finding.modifiers import apart, compounds_of, holds, is_unit, unmet_modifier
from qa.finding.places import heads
from qa.finding.row_words import word_groups
from qa.finding.vocabulary import lacking, says
from qa.records import Hit, Question

_QUOTED = re.compile(r"[\"“][^\"”]{3,}[\"”]|(?<!\w)['‘][^'’]{3,}['’](?!\w)")
_SHARE_OF = re.compile(r"(?<!\w)(\w{3,}[ıiuü]n) (?:en az |en çok |yaklaşık )?(?:yüzde |%)kaç")
_HEADS = 2  # words after "kaç" that tell what is counted ("kaç kadın memur")
_SHORT = 3  # nouns of a question each of which is its matter; longer ones say some things otherwise than documents
_PLAIN = 0.1  # rarity, 0 to 1, up to which a word is too common to be missed
_TELLING = 0.3  # rarity from which a modifier tells one kind of a thing from another
_MONTHS = tuple(word_groups("calendar")["months"])
_MONTH = re.compile(
    rf"(?<!\w)(?P<day>\d{{1,2}} )?(?P<month>{'|'.join(_MONTHS)})['’]?\w{{0,4}}"
    r"(?P<year> (?:19|20)\d\d| ayi\w*| ayla\w*)?(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """The keys of a question's words by what they do in it; verbs and words of degree are among none of them.

    Attributes:
        nouns: what the question is about.
        heads: the words after "kaç" that tell what is counted.
        quoted: the words that the question sets in quotation marks.
        verbs: what was done, or is to be.
    """

    nouns: tuple[str, ...]
    heads: tuple[str, ...]
    quoted: tuple[str, ...]
    verbs: tuple[str, ...]


def named_in(question: Question) -> Named:
    """The nouns, the counted things, the quoted words and the verbs of ``question``."""
    nouns = tuple(dict.fromkeys(key(word) for word in question.subject.split() if _is_noun(word)))
    heads = [
        word.key
        for item in items_of(question)
        if not is_measured(item.unit)
        for word in [*takewhile(lambda word: word.key in nouns, item.after)][:_HEADS]
    ]
    quoted = [found for match in _QUOTED.finditer(question.text) for found in keys(match[0])]
    verbs = tuple(dict.fromkeys(key(word) for word in question.subject.split() if is_verb(ascii_key(word))))
    return Named(nouns, tuple(dict.fromkeys(heads)), tuple(word for word in quoted if word in question.content), verbs)


def _left(named: Named, understood: frozenset[str]) -> Named:
    """The words that the places cited must hold, without those that the answer itself is the answer to."""
    nouns, heads = (tuple(word for word in words if word not in understood) for words in (named.nouns, named.heads))
    return replace(named, nouns=nouns, heads=heads)


def _is_noun(word: str) -> bool:
    return not word.isdigit() and not is_verb(ascii_key(word)) and not says("no_thing", word)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the places say that a draft cites.

    Attributes:
        own: the keys of the quotes, and of the labels and columns of their cells.
        under: these, and the keys of the headings above.
        around: these, and the keys of the headings above and of the passages that hold the quotes.
        parts: the keys of each quote, heading and name of a cell, in their order.
        text: the quotes, repaired.
        told: the quotes with the labels, units, columns and headings of their cells.
        whole: these, and the passages that hold the quotes.
    """

    own: frozenset[str]
    under: frozenset[str]
    around: frozenset[str]
    parts: tuple[tuple[str, ...], ...]
    text: str
    told: str
    whole: str


def evidence_of(draft: Draft, hits: Sequence[Hit]) -> Evidence:
    """What the places cited by ``draft`` say; ``hits`` are the passages that it was made from."""
    text = "\n".join(repair(citation.quote).text for citation in draft.citations)
    cells = [(one, one.fact) for one in draft.found if one.fact is not None]
    labels = [f"{one.label} {fact.column}" for one, fact in cells]
    headings = [heading for citation in draft.citations for heading in citation.context]
    path = " ".join(headings)
    passages = " ".join(hit.passage.search_text for hit in holding(draft, hits))
    own = frozenset(keys(" ".join((text, *labels))))
    under = own | frozenset(keys(path))
    parts = tuple(tuple(key(token.text) for token in tokens(part)) for part in (text, *headings, *labels))
    units = " ".join(fact.unit_text or fact.unit or "" for _, fact in cells)
    told = " ".join((text, *labels, units, path))
    return Evidence(own, under, under | frozenset(keys(passages)), parts, text, told, f"{told} {passages}")


def holding(draft: Draft, hits: Sequence[Hit]) -> list[Hit]:
    """Those of ``hits`` that hold a part of what ``draft`` cites."""
    return [
        hit
        for hit in hits
        if any(
            hit.passage.document == citation.document
            and hit.passage.span.start < citation.span.end
            and citation.span.start < hit.passage.span.end
            for citation in draft.citations
        )
    ]


@dataclass(frozen=True, slots=True)
class Support:
    """What of a question the places cited hold.

    Attributes:
        own: the share of its nouns that the places themselves hold, by rarity, 0 to 1.
        around: the share that headings and passages hold, too.
        unsaid: the share of a short question's nouns that neither the places nor their headings hold, half of it for
            those that the passages do; 0 for other questions.
        apart: the share of its compounds whose words stand beside each other nowhere there, 0 to 1.
        undone: how rare the rarest verb is that neither the places nor their headings have, 0 to 1.
        missing: how rare the rarest noun is that the places themselves lack, 0 to 1.
        objections: what the question says and the places do not: the thing counted or asked for, the modifier of a
            compound, the words quoted, "per", a date, a month, what a share is of.
        unnamed: whether a name in quotation marks, a body or a place stands in none of them.
        other_column: whether a cell is of another kind of the thing asked for than its column says.
    """

    own: float
    around: float
    unsaid: float
    apart: float
    undone: float
    missing: float
    objections: int
    unnamed: bool
    other_column: bool


def support_of(question: Question, draft: Draft, hits: Sequence[Hit]) -> Support:
    """What of ``question`` the places cited by ``draft`` hold; ``hits`` are the passages that it was made from."""
    named, evidence = _left(named_in(question), draft.understood), evidence_of(draft, hits)
    scale = math.log(1 + len(draft.index.lexical))
    weigh = {word: rarity(draft.index, word) / scale for word in (*named.nouns, *named.heads, *named.verbs)}
    asked = question.query_text or question.text
    told = bool(draft.found) and not draft.over_rows  # what rows are, their table tells
    counted = told and _rarest(named.heads, evidence.own, weigh) > _PLAIN
    said = evidence.around if draft.over_rows else evidence.own  # a row of costs stands under its activity's name
    quoted = any(not holds(word, said) for word in named.quoted)
    dated = not draft.found and says("dated", asked) and not says_kind(evidence.text, "date")
    per = lacking("per", asked, evidence.told)
    alone = told and len(draft.found) == 1  # what several values are of, the question tells here and there
    cell = alone and draft.found[0].fact is not None
    compounds = compounds_of(question, named.nouns)
    other_kind = cell and unmet_modifier(compounds, evidence.around, weigh) > _TELLING
    other_column = cell and _is_of_other_column(question, named.nouns, draft, weigh)
    unheard = told and _is_unheard(question, named.nouns, draft)
    month = alone and _lacks_month(asked, evidence)
    share = cell and _is_share_of_another(question, named.nouns, evidence)
    return Support(
        _share(named.nouns, evidence.own, weigh),
        _share(named.nouns, evidence.around, weigh),
        _unsaid(named.nouns, evidence, weigh),
        apart(compounds, evidence.parts),
        _rarest(named.verbs, evidence.under, weigh),
        _rarest(named.nouns, evidence.own, weigh),
        counted + other_kind + unheard + quoted + dated + per + month + share,
        unmet_quotation(question, evidence.whole) or (told and _names_unmet(question, draft, evidence)),
        other_column,
    )


def _names_unmet(question: Question, draft: Draft, evidence: Evidence) -> bool:
    """Whether a body or a place that the question names stands in none of the places cited."""
    above = (heads(draft.index.documents[one.document], one.span) for one in draft.citations)
    return unmet_body(question, evidence.whole) or unmet_place(question, "\n".join((*above, evidence.told)))


def _is_of_other_column(question: Question, nouns: Sequence[str], draft: Draft, weigh: Mapping[str, float]) -> bool:
    """Whether the column of the cell is of another kind of the thing asked for: "Toplam Ziyaretçi", not "yabancı"."""
    one = draft.found[0]
    if one.fact is None:
        return False
    column = frozenset(keys(one.fact.column))
    said = frozenset(keys(" ".join((one.label, one.fact.column, *one.context))))
    compounds = [names for names in compounds_of(question, nouns) if holds(names[-1], column)]
    return unmet_modifier(compounds, said, weigh) > _TELLING


def _is_unheard(question: Question, nouns: Sequence[str], draft: Draft) -> bool:
    """Whether the thing asked for ("maaşı kaç TL") stands nowhere in the documents of the municipalities named."""
    asked = (item.before[-1].key for item in items_of(question) if item.before)
    whose = question.municipalities
    return question.language == "tr" and any(
        word in nouns and not is_unit(word) and not stands(word, draft.index, whose) for word in asked
    )


def _is_share_of_another(question: Question, nouns: Sequence[str], evidence: Evidence) -> bool:
    """Whether a share is asked of something ("taşınmazların yüzde kaçı") that the places do not name."""
    wholes = (key(match[1]) for match in _SHARE_OF.finditer(fold(question.query_text or question.text)))
    return question.language == "tr" and any(word in nouns and not holds(word, evidence.around) for word in wholes)


def _lacks_month(asked: str, evidence: Evidence) -> bool:
    """Whether a question is about a month of a year, and the places do not name it; a day is told far above."""
    dates = {int(found) for found in re.findall(r"\d{1,2}[./](\d{2})[./](?:19|20)\d\d", evidence.text)}
    for match in _MONTH.finditer(ascii_key(asked)):
        number = _MONTHS.index(match["month"]) + 1
        if match["year"] and not match["day"] and key(match["month"]) not in evidence.around and number not in dates:
            return True
    return False


def _share(asked: Sequence[str], words: frozenset[str], weigh: Mapping[str, float]) -> float:
    total = sum(weigh[word] for word in asked)
    return sum(weigh[word] for word in asked if holds(word, words)) / total if total else 1.0


def _unsaid(nouns: Sequence[str], evidence: Evidence, weigh: Mapping[str, float]) -> float:
    if len(nouns) > _SHORT:
        return 0.0
    return 1 - (_share(nouns, evidence.under, weigh) + _share(nouns, evidence.around, weigh)) / 2


def _rarest(asked: Iterable[str], words: frozenset[str], weigh: Mapping[str, float]) -> float:
    return max((weigh[word] for word in asked if not holds(word, words)), default=0.0)
