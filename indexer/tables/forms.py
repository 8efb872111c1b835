"""The heads of the forms that the ministry prescribes: labels such as ``Faaliyet Adı`` and the values behind them.

The words are in ``indexer/data/forms.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import zip_longest

from indexer.outline import ACTIVITY, GOAL, TARGET, Outline
from indexer.records import Document, Heading, Line, Span
from indexer.repair import join_wrapped
from indexer.tables.columns import header_key
from indexer.turkish import ascii_key

_BLANK = r"[\s\u00a0]"
_FREE = frozenset({"activity", "responsible", "institution"})  # their values may begin with any word
_PATH_ROLES = ("aim", "goal", "target")
_LEVELS = {"target": TARGET, "goal": TARGET - 1}  # of the headings that say the same
_LETTERS = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class FormField:
    """A label of a form's head with its value: ``role`` says what the value is, ``label`` is as printed."""

    role: str
    label: str
    value: str
    span: Span

    @property
    def heading(self) -> str:
        """Label and value as one heading; an activity is named by its value alone."""
        if self.role == "activity":
            return self.value
        joint = " " if self.value[:1].isdigit() and not self.label[-1:].isdigit() else ": "
        return f"{self.label}{joint}{self.value}"


@lru_cache(maxsize=2)
def document_key(text: str) -> str:
    """The ascii key of a document's whole text, in which the same offsets hold."""
    return ascii_key(text)


def line_key(document: Document, line: Line) -> str:
    """The ascii key of a line without the blanks at its ends."""
    return document_key(document.text)[line.start : line.end].strip(" \t\r\u00a0")


@cache
def form_words(section: str, name: str) -> tuple[str, ...]:
    """The words under ``name`` in a section of the data file, as ascii keys, longest first."""
    text = files("indexer").joinpath("data", "forms.toml").read_text(encoding="utf-8")
    return tuple(sorted(tomllib.loads(text)[section][name], key=len, reverse=True))


@cache
def phrase(section: str, *names: str) -> re.Pattern[str]:
    """A pattern for any of the phrases, to be matched on an ascii key; words may stand on different lines."""
    phrases = sorted((word for name in names for word in form_words(section, name)), key=len, reverse=True)
    return re.compile("|".join(_spaced(words) + r"(?!\w)" for words in phrases))


def _spaced(words: str) -> str:
    return rf"{_BLANK}+".join(re.escape(word) for word in words.split(" "))


@cache
def _label_pattern() -> re.Pattern[str]:
    """A label at the start of a line. What follows tells a label from a sentence: its end, a colon, a number."""
    options = []
    for role in ("responsible", "activity", "institution", "target", "aim", "goal", "note"):
        words = "|".join(_spaced(word) for word in form_words("fields", role))
        number = rf"(?:{_BLANK}*\(?[\d.]*\d\)?)?" if role in _PATH_ROLES else ""
        follows = r"(?=[\s\u00a0:]|$)" if role in _FREE else r"(?=\t|[ \u00a0]*(?::|\(|\d|\r?$))"
        options.append(rf"(?P<{role}>(?:{words})(?!\w){number}{follows})")
    return re.compile(rf"(?m)^[ \t\u00a0]*(?:</?[a-z][^<>\n]*>)*(?:{'|'.join(options)})")


def read_fields(document: Document, span: Span) -> list[FormField]:
    """The fields of the form's head that stands within ``span``, in order; of a role read twice, the last.

    A value reaches to the next label or to the end of ``span``; wrapped lines are joined.
    """
    text = document.text[span.start : span.end]
    matches = list(_label_pattern().finditer(ascii_key(text)))
    fields: dict[str, FormField] = {}
    for match, after in zip_longest(matches, matches[1:]):
        role = match.lastgroup or ""
        start, label_end = match.start(role), match.end(role)
        end = after.start() if after else len(text)
        label = re.sub(rf"{_BLANK}+", " ", text[start:label_end])
        value = clean(_MARKUP.sub(" ", text[label_end:end]))
        if value.startswith(":"):
            value = clean(value[1:])
        label = label.removesuffix(" ()")
        stop = start + len(text[start:end].rstrip())
        fields.pop(role, None)
        fields[role] = FormField(role, label, value, Span(span.start + start, span.start + stop))
    return list(fields.values())


def clean(text: str) -> str:
    """``text`` as one line: no-break spaces and tabs are white space, wrapped words are healed."""
    lines = (line.replace("\u00a0", " ").replace("\t", " ").strip() for line in text.split("\n"))
    return join_wrapped(line for line in lines if line).strip()


def context_of(outline: Outline, offset: int, fields: Iterable[FormField], *, general: bool = False) -> tuple[str, ...]:
    """The heading path at ``offset`` followed by what the form's own head says of aim, goal, target and activity.

    Headings of the path that the form's head repeats are left out. A ``general`` table covers all aims and targets,
    so the headings of the last ones before it do not hold for it.
    """
    own = [field for field in fields if field.role in (*_PATH_ROLES, "activity") and field.value]
    covered = [_letters(field.value) for field in own]
    path = []
    for heading in _own_path(outline, offset, own):
        repeated = any(_same(heading, value) for value in covered)
        roles = _PATH_ROLES if general else [field.role for field in own]
        earlier = heading.level == ACTIVITY and (general or "activity" in roles)  # that of the form before
        if not (repeated or earlier or _starts_field(heading.title, roles)):
            path.append(heading.title)
    return (*path, *(field.heading for field in own))


def _own_path(outline: Outline, offset: int, own: Sequence[FormField]) -> Sequence[Heading]:
    """The headings at ``offset``; where the form names another target than they do, those of its target.

    Costs of all activities may follow the last target, so that the headings above them are not theirs.
    """
    path = outline.path_at(offset)
    named = next((field for role in ("target", "goal") for field in own if field.role == role), None)
    if named is None:
        return path
    level = _LEVELS[named.role]
    value = _letters(named.value)
    above = next((heading for heading in path if heading.level == level), None)
    if above is None or _same(above, value):
        return path
    alike = [heading for heading in outline.headings if heading.level == level and _same(heading, value)]
    true = outline.path_at(alike[-1].span.start) if alike else ()
    general = [heading for heading in path if not GOAL <= heading.level <= level]
    return sorted([*general, *(heading for heading in true if GOAL <= heading.level <= level)], key=lambda h: h.level)


def _same(heading: Heading, value: str) -> bool:
    """Whether a heading and the letters of a field's value say the same."""
    key = _letters(heading.title)
    return value in key or (len(key) > 8 and key in value)


def _starts_field(title: str, roles: Sequence[str]) -> bool:
    key = header_key(title)
    return any(
        re.match(rf"{_spaced(word)}(?=[ ]*(?::|\(|\d|$))", key) for role in roles for word in form_words("fields", role)
    )


def _letters(text: str) -> str:
    return _LETTERS.sub("", ascii_key(text))


@cache
def _unit_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(form_words('responsible', 'unit_ends'))})(?!\w)")


def split_units(text: str) -> tuple[str, ...]:
    """The administrative units named one after another in ``text``: each ends with a word such as ``Başkanlığı``.

    Text without such a word is one unit.
    """
    units: list[str] = []
    start = 0
    for match in _unit_end().finditer(ascii_key(text)):
        units.append(text[start : match.end()])
        start = match.end()
    units.append(text[start:])
    names = (re.sub(r"^(?:[-–•,;/&]|ve )+", "", unit.strip(" ,;/-–•")).strip() for unit in units)
    return tuple(dict.fromkeys(name for name in names if name))


def ends_with_unit(text: str) -> bool:
    """Whether ``text`` ends with the name of an administrative unit."""
    key = ascii_key(text).rstrip()
    return any(match.end() == len(key) for match in _unit_end().finditer(key))
