"""Units of measure and counting words: their canonical forms, as ``data/units.toml`` lists them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from indexer.turkish import ascii_key, without_notes


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as found: its canonical form, and whether it is a unit of measure (else a thing that is counted)."""

    name: str
    measure: bool


@cache
def unit_data() -> dict[str, Any]:
    """The tables of ``data/units.toml``."""
    return tomllib.loads(resources.files("indexer").joinpath("data/units.toml").read_text("utf-8"))


@cache
def _variants() -> dict[str, Unit]:
    """Every written form, normalised, with its unit; a unit of measure wins over a counted thing."""
    table: dict[str, Unit] = {}
    for group, measure in (("measure", True), ("count", False)):
        for name, variants in unit_data()[group].items():
            for variant in (name, *variants):
                table.setdefault(_normalise(variant), Unit(name, measure))
    return table


@cache
def _first_words() -> frozenset[str]:
    """The words that begin a variant of several words."""
    return frozenset(variant.split(" ")[0] for variant in _variants() if " " in variant)


@cache
def _cell_only() -> frozenset[str]:
    return frozenset(_normalise(word) for word in unit_data()["cell_only"])


_POWERS = str.maketrans("²³₂", "232")


def _normalise(text: str) -> str:
    norm = re.sub(r"\s+", " ", ascii_key(without_notes(text))).strip(" ")  # ascii: "KISI", "gun" are read as well
    norm = re.sub(r" ?/ ?", "/", norm)
    return re.sub(r"\bm ?\^?([²³])", r"m\1", norm).translate(_POWERS)


_OUTER = re.compile(r"\((.*)\)")
_GLOSS = re.compile(r"(.+?) ?\((.+)\)")
_COUNTED = re.compile(r"(.+) (?:sayisi|miktari|adedi)")
_APOSTROPHE = re.compile(r"['’].*")

_CASES = re.compile(
    r"(?:li[kg]|lu[kg])?(?:l[ae]r)?(?:s?[iu])?n?(?:[iu]n|[dt][ae](?:n|ki)?|y?[ae]|y?[iu])?(?:l[ae])?(?:[dt][iu]r)?"
)
"""What may follow a noun, as ascii: -lik, plural, possessive, case, -dir. Loose: the noun must be a known unit."""

_HARD = {"g": "k", "b": "p"}
"""Softened final consonants and what they stand for: sokağa → sokak, kitaba → kitap (ç and c are one in ascii)."""

_SHORTEST = 3  # letters of a stem that may carry an ending: "hale" is not "ha" + "le"
_SHORT_NOUNS = ("ay", "il", "m2", "m3")


@lru_cache(maxsize=20_000)
def find_unit(text: str) -> Unit | None:
    """The unit that the whole of ``text`` names, uninflected, or None.

    Reads ``Ton``, ``(m²)``, ``m ²``, ``Yüzde (%)``, ``Kişi Sayısı`` and compounds such as ``yıl/ha``; every part of a
    compound must be a unit.
    """
    return _resolve(_normalise(text))


def _resolve(norm: str) -> Unit | None:
    known = _variants().get(norm) or _variants().get(norm.rstrip("."))
    if known or not norm:
        return known
    if outer := _OUTER.fullmatch(norm):
        return _resolve(outer[1].strip(" "))
    if gloss := _GLOSS.fullmatch(norm):
        return _resolve(gloss[1]) or _resolve(gloss[2])
    if "/" in norm:
        parts = [_resolve(part) for part in norm.split("/")]
        if len(parts) > 1 and all(parts):
            return Unit("/".join(part.name for part in parts if part), True)
        return None
    if counted := _COUNTED.fullmatch(norm):
        return _resolve(counted[1])
    return None


@lru_cache(maxsize=50_000)
def find_unit_in_prose(text: str) -> Unit | None:
    """The unit that ``text`` names after a number in running text, with its case endings read off, or None.

    ``tonluk``, ``kişiye``, ``adettir``, ``ağaca``, ``TL'lik`` are read; words that are units in a cell only are not.
    """
    norm = _APOSTROPHE.sub("", _normalise(text))
    if norm.rstrip(".") in _cell_only() or (" " in norm and norm.split(" ")[0] not in _first_words()):
        return None
    return _resolve(norm) or _inflected(norm.rstrip("."))


def _inflected(norm: str) -> Unit | None:
    if norm == "ile":  # "5 ile 10 arasında", not the dative of "il"
        return None
    head, slash, last = norm.rpartition("/")
    for cut in range(len(last) - 1, 1, -1):
        stem, ending = last[:cut], last[cut:]
        if not _CASES.fullmatch(ending) or (cut < _SHORTEST and stem not in _SHORT_NOUNS):
            continue
        hard = stem[:-1] + _HARD.get(stem[-1], stem[-1])
        known = _resolve(head + slash + stem) or (_resolve(head + slash + hard) if hard != stem else None)
        if known and stem not in _cell_only():
            return known
    return None


@cache
def _quantities() -> dict[str, tuple[str, int]]:
    """Of each unit that measures a kind of quantity: the kind, and its size in the kind's smallest unit or 0."""
    kinds = unit_data()["quantities"]
    return {unit: (kind, size) for kind, sizes in kinds.items() for unit, size in sizes.items()}


def same_quantity(unit: str, other: str) -> bool:
    """Whether two canonical units measure the same kind of quantity (``kg`` and ``ton``)."""
    known = _quantities()
    return unit in known and other in known and known[unit][0] == known[other][0]


def units_in(unit: str, other: str) -> Fraction | None:
    """How many of ``unit`` one ``other`` is, both canonical: 1000 for ``kg`` and ``ton``; None where none can tell."""
    if unit == other:
        return Fraction(1)
    known = _quantities()
    if not same_quantity(unit, other) or not (known[unit][1] and known[other][1]):
        return None
    return Fraction(known[other][1], known[unit][1])
