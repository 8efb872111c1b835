"""What a sentence must tell beside the words of a question: who does it, what a term means; and words that mean alike.

"Haberleri hangi müdürlük yayınlıyor?" is answered by the sentence that names a doer ("… tarafından"), not by the one
that holds most words; "İzleme nasıl tanımlanıyor?" by the one that begins with the term; "ne zaman bitecek?" by
"tamamlanması planlanmaktadır".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from indexer.turkish import ascii_key
from qa.finding.kinds import kinds_of, says_kind
from qa.finding.matter import Matter, Word
from qa.finding.vocabulary import names_said, says
from qa.records import Question

_ALIKE = 0.9  # how much a word counts that means the same
_WHO_IS = re.compile(r"\bkim(?:dir|di|dr|ler|lerdir)?\W*\Z")
_DEFINES = re.compile(r"\w{3,}(?:d[iu]r|t[iu]r)\W*\Z")
_OF_VERB = re.compile(r"(?:m[iu]s|[ae]c[ae]k|m[ae]kt[ae]|yor|m[ae]l[iu]|degil)(?:[dt][iu]r|l[ae]rd[iu]r)\W*\Z")


def sought_by(question: Question) -> frozenset[str]:
    """The kinds of :func:`kinds_of`, and ``agent`` where the question asks who does something."""
    kinds = kinds_of(question)
    if "who" in question.wants and not _WHO_IS.search(ascii_key(question.text)):
        return kinds | {"agent"}
    return kinds


def subject_of(matter: Matter) -> Matter:
    """The matter without the verbs of asking ("tanımlanıyor", "gösteriliyor"), where other words remain."""
    kept = tuple(term for term in matter.terms if not says("asking", term.key))
    return Matter(kept) if kept else matter


def held_alike(matter: Matter, words: Sequence[Word]) -> list[float]:
    """As :meth:`Matter.held`, where a word that means the same counts nearly as much."""
    held = matter.held(words)
    there: frozenset[str] | None = None
    for place, term in enumerate(matter.terms):
        meanings = _meanings(term.key)
        if held[place] >= _ALIKE or not meanings:
            continue
        if there is None:
            there = frozenset().union(*(_meanings(word.key) for word in words if word.key))
        if meanings & there:
            held[place] = _ALIKE
    return held


@lru_cache(maxsize=20_000)
def _meanings(key: str) -> frozenset[str]:
    return names_said("alike", key) if key else frozenset()


def tells(text: str, words: Sequence[Word], kind: str, matter: Matter) -> bool:
    """Whether a sentence has what an answer of the kind has; a definition begins with the term and says what it is."""
    if says_kind(text, kind):
        return True
    if kind != "definition":
        return False
    key = ascii_key(text)
    if not _DEFINES.search(key) or _OF_VERB.search(key):
        return False
    first = next((word.key for word in words if word.key), "")
    return any(term.key == first for term in matter.terms)
