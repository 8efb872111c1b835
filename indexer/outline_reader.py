"""Headings and their hierarchy: the only place that reads them.

Levels: 1-5 chapters and sections, 6-7 organisational units, 8 headings in capitals, 10-14 the strategic hierarchy
(area, goal, objective, performance target, activity or project), 15 lettered items below those. The words by which
headings are known stand in ``data/headings.toml``, single forms in :mod:`indexer.headings` and
:mod:`indexer.strategic`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from indexer import headings as forms
from indexer.records import Document, Heading, Line, Span
from indexer.strategic import Found, StrategicReader
from indexer.turkish import ascii_key

AREA, GOAL, TARGET, ACTIVITY, ITEM = 10, 11, 13, 14, 15
_DIVIDER, _UNIT, _CAPITALS = 5, 6, 8
_MAX_HEADING_WORDS = 14
_MAX_COMPANY_WORDS = 5
_LONG_CAPITALS = 70  # characters of a line of capitals that a title may go on from
_MAX_REPEATS = 8  # of a title in the sections of one document
_MAX_TITLE_ABOVE = 60  # characters of a line that is no running text
_COMPANY_ENDS = ("a.s.", "a.s", "anonim sirketi", "ltd. sti.", "limited sirketi")


class OutlineReader:
    """One pass over the lines of a document."""

    def __init__(self, document: Document) -> None:
        self._lines = document.lines
        self._texts = [forms.core(line.text) for line in document.lines]
        self._count = Counter(ascii_key(text).removeprefix("- ") for text in self._texts if text)
        self._starts = frozenset(document.line_at(page.start) - 1 for page in document.pages) | {0}
        self._strategic = StrategicReader(self._lines, self._starts)
        self._numbers: dict[str, tuple[int, ...]] = {}  # the last number of each kind of enumerator
        self._roman = False
        self._known: dict[str, str] = {}  # strategic numbers to the keys of their titles
        self._activities: set[str] = set()
        self._in_target = False  # right below a performance target, where its activities are listed
        self._in_unit = False
        self._in_goal = False
        self._sections: set[str] = set()  # prescribed names seen

    def read(self) -> Iterator[Heading]:
        """The headings in the order of their lines."""
        index, heading_above = 0, False
        while index < len(self._lines):
            if not self._texts[index]:
                index += 1
                continue
            found = self._strategic.read(index) or self._area(index) or self._section(index, heading_above)
            if found is None:
                self._note_activity(index)
                index, heading_above = index + 1, False
                continue
            if found.heading.level != ITEM:
                self._in_goal = found.heading.level >= GOAL
            if self._in_goal:
                self._learn(found.heading)
            elif found.heading.level <= _UNIT + 1:
                self._in_unit = found.heading.level >= _UNIT
            yield found.heading
            index, heading_above = found.after, True

    def _learn(self, heading: Heading) -> None:
        title = heading.title.partition(": ")[2]
        if heading.number:
            self._known[heading.number] = ascii_key(title)
        if heading.level == ACTIVITY and len(title) > 12:
            self._activities.add(forms.activity_key(title))
        self._in_target = heading.level == TARGET

    def _note_activity(self, index: int) -> None:
        """Learns the names in a numbered list of activities right below a performance target."""
        match = re.match(r"\d{1,2}\.?[ \t]*\t[ \t]*", self._texts[index])
        if match is None:
            self._in_target = False
        elif self._in_target and "\t" not in (name := self._texts[index][match.end() :]) and len(name) > 12:
            self._activities.add(forms.activity_key(name))

    # What stands around a line

    def _opens(self, index: int) -> bool:
        """Whether nothing stands right above line ``index``: a page start, or a blank line."""
        return index in self._starts or not self._texts[index - 1]

    def _closes(self, index: int) -> bool:
        """Whether nothing stands right below line ``index``."""
        return index + 1 >= len(self._texts) or index + 1 in self._starts or not self._texts[index + 1]

    def _next(self, index: int) -> int:
        index += 1
        while index < len(self._texts) and not self._texts[index]:
            index += 1
        return index

    def _above(self, index: int) -> str:
        index -= 1
        while index >= 0 and not self._texts[index]:
            index -= 1
        return self._texts[index] if index >= 0 else ""

    def _block(self, index: int, limit: int = 3) -> int | None:
        """The last line of the block of at most ``limit`` lines that ``index`` opens; None where it is longer."""
        for last in range(index, min(index + limit, len(self._texts))):
            if self._closes(last):
                return last
        return None

    def _found(self, level: int, first: int, last: int, number: str | None = None) -> Found | None:
        title = forms.clean("\n".join(self._texts[first : last + 1]).strip("*# "))
        if not title:
            return None
        return Found(Heading(level, title, _span(self._lines[first], self._lines[last]), number), last + 1)

    # Kinds of headings

    def _area(self, index: int) -> Found | None:
        """A short line right above a goal names the strategic area."""
        text = self._texts[index]
        below = self._next(index)
        if below >= len(self._texts) or len(text.split()) > 14 or not text[0].isupper() or text[-1] in ".,;:":
            return None
        if not (forms.is_capitals(text) or forms.is_title_case(text)) or forms.enumerator(text) or "\t" in text:
            return None
        if not self._closes(index) or forms.unit_level(text) or ascii_key(text) in forms.words().sections:
            return None
        if ascii_key(text).startswith(forms.words().openers) or forms.ends_in_figure(text):
            return None
        return self._found(AREA, index, index) if self._strategic.is_goal(below) else None

    def _section(self, index: int, heading_above: bool) -> Found | None:
        text = self._texts[index]
        if len(text) > 160 or not (text[0].isalnum() or text[0] in "#*" or text.startswith("- ")):
            return None
        if "\t" in text.strip("\t ") and not re.match(r"[\dA-Za-z.)\-–]{1,9}\t[^\t]+$", text):
            return None
        if not (self._opens(index) or heading_above) or forms.is_contents_line(text):
            return None
        return (
            self._markdown(index)
            or self._running_title(index)
            or self._prescribed(index)
            or self._enumerated(index)
            or self._unit(index)
            or self._company(index)
            or self._activity(index)
            or self._capitals(index, heading_above)
            or self._titled(index)
        )

    def _markdown(self, index: int) -> Found | None:
        text = self._texts[index]
        hashes = re.match(r"(#{1,6}) +\S", text)
        if hashes:
            return self._found(len(hashes[1]), index, index)
        bold = re.fullmatch(r"\*\*[^*]{4,100}\*\*", text)
        return self._found(_CAPITALS, index, index) if bold and self._closes(index) else None

    def _running_title(self, index: int) -> Found | None:
        """The first page whose running title ends with the prescribed name of a section not met so far."""
        running = re.match(r"\d{1,3}(?: {2,}|\t| )(?=[^\W\d_])", self._texts[index])
        if index not in self._starts or running is None:
            return None
        title = self._texts[index][running.end() :]
        for name in sorted(forms.words().sections, key=len, reverse=True):
            if ascii_key(title).endswith(" " + name):
                if name in self._sections:
                    return None
                self._sections.add(name)
                span = _span(self._lines[index], self._lines[index])
                heading = Heading(forms.words().sections[name], title[-len(name) :], span)
                return Found(heading, index + 1)
        return None

    def _prescribed(self, index: int) -> Found | None:
        """A chapter or section whose name the ministry's guides prescribe, with or without its number."""
        last = self._block(index)
        alone = ascii_key(self._texts[index])
        if index in self._starts and alone in forms.words().sections.keys() | forms.words().unnumbered:
            last = index  # a page title with the next line right below it
        if last is None:
            return None
        text = " ".join(self._texts[index : last + 1])
        if re.match(r"(?:bolum|kisim) +(?:\d{1,2}|[ivx]{1,4})(?![a-z\d])", ascii_key(text)):
            while not self._starts.intersection(range(last + 1, (below := self._next(last)) + 1)) and below - index < 8:
                last = below  # the rest of a title page
            return self._found(1, index, last, text.split()[1])
        number = forms.enumerator(text)
        key = re.sub(r"\s+", " ", ascii_key(number.title if number else text)).strip(" :")
        level = forms.words().sections.get(key)
        for closing in forms.words().closings if level is None and index in self._starts else ():
            level = level or forms.words().sections.get(key.removesuffix(closing))
        if level is None and re.match(r"[A-H] \S", text):  # the letter stands before the title without a mark
            level = forms.words().sections.get(key := key[2:])
        once = key not in self._sections and "number" not in self._numbers
        if key in forms.words().unnumbered and index in self._starts and once:
            level = 2
        if level is None or (not number and level > 1 and self._in_unit and index not in self._starts):
            return None
        self._sections.add(key)
        if number:
            self._numbers.pop("nested", None)
            level = self._accept(number, prescribed=True)
        return self._found(level, index, last, number.text if number else None)

    def _accept(self, number: forms.Enumerator, prescribed: bool = False) -> int:
        """Takes ``number`` as the newest of its kind and says the level that it stands for."""
        nested = self._numbers.get("nested", (0,))[0] + 1
        if number.kind == "letter" and not prescribed and number.parts[0] in (1, nested) and "letter" in self._numbers:
            self._numbers["nested"] = number.parts  # A, B within A
            return _DIVIDER - 1
        if number.kind == "number" and len(number.parts) == 1 and not self._roman:
            self._numbers.pop("letter", None)
        order = ("roman", "letter", "number", "small") if number.kind != "letter" else ("letter", "number", "small")
        for finer in order[order.index(number.kind) + 1 :]:
            self._numbers.pop(finer, None)
        self._numbers[number.kind] = number.parts
        depth = len(number.parts)
        if number.kind == "roman":
            self._roman = True
            return 1
        if number.kind == "letter":
            return 2
        if number.kind == "small":
            return ITEM if self._in_goal else min(3 + depth, _DIVIDER)
        return min(depth + 2 if self._roman else depth, _DIVIDER)

    def _enumerated(self, index: int) -> Found | None:
        text = self._texts[index]
        number = forms.enumerator(text)
        if number is None or not self._is_next(number):
            return None
        title = number.title
        capitals, titled = forms.is_capitals(title), forms.is_title_case(title)
        if "\t" in title or title[-1] in ".,;:" or len(title.split()) > _MAX_HEADING_WORDS:
            return None
        if forms.ends_in_figure(text):
            return None
        if not title[0].isupper() or self._is_strategic(number):
            return None
        last: int | None = index if self._closes(index) else None
        own_line = titled and index in self._starts and "".join(self._texts[index + 1 : index + 2])[:1].isupper()
        if last is None and (capitals or titled) and (end := self._block(index, 2)) is not None:
            rest = self._texts[end]
            titled = forms.is_capitals(rest) if capitals else forms.is_title_case(rest)
            last = end if titled and not forms.ends_in_figure(rest) else None
        page_start = index in self._starts
        if last is None and own_line:
            last, titled = index, True  # a page title with the text right below it
        spaced = text[len(number.text) :].lstrip(".)")[:1] in (" ", "-", "–")
        if number.kind == "roman" or (number.kind == "number" and len(number.parts) == 1):
            good = capitals and spaced and last is not None
            good = good or (number.kind == "number" and page_start and titled and spaced)
        elif number.kind == "number":
            good = last is not None and (capitals or titled or len(title.split()) <= 10)
        else:
            good = last is not None and (capitals or titled) and spaced and len(title.split()) <= 10
        if not good:
            return None
        unit = forms.unit_level(title)
        level = self._accept(number)
        return self._found(unit if unit is not None else level, index, last or index, number.text)

    def _is_next(self, number: forms.Enumerator) -> bool:
        """Whether ``number`` follows the one before it of its kind, as the sections of one document do."""
        before = self._numbers.get(number.kind)
        if number.kind == "letter" and "nested" in self._numbers:
            before = self._numbers["nested"]
        first = number.parts[0]
        if number.kind == "number" and len(number.parts) > 1:
            return before is None or (number.parts > before and first <= before[0] + 1)
        return first == 1 if before is None else before[0] <= first <= before[0] + 2 or first == 1

    def _is_strategic(self, number: forms.Enumerator) -> bool:
        """Whether the number and the words are those of a goal or target: a cell of a table that repeats it."""
        known = self._known.get(number.text)
        return known is not None and ascii_key(number.title)[:6] == known[:6]

    def _unit(self, index: int) -> Found | None:
        last = self._block(index, 2)
        if forms.is_capitals(self._texts[index]) and ascii_key(self._texts[index]).endswith(" a.s."):
            last = index  # a company's full name often stands right below its short one
        if last is None:
            return None
        text = " ".join(self._texts[index : last + 1])
        level = forms.unit_level(text)
        above = ascii_key(self._above(index))
        value = any(line.startswith(forms.words().responsible) for line in (above, ascii_key(text)))
        if level is None or value or above.endswith(forms.words().responsible):
            return None
        below = self._next(last)
        if below >= len(self._texts) or forms.unit_level(self._texts[below]) == level:  # an item of a list
            return None
        capitals = forms.is_capitals(text) and not forms.ends_in_figure(self._texts[below])
        if forms.unit_level(self._above(index)) == level and not capitals:
            return None
        titled = index in self._starts and last == index and forms.is_title_case(self._texts[below])
        if not (capitals or forms.is_text(self._texts[below]) or self._is_heading_like(below) or titled):
            return None
        return self._found(level, index, last)

    def _company(self, index: int) -> Found | None:
        """The short name of a company in capitals with its full name on the lines right below."""
        text, last = self._texts[index], self._block(index, 5)
        if last is None or last == index or not forms.is_capitals(text) or len(text.split()) > _MAX_COMPANY_WORDS:
            return None
        name = " ".join(self._texts[index + 1 : last + 1])
        if forms.ends_in_figure(text) or forms.is_capitals(name) or not ascii_key(name).endswith(_COMPANY_ENDS):
            return None
        return self._found(_UNIT, index, index) if forms.is_title_case(name) else None

    def _activity(self, index: int) -> Found | None:
        """A block that is nothing but the name of an activity which the document itself lists."""
        last = self._block(index)
        if last is None or not self._activities:
            return None
        name = forms.activity_key("\n".join(self._texts[index : last + 1]))
        below = self._next(last)
        if name not in self._activities or below >= len(self._texts):
            return None
        followed = forms.is_text(self._texts[below]) or self._texts[below][-1] == ":"
        return self._found(ACTIVITY, index, last) if followed else None

    def _capitals(self, index: int, heading_above: bool) -> Found | None:
        text = self._texts[index]
        last = self._block(index, 2)
        if last is None or not all(forms.is_capitals(line) for line in self._texts[index : last + 1]):
            return None
        rest = self._next(last)
        wrapped = len(self._texts[last]) > _LONG_CAPITALS and rest == last + 2 and not heading_above
        if wrapped and rest < len(self._texts) and forms.is_capitals(self._texts[rest]):
            last = rest  # in a document with a blank line after each line
        text = " ".join(line for line in self._texts[index : last + 1] if line)
        dated = wrapped and last == rest
        numbered = any(character.isdigit() for character in text) and not dated
        if len(text) < 6 or numbered or text[-1] in ".,;:)" or "|" in text:
            return None
        free = heading_above or index in self._starts or not forms.is_capitals(self._above(index))
        if not free and len(text.split()) < 3:  # a cell in a head of capitals
            return None
        if ascii_key(text) in forms.words().contents or ascii_key(text).startswith(forms.words().openers):
            return None
        below = self._next(last)
        if below >= len(self._texts):
            return None
        if forms.is_text(self._texts[below]) or ("\t" in self._lines[last].text and "\t" in self._texts[below]):
            return self._found(_CAPITALS, index, last)
        if index in self._starts and self._is_heading_like(below):
            divider = forms.unit_level(self._texts[below]) is not None
            return self._found(_DIVIDER if divider else _UNIT + 1, index, last)
        return None

    def _titled(self, index: int) -> Found | None:
        """A title in small letters that stands alone, outside the strategic hierarchy.

        One that opens a page, or names a work or a purchase, is a part of its own and ends the one in capitals
        before it; another one with text below it is a section of that.
        """
        text = self._texts[index].removeprefix("- ").strip()
        opens = index in self._starts or re.match(r" [^ \u00a0]", self._lines[index].text) is not None
        below, above = self._next(index), self._above(index)
        if self._in_goal or not self._closes(index) or below >= len(self._texts) or not forms.is_plain_title(text):
            return None
        work = forms.names_work(text)
        if work is None or self._count[ascii_key(text)] > (_MAX_REPEATS if work else 1):  # a running title
            return None
        lists = forms.unit_level(above) is not None or forms.unit_level(self._texts[below]) is not None
        goes_on = len(above) > _MAX_TITLE_ABOVE and above[-1] not in ".:;!?"
        if lists or (not opens and (goes_on or forms.ends_in_figure(above) or forms.is_unfinished(above))):
            return None
        table_head = forms.ends_in_figure(self._texts[below]) and not work
        if table_head or not (
            forms.is_text(self._texts[below]) or work or (opens and forms.is_title_case(self._texts[below]))
        ):
            return None
        return self._found(_CAPITALS if opens or work else _CAPITALS + 1, index, index)

    def _is_heading_like(self, index: int) -> bool:
        text = self._texts[index]
        strategic = any(label.pattern.match(ascii_key(text)) for label in forms.words().labels)
        below = self._next(index)
        followed = below < len(self._texts) and forms.is_text(self._texts[below])
        return strategic or forms.unit_level(text) is not None or (followed and forms.is_title_case(text))


def _span(first: Line, last: Line) -> Span:
    start = first.start + len(first.text) - len(first.text.lstrip(forms.PLAIN_SPACE))
    return Span(start, last.start + len(last.text.rstrip(forms.PLAIN_SPACE)))
