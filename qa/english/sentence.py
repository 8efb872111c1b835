"""Puts an English question into Turkish words in Turkish order, as far as retrieval and understanding need it.

Turkish is the mirror image of English: what follows a noun or a verb in English goes before it in Turkish. So each
clause is cut into its asking phrase, subject, verb and what follows, and these are put together the other way round:
"How many trees did Kars plant in 2024?" becomes "2024 Kars kaç ağaç dikildi". No case endings are made, but verbs
have their tense, which tells targets from results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa.english.chunks import Chunk, chunks_of
from qa.english.conjugation import Form, conjugate

_SPAN = re.compile(r"\b(from|between)\s+((?:19|20)\d\d)\s+(?:to|and|until|through)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"\b(?:by how (?:much|many)|difference|by what|"
    r"how (?:much|many)\b.*\b(?:grow|increase|decrease|decline|fall|rise|drop|more|less|fewer|higher|lower|change))",
    re.IGNORECASE,
)
_ADVERBS = frozenset({"ne kadar", "neden", "nasıl", "ne zaman", "nerede", "ne kadar para"})
_MORE = {"daha fazla": "fazla", "daha az": "eksik"}
_RELATIVE = frozenset({"which", "who", "whom", "whose", "where", "when", "how"})
_ALTERNATIVES = re.compile(
    r"\s*(?:which|who|what)(?:\s+(?:one|of the two|of these))?\s+(?P<said>.+?)[,:]\s*"
    r"(?P<first>[^,]+?),?\s+or\s+(?P<second>[^,]+?)\s*\?*\s*$",
    re.IGNORECASE,
)
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
class _Group:
    """Chunks that stay together: a noun phrase with the preposition before it, or a verb inside a phrase."""

    chunks: list[Chunk] = field(default_factory=list)
    preposition: str = ""
    after: str = ""
    verb: str = ""  # a Turkish verb form in place of chunks

    @property
    def text(self) -> str:
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
class _Clause:
    """The parts of a clause, each in English order."""

    lead: list[_Group] = field(default_factory=list)
    ask: Chunk | None = None
    asked: list[_Group] = field(default_factory=list)  # what the asking word goes with: "how many [trees of …]"
    subject: list[_Group] = field(default_factory=list)
    rest: list[_Group] = field(default_factory=list)
    verb: str = ""
    yes_no: bool = False
    command: str = ""
    copula: bool = False


def to_turkish(text: str) -> str:
    """An English text in Turkish words and order; names, numbers and unknown words stay as they are."""
    compared = _DIFFERENCE.search(text) is not None
    text = _SPAN.sub(lambda match: f"in {match[2]} and {match[3]}" if compared else f"in {match[2]}-{match[3]}", text)
    chosen = _ALTERNATIVES.match(text)
    if chosen is not None:
        return _between_two(chosen["said"], chosen["first"], chosen["second"])
    told = [_rendered(chunks) for chunks in _clauses(chunks_of(text))]
    if len(told) > 1 and not told[0].frame:
        told[0].frame, told[1].frame = told[1].frame, []  # "how many libraries and how many parks does Kars have"
    turkish = ", ".join(words for words in (" ".join(one.words) for one in told) if words)
    return f"{turkish}?" if "?" in text and turkish else turkish


def _between_two(said: str, first: str, second: str) -> str:
    """ "Which was higher, A or B?" as "A mi yoksa B mi daha yüksek"."""
    clause = _parsed(chunks_of(f"which {said}"))
    clause.rest += clause.subject
    fronted, others = _split(clause)
    options = [" ".join(_texts(reversed(_groups(chunks_of(option))))) for option in (first, second)]
    words = [*_texts(fronted), f"{options[0]} mi yoksa {options[1]} mi", *_texts(reversed(others))]
    return f"{' '.join(words)} {clause.verb}".strip() + "?"


def _clauses(chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """The parts of a question that each ask something: a new one begins at "and how many", after a mark, or both."""
    current: list[Chunk] = []
    for place, chunk in enumerate(chunks):
        following = chunks[place + 1 : place + 3]
        asks = any(one.kind == "ask" for one in following[:1]) or (
            len(following) > 1 and following[0].kind == "prep" and following[1].kind == "ask"
        )
        begins = any(one.kind in ("ask", "aux", "verb", "command") for one in current)
        if chunk.kind == "and" and asks and begins:
            yield current
            current = []
        elif chunk.kind == "break":
            if current and (asks or not begins or following[:1] == [] or following[0].kind == "and"):
                yield current
                current = []
            elif current:
                current.append(chunk)
        else:
            current.append(chunk)
    if current:
        yield current


@dataclass
class _Told:
    """A clause in Turkish: what it is about, and what it asks; ``bare`` says that it has no verb."""

    frame: list[str]
    core: list[str]
    bare: bool

    @property
    def words(self) -> list[str]:
        return [part for part in (*self.frame, *self.core) if part]


def _split(clause: _Clause) -> tuple[list[_Group], list[_Group]]:
    """What tells when and where, which goes to the front, and what else follows the verb."""
    told = [*clause.lead, *clause.rest]
    fronted = [group for group in told if group.is_time or group.is_place]
    others = [group for group in clause.rest if not (group.is_time or group.is_place)]
    return sorted(fronted, key=lambda group: not group.is_time), others


def _rendered(chunks: Sequence[Chunk]) -> _Told:
    clause = _parsed(list(chunks))
    fronted, others = _split(clause)
    lead = [group for group in clause.lead if not (group.is_time or group.is_place)]
    verb = clause.verb
    frame = [*_texts(reversed(lead)), *_texts(fronted), *_texts(reversed(clause.subject))]
    bare = not verb and not clause.copula
    if clause.copula and clause.asked and others and not others[0].preposition:
        said = next((place for place, group in enumerate(others) if group.text == "sorumlu"), 0)
        verb = others.pop(said).text  # "which department is responsible for …"
    frame += _texts(reversed(others))
    asked = list(_texts(reversed(_apposed(clause.asked, clause.ask.turkish if clause.ask else ""))))
    core = _with_asking(asked, clause.ask.turkish, verb, clause) if clause.ask else [*asked, verb]
    core.append(clause.command)
    if clause.yes_no:
        frame, core = [], _questioned([*frame, *core])
    return _Told(frame, core, bare)


def _with_asking(asked: Sequence[str], ask: str, verb: str, clause: _Clause) -> list[str]:
    if ask in ("ne", "kim") and clause.copula and not clause.asked:
        return [_what(clause, ask)]
    if ask.startswith(("yüzde kaçı", "payı", "ne kadarı")):
        return [*asked, ask, verb]
    if clause.asked and clause.asked[0].preposition == "of":  # "how many of the projects"
        return [*asked, {"kaç": "kaçı", "ne kadar": "ne kadarı", "hangi": "hangisi"}.get(ask, ask), verb]
    if "para" in ask or asked:  # "how much money", "how much land was allocated"
        verb = verb.removeprefix("bütçe ")
    if asked:
        *before, head = asked
        if clause.ask is not None and ask in ("hangi", "ne") and clause.asked[0].chunks[:1]:
            ask = "ne kadar" if ask == "ne" and clause.asked[0].chunks[-1].quantity else "hangi"
            head = _plural(head) if clause.asked[0].chunks[-1].plural else head
        return [*before, ask, head, verb]
    if ask == "hangi":
        return ["hangisi", verb]
    if ask == "ne kadar" and verb and len(verb.split()) == 1 and clause.ask is not None and _is_money(clause):
        return [ask, "para", verb]
    return [ask, verb]


def _is_money(clause: _Clause) -> bool:
    return clause.ask is not None and clause.ask.verb is not None


def _what(clause: _Clause, ask: str) -> str:
    """What closes "what is …": "nedir", for several things "nelerdir", for a quantity "ne kadar"."""
    head = next((chunk for group in clause.subject for chunk in reversed(group.chunks) if chunk.kind == "term"), None)
    if ask == "kim":
        return "kimlerdir" if head is not None and head.plural else "kimdir"
    if any(chunk.quantity for group in clause.subject[:1] for chunk in group.chunks):
        return "ne kadar"
    return "nelerdir" if head is not None and head.plural else "nedir"


def _apposed(asked: list[_Group], ask: str) -> list[_Group]:
    """ "tonnes of asphalt" stays in its order: a unit does not belong to what it measures; "more tonnes" does not."""
    if asked and len(asked[0].chunks) > 1 and (more := _MORE.get(asked[0].chunks[0].turkish)):
        word, unit, *last = asked[0].chunks
        asked = [
            replace(asked[0], chunks=[unit, replace(word, turkish=more, unit=unit.unit), *last]),
            *asked[1:],
        ]
    if len(asked) > 1 and ask.startswith(("kaç", "ne kadar")) and asked[0].chunks and asked[0].chunks[-1].unit:
        first, second, *others = asked
        return [_Group([*first.chunks, *second.chunks], verb=f"{first.text} {second.text}"), *others]
    return asked


def _plural(word: str) -> str:
    vowel = next((letter for letter in reversed(word) if letter in "aeıioöuü"), "e")
    return f"{word}{'lar' if vowel in 'aıou' else 'ler'}"


def _questioned(parts: list[str]) -> list[str]:
    """With the question particle at the end, or behind either of two alternatives: "A mi yoksa B mi daha büyük"."""
    joined = " ".join(part for part in parts if part)
    if " veya " in joined:
        first, second = joined.split(" veya ", 1)
        return [f"{first} mi yoksa {second} mi"]
    return [joined, "mi"]


def _texts(groups: Sequence[_Group] | Iterator[_Group]) -> Iterator[str]:
    return (group.text for group in groups if group.text)


def _parsed(chunks: list[Chunk]) -> _Clause:
    """The parts of a clause."""
    clause = _Clause()
    start = _asking(chunks)
    if start is not None:
        clause.ask = chunks[start]
        before = chunks[:start]
        if before and before[-1].kind == "prep":
            if before[-1].english == "by" and clause.ask.turkish == "yüzde kaçı":
                clause.ask = replace(clause.ask, turkish="yüzde kaç")
            before = before[:-1]
        if any(chunk.kind == "opener" for chunk in before):
            clause.lead.append(_Group([chunk for chunk in before if chunk.kind == "opener"]))
        clause.lead += _groups(
            [chunk for chunk in before if chunk.kind not in ("opener", "verb", "aux", "to", "break")]
        )
        chunks = chunks[start + 1 :]
    elif chunks and chunks[0].kind == "command":
        clause.command = chunks[0].turkish
        chunks = chunks[1:]
    elif chunks and chunks[0].kind == "opener":
        clause.lead.append(_Group(chunks[:1]))
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


def _read_verb(clause: _Clause, chunks: list[Chunk]) -> None:
    """Finds the verb of a clause and sorts the words before and behind it."""
    auxiliary = next((place for place, chunk in enumerate(chunks) if chunk.kind == "aux"), None)
    helpers = {chunk.english for chunk in chunks if chunk.kind == "aux"}
    main = _main(chunks, auxiliary, clause)
    limit = main if main is not None else len(chunks)
    head_end = limit if auxiliary is None else min(auxiliary, limit)
    negative = any(chunk.kind == "not" or "n't" in chunk.english for chunk in chunks[:limit])
    if clause.ask is not None or clause.yes_no:
        clause.asked = _groups(chunks[:head_end]) if clause.ask is not None else []
    else:
        clause.subject = _groups(chunks[:head_end])
    clause.subject += _groups(chunks[head_end:limit])
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
    clause.rest = _groups(rest[last:])
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


def _main(chunks: Sequence[Chunk], auxiliary: int | None, clause: _Clause) -> int | None:
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


def _participle(chunks: Sequence[Chunk], main: int, length: int, clause: _Clause) -> str:
    """The verb that carries the meaning: behind "plan to" the one that follows."""
    verbs = [chunk.verb for chunk in chunks[main : main + length + 1] if chunk.verb is not None]
    chosen = verbs[-1] if length else verbs[0]
    words = [chunk.turkish for chunk in chunks]
    if chosen.turkish == "karşılanan" and any(word.startswith("hedef") for word in words):
        return "ulaşılan"  # to meet a target
    if chosen.turkish == "geliştirilen" and clause.ask is not None and clause.ask.turkish == "nasıl":
        return "değişen"
    return chosen.turkish


def _is_said(group: _Group) -> bool:
    """Whether a phrase behind "is it" says something of the subject."""
    return (not group.preposition and not group.verb) or group.preposition in ("above", "below", "beyond", "beneath")


def _is_predicate(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Whether the word is said of a subject and stands in no noun phrase: "responsible", "higher" before "than"."""
    if chunk.turkish == "sorumlu":
        return True
    return chunk.turkish.startswith("daha ") and not (following and following[0].kind in ("term", "word"))


def _groups(chunks: Sequence[Chunk]) -> list[_Group]:
    """Noun phrases with their prepositions, and the verbs between them, in English order."""
    groups: list[_Group] = []
    current = _Group()
    content = False

    def close() -> None:
        nonlocal current
        if current.chunks:
            groups.append(current)
        current = _Group()

    for place, chunk in enumerate(chunks):
        if chunk.kind == "prep":
            if current.chunks and current.chunks[-1].kind == "and" and current.preposition == chunk.english:
                continue  # "in 2021 and in 2024"
            close()
            current = _Group(preposition=chunk.english, after=chunk.turkish)
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
            groups.append(_Group([chunk]))
        elif chunk.verb is not None and (not chunk.turkish or (chunk.verb.tense == "past" and current.chunks)):
            form: Form = "noun" if chunk.verb.tense == "ing" else "participle"
            close()
            groups.append(_Group(verb=conjugate(chunk.verb.turkish, form)))
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
    return groups
