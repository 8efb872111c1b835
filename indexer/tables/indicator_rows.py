"""The body of an indicator table as rows.

What finds a row is its run of values, behind a unit word where the table has a column of units. The text between two
runs is the prose of the first row (the reason of a deviation) and the label of the second; codes, blank lines and
the ends of sentences tell where one stops and the other starts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.figures import NumberStyle, is_unit
from indexer.records import Cell, Line, Row, Span
from indexer.tables.columns import column_role, header_key, words
from indexer.tables.indicator_codes import Code, find_codes
from indexer.tables.indicator_gaps import places_by_spaces, spaces_around
from indexer.tables.indicator_header import Header, HeaderColumn
from indexer.tables.indicator_prose import (
    NOTE,
    blank_lines,
    ends_sentence,
    has_words,
    is_double_spaced,
    is_note,
    without_page_number,
)
from indexer.tables.indicator_tokens import Run, Token, begins_line, joined, tokenize, value_runs
from indexer.tables.indicator_values import Placed, place, status_key, value_count
from indexer.tables.label_units import label_unit

_WHITE = " \t\r\u00a0"
_ENUMERATED = re.compile(r"(?:\d{1,2}|[A-ZÇ]|[IVX]{1,4})[-.)]|(?:\d{1,2}\.){2,4}")
_MAX_STATUS_WORDS = 4
_MAX_UNIT_WORDS = 3
_MAX_GAP = 60  # lines with text between two rows; a reason takes up to 26
_MAX_PROSE = 40  # lines with text after the last row


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The values of a row and the text cells beside them: ``tokens[start:end]``, the unit included."""

    start: int
    end: int
    run: Run
    unit: Span | None
    statuses: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class _Layout:
    """What the header says of a row."""

    values: tuple[int, ...]  # positions of the value columns among the columns that rows have cells for
    statuses: tuple[int, ...]
    prose: tuple[int, ...]
    columns: tuple[HeaderColumn, ...]
    has_unit: bool
    has_code: bool
    unit_last: bool = False  # the unit stands behind the values


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
        self._layout = _Layout(
            positions["value"], positions["status"], positions["prose"], cells, "unit" in roles, "code" in roles
        )
        self._runs = value_runs(self._tokens, len(positions["value"]))
        self._statuses = frozenset(words("indicator", "statuses"))
        self._runs = [self._without_status(self._without_reason(run)) for run in self._runs]
        self._layout = replace(self._layout, unit_last=self._layout.has_unit and self._units_stand_last())
        self._statuses |= self._learnt_statuses()
        self._spaces_tell = False

    def wide_rows(self) -> list[bool]:
        """For each row with too few values and more spaces than needed, whether they are as many as its empty cells."""
        count = len(self._layout.values)
        found: list[bool] = []
        for run in self._runs:
            gaps = spaces_around(run, self._tokens, self._lines)
            if len(run.values) < count and max(gaps, default=1) > 1 and self._ends_here(run.end):
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
            anchor = self._first_anchor(code.end, end)
            if anchor is None:
                if end - code.end <= _MAX_GAP and end < len(self._tokens):
                    yield self._row(self._tokens[code.end : end], None, (), code)
                continue
            last = end == len(self._tokens)
            prose = self._trailing(anchor.end) if last else self._tokens[anchor.end : end]
            yield self._row(self._tokens[code.end : anchor.start], anchor, prose, code)

    def _first_anchor(self, start: int, end: int) -> _Anchor | None:
        """The first full run of values between two codes, or the longest one where none is full."""
        count = len(self._layout.values)
        inside = [run for run in self._runs if start < run.start and run.end <= end]
        full = [run for run in inside if value_count(run, count) >= count]
        anchored = [anchor for run in full if (anchor := self._anchor(run)) is not None and anchor.start > start]
        if anchored:
            return anchored[0]
        rest = [run for run in inside if self._ends_here(run.end)]
        if not rest:
            return None
        longest = max(rest, key=lambda run: len(run.values))
        return self._build(longest, self._unit_beside(longest))

    # Rows that do not

    def _uncoded(self) -> Iterator[Row]:
        anchors = self._anchors()
        starts = [0] if anchors else []
        proses: list[Sequence[Token]] = []
        for position, anchor in enumerate(anchors):
            following = anchors[position + 1] if position + 1 < len(anchors) else None
            if following is None:
                proses.append(self._trailing(anchor.end))
                break
            between = self._tokens[anchor.end : following.start]
            split = self._label_start(between, self._tokens[anchor.end - 1].line)
            proses.append(between[:split])
            starts.append(anchor.end + split)
        above: Sequence[Token] = ()
        for anchor, start, prose in zip(anchors, starts, proses, strict=True):
            label = self._tokens[start : anchor.start]
            # On one line with the label below it, a reason reaches into that row: its cell spans both.
            shared = above if above and label and above[-1].line == label[0].line else ()
            yield self._row(label, anchor, prose if has_words(prose) else shared, None)
            above = prose

    def _anchors(self) -> list[_Anchor]:
        found: list[_Anchor] = []
        for run in self._runs:
            anchor = self._anchor(run)
            if anchor is None or (found and anchor.start < found[-1].end):
                continue
            line = self._tokens[anchor.start].line
            last = self._tokens[found[-1].end - 1].line if found else 0
            if sum(1 for index in range(last, line) if self._lines[index].text.strip(_WHITE)) > _MAX_GAP:
                break  # the table has ended without a word that says so
            found.append(anchor)
        return found

    def _anchor(self, run: Run) -> _Anchor | None:
        """The row that ``run`` is the values of; None where the numbers stand in a text."""
        count = len(self._layout.values)
        size = value_count(run, count) or len(run.values)
        if self._layout.unit_last:
            unit = self._unit_after(run.end)
            if size > count and not run.compound:  # the label ends with numbers
                run = Run(run.end - count, run.end, run.values[-count:])
            closed = unit is not None or (size >= count and self._ends_here(run.end))
            return self._build(run, unit) if closed else None
        if self._layout.has_unit:
            if size == count + 1 and run.values[0][0].is_empty:  # the unit itself is empty
                return self._build(Run(run.start + 1, run.end, run.values[1:], run.compound), None)
            unit = self._unit_before(run.start)
            if unit is not None:
                closed = self._ends_here(run.end) or (size >= count and bool(self._layout.prose))
                return self._build(run, unit) if closed and (size > 1 or count == 1 or not self._layout.prose) else None
        apart = begins_line(self._tokens, run.start) or self._sentence_begins(run.end)
        prose_beside = bool(self._layout.prose) and size == count > 1 and apart
        if size < count or not (self._ends_here(run.end) or prose_beside):
            return None
        if not run.compound and size > count:  # the label ends with numbers
            extra = size - count
            run = Run(run.start + extra, run.end, run.values[extra:])
        return self._build(run, self._unknown_unit(run.start) if self._layout.has_unit else None)

    def _build(self, run: Run, unit: tuple[int, int] | None) -> _Anchor:
        start = run.start
        span = None
        end = run.end
        if unit is not None:
            span = Span(self._tokens[unit[0]].span.start, self._tokens[unit[1] - 1].span.end)
            start, end = min(unit[0], run.start), max(unit[1], run.end)
        statuses: list[tuple[int, int]] = []
        for _ in self._layout.statuses:
            length = self._status_length(end)
            if not length:
                break
            statuses.append((end, end + length))
            end += length
        return _Anchor(start, end, run, span, tuple(statuses))

    def _unit_beside(self, run: Run) -> tuple[int, int] | None:
        if not self._layout.has_unit:
            return None
        return self._unit_after(run.end) if self._layout.unit_last else self._unit_before(run.start)

    def _unit_before(self, index: int) -> tuple[int, int] | None:
        """The unit words that end before ``index``, as many as make one unit."""
        best = self._torn_unit(index)
        for length in range(1, _MAX_UNIT_WORDS + 1):
            taken = self._tokens[max(0, index - length) : index]
            if len(taken) < length or any(token.is_empty for token in taken):
                break
            if taken[0].line != taken[-1].line or header_key(taken[0].text) in words("indicator", "nouns"):
                break
            if is_unit(" ".join(token.text for token in taken)):
                best = (index - length, index)
        return best

    def _torn_unit(self, index: int) -> tuple[int, int] | None:
        """A unit of two words, neither of them one by itself in a label, that a line's end parts: "Metre" "kare"."""
        taken = self._tokens[max(0, index - 2) : index]
        if len(taken) < 2 or taken[0].line + 1 != taken[1].line or not taken[1].text[:1].islower():
            return None
        return (index - 2, index) if is_unit(" ".join(token.text for token in taken)) else None

    def _unit_after(self, index: int) -> tuple[int, int] | None:
        """The unit words that begin at ``index``, right behind the values, with nothing behind them on their line."""
        if begins_line(self._tokens, index):
            return None
        ends = (end for end in range(index + _MAX_UNIT_WORDS, index, -1) if end <= len(self._tokens))
        for end in ends:
            taken = self._tokens[index:end]
            if taken[0].line == taken[-1].line and is_unit(" ".join(token.text for token in taken)):
                return (index, end) if begins_line(self._tokens, end) or self._layout.prose else None
        return None

    def _units_stand_last(self) -> bool:
        """Whether more rows have their unit behind the values than before them."""
        full = [run for run in self._runs if value_count(run, len(self._layout.values)) >= len(self._layout.values)]
        behind = sum(self._unit_after(run.end) is not None for run in full)
        return behind > sum(self._unit_before(run.start) is not None for run in full)

    def _unknown_unit(self, index: int) -> tuple[int, int] | None:
        """A word that is no unit we know, where the label seems to end before it."""
        if index < 2 or self._tokens[index - 1].line != self._tokens[index - 2].line:
            return None
        word, before = self._tokens[index - 1].text, self._tokens[index - 2].text
        ended = before.endswith((")", "*")) or header_key(before) in words("indicator", "nouns")
        own = header_key(word) not in words("indicator", "nouns") and word[:1].isalpha() and not word.endswith(")")
        return (index - 1, index) if ended and own else None

    def _ends_here(self, index: int) -> bool:
        """Whether the values end at ``index``: the line does, or a status or the dash of an empty reason follows."""
        if index >= len(self._tokens) or self._tokens[index].line != self._tokens[index - 1].line:
            return True
        if self._is_dash_cell(index):
            return True
        return bool(self._layout.statuses and self._status_length(index))

    def _is_dash_cell(self, index: int) -> bool:
        """Whether the dash at ``index`` ends the line of its values: it fills the column of the prose."""
        after = self._tokens[index + 1 : index + 2]
        beside = not begins_line(self._tokens, index)
        ends = beside and (begins_line(self._tokens, index + 1) or (bool(after) and after[0].is_empty))
        return bool(self._layout.prose) and ends and self._tokens[index].is_dash

    def _status_length(self, index: int) -> int:
        """How many tokens from ``index`` are a status."""
        for length in range(min(_MAX_STATUS_WORDS, len(self._tokens) - index), 0, -1):
            taken = self._tokens[index : index + length]
            if taken[0].text and taken[-1].text and status_key(taken) in self._statuses:
                return length
        return 0

    def _without_status(self, run: Run) -> Run:
        """``run`` without a last number that belongs to a status ("6 ay")."""
        if self._layout.statuses and not run.compound and len(run.values) > 1 and self._status_length(run.end - 1) > 1:
            return Run(run.start, run.end - 1, run.values[:-1])
        return run

    def _without_reason(self, run: Run) -> Run:
        """``run`` without a last dash that stands for the reason: the columns of values are full without it."""
        count = len(self._layout.values)
        last = bool(self._layout.prose) and run.values[-1][0].is_dash and not self._layout.statuses
        if last and not run.compound and value_count(run, count) == len(run.values) == count + 1:
            return Run(run.start, run.end - 1, run.values[:-1])
        return run

    def _sentence_begins(self, index: int) -> bool:
        """Whether a word with a capital stands at ``index``."""
        return index < len(self._tokens) and self._tokens[index].text[:1].isupper()

    def _learnt_statuses(self) -> frozenset[str]:
        """What follows the values to the end of the line in several rows, in a table with a column of statuses."""
        if not self._layout.statuses:
            return frozenset()
        counts: Counter[str] = Counter()
        for run in self._runs:
            if len(run.values) != len(self._layout.values) or self._status_length(run.end):
                continue
            line = self._tokens[run.end - 1].line
            rest: list[Token] = []
            for token in self._tokens[run.end :]:
                if token.line != line or token.is_empty:
                    break
                rest.append(token)
            if 0 < len(rest) <= _MAX_STATUS_WORDS and rest[0].text[:1].isalpha():
                counts[status_key(rest)] += 1
        return frozenset(key for key, count in counts.items() if count > 1)

    # Text between the values

    def _label_start(self, between: Sequence[Token], line: int) -> int:
        """Where in the text between two rows the label of the second starts; ``line`` is where the first one ends."""
        base = 0
        has_prose = bool(self._layout.prose) or is_note(between)
        dash = bool(self._layout.prose) and bool(between) and between[0].is_dash and between[0].line == line
        if dash and (len(between) == 1 or between[1].line != line):
            return 1
        if between and between[0].is_empty:  # the cell of the prose is visibly empty
            return next((index for index, token in enumerate(between) if token.text), len(between))
        if has_prose:
            following = (*between[1:], None)
            pairs = enumerate(zip(between, following, strict=True))
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
        if self._is_dash_cell(start):
            return rest[:1]
        for index, token in enumerate(rest):
            last = index + 1 == len(rest)
            if token.line - rest[0].line > 2 * _MAX_PROSE:
                break
            closed = last or rest[index + 1].paragraph != token.paragraph or rest[index + 1].page_start
            if closed and token.text.endswith((".", "!")):
                return rest[: index + 1]
            if not last and begins_line(self._tokens, start + index + 1) and self._is_heading(start + index + 1):
                return rest[: index + 1]
            if closed and token.text.endswith(":"):  # it introduces what comes next
                return [other for other in rest[:index] if other.paragraph < token.paragraph]
            if not last and blank_lines(self._lines, token.line, rest[index + 1].line) > 2:
                return rest[: index + 1]
        if rest[-1].line - rest[0].line <= 2 * _MAX_PROSE:
            return rest
        return [token for token in rest if token.paragraph == rest[0].paragraph]

    def _is_heading(self, index: int) -> bool:
        """Whether a numbered heading begins at ``index``: a paragraph with a number or letter and a capital."""
        before, token, after = self._tokens[index - 1], self._tokens[index], self._tokens[index + 1 : index + 2]
        numbered = _ENUMERATED.fullmatch(token.text) is not None and before.paragraph != token.paragraph
        return numbered and bool(after) and after[0].line == token.line and after[0].text[:1].isupper()

    # Assembly

    def _row(self, label: Sequence[Token], anchor: _Anchor | None, prose: Sequence[Token], code: Code | None) -> Row:
        label = without_page_number([token for token in label if token.text])
        prose = [token for token in prose if token.text]
        dash = bool(prose) and anchor is not None and self._is_dash_cell(anchor.end)
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
            note = NOTE.sub("", joined(prose)) or None
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

    def _placed(self, anchor: _Anchor | None) -> Placed:
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
