"""Columns left of the labels whose cells are merged over several rows: the project or unit that the rows belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.tables.columns import column_role, header_key
from indexer.tables.fields import DelimitedLine
from indexer.tables.forms import split_units
from indexer.tables.number_words import is_total
from indexer.tables.project_units import ends_unit
from indexer.turkish import ascii_key

_CODE_ENDINGS = (" no", " no.", " kod", " kodu", " numarasi")


@dataclass
class Groups:
    """What the merged cells left of a table's labels say of each row, from the first row on.

    ``names`` are the headers of these columns by place; ``code`` is the place of a column of codes, if there is one.
    """

    names: Mapping[int, str]
    code: int | None
    _texts: dict[int, str] = field(default_factory=dict)

    def enter(self, line: DelimitedLine, label: str) -> None:
        """Takes in the next row: a cell that holds nothing is covered by the one above, except in a row of totals."""
        if is_total(label):
            self._texts = {}
            return
        places = [*self.names, *([self.code] if self.code is not None else [])]
        own = {
            place: line.fields[place].text for place in places if place < len(line.fields) and line.fields[place].text
        }
        if own:
            first = min(own)
            self._texts = {place: text for place, text in self._texts.items() if place < first} | own

    @property
    def sections(self) -> tuple[str, ...]:
        """The names above the row, outermost first."""
        return tuple(
            self._texts[place] for place in sorted(self._texts) if place in self.names and not self._says_unit(place)
        )

    @property
    def units(self) -> tuple[str, ...]:
        """The units responsible for the row."""
        found = [self._texts[place] for place in sorted(self._texts) if place in self.names and self._says_unit(place)]
        return tuple(unit for text in found for part in _parts(text) for unit in split_units(part))

    @property
    def row_code(self) -> str | None:
        """The code that holds for the row."""
        return self._texts.get(self.code) if self.code is not None else None

    def _says_unit(self, place: int) -> bool:
        return column_role(self.names[place]) == "text" and not header_key(self.names[place]).endswith("adi")


def _parts(text: str) -> Iterator[str]:
    """The names in ``text`` that commas divide; a comma within a name is no end of it."""
    name = ""
    for part in text.split(","):
        name = f"{name},{part}" if name else part.strip()
        if ends_unit(ascii_key(name.rsplit(" ", 1)[-1])):
            yield name
            name = ""
    if name:
        yield name


def names_code(name: str, words: Sequence[str]) -> bool:
    """Whether a header names a column of codes."""
    key = header_key(name)
    return key in words or key.endswith(_CODE_ENDINGS)
