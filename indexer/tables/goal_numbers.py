"""Numbers that name an aim or a target of a plan ("Amaç 1", "Hedef 1.1"): they are labels, no values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from indexer.tables.forms import form_words
from indexer.turkish import ascii_key

_NUMBER = re.compile(r"\d{1,2}(?P<part>(?:\.\d{1,2}){0,3})[.:]?")
_SEVERAL = 2
_ALWAYS = "amac"  # what no value follows


def names_goal(label: str, number: str, further: int) -> bool:
    """Whether ``number`` behind ``label`` is that of an aim or a target and no value.

    ``further`` counts the values behind it. Where there is none, a target's value could stand in its place
    ("Hedef 12"), so its number must have parts ("Hedef 1.2").
    """
    key = ascii_key(label).strip()
    found = _NUMBER.fullmatch(number)
    if found is None or key not in _goals():
        return False
    return further > 1 or bool(found["part"]) or key == _ALWAYS


def lists_goals(labels: Iterable[str]) -> bool:
    """Whether several of a table's labels are numbered aims or targets: then it covers all of them."""
    found = {match[0] for label in labels if (match := _goal_label().match(ascii_key(label)))}
    return len(found) >= _SEVERAL


@cache
def _goal_label() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(_goals(), key=len, reverse=True))}|a|h|sa|sh) ?[\-.]?\(?\d+(?:\.\d+)*")


@cache
def _goals() -> frozenset[str]:
    return frozenset(word for role in ("aim", "goal", "target") for word in form_words("fields", role))
