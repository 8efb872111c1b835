"""Rows of tables as passages: verbatim lines to show, and a text that says what they mean to search in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from indexer.passages import MAX_CHARACTERS, search_text
from indexer.records import Document, Passage, Row, Span, Table
from indexer.turkish import letters

_LIST_CHARACTERS = 600  # a list is found as a whole or in long pieces, as its rows say little alone
_LONGEST_NOTE = 300  # characters of a header or note that belongs to the rows around it


def row_passages(document: Document, tables: Sequence[Table]) -> list[Passage]:
    """The passages of all rows of ``tables`` in reading order, each at most 1,500 characters.

    A row of an indicator or budget table is a passage; the rows of one project are one; a list is cut into longer
    pieces; a cost table, whose rows have the same few labels everywhere, is one passage with its form's heading.
    ``search_text`` leads with the labels and their values under their columns, then tells the heading path and the
    document.
    """
    passages: list[Passage] = []
    end = 0
    for table in tables:
        form = _form(document, table, end)
        if form is not None:
            meaning = [*_responsible(table), *(_row_text(table, row) for row in table.rows if _says_something(row))]
            passages.append(_passage(document, table, form, meaning))
        else:
            spans = _with_notes(document, table)
            for rows in _groups(table):
                start = min(spans[row].start for row in rows)
                end = max(spans[row].end for row in rows)
                if end - start > MAX_CHARACTERS:
                    start, end = rows[0].span.start, max(row.span.end for row in rows)
                passages.append(_passage(document, table, Span(start, end), [_row_text(table, row) for row in rows]))
        end = table.span.end
    return passages


def covered(document: Document, tables: Sequence[Table]) -> list[Span]:
    """The stretches that the passages of ``tables`` stand for, in order: rows, headers and short notes between them.

    A longer text inside a table that is in no row is left to be a passage of its own.
    """
    spans: list[Span] = []
    end = 0
    for table in tables:
        start = table.span.start
        form = _form(document, table, end)
        if form is not None:
            spans.append(form)
        for row in sorted(table.rows, key=lambda row: row.span):
            if len(" ".join(document.text[start : row.span.start].split())) > _LONGEST_NOTE:
                spans.append(row.span)
            else:
                spans.append(Span(min(start, row.span.start), row.span.end))
            start = max(start, row.span.end)
        end = table.span.end
    return _merged(spans)


def _with_notes(document: Document, table: Table) -> dict[Row, Span]:
    """The span of each row with the short lines that belong to it: section lines above it, its explanation below."""
    spans: dict[Row, Span] = {}
    start = table.span.start
    above: Row | None = None
    for row in sorted(table.rows, key=lambda row: row.span):
        spans[row] = row.span
        gap = document.text[start : row.span.start]
        if gap.strip() and len(" ".join(gap.split())) <= _LONGEST_NOTE:
            if above is not None and _explains(gap, above):
                spans[above] = Span(spans[above].start, start + len(gap.rstrip()))
            else:
                spans[row] = Span(start + len(gap) - len(gap.lstrip()), row.span.end)
        start = max(start, row.span.end)
        above = row
    return spans


def _explains(gap: str, row: Row) -> bool:
    """Whether the lines below a row begin with its note."""
    return row.note is not None and letters(row.note)[:20] in letters(gap)


def _form(document: Document, table: Table, above: int) -> Span | None:
    """The span of a cost table with the heading of its form (activity, responsible unit) below offset ``above``."""
    if table.kind != "budget" or len(table.columns) != 1 or len(table.rows) < 3:
        return None
    start = table.span.start
    for heading_start in (above, start):
        gap = document.text[heading_start:start]
        lead = heading_start + len(gap) - len(gap.lstrip())
        if table.span.end - lead <= MAX_CHARACTERS:
            return Span(lead, table.span.end)
    return None


def _groups(table: Table) -> Iterator[list[Row]]:
    """The rows that are one passage together, none of them longer than a passage may be."""
    if table.kind == "other":
        group: list[Row] = []
        for row in sorted(table.rows, key=lambda row: row.span):
            if group and row.span.end - group[0].span.start > _LIST_CHARACTERS:
                yield group
                group = []
            group.append(row)
        yield group
        return
    for code, rows in groupby(table.rows, key=lambda row: row.code if row.section else None):
        together = list(rows)
        length = max(row.span.end for row in together) - together[0].span.start
        if code is not None and length <= MAX_CHARACTERS:
            yield together
        else:
            yield from ([row] for row in together)


def _responsible(table: Table) -> list[str]:
    return sorted({unit for row in table.rows for unit in row.units_responsible})


def _says_something(row: Row) -> bool:
    return any(cell is not None and cell.text.strip("0., ") for cell in row.cells)


def _row_text(table: Table, row: Row) -> str:
    values = (f"{column.name}: {cell.text}" for column, cell in zip(table.columns, row.cells, strict=True) if cell)
    label = " ".join((*row.section, row.label)) + (f" ({row.unit})" if row.unit else "")
    responsible = row.units_responsible if len(table.columns) > 1 else ()
    return "; ".join(part for part in (label, *values, *responsible, row.note) if part)


def _passage(document: Document, table: Table, span: Span, meanings: Sequence[str]) -> Passage:
    end = min(span.end, span.start + MAX_CHARACTERS)
    text = document.text[span.start : end].rstrip()
    span = Span(span.start, span.start + len(text))
    line_start, line_end = document.line_range(span)
    context = table.context or ((table.title,) if table.title else ())
    return Passage(
        document=document.id,
        kind="row",
        span=span,
        text=text,
        search_text=search_text(document, context, ". ".join(meanings)),
        line_start=line_start,
        line_end=line_end,
        page=document.page_at(span.start),
        context=context,
    )


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
