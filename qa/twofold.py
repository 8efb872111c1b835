"""Questions that ask for two different kinds of answer in one breath: "ödeneği nedir ve hangi müdürlük harcayacak?".

The second half is read as a question that follows the first, so that it takes over whom, when and about what the first
one asks. Several figures of one kind are no matter of this module (:mod:`qa.parts`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.turkish import ascii_key
from qa.answering.comparing.computation import kinds_of_computation
from qa.records import Question

_BREAK = re.compile(r"(?:[,;?]\s+|\s)(?:ve|ayrica)\s|[,;?]\s")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|\([^()]*\)|(?<!\w)['‘][^'’]*['’](?!\w)")
_ASKS = re.compile(r"(?<!\w)(?:kac\w*|ne(?!\s+var)|nedir|neydi|neden\w*|nicin|niye|kim\w*|hangi\w*|nere\w*)(?!\w)")
_POINTER = "bunun"  # by which the second half points back to what the first one is about
_OF_ROWS = ("rank", "list", "compare")
_IN_WORDS = ("who", "when", "where", "why")


def halves_of(text: str, understand: Callable[[str, tuple[str, ...]], Question]) -> list[Question]:
    """The two questions that a Turkish question asks one after the other; none where both halves ask alike.

    Args:
        text: the question.
        understand: reads a text as it follows the questions given with it.
    """
    key = ascii_key(text)
    quoted = [match.span() for match in _QUOTED.finditer(key)]
    for match in _BREAK.finditer(key):
        within = any(start <= match.start() < end for start, end in quoted)
        if within or not (_ASKS.search(key, 0, match.start()) and _ASKS.search(key, match.end())):
            continue
        first, second = text[: match.start()].strip(), text[match.end() :].strip()
        follows = not understand(second, ()).municipalities  # what names its own municipality takes over no topic
        halves = [understand(first, ()), understand(f"{_POINTER} {second}" if follows else second, (first,))]
        return halves if _are_of_two_kinds(*halves) else []
    return []


def _are_of_two_kinds(first: Question, second: Question) -> bool:
    """Whether one asks for a figure and the other in words, or both have different figures computed."""
    kinds = {_kind(first), _kind(second)}
    if None in kinds or len(kinds) < 2:
        return False
    return len(kinds & set(_IN_WORDS)) == 1 or not kinds & {"figure", *_IN_WORDS}


def _kind(question: Question) -> str | None:
    """What a half asks for: a computation, a figure, a person, a time, a place or a reason; None for anything else."""
    asked = question.wants[:1]
    if set(_OF_ROWS) & set(question.wants):  # the row that comes first is told with its value
        return None
    if asked and asked[0] in _IN_WORDS:
        return asked[0]
    computed = kinds_of_computation(question)
    if computed and computed[0] != "sum":
        return "fulfilment" if "share" in question.wants else computed[0]
    if "share" in question.wants:
        return "fulfilment"
    return "figure" if question.wants_figure else None
