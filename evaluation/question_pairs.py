"""Questions written by rule from the passages of an index, each with the passage that answers it.

They are what an encoder can be tuned on where nobody has written questions: a fact's row is asked for by some of its
label's words, its year, measure, unit and municipality, in the styles in which people ask; prose is asked for by some
words of one of its sentences. The same index and seed give the same pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.records import Fact, Passage
from indexer.suffixes import Case, inflect
from indexer.turkish import ascii_key, base, lower, stop_words

_MEASURES = {
    "target": ("hedefi", "hedeflenen"),
    "actual": ("gerçekleşmesi", "gerçekleşen"),
    "estimate": ("tahmini", "tahmin edilen"),
    "budget": ("bütçesi", "için ayrılan ödenek", "için ayrılan para"),
    "spending": ("harcaması", "için harcanan"),
    "rate": ("oranı", "yüzdesi"),
    "count": ("sayısı", "adedi"),
    "other": ("",),
}
_FORMS = (
    "{owner} {year} yılı {label} {measure} nedir?",
    "{place} {year} yılında {label} {measure} ne kadar?",
    "{place} {label} kaç {unit}?",
    "{name} {label} {measure} {year}",
    "{label} {measure} {year} ne kadar?",
    "{owner} {label} {measure} kaç?",
    "{label} için {year} {measure} nedir?",
)
_ENDS = ("nedir?", "ne kadar?", "kaç tane?", "nasıl?", "kim?", "neler?", "ne zaman?", "var mı?", "")
_SENTENCE_END = re.compile(r"(?<=[.!?;•])\s+")
_WORD = re.compile(r"\w[\w'’.\-/]*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the position of the passage that answers it."""

    question: str
    position: int


def question_pairs(index: Index, each: int = 3, seed: int = 1) -> list[Pair]:
    """At most ``each`` questions for every passage of ``index``."""
    chance = random.Random(seed)
    pairs: list[Pair] = []
    for position, passage in enumerate(index.passages):
        name = index.documents[passage.document].source.municipality
        facts = index.facts_within(passage) if passage.kind == "row" else []
        asked = _of_row(facts, name, each, chance) if facts else _of_prose(passage, name, each, chance)
        pairs.extend(Pair(_disturbed(" ".join(text.split()), chance), position) for text in asked)
    return pairs


def _of_row(facts: Sequence[Fact], municipality: str, count: int, chance: random.Random) -> Iterator[str]:
    for fact in chance.sample(facts, min(count, len(facts))):
        name = chance.choice((municipality, _short(municipality)))
        yield chance.choice(_FORMS).format(
            owner=inflect(name, Case.GENITIVE),
            place=inflect(name, Case.LOCATIVE),
            name=name,
            year=fact.year or "",
            label=_thinned(fact.label, 0.5, 1.0, chance),
            measure=chance.choice(_MEASURES[fact.measure]),
            unit=fact.unit_text or fact.unit or "",
        )


def _of_prose(passage: Passage, municipality: str, count: int, chance: random.Random) -> Iterator[str]:
    body = passage.search_text.partition("\n")[0]
    sentences = [text for text in _SENTENCE_END.split(body) if 5 <= len(_WORD.findall(text)) <= 40]
    for sentence in chance.sample(sentences, min(count, len(sentences))):
        name = chance.choice((inflect(_short(municipality), Case.LOCATIVE), ""))
        yield f"{name} {_thinned(sentence, 0.3, 0.7, chance)} {chance.choice(_ENDS)}"


def _short(municipality: str) -> str:
    return " ".join(word for word in municipality.split() if word not in ("Büyükşehir", "Belediyesi"))


def _thinned(text: str, least: float, most: float, chance: random.Random) -> str:
    """Some of the words that carry the topic, at most a dozen, in their order."""
    words = [word for word in _WORD.findall(text) if base(word) not in stop_words()]
    share = chance.uniform(least, most)
    kept = " ".join([word for word in words if chance.random() < share][:12] or words[:2])
    return lower(kept) if chance.random() < 0.6 else kept


def _disturbed(text: str, chance: random.Random) -> str:
    """The question as people may type it: without Turkish letters, with two letters swapped, or as it is."""
    kind = chance.choice(("ascii", "typo", *["as it is"] * 5))
    if kind == "ascii":
        return ascii_key(text)
    if kind == "typo" and len(text) > 4:
        at = chance.randrange(1, len(text) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text
