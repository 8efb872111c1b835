"""What a single heading looks like: labels of the strategic hierarchy, numbered sections, units, capitals.

The recognisers see lines only; :mod:`indexer.outline` puts what they find in order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rapidfuzz.distance import Levenshtein

from indexer.marks import SIGNS
from indexer.repair import repair
from indexer.turkish import ascii_key

MAX_TITLE = 200
PLAIN_SPACE = " \t\r\u00a0"

_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}"
_FIGURE_TAIL = re.compile(r"(?:^|[\s\u00a0])[-–%₺(]*\d[\d.,]*[%₺)]*[\s\u00a0]*$")
_FIGURES_ONLY = re.compile(r"[\s\u00a0\d.,%()₺TL\-–]*\d[\s\u00a0\d.,%()₺TL\-–]*")
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{5,}")
_WORD = re.compile(r"[^\W\d_]+")
_MAX_TITLE_WORDS = 12
_NUMBER_LEAD = re.compile(r"(?:(?:19|20)\d\d|\d{1,2}[.)\-]) ?[A-ZÇĞİÖŞÜ]")
_NO_TITLE = re.compile(
    rf"[:;|{SIGNS}\t]|\d[.,]\d|[^\W\d_]{{2,}}, .*\d|\d\. .*\d\. |['’\w]{{3,}}, (?!.* ve )|(?:Prof|Dr)\."
)
_VERB = re.compile(r"[^\W\d_]{2}(?:[dt][iu]|[iu]yor)$|(?:^| )eder$")
_STRATEGIC_WORD = "Stratejik"
_STRATEGIC = re.compile(r"(S[^\W\d_]{6,9})(?= (?:Amaç|Hedef|Alan)\b)")
_MISPRINTS = 2  # letters
_UNFINISHED = re.compile(
    r"(?:^|.* )(?:ve|veya|ile|icin|ait|iliskin|gore|arasinda|[a-z]{2,}(?:[ae]n|[dt][iu][kg][iu]?))"
)
_CONTENTS_LINE = re.compile(r"[^\W\d_].*(?:\t| {2,})\s*(?:\d{1,3}|[ivxl]+)\s*$")


@dataclass(frozen=True)
class Label:
    """A kind of strategic heading: the name that titles begin with, its level, and the pattern of its labels."""

    name: str
    level: int
    pattern: re.Pattern[str]  # over ascii_key; groups "label" and "number"
    bare: frozenset[str]
    numberless: bool


@dataclass(frozen=True)
class Words:
    """The content of ``data/headings.toml``."""

    labels: tuple[Label, ...]
    openers: tuple[str, ...]
    field: re.Pattern[str]
    label_starts: frozenset[str]  # whole labels and their first words, for labels broken over two lines
    table_head: re.Pattern[str]
    continued: re.Pattern[str]
    sections: dict[str, int]
    unnumbered: frozenset[str]
    units: tuple[tuple[str, int], ...]
    responsible: tuple[str, ...]
    activity: tuple[str, ...]
    contents: frozenset[str]
    works: tuple[str, ...]
    captions: tuple[str, ...]
    caption_ends: tuple[str, ...]
    closings: tuple[str, ...]


@dataclass(frozen=True)
class Enumerator:
    """The number in front of a section: ``kind`` is roman, letter, number or small; ``parts`` orders within a kind."""

    kind: str
    parts: tuple[int, ...]
    text: str
    title: str


@cache
def words() -> Words:
    """The heading words, read once."""
    data = tomllib.loads(resources.files("indexer").joinpath("data/headings.toml").read_text(encoding="utf-8"))
    sections = {name: level for level in (1, 2, 3) for name in data["sections"][f"level_{level}"]}
    units = [(name, level) for level in (7, 6) for name in data["units"][f"level_{level}"]]
    forms = data["forms"]
    return Words(
        labels=tuple(_label(entry) for entry in data["strategic"]),
        openers=tuple(forms["openers"]),
        field=re.compile(rf"(?:{_any(forms['fields'])})(?:lar|ler|lari|leri|si)?(?![a-z])|pg[ .]*\\d"),
        label_starts=frozenset(_word_prefixes(data["strategic"])),
        table_head=re.compile(
            rf"[ \t]+(?:(?:{_any(forms['table_heads'])})(?![a-z]).*|(?:{_any(forms['table_head_ends'])})[ \t]*)$"
        ),
        continued=re.compile(rf"\([\s.…]*(?:{_any(forms['continued'])})[\s.…]*\)"),
        sections=sections,
        unnumbered=frozenset(data["sections"]["unnumbered"]),
        units=tuple(units),
        responsible=tuple(data["units"]["responsible"]),
        activity=tuple(data["units"]["activity_words"]),
        contents=frozenset(data["contents"]["titles"]),
        works=tuple(data["titles"]["works"]),
        captions=tuple(data["titles"]["captions"]),
        caption_ends=tuple(data["titles"]["caption_ends"]),
        closings=tuple(data["sections"]["closings"]),
    )


def _any(names: list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", " +") for name in sorted(names, key=len, reverse=True))


def _word_prefixes(entries: list[dict[str, list[str]]]) -> Iterator[str]:
    for entry in entries:
        for label in entry["labels"]:
            parts = label.split()
            if len(label) > 3:
                yield from (" ".join(parts[: count + 1]) for count in range(len(parts)))


def _label(entry: dict[str, object]) -> Label:
    labels, bare = entry["labels"], entry.get("bare", [])
    assert isinstance(labels, list) and isinstance(bare, list)
    numberless = bool(entry.get("numberless", False))
    number = rf"[ \t]*[-–:]?[ \t]*\(?(?:[a-z]{{1,2}}[ .]?)?(?P<number>{_NUMBER})\)?(?![\d%/,])"
    end = rf"(?:{number})?" if numberless else number
    pattern = rf"(?P<label>{_any(labels)})(?![a-z]){end}[ \t]*(?P<mark>[.:;\-–]*)[ \t]*"
    return Label(str(entry["name"]), int(str(entry["level"])), re.compile(pattern), frozenset(bare), numberless)


def clean(text: str) -> str:
    """A title as shown: repaired, white space collapsed, at most 200 characters."""
    title = repair(text).text.strip(" :;-–")
    if len(title) > MAX_TITLE:
        title = title[:MAX_TITLE].rsplit(" ", 1)[0] + "…"
    return title


def activity_key(name: str) -> str:
    """The name of an activity as it is compared: the word for one left out at its end."""
    key = re.sub(r"[^a-z0-9]+", " ", ascii_key(clean(name))).strip()
    return re.sub(r" (?:faaliyeti|faaliyetleri)$", "", key)


def without_table_head(text: str) -> str:
    """``text`` without the head of the table below, or the "(… devamı)", that flattening glued to it."""
    head = words().table_head.search(ascii_key(text))
    if head and text[head.start() :].strip()[0].isupper():
        text = text[: head.start()]
    continued = words().continued.search(ascii_key(text))
    return text[: continued.start()] if continued else text


def core(line: str) -> str:
    """The line without the white space around it, no-break spaces included."""
    return line.strip(PLAIN_SPACE)


def is_contents_line(line: str) -> bool:
    """Whether the line is one of a table of contents: dot leaders, or a page number after a wide gap."""
    text = core(line)
    if _LEADERS.search(text):
        return True
    return _CONTENTS_LINE.match(text) is not None and text.count("\t") <= 1 and not _FIGURES_ONLY.fullmatch(text)


def is_dotted(line: str) -> bool:
    """Whether dots lead from a title to a page number, as nowhere but in a table of contents."""
    return _LEADERS.search(line) is not None and re.search(r"\d\s*$", line) is not None


def ends_in_figure(text: str) -> bool:
    """Whether the last token is a figure, as in a table row."""
    return _FIGURE_TAIL.search(text) is not None


def is_figures(text: str) -> bool:
    """Whether the line holds figures and nothing else."""
    return _FIGURES_ONLY.fullmatch(text) is not None


def is_capitals(text: str) -> bool:
    """Whether all letters are capitals and there are at least four of them."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and all(character.isupper() for character in letters)


def is_plain_title(text: str) -> bool:
    """Whether ``text`` can be a title in small letters: no sentence, table row, list item, caption or running head."""
    words_of = _WORD.findall(text)
    if not 2 <= len(words_of) <= _MAX_TITLE_WORDS or is_capitals(text) or not is_title_case(text):
        return False
    if sum(len(word) > 2 for word in words_of) < 2 or not (text[0].isupper() or _NUMBER_LEAD.match(text)):
        return False
    if _NO_TITLE.search(text) or text[-1] in ".,)(-" or is_unfinished(text) or ends_in_figure(text):
        return False
    key = ascii_key(text)
    named = key.startswith(words().openers) or key.startswith(words().captions) or unit_level(text) is not None
    return not (named or key.endswith(words().caption_ends) or _VERB.search(key))


def names_work(text: str) -> bool | None:
    """Whether a title names a work or a purchase by its last word; None where it names several, as a legend does."""
    found = [word in words().works for word in ascii_key(text).split()]
    return None if found[-1] and sum(found) > 1 and len(found) > sum(found) + 1 else found[-1]


def as_spelt(text: str) -> str:
    """``text`` with a misprint in the first word of a strategic label ("Starejik Hedef 6.2") put right."""
    match = _STRATEGIC.match(text)
    if match is None or match[1] == _STRATEGIC_WORD or Levenshtein.distance(match[1], _STRATEGIC_WORD) > _MISPRINTS:
        return text
    return _STRATEGIC_WORD + text[match.end(1) :]


def is_unfinished(text: str) -> bool:
    """Whether a title cannot end here: its last word is a conjunction, a postposition or a participle."""
    return _UNFINISHED.fullmatch(ascii_key(core(text))) is not None


def is_title_case(text: str) -> bool:
    """Whether every word of four letters or more begins with a capital, and there is such a word."""
    long = [word for word in _WORD.findall(text) if len(word) >= 4]
    return bool(long) and all(word[0].isupper() for word in long)


def is_prose(text: str) -> bool:
    """Whether the line reads as running text: four words or more, with small letters, not ended by a figure."""
    found = [word for word in _WORD.findall(text) if len(word) > 1]
    small = sum(word[0].islower() for word in found)
    return len(found) >= 4 and small >= 1 and not is_title_case(text) and not ends_in_figure(text)


def is_text(text: str) -> bool:
    """Whether the line is running text or an item of a list."""
    return text[0] in SIGNS or (text[0] == "-" and len(text) > 20) or is_prose(text)


def unit_level(text: str) -> int | None:
    """The level of a line that names an organisational unit and nothing else; None for any other."""
    text = re.sub(r" *\(\d+/\d+\)$", "", core(text))
    if len(text) > 100 or re.search(r"[\d:\t]", text[2:]) or not (is_title_case(text) or is_capitals(text)):
        return None
    key = ascii_key(text)
    if key.endswith(("a.s", "a.s.")) and len(key.split()) > 3:  # a company by its full name: an item of a list
        return None
    if any(word in key for word in words().activity):
        return None
    for ending, level in words().units:
        if key.endswith(ending) and key != ending and key[-len(ending) - 1] == " ":
            return level
    return None


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_ENUMERATORS = (
    ("roman", re.compile(r"(?P<n>[IVX]{1,4})(?: *[.)\-–:]+[ \t]*)(?=[^\W\d_])")),
    ("letter", re.compile(r"(?:[IVX]{1,4}/)?(?P<n>[A-H])(?: *[.)\-–:]+[ \t]*|(?<=/[A-H])[ \t]+)(?=[^\W\d_])")),
    ("number", re.compile(rf"(?P<n>{_NUMBER})(?: *[.)\-–]+[ \t]*|[ \t]+)(?=[^\W\d_])")),
    ("small", re.compile(r"(?P<n>[a-h]\.?\d?)(?: *[.)\-–] *)(?=[^\W\d_])")),
)


def enumerator(text: str) -> Enumerator | None:
    """The section number that ``text`` begins with, and the title after it."""
    for kind, pattern in _ENUMERATORS:
        match = pattern.match(text)
        if match is None:
            continue
        number = match["n"]
        parts: tuple[int, ...]
        if kind == "roman":
            parts = (_ROMAN.get(ascii_key(number), 0),)
        elif kind == "letter":
            parts = (ord(number) - ord("A") + 1,)
        elif kind == "small":
            parts = (ord(number[0]) - ord("a") + 1, *(int(digit) for digit in number[1:].strip(".")))
        else:
            parts = tuple(int(part) for part in number.split("."))
        if 0 not in parts:
            return Enumerator(kind, parts, core(match[0]).rstrip(".)-–: "), text[match.end() :])
    return None
