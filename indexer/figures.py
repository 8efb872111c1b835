"""Figures in Turkish text: the only place that reads and writes numbers.

A number with one kind of separator before exactly three digits reads in two ways (``1.852`` is 1852 or 1.852); the
document's own habit decides, see :class:`NumberStyle`. Every other number reads in one way only, whatever the style.
Dates, law and article numbers, telephone numbers, codes and bare years are no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from indexer.number_words import number_words, spelled_value
from indexer.records import Figure, Span
from indexer.turkish import fold
from indexer.units import Unit, find_unit, find_unit_in_prose, unit_data


class NumberStyle(StrEnum):
    """How a document writes numbers."""

    DOT = "dot"  # 1.100.000,50
    COMMA = "comma"  # 1,100,000.50


_EDGE = r"(?<![\w.,])"
_END = r"(?![.,]?\d|\w)"
_HABITS = {
    style: (
        re.compile(
            rf"{_EDGE}\d{{1,3}}(?:{group}\d{{3}}){{2,}}{_END}|{_EDGE}\d{{1,3}}(?:{group}\d{{3}})+{point}\d+{_END}"
        ),
        re.compile(rf"{_EDGE}[1-9]\d{{0,2}}{group}\d{{3}}{_END}"),
    )
    for style, group, point in ((NumberStyle.DOT, r"\.", ","), (NumberStyle.COMMA, ",", r"\."))
}
_CERTAIN = 3  # how many doubtful numbers one that reads in one way only outweighs


@lru_cache(maxsize=64)
def number_style(text: str) -> NumberStyle:
    """The habit of a document: which of ``1.100.000`` and ``1,100,000`` it writes more often; dot when neither.

    Kept for the last documents, since all of a text is read for it.
    """
    scores = {
        style: _CERTAIN * sum(1 for _ in certain.finditer(text)) + sum(1 for _ in doubtful.finditer(text))
        for style, (certain, doubtful) in _HABITS.items()
    }
    return NumberStyle.COMMA if scores[NumberStyle.COMMA] > scores[NumberStyle.DOT] else NumberStyle.DOT


def canonical_unit(text: str) -> str | None:
    """The canonical form of the unit that ``text`` names (``"Metrekare"`` → ``"m²"``), or None when it names none."""
    unit = find_unit(text)
    return unit.name if unit else None


def is_unit(text: str) -> bool:
    """Whether the whole of ``text`` names a unit."""
    return find_unit(text) is not None


def format_number(value: Decimal) -> str:
    """The Turkish form with all its decimals: ``1100000`` → ``"1.100.000"``, ``46.5`` → ``"46,5"``."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def read_number(digits: str, style: NumberStyle) -> Decimal | None:
    """The value of digits with separators and nothing else, or None when they are no number (a date, a code)."""
    whole, *groups = re.split(r"[.,]", _SPACES.sub("", digits))
    separators = re.findall(r"[.,]", digits)
    if not whole.isdecimal() or not all(group.isdecimal() for group in groups):
        return None
    if len(whole) > 1 and whole[0] == "0":
        return None  # "05.30", "01": a code
    if not separators:
        return Decimal(whole)
    grouped = len(whole) <= 3 and whole != "0"
    last = groups[-1]
    if len(set(separators)) == 1:
        if len(separators) > 1:
            return _join(whole, groups) if grouped and all(len(group) == 3 for group in groups) else None
        thousands = "." if style is NumberStyle.DOT else ","
        if grouped and len(last) == 3 and separators[0] == thousands:
            return _join(whole, groups)
        return _join(whole, [], last)
    if len(set(separators[:-1])) == 1 and separators[-1] != separators[0] and grouped:
        return _join(whole, groups[:-1], last) if all(len(group) == 3 for group in groups[:-1]) else None
    return None


def _join(whole: str, groups: list[str], decimals: str = "") -> Decimal:
    return Decimal("".join([whole, *groups]) + (f".{decimals}" if decimals else ""))


_SPACES = re.compile("[ \u00a0\u2009\u202f]")
_GAP = r"[ \u00a0]?\n?[ \u00a0]?"  # at most one break of a line between the parts of one figure
_SPACE = _SPACES.pattern
_MONEY_AFTER = r"(?=,[0-9]{1,2}(?![0-9])|[ \u00a0]?(?:tl\b|₺|lira))"
# 2 500 000 TL: in prose certain only where groups of three make an amount of money
_NUMBER = rf"(?:[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}}){{2,}}{_MONEY_AFTER}(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)*)"
_MAGNITUDE = (
    r"(?:bin(?=\b|lik|den|[ei]\b|in\b|dir)|milyon(?=\b|luk|dan|[au]\b|un\b|dur)|"
    r"(?:milyar|trilyon)(?=\b|lık|luk|dan|[aıu]\b|[ıu]n\b|dır|dur))"
)
_QUANTITY = re.compile(
    rf"(?P<sign>[-−])?(?P<before>[%‰₺€$£][ \u00a0]?|\b(?:yüzde|binde) )?(?P<inner>(?<=[%‰₺€$£])[-−])?"
    rf"(?P<number>{_NUMBER})(?P<more>{_GAP}{_MAGNITUDE}(?:{_GAP}[0-9]+(?:[.,][0-9]+)?{_GAP}{_MAGNITUDE})*"
    rf"(?:{_GAP}[0-9]{{1,3}}(?![.,]?[0-9]|{_GAP}{_MAGNITUDE}))?)?(?P<after>[%‰]|[ \u00a0][%‰](?![ \u00a0]?[0-9]))?"
)
_PART = re.compile(rf"({_NUMBER}){_GAP}({_MAGNITUDE})?")

_MONTHS = "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
_DAYS = r"[0-9]{1,2}(?: ?[-–,] ?[0-9]{1,2}| (?:ve|ile) [0-9]{1,2}){0,30}"
_NO_FIGURE = re.compile(
    "|".join(
        (
            rf"\b{_DAYS} (?:{_MONTHS})(?: [0-9]{{4}})?\b",  # 5-7 mayıs 2024
            r"\b[0-9]{1,2}(?P<mark>[./-])[0-9]{1,2}(?P=mark)(?:[0-9]{4}|[0-9]{2})\b",  # 05.07.2022
            r"\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\b|\bsaat(?:ler[ie])? [0-9]{1,2}\.[0-9]{2}\b",  # 16:30
            r"\b[0-9]{1,2}\.[0-5][0-9] ?[-–] ?[0-9]{1,2}\.[0-5][0-9]\b(?![.,][0-9])",  # 18.00-21.00
            r"\b[0-9]+(?: ?[/x×] ?[0-9]+)+\b",  # 1/25000, 14161/1, 50x70
            r"(?:\+90 ?|\b0 ?)\(?[2-5][0-9]{2}\)?[ -]?[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}\b",  # telephone
            r"\b(?:tel|telefon|faks|fax|gsm)\b[^0-9\n]{0,12}[0-9][0-9 ()-]{5,}",
            r"\b444 [0-9]{1,2} ?[0-9]{2,3}(?: [0-9]{2})?\b",
            r"\b(?:19|20)[0-9]{2} ?[-–] ?(?:(?:19|20)[0-9]{2}|[0-9]{2})\b(?![.,][0-9])",  # 2020-2024, 2020-24
            r"\bm(?:d|adde)?\. ?[0-9]+(?:/[a-z0-9]+)*",  # m.7/s
            r"(?:https?://|www\.)\S+|\S{1,64}@\S+",  # without a bound, a line without spaces takes for ever
        )
    )
)
_ORDINAL = re.compile(r"\. ?[^\W\d_]|['’]? ?[ıiuü]?nc[ıiuü]")
_LIST_MARK = re.compile(r"[.)][ \t]?(?=\D)")
_CODE_MARK = re.compile(r"[.)]?[ \t]+[A-ZÇĞİÖŞÜ]")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[.:]?(?:['’]?l[ıiuü])?[ .:-]*\Z")
_GLUED_BEFORE = re.compile(r"(?:^|\W)[a-zçğıöşü]{4,}\Z")
_CODE_BEFORE = re.compile(r"[^\W\d_][-–]\Z|[A-ZÇĞİÖŞÜ0-9][.:]\Z|[\w,/]\Z")
_NEXT_WORD = re.compile(r"[ \n]([^\W\d_]+(?:['’.]lu)?)")
_UNIT_WORD = r"(?:[mM][²³23](?=[A-ZÇĞİÖŞÜ])|(?:[^\W\d_]|[°₺€$£])[\w²³^]*(?: [²³])?(?:['’][^\W\d_]+)?)"
_UNIT_WORDS = re.compile(
    rf"{_GAP}\(?({_UNIT_WORD}(?: ?/ ?{_UNIT_WORD})*)(?:[ \n]({_UNIT_WORD}))?(?:[ \n]({_UNIT_WORD}))?"
)
_PERCENT_BEFORE = re.compile(r"\b(yüzde)[ \u00a0]?\n{0,2}\Z")
_RANGE = re.compile(r" ?[-–] ?[0-9]")
_IN_BRACKETS = re.compile(rf"{_GAP}\(")
_MARKS = {"%": "%", "‰": "‰", "₺": "TL", "€": "avro", "$": "dolar", "£": "sterlin", "yüzde": "%", "binde": "‰"}
_TIME_UNITS = frozenset({"yıl", "ay", "hafta", "gün", "saat", "dakika", "saniye", "iş günü"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of ``data/units.toml`` that tell names from quantities, and the steps of durations."""

    name_after: frozenset[str]
    name_before: frozenset[str]
    duration: dict[str, tuple[str, int]]


@cache
def _words() -> _Words:
    data = unit_data()
    steps: list[tuple[str, int]] = [(name, factor) for name, factor in data["duration"]]
    return _Words(
        name_after=frozenset(fold(word) for word in data["name_after"]),
        name_before=frozenset(fold(word) for word in data["name_before"]),
        duration={name: (steps[place + 1][0], factor) for place, (name, factor) in enumerate(steps[:-1]) if factor},
    )


def _unit_after(text: str, end: int, limit: int = 64) -> tuple[Unit, str, int] | None:
    """The unit that stands after a number, as written, and where it ends; the longest reading wins."""
    found = _UNIT_WORDS.match(text, end, end + limit)
    if not found:
        return None
    for group in (3, 2, 1):
        if found[group] is None:
            continue
        written = text[found.start(1) : found.end(group)]
        unit = find_unit_in_prose(written)
        # A counted thing with a capital is more often the beginning of a name ("15 Katı Atık Tesisi").
        if unit and (unit.measure or written[0].islower()):
            return unit, re.sub(r"['’].*", "", written), found.end(group)
    return None


def _amount(number: str, more: str | None, style: NumberStyle) -> Decimal | None:
    """The value of a number with its magnitude words: ``929 bin 691``, ``45 milyar 100 milyon``, ``5.5 milyon``."""
    if not more:
        return read_number(number, style)
    total, before = Decimal(0), Decimal("Infinity")
    for digits, magnitude in _PART.findall(number + more):
        part = read_number(digits, style)
        factor = Decimal(number_words().magnitudes[magnitude] if magnitude else 1)
        if part is None or factor >= before or (total and part >= 1000):
            return None
        total, before = total + part * factor, factor
    return total


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


class _Reader:
    """Reads the figures of one text; the folded text has the same offsets."""

    def __init__(self, text: str, style: NumberStyle) -> None:
        self.text = text
        self.folded = fold(text)
        self.style = style
        self.barred = [match.span() for match in _NO_FIGURE.finditer(self.folded)]
        self._starts = [start for start, _ in self.barred]

    def figures(self) -> list[Figure]:
        found = _join_durations(self.text, list(self._digits()))
        ends = [figure.span.end for figure in found]
        starts = [figure.span.start for figure in found]
        for figure in self._spelled():
            place = bisect_right(starts, figure.span.start) - 1
            if place < 0 or ends[place] < figure.span.start - 1:
                found.append(figure)
        return sorted(found, key=lambda figure: figure.span)

    def _barred(self, start: int, end: int) -> bool:
        place = bisect_right(self._starts, end - 1) - 1
        return place >= 0 and self.barred[place][1] > start

    def _digits(self) -> Iterator[Figure]:
        waiting: Figure | None = None  # the lower end of a range, which shares the unit of the upper one
        for match in _QUANTITY.finditer(self.folded):
            figure = self._figure(match)
            if waiting:
                shared = figure if figure and figure.span.start - waiting.span.end <= 3 else waiting
                yield replace(waiting, unit=shared.unit, unit_text=shared.unit_text)
                waiting = None
            if figure and figure.unit is None and _RANGE.match(self.text, figure.span.end):
                waiting = figure
            elif figure:
                yield figure
        if waiting:
            yield waiting

    def _figure(self, match: re.Match[str]) -> Figure | None:
        number, end = match["number"], match.end()
        if self._barred(match.start("number"), end):
            return None
        value = _amount(number, match["more"], self.style)
        if value is None:
            return None
        start, negative = self._start(match)
        plain_year = _is_year(number) and not match["more"]
        mark = (match["before"] or match["after"] or "").strip(" \u00a0")
        unit: Unit | None = Unit(_MARKS[mark], True) if mark else None
        written: str | None = mark or None
        if not unit and (after := _unit_after(self.text, end)):
            unit, written = after[:2]
            if plain_year and (not unit.measure or unit.name in _TIME_UNITS or _IN_BRACKETS.match(self.text, end)):
                return None  # "2024 yılı", "2024 faaliyetleri", a column's "2025 (₺)"
        if self._code_before(match, start) or (not unit and (plain_year or self._names(match, start))):
            return None
        value = -value if negative else value
        return Figure(value, self.text[start:end], Span(start, end), unit.name if unit else None, written)

    def _start(self, match: re.Match[str]) -> tuple[int, bool]:
        """Where the figure begins, and whether it is negative; a dash between two things is no minus."""
        start = match.start()
        minus = bool(match["sign"]) and (start == 0 or self.text[start - 1].isspace() or self.text[start - 1] in "(;:=")
        if match["sign"] and not minus:
            start += 1
        if match["before"] and match["before"][0] not in "%‰" and not minus:
            start = match.start("inner") if match["inner"] else match.start("number")
        return start, minus or bool(match["inner"])

    def _code_before(self, match: re.Match[str], start: int) -> bool:
        """Whether the number is the tail of a code or a name (``Covid-19``, ``PG.1.4``); "toplam138" is not."""
        before = self.text[max(0, min(start, match.start()) - 24) : start]
        return bool(_CODE_BEFORE.search(before)) and not _GLUED_BEFORE.search(before)

    def _names(self, match: re.Match[str], start: int) -> bool:
        """Whether a number without a unit names something: an article, a page, a place in an order, a heading."""
        number, end = match["number"], match.end()
        if match["more"]:
            return False
        following = _NEXT_WORD.match(self.folded, end)
        if following and following[1] in _words().name_after:
            return True
        line_start = self._begins_line(start)
        if number.isdigit():
            if len(number) <= 3 and _ORDINAL.match(self.folded, end):
                return True
            if line_start and len(number) <= 3 and _LIST_MARK.match(self.text, end):
                return True
        elif line_start and len(number) <= 5 and "," not in number and _CODE_MARK.match(self.text, end):
            return True
        before = _WORD_BEFORE.search(self.folded[max(0, start - 24) : start])
        return before is not None and len(number) <= 5 and before[1] in _words().name_before

    def _begins_line(self, at: int) -> bool:
        while at and self.text[at - 1] != "\n" and self.text[at - 1].isspace():
            at -= 1
        return at == 0 or self.text[at - 1] == "\n"

    def _spelled(self) -> Iterator[Figure]:
        """Numbers in words; only before a unit or after "yüzde", for most of these words have other senses."""
        words = number_words()
        for match in words.pattern.finditer(self.folded):
            start, end = match.span("number")
            if self.text[max(0, start - 2) : start].strip()[-1:].isdigit() or self.text[start - 1 : start] == "(":
                continue
            spelled = spelled_value(match["number"])
            if spelled is None:
                continue
            value, written, span = Decimal(spelled), self.text[start:end], Span(start, end)
            if percent := _PERCENT_BEFORE.search(self.folded, max(0, start - 9), start):
                yield Figure(value, written, span, "%", self.text[slice(*percent.span(1))])
            elif match["ending"]:
                if words.reached.match(self.folded, end):  # "sayısı dokuza ulaştı"
                    yield Figure(value, written, span)
            elif (after := _unit_after(self.text, end)) and self._is_counted(match["number"], after[0]):
                yield Figure(value, written, span, after[0].name, after[1])

    @staticmethod
    def _is_counted(word: str, unit: Unit) -> bool:
        """Whether the number word is one before this unit: not the article ("bir yıl boyunca"), not "altı" (under)."""
        if word == "bir":
            return unit.measure and unit.name not in _TIME_UNITS | {"kişi", "puan", "%"}
        return unit.measure or word not in number_words().ambiguous


def _join_durations(text: str, figures: list[Figure]) -> list[Figure]:
    """``5 dakika 22 saniye`` as one figure: 322 saniye."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        step = _words().duration.get(last.unit) if last and last.unit else None
        if last and step and step[0] == figure.unit and 0 <= figure.value < step[1]:
            own = text[last.span.start : last.span.end].endswith(last.unit_text or "")
            unit_end = last.span.end if own else (_unit_after(text, last.span.end) or (0, 0, last.span.end))[2]
            after = _unit_after(text, figure.span.end)
            if after and not text[unit_end : figure.span.start].strip() and figure.span.start - unit_end <= 3:
                value = last.value * step[1] + figure.value
                span = Span(last.span.start, after[2])
                joined[-1] = Figure(value, text[span.start : span.end], span, figure.unit, figure.unit_text)
                continue
        joined.append(figure)
    return joined


def find_figures(text: str, style: NumberStyle) -> list[Figure]:
    """All figures of a stretch of prose with their units, in order.

    Args:
        text: the stretch; line breaks may stand inside a figure.
        style: the document's habit, from :func:`number_style`.

    Returns:
        Figures whose ``span`` counts from the start of ``text`` and ``text[span.start:span.end] == figure.text``.
        A duration of two units is one figure in the smaller one, and its text covers both.
    """
    return _Reader(text, style).figures()


_BLANKS = " \t\r\n\u00a0"
_RAISED = re.compile(r"(?<=[0-9%)])[ \u00a0]?[⁰¹²³⁴-⁹]+\Z")  # the mark of a footnote behind a number
_SPACED = re.compile(rf"[^0-9]*([1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+)(?:[.,][0-9]+)?[^0-9]*")  # 1 250 000,50


def without_note(text: str) -> str:
    """A cell that holds a number without the raised mark of a footnote behind it: ``1.250³`` is no power."""
    return _RAISED.sub("", text)


def parse_number(text: str, style: NumberStyle) -> Decimal | None:
    """The number that a whole cell holds, its ``%``, unit, footnote marks or brackets aside; None for other text.

    ``"97,17%"``, ``"12250m2"``, ``"929 bin 691"``, ``"(98,7)"``, ``"1 250 000"``, ``"1.250³"`` and
    ``"5 dakika 22 saniye"`` (322) are read.
    """
    cell = without_note(text.strip(_BLANKS).rstrip("*").rstrip(_BLANKS))
    if spaced := _SPACED.fullmatch(cell):
        cell = cell[: spaced.start(1)] + _SPACES.sub("", spaced[1]) + cell[spaced.end(1) :]
    if cell.startswith("(") and cell.endswith(")"):
        cell = cell[1:-1].strip(_BLANKS)
    match = _QUANTITY.match(fold(cell))
    if not match:
        return None
    rest = cell[match.end() :].strip(_BLANKS)
    if rest and not is_unit(rest):
        figures = find_figures(cell, style)
        return figures[0].value if len(figures) == 1 and figures[0].text == cell else None
    value = _amount(match["number"], match["more"], style)
    return -value if value is not None and (match["sign"] or match["inner"]) else value
