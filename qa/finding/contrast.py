"""What a question sets against each other: "A mı, B mi", "İzmir … , Kayseri …", "A ile B arasındaki fark".

Each side becomes a question of its own. What one side leaves out is taken from the other: its verb, its head noun
("Kiraz'daki taşınmaz sayısı mı, Ödemiş'teki mi"), its measure; its year and its municipality are its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.gazetteer import find_places
from indexer.turkish import analyse, ascii_key, key, keys, tokens
from qa.asking import is_verb, read_asked, wants_figure
from qa.finding.row_words import word_groups, word_pattern
from qa.periods import YearMention
from qa.records import Asked, Question
from qa.vocabulary import patterns

_PARTICLE = re.compile(r"(?<!\w)m[iıuü](?:ydi|dir|ydı|dır|ydu|dur|ydü|dür)?(?!\w),?", re.IGNORECASE)
_OTHERWISE = re.compile(r"^[\s,;]*(?:(?:yoksa|veya|ya da|ya)\s+)?", re.IGNORECASE)
_CLAUSE = re.compile(r"[:;]|,(?!\d)")
_BREAKS = re.compile(r"[;?]\s*|,\s+|\s(?:ve|ise|iken)\s")
_JOINED = re.compile(r"\s(?:ile|ve)\s")
_PARENTHESES = re.compile(r"\(([^()]*,[^()]*)\)")
_LISTED = re.compile(r"[^,;:?()]+(?:,(?!\d)[^,;:?()]+)+ ve [^,;:?()]+")
_LISTED_BREAK = re.compile(r",\s*|\s+ve\s+(?=[^,]*$)")
_HEADLESS = re.compile(r"(?:[dt][ae]|n?[iu]n)ki\w*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SIDE_BY_SIDE = re.compile(
    r"\W*(?:n?[iu]n)?(?:[dt][ae])?\W*(?:(?:19|20)\d\d\W*(?:[dt][ae]|yilinda)?\W*)?(?:ve|ile|yle|yla)\W+"
)
_MONTHS = frozenset(word_groups("calendar")["months"])
_DATE = re.compile(rf"(?<!\w)(?:\d{{1,2}} )?(?:{'|'.join(sorted(_MONTHS))})\w* (?=(?:19|20)\d\d(?!\d))")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things set against each other: the question for it alone, and the keys that only it says."""

    question: Question
    own: frozenset[str]


def alternatives(question: Question) -> list[Side]:
    """The sides of "Fen İşleri mi, Temizlik İşleri mi"; none where there are none, or where they are states."""
    pieces = pieces_of(question) if "compare" in question.wants else []
    if len(pieces) < 2:
        return []
    first, *others = pieces
    lead, rest = first
    written = [_Stretch.of(lead, question), *(_Stretch.of(text, question) for text, _ in others)]
    tail = " ".join([rest, *(after for _, after in others)])
    shared = _shared(written)
    frame = content_of(tail, question)
    named = {word for one in written for word in one.words}
    before = [word for word in question.content if word not in named and not word.isdigit()]
    sides = []
    for place, one in enumerate(written):
        own = [word for word in one.words if place or word not in shared]
        text = " ".join((*shared.values(), one.text)) if place else one.text
        words = [*own, *shared, *(word for word in frame if word not in own), *before]
        sides.append(side_for(question, f"{text} {tail}", own, words, one.years))
    if any(own.own == other.own and own.question.years == other.question.years for own, other in _pairs(sides)):
        return []
    return sides


def offers_alternatives(question: Question) -> bool:
    """Whether a question offers things to choose from: "Defne'nin bütçesi mi, Kars'ın harcaması mı"."""
    return question.language == "tr" and len(_PARTICLE.findall(question.query_text or question.text)) > 1


def opposes_states(question: Question) -> bool:
    """Whether two states are set against each other ("başlamış mı, yoksa kapalı mı"): a question for yes or no."""
    text = question.query_text or question.text
    first = _PARTICLE.search(text) if question.language == "tr" else None
    return first is not None and _is_state(_CLAUSE.split(text[: first.start()])[-1])


def joined(question: Question) -> list[Side]:
    """The two things that "ile" or "ve" joins: "A ile B arasındaki fark", "A ve B toplam ne kadar"; none without."""
    text = question.query_text or question.text
    key_text = ascii_key(text)
    places = [match.span() for match in _JOINED.finditer(key_text)]
    if not places or question.language != "tr":
        return []
    start, end = next((span for span in places if key_text[slice(*span)].strip() == "ile"), places[-1])
    one, other = _Stretch.of(text[:start], question), _Stretch.of(text[end:], question)
    first = [word for word in one.words if word not in other.words]
    second = [word for word in other.words if word not in one.words]
    if not first or not second:
        return []
    common = [word for word in one.words if word in other.words]
    after = text[end:]
    return [
        side_for(question, f"{text[:start]} {_from_measure(after)}", first, [*first, *common], one.years),
        side_for(question, after, second, [*second, *common], other.years or one.years),
    ]


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things that a question lists: as it is written there, and the keys that only it has."""

    text: str
    own: frozenset[str]


def enumerated(question: Question) -> list[Thing]:
    """The three things or more that a question lists, in parentheses or with commas and a last "ve"; else none."""
    text = question.query_text or question.text
    inside = _PARENTHESES.search(text)
    for stretch in [inside[1]] if inside else _LISTED.findall(text):
        written = _LISTED_BREAK.split(stretch)
        if len(written) < 3:
            continue
        if not inside:  # what leads up to the first one and what follows the last one hold for all
            longest = max(len(one.split()) for one in written[1:-1])
            written[0] = " ".join(written[0].split()[-longest:])
            written[-1] = " ".join(written[-1].split()[:longest])
        words = [content_of(one, question) for one in written]
        shared = set(words[0]).intersection(*words)
        things = [Thing(one, frozenset(own) - shared) for one, own in zip(written, words, strict=True)]
        if all(thing.own for thing in things):
            return things
    return []


def listed_sides(question: Question) -> list[Side]:
    """A question for each of the things that a question lists, with what it says of all."""
    text = question.query_text or question.text
    things = enumerated(question)
    named = {word for thing in things for word in thing.own}
    rest = [word for word in question.content if word not in named]
    tail = text[text.rfind(things[-1].text) + len(things[-1].text) :] if things else ""
    return [side_for(question, f"{one.text} {tail}", one.own, [*sorted(one.own), *rest], ()) for one in things]


def share_sides(question: Question) -> list[Side]:
    """The whole and its part in "çalışanların yüzde kaçı kadındır"; none where the part is not told behind."""
    text = question.query_text or question.text
    match = word_pattern("parts", "asked").search(ascii_key(text))
    if match is None:
        return []
    before, after = text[: match.start()], text[match.end() :]
    whole, part = content_of(before, question), content_of(after, question)
    own = [word for word in part if word not in whole]
    if not whole or not own:
        return []
    plain = replace(question, units=tuple(unit for unit in question.units if unit != "%"))
    return [
        side_for(plain, f"toplam {before}", whole, whole, ()),
        side_for(plain, f"{after} {before}", own, [*own, *whole], ()),
    ]


def yearly(question: Question) -> Question:
    """The question with one measure for all its years: "bütçesi 2021'den 2022'ye ne kadar artmıştır"."""
    named = [one.measure for one in question.asked if one.year is None and one.measure is not None]
    if len(named) != 1 or not question.years:
        return question
    return replace(question, asked=tuple(Asked(year, named[0]) for year in question.years), measures=(named[0],))


def by_value(question: Question) -> list[Side]:
    """The question for each of its values alone; none where two of them are of one year and measure."""
    if len(set(question.asked)) != len(question.asked):
        return []
    return [
        Side(replace(question, asked=(one,), years=(one.year,) if one.year else question.years), frozenset())
        for one in question.asked
    ]


def by_municipality(question: Question) -> list[Question]:
    """The question for each municipality alone, with the years that stand nearest to its name."""
    named = mentions_of(question)
    years: dict[str, list[int]] = {municipality: [] for municipality in question.municipalities}
    for match in _YEAR.finditer(question.text):
        before = [name for at, name in named if at < match.start()]
        owner = before[-1] if before else named[0][1] if named else None
        for municipality in [owner] if owner else question.municipalities:
            years[municipality].append(int(match[0]))
    return [
        _asked_of(replace(question, municipalities=(municipality,)), years[municipality])
        for municipality in question.municipalities
    ]


def by_clause(question: Question) -> list[Side]:
    """The clauses of "Kars 2024'te ne kadar harcamış, Defne 2023'te ne kadar ayırmış", each with what it asks itself.

    None where a municipality has no clause of its own that asks for a figure.
    """
    text = question.text
    named = mentions_of(question)
    if not named:  # they come from the question before
        return []
    starts = [0, *(match.end() for match in _BREAKS.finditer(ascii_key(text)))]
    clauses: list[tuple[str, str]] = []
    begin = 0
    for (at, name), after in zip(named, [*(at for at, _ in named[1:]), len(text)], strict=True):
        cut = max((start for start in starts if at < start <= after), default=begin) if after < len(text) else len(text)
        clauses.append((name, text[begin:cut]))
        begin = cut
    if sorted(name for name, _ in clauses) != sorted(question.municipalities) or _in_one_breath(text, named):
        return []
    if not all(wants_figure(clause) for _, clause in clauses):
        return []
    sides: list[Side] = []
    for name, clause in clauses:
        nouns = [word for word in content_of(clause, question) if not is_verb(word) and not _frames(word)]
        before = sides[-1].question if sides else None
        words = nouns or list(before.content if before else ())
        said = clause if nouns or not before else f"{before.query_text} {clause}"
        side = side_for(replace(question, municipalities=(name,)), clause, nouns, words, years_in(clause, question))
        asked = read_clause(question, clause) or (before.asked if before else ())
        years = side.question.years
        asked = tuple(Asked(one.year or next(iter(years), None), one.measure) for one in asked)
        measures = tuple(one.measure for one in asked if one.measure)
        alone = replace(side.question, query_text=said, asked=asked or side.question.asked, measures=measures)
        sides.append(Side(alone, frozenset(nouns)))
    return sides


def _in_one_breath(text: str, named: Sequence[tuple[int, str]]) -> bool:
    """Whether municipalities stand side by side ("İzmir'de (2020) ve Kayseri'de (2023)"), no matter between them."""
    places = [(match.start, match.stop) for match in find_places(text)]
    stops = [next(stop for start, stop in places if start == at) for at, _ in named]
    between = [ascii_key(text[stop:at]) for stop, (at, _) in zip(stops, named[1:], strict=False)]
    return any(_SIDE_BY_SIDE.fullmatch(stretch) is not None for stretch in between)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words of one side: the text, the keys that name things in it, those before a year or a place left apart."""

    text: str
    words: tuple[str, ...]
    years: tuple[int, ...]
    fresh: int  # how many of the words stand behind the last year or municipality named

    @classmethod
    def of(cls, text: str, question: Question) -> _Stretch:
        last = max((match.end() for match in _YEAR.finditer(text)), default=0)
        last = max([last, *(match.stop for match in find_places(text) if _is_held(match.name, question))])
        words = content_of(text, question)
        after = content_of(text[last:], question)
        return cls(text.strip(" ,;"), tuple(words), years_in(text, question), len(after))


def pieces_of(question: Question) -> list[tuple[str, str]]:
    """Each alternative with what is said after its particle."""
    text = question.query_text or question.text
    particles = list(_PARTICLE.finditer(text)) if question.language == "tr" else []
    if len(particles) < 2:
        return []
    pieces: list[tuple[str, str]] = []
    ends = [match.start() for match in particles[1:]] + [len(text)]
    lead = _CLAUSE.split(text[: particles[0].start()])[-1]
    for match, end in zip(particles, ends, strict=True):
        if _is_state(lead):
            return []
        after = text[match.end() : end]
        last = end == len(text)
        predicate, following = (after, "") if last else _predicate(_OTHERWISE.sub("", after))
        pieces.append((lead, predicate))
        lead = following
    return pieces


def _is_state(text: str) -> bool:
    """Whether what stands before a particle is said of a thing ("başlamış mı"), not a thing."""
    words = [ascii_key(token.text) for token in tokens(text)]
    return not words or is_verb(words[-1])


def _predicate(text: str) -> tuple[str, str]:
    """What a stretch between two particles says of the first thing ("daha çok para ayrılmış, | B'ye"), and the rest."""
    if not re.match(r"(?:daha|cok|yuksek|fazla|buyuk|az|dusuk|kucuk)(?!\w)", ascii_key(text)):
        return "", text
    end = 0
    for token in tokens(text):
        word = ascii_key(token.text)
        if text[end : token.start].strip().startswith(",") or (end and not (is_verb(word) or _in_predicate(word))):
            break
        end = token.end
        if is_verb(word):
            break
    return text[:end], _OTHERWISE.sub("", text[end:])


def _in_predicate(word: str) -> bool:
    return _frames(word) or patterns("money")["words"].fullmatch(word) is not None


def _shared(written: Sequence[_Stretch]) -> dict[str, str]:
    """The words of the first side that hold for all, by key, as they are written.

    What stands before the last year or municipality holds for all. Of the rest the last words, as many as the other
    side has, are the first side's own; its first words where the other side leaves out the head ("Ödemiş'teki").
    """
    first = written[0]
    count = max(len(other.words) for other in written[1:])
    spelt = {key(token.text): token.text for token in tokens(first.text)}
    if not count:
        return {word: spelt.get(word, word) for word in first.words}
    fresh = min(first.fresh, len(first.words)) or len(first.words)
    outside, inside = first.words[: len(first.words) - fresh], first.words[len(first.words) - fresh :]
    if _HEADLESS.search(ascii_key(written[-1].text)):
        own = first.words[:count]
        heads = [word for word in first.words if word not in own and word not in written[-1].words]
        return {word: spelt.get(word, word) for word in heads}
    common = (*outside, *inside[: max(0, len(inside) - max(count, 2))])
    return {word: spelt.get(word, word) for word in common if word not in written[-1].words}


def _pairs(sides: Sequence[Side]) -> Iterator[tuple[Side, Side]]:
    for place, one in enumerate(sides):
        for other in sides[place + 1 :]:
            yield one, other


def side_for(question: Question, text: str, own: Iterable[str], words: Sequence[str], years: Sequence[int]) -> Side:
    """A question for one side: its text, the keys that only it has, all its words and its years."""
    names = frozenset(own)
    content = tuple(dict.fromkeys(word for word in words if not _frames(word)))
    alone = replace(
        question,
        text=text,
        query_text=text,
        content=content,
        topic=(*sorted(names), *content, *(term for term in analyse(text) if not _frames(term.rstrip("*")))),
        counted=tuple(word for word in question.counted if key(word) in content),
        wants=("figure",),
        wants_figure=True,
    )
    return Side(_asked_of(alone, years), names)


def _asked_of(question: Question, years: Sequence[int]) -> Question:
    """The question with only those years; all of them where there are none."""
    kept = tuple(dict.fromkeys(years)) or question.years
    asked = tuple(one for one in question.asked if one.year is None or one.year in kept)
    return replace(question, years=kept, asked=asked or tuple(Asked(year) for year in kept))


def read_clause(question: Question, clause: str) -> tuple[Asked, ...]:
    """What a clause asks; where the question asks for money, so does each of its clauses."""
    years = [YearMention(int(match[0]), match.start(), match.end()) for match in _YEAR.finditer(clause)]
    asked = read_asked(f"{clause} para" if "TL" in question.units else clause, years)
    return asked if any(one.measure for one in asked) else ()


def content_of(text: str, question: Question) -> list[str]:
    """The keys of the words of ``text`` that name things, and of months."""
    own = set(question.content)
    text = _DATE.sub(lambda match: " " * len(match[0]), ascii_key(text)) if _DATE.search(ascii_key(text)) else text
    return [word for word in dict.fromkeys(keys(text)) if (word in own or word in _MONTHS) and not _frames(word)]


def years_in(text: str, question: Question) -> tuple[int, ...]:
    """The years of the question that a stretch of it names."""
    return tuple(int(match[0]) for match in _YEAR.finditer(text) if int(match[0]) in question.years)


def _from_measure(text: str) -> str:
    """What is asked of both: the stretch from the first word that is no name."""
    words = list(tokens(text))
    start = next((one.start for one in words if _frames(key(one.text))), len(text))
    return text[start:]


def _is_held(name: str, question: Question) -> bool:
    return any(municipality.startswith(name) for municipality in question.municipalities)


def mentions_of(question: Question) -> list[tuple[int, str]]:
    """Where each municipality of the question is named."""
    mentions = []
    for match in find_places(question.text):
        own = [name for name in question.municipalities if name.startswith(match.name)]
        mentions += [(match.start, name) for name in own[:1]]
    return mentions


@lru_cache(maxsize=20_000)
def _frames(word: str) -> bool:
    """Whether a word compares or asks, and names neither side."""
    return word_pattern("contrast", "frame").fullmatch(word) is not None
