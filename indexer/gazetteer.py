"""The provinces and districts of Türkiye, and where a text names them.

The names are data (``data/gazetteer.toml``). A name is found in any casing, with or without Turkish letters
("Cigli" for Çiğli, but never "karşı" for Kars+ı), and inflected with or without an apostrophe ("Kars'ta", "karsta").
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Literal

from indexer.records import Level
from indexer.turkish import ascii_key, fold

_APOSTROPHES = "'’‘ʼ`´"
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]*")
_APOSTROPHE_SUFFIX = re.compile(rf"[{_APOSTROPHES}][^\W\d_]{{1,8}}(?!\w)")
_OWN_BODY = re.compile(r"\s+(?:buyuksehir\s+)?belediyes")
_PLACE_WORD = re.compile(r"\s+(?:buyuksehir|belediye|ilce|ili\b|ilin|valili|kaymakam|il\s+merkez)")
_BACK, _ROUNDED, _VOWELS = "aıouâû", "ouöüû", "aeıioöuüâîû"
_HARD = "fstkçşhp"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A province or a district; a province's ``province`` is its own name."""

    name: str
    province: str
    kind: Literal["province", "district"]
    metropolitan: bool  # the province has a Büyükşehir Belediyesi

    @property
    def level(self) -> Level:
        """The level of the municipality that bears this name."""
        if self.kind == "district":
            return "district"
        return "metropolitan" if self.metropolitan else "provincial centre"

    @property
    def municipality(self) -> str:
        """The municipality's name: ``"İzmir Büyükşehir Belediyesi"``, ``"Kars Belediyesi"``."""
        return f"{self.name} {'Büyükşehir ' if self.level == 'metropolitan' else ''}Belediyesi"


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place named in a text.

    ``text[start:end]`` is the name without its suffix; ``stop`` is where the inflected word ends. ``places`` holds
    every place of that name (Edremit is in Balıkesir and in Van). ``certain`` is False where the name is also an
    everyday word or a personal name (Ordu, Çay, Fatih) and nothing beside it says that the place is meant.
    """

    start: int
    end: int
    stop: int
    places: tuple[Place, ...]
    certain: bool

    @property
    def name(self) -> str:
        """The name in its proper spelling."""
        return self.places[0].name


@dataclass(frozen=True, slots=True)
class _Name:
    folded: str
    key: str
    places: tuple[Place, ...]
    suffixes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places, and their names (spellings of old included) by the first two letters of their ascii key."""

    places: tuple[Place, ...]
    ordinary: frozenset[str]
    no_names: frozenset[str]  # ascii keys of words that stand before "Belediyesi" and are no name
    names: dict[str, tuple[_Name, ...]]

    def named(self, name: str) -> tuple[Place, ...]:
        """The places of exactly this name (any casing); provinces come first."""
        wanted = fold(name)
        return next((n.places for n in self.names.get(ascii_key(name)[:2], ()) if n.folded == wanted), ())


@cache
def load() -> Gazetteer:
    """The gazetteer of the package's data file."""
    data = tomllib.loads(resources.files("indexer").joinpath("data/gazetteer.toml").read_text("utf-8"))
    places: list[Place] = []
    for entry in data["province"]:
        province, metropolitan = entry["name"], entry["metropolitan"]
        places.append(Place(province, province, "province", metropolitan))
        places += [Place(name, province, "district", metropolitan) for name in entry["districts"]]
    of_name: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(places, key=lambda place: place.kind == "district"):
        of_name[place.name].append(place)
    for alias, name in data["aliases"].items():
        of_name[alias] = of_name[name]
    names: dict[str, list[_Name]] = defaultdict(list)
    for spelling in sorted(of_name, key=lambda spelling: (-len(spelling), spelling)):
        key = ascii_key(spelling)
        names[key[:2]].append(_Name(fold(spelling), key, tuple(of_name[spelling]), _suffixes(fold(spelling))))
    ordinary = frozenset(fold(word) for word in data["ordinary"])
    no_names = frozenset(map(ascii_key, data["no_names"]))
    return Gazetteer(tuple(places), ordinary, no_names, {start: tuple(group) for start, group in names.items()})


def find_places(text: str) -> list[PlaceMatch]:
    """The provinces and districts that a text names, in order; of two that overlap, the longer one.

    Args:
        text: Any text: a question, a line, a whole document.
    """
    return list(iterate_places(text))


def iterate_places(text: str) -> Iterator[PlaceMatch]:
    """As :func:`find_places`, one at a time."""
    gazetteer = load()
    folded, key = fold(text), ascii_key(text)
    free_from = 0
    for word in _WORD.finditer(key):
        start = word.start()
        if start < free_from:
            continue
        for name in gazetteer.names.get(key[start : start + 2], ()):
            if not key.startswith(name.key, start) or not _spelt_alike(folded, start, name):
                continue
            match = _match(text, folded, key, start, name, gazetteer.ordinary)
            if match is not None:
                free_from = match.stop
                yield match
                break


def _match(text: str, folded: str, key: str, start: int, name: _Name, ordinary: frozenset[str]) -> PlaceMatch | None:
    end = start + len(name.key)
    rest = _LETTERS.match(key, end)
    suffix = rest[0] if rest else ""
    stop = end + len(suffix)
    if (suffix and suffix not in name.suffixes) or key[stop : stop + 1].isdigit():
        return None
    apostrophe = None if suffix else _APOSTROPHE_SUFFIX.match(text, end)
    certain = True
    if name.folded in ordinary or folded[start:stop] in ordinary:
        capital = text[start] != folded[start]
        certain = bool(
            _OWN_BODY.match(key, stop) or (capital and (apostrophe is not None or _PLACE_WORD.match(key, stop)))
        )
    return PlaceMatch(start, end, apostrophe.end() if apostrophe else stop, name.places, certain)


def _spelt_alike(folded: str, start: int, name: _Name) -> bool:
    """A letter may lack its Turkish mark, but must not have one that the name lacks; ı and i stand for each other."""
    return all(
        letter in (wanted, plain) or (letter in "ıi" and plain == "i")
        for letter, wanted, plain in zip(folded[start : start + len(name.key)], name.folded, name.key, strict=True)
    )


def _suffixes(name: str) -> frozenset[str]:
    """The ascii keys of the endings that vowel harmony allows after a place name."""
    last_vowel = next((letter for letter in reversed(name) if letter in _VOWELS), "e")
    a = "a" if last_vowel in _BACK else "e"
    i = "u" if last_vowel in _ROUNDED else "i"
    d = "t" if name[-1] in _HARD else "d"
    locative = f"{d}{a}"
    endings = {locative, f"{locative}n", f"{locative}ki", f"{d}{i}r", f"l{i}", f"l{i}l{a}r", f"s{i}z"}
    if name[-1] in _VOWELS:
        endings |= {f"y{a}", f"y{i}", f"n{i}n", f"yl{a}", f"n{a}", f"n{i}"}
        endings |= {f"n{x}{y}" for x, y in product([locative], ["", "n", "ki"])}  # Pınarbaşı-n-da
    else:
        endings |= {a, i, f"{i}n", f"l{a}"}
    return frozenset(endings)
