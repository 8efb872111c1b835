"""Puts an English question into Turkish words in Turkish order, as far as retrieval and understanding need it.

Turkish is the mirror image of English: what follows a noun or a verb in English goes before it in Turkish. So each
clause is cut into its asking phrase, subject, verb and what follows, and these are put together the other way round:
"How many trees did Kars plant in 2024?" becomes "2024 Kars kaç ağaç dikildi". No case endings are made, but verbs
have their tense, which tells targets from results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.english.chunks import Chunk, chunks_of
from qa.english.clauses import Clause, Group, groups, parsed

_SPAN = re.compile(r"\b(from|between)\s+((?:19|20)\d\d)\s+(?:to|and|until|through)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"\b(?:by how (?:much|many)|difference|by what|"
    r"how (?:much|many)\b.*\b(?:grow|increase|decrease|decline|fall|rise|drop|more|less|fewer|higher|lower|change))",
    re.IGNORECASE,
)
_MORE = {"daha fazla": "fazla", "daha az": "eksik"}
_ALTERNATIVES = re.compile(
    r"\s*(?:which|who|what)(?:\s+(?:one|of the two|of these))?\s+(?P<said>.+?)[,:]\s*"
    r"(?P<first>[^,]+?),?\s+or\s+(?P<second>[^,]+?)\s*\?*\s*$",
    re.IGNORECASE,
)


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
    clause = parsed(chunks_of(f"which {said}"))
    clause.rest += clause.subject
    fronted, others = _split(clause)
    options = [" ".join(_texts(reversed(groups(chunks_of(option))))) for option in (first, second)]
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


def _split(clause: Clause) -> tuple[list[Group], list[Group]]:
    """What tells when and where, which goes to the front, and what else follows the verb."""
    told = [*clause.lead, *clause.rest]
    fronted = [group for group in told if group.is_time or group.is_place]
    others = [group for group in clause.rest if not (group.is_time or group.is_place)]
    return sorted(fronted, key=lambda group: not group.is_time), others


def _rendered(chunks: Sequence[Chunk]) -> _Told:
    clause = parsed(list(chunks))
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


def _with_asking(asked: Sequence[str], ask: str, verb: str, clause: Clause) -> list[str]:
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


def _is_money(clause: Clause) -> bool:
    return clause.ask is not None and clause.ask.verb is not None


def _what(clause: Clause, ask: str) -> str:
    """What closes "what is …": "nedir", for several things "nelerdir", for a quantity "ne kadar"."""
    head = next((chunk for group in clause.subject for chunk in reversed(group.chunks) if chunk.kind == "term"), None)
    if ask == "kim":
        return "kimlerdir" if head is not None and head.plural else "kimdir"
    if any(chunk.quantity for group in clause.subject[:1] for chunk in group.chunks):
        return "ne kadar"
    return "nelerdir" if head is not None and head.plural else "nedir"


def _apposed(asked: list[Group], ask: str) -> list[Group]:
    """ "tonnes of asphalt" stays in its order: a unit does not belong to what it measures; "more tonnes" does not."""
    if asked and len(asked[0].chunks) > 1 and (more := _MORE.get(asked[0].chunks[0].turkish)):
        word, unit, *last = asked[0].chunks
        asked = [
            replace(asked[0], chunks=[unit, replace(word, turkish=more, unit=unit.unit), *last]),
            *asked[1:],
        ]
    if len(asked) > 1 and ask.startswith(("kaç", "ne kadar")) and asked[0].chunks and asked[0].chunks[-1].unit:
        first, second, *others = asked
        return [Group([*first.chunks, *second.chunks], verb=f"{first.text} {second.text}"), *others]
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


def _texts(groups: Sequence[Group] | Iterator[Group]) -> Iterator[str]:
    return (group.text for group in groups if group.text)
