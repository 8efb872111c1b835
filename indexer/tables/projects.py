"""Reads project tables: project | responsible units | indicator | one budget a year, wrapped in every cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.figures import NumberStyle, number_style
from indexer.outline import Outline
from indexer.records import Cell, Document, Line, Row, Span, Table
from indexer.repair import join_wrapped
from indexer.tables.columns import parse_column
from indexer.tables.project_lines import (
    Budgets,
    Empty,
    Item,
    Start,
    Total,
    Word,
    ends_table,
    header_columns,
    project_start,
    read_items,
)
from indexer.tables.project_totals import settle_short_rows
from indexer.tables.project_units import Name, learn_glued_units, learn_inline_units, learn_units, unit_at
from indexer.turkish import ascii_key

_SHORTEST_TEXT = 3  # letters; less is a stray mark, not an indicator


@dataclass(frozen=True, slots=True)
class _Section:
    """A header with its columns of money and the lines under it, up to the next heading: ``lines[first:last]``."""

    header: int
    names: tuple[str, ...]
    last: int


@dataclass
class _Draft:
    """A row in the making; ``units`` are those that its indicator is given for."""

    words: list[Word]
    units: list[str]
    cells: tuple[Cell | None, ...]
    start: int
    end: int
    certain: bool = True
    marked: bool = True  # the source has cells for it, if only empty ones


@dataclass
class _Project:
    """A project in the making; ``pending`` is text that no cell has followed yet."""

    code: str | None = None
    name: list[Word] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    rows: list[_Draft] = field(default_factory=list)
    pending: list[Word] = field(default_factory=list)
    unit_start: int | None = None  # where a unit stands that no row has followed yet
    start: int = 0
    end: int = 0


class ProjectReader:
    """Tables whose header ends in a run of years and whose rows begin with a project's code."""

    family = "projects"

    def read(self, document: Document, outline: Outline) -> Iterable[Table]:
        """The project tables of ``document``, one for each header."""
        lines = document.lines
        style = number_style(document.text)
        sections = [section for section in _sections(lines, style) if _has_project(lines, section)]
        if not sections:
            return []
        items = [
            list(read_items(lines, section.header + 1, section.last, len(section.names), style)) for section in sections
        ]
        units = learn_units(block for stream in items for block in _blocks(stream))
        units |= learn_inline_units((block for stream in items for block in _blocks(stream)), units)
        units |= learn_glued_units(block for stream in items for block in _blocks_without_unit(stream, units))
        phrases = _budget_phrases(
            row
            for stream, section in zip(items, sections, strict=True)
            for project in _projects(stream, units, len(section.names))
            if isinstance(project, _Project)
            for row in project.rows
        )
        tables = []
        for stream, section in zip(items, sections, strict=True):
            rows = tuple(_rows(_projects(stream, units, len(section.names)), phrases))
            if rows:
                tables.append(_table(document, outline, section, rows))
        return settle_short_rows(tables, style)


def _sections(lines: Sequence[Line], style: NumberStyle) -> Iterator[_Section]:
    headers = [(index, names) for index in range(len(lines)) if (names := header_columns(lines, index, style))]
    ends = [*(index for index, _ in headers), len(lines)][1:]
    for (header, names), limit in zip(headers, ends, strict=True):
        last = next((index for index in range(header + 1, limit) if ends_table(lines, index)), limit)
        yield _Section(header, names, last)


def _has_project(lines: Sequence[Line], section: _Section) -> bool:
    return any(project_start(lines, index) for index in range(section.header + 1, section.last))


def _blocks(stream: Sequence[Item]) -> Iterator[list[str]]:
    """The words of each stretch that blank lines set apart."""
    block: list[str] = []
    number = -1
    for item in stream:
        if not isinstance(item, Word) or item.block != number:
            yield block
            block = []
        if isinstance(item, Word):
            block.append(item.text)
            number = item.block
    yield block


def _blocks_without_unit(stream: Sequence[Item], units: frozenset[Name]) -> Iterator[list[str]]:
    """The blocks of the projects in which none of ``units`` stands."""
    starts = [index for index, item in enumerate(stream) if isinstance(item, Start)]
    for start, end in pairwise([*starts, len(stream)]):
        project = stream[start:end]
        keys = [ascii_key(item.text) if isinstance(item, Word) else "" for item in project]
        if not any(unit_at(keys, index, units) for index in range(len(keys))):
            yield from _blocks(project)


def _projects(stream: Sequence[Item], units: frozenset[Name], width: int) -> Iterator[_Project | Total]:
    project = _Project()
    keys = [ascii_key(item.text) if isinstance(item, Word) else "" for item in stream]
    index = 0
    while index < len(stream):
        item = stream[index]
        index += 1
        if isinstance(item, Start | Total):
            yield _closed(project, width)
            project = _Project()
            if isinstance(item, Total):
                yield item
            else:
                project = _Project(code=item.code, start=item.span.start, end=item.span.end)
        elif isinstance(item, Word):
            length = unit_at(keys, index - 1, units)
            if length:
                last = stream[index + length - 2]
                _take_unit(project, stream[index - 1 : index - 1 + length], item.span.start)
                index += length - 1
                project.end = last.span.end if isinstance(last, Word) else project.end
            else:
                _take_word(project, item, stream, index - 2)
        else:
            _take_cells(project, item, width)
    yield _closed(project, width)


def _take_unit(project: _Project, name: Sequence[Item], start: int) -> None:
    text = " ".join(word.text for word in name if isinstance(word, Word))
    if not project.rows and not project.units:
        project.name, project.pending = project.pending, []
    if project.unit_start is None or project.pending:
        _flush(project, ())
        project.units = []
        project.unit_start = start
    project.units = [*project.units, text]


def _take_word(project: _Project, word: Word, stream: Sequence[Item], before: int) -> None:
    row = project.rows[-1] if project.rows and not project.pending else None
    if row and row.words and (_resumes(stream[before], word) or _follows(row, word)):
        row.words.append(word)
        row.end = word.span.end
    else:
        project.pending.append(word)
    project.end = word.span.end


def _resumes(previous: Item, word: Word) -> bool:
    """Whether ``word`` goes on with the indicator whose empty cells stand on the line before it."""
    near = isinstance(previous, Empty) and word.line == previous.line + 1
    return near and (word.text.startswith("(") or word.text[0].islower())


def _follows(row: _Draft, word: Word) -> bool:
    """Whether ``word`` stands next to the last word of a row's label that goes on behind the row's cells."""
    return row.words[-1].line == word.line and row.end == row.words[-1].span.end


def _take_cells(project: _Project, item: Budgets | Empty | Word, width: int) -> None:
    if isinstance(item, Word):
        return
    cells: tuple[Cell | None, ...] = (None,) * width
    certain = True
    if isinstance(item, Budgets):
        certain = item.before + len(item.values) + item.after == width
        lead = item.before if certain else 0
        cells = ((None,) * lead + tuple(value.cell for value in item.values) + (None,) * width)[:width]
    project.end = item.end
    if project.pending:
        _flush(project, cells, certain=certain, end=item.end)
    elif project.unit_start is not None and project.rows and _shares(project.rows[-1], cells):
        row = project.rows[-1]
        if any(cells):
            row.cells, row.certain = cells, certain
        row.units += [unit for unit in project.units if unit not in row.units]
        row.end = item.end
        row.marked = True
    elif project.unit_start is not None or any(cells):
        _flush(project, cells, certain=certain, end=item.end)
    project.unit_start = None


def _shares(row: _Draft, cells: tuple[Cell | None, ...]) -> bool:
    """Whether a unit's line without an indicator belongs to the row above: one of the two has no values."""
    return not any(row.cells) or not any(cells)


def _flush(project: _Project, cells: tuple[Cell | None, ...], *, certain: bool = True, end: int | None = None) -> None:
    """Makes a row of the pending text; without cells only where there is text worth a row."""
    text = project.pending
    project.pending = []
    if end is None and sum(len(word.text) for word in text) < _SHORTEST_TEXT:
        return
    starts = [word.span.start for word in text[:1]]
    if project.unit_start is not None:
        starts.append(project.unit_start if not text else text[0].span.start)
    start = min(starts, default=cells_start(cells, project.end))
    finish = end if end is not None else text[-1].span.end
    project.rows.append(_Draft(text, list(project.units), cells, start, finish, certain, end is not None))


def cells_start(cells: tuple[Cell | None, ...], default: int) -> int:
    """Where the first of ``cells`` stands; ``default`` where all are empty."""
    return next((cell.span.start for cell in cells if cell), default)


def _closed(project: _Project, width: int) -> _Project:
    """The project with the text that its last row was still waiting with; every row as wide as the table."""
    if not project.units and not project.name:
        project.name, project.pending = _name_without_unit(project)
    if project.pending:
        _flush(project, ())
    elif project.unit_start is not None and project.rows:
        project.rows[-1].units += [unit for unit in project.units if unit not in project.rows[-1].units]
    if project.code and not project.rows:
        project.rows.append(_Draft([], list(project.units), (), project.start, project.end))
    for row in project.rows:
        row.cells = row.cells or (None,) * width
    return project


def _name_without_unit(project: _Project) -> tuple[list[Word], list[Word]]:
    """Where no unit parts the project's name from its indicator, the first stretch of text is the name."""
    text = project.rows[0].words if project.rows else project.pending
    name = [word for word in text if word.block == text[0].block] if text else []
    rest = text[len(name) :]
    if project.rows:
        project.rows[0].words = rest
        return name, project.pending
    return name, rest


def _budget_phrases(drafts: Iterable[_Draft]) -> frozenset[tuple[str, ...]]:
    """The phrases that stand where budgets should: the end that rows without any cells have in common."""
    texts = {tuple(word.text for word in row.words) for row in drafts if not row.marked}
    phrases = set()
    for one in texts:
        for other in texts - {one}:
            common = 0
            while common < min(len(one), len(other)) and one[-1 - common] == other[-1 - common]:
                common += 1
            if common >= _SHORTEST_TEXT:
                phrases.add(one[len(one) - common :])
    return frozenset(phrases)


def _rows(projects: Iterable[_Project | Total], phrases: frozenset[tuple[str, ...]]) -> Iterator[Row]:
    for project in projects:
        if isinstance(project, Total):
            label = project.label.rstrip(" :")
            yield Row(label, tuple(value.cell for value in project.values), project.span)
            continue
        name = join_wrapped(word.text for word in project.name)
        for draft in project.rows:
            text = [word.text for word in draft.words]
            note = _phrase(text, phrases) if not draft.marked else ()
            label = join_wrapped(_lines(draft.words[: len(text) - len(note)])) or name
            yield Row(
                label=label,
                cells=draft.cells,
                span=Span(draft.start, draft.end),
                ambiguous=not draft.certain,
                code=project.code,
                section=(name,) if name else (),
                units_responsible=tuple(draft.units),
                note=" ".join(note) or None,
            )


def _phrase(text: list[str], phrases: frozenset[tuple[str, ...]]) -> tuple[str, ...]:
    fitting = [phrase for phrase in phrases if tuple(text[-len(phrase) :]) == phrase]
    return max(fitting, key=len, default=())


def _lines(text: Sequence[Word]) -> Iterator[str]:
    """The words as lines, so that hyphens at line ends can be healed."""
    line: list[str] = []
    for index, word in enumerate(text):
        if index and word.line != text[index - 1].line:
            yield " ".join(line)
            line = []
        line.append(word.text)
    yield " ".join(line)


def _table(document: Document, outline: Outline, section: _Section, rows: tuple[Row, ...]) -> Table:
    header = document.lines[section.header]
    context = tuple(heading.title for heading in outline.path_at(header.start))
    columns = tuple(parse_column(name) for name in section.names)
    columns = tuple(type(column)(column.name, column.year, "budget", column.unit) for column in columns)
    span = Span(header.start, max(row.span.end for row in rows))
    return Table("budget", ProjectReader.family, " / ".join(context), columns, rows, span, context)


READER = ProjectReader()
