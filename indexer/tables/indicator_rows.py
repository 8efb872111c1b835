"""The body of an indicator table as rows.

What finds a row is its run of values, behind a unit word where the table has a column of units. The text between two
runs is the prose of the first row (the reason of a deviation) and the label of the second; codes, blank lines and
the ends of sentences tell where one stops and the other starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from indexer.figures import NumberStyle
from indexer.records import Cell, Line, Row, Span
from indexer.tables.columns import column_role
from indexer.tables.indicator_anchors import Anchor, AnchorFinder, Layout
from indexer.tables.indicator_codes import Code, find_codes
from indexer.tables.indicator_gaps import places_by_spaces, spaces_around
from indexer.tables.indicator_header import Header
from indexer.tables.indicator_prose import (
    after_fields,
    blank_lines,
    ends_sentence,
    has_words,
    is_double_spaced,
    is_note,
    note_text,
    without_page_number,
)
from indexer.tables.indicator_tokens import Token, begins_line, joined, tokenize
from indexer.tables.indicator_values import Placed, place, status_key
from indexer.tables.label_rests import rest_length
from indexer.tables.label_units import label_unit

_WHITE = " \t\r\u00a0"
_ENUMERATED = re.compile(r"(?:\d{1,2}|[A-ZÇ]|[IVX]{1,4})[-.)]|(?:\d{1,2}\.){2,4}")
_MAX_GAP = 60  # lines with text between two rows; a reason takes up to 26
_FEW_LINES = 8
_MAX_PROSE = 40  # lines with text after the last row


class BodyReader:
    """Reads the rows of one table body."""

    def __init__(self, header: Header, lines: Sequence[Line], style: NumberStyle, *, double_spaced: bool) -> None:
        """Takes the ``lines`` below ``header`` without footnotes and running headers.

        ``double_spaced`` says whether the document puts a blank line between all lines, so that it tells nothing.
        """
        cells = tuple(item for item in header.columns if item.role in ("value", "status", "prose"))
        positions = {
            role: tuple(index for index, item in enumerate(cells) if item.role == role)
            for role in ("value", "status", "prose")
        }
        roles = {item.role for item in header.columns}
        self._style = style
        self._lines = lines
        self._tokens = tokenize(lines)
        own = is_double_spaced(lines)
        self._double_spaced = double_spaced if own is None else own
        layout = Layout(
            positions["value"], positions["status"], positions["prose"], cells, "unit" in roles, "code" in roles
        )
        self._finder = AnchorFinder(self._tokens, lines, layout)
        self._layout = self._finder.layout
        self._spaces_tell = False

    def full_rows(self) -> int:
        """How many runs of values fill the columns exactly."""
        return self._finder.full_rows()

    def wide_rows(self) -> list[bool]:
        """For each row with too few values and more spaces than needed, whether they are as many as its empty cells."""
        count = len(self._layout.values)
        found: list[bool] = []
        for run in self._finder.runs:
            gaps = spaces_around(run, self._tokens, self._lines)
            if len(run.values) < count and max(gaps, default=1) > 1 and self._finder.ends_here(run.end):
                found.append(bool(places_by_spaces(gaps, len(run.values), count)))
        return found

    def rows(self, *, spaces_tell: bool = False) -> list[Row]:
        """The rows in the order of their values; ``spaces_tell`` says that each surplus space is an empty cell."""
        self._spaces_tell = spaces_tell
        codes = find_codes(self._tokens, code_column=self._layout.has_code)
        return list(self._coded(codes) if codes else self._uncoded())

    # Rows that begin with a code

    def _coded(self, codes: Sequence[Code]) -> Iterator[Row]:
        ends = [code.start for code in codes[1:]] + [len(self._tokens)]
        for code, end in zip(codes, ends, strict=True):
            anchor = self._finder.first_anchor(code.end, end)
            if anchor is None:
                if end - code.end <= _MAX_GAP and end < len(self._tokens):
                    yield self._row(self._tokens[code.end : end], None, (), code)
                continue
            last = end == len(self._tokens)
            label = self._tokens[code.end : anchor.start]
            rest = self._rest(label, anchor.end, self._tokens[anchor.end : end], coded=not last)
            start = anchor.end + rest
            prose = self._trailing(start) if last else self._tokens[start:end]
            yield self._row([*label, *self._tokens[anchor.end : start]], anchor, prose, code)

    # Rows that do not

    def _uncoded(self) -> Iterator[Row]:
        anchors = self._finder.anchors()
        starts = [self._label_start(self._tokens[: anchors[0].start], -1)] if anchors else []
        rests: list[int] = []
        proses: list[Sequence[Token]] = []
        for position, anchor in enumerate(anchors):
            following = anchors[position + 1] if position + 1 < len(anchors) else None
            label = self._tokens[starts[-1] : anchor.start]
            end = following.start if following is not None else len(self._tokens)
            rests.append(self._rest(label, anchor.end, self._tokens[anchor.end : end]))
            start = anchor.end + rests[-1]
            if following is None:
                proses.append(self._trailing(start))
                break
            between = self._tokens[start : following.start]
            split = self._label_start(between, self._tokens[start - 1].line)
            proses.append(between[:split])
            starts.append(start + split)
        above: Sequence[Token] = ()
        for anchor, start, rest, prose in zip(anchors, starts, rests, proses, strict=True):
            label = [*self._tokens[start : anchor.start], *self._tokens[anchor.end : anchor.end + rest]]
            # On one line with the label below it, a reason reaches into that row: its cell spans both.
            shared = above if above and label and above[-1].line == label[0].line else ()
            yield self._row(label, anchor, prose if has_words(prose) else shared, None)
            above = prose

    # Text between the values

    def _label_start(self, between: Sequence[Token], line: int) -> int:
        """Where in the text between two rows the label of the second starts; ``line`` is where the first one ends."""
        base = 0
        has_prose = bool(self._layout.prose) or is_note(between)
        fields = after_fields(between)
        if 0 < fields < len(between):
            return fields
        dash = bool(self._layout.prose) and bool(between) and between[0].is_dash and between[0].line == line
        if dash and (len(between) == 1 or between[1].line != line):
            return 1
        if between and between[0].is_empty:  # the cell of the prose is visibly empty
            return next((index for index, token in enumerate(between) if token.text), len(between))
        if has_prose:
            pairs = enumerate(zip_longest(between, between[1:]))
            ends = [index + 1 for index, (token, after) in pairs if ends_sentence(token, after)]
            base = max((end for end in ends if end < len(between)), default=0)
        breaks = [index for index in range(base + 1, len(between)) if self._breaks(between, index)]
        if base or not between or between[0].line != line or not has_prose:
            breaks.insert(0, base)
        if self._double_spaced and not has_prose:
            return base
        for index in reversed(breaks):
            label = [token for token in between[index:] if token.text]
            if len(label) > 1 and (label[0].text[0].isupper() or not label[0].text[0].isalpha()):
                return index
        return base

    def _rest(self, label: Sequence[Token], end: int, after: Sequence[Token], *, coded: bool = False) -> int:
        """How many tokens behind the values that end at ``end`` finish the label; in a column of prose, none do."""
        if self._layout.prose or is_note(after):
            return 0
        return rest_length(label, self._tokens[end - 1], after, coded=coded)

    def _breaks(self, between: Sequence[Token], index: int) -> bool:
        """Whether a new block begins at a token: after a blank line, or on a new page in a table with prose."""
        if between[index].paragraph != between[index - 1].paragraph:
            return not self._double_spaced or between[index - 1].is_empty
        return between[index].page_start and bool(self._layout.prose)

    def _trailing(self, start: int) -> Sequence[Token]:
        """The prose of the last row: to the end of its sentence, or of its block where it has none."""
        rest = self._tokens[start:]
        if not (self._layout.prose or is_note(rest)) or not rest or rest[0].is_empty or rest[0].page_start:
            return ()
        if self._finder.is_dash_cell(start):
            return rest[:1]
        if self._is_too_wide(start):
            return ()
        for index, token in enumerate(rest):
            last = index + 1 == len(rest)
            if token.line - rest[0].line > 2 * _MAX_PROSE:
                break
            closed = last or rest[index + 1].paragraph != token.paragraph or rest[index + 1].page_start
            if closed and token.text.endswith((".", "!")):
                return rest[: index + 1]
            below = start + index + 1
            begins = not last and begins_line(self._tokens, below)
            if begins and (self._is_heading(below) or self._widens(start, below)):
                return rest[: index + 1]
            if closed and token.text.endswith(":"):  # it introduces what comes next
                return [other for other in rest[:index] if other.paragraph < token.paragraph]
            if not last and blank_lines(self._lines, token.line, rest[index + 1].line) > 2:
                return rest[: index + 1]
        if rest[-1].line - rest[0].line <= 2 * _MAX_PROSE:
            return rest
        return [token for token in rest if token.paragraph == rest[0].paragraph]

    def _is_too_wide(self, start: int) -> bool:
        """Whether a line of running text begins at ``start``: in a table of one cell a line it is wider than all."""
        return self._widens(start, start)

    def _widens(self, start: int, place: int) -> bool:
        """Whether running text begins at ``place``, in or below the prose at ``start`` of a table of a cell a line."""
        above = [len(line.text.strip(_WHITE)) for line in self._lines[: self._tokens[place - 1].line + 1]]
        stacked = begins_line(self._tokens, start) and begins_line(self._tokens, start - 1)
        width = len(self._lines[self._tokens[place].line].text.strip(_WHITE))
        return stacked and sum(map(bool, above)) >= _FEW_LINES and width > 2 * max(above)

    def _is_heading(self, index: int) -> bool:
        """Whether a numbered heading begins at ``index``: a paragraph with a number or letter and a capital."""
        before, token, after = self._tokens[index - 1], self._tokens[index], self._tokens[index + 1 : index + 2]
        numbered = _ENUMERATED.fullmatch(token.text) is not None and before.paragraph != token.paragraph
        return numbered and bool(after) and after[0].line == token.line and after[0].text[:1].isupper()

    # Assembly

    def _row(self, label: Sequence[Token], anchor: Anchor | None, prose: Sequence[Token], code: Code | None) -> Row:
        label = without_page_number([token for token in label if token.text])
        prose = [token for token in prose if token.text]
        dash = bool(prose) and anchor is not None and self._finder.is_dash_cell(anchor.end)
        if dash:
            prose = prose[:1]
        elif not has_words(prose):
            prose = []  # a page number at most
        cells: list[Cell | None] = [None] * len(self._layout.columns)
        statuses = anchor.statuses if anchor is not None else ()
        for index, (start, end) in zip(self._layout.statuses, statuses, strict=False):
            cells[index] = self._text(self._tokens[start:end])
        placed = self._placed(anchor)
        for index, cell in zip(self._layout.values, placed.cells, strict=True):
            cells[index] = cell
        note = None
        if prose and self._layout.prose:
            cells[self._layout.prose[0]] = self._text(prose)
        elif is_note(prose):
            note = note_text(prose)
        else:
            prose = []
        unit = anchor.unit if anchor is not None else None
        own_unit = None if self._layout.has_unit else label_unit(joined(label))
        spans = [token.span for token in (*label, *prose)]
        spans += [code.span] if code is not None else []
        spans += [token.span for token in self._tokens[anchor.start : anchor.end]] if anchor is not None else []
        return Row(
            label=joined(label),
            cells=tuple(cells),
            span=Span(min(span.start for span in spans), max(span.end for span in spans)),
            unit=self._source(unit) if unit is not None else own_unit,
            ambiguous=not placed.certain,
            code=code.text if code is not None else None,
            note=note,
        )

    def _placed(self, anchor: Anchor | None) -> Placed:
        columns = [self._layout.columns[index].column for index in self._layout.values]
        if anchor is None:
            return Placed((None,) * len(columns), certain=False)
        compared = [
            status_key(self._tokens[start:end])
            for index, (start, end) in zip(self._layout.statuses, anchor.statuses, strict=False)
            if column_role(self._layout.columns[index].column.name) == "status"
        ]
        status = compared[0] if compared else None
        gaps = spaces_around(anchor.run, self._tokens, self._lines) if self._spaces_tell else ()
        return place(anchor.run, columns, status, self._style, blanks_tell=not self._double_spaced, gaps=gaps)

    def _text(self, tokens: Sequence[Token]) -> Cell:
        return Cell(joined(tokens), Span(tokens[0].span.start, tokens[-1].span.end))

    def _source(self, span: Span) -> str:
        return " ".join(token.text for token in self._tokens if span.start <= token.span.start < span.end)
