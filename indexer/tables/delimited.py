"""Tables whose cells are divided by tabs or Markdown pipes: indicators, resources of activities, and plain lists.

Cost tables, totals by economic code and responsible units have readers of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.figures import NumberStyle, number_style
from indexer.outline import Outline
from indexer.records import Document, Span, Table
from indexer.tables.columns import header_key, parse_column, starts_with_word, words
from indexer.tables.delimited_layout import FAMILY, Draft, DraftRow, Layout, is_parallel
from indexer.tables.delimited_pairs import unfolded
from indexer.tables.fields import Block, DelimitedLine, Field, is_value, read_blocks
from indexer.tables.forms import FormField, clean, form_words, read_fields
from indexer.tables.grids import ends_with_role

_YEARS = range(1990, 2060)


class DelimitedReader:
    """Reads indicator tables, resource tables and lists from tab-separated and Markdown text."""

    family = FAMILY

    def read(self, document: Document, outline: Outline) -> Iterator[Table]:
        """The tables of ``document`` whose lines are delimited, in reading order."""
        style = number_style(document.text)
        for draft in _drafts(document, style):
            if not _has_own_reader(draft):
                table = Layout(style, unfolded(draft)).table(document, outline)
                if table is not None:
                    yield table


READER = DelimitedReader()


def _drafts(document: Document, style: NumberStyle) -> Iterator[Draft]:
    draft: Draft | None = None
    previous: Block | None = None
    for block in read_blocks(document):
        reading = _BlockReading(document, style)
        if draft and previous and _is_blank_between(document, previous, block):
            if not draft.rows:  # a blank line between a header and its rows
                reading.draft = draft
            elif _repeats(draft, block):  # the same header again on the next page
                reading.draft, reading.continues = draft, True
        if draft and reading.draft is None and draft.rows:
            yield draft
        yield from reading.finished(block)
        draft, previous = reading.draft, block
    if draft and draft.rows:
        yield draft


def _has_own_reader(draft: Draft) -> bool:
    """Whether the header is one of cost tables, of resources by economic code or of responsible units."""
    keys = {header_key(part.text) for line in draft.header for part in line.filled}
    responsible = keys & {*form_words("responsible", "units")} and keys & {*form_words("responsible", "activities")}
    return bool(responsible or keys & {*form_words("costs", "header")})


def _is_blank_between(document: Document, first: Block, second: Block) -> bool:
    numbers = range(first.lines[-1].line.number, second.lines[0].line.number - 1)
    return len(numbers) <= 3 and not any(clean(document.lines[number].text) for number in numbers)


def _repeats(draft: Draft, block: Block) -> bool:
    for line in block.lines[:3]:
        if len(line.filled) > 1:
            return bool(draft.header) and _keys(line) == _keys(draft.header[0])
        if line.filled and line.filled[0].text not in draft.titles:
            return False
    return False


def _keys(line: DelimitedLine) -> tuple[str, ...]:
    return tuple(header_key(field.text) for field in line.fields)


class _BlockReading:
    """Reads the lines of one block in order and parts them into drafts."""

    def __init__(self, document: Document, style: NumberStyle) -> None:
        self.document = document
        self.style = style
        self.draft: Draft | None = None
        self.continues = False
        self.head: list[FormField] = []
        self.titles: list[str] = []
        self.section: tuple[str, ...] = ()
        self.in_note = False

    def finished(self, block: Block) -> Iterator[Draft]:
        """The drafts that ``block`` ends; the last one stays in ``self.draft``."""
        if self.continues and self.draft and self.draft.rows:
            self.section = self.draft.rows[-1].section
        for line in block.lines:
            if not line.filled:
                continue
            ended = self._take(line)
            if ended is not None:
                yield ended

    def _take(self, line: DelimitedLine) -> Draft | None:
        filled = line.filled
        form = self._form_field(line)
        if form is not None:
            return self._take_form(form)
        alone = len(filled) == 1 and not is_value(filled[0].text, self.style)
        if alone and not self._is_list_end(filled[0]) and not self._is_empty_month(filled[0]):
            if self.in_note and self.draft and self.draft.rows:
                row = self.draft.rows[-1]
                row.note = " ".join(part for part in (row.note, filled[0].text) if part)
            else:
                self.titles.append(filled[0].text)
            return None
        self.in_note = False
        if self.draft and self.draft.rows and self._is_repeated(line, self.draft.header):
            self.titles = []
            return None
        if self.draft and not self.draft.rows and self._is_second_header(line):
            self.draft.header.append(line)
            return None
        if self._is_header(line):
            ended = self.draft if self.draft and self.draft.rows else None
            self.draft = Draft([line], self.titles, self.head)
            self.titles, self.section = [], ()
            return ended
        if self.draft is None:  # rows without a header
            self.draft = Draft([], self.titles, self.head)
            self.titles = []
        if self.titles:
            self.section, self.titles = (self.titles[-1],), []
        self.draft.rows.append(DraftRow(line, self.section))
        return None

    def _is_repeated(self, line: DelimitedLine, header: Sequence[DelimitedLine]) -> bool:
        """Whether a line is the header's first one again, or a later one whose years look like values."""
        keys = _keys(line)
        dated = any(is_value(part.text, self.style) for part in line.filled)
        return any(keys == _keys(head) for head in (header if dated else header[:1]))

    def _is_list_end(self, last: Field) -> bool:
        """Whether one of two lists side by side goes on below the end of the other."""
        header = self.draft.header if self.draft else []
        member = ends_with_role(last.text)
        return bool(header) and (last.index > 0 or member) and is_parallel(header[0].filled)

    def _is_empty_month(self, part: Field) -> bool:
        """Whether a month without values stands below another month."""
        above = self.draft.rows[-1].line.filled[0].text if self.draft and self.draft.rows else ""
        return all(header_key(text) in words("period", "month") for text in (above, part.text))

    def _form_field(self, line: DelimitedLine) -> FormField | None:
        """The label and value of a form's head: marked by a colon, or alone in the line."""
        filled = line.filled
        if ":" not in filled[0].text and (len(filled) != 2 or self._is_figure(filled[1])):
            return None
        fields = read_fields(self.document, Span(filled[0].span.start, line.span.end))
        explains = self.draft is not None and bool(self.draft.rows)
        if fields and fields[0].role == "note" and ":" not in filled[0].text and not explains:
            return None  # "Açıklama | Bütçe" above the first row names columns
        return fields[0] if fields else None

    def _take_form(self, form: FormField) -> Draft | None:
        if form.role == "note":
            if self.draft and self.draft.rows:
                self.draft.rows[-1].note = form.value or None
                self.in_note = True
            return None
        ended = self.draft if self.draft and self.draft.rows else None
        if self.draft is not None:
            self.draft, self.head = None, []
        self.head.append(form)
        self.titles = []
        return ended

    def _is_header(self, line: DelimitedLine) -> bool:
        filled = line.filled
        if any(self._is_figure(part) for part in filled):
            return False
        if self.draft is None:
            return len(filled) > 1
        labels = (*words("indicator", "label"), *words("activity", "label"))
        if starts_with_word(header_key(filled[0].text), labels) and len(filled[0].text) < 40:
            return True
        columns = [parse_column(field.text) for field in filled]
        if sum(column.year is not None and column.measure != "other" for column in columns) > 1:
            return True
        members = any(ends_with_role(part.text) for part in filled)
        parallel = bool(self.draft.header) and is_parallel(self.draft.header[0].filled)
        return parallel and is_parallel(filled) and not members

    def _is_second_header(self, line: DelimitedLine) -> bool:
        figures = any(self._is_figure(part) for part in line.filled)
        return bool(self.draft and self.draft.header) and not figures and not line.fields[0].text

    def _is_figure(self, part: Field) -> bool:
        """Whether a field is the value of a row, not a period over a column."""
        return is_value(part.text, self.style) and parse_column(part.text).year not in _YEARS
