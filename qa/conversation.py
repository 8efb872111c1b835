"""The conversation: what a new question leaves out is taken from the one before it, and only that."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from indexer.records import Measure
from indexer.turkish import ascii_key, base, key
from indexer.units import find_unit_in_prose
from qa.asking import is_verb
from qa.records import Asked, Question
from qa.vocabulary import patterns

_BARE_COUNT = re.compile(r"(?<!\w)kac\s+(?:tane|adet)(?!\w)")
_FEW = 2  # words of content that make no topic by themselves
_NAME = re.compile(r"(?<=[\w,:;)] )[A-ZÇĞİÖŞÜ][^\W\d_]+(?:['’][^\W\d_]+)?")
_SPACE = re.compile(r"\s+")
_WAS = re.compile(r"(?<!\w)kac\s+(?:\w+\s+)?\w+?(?:y?[dt][iu]|y?m[iu]s)\W*\Z")  # "kaç kilometreydi?"
_ASKS_NOW = re.compile(r"(?<!\w)(?:var|vardir|mevcut|mevcuttur|bulunuyor|bulunmakta(?:dir)?)\W*\Z")
_WHOLE = re.compile(r"(?<!\w)(?:toplam|genel|butun|tum)\s+(?:gider\s+|gelir\s+)?butce\w*")
_OF_A_THING = (
    ("who",),
    ("why",),
    ("series",),
    ("when",),
    ("figure",),
    ("difference",),
)  # asked of a thing that was told before
_MONEY = frozenset({"budget", "spending"})
_FOR = re.compile(r"(?<!\w)(?:icin|adina|konusunda|tarafinda|kapsaminda)\W*\Z")


def carry_over(question: Question, earlier: Question) -> Question:
    """The question made whole from the one before it.

    Whom and which year it is about hold on until the new question names others. The topic holds on where the new
    question has none of its own ("Peki Kayseri'de?", "2023'te ne kadardı?") or points back ("bunun ne kadarı …");
    the measure, the units and the kind of answer hold on with the topic alone. A document holds on with its
    municipality. A question for a whole budget is complete, and one for what there is now has a year of its own.

    Args:
        question: the new question, understood by itself.
        earlier: the question before it, itself made whole.
    """
    if stands_alone(question):
        return question
    if asks_whole_budget(question, earlier):
        return _with_whom(question, earlier)
    same_body = not question.municipalities and not question.foreign
    topic = needs_topic(question) or _contrasts(question, earlier)
    changes: dict[str, object] = {}
    if same_body:
        changes |= {"municipalities": earlier.municipalities, "foreign": earlier.foreign}
    if same_body and not question.documents and not question.kinds:
        years_fit = not question.years or set(question.years) <= set(earlier.years)
        changes |= {"kinds": earlier.kinds} | ({"documents": earlier.documents} if years_fit else {})
    if not question.years and (topic or not _ASKS_NOW.search(ascii_key(question.text))):
        changes["years"] = earlier.years
    if topic:
        changes |= _topic(question, earlier)
    if topic or is_elliptical(question):
        if not question.measures:
            changes["measures"] = earlier.measures
        if not question.units and not question.counted:
            changes |= {"units": earlier.units, "counted": earlier.counted if topic else ()}
        if question.wants == ("text",):
            changes |= {"wants": earlier.wants, "wants_figure": earlier.wants_figure}
    changes = {name: value for name, value in changes.items() if value and value != getattr(question, name)}
    whole = replace(question, **changes, carried=tuple(sorted(changes)))  # type: ignore[arg-type]
    query_text = _query_text(question, earlier, topic)
    return replace(
        whole,
        asked=_asked(question, whole, earlier),
        query_text=query_text,
        written=f"{earlier.written} {question.written}".strip() if topic and question.written else question.written,
        written_as=query_text if question.written else "",
    )


def _with_whom(question: Question, earlier: Question) -> Question:
    """The question with the municipality, and with it the year, of the one before where it names none."""
    if question.municipalities:
        return question
    whole = replace(question, municipalities=earlier.municipalities, years=question.years or earlier.years)
    carried = ("municipalities",) if question.years or not earlier.years else ("municipalities", "years")
    return replace(whole, asked=_asked(question, whole, earlier), carried=carried)


def stands_alone(question: Question) -> bool:
    """Whether the question names its municipality and its topic itself and does not point back."""
    named = question.municipalities or question.foreign
    return bool(named and len(_nouns(question)) >= _FEW) and not points_back(question.text) and not opens(question.text)


def asks_whole_budget(question: Question, earlier: Question) -> bool:
    """Whether a question names a municipality's budget itself, and nothing that it is for.

    After a question for a sum of money it must name the year, too, or else it goes on with what that sum was for.
    """
    key = ascii_key(question.text)
    money = set(question.measures) & _MONEY and set(question.measures) <= _MONEY
    if not money or _nouns(question) or points_back(question.text) or opens(question.text):
        return False
    if _WHOLE.search(key):
        return bool(question.municipalities or earlier.municipalities)
    return bool(question.municipalities) and (bool(question.years) or not set(earlier.measures) & _MONEY)


def needs_topic(question: Question) -> bool:
    """Whether the topic must come from the question before: it has none, points back, or counts nothing named."""
    if not _nouns(question) or points_back(question.text):
        return True
    over_rows = question.wants[:1] != ("when",) and {"rank", "count", "list"} & set(question.wants)
    if question.wants[:1] in _OF_A_THING and not over_rows and not any(_is_named(word) for word in _nouns(question)):
        return True
    bare = _BARE_COUNT.search(ascii_key(question.text)) is not None and not question.counted
    return bare or (opens(question.text) and len(_nouns(question)) < _FEW)


def _is_named(word: str) -> bool:
    """Whether a noun names a matter, not only what is asked of one: the unit responsible, what it costs."""
    return patterns("pointing")["attributes"].fullmatch(ascii_key(word)) is None


def names_nothing(question: Question) -> bool:
    """Whether a question, made whole from the conversation, still says nothing of what it is about: "Peki 2023?"."""
    if question.content or question.places or question.foreign or question.documents or question.kinds:
        return False
    if set(question.carried) & {"content", "subject", "measures", "topic"}:
        return False
    whose = question.municipalities or question.years
    if {"budget", "spending"} & set(question.measures) or (question.measures and whose):
        return False  # the whole budget, or all targets of a plan
    deed = any(is_verb(word) for word in ascii_key(question.text).split())
    return not question.municipalities or not (deed or question.wants_figure or "list" in question.wants)


def is_elliptical(question: Question) -> bool:
    """Whether a question only names another thing and leaves out what is asked of it: "Peki X hizmetleri için?"."""
    if question.wants != ("text",) or any(is_verb(word) for word in ascii_key(question.text).split()):
        return False
    return opens(question.text) or _FOR.search(ascii_key(question.text)) is not None


def _contrasts(question: Question, earlier: Question) -> bool:
    """Whether a question that goes on names a thing of the one before with another word beside it: "güney bölgesi"."""
    shared = set(question.content) & set(earlier.content)
    return bool(shared) and opens(question.text) and _beside(question, shared) >= set(question.content) - shared


def _beside(question: Question, nouns: Set[str]) -> set[str]:
    """The keys of the words right before one of ``nouns`` that are none of these themselves."""
    words = [key(word) for word in question.subject.split()]
    return {word for word, following in pairwise(words) if following in nouns} - nouns


def _nouns(question: Question) -> list[str]:
    """The question's own words of content but for verbs and the units asked for, which alone make no topic.

    "ne kadar toplamış?", "2024 tahmini kaç tondur?"
    """
    words = [word for word in question.subject.split() if not is_verb(ascii_key(word))]
    return [word for word in words if not _measures(key(word), question.units)]


def _measures(word: str, units: Sequence[str]) -> bool:
    unit = find_unit_in_prose(word)
    return unit is not None and unit.measure and unit.name in units


def points_back(text: str) -> bool:
    """Whether a word of the question stands for something said before: "bunun", "bu tutar", "kaçı"."""
    pointing = patterns("pointing")
    return pointing["words"].search(pointing["none"].sub(" ", ascii_key(text))) is not None


def opens(text: str) -> bool:
    """Whether the question begins or ends as one that goes on with a conversation: "peki", "ya"."""
    words = ascii_key(text).strip(" ?!.,…").split()
    return any(patterns("pointing")["openers"].fullmatch(word.strip(",")) for word in words[:1] + words[-1:])


def _topic(question: Question, earlier: Question) -> dict[str, object]:
    replaced = _replaced(question, earlier)
    own = set(question.topic)
    kept = [word for word in earlier.subject.split() if key(word) not in replaced]
    return {
        "topic": question.topic + tuple(term for term in earlier.topic if term not in own | replaced),
        "content": question.content
        + tuple(word for word in earlier.content if word not in {*question.content, *replaced}),
        "places": question.places or earlier.places,
        "subject": " ".join((*kept, question.subject)).strip(),
    }


def _replaced(question: Question, earlier: Question) -> frozenset[str]:
    """The words of the earlier question that others take the place of ("Peki Denizbank'tan?", "güney bölgesinde?")."""
    names = _names(earlier) if _names(question) else frozenset()
    if not _contrasts(question, earlier):
        return names
    shared = set(question.content) & set(earlier.content)
    return names | (_beside(earlier, shared) if _beside(question, shared) else set())


def _names(question: Question) -> frozenset[str]:
    """The keys of a question's capitalised words of content; its first word tells nothing."""
    return frozenset(key(base(word)) for word in _NAME.findall(question.text)) & frozenset(question.content)


def _asked(question: Question, whole: Question, earlier: Question) -> tuple[Asked, ...]:
    """The values asked for, the years and measures that were left out filled in."""
    if not question.asked:
        if whole.years == earlier.years and whole.measures == earlier.measures:
            return earlier.asked
        left: tuple[Measure | None, ...] = whole.measures or (None,)
        return tuple(Asked(year, measure) for year in whole.years or (None,) for measure in left)
    years = whole.years if not question.years else (None,)
    measures: tuple[Measure | None, ...] = whole.measures if not question.measures and whole.measures else (None,)
    if measures == ("target",) and _WAS.search(ascii_key(question.text)):
        measures = ("target", "actual")  # what was aimed at then, or what it came to
    return tuple(
        dict.fromkeys(
            Asked(asked.year if asked.year is not None else year, asked.measure or measure)
            for asked in question.asked
            for year in (years if asked.year is None else (None,)) or (None,)
            for measure in (measures if asked.measure is None else (None,))
        )
    )


def _query_text(question: Question, earlier: Question, topic: bool) -> str:
    """What is embedded: the earlier question's topic before the new question's own words."""
    if not topic:
        return question.query_text
    replaced = _replaced(question, earlier)
    before = " ".join(word for word in earlier.subject.split() if key(word) not in replaced) or earlier.query_text
    return _SPACE.sub(" ", f"{before} {question.query_text}").strip()
