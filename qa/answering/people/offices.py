"""Who holds an office or signed as its holder, and who the members of a committee are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from indexer.index import Index
from indexer.records import Span
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.answering.people.members import Holder, holders_in, months_in
from qa.finding.matter import Matter, matter_of, words_of
from qa.finding.vocabulary import names_said, says
from qa.records import Hit, Question
from qa.wording import quote_sentence

_HITS = 5  # hits whose documents are read where the question names no municipality
_NAMED = 0.9  # share of a question's words that an office must hold where "who" is not asked
_BODY = 0.5  # share of the words of a committee's name that the question must hold
_SIGNED, _SIGNATURE = 3, 1_500  # hits below which a signature is looked for, and how many characters below
_MONTHS = 0.3  # what the months count that question and list name
_YEAR = 0.1  # what it counts that the document is of a year asked for
_AT_ONCE = 3  # holders told where several fit alike
_CHARACTERS = 1_200
_ASKS = re.compile(r"(?:\bkim(?:dir|di|dr|mis)?[\W]*\Z|\bwho (?:is|was|are|were)\b)")
_LISTED = re.compile(r":\s*[A-ZÇĞİÖŞÜ][a-zçğıöşü]+(?: [A-ZÇĞİÖŞÜ][\wçğıöşü]+){1,2}\s*(?:[,;.]|\Z)")
_OF_OFFICE = re.compile(r"(\w+) kim(?:dir|di|dr|mis|ler|lerdir)?\W*\Z")
_ABBREVIATIONS = re.compile(r"\b(Başkan|Bşk)\.? V\.?(?!\w)")


def person_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The holder of an office, the members of a body or who signed; None where the question asks for none of them."""
    return office_draft(question, hits, index) or signature_draft(question, hits, index)


def office_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The holder of the office that a question names, or the members of the body; None where it asks for neither.

    Args:
        question: the question as understood.
        hits: the passages found, best first; they tell the document where the question does not.
        index: the index that they come from.
    """
    text = question.query_text or question.text
    who = "who" in question.wants or says("asks", text, "who")
    matter = matter_of(question, index)
    holders = [holder for document in _documents(question, hits, index) for holder in holders_in(index, document)]
    if says("office", text, "several") and says("office", text, "bodies"):
        chosen = _members(question, holders, matter, index)
        if chosen:
            return _listed(chosen, hits, index)
    offices = names_said("offices", text)
    asks = who and (_ASKS.search(ascii_key(question.text)) or says("office", text, "acts"))
    if not offices or not (asks or question.wants == ("text",)):
        return None
    fitting = _holding(question, holders, offices, matter, who, index)
    return _told(fitting, hits, index) if fitting else None


def asks_holder(question: Question) -> bool:
    """Whether a question asks for nothing but who holds an office: "genel sekreter kim", "başkanı kimdir"."""
    match = _OF_OFFICE.search(ascii_key(question.query_text or question.text))
    return match is not None and bool(names_said("offices", match[1]))


def names_holder(draft: Draft) -> bool:
    """Whether a place that ``draft`` cites names somebody with an office, or people behind a colon."""
    return any(_LISTED.search(citation.quote) for citation in draft.citations) or any(
        holder.span.start < citation.span.end and citation.span.start < holder.span.end
        for citation in draft.citations
        for holder in holders_in(draft.index, citation.document)
    )


def signature_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """Who signed the text that was found: the first name with an office below it; None where signing is not asked."""
    if "who" not in question.wants or not says("office", question.text, "signs"):
        return None
    for hit in hits[:_SIGNED]:
        end = hit.passage.span.end
        below = [one for one in holders_in(index, hit.passage.document) if 0 <= one.span.end - end <= _SIGNATURE]
        if below:
            return _told(below[:1], hits, index)
    return None


def _documents(question: Question, hits: Sequence[Hit], index: Index) -> list[str]:
    """The documents asked about, in the order in which they were found."""
    if question.documents:
        return list(question.documents)
    found = dict.fromkeys(hit.passage.document for hit in hits)
    if question.municipalities:
        owned = (name for name, held in index.documents.items() if held.source.municipality in question.municipalities)
        found |= dict.fromkeys(owned)
        return [name for name in found if index.documents[name].source.municipality in question.municipalities]
    return list(dict.fromkeys(hit.passage.document for hit in hits[:_HITS]))


def _holding(
    question: Question, holders: Iterable[Holder], offices: frozenset[str], matter: Matter, who: bool, index: Index
) -> list[Holder]:
    """The holders of exactly the office asked for, the likeliest ones."""
    text = question.query_text or question.text
    asked = frozenset(keys(text))
    scored: list[tuple[float, Holder]] = []
    for holder in holders:
        office = _ABBREVIATIONS.sub("Başkan Vekili", holder.office)
        if names_said("offices", office) != offices:
            continue
        own = _telling(office, holder, index)
        named = own or _telling(holder.body, holder, index)
        if named - asked:
            continue
        everything = " ".join((office, holder.body, holder.heading, holder.note))
        if question.language == "tr" and _unmet(text, offices, frozenset(keys(everything)) | _frame(holder, index)):
            continue
        score = matter.share(matter.held(words_of(everything)))
        if not who and score < _NAMED - _frame_share(matter):
            continue
        scored.append((score + _agreement(question, holder, index), holder))
    return _best(scored)


def _frame_share(matter: Matter) -> float:
    """The share of a question's words that tell when: months and "dönemi"."""
    frame = [bool(months_in(term.key)) or says("office", term.key, "times") for term in matter.terms]
    return matter.share([float(part) for part in frame])


def _best(scored: Sequence[tuple[float, Holder]]) -> list[Holder]:
    best = max((score for score, _ in scored), default=0.0)
    found: dict[tuple[str, str], Holder] = {}
    for score, holder in scored:
        if score > best - 1e-9:
            found.setdefault((holder.name, holder.note), holder)
    return list(found.values())[:_AT_ONCE]


def _agreement(question: Question, holder: Holder, index: Index) -> float:
    """What the months and the year that the question names add."""
    months = months_in(question.text)
    said = months_in(f"{holder.heading} {holder.body} {holder.note}")
    year = index.documents[holder.document].source.year
    return _MONTHS * (len(months & said) / len(months | said) if months else 0.0) + _YEAR * (year in question.years)


def _telling(text: str, holder: Holder, index: Index) -> frozenset[str]:
    """The words of an office or a body that tell it from others."""
    words = (word for word in words_of(text) if word.key and not word.key.isdigit())
    spoken = ((word.key, text[word.start : word.end]) for word in words)
    found = {key for key, word in spoken if not says("office", word, "common") and not names_said("offices", word)}
    return frozenset(found) - _frame(holder, index)


def _frame(holder: Holder, index: Index) -> frozenset[str]:
    source = index.documents[holder.document].source
    return frozenset(keys(f"{source.municipality} belediye büyükşehir"))


def _unmet(text: str, offices: frozenset[str], held: frozenset[str]) -> bool:
    """Whether the word before the office in the question ("itfaiye müdürü") is none of the holder's."""
    words = [word for word in words_of(text) if word.key]
    for place, word in enumerate(words):
        if names_said("offices", text[word.start : word.end]) & offices:
            for before in reversed(words[:place]):
                spoken = text[before.start : before.end]
                if before.key not in held and (says("office", spoken, "common") or names_said("offices", spoken)):
                    continue
                return before.key not in held
            return False
    return False


def _members(
    question: Question, holders: Iterable[Holder], matter: Matter, index: Index
) -> list[tuple[str, list[Holder]]]:
    """The members of the body asked about; of several lists of it, those of the time asked for."""
    text = question.query_text or question.text
    asked = frozenset(keys(text))
    kinds = names_said("bodies", text)
    scored: list[tuple[float, tuple[str, list[Holder]]]] = []
    for (body, _, _), group in groupby(_by_body(holders), key=_body_of):
        members = _of_part(list(group), asked, index)
        if not names_said("bodies", body) & kinds or len(members) < 2:
            continue
        telling = _telling(body, members[0], index)
        met = len(telling & asked) / len(telling) if telling else 0.0
        if telling and met < _BODY:
            continue
        score = matter.share(matter.held(words_of(f"{body} {members[0].heading}"))) + met
        scored.append((score + _agreement(question, members[0], index), (body, members)))
    best = max((score for score, _ in scored), default=0.0)
    return [chosen for score, chosen in scored if score > best - 1e-9][:2]


def _of_part(members: list[Holder], asked: frozenset[str], index: Index) -> list[Holder]:
    """Only those whose own office the question names ("Melikgazi meclis üyeleri"), where it names one."""
    asked = frozenset(word for word in asked if not names_said("bodies", word))
    chosen = [member for member in members if _telling(member.office, member, index) & asked]
    return chosen if len(chosen) > 1 else members


def _by_body(holders: Iterable[Holder]) -> list[Holder]:
    return sorted(holders, key=lambda holder: (holder.document, holder.heading, holder.body, holder.span))


def _body_of(holder: Holder) -> tuple[str, str, str]:
    return holder.body, holder.heading, holder.document


def _told(holders: Sequence[Holder], hits: Sequence[Hit], index: Index) -> Draft:
    draft = Draft(index, confidence=hits[0].score if hits else 0.0)
    pieces = []
    for holder in holders:
        mark = draft.cite(holder.document, holder.span, tuple(filter(None, (holder.heading, holder.body))))
        bare = not _telling(holder.office, holder, index) and holder.body
        office = f"{holder.body}, {holder.office}" if bare else holder.office
        pieces.append(quote_sentence(f"{office}: {holder.name}{f' {holder.note}' if holder.note else ''}", mark))
    draft.text = " ".join(pieces)
    return draft


def _listed(bodies: Sequence[tuple[str, list[Holder]]], hits: Sequence[Hit], index: Index) -> Draft:
    draft = Draft(index, confidence=hits[0].score if hits else 0.0)
    pieces = []
    room = _CHARACTERS // len(bodies)
    for body, members in bodies:
        members = sorted(members, key=lambda member: member.span)
        shown: list[str] = []
        for member in members:
            plain = says("office", member.office, "plain")
            shown.append(member.name if plain else f"{member.name} ({member.office})")
            if sum(map(len, shown)) > room:
                break
        span = Span(members[0].span.start, max(member.span.end for member in members[: len(shown)]))
        mark = draft.cite(members[0].document, span, tuple(filter(None, (members[0].heading, body))))
        rest = "; …" if len(shown) < len(members) else ""
        pieces.append(quote_sentence(f"{body}: {'; '.join(shown)}{rest}", mark))
    draft.text = " ".join(pieces)
    return draft
