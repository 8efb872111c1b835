"""Who holds which office, as member lists, tables of names and the lines below a signature print it.

Three forms are read: a table whose rows are people ("Ad Soyad | Görevi"), a grid of committees side by side (one a
column, a name with its office in each cell), and lines on which a name stands beside or above an office, with a
parenthesis below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.index import Index
from indexer.records import Document, Line, Span, Table
from indexer.repair import repair
from indexer.turkish import ascii_key
from qa.finding.vocabulary import says
from qa.remembering import once_a_document, tables_of

_UPPER = "A-ZÇĞİÖŞÜÂÎÛ"
_LOWER = "a-zçğıöşüâîû"
_PREFIX = r"(?:(?:Prof|Doç|Dr|Av|Op|Uzm|Yrd|Öğr|Gör|Arş)\.[ \u00a0]*)*"
_GIVEN = rf"(?:[{_UPPER}][{_LOWER}]+|[{_UPPER}]\.)"
_SURNAME = rf"[{_UPPER}]{{2,}}"
_NAME = rf"{_PREFIX}(?:{_GIVEN}[ \u00a0]+)+{_SURNAME}(?:[ \u00a0]+{_SURNAME})*"
_PERSON = re.compile(rf"(?:\d{{1,2}}\.[ \u00a0]*)?(?P<name>{_NAME})(?![{_LOWER}])")
_PLAIN_NAME = re.compile(rf"{_PREFIX}{_GIVEN}(?:[ \u00a0]+{_GIVEN}){{1,3}}\Z")
_STOP = re.compile(rf"(?:[{_LOWER}\d][.!?]|[:;])(?:[ \u00a0]|\Z)")
_SHORTENED = re.compile(r"\b(?:Bşk|Başk|Yrd|Müd|Sek|Gn|Gen)\.")  # abbreviations whose dot ends no sentence
_LONGEST_OFFICE = 80
_BELOW = 3  # lines below a name among which its office stands
_ABOVE = 3  # lines above a list of names that name it
_APART = 8  # lines between two names of one list


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with an office. ``body`` names the committee or list; ``heading`` is what stands above that."""

    document: str
    name: str
    office: str
    span: Span
    body: str = ""
    heading: str = ""
    note: str = ""


@once_a_document
def holders_in(index: Index, document: str) -> tuple[Holder, ...]:
    """Everyone whom a document names with an office, in its order; read once an index."""
    source = index.documents[document]
    found = list(_of_tables(source, [table for table in tables_of(index, document) if table.kind == "other"]))
    taken = [holder.span for holder in found]
    found += [
        holder
        for holder in _of_lines(source)
        if not any(span.start < holder.span.end and holder.span.start < span.end for span in taken)
    ]
    return tuple(sorted(found, key=lambda holder: holder.span))


def person_in(text: str) -> str | None:
    """The name that a cell or a line begins with, in the form of member lists ("Ayşe Nur YILMAZ")."""
    match = _PERSON.match(text)
    return match["name"] if match else None


def is_office(text: str) -> bool:
    """Whether a short text is an office: "Genel Sekreter", "Mali Hizmetler Müdürü", "Başkan V."."""
    whole = _SHORTENED.sub(" ", text)
    return len(text) <= _LONGEST_OFFICE and not _STOP.search(whole) and says("office", text, "words")


def _of_tables(document: Document, tables: Sequence[Table]) -> Iterator[Holder]:
    carried = ""
    for table in sorted(tables, key=lambda table: table.span):
        columns = [column.name for column in table.columns]
        heading = _lines_above(document, table.span.start) if table.family != "grid" else table.title or carried
        carried = heading if table.family == "grid" else ""
        for row in table.rows:
            name = person_in(row.label)
            cells = [(place, cell) for place, cell in enumerate(row.cells) if cell is not None]
            if name is not None:
                office = next((cell.text for _, cell in cells if is_office(cell.text)), "")
                if office:
                    yield Holder(document.id, name, office, row.span, heading, table.title)
                continue
            for place, cell in cells:
                read = _name_and_office(cell.text)
                if read is not None and place < len(columns):
                    yield Holder(document.id, *read, cell.span, columns[place], heading)


def _name_and_office(text: str) -> tuple[str, str] | None:
    """The name and office of a cell: "Ayşe YILMAZ Üye", "Üye: Ayşe YILMAZ"."""
    office, colon, rest = text.partition(":")
    if colon and is_office(office.strip()):
        name = person_in(rest.strip())
        return (name, office.strip()) if name else None
    match = _PERSON.match(text)
    if match is None:
        return None
    office = text[match.end() :].strip(" \u00a0,-–()")
    return (match["name"], office) if office and is_office(office) else None


def _of_lines(document: Document) -> Iterator[Holder]:
    lines = [line for line in document.lines if line.text.strip()]
    found: list[Holder] = []
    for place, line in enumerate(lines):
        text = line.text.strip().rstrip(",")
        match = _PERSON.match(text)
        if match is None and not (len(text) < 40 and _PLAIN_NAME.match(text) and not says("office", text, "words")):
            continue
        name = match["name"] if match else text
        rest = text[match.end() :].strip(" \u00a0\t,-–/") if match else ""
        last = place
        if not rest and place + 1 < len(lines) and lines[place + 1].number - line.number <= _BELOW:
            last = place + 1
            rest = lines[last].text.strip()
        if not rest or not rest[0].isupper() or not is_office(rest) or (match is None and len(rest.split()) > 5):
            continue
        end, note = _note_below(lines, last)
        found.append(Holder(document.id, name, rest, Span(line.start, end), note=note))
    yield from _with_bodies(document, found)


def _note_below(lines: Sequence[Line], last: int) -> tuple[int, str]:
    """Where the parenthesis below an office ends, and its text; the end of the office where there is none."""
    if last + 1 < len(lines) and lines[last + 1].text.strip().startswith("("):
        for place in range(last + 1, min(last + 4, len(lines))):
            if lines[place].text.strip().endswith(")"):
                text = "\n".join(line.text for line in lines[last + 1 : place + 1])
                return lines[place].end, repair(text).text.strip()
    return lines[last].end, ""


def _with_bodies(document: Document, found: Sequence[Holder]) -> Iterator[Holder]:
    """The holders with the lines above the first of a run of them, as the name of the list."""
    body, before = "", None
    for holder in found:
        if before is None or document.line_at(holder.span.start) - before > _APART:
            body = _lines_above(document, holder.span.start)
        before = document.line_at(holder.span.end - 1)
        yield Holder(
            holder.document, holder.name, holder.office, holder.span, body if _names_body(body) else "", "", holder.note
        )


def _names_body(text: str) -> bool:
    return says("office", text, "bodies")


def _lines_above(document: Document, offset: int) -> str:
    """The headings right above a place: short lines that are no sentences."""
    first = document.line_at(offset)
    above: list[str] = []
    for line in reversed(document.lines[max(0, first - 1 - 2 * _ABOVE) : first - 1]):
        text = line.text.strip()
        if not text:
            continue
        if len(text) > _LONGEST_OFFICE or _STOP.search(text) or len(above) == _ABOVE or _PERSON.match(text):
            break
        above.append(text)
    return " ".join(reversed(above))


def months_in(text: str) -> frozenset[int]:
    """The months that a text names, in words or in dates: 1 to 12."""
    key = ascii_key(text)
    named = {number for number, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}", key)}
    return frozenset(named | {int(month) for month in re.findall(r"\b\d{1,2}[./](\d{1,2})[./](?:19|20)\d\d", key)})


_MONTHS = (
    *("ocak", "subat", "mart", "nisan", "mayis", "haziran"),
    *("temmuz", "agustos", "eylul", "ekim", "kasim", "aralik"),
)
