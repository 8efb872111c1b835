"""Whose a contact is, a private person's or an office's, by the words around it."""

from __future__ import annotations

import re
from functools import cache

from indexer.privacy.surroundings import Surroundings, privacy_data, words_pattern
from indexer.records import Span

_BESIDE = 100  # characters between a contact and the name of the office that it belongs to
_WORDS_BETWEEN = 5  # words of an office's name before the one that tells that it is an office
_SUFFIX = re.compile(r"\A['’]\w+")
_MAIL = re.compile(r"\S+@\S+")
_END = re.compile(r"\t|[.;!?](?=\s|\Z)|[0-9]{3}|@")  # of what is said of a contact: cell, sentence, next contact
_CELL_BEFORE = re.compile(r"[a-z]\s*\t")


def is_office_line(around: Surroundings, span: Span) -> bool:
    """Whether the nearest words that tell whose a landline is speak of an office; without any it is a person's."""
    places = (
        around.before(span.start),
        _END.split(around.after(span.end)[:_BESIDE], maxsplit=1)[0],
        around.header(span.start),
        around.above(span.start),
    )
    for place in places:
        office = max((match.start() for match in _offices("service").finditer(place)), default=-1)
        person = max((match.start() for match in announcing("words", "person").finditer(place)), default=-1)
        if max(office, person) >= 0:
            return office > person
    return False


def is_beside_office(around: Surroundings, span: Span) -> bool:
    """Whether the name of an office stands right before a contact, or right after it and linked to it.

    In a row of a table the office has to be what the row is about: its first cell with words.
    """
    before = around.before(span.start)[-_BESIDE:]
    last = max(_offices().finditer(before), key=lambda match: match.start(), default=None)
    if last is not None:
        between = _MAIL.sub(" ", _SUFFIX.sub("", before[last.end() :]))
        filler = announcing("words", "filler")
        if all(filler.match(word) for word in re.findall(r"[a-z]+", between)):
            return "\t" not in between or not _CELL_BEFORE.search(before[: last.start()])
    following = _END.split(around.after(span.end)[:_BESIDE], maxsplit=1)[0]
    link = _link().match(following)
    if link is None:
        return False
    near = re.split(r"[,;:)]", following[link.end() :], maxsplit=1)[0]
    office = _offices().search(near)
    return office is not None and len(near[: office.start()].split()) <= _WORDS_BETWEEN


@cache
def announcing(table: str, *names: str) -> re.Pattern[str]:
    """A pattern for the words that the data list under these names."""
    return words_pattern(word for name in names for word in privacy_data()[table][name])


def _offices(*more: str) -> re.Pattern[str]:
    return announcing("words", "office", *more)


@cache
def _link() -> re.Pattern[str]:
    words = "|".join(map(re.escape, privacy_data()["words"]["link"]))
    return re.compile(rf"\s*(?:['’]\w+\s+)?(?:{words})\b|\s*\)?\s*[(–-]")
