"""What the styles and the numbering of a Word document say of a paragraph: a heading of which level, a list's label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.turkish import ascii_key

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HEADING = re.compile(r"(?:heading|baslik)\s*(\d)")
_TITLES = frozenset({"title", "konu basligi"})
_BODY_LEVEL = 9  # an outline level that is none
_DEEPEST_STYLE = 30  # styles based upon each other
_PLACE = re.compile(r"%([1-9])")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MAX_COUNT = 3_999


def attribute(element: Any, path: str, name: str = "val") -> str | None:
    """The attribute ``name`` of the element at ``path`` below ``element``; None where either is missing."""
    found = element.find(path) if element is not None else None
    value = found.get(W + name) if found is not None else None
    return str(value) if value is not None else None


def number_of(text: str | None, default: int = 0) -> int:
    """The whole number that an attribute holds."""
    digits = (text or "").lstrip("-")
    return int(text or "") if digits.isascii() and digits.isdecimal() and len(digits) < 10 else default


def is_on(properties: Any, name: str) -> bool:
    """Whether properties switch something on: ``<w:vanish/>`` or ``<w:vanish w:val="true"/>``."""
    found = properties.find(W + name) if properties is not None else None
    return found is not None and found.get(W + "val") not in ("0", "false", "off")


@dataclass
class Styles:
    """The styles of a document by their ids."""

    by_id: Mapping[str, Any]

    @classmethod
    def of(cls, styles: Any) -> Styles:
        """The styles of the part ``styles``, which may be missing."""
        found = styles.iter(W + "style") if styles is not None else ()
        return cls({style.get(W + "styleId") or "": style for style in found})

    def heading_level(self, paragraph: Any) -> int | None:
        """The level of the heading that a paragraph is, from 1; None where neither it nor its style marks it as one."""
        properties = paragraph.find(W + "pPr")
        own = attribute(properties, W + "outlineLvl")
        if own is not None:
            return _level(own)
        for style in self._chain(attribute(properties, W + "pStyle")):
            name = ascii_key(attribute(style, W + "name") or "").strip()
            if match := _HEADING.fullmatch(name):
                return max(1, int(match[1]))
            if name in _TITLES:
                return 1
            own = attribute(style.find(W + "pPr"), W + "outlineLvl")
            if own is not None:
                return _level(own)
        return None

    def numbering(self, paragraph: Any) -> tuple[str, int] | None:
        """The list that a paragraph belongs to and its level in it, from 0."""
        properties = paragraph.find(W + "pPr")
        own = properties.find(W + "numPr") if properties is not None else None
        places = [own] if own is not None else []
        for style in self._chain(attribute(properties, W + "pStyle")):
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None:
                places.append(found)
        number = next((value for place in places if (value := attribute(place, W + "numId")) is not None), None)
        level = next((value for place in places if (value := attribute(place, W + "ilvl")) is not None), "0")
        return (number, min(max(number_of(level), 0), 8)) if number not in (None, "0") else None

    def _chain(self, style_id: str | None) -> list[Any]:
        chain: list[Any] = []
        while style_id in self.by_id and len(chain) < _DEEPEST_STYLE:
            style = self.by_id[style_id or ""]
            chain.append(style)
            style_id = attribute(style, W + "basedOn")
        return chain


def _level(outline: str) -> int | None:
    level = number_of(outline, _BODY_LEVEL)
    return level + 1 if 0 <= level < _BODY_LEVEL else None


@dataclass
class Numbering:
    """Counts the numbered paragraphs of a document as Word does, so that each has the label that it shows."""

    levels: Mapping[str, Mapping[int, Any]]
    abstract: Mapping[str, str]
    starts: Mapping[tuple[str, int], int]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarted: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: Any) -> Numbering:
        """The lists of the part ``numbering``, which may be missing."""
        levels: dict[str, dict[int, Any]] = {}
        abstract: dict[str, str] = {}
        starts: dict[tuple[str, int], int] = {}
        if numbering is not None:
            for entry in numbering.iter(W + "abstractNum"):
                found = {number_of(level.get(W + "ilvl")): level for level in entry.iter(W + "lvl")}
                levels[entry.get(W + "abstractNumId") or ""] = found
            for entry in numbering.iter(W + "num"):
                name = entry.get(W + "numId") or ""
                abstract[name] = attribute(entry, W + "abstractNumId") or ""
                for override in entry.iter(W + "lvlOverride"):
                    start = attribute(override, W + "startOverride")
                    if start is not None:
                        starts[name, number_of(override.get(W + "ilvl"))] = number_of(start, 1)
        return cls(levels, abstract, starts)

    def label(self, number: str, level: int) -> str | None:
        """The label of the next paragraph of a list, such as ``"1.2."`` or ``"•"``; None where the list is unknown."""
        name = self.abstract.get(number)
        known = self.levels.get(name or "")
        if name is None or known is None or level not in known:
            return None
        counts = self._counts.setdefault(name, {})
        if (number, level) in self.starts and (number, level) not in self._restarted:
            self._restarted.add((number, level))
            counts[level] = self.starts[number, level] - 1
        counts[level] = counts.get(level, self._start(known, level) - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        form = attribute(known[level], W + "numFmt") or "decimal"
        pattern = attribute(known[level], W + "lvlText") or ""
        if form == "none":
            return ""
        if form == "bullet":
            return "•"
        legal = is_on(known[level], "isLgl")

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            count = counts.get(place, self._start(known, place))
            own = attribute(known.get(place), W + "numFmt") or "decimal"
            return _written(count, "decimal" if legal and place < level else own)

        return _PLACE.sub(shown, pattern).strip()

    @staticmethod
    def _start(known: Mapping[int, Any], level: int) -> int:
        return number_of(attribute(known.get(level), W + "start"), 1)


def _written(count: int, form: str) -> str:
    """A count as a list writes it."""
    if form in ("lowerRoman", "upperRoman") and 0 < count <= _MAX_COUNT:
        text = ""
        for value, letters in _ROMAN:
            times, count = divmod(count, value)
            text += letters * times
        return text.upper() if form == "upperRoman" else text
    if form in ("lowerLetter", "upperLetter") and 0 < count <= len(_LATIN):
        letter = _LATIN[count - 1]
        return letter.upper() if form == "upperLetter" else letter
    return f"{count:02}" if form == "decimalZero" else str(count)
