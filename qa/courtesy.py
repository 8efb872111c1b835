"""What people say beside their questions: greetings, thanks, questions to the program itself, and their own affairs.

A message of nothing but these is small talk and gets a plain reply; around a question they are left out, so that
"merhaba, arabam bozuldu, ne kadar asfalt dökülecek acaba, teşekkürler" is read as "ne kadar asfalt dökülecek acaba".
The phrases and the replies stand in ``qa/data/courtesy.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from indexer.gazetteer import find_places
from indexer.records import Source
from indexer.suffixes import Case, inflect
from indexer.turkish import ascii_key, base, fold, stop_words, tokens
from qa.english import is_english
from qa.records import Language
from qa.vocabulary import is_topical, pattern_of

_BETWEEN = r"[\s,.;:!?…'’\-–()👋🙏😊]*"
_CLAUSE_END = re.compile(r"[,.;:!?…]+(?=\s)|(?<!\w)(?:ama|fakat|ancak)(?=\s)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TELLING = ("identity", "feeling", "thanks", "greeting", "farewell", "assent")
"""The kinds of small talk; the one that tells most comes first."""


def small_talk(text: str) -> str | None:
    """The kind of small talk that ``text`` is, of those that have a reply; None where it says anything else."""
    key = _plain(text)
    found: set[str] = set()
    place = 0
    while place < len(key):
        longest = max(
            ((match.end(), name) for name, phrase in _all_phrases() if (match := phrase.match(key, place))),
            default=None,
        )
        if longest is None:
            return None
        end, name = longest
        found.add(name)
        gap = re.compile(_BETWEEN).match(key, end)
        place = gap.end() if gap else end
    return next((name for name in _TELLING if name in found), "assent" if found else None)


def without_courtesy(text: str) -> str:
    """``text`` without the greetings, thanks and own affairs around its question; small talk stays as it is."""
    if small_talk(text) is not None:
        return text
    start, end = _greeted(ascii_key(text))
    text = text[start:end].strip(" ,;:!-–…") if (start, end) != (0, len(text)) else text
    return _asked(text) or text


def _greeted(key: str) -> tuple[int, int]:
    """Where the question stands between what is said before and after it."""
    start, end = 0, len(key)
    while match := _leading().match(key, start):
        start = match.end()
    while start < end and (match := _trailing().search(key, start, end)):
        end = match.start()
    if start >= end:
        return 0, len(key)
    mark = re.compile(r"\s*[?]").match(key, end)
    return start, mark.end() if mark else end


def _asked(text: str) -> str | None:
    """The clauses that ask, where the asker tells of himself before or after them; None where he does not.

    The places and years that only he names are put before them; what he tells is kept where the question names no
    matter of its own.
    """
    ends = [match.end() for match in _CLAUSE_END.finditer(ascii_key(text))]
    clauses = [text[start:end] for start, end in pairwise((0, *ends, len(text)))]
    asking = [place for place, clause in enumerate(clauses) if _says("asking", clause)]
    own = [place for place, clause in enumerate(clauses) if place not in asking and _tells_of_himself(clause)]
    before = [place for place in own if asking and place < asking[0]]
    after = [place for place in own if asking and place > asking[-1] and not _where_or_when(clauses[place])]
    if not before and not after:
        return None
    first, last = (before[-1] + 1 if before else 0), (after[0] if after else len(clauses))
    rest = "".join(clauses[first:last]).strip(" ,;:")
    told = "".join(clauses[:first])
    if not _has_matter(rest):
        return None
    places = [] if _places(rest) else _places(told)
    years = [] if _YEAR.search(rest) else _YEAR.findall(told)
    return " ".join((*places, *years, rest))


def _tells_of_himself(clause: str) -> bool:
    """Whether a clause ends in a verb of the first person."""
    words = re.findall(r"[^\W\d_]+", ascii_key(clause))
    lists = _own_verbs()
    return bool(words) and lists["words"].fullmatch(words[-1]) is not None and not lists["none"].fullmatch(words[-1])


def _has_matter(text: str) -> bool:
    """Whether a text has a word that names what it is about."""
    words = (base(token.text) for token in tokens(text))
    return any(
        len(word) > 2 and is_topical(ascii_key(word)) and fold(word) not in stop_words() and not word[0].isdigit()
        for word in words
    )


def _where_or_when(clause: str) -> bool:
    return bool(_places(clause)) or _YEAR.search(clause) is not None


def _places(text: str) -> list[str]:
    return [text[match.start : match.stop] for match in find_places(text)]


def _says(group: str, text: str) -> bool:
    return pattern_of(tuple(_data()[group]["words"])).search(ascii_key(text)) is not None


def small_talk_reply(kind: str, text: str, sources: Sequence[Source]) -> tuple[str, Language]:
    """What is said to small talk, with what can be asked, and in which language.

    Args:
        kind: what :func:`small_talk` found.
        text: the message.
        sources: the documents of the index.
    """
    language = _language(text)
    words = _data()[language]
    years: dict[str, list[int]] = {}
    for source in sources:
        years.setdefault(source.municipality, []).extend([source.year] if source.year is not None else [])
    held = ", ".join(
        words["held"].format(municipality=name, years=", ".join(map(str, sorted(set(told))))) if told else name
        for name, told in sorted(years.items(), key=lambda item: ascii_key(item[0]))
    )
    scope = words["scope"].format(example=_example(sources, language), held=held)
    return f"{words[kind]} {scope}", language


def unclear_reply(sources: Sequence[Source], language: Language) -> str:
    """That a question names no matter, with an example of one that does."""
    reply: str = _data()[language]["unclear"].format(example=_example(sources, language))
    return reply


def _example(sources: Sequence[Source], language: Language) -> str:
    """A question for the whole budget of the newest programme held: every programme prints it."""
    plans = [source for source in sources if source.kind == "performans" and source.year is not None] or list(sources)
    newest = max(plans, key=lambda source: (source.year or 0, source.id), default=None)
    if newest is None:
        return ""
    example: str = _data()[language]["example"].format(
        municipality=newest.municipality,
        owner=inflect(newest.municipality, Case.GENITIVE),
        year=newest.year,
    )
    return example


def _language(text: str) -> Language:
    """English where the message is, or where its phrases are."""
    key = _plain(text)
    english = tuple(_data()["english"]["words"])
    return "en" if is_english(text) or pattern_of(english).search(key) else "tr"


def _plain(text: str) -> str:
    return re.sub(rf"^{_BETWEEN}|{_BETWEEN}$", "", ascii_key(text))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("qa").joinpath("data/courtesy.toml").read_text(encoding="utf-8"))


@cache
def _all_phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = {**_data()["phrases"], **_data()["alone"], "beside": _data()["beside"]["words"]}
    return tuple((name, pattern_of(tuple(words))) for name, words in lists.items())


@cache
def _own_verbs() -> dict[str, re.Pattern[str]]:
    return {name: pattern_of(tuple(words)) for name, words in _data()["own_verbs"].items()}


def _said(*names: str) -> str:
    """The phrases of some kinds, longest first, with what may stand beside them, as the source of a pattern."""
    words = sorted((word for name in names for word in _data()["phrases"][name]), key=len, reverse=True)
    phrase = pattern_of(tuple(words)).pattern
    beside = pattern_of(tuple(sorted(_data()["beside"]["words"], key=len, reverse=True))).pattern
    return rf"(?:{beside}{_BETWEEN})*{phrase}"


@cache
def _leading() -> re.Pattern[str]:
    """A greeting or thanks before a question, which begins after a mark or a space."""
    polite = pattern_of(tuple(sorted(_data()["beside"]["vocative"], key=len, reverse=True))).pattern
    return re.compile(rf"{_BETWEEN}(?:{_said('greeting', 'thanks')}(?:{_BETWEEN}{polite})*|{polite}){_BETWEEN}")


@cache
def _trailing() -> re.Pattern[str]:
    beside = pattern_of(tuple(_data()["beside"]["words"])).pattern
    return re.compile(rf"{_BETWEEN}{_said('greeting', 'thanks', 'farewell')}(?:{_BETWEEN}{beside})*{_BETWEEN}\Z")
