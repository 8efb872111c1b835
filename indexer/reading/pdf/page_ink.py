"""The words and rules of a page, placed as the page is shown: turned and cropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pdfminer.pdftypes import resolve_all
from pdfplumber.page import Page
from pdfplumber.utils.text import extract_words

from indexer.reading.flow import superscript
from indexer.reading.pdf.ink import Ink, Rule, Word
from indexer.reading.pdf.turning import Edges, turn_of, turned, turned_letter, turned_size

MAX_LETTERS = 60_000  # of a page; more than any that a person reads
MAX_RULES = 6_000  # of a page; a drawing, not the borders of tables
_WORD_GAP = 0.2  # of the letters' size; letters that are further apart belong to two words
_LINE_GAP = 2.0  # points between the tops of letters of one line
_THIN = 2.5  # points; a filled box that is not thicker is a line
_SHORTEST = 3.0  # points of a rule
_PRINTED_TWICE = 0.12  # of the letters' size, between two prints of a letter that make it look bold
_RAISED_SIZE, _RAISED_BY, _RAISED_REACH = 0.8, 0.15, 1.5  # of the size of the letter that a raised one follows
_UNREADABLE = 0.3  # share of letters without a meaning
# A font that says Latin-1 of letters drawn as in Latin-5: ý for ı, þ for ş, ð for ğ.
_LATIN5 = str.maketrans("ýþðÝÞÐ", "ışğİŞĞ")
_LATIN5_WRONG, _LATIN5_RIGHT = frozenset("ýþðÝÞÐ"), frozenset("ışğİŞĞ")

_Char = dict[str, Any]


def read_ink(page: Page) -> Ink:
    """What stands on ``page``; its cache is emptied."""
    try:
        return _Shown(page).ink()
    finally:
        page.close()


class _Shown:
    """Turns places on a page of the library into places on the page as it is shown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.left, self.above, self.width, self.height = _window(page)

    def ink(self) -> Ink:
        chars = [char for char in self.page.chars if self._is_shown(char) and char["text"]]
        cut = len(chars) > MAX_LETTERS
        chars = _once(chars[:MAX_LETTERS])
        lost = sum(char["text"].startswith("(cid:") or "\ufffd" in char["text"] for char in chars)
        unreadable = bool(chars) and lost > _UNREADABLE * len(chars)
        _mend_latin5(chars)
        rules = tuple(self._rules())
        turn = turn_of(chars)
        if turn:
            chars = [turned_letter(char, self._at(char, turn), turn) for char in chars]
            rules = tuple(
                Rule(*turned((rule.x0, rule.top, rule.x1, rule.bottom), turn, self.width, self.height))
                for rule in rules
            )
        upright = [char for char in chars if char["upright"]]
        return Ink(
            self.page.page_number,
            *turned_size(turn, self.width, self.height),
            () if unreadable else tuple(self._words(upright)),
            () if unreadable else tuple(self._turned([char for char in chars if not char["upright"]])),
            rules if len(rules) <= MAX_RULES else (),
            self._pictured(),
            unreadable,
            cut,
            turn,
        )

    def _at(self, char: _Char, turn: int) -> Edges:
        """Where a letter stands in the library's places when the shown page is turned."""
        x0, top = char["x0"] - self.left, char["top"] - self.above
        x1, bottom = char["x1"] - self.left, char["bottom"] - self.above
        x0, top, x1, bottom = turned((x0, top, x1, bottom), turn, self.width, self.height)
        return x0 + self.left, top + self.above, x1 + self.left, bottom + self.above

    def _words(self, chars: list[_Char], **directions: str) -> Iterator[Word]:
        found = extract_words(
            chars,
            x_tolerance_ratio=_WORD_GAP,
            y_tolerance=_LINE_GAP,
            return_chars=True,
            **directions,
        )
        raised = _raised(char for word in found for char in word["chars"])
        for word in found:
            text = word["text"]
            if not raised.isdisjoint(map(id, word["chars"])):
                text = "".join(_mark(char) if id(char) in raised else char["text"] for char in word["chars"])
            text = "".join(text.split())
            if not text:
                continue
            size = max(char["size"] for char in word["chars"])
            x0, top = word["x0"] - self.left, word["top"] - self.above
            x1, bottom = word["x1"] - self.left, word["bottom"] - self.above
            yield Word(text, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2), round(size, 2))

    def _turned(self, chars: Sequence[_Char]) -> Iterator[Word]:
        """Words that run upwards, then those that run downwards."""
        up = [char for char in chars if char["matrix"][1] > 0]
        down = [char for char in chars if char["matrix"][1] <= 0]
        if up:
            yield from self._words(up, line_dir_rotated="ltr", char_dir_rotated="btt")
        if down:
            yield from self._words(down, line_dir_rotated="rtl", char_dir_rotated="ttb")

    def _is_shown(self, thing: _Char) -> bool:
        x = (thing["x0"] + thing["x1"]) / 2 - self.left
        y = (thing["top"] + thing["bottom"]) / 2 - self.above
        return bool(0 <= x <= self.width and 0 <= y <= self.height)

    def _rules(self) -> Iterator[Rule]:
        for line in self.page.lines:
            yield from self._sides(line)
        for rect in (*self.page.rects, *(curve for curve in self.page.curves if _is_box(curve))):
            if rect["stroke"] or not _is_white(rect["non_stroking_color"]):
                yield from self._sides(rect)

    def _sides(self, thing: _Char) -> Iterator[Rule]:
        x0, x1 = thing["x0"] - self.left, thing["x1"] - self.left
        top, bottom = thing["top"] - self.above, thing["bottom"] - self.above
        across, down = x1 - x0, bottom - top
        if down <= _THIN:
            if across >= _SHORTEST:
                yield Rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
        elif across <= _THIN:
            if down >= _SHORTEST:
                yield Rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
        elif thing["object_type"] != "line":  # a slanting line borders nothing
            yield Rule(x0, top, x1, top)
            yield Rule(x0, bottom, x1, bottom)
            yield Rule(x0, top, x0, bottom)
            yield Rule(x1, top, x1, bottom)

    def _pictured(self) -> float:
        """The share of the page that pictures cover."""
        areas = [
            max(0.0, min(image["x1"] - self.left, self.width) - max(image["x0"] - self.left, 0))
            * max(0.0, min(image["bottom"] - self.above, self.height) - max(image["top"] - self.above, 0))
            for image in self.page.images
        ]
        return float(min(1.0, sum(areas) / max(1.0, self.width * self.height)))


def _window(page: Page) -> tuple[float, float, float, float]:
    """Where the shown part of a page begins in the library's places, and how wide and high it is.

    The library turns its crop box by swapping sides only, which is wrong for boxes that do not stand in the middle.
    """
    media = _box(page, "MediaBox")
    crop = _box(page, "CropBox") if "CropBox" in page.page_obj.attrs else media
    x0, y0 = max(crop[0], media[0]), max(crop[1], media[1])
    x1, y1 = min(crop[2], media[2]), min(crop[3], media[3])
    if x1 - x0 < 1 or y1 - y0 < 1:
        x0, y0, x1, y1 = media
    left, below, right, above = x0 - media[0], y0 - media[1], media[2] - x1, media[3] - y1
    # What stands left of the page as it is shown, and above it, when it is turned clockwise.
    # Of no quarter turn the library, and viewers, make none.
    turned = {90: (below, left), 180: (right, below), 270: (above, right)}
    first, over = turned.get(page.rotation, (left, above))
    width, height = (x1 - x0, y1 - y0) if page.rotation not in (90, 270) else (y1 - y0, x1 - x0)
    return float(page.mediabox[0]) + first, float(page.mediabox[1]) + over, width, height


def _box(page: Page, name: str) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(side) for side in resolve_all(page.page_obj.attrs[name]))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _once(chars: Iterable[_Char]) -> list[_Char]:
    """The letters without the second prints that make them look bold."""
    kept: list[_Char] = []
    places: dict[str, list[_Char]] = defaultdict(list)
    for char in chars:
        near = places[char["text"]]
        reach = _PRINTED_TWICE * char["size"]
        if char["text"] != " " and any(
            abs(other["x0"] - char["x0"]) <= reach and abs(other["top"] - char["top"]) <= reach for other in near[-8:]
        ):
            continue
        near.append(char)
        kept.append(char)
    return kept


def _mend_latin5(chars: Sequence[_Char]) -> None:
    letters: dict[str, set[str]] = defaultdict(set)
    for char in chars:
        letters[char["fontname"]].update(char["text"])
    wrong = {name for name, found in letters.items() if found & _LATIN5_WRONG and not found & _LATIN5_RIGHT}
    for char in chars:
        if char["fontname"] in wrong:
            char["text"] = char["text"].translate(_LATIN5)


def _raised(chars: Iterable[_Char]) -> set[int]:
    """The digits, by identity, that are printed small and high behind a larger letter: a power, or a footnote."""
    found: set[int] = set()
    large: _Char | None = None
    for char in chars:
        if large is not None and _is_raised(char, large):
            found.add(id(char))
        else:
            large = char
    return found


def _mark(char: _Char) -> str:
    return superscript(str(char["text"]))


def _is_raised(char: _Char, large: _Char) -> bool:
    size = large["size"]
    near = char["x0"] - large["x1"] <= _RAISED_REACH * size and char["x1"] > large["x1"]
    high = large["bottom"] - char["bottom"] >= _RAISED_BY * size and char["bottom"] > large["top"] and char["upright"]
    return bool(near and high and char["text"].isdecimal() and char["size"] <= _RAISED_SIZE * size)


def _is_box(curve: _Char) -> bool:
    points = curve["pts"]
    return 4 <= len(points) <= 5 and len({round(x) for x, _ in points}) <= 2 and len({round(y) for _, y in points}) <= 2


def _is_white(color: object) -> bool:
    if not isinstance(color, list | tuple) or not color:
        return False
    try:
        parts = [float(part) for part in color]
    except (TypeError, ValueError):
        return False
    return not any(parts) if len(parts) == 4 else min(parts) >= 0.99
