"""Reads the headings of the strategic hierarchy: area, goal, objective, performance target, activity, project.

Their labels and values come in every shape that flattening leaves: on one line, split by tabs, with the label or the
number on a line of its own, with the value wrapped over lines with blank lines between, or with the label broken in
two around its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer import headings as forms
from indexer.headings import Label
from indexer.marks import BULLETS
from indexer.records import Heading, Line, Span
from indexer.turkish import ascii_key

_MAX_VALUE_LINES = 5
_MAX_FORM_LINES = 9
_MAX_VALUE = 500
_FORM_REACH = 14  # lines that are not blank, from the opening of a form to its last label
_MARKED = re.compile(r"#{1,6} +")
_SENTENCE_END = re.compile(r"[a-z]{3}(?:[dt][iu]r|[ae]ca[kg]|[ae]ce[kg])\.$")  # "… artırılacaktır."
_FIGURE_ROW = re.compile(r"\d,\d|\d\s+\d")
_AMOUNT = re.compile(r"\d\.\d{3}")
_UNIT = re.compile(r"(?:\s+(?:[A-ZÇĞİÖŞÜ][^\s\d]*|ve|ile))*\s+(?:Md|Müd)\b\.?.*|\s+(?:[A-ZÇĞİÖŞÜ]\S*\s+)*Müdürlüğü.*")


@dataclass(frozen=True)
class Found:
    """A heading and the index of the first line after it."""

    heading: Heading
    after: int


@dataclass
class StrategicReader:
    """Reads strategic headings off the lines of one document; ``starts`` are the indexes of lines that open a page."""

    lines: Sequence[Line]
    starts: frozenset[int]
    _form: int = -1  # where the last form opened
    _bare_level: int = 0  # the level of the last label without a number in that form

    def read(self, index: int) -> Found | None:
        """The strategic heading that begins on line ``index``, or None."""
        text = forms.as_spelt(forms.core(self.lines[index].text))
        if _MARKED.match(text):
            return self._marked(index, forms.as_spelt(_MARKED.sub("", text)))
        if not text or not (text[0].isupper() or text[0] == "*"):
            return None
        key = ascii_key(text)
        if key.startswith(forms.words().openers) or (key == "idare" and self._key(index + 1).startswith("adi ")):
            self._form, self._bare_level = index, 0
        if len([cell for cell in text.split("\t") if forms.core(cell)]) > 2 or forms.is_contents_line(text):
            return None
        return self._labelled(index, text, key, 1) or self._broken(index, text, key) or self._bare(index, text, key)

    def _marked(self, index: int, text: str) -> Found | None:
        """A heading that the format of the file marks as one (``## Stratejik Amaç 1: …``): all of it is on its line."""
        key = ascii_key(text)
        if key.startswith(forms.words().openers):
            self._form, self._bare_level = index, 0
        for label in forms.words().labels:
            match = label.pattern.match(key)
            value = text[match.end() :].strip(forms.PLAIN_SPACE) if match else ""
            if match and (match["mark"] or not value[:1].islower()):
                title = forms.clean(value).lstrip(". ")
                if title or match["number"]:
                    return Found(self._heading(label, match["number"], title, index, index + 1), index + 1)
        return None

    def is_goal(self, index: int) -> bool:
        """Whether a strategic goal with its number begins on line ``index``."""
        text = forms.core(self.lines[index].text)
        key = ascii_key(text)
        found = self._labelled(index, text, key, 1) or self._broken(index, text, key)
        goal = next(label for label in forms.words().labels if label.name == "Stratejik Amaç")
        return found is not None and found.heading.level == goal.level

    def _broken(self, index: int, text: str, key: str) -> Found | None:
        """A label of which the rest, or the number, stands on the next line."""
        if key.rstrip(" :") not in forms.words().label_starts or not self._key(index + 1):
            return None
        below = forms.core(self.lines[index + 1].text)
        joined = f"{text}\n{below}"
        return self._labelled(index, joined, ascii_key(joined).replace("\n", " "), 2)

    def _labelled(self, index: int, text: str, key: str, used: int) -> Found | None:
        for label in forms.words().labels:
            match = label.pattern.match(key)
            if match is None:
                continue
            number, value = match["number"], text[match.end() :].strip(forms.PLAIN_SPACE + "\n")
            if (label.name == "Proje" and "." not in number) or ";" in match["mark"]:
                return None
            after_number = text[match.end("number") : match.end("number") + 1] if number else ""
            if after_number in ("'", "’", ",") or (value and not match["mark"] and value[0].islower()):
                return None
            return self._with_value(label, index, number, value, index + used, ":" in match["mark"])
        return None

    def _with_value(
        self, label: Label, index: int, number: str | None, value: str, at: int, marked: bool
    ) -> Found | None:
        """The heading with the rest of its value; after a colon (``marked``) a line with figures is not its rest."""
        project = label.name == "Proje"
        if not value:
            skipped = at
            while skipped < len(self.lines) and skipped - at < 3 and not self._key(skipped):
                skipped += 1
            if self._continues(skipped):
                value, at = forms.core(self.lines[skipped].text), skipped + 1
        values = [forms.without_table_head(value)]
        whole = values[0] == value
        while (
            len(values) < _MAX_VALUE_LINES
            and sum(map(len, values)) < _MAX_VALUE
            and self._continues(at)
            and whole
            and not _SENTENCE_END.search(ascii_key(values[-1]))
            and not (project and self._begins_cell(at, values[-1]))
            and not (marked and value and forms.ends_in_figure(forms.core(self.lines[at].text)))
        ):
            line = forms.core(self.lines[at].text)
            values.append(forms.without_table_head(line))
            whole = values[-1] == line
            at += 1
        title = "\n".join(values)
        if project:
            title = _UNIT.sub("", title.replace("\n", " "))
            title = re.sub(r"[\s\d.,]+$", "", title)
        elif self._is_row(title, at):
            return None
        title = forms.clean(title).lstrip(". ")
        if not title and not number:
            return None
        return Found(self._heading(label, number, title, index, at), at)

    def _begins_cell(self, at: int, above: str) -> bool:
        """Whether line ``at`` is the next cell of a project's row, its unit, rather than more of its name."""
        text = forms.core(self.lines[at].text)
        if _UNIT.search(" " + above) is not None:
            return True
        if text[0].islower() or text[0] in "(\"'“":
            return False
        end = at
        while end < len(self.lines) and self._key(end):
            end += 1
        return _UNIT.search(" " + " ".join(line.text for line in self.lines[at:end])) is not None

    def _is_row(self, value: str, at: int) -> bool:
        """Whether the label stands in a row of figures, which are on its line or on the next one that is not blank."""
        if forms.ends_in_figure(value) and not re.search(r"(?:^|\s)(?:19|20)\d\d$", value):
            return True
        while at < len(self.lines) and not self._key(at):
            at += 1
        below = forms.core(self.lines[at].text) if at < len(self.lines) else ""
        if not value and _AMOUNT.search(below) and forms.is_figures(below):
            return True  # "Hedef 1.1" above its costs, one on each line
        return forms.is_figures(below) and _FIGURE_ROW.search(below) is not None

    def _bare(self, index: int, text: str, key: str) -> Found | None:
        """A label without a number, which only a form that opened just above may have."""
        if self._form < 0 or self._distance(self._form, index) > _FORM_REACH:
            return None
        if key == "performans":
            return self._around(index)
        for label in forms.words().labels:
            for word in sorted(label.bare, key=len, reverse=True):
                if not re.match(rf"{re.escape(word)}(?![a-z])", key):
                    continue
                if label.level <= self._bare_level or (not self._bare_level and label.name != "Stratejik Amaç"):
                    return None
                value = text[len(word) :].strip(forms.PLAIN_SPACE + ":")
                values, at = self._form_value(index + 1)
                title = forms.clean("\n".join([value, *values]))
                if not title or not title[0].isupper():
                    return None
                self._bare_level = label.level
                return Found(self._heading(label, None, title, index, at), at)
        return None

    def _around(self, index: int) -> Found | None:
        """The label "Performans Hedefi" broken in two with its value between the halves or after them."""
        if not self._bare_level:
            return None
        values, at = self._form_value(index + 1)
        title = forms.clean(re.sub(r"(?:^|[\s])Hedefi\s*(?=$|\n)", "\n", "\n".join(values)))
        label = next(label for label in forms.words().labels if "performans hedefi" in label.bare)
        self._bare_level = label.level
        return Found(self._heading(label, None, title, index, at), at) if title else None

    def _form_value(self, at: int) -> tuple[list[str], int]:
        """The lines up to the next field of the form, and the index after the last of them."""
        values: list[str] = []
        after = at
        while at < len(self.lines) and at - after < 4 and len(values) < _MAX_FORM_LINES:
            if self._key(at):
                if self._is_field(at) and self._key(at) != "hedefi":
                    break
                values.append(forms.core(self.lines[at].text))
                after = at + 1
            at += 1
        return values, after

    def _continues(self, at: int) -> bool:
        """Whether line ``at`` may carry on a value."""
        if at >= len(self.lines) or not self._key(at) or at in self.starts or self._is_field(at):
            return False
        text = forms.core(self.lines[at].text)
        return not (
            forms.is_figures(text)
            or forms.is_contents_line(text)
            or re.search(r"[^\s]\t+[^\s]", text)
            or text[0] in f"{BULLETS}<|"
            or re.match(r"\d{1,2}(?:\.?\t|\. )", text)
            or any(label.pattern.match(self._key(at)) and text[0].isupper() for label in forms.words().labels)
        )

    def _is_field(self, at: int) -> bool:
        text = forms.core(self.lines[at].text)
        return text[0].isupper() and forms.words().field.match(self._key(at)) is not None

    def _key(self, at: int) -> str:
        return ascii_key(forms.core(self.lines[at].text)) if at < len(self.lines) else ""

    def _distance(self, start: int, end: int) -> int:
        if end - start > _FORM_REACH * 4:
            return end - start
        return sum(1 for at in range(start, end) if self._key(at))

    def _heading(self, label: Label, number: str | None, title: str, index: int, after: int) -> Heading:
        first, last = self.lines[index], self.lines[after - 1]
        start = first.start + len(first.text) - len(first.text.lstrip(forms.PLAIN_SPACE))
        end = last.start + len(last.text.rstrip(forms.PLAIN_SPACE))
        name = f"{label.name} {number}" if number else label.name
        return Heading(label.level, f"{name}: {title}" if title else name, Span(start, end), number)
