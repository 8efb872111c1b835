"""What a text tells of itself: whose document it is, of which kind, about which year."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.catalogue import Entry
from indexer.gazetteer import Place, iterate_places, load
from indexer.records import Kind, Level, Source
from indexer.turkish import ascii_key, title

UNKNOWN = "Belirtilmemiş"
"""The municipality of a document that does not name one."""

_KIND_NAMES: dict[Kind, str] = {
    "performans": "Performans Programı",
    "faaliyet": "Faaliyet Raporu",
    "stratejik": "Stratejik Planı",
}
_WHOLE = frozenset({"municipality", "province", "level", "kind", "year", "title"})
"""The fields that need no look at the text once they are given; a document need not have a period."""

_SPACE = r"[\s*#|_]+"  # words of a title may stand on lines of their own, or between marks of Markdown
_BODY = re.compile(rf"{_SPACE}(?:buyuksehir{_SPACE})?belediye(?:si|{_SPACE}bask)")
_OFFICIAL = re.compile(r"(?:\bt\.?\s?c\.?|idare(?:nin)?\s+adi\s*:?)[\s*#|]*$")
_DOMAIN = re.compile(r"\b([a-z][a-z0-9-]*)\.bel\.tr\b")
_TOWN = re.compile(
    r"((?:[A-ZÇĞİÖŞÜ][\wÇĞİÖŞÜçğıöşü]+[ \t]+){1,2})(?:Belediyesi|BELEDİYESİ|Belediye Başkan|BELEDİYE BAŞKAN)"
)
_KIND_WORDS: dict[Kind, str] = {
    "performans": rf"performans{_SPACE}program",
    "faaliyet": rf"faaliyet{_SPACE}rapor",
    "stratejik": rf"stratejik{_SPACE}plan",
}
_ATTRIBUTE = rf"(?:{_SPACE}(?:mali|yili|yilina|yillarina|yillari|yillik|donemi|donemine|ait|idare|birim))*{_SPACE}"
_RANGE = re.compile(rf"\b((?:19|20)\d\d)\s*[-–—/]\s*((?:19|20)\d\d){_ATTRIBUTE}{_KIND_WORDS['stratejik']}")
_RANGE_BELOW = re.compile(
    rf"{_KIND_WORDS['stratejik']}[a-z]{{0,2}}{_SPACE}\(?((?:19|20)\d\d)\s*[-–—/]\s*((?:19|20)\d\d)\b"
)
_YEAR_OF_KIND: dict[Kind, re.Pattern[str]] = {
    kind: re.compile(rf"(?<![-–—\d])\b(20\d\d){_ATTRIBUTE}{words}") for kind, words in _KIND_WORDS.items()
}
_ASSURANCE = re.compile(r"kontrol\s+guvence\s+beyani")  # annexed to activity reports only (regulation, art. 19)
_YEAR_SAID = re.compile(r"\b(20\d\d)\s+(?:mali\s+)?yili")


def source_of(entry: Entry, text: str) -> Source:
    """The source of a document: what its entry gives, and for the rest what its text tells."""
    given: dict[str, Any] = {**entry.given, "id": entry.id, "file": entry.file, "sha256": entry.sha256}
    if "period" in given:
        given["period"] = tuple(given["period"])
    if given.keys() >= _WHOLE:
        return Source(**given)
    inferred = infer_source(text, Path(entry.file))
    merged = replace(inferred, **given, inferred=inferred.inferred - given.keys())
    if "municipality" in given:
        merged = _with_place(merged, given)
    return merged if "title" in given else replace(merged, title=_title(merged, Path(entry.file)))


def _with_place(source: Source, given: dict[str, Any]) -> Source:
    """Province and level of a given municipality come from its name, not from what the text seems to be about."""
    words = ascii_key(source.municipality)
    match = next(iterate_places(source.municipality), None)
    place = match.places[0] if match is not None and match.start == 0 and len(match.places) == 1 else None
    level: Level | None = place.level if place else ("metropolitan" if "buyuksehir" in words else None)
    return replace(
        source,
        province=given.get("province", place.province if place else None),
        level=given.get("level", level),
    )


def infer_source(text: str, path: Path) -> Source:
    """What a document says of itself: whose it is, of which kind, about which year.

    Whose: the names before "Belediyesi" or "Belediye Başkanlığı" compete by how often they stand there, how often they
    are named at all, and by official forms ("T.C. …", "İdare Adı", "….bel.tr"). Kind and year: "2025 Yılı Performans
    Programı" and the like, wherever they stand. What the text does not tell is taken from the file name, else left
    open. Every such field is named in ``inferred``.

    Args:
        text: The text of the document, or what of it could be decoded.
        path: Its file; the name gives the id.
    """
    key = ascii_key(text)
    stem = unicodedata.normalize("NFC", path.stem)
    place = _find_place(text, key) or _find_place(stem, f"{ascii_key(stem)} belediyesi", named_is_enough=True)
    province = _province(place, text) if place else None
    kind = _find_kind(key)
    if kind == "other":
        kind = next((kind for kind in _KIND_NAMES if kind in ascii_key(stem)), "other")
    ranges = list(_RANGE.finditer(key)) or list(_RANGE_BELOW.finditer(key))
    period = Counter(_years(match) for match in ranges).most_common(1)
    source = Source(
        id=stem,
        municipality=place.municipality if place else _find_town(text) or UNKNOWN,
        title="",
        file=path.name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        province=province,
        level=place.level if place else None,
        kind=kind,
        year=_find_year(key, kind, stem),
        period=period[0][0] if period else None,
        inferred=frozenset({"municipality", "province", "level", "kind", "year", "period", "title"}),
    )
    return replace(source, title=_title(source, path))


def _years(match: re.Match[str]) -> tuple[int, int]:
    return int(match[1]), int(match[2])


def _title(source: Source, path: Path) -> str:
    if source.municipality == UNKNOWN or source.kind not in _KIND_NAMES:
        return unicodedata.normalize("NFC", path.stem)
    if source.kind == "stratejik":
        span = source.period
        years = f"{span[0]}-{span[1]} " if span else ""
    else:
        years = f"{source.year} Yılı " if source.year else ""
    return f"{source.municipality} {years}{_KIND_NAMES[source.kind]}"


def _find_place(text: str, key: str, *, named_is_enough: bool = False) -> Place | None:
    named: Counter[str] = Counter()
    bodies: Counter[str] = Counter()
    official: Counter[str] = Counter()
    first: dict[str, int] = {}
    candidates: dict[str, tuple[Place, ...]] = {}
    for match in iterate_places(text):
        if not (named_is_enough or text[match.start].isupper()):
            continue
        named[match.name] += 1
        if _BODY.match(key, match.stop) or (named_is_enough and match.certain):
            candidates[match.name] = match.places
            bodies[match.name] += 1
            first.setdefault(match.name, match.start)
            official[match.name] += bool(_OFFICIAL.search(key, max(0, match.start - 24), match.start))
    for domain in _DOMAIN.finditer(key):
        for name in candidates:
            official[name] += ascii_key(name) == domain[1]
    if not candidates:
        return None
    earliest = min(candidates, key=lambda name: first[name])

    def share(counts: Counter[str], name: str) -> float:
        total = sum(counts[other] for other in candidates)
        return counts[name] / total if total else 0.0

    def evidence(name: str) -> float:
        return share(bodies, name) + share(named, name) + share(official, name) + 0.1 * (name == earliest)

    best = max(candidates, key=lambda name: (evidence(name), -first[name]))
    return max(candidates[best], key=lambda place: (named[place.province], place.kind == "province"))


def _province(place: Place, text: str) -> str | None:
    """The province; None for a name that several provinces have, when the text names none of them."""
    namesakes = load().named(place.name)
    if len(namesakes) > 1 and not any(match.name == place.province for match in iterate_places(text)):
        return None
    return place.province


def _find_town(text: str) -> str | None:
    """The municipality of a town that the gazetteer does not know: the word most often before "Belediyesi"."""
    names: Counter[str] = Counter()
    no_names = load().no_names
    for match in _TOWN.finditer(text):
        words = [word for word in match[1].split() if ascii_key(word) not in no_names]
        if words:
            names[title(words[-1])] += 1
    return f"{names.most_common(1)[0][0]} Belediyesi" if names else None


def _find_kind(key: str) -> Kind:
    scores: dict[Kind, float] = {}
    for kind, words in _KIND_WORDS.items():
        alone = re.compile(rf"^[\W_]*(?:(?:20\d\d[-–—/ ]*)+{_ATTRIBUTE})?{words}\w*[\W\d_]*$", re.MULTILINE)
        scores[kind] = (
            len(re.findall(words, key)) + 3 * len(_YEAR_OF_KIND[kind].findall(key)) + 3 * len(alone.findall(key))
        )
    scores["faaliyet"] += 5 * bool(_ASSURANCE.search(key))
    # Every yearly document speaks of the strategic plan that it belongs to, sometimes more often than of itself.
    scores["stratejik"] /= 3
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] > 0 else "other"


def _find_year(key: str, kind: Kind, stem: str) -> int | None:
    patterns = [_YEAR_OF_KIND[kind]] if kind in ("performans", "faaliyet") else []
    if kind == "stratejik":
        patterns.append(_RANGE)  # a plan is about the period that begins with this year
    for pattern, place in [*((pattern, key) for pattern in patterns), (re.compile(r"(?<!\d)(20\d\d)(?!\d)"), stem)]:
        years = Counter(match[1] for match in pattern.finditer(place))
        if years:
            return int(years.most_common(1)[0][0])
    said = Counter(match[1] for match in _YEAR_SAID.finditer(key)).most_common(1)
    return int(said[0][0]) if said else None
