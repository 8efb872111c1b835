"""Whom and which documents a question names: municipalities held and not held, districts, kinds of document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from indexer.gazetteer import PlaceMatch, find_places, load
from indexer.records import Kind, Source, Span
from indexer.turkish import ascii_key, fold
from qa.vocabulary import matched_names, patterns

_BODY = re.compile(r"[\s,]+(?:buyuksehir\s+)?belediyes(\w*)(?:['’](\w+))?")
_METROPOLITAN = re.compile(r"[\s,]+buyuksehir(?!\w*\s+belediye)")
_OWN_CASES = re.compile(r"i?(?:nin|nde|ndeki|nce|dir|ydi|)")
"""What follows "belediyes…" where the municipality is the one asked about: not "-ne", "-yle", "-nden"."""

_SAYS_WHERE = re.compile(r"(?:['’]?n?[dt][ae](?:ki)?|['’]?n?[iu]n)?")
_OWNS = re.compile(r"['’]?n?(?:[dt][ae](?:ki)?|[iu]n(?:ki)?)")
_CAPITALS = re.compile(r"(?: [A-ZÇĞİÖŞÜ][^\W\d_A-ZÇĞİÖŞÜ]+['’]?\w*){2,}")
_OF_BODY = re.compile(r" (?:buyuksehir|belediye|ilce|kaymakam|valili)")
_MARKED = frozenset("çşğöü")
_IS_STANDARD = re.compile(
    r"['’]?\w{0,8}[dt][ae]n (?:daha |cok |az |fazla|yuksek|dusuk|buyuk|kucuk)|['’]?n?y?[ae] gore(?!\w)"
)
"""How a name goes on whose value another one is held against: "-den fazla", "-e göre"."""

_JOINED = re.compile(r"\W*(?:ile|ve|y?l[ae]) ")
_CONTRASTS = re.compile(r"(?<!\w)(?:karsilastir|kiyas|hangi|fark)")
_REACH = 16  # characters after a name in which its case ending and the word of comparing stand
_ALTERNATIVE = re.compile(r"\s+m[iu]\b")
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = re.compile(r"(?:[dt][ae](?:n|ki)?|n?[iu]n|y?[ae]|y?[iu]|li|lu)?")
_LAST = re.compile(r"(?P<ending>['’]?[^\W\d_]{0,5})(?P<mark>[?!. ]*)\Z")
_JOINS = ",:;-"
_JOINING = re.compile(r"(?<!\w)(?:ve|ile|veya|ya|ya da|yada|peki|hani|de|da|yoksa|gore|gibi|kadar)\Z")
_ENOUGH = 2  # words before a name without which they ask nothing
_YEAR = r"(?:19|20)\d\d(?:\s*['’]?\w{1,4})?"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question names; ``spans`` are where in the text the names of held municipalities stand."""

    municipalities: tuple[str, ...]
    foreign: tuple[str, ...]
    places: tuple[str, ...]
    spans: tuple[Span, ...]


def read_scope(text: str, sources: Sequence[Source]) -> Scope:
    """The municipalities and places of a question.

    A district of a province whose metropolitan municipality is held is a matter of that municipality. A place that is
    not held counts as asked about when it is called a municipality, or when no held one is named beside it.
    """
    key = ascii_key(text)
    held: dict[str, None] = {}
    implied: dict[str, None] = {}
    places: dict[str, None] = {}
    strangers: list[PlaceMatch] = []
    spans: list[Span] = []
    for match in find_places(text):
        owners = _owners(match, sources)
        if owners and _is_body_of_district(match, key, sources):
            owners = []
        if owners:
            held.update(dict.fromkeys(owners))
            spans.append(Span(match.start, _end_of_name(match, key)))
            continue
        if not match.certain or _is_another_word(match, text, key) or _begins_a_name(match, text):
            continue
        places[match.name] = None
        strangers.append(match)
        implied.update(dict.fromkeys(_metropolis(match, sources)))
    foreign = {
        _asked_name(match, key): None
        for match in strangers
        if _is_asked(match, key, bool(held), sources) or _is_compared(match, key, spans, sources)
    }
    if not held and not foreign:
        held = implied
    own = tuple(place for place in places if not any(name.startswith(place) for name in foreign))
    return Scope(tuple(held), tuple(foreign), own, tuple(spans))


def scope_first(text: str, sources: Sequence[Source]) -> str:
    """The text with the municipality in front that it names last, as an afterthought: "genel sekreter kim izmir".

    What tells how a question asks ("kim", "kaç", "var mı") is then at its end, as in other questions. A name that
    belongs to what stands before it stays where it is: "peki Kars", "İzmir ve Kars".
    """
    spans = read_scope(text, sources).spans
    rest = _LAST.match(text, spans[0].end) if len(spans) == 1 else None
    if rest is None:
        return text
    before = text[: spans[0].start].rstrip()
    if len(before.split()) < _ENOUGH or before[-1] in _JOINS or _JOINING.search(ascii_key(before)):
        return text
    return f"{text[spans[0].start : rest.end('ending')]} {before}{rest['mark']}"


def _is_another_word(match: PlaceMatch, text: str, key: str) -> bool:
    """Whether a name is another word, not one without its Turkish letters: "Çerkes" (a people) beside Çerkeş.

    Who writes without Turkish letters writes all of a word so.
    """
    written, name = fold(text[match.start : match.end]), fold(match.name)
    differing = [pair for pair in zip(written, name, strict=False) if pair[0] != pair[1] and "i" not in pair]
    marked = any(letter in _MARKED for letter in written)
    of_place = match.stop > match.end or _BODY.match(key[match.stop :]) is not None
    return len(written) == len(name) and bool(differing) and marked and not of_place


def _begins_a_name(match: PlaceMatch, text: str) -> bool:
    """Whether the name of a district begins the longer name of a thing: "Halkapınar Yeraltı Depo Sahası"."""
    if match.places[0].kind != "district" or match.stop > match.end:
        return False
    capitals = _CAPITALS.match(text, match.end)
    return capitals is not None and _OF_BODY.search(ascii_key(capitals[0])) is None


def _is_compared(match: PlaceMatch, key: str, held: Sequence[Span], sources: Sequence[Source]) -> bool:
    """Whether a place that is not held is set against a held municipality: "İstanbul'unki İzmir'den fazla mı"."""
    if not held or any(_metropolis(match, sources)):
        return False
    sides = [(match.end, span.start) for span in held] + [(span.end, match.start) for span in held]
    joined = any(_JOINED.fullmatch(key[start:stop]) for start, stop in sides if start < stop)
    if _IS_STANDARD.match(key, match.end) or (joined and _CONTRASTS.search(key)):
        return True
    return _is_owner(match, key) and any(_IS_STANDARD.search(key, span.start, span.end + _REACH) for span in held)


def _is_owner(match: PlaceMatch, key: str) -> bool:
    """Whether the name stands in the genitive or locative, as the one a thing is of."""
    return _OWNS.fullmatch(key[match.end : match.stop]) is not None


def _owners(match: PlaceMatch, sources: Sequence[Source]) -> list[str]:
    """The held municipalities that bear the name of the place, or whose province it is."""
    found = []
    for source in sources:
        names = {own_name(source.municipality)} | ({source.province} if source.level != "district" else set())
        if match.name in names:
            found.append(source.municipality)
    return found


def own_name(municipality: str) -> str:
    """``"İzmir"`` of ``"İzmir Büyükşehir Belediyesi"``."""
    return re.sub(r" (?:Büyükşehir )?Belediyesi$", "", municipality)


def _is_body_of_district(match: PlaceMatch, key: str, sources: Sequence[Source]) -> bool:
    """Whether "X Büyükşehir" is meant where only a lesser municipality of that name is held."""
    rest = key[match.stop :]
    metropolitan = re.match(r"[\s,]+buyuksehir", rest)
    levels = {source.level for source in sources if own_name(source.municipality) == match.name}
    return bool(metropolitan and levels and levels <= {"district", "provincial centre"})


def _metropolis(match: PlaceMatch, sources: Sequence[Source]) -> Iterator[str]:
    provinces = {place.province for place in match.places if place.kind == "district"}
    for source in sources:
        if source.level == "metropolitan" and source.province in provinces:
            yield source.municipality


def _is_asked(match: PlaceMatch, key: str, held: bool, sources: Sequence[Source]) -> bool:
    rest = key[match.stop :]
    body = _BODY.match(rest)
    within = any(_metropolis(match, sources))
    if body:
        ending = _WORD.match(body[2] or body[1] or "")
        return _OWN_CASES.fullmatch(ending[0] if ending else "") is not None and not (held and within)
    if within or (match.stop == match.end and _names_landmark(rest)):
        return False
    if held:
        return bool(_METROPOLITAN.match(rest) or _ALTERNATIVE.match(rest))
    return _SAYS_WHERE.fullmatch(key[match.end : match.stop]) is not None


def _names_landmark(rest: str) -> bool:
    """Whether a place's name goes on as that of a street, a dam and the like ("Bayburt Barajı")."""
    word = _WORD.match(rest.lstrip())
    return word is not None and rest[:1] == " " and patterns("landmarks")["words"].fullmatch(word[0]) is not None


def _asked_name(match: PlaceMatch, key: str) -> str:
    body = _BODY.match(key[match.stop :])
    place = match.places[0]
    if body and "buyuksehir" in body[0]:
        return f"{place.name} Büyükşehir Belediyesi"
    return place.municipality if body else place.name


def _end_of_name(match: PlaceMatch, key: str) -> int:
    """Where the name ends, "Büyükşehir Belediyesi" included."""
    rest = key[match.stop :]
    body = _BODY.match(rest) or re.match(r"[\s,]+(?:buyuksehir\w*(?:['’]\w+)?|belediye\w*(?:['’]\w+)?)", rest)
    return match.stop + (body.end() if body else 0)


def mend_places(
    text: str, sources: Sequence[Source], is_word: Callable[[str], bool]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with misspelt names of municipalities and provinces put right, and what was put right.

    Only a word that is no word and differs from a name by one letter (missing, extra, wrong, swapped) is read as the
    name; a name of four letters must be that of a municipality held.

    Args:
        text: a question.
        sources: the documents held.
        is_word: whether a folded word is known otherwise.
    """
    taken = [(match.start, match.stop) for match in find_places(text)]
    held = {own_name(source.municipality) for source in sources} | {source.province or "" for source in sources}
    provinces = {place.name for place in load().places if place.kind == "province"}
    names = sorted({(ascii_key(name), name) for name in held | provinces if name})
    corrections: list[tuple[str, str]] = []
    pieces: list[str] = []
    done = 0
    for word in _WORD.finditer(text):
        if len(word[0]) < 4 or any(start <= word.start() < stop for start, stop in taken) or is_word(word[0]):
            continue
        found = _misspelt(ascii_key(word[0]), names, {ascii_key(name) for name in held})
        if found is None:
            continue
        name, length = found
        pieces += (text[done : word.start()], name)
        done = word.start() + length
        corrections.append((text[word.start() : done], name))
        if done < word.end():
            pieces.append("'")
    return "".join(pieces) + text[done:], tuple(corrections)


def _misspelt(word: str, names: Sequence[tuple[str, str]], held: set[str]) -> tuple[str, int] | None:
    """The name that the beginning of ``word`` misspells, and the length of that beginning; the rest is a suffix."""
    for length in range(len(word), 3, -1):
        if not _ENDINGS.fullmatch(word[length:]):
            continue
        stem = word[:length]
        for plain, name in names:
            near = stem[0] == plain[0] and OSA.distance(stem, plain, score_cutoff=1) == 1
            if near and (plain in held if len(plain) <= 5 else True) and (length >= 4):
                return name, length
    return None


def read_kinds(text: str) -> tuple[Kind, ...]:
    """The kinds of document that a question names, in order of mention."""
    key = ascii_key(text)
    named = [*matched_names("kinds", key)]
    for kind, pattern in patterns("bare_kinds").items():
        before = rf"(?:{_YEAR}(?:\s+yili\w*)?|\w+['’]?n?[iu]n|belediyes\w*|buyuksehir)\s+"
        if kind not in named and re.search(before + pattern.pattern, key):
            named.append(kind)
    return tuple(named)  # type: ignore[arg-type]


def document_years(text: str) -> tuple[int, ...]:
    """The years that stand before the name of a document: "2024 programı", "2020 yılı faaliyet raporu"."""
    names = "|".join(pattern.pattern for group in ("kinds", "bare_kinds") for pattern in patterns(group).values())
    found = re.finditer(rf"(?<!\d)((?:19|20)\d\d)(?:['’]?\w{{1,4}})?(?:\s+yil\w*)?\s+(?:{names})", ascii_key(text))
    return tuple(dict.fromkeys(int(match[1]) for match in found))


def named_documents(
    sources: Sequence[Source], municipalities: Sequence[str], kinds: Sequence[Kind], years: Sequence[int]
) -> tuple[str, ...]:
    """The held documents of a kind and year that the question names; none where it names no year of a document."""
    return tuple(
        source.id
        for source in sources
        if any(_is_of_year(source, year) for year in years)
        and (not kinds or source.kind in kinds)
        and (not municipalities or source.municipality in municipalities)
    )


def _is_of_year(source: Source, year: int) -> bool:
    if source.kind == "stratejik" and source.period:
        return source.period[0] <= year <= source.period[1]
    return source.year == year
