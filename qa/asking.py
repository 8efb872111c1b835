"""What a question asks for: measures and their years, the kind of answer, units, and what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

from indexer.records import Measure, Span
from indexer.turkish import ascii_key, fold
from indexer.units import Unit, find_unit, find_unit_in_prose
from qa.periods import YearMention
from qa.records import Asked, Want
from qa.vocabulary import is_topical, last_met, matched_names, patterns

_WORD = re.compile(r"[^\W_]+")
_HOW_MANY = re.compile(r"(?<!\w)kac(?:ar)?\s+")
_NUMBER_OF = re.compile(r"(?<!\w)([^\W_]+)\s+sayi(?:si|lari)\w*")
_CITED = re.compile(r"[\"“][^\"”]{12,}[\"”]|(?<!\w)['‘][^'’]{12,}['’](?!\w)")
_WHAT = re.compile(r"\s+(?:ne|nedir|neydi|neymis)\s*[?.]*\s*\Z")
_IN_BUDGET = re.compile(r"(?<!\w)butce(?:si)?n?de(?:ki)?(?!\w)")
_CLAUSE = re.compile(r"[,;?:]|(?<!\w)ve(?=\s)")
_ASKS_HOW_MUCH = re.compile(r"(?<!\w)(?:kac\w*|ne\s+kadar\w*)")
_LOCATIVE = re.compile(r"\s*['’]?\s?[dt]e\s*(?:,|;|(?<!\w)ve(?!\w))")
_PER_CENT = re.compile(r"(?<!\w)yuzde\s+kac|%\s*kac")
_ALTERNATIVES = re.compile(r"(?<!\w)m[iu](?:ydi|dir)?(?!\w).+(?<!\w)m[iu](?:ydi|dir)?(?!\w)")
_COPULA = re.compile(r"(?:y?[dt][ıiuü]|y?m[ıiuü]ş)$")
_WHICH_ONE = re.compile(r"(?<!\w)hangisi(?:nde|nin|dir|ydi)?\W*\Z")
_STOPS = " .?!"
_SCOPE_END = re.compile(r"[\W_]*(?:(?:yili?\w*|icin)[\W_]*)*")  # what may follow a year that closes a question
_PER_EACH = re.compile(r"(?<!\w)[^\W_]+\s+basina(?!\w)")  # "km başına": what is divided by, not what is asked for
_MANY_YEARS = 3
_COMMON_WORDS = frozenset({"yıl", "ay", "gün", "hafta", "saat", "kişi", "adet", "%"})


@dataclass(frozen=True, slots=True)
class _Hint:
    """A word that tells a measure; ``strong`` for nouns ("hedefi"), not for verbs ("yapıldı")."""

    measure: Measure
    start: int
    end: int
    strong: bool


@dataclass
class _Run:
    """Years named side by side and the measures that follow them: "2022 ve 2024 hedefi"."""

    years: list[int] = field(default_factory=list)
    hints: list[_Hint] = field(default_factory=list)
    closed: bool = False

    @property
    def measures(self) -> list[Measure]:
        """The measures of nouns, else that of the last verb; a verb of a clause of its own counts beside nouns."""
        strong = [hint.measure for hint in self.hints if hint.strong]
        return strong or [hint.measure for hint in self.hints[-1:]]


def read_asked(text: str, years: Sequence[YearMention]) -> tuple[Asked, ...]:
    """The values asked for: each measure with its year, in order of mention.

    In Turkish the year stands before its measure ("2020 hedefi ve yapılanı, 2022'de yapılan") and holds for those that
    follow, up to the next year. Years without a measure of their own take the one that was named before them.
    Verbs tell the measure where no noun does: a future one a target (a budget, where money is asked for), a past one
    the actual. To ask whether a target was reached is to ask for the actual, too.

    Args:
        text: the question in Turkish.
        years: the years that it names.
    """
    key = ascii_key(text)
    runs = [_Run()]
    events: list[tuple[int, int, YearMention | _Hint]] = [(year.start, year.year, year) for year in years]
    events += [(hint.start, 0, hint) for hint in _hints(key)]
    for _, _, event in sorted(events, key=lambda item: item[:2]):
        run = runs[-1]
        if isinstance(event, _Hint):
            run.hints.append(event)
            continue
        if run.hints or run.closed:
            run = _Run()
            runs.append(run)
        run.years.append(event.year)
        run.closed = _LOCATIVE.match(key, event.end) is not None
    return tuple(dict.fromkeys(_pairs(runs)))


def _pairs(runs: list[_Run]) -> Iterator[Asked]:
    first = runs[0]
    if len(runs) == 1 and not first.years:
        yield from (Asked(None, measure) for measure in first.measures)
        return
    last: list[Measure] = []
    if not first.years:
        runs = runs[1:]
        last = first.measures if any(hint.strong for hint in first.hints) or not runs[-1].hints else []
        named = {measure for run in runs for measure in run.measures}
        if last and runs[0].measures and not set(last) & named:  # "hedef kaç, 2023'te ne kadar bütçe ayrıldı"
            yield from (Asked(None, measure) for measure in last)
    for position, run in enumerate(runs):
        measures = run.measures or last[-1:]
        if not measures and run.closed and position + 1 < len(runs) and runs[position + 1].closed:
            measures = runs[position + 1].measures
        for year in run.years:
            yield from (Asked(year, measure) for measure in measures or (None,))
        last = measures


def _hints(key: str) -> list[_Hint]:
    """The words of measure in order; what a longer phrase takes up is left out."""
    taken = [match.span() for match in patterns("not_measures")["words"].finditer(key)]
    taken += [match.span() for match in _CITED.finditer(key)]
    names: dict[Measure, re.Pattern[str]] = {_measure(name): found for name, found in patterns("measures").items()}
    spans = sorted(
        ((match.span(), measure) for measure, pattern in names.items() for match in pattern.finditer(key)),
        key=lambda item: (item[0][0] - item[0][1], item[0]),
    )
    strong: list[_Hint] = []
    for (start, end), measure in spans:
        if not _overlaps(start, end, taken):
            taken.append((start, end))
            strong.append(_Hint(measure, start, end, True))
    reached = [
        _Hint("actual", match.end() - 1, match.end(), True)
        for match in patterns("reached")["words"].finditer(key)
        if not _overlaps(match.end() - 1, match.end(), [(hint.start, hint.end) for hint in strong])
    ]
    strong = [hint for hint in strong if not _is_setting(key, hint, strong)]
    verbs = _verb_hints(key, taken)
    return sorted([*strong, *reached, *_beside(key, strong, verbs)], key=lambda hint: hint.start)


def _is_setting(key: str, hint: _Hint, hints: Sequence[_Hint]) -> bool:
    """Whether a word of measure only says where another one is looked for, or what a rate is of.

    "2020 bütçesinde yapılan gider" asks for what was spent, "ödenek gerçekleşme oranı" for a rate.
    """
    others = [other for other in hints if other.start > hint.start]
    if hint.measure == "budget" and _IN_BUDGET.search(key, hint.start, hint.end) and others:
        return all(other.measure in ("spending", "actual") for other in others)
    following = (other for other in others if not key[hint.end : other.start].strip())
    return hint.measure != "rate" and any(other.measure == "rate" for other in following)


def _beside(key: str, strong: Sequence[_Hint], verbs: Iterable[_Hint]) -> Iterator[_Hint]:
    """The verbs' hints; one whose clause asks how much, and names no measure otherwise, counts like a noun's."""
    ends = [match.start() for match in _CLAUSE.finditer(key)] + [len(key)]
    targets = {"target", "estimate", "budget"} & {hint.measure for hint in strong}
    for hint in verbs:
        end = next(end for end in ends if end >= hint.end)
        start = max((stop for stop in ends if stop < hint.start), default=0)
        alone = not _overlaps(start, end, [(other.start, other.end) for other in strong])
        asks = _ASKS_HOW_MUCH.search(key, start, hint.end) is not None
        copula = patterns("verbs")["copula"].fullmatch(key, hint.start, hint.end) is not None
        if not copula or (targets and alone):
            yield _Hint(hint.measure, hint.start, hint.end, bool(strong) and alone and asks)


def _verb_hints(key: str, taken: list[tuple[int, int]]) -> Iterator[_Hint]:
    verbs = patterns("verbs")
    money = patterns("money")["words"].search(key) is not None
    for match in verbs["copula"].finditer(key):
        yield _Hint("actual", match.start(), match.end(), False)
    for word in _WORD.finditer(key):
        if _overlaps(*word.span(), taken) or verbs["none"].fullmatch(word[0]):
            continue
        measure: Measure | None = None
        if money and verbs["budget"].fullmatch(word[0]):
            measure = "budget"
        elif verbs["target"].fullmatch(word[0]):
            measure = "budget" if money else "target"
        elif verbs["actual"].fullmatch(word[0]):
            measure = "actual"
        if measure:
            yield _Hint(measure, word.start(), word.end(), False)


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def _measure(name: str) -> Measure:
    measures: tuple[Measure, ...] = get_args(Measure)
    return next(measure for measure in measures if measure == name)


def read_wants(
    text: str, measures: Sequence[Measure], years: Sequence[int], municipalities: int, scope: Sequence[Span] = ()
) -> tuple[Want, ...]:
    """The kinds of answer that a question asks for, the most telling first.

    Args:
        text: the question in Turkish.
        measures: the measures that it names; a question of bare words with one asks for its figure.
        years: the years that it names.
        municipalities: how many municipalities it names.
        scope: where it names them and the years; a question of bare words may end in these ("prim gideri 2024").
    """
    key = ascii_key(text)
    named = set(matched_names("wants", key))
    figure = wants_figure(text) or bool({"sum", "difference"} & named and measures)
    if _ALTERNATIVES.search(key) or (municipalities > 1 and (figure or _WHICH_ONE.search(key))):
        named.add("compare")
        named -= {"yesno"} if _ALTERNATIVES.search(key) else set()
    if len(years) >= _MANY_YEARS:
        named.add("series")
    if _counts_rows(key):
        named.add("count")
    asks_words = named & {"why", "who", "when", "where", "list", "yesno"}
    if (asks_words or _asks_meaning(key)) and not _ASKS_HOW_MUCH.search(key):
        figure = False
    elif not figure and any(hint.strong for hint in _hints(key)):
        keyword = ("?" not in text or _ends_in_measure(key)) and not re.search(r"(?<!\w)nasil(?!\w)", key)
        figure = keyword or re.search(r"(?<!\w)(?:ne|nedir|neydi|nelerdir)(?!\w)", key) is not None
    elif not figure:
        figure = _asks_quantity(key, scope)
    if patterns("no_figure")["words"].search(key):
        figure = False
    if figure:
        named.add("figure")
    wants: tuple[Want, ...] = get_args(Want)
    order = [want for want in (*patterns("wants"), "count", "figure") if want in named]
    found = tuple(want for name in order for want in wants if want == name)
    return found or ("text",)


def _ends_in_measure(key: str) -> bool:
    """Whether a noun of measure is the last word: "2023'te öngörülen bütçe?"."""
    end = len(key.rstrip(_STOPS))
    return any(hint.strong and hint.end == end for hint in _hints(key))


def _asks_quantity(key: str, scope: Sequence[Span]) -> bool:
    """Whether "nedir" is asked of a noun that is a number, or the question ends in one: "beklenen gelir nedir"."""
    end = len(key.rstrip(_STOPS))
    if "?" not in key:
        end = _before(scope, key, end)
    nouns = [match.end() for match in patterns("figure")["of"].finditer(key)]
    heads = [match.end() for match in patterns("figure")["heads"].finditer(key)] if "?" not in key else []
    return end in (*nouns, *heads) or any(_WHAT.match(key, noun) for noun in nouns)


def _before(scope: Sequence[Span], key: str, end: int) -> int:
    """Where the words end that stand before the years and municipalities at the end of a question of bare words."""
    for span in sorted(scope, key=lambda span: -span.start):
        if span.start < end and _SCOPE_END.fullmatch(key, span.end, end):
            end = len(key[: span.start].rstrip(_STOPS))
    return end


def _asks_meaning(key: str) -> bool:
    return re.search(r"(?<!\w)ne\s+(?:demek|anlama|ifade)", key) is not None


def _counts_rows(key: str) -> bool:
    rows = patterns("counted")["words"]
    return any(rows.fullmatch(word) for word in _after_how_many(key))


def wants_figure(text: str) -> bool:
    """Whether a question's words ask for a figure: "kaç", "ne kadar", "sayısı"."""
    return patterns("figure")["words"].search(ascii_key(text)) is not None


def read_units(text: str, measures: Sequence[Measure]) -> tuple[str, ...]:
    """The canonical units of the figures asked for: after "kaç", and what words of money or of shares imply.

    What is counted is counted in "adet", people in "kişi": these follow the unit that the question names.
    """
    key = ascii_key(text)
    units: dict[str, None] = {}
    if _PER_CENT.search(key):
        units["%"] = None
    for match in _HOW_MANY.finditer(key):
        units.update(dict.fromkeys(_counting_units(text, match.end())))
    for match in _NUMBER_OF.finditer(key) if not units else ():
        if patterns("people")["words"].fullmatch(match[1]) or match[1] == "kisi":
            units["kişi"] = None
    if not units:
        units.update(dict.fromkeys(last_met("asked_units", key)))
    plain = "".join(text[start:end] for start, end in _outside(_PER_EACH, key))
    for word in _WORD.findall(plain) if not units else ():
        unit = find_unit_in_prose(fold(word))
        if unit is not None and unit.measure and unit.name not in _COMMON_WORDS:
            units[unit.name] = None
    if not units and {"budget", "spending"} & set(measures):
        units["TL"] = None
    return tuple(units)


def _outside(pattern: re.Pattern[str], key: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text between what a pattern finds."""
    spans = [match.span() for match in pattern.finditer(key)]
    yield from zip((0, *(end for _, end in spans)), (*(start for start, _ in spans), len(key)), strict=True)


def _counting_units(text: str, start: int) -> Iterator[str]:
    """The units that the words after "kaç" name; of a compound ("sokak hayvanı") its last part."""
    words = _following(text, start)
    found = [_unit(word) for word in words[:2]]
    unit = _unit(" ".join(words[:2])) or (found[0] if found else None)
    if unit is not None and not unit.measure and len(found) > 1 and found[1] is not None and not found[1].measure:
        unit = found[1]
    if unit is not None:
        yield unit.name
    if unit is None or not unit.measure:
        if any(patterns("people")["words"].fullmatch(ascii_key(word)) for word in words[:2]):
            yield "kişi"
        if words and is_topical(ascii_key(words[0])):
            yield "adet"


def _unit(words: str) -> Unit | None:
    return find_unit_in_prose(words) or find_unit(words) or find_unit_in_prose(_COPULA.sub("", words))


def read_counted(text: str) -> tuple[str, ...]:
    """The words after "kaç" that name what is counted, units of measure left out, as folded words."""
    found: dict[str, None] = {}
    for match in _HOW_MANY.finditer(ascii_key(text)):
        for word in _following(text, match.end())[:1]:
            unit = find_unit_in_prose(word) or find_unit_in_prose(_COPULA.sub("", word))
            if (unit is None or not unit.measure or unit.name == "kişi") and is_topical(ascii_key(word)):
                found[word] = None
    return tuple(found)


def _following(text: str, start: int) -> list[str]:
    """The words from ``start`` on, at most three, as folded; "tane", "farklı" and the like are passed over."""
    fillers = patterns("before_counted")["words"]
    words = [fold(match[0]) for match in _WORD.finditer(text, start)][:4]
    while len(words) > 1 and fillers.fullmatch(ascii_key(words[0])):
        words.pop(0)
    return words[:3]


def _after_how_many(key: str) -> Iterator[str]:
    for match in _HOW_MANY.finditer(key):
        yield from _WORD.findall(key, match.end())[:1]


def is_verb(key: str) -> bool:
    """Whether a word, as its ascii key, has the form of a finite verb or participle: "toplamış", "yapılacak"."""
    verbs = patterns("verbs")
    return any(verbs[name].fullmatch(key) for name in ("target", "actual")) and not verbs["none"].fullmatch(key)
