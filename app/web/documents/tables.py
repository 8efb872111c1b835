"""The tables of a stretch as tables: what stands under which column, and which rows are not certain."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.elements import cut, place, safe
from app.web.texts import Texts
from indexer.records import Cell, Document, Row, Table

_PATH, _TITLE = 2, 140  # headings named above a table, and characters of each


def tables(
    texts: Texts, document: Document, found: Sequence[tuple[Table, list[Row]]], marked: tuple[int, int] | None
) -> str:
    """The tables below one heading; nothing where there are none.

    Args:
        texts: the wording.
        document: the document.
        found: the tables with those rows that stand in the stretch.
        marked: first and last of the lines that are marked in the text; their rows are marked here.
    """
    if not found:
        return ""
    unsure = any(row.ambiguous for _, rows in found for row in rows)
    note = f'<p class="ks-less">{safe(texts("documents.ambiguous_note"))}</p>' if unsure else ""
    shown = "".join(_table(texts, document, table, rows, marked) for table, rows in found)
    return (
        f'<section class="ks-tables" aria-labelledby="ks-tables"><h2 id="ks-tables" tabindex="-1">'
        f"{safe(texts('documents.tables_here'))}</h2>{note}{shown}</section>"
    )


def _table(texts: Texts, document: Document, table: Table, rows: list[Row], marked: tuple[int, int] | None) -> str:
    has_units = any(row.unit for row in rows)
    heads = [texts(f"documents.label_{table.kind}"), *([texts("documents.unit")] if has_units else [])]
    columns = "".join(f'<th scope="col">{safe(name)}</th>' for name in heads) + "".join(
        f'<th scope="col"{_alignment(rows, n)} lang="tr">{safe(column.name or texts("documents.value"))}</th>'
        for n, column in enumerate(table.columns)
    )
    width = len(heads) + len(table.columns) + 1
    body: list[str] = []
    section: tuple[str, ...] = ()
    for row in rows:
        if row.section != section:
            section = row.section
            if section:
                name = safe(" › ".join(section))
                body.append(f'<tr class="ks-section"><th scope="colgroup" colspan="{width}">{name}</th></tr>')
        body.append(_row(texts, document, row, len(table.columns), marked, has_units=has_units))
    names = [cut(title, _TITLE) for title in table.context[-_PATH:]] or [texts("documents.table")]
    more = ""
    if len(rows) < len(table.rows):
        more = f'<p class="ks-less">{safe(texts("documents.rows_here", shown=len(rows), rows=len(table.rows)))}</p>'
    path = f'<p class="ks-less" lang="tr">{safe(names[0])}</p>' if len(names) > 1 else ""
    where = place(texts, document.line_at(rows[0].span.start), document.line_range(rows[-1].span)[1], None)
    return (
        f'<h3 lang="tr">{safe(names[-1])}</h3>{path}{more}<div class="ks-scrolled" role="region" tabindex="0" '
        f'aria-label="{safe(f"{names[-1]}, {where}")}"><table class="ks-cells"><thead><tr>{columns}'
        f'<th scope="col" class="ks-num">{safe(texts("documents.line"))}</th></tr></thead>'
        f"<tbody lang='tr'>{''.join(body)}</tbody></table></div>"
    )


def _row(
    texts: Texts, document: Document, row: Row, columns: int, marked: tuple[int, int] | None, *, has_units: bool
) -> str:
    first, last = document.line_range(row.span)
    is_marked = marked is not None and first <= marked[1] and last >= marked[0]
    states = [*(["unsure"] if row.ambiguous else []), *(["marked_row"] if is_marked else [])]
    state = "".join(
        f'<span class="ks-unsure" lang="{texts.language}">{safe(texts(f"documents.{name}"))}</span>' for name in states
    )
    code = f"{row.code} " if row.code and not row.label.startswith(row.code) else ""
    note = f'<span class="ks-less">{safe(row.note)}</span>' if row.note else ""
    unit = f"<td>{safe(row.unit or '')}</td>" if has_units else ""
    line = safe(texts("place.line", line=first))
    return (
        f'<tr{" class=ks-cited" if is_marked else ""}><th scope="row">{safe(code + row.label)}{state}{note}</th>{unit}'
        f'{_cells(row, columns)}<td class="ks-num"><a href="#L{first}" aria-label="{line}">{first}</a></td></tr>'
    )


def _cells(row: Row, columns: int) -> str:
    if row.ambiguous:  # under a column, a value would look certain
        values = " · ".join(cell.text for cell in row.cells if cell)
        return f'<td class="ks-num" colspan="{columns}">{safe(values)}</td>'
    return "".join(
        f"<td{' class=ks-num' if _is_number(cell) else ''}>{safe(cell.text if cell else '')}</td>" for cell in row.cells
    )


def _alignment(rows: Sequence[Row], column: int) -> str:
    """A head stands over its numbers at the right, over words at the left."""
    cells = [row.cells[column] for row in rows if row.cells[column]]
    return "" if any(not _is_number(cell) for cell in cells) else ' class="ks-num"'


def _is_number(cell: Cell | None) -> bool:
    return cell is not None and (cell.text[:1].isdigit() or cell.text[:1] in ("%", "-"))
