"""The clauses of an English question, cut into their asking phrase, subject, verb and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qa.english.chunks import Chunk
from qa.english.conjugation import Form, conjugate

_ADVERBS = frozenset({"ne kadar", "neden", "nasıl", "ne zaman", "nerede", "ne kadar para"})
_RELATIVE = frozenset({"which", "who", "whom", "whose", "where", "when", "how"})
_WHERE = frozenset(
    {"in", "on", "at", "during", "from", "by", "within", "throughout", "since", "until", "for", "across"}
)
_YEAR_AFTER = {
    "by": "yılına kadar",
    "until": "yılına kadar",
    "since": "yılından beri",
    "by the end of": "yılı sonuna kadar",
}


@dataclass
class Group:
    """Chunks that stay together: a noun phrase with the preposition before it, or a verb inside a phrase."""

    chunks: list[Chunk] = field(default_factory=list)
    preposition: str = ""
    after: str = ""
    verb: str = ""  # a Turkish verb form in place of chunks

    @property
    def text(self) -> str:
        """Its Turkish words."""
        if self.verb:
            return self.verb
        words = " ".join(chunk.turkish for chunk in self.chunks if chunk.turkish)
        after = _YEAR_AFTER.get(self.preposition, self.after) if self.is_time else self.after
        return f"{words} {after}".strip() if words else ""

    @property
    def is_time(self) -> bool:
        """Whether it holds years alone."""
        kinds = {chunk.kind for chunk in self.chunks}
        return bool(kinds) and kinds <= {"year", "and"}

    @property
    def is_place(self) -> bool:
        """Whether it says where, by a name."""
        return self.preposition in _WHERE and bool(self.chunks) and self.chunks[0].kind == "word"


@dataclass
class Clause:
    """The parts of a clause, each in English order."""

    lead: list[Group] = field(default_factory=list)
    ask: Chunk | None = None
    asked: list[Group] = field(default_factory=list)  # what the asking word goes with: "how many [trees of …]"
    subject: list[Group] = field(default_factory=list)
    rest: list[Group] = field(default_factory=list)
    verb: str = ""
    yes_no: bool = False
    command: str = ""
    copula: bool = False


def parsed(chunks: list[Chunk]) -> Clause:
    """The parts of a clause."""
    clause = Clause()
    start = _asking(chunks)
    if start is not None:
        clause.ask = chunks[start]
        before = chunks[:start]
        if before and before[-1].kind == "prep":
            if before[-1].english == "by" and clause.ask.turkish == "yüzde kaçı":
                clause.ask = replace(clause.ask, turkish="yüzde kaç")
            before = before[:-1]
        if any(chunk.kind == "opener" for chunk in before):
            clause.lead.append(Group([chunk for chunk in before if chunk.kind == "opener"]))
        clause.lead += groups([chunk for chunk in before if chunk.kind not in ("opener", "verb", "aux", "to", "break")])
        chunks = chunks[start + 1 :]
    elif chunks and chunks[0].kind == "command":
        clause.command = chunks[0].turkish
        chunks = chunks[1:]
    elif chunks and chunks[0].kind == "opener":
        clause.lead.append(Group(chunks[:1]))
        chunks = chunks[1:]
    clause.yes_no = start is None and bool(chunks) and chunks[0].kind == "aux"
    _read_verb(clause, chunks)
    return clause


def _there_is(helpers: set[str]) -> str:
    return "vardı" if helpers & {"did", "had", "was", "were"} else "var"


def _asking(chunks: Sequence[Chunk]) -> int | None:
    """Where the clause asks; "which" and "who" behind a noun or a verb begin a clause of their own and ask nothing."""
    for place, chunk in enumerate(chunks):
        if chunk.kind != "ask":
            continue
        behind = [one.kind for one in chunks[:place] if one.kind not in ("prep", "opener", "break", "year", "and")]
        if chunk.english in _RELATIVE and behind:
            continue
        return place
    return None


def _read_verb(clause: Clause, chunks: list[Chunk]) -> None:
    """Finds the verb of a clause and sorts the words before and behind it."""
    auxiliary = next((place for place, chunk in enumerate(chunks) if chunk.kind == "aux"), None)
    helpers = {chunk.english for chunk in chunks if chunk.kind == "aux"}
    main = _main(chunks, auxiliary, clause)
    limit = main if main is not None else len(chunks)
    head_end = limit if auxiliary is None else min(auxiliary, limit)
    negative = any(chunk.kind == "not" or "n't" in chunk.english for chunk in chunks[:limit])
    if clause.ask is not None or clause.yes_no:
        clause.asked = groups(chunks[:head_end]) if clause.ask is not None else []
    else:
        clause.subject = groups(chunks[:head_end])
    clause.subject += groups(chunks[head_end:limit])
    if auxiliary is None and clause.ask is not None and clause.ask.turkish in _ADVERBS:
        clause.asked, clause.subject = [], [*clause.asked, *clause.subject]
    if main is None and any(chunk.english == "there" for chunk in chunks):
        clause.rest, clause.subject = clause.subject, []
        clause.verb = _there_is(helpers)
        return
    if main is None and auxiliary is not None and "do" in {chunk.english for chunk in chunks[auxiliary + 1 :]}:
        clause.verb = conjugate("yapılan", "past" if "did" in helpers else "present")
        return
    if main is None:
        clause.copula = auxiliary is not None
        if clause.yes_no or (clause.ask is not None and clause.asked):
            clause.rest, clause.subject = clause.subject, []
            if clause.yes_no:
                said = next((place for place in range(1, len(clause.rest)) if _is_said(clause.rest[place])), 1)
                clause.subject, clause.rest = clause.rest[:said], clause.rest[said:]
            elif helpers & {"have", "has", "had", "did", "does", "do"}:
                clause.subject, clause.rest = clause.rest[:1], clause.rest[1:]
                clause.verb = _there_is(helpers)
            elif clause.copula and all(group.preposition for group in clause.rest):  # "how many parks are there in …"
                clause.verb, clause.copula = _there_is(helpers), False
        elif clause.copula and not clause.ask:
            clause.rest, clause.subject = clause.subject, []
        return
    verb = chunks[main]
    rest = chunks[main + 1 :]
    last, form = _tense(chunks, main, helpers)
    clause.rest = groups(rest[last:])
    clause.verb = conjugate(
        _participle(chunks, main, last, clause),
        form,
        negative,
        bool(helpers & {"could", "can", "couldn't", "can't", "cannot"}),
    )
    if verb.verb is not None and verb.verb.money and clause.ask is not None and clause.ask.turkish == "ne kadar":
        clause.ask = Chunk("ask", clause.ask.english, clause.ask.turkish, verb.verb)
    if chunks[main].verb.turkish == "sahip olan":  # type: ignore[union-attr]
        clause.verb = _there_is(helpers)


def _main(chunks: Sequence[Chunk], auxiliary: int | None, clause: Clause) -> int | None:
    """Where the main verb stands; None where "to be" alone is the verb, or there is none."""
    verbs = [place for place, chunk in enumerate(chunks) if chunk.verb is not None and not _is_bound(chunks, place)]
    if auxiliary is None:
        return _main_alone(chunks, verbs) if clause.ask is not None else None
    if clause.ask is not None and clause.ask.turkish in ("ne", "kim") and _kind(chunks[auxiliary]) == "be":
        verbs = [place for place in verbs if place == auxiliary + 1]  # "what is the cost of trees planted"
    unsure = []
    for place in verbs:
        helpers = {_kind(chunk) for chunk in chunks[auxiliary:place] if chunk.kind == "aux"}
        later = any(_kind(chunk) == "be" for chunk in chunks[place + 1 :] if chunk.kind == "aux")
        if (not helpers or later) and not _is_intent(chunks, place):
            continue
        tense = chunks[place].verb.tense  # type: ignore[union-attr]
        past = _is_past(chunks[place])
        fits = past or tense == "ing" if "be" in helpers else past and "have" in helpers
        if fits or _is_intent(chunks, place) or (tense == "base" and not chunks[place].turkish and "do" in helpers):
            return place
        if tense == "base" and "do" in helpers and "be" not in helpers and not chunks[place].noun:
            unsure.append(place)
    free = [place for place in unsure if not _in_phrase(chunks, place)]
    chosen = free or unsure
    return chosen[-1] if chosen else None


def _main_alone(chunks: Sequence[Chunk], verbs: Sequence[int]) -> int | None:
    """Where the main verb stands in a clause without an auxiliary: "who signed", "which units plan to build"."""
    for place in verbs:
        chunk = chunks[place]
        if not chunk.turkish or _is_past(chunk) or _is_intent(chunks, place):
            return place
    return next((place for place in verbs if place and chunks[place - 1].plural and not chunks[place].noun), None)


def _is_bound(chunks: Sequence[Chunk], place: int) -> bool:
    """Whether a preposition stands right before the verb: "for declaring"."""
    return place > 0 and chunks[place - 1].kind == "prep"


def _is_past(chunk: Chunk) -> bool:
    return chunk.verb is not None and (chunk.verb.tense == "past" or chunk.verb.same)


def _is_intent(chunks: Sequence[Chunk], place: int) -> bool:
    """Whether the verb is one of planning before another one: "plan to build"."""
    verb = chunks[place].verb
    return verb is not None and verb.intent and place + 1 < len(chunks) and chunks[place + 1].kind == "to"


def _in_phrase(chunks: Sequence[Chunk], place: int) -> bool:
    """Whether a preposition opens the noun phrase in which the word stands."""
    for chunk in reversed(chunks[:place]):
        if chunk.kind == "prep":
            return True
        if chunk.kind not in ("term", "word", "and", "year"):
            return False
    return False


def _kind(chunk: Chunk) -> str:
    helper = chunk.english
    if helper.startswith(("is", "are", "was", "were", "be")):
        return "be"
    return "have" if helper.startswith(("ha",)) else "do"


def _tense(chunks: Sequence[Chunk], main: int, helpers: set[str]) -> tuple[int, Form]:
    """How many chunks behind the main verb belong to it ("plan to build"), and the form of the Turkish verb."""
    verb = chunks[main].verb
    assert verb is not None
    length = 0
    following = list(chunks[main + 1 : main + 4])
    if verb.intent and following and following[0].kind == "to":
        at = 2 if len(following) > 1 and following[1].kind == "aux" else 1
        if len(following) > at and following[at].verb is not None:
            return at + 1, "future"
        if at == 2:
            return 2, "future"
    before = chunks[main - 1] if main else None
    if before is not None and (before.kind == "to" or (main > 1 and chunks[main - 2].kind == "to")):
        return length, "future"
    if helpers & {"will", "shall", "won't"}:
        return length, "future"
    if helpers & {"did", "was", "were", "has", "have", "had", "could", "couldn't", "didn't", "wasn't", "weren't"}:
        return length, "past"
    return length, "past" if verb.tense == "past" and not helpers else "present"


def _participle(chunks: Sequence[Chunk], main: int, length: int, clause: Clause) -> str:
    """The verb that carries the meaning: behind "plan to" the one that follows."""
    verbs = [chunk.verb for chunk in chunks[main : main + length + 1] if chunk.verb is not None]
    chosen = verbs[-1] if length else verbs[0]
    words = [chunk.turkish for chunk in chunks]
    if chosen.turkish == "karşılanan" and any(word.startswith("hedef") for word in words):
        return "ulaşılan"  # to meet a target
    if chosen.turkish == "geliştirilen" and clause.ask is not None and clause.ask.turkish == "nasıl":
        return "değişen"
    return chosen.turkish


def _is_said(group: Group) -> bool:
    """Whether a phrase behind "is it" says something of the subject."""
    return (not group.preposition and not group.verb) or group.preposition in ("above", "below", "beyond", "beneath")


def _is_predicate(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Whether the word is said of a subject and stands in no noun phrase: "responsible", "higher" before "than"."""
    if chunk.turkish == "sorumlu":
        return True
    return chunk.turkish.startswith("daha ") and not (following and following[0].kind in ("term", "word"))


def groups(chunks: Sequence[Chunk]) -> list[Group]:
    """Noun phrases with their prepositions, and the verbs between them, in English order."""
    found: list[Group] = []
    current = Group()
    content = False

    def close() -> None:
        nonlocal current
        if current.chunks:
            found.append(current)
        current = Group()

    for place, chunk in enumerate(chunks):
        if chunk.kind == "prep":
            if current.chunks and current.chunks[-1].kind == "and" and current.preposition == chunk.english:
                continue  # "in 2021 and in 2024"
            close()
            current = Group(preposition=chunk.english, after=chunk.turkish)
        elif chunk.kind in ("aux", "to", "not", "ask"):
            close()
        elif chunk.kind == "break":
            continue
        elif chunk.kind == "pronoun":
            if (
                chunk.english != "there"
                and not content
                and not any(one.kind in ("term", "word") for one in chunks[place + 1 :])
            ):
                current.chunks.append(Chunk("term", chunk.english, "bu"))
        elif _is_predicate(chunk, chunks[place + 1 : place + 2]):
            close()
            found.append(Group([chunk]))
        elif chunk.verb is not None and (not chunk.turkish or (chunk.verb.tense == "past" and current.chunks)):
            form: Form = "noun" if chunk.verb.tense == "ing" else "participle"
            close()
            found.append(Group(verb=conjugate(chunk.verb.turkish, form)))
        elif chunk.kind == "and":
            if current.chunks:
                current.chunks.append(chunk)
        else:
            if (
                chunk.kind == "word"
                and current.chunks
                and current.chunks[-1].kind == "term"
                and chunk.turkish[:1].isupper()
            ):
                close()
            current.chunks.append(chunk)
            content = content or chunk.kind in ("term", "word")
    close()
    return found
