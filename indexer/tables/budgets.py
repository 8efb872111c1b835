"""Reads flattened tables of numbers: rows of a label and one to nine values under a shredded header.

Budget tables by economic or institutional code are the main case; tables of payments, staff or counts with the same
shape are read in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.figures import number_style
from indexer.outline import Outline
from indexer.records import Cell, Document, Row, Span, Table, TableKind
from indexer.repair import join_wrapped
from indexer.tables.budget_cycles import cycle_width, unfold_cycles
from indexer.tables.budget_headers import Header, read_header
from indexer.tables.columns import header_key, parse_column
from indexer.tables.entries import with_caption
from indexer.tables.forms import ends_with_unit
from indexer.tables.money import names_money
from indexer.tables.number_columns import Placed, place
from indexer.tables.number_words import is_grand_total, is_total, words
from indexer.tables.numeric_rows import Body, Draft, find_bodies
from indexer.tables.procurement import with_methods
from indexer.tables.sheet import Sheet
from indexer.tables.values import is_unit_word
from indexer.tables.wrapped_labels import goes_on_below
from indexer.turkish import ascii_key

_WIDEST = 9  # value columns
_FEWEST = 3  # rows of a table whose header is not certain
_CODE = re.compile(r"(?:\d{1,3}[ .\-]+)*\d{1,3}(?=[ .\-]+[^\W\d_])")
_SERIAL = re.compile(r"^(\d{1,3})[.)]?[ \u00a0]+(?=[^\W_])")
_CODE_CELL = re.compile(r"((?:[A-ZÇĞİÖŞÜ]{1,5}[.\- ]?)?\d{1,4}(?:[.\- ]\d{1,3})*[.)]?)[ \u00a0]+[-–]?[ ]?(?=[^\W\d_])")
_SIDE_BY_SIDE = re.compile(r"[^\W\d_] \d[\d.,]*(?: \d[\d.,]*)+ [^\W\d_]")  # "Arsa 214 318.406 Otopark": two lists
_MONEY = re.compile(r"\d[.,]\d\d(?: ?(?:TL|₺))?$")


class BudgetReader:
    """Tables of label and numbers whose cells stand on one line or one below the other."""

    family = "budgets"

    def read(self, document: Document, outline: Outline) -> Iterable[Table]:
        """The numeric tables of ``document`` that have a header and no family of their own."""
        style = number_style(document.text)
        sheet = Sheet.of(document.lines, style)
        tables: list[Table] = []
        stop = 0
        for body in find_bodies(sheet):
            for part, header in _parts(sheet, body, stop):
                table = _table(outline, sheet, part, stop, header, tables)
                if table:
                    tables.append(table)
                stop = part.last + 1
        return tables


def _parts(sheet: Sheet, body: Body, stop: int) -> Iterator[tuple[Body, Header | None]]:
    """``body`` itself, or its parts where a row of text repeats the columns' names: the header of the next part."""
    names = read_header(sheet, body.first, body.width, stop)
    repeated = ascii_key(" ".join(names.names))
    rows: list[Draft] = []
    first, header = body.first, None
    for row in body.rows:
        text = " ".join(row.label)
        if names.known and not row.values and rows and ascii_key(text).endswith(repeated):
            yield Body(tuple(rows), body.width, first, _line_of(sheet, rows[-1].end)), header
            title = text[: len(text) - len(repeated)].strip(" ")
            at = _line_of(sheet, row.end)
            rows, first, header = [], at + 1, replace(names, caption=(title,) if title else (), first=at)
        else:
            rows.append(row)
    yield Body(tuple(rows), body.width, first, body.last), header


def _line_of(sheet: Sheet, offset: int) -> int:
    low, high = 0, len(sheet.lines) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sheet.lines[middle].start < offset else (low, middle - 1)
    return low


def _table(
    outline: Outline, sheet: Sheet, body: Body, stop: int, header: Header | None, earlier: Sequence[Table]
) -> Table | None:
    drafts, width = list(body.rows), body.width
    years = _labels_in_values(drafts)
    if years:
        width -= 1
    width = cycle_width(drafts, width)
    dates = int(all(row.values[0].kind == "date" for row in drafts if len(row.values) == width))
    header = header or read_header(sheet, body.first, width, stop, dates=dates)
    if not header.known:
        header = _repeated(header, width, earlier)
    if header.surplus:
        lines, texts = [sheet.lines[at] for at in header.surplus], [sheet.text(at) for at in header.surplus]
        if goes_on_below(texts, drafts[0].label, [row.label for row in drafts[1:]]):
            drafts[0] = replace(drafts[0], label=[*texts, *drafts[0].label], start=lines[0].start)
        else:
            drafts.insert(0, Draft(texts, [], lines[0].start, lines[-1].end, 0))
    drafts = unfold_cycles(drafts)
    if not _is_table(drafts, width, header):
        return None
    columns = tuple(parse_column(name) for name in header.names)
    unsummed = frozenset(at for at, column in enumerate(columns) if column.measure == "rate" or column.unit == "%")
    rows = tuple(_rows(drafts, width, serial=_has_serials(drafts, header), unsummed=unsummed))
    if _has_code_column(header):
        rows = tuple(_without_code(row) for row in rows)
    money = sum(bool(_MONEY.search(cell.text)) for row in rows for cell in row.cells if cell)
    cells = sum(cell is not None for row in rows for cell in row.cells)
    start = sheet.lines[header.first].start if header.known else rows[0].span.start
    above = tuple(heading.title for heading in outline.path_at(start))
    caption = header.caption[0] if header.caption else ""
    context = with_caption(above, caption)
    kind: TableKind = "budget" if 2 * money > cells or names_money(caption, header.names, rows) else "other"
    title = " / ".join(context if context != above else (*above, *header.caption))
    if ends_with_unit(caption):
        rows = tuple(row if is_grand_total(row.label) else replace(row, units_responsible=(caption,)) for row in rows)
    span = Span(start, rows[-1].span.end)
    table = Table(kind, BudgetReader.family, title, columns, rows, span, context)
    firsts = [next((cell.span.start for cell in row.cells if cell), row.span.end) for row in rows]
    return with_methods(table, [sheet.lines[_line_of(sheet, first)] for first in firsts])


def _repeated(header: Header, width: int, earlier: Sequence[Table]) -> Header:
    """``header`` with the names of an earlier table, where it ends in just those words."""
    key = ascii_key(header.text)
    for table in reversed(earlier):
        names = tuple(column.name for column in table.columns)
        if len(names) == width and key.endswith(ascii_key(" ".join(names))):
            return replace(header, names=names, known=True)
    return header


def _labels_in_values(drafts: Sequence[Draft]) -> bool:
    """Moves the first value of each row into its label where rows have no other label; tells whether it did."""
    filled = [row for row in drafts if row.values]
    if any(row.label for row in filled) or not all(len(row.values) > 1 for row in filled):
        return False
    if not all(re.fullmatch(r"(?:19|20)\d\d", row.values[0].text) for row in filled):
        return False
    for row in filled:
        row.label, row.values = [row.values[0].text], row.values[1:]
    return True


def _is_table(drafts: Sequence[Draft], width: int, header: Header) -> bool:
    filled = [row for row in drafts if row.values]
    labelled = [row for row in filled if any(c.isalnum() for c in " ".join(row.label))]
    full = [row for row in filled if len(row.values) == width]
    measured = [row for row in labelled if " " in row.label[-1] and is_unit_word(row.label[-1].split(" ")[-1])]
    if not 1 <= width <= _WIDEST or len(labelled) < 2 or not full:
        return False
    if 4 * len(labelled) < 3 * len(filled) or 2 * len(measured) > len(filled):
        return False
    labels_head = ascii_key(header.text)
    for name in header.names:
        labels_head = labels_head.replace(ascii_key(name), "")
    if any(word in labels_head for word in words("indicator_words")):
        return False
    if 2 * sum(bool(_SIDE_BY_SIDE.search(" ".join(row.label))) for row in labelled) > len(labelled):
        return False
    coded = [row for row in labelled if ascii_key(row.label[0]).startswith(words("indicator_codes"))]
    if 2 * len(coded) > len(labelled):
        return False
    if width == 1 and 4 * sum(bool(_MONEY.search(row.values[0].text)) for row in filled) < 3 * len(filled):
        return False  # rows with small counts would be missing: only amounts are told from numbers of the text
    if width == 1 or not header.known:
        return header.headed and len(full) >= _FEWEST and 5 * len(full) >= 4 * len(filled)
    return True


def _has_serials(drafts: Sequence[Draft], header: Header) -> bool:
    """Whether the rows are numbered 1, 2, 3 … under a header that says so."""
    numbers = [match[1] for row in drafts if row.label and (match := _SERIAL.match(row.label[0]))]
    named = ascii_key(header.text).startswith(words("serial_heads"))
    return named and len(numbers) > 1 and numbers == [str(count) for count in range(1, len(numbers) + 1)]


def _has_code_column(header: Header) -> bool:
    """Whether the header names a column of codes and, beside it, one of names."""
    key = f"{header_key(header.label)} "
    begins = max((len(head) for head in words("code_heads") if key.startswith(f"{head} ")), default=0)
    rest = key[begins:].split()
    return bool(begins and rest) and rest[0] not in ("ve", "/", "-", "–", "ile")


def _without_code(row: Row) -> Row:
    """The row of a table with a column of codes: its code apart from its label."""
    match = _CODE_CELL.match(row.label)
    return replace(row, label=row.label[match.end() :], code=match[1].rstrip(".-")) if match else row


def _rows(
    drafts: Sequence[Draft], width: int, *, serial: bool = False, unsummed: frozenset[int] = frozenset()
) -> Iterator[Row]:
    coded = [_code(row) for row in drafts]
    if serial:
        for draft in drafts:
            draft.label = [_SERIAL.sub("", draft.label[0]), *draft.label[1:]] if draft.label else []
        coded = [None] * len(drafts)
    totals = [is_total(" ".join(row.label)) for row in drafts]
    rows = [
        Placed(row.values, [], _depth(row, code), total, row.trailing)
        for row, code, total in zip(drafts, coded, totals, strict=True)
    ]
    place(rows, width, unsummed)
    section: str | None = None
    above: list[tuple[int, str]] = []  # the rows that the next one stands below, by their indents
    indented = any(row.indent for row in drafts)
    for draft, placed, code in zip(drafts, rows, coded, strict=True):
        if not draft.label:
            continue
        label = join_wrapped(draft.label)
        if not draft.values and placed.depth == 0:
            section = label
        elif placed.total:
            section = None
        parents: tuple[str, ...] = (section,) if section and section != label else ()
        if indented:
            above = [(indent, name) for indent, name in above if indent < draft.indent]
            parents = () if placed.total else tuple(name for _, name in above)
            above.append((draft.indent, label.removeprefix(code or "").lstrip(" .-")))
        choice = placed.choices[0] if placed.choices else ()
        cells: list[Cell | None] = [None] * width
        for value, column in zip(draft.values, choice, strict=False):
            cells[column] = value.cell
        yield Row(
            label=label,
            cells=tuple(cells),
            span=Span(draft.start, draft.end),
            ambiguous=len(placed.choices) > 1,
            code=code,
            section=parents,
        )


def _code(draft: Draft) -> str | None:
    text = " ".join(draft.label)
    match = _CODE.match(text)
    return match[0] if match else None


def _depth(draft: Draft, code: str | None) -> int:
    """How deep a row stands in a hierarchy: by the empty cells before its code, else by the parts of the code."""
    return draft.indent + len(re.findall(r"\d+", code or "1")) - 1


READER = BudgetReader()
