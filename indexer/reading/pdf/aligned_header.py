"""The header of a table without borders: which name stands over which column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.reading.pdf.ink import Line, Word, bounds, text_of
from indexer.reading.pdf.lines import foot, pieces, size_of
from indexer.reading.pdf.row_groups import is_value, is_year

_MOST_LINES = 8
_NAME_GAP = 0.6  # of the letters' size, between the names of two columns
_FAR = 3.2  # letters' sizes between two lines of a header
_TIGHT = 1.35  # letters' sizes between two lines of a name
_NEW_TABLE = 1.6  # of the distance of lines in paragraphs, between a header's lines and a title above them
_OUTERMOST = 14_400.0  # points; no page is wider

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Header:
    """The header's rows, the place of its first line, the borders of its columns, and which of them hold values."""

    rows: tuple[tuple[Line, ...], ...]
    first: int
    edges: tuple[float, ...]
    values: frozenset[int]


def read_header(
    lines: Sequence[Line], end: int, lowest: int, spans: Sequence[Span], values: frozenset[int], pitch: float
) -> Header | None:
    """The header right above line ``end``; None where a column of values has no name, or one that is not certain.

    Args:
        lines: the lines of a column of a page.
        end: the first line of the table's rows.
        lowest: the first line that may belong to the header.
        spans: what each column covers across.
        values: the columns of values.
        pitch: the distance of lines within paragraphs, in sizes of their letters.
    """
    first = _first_line(lines, end, lowest, spans, values, pitch)
    if first == end:
        return None
    stacks, groups = _stacked(lines[first:end], spans, values)
    placed = _placed(stacks, spans, values)
    if placed is None:
        return None
    columns, owners = placed
    names: list[Line] = [() for _ in columns]
    for stack, owner in zip(stacks, owners, strict=True):
        if names[owner] and columns[owner][1]:
            return None  # two names beside each other over one column
        names[owner] = (*names[owner], *stack)
    upper: list[Line] = [() for _ in columns]
    for part in groups:
        over = [owner for stack, owner in zip(stacks, owners, strict=True) if _overlapped(part, [_reach(stack)])]
        if not over or not all(columns[owner][1] for owner in over) or upper[min(over)]:
            return None
        upper[min(over)] = part
    if any(valued and not name for (_, valued), name in zip(columns, names, strict=True)):
        return None
    rows = (tuple(names),) if not groups else (tuple(upper), tuple(names))
    kinds = frozenset(place for place, (_, valued) in enumerate(columns) if valued)
    return Header(rows, first, _edges([span for span, _ in columns]), kinds)


def _stacked(head: Sequence[Line], spans: Sequence[Span], values: frozenset[int]) -> tuple[list[Line], list[Line]]:
    """The names, each with its parts from top to bottom, and the names that stand over several of them."""
    parted = [_names(line, spans, values) for line in head]
    base = max(range(len(head)), key=lambda place: (len(parted[place]), place))
    stacks: list[list[Line]] = [[part] for part in parted[base]]
    groups: list[Line] = []
    for place in (*range(base + 1, len(head)), *range(base - 1, -1, -1)):
        for part in parted[place]:
            over = _overlapped(part, [_reach([word for other in stack for word in other]) for stack in stacks])
            if len(over) == 1:
                stacks[over[0]].append(part)
            elif over:
                groups.append(part)
            else:
                stacks.append([part])
    ordered = (sorted(stack, key=lambda part: part[0].bottom) for stack in stacks)
    names = [tuple(word for part in stack for word in part) for stack in ordered]
    return sorted(names, key=lambda words: _reach(words)[0]), groups


def _placed(
    stacks: Sequence[Line], spans: Sequence[Span], values: frozenset[int]
) -> tuple[list[tuple[Span, bool]], list[int]] | None:
    """The columns, as wide as their names and whether they hold values, and the column of each name.

    A name over nothing belongs to a column that has no value anywhere, or to the one beside it that has no other name.
    None where that is not certain.
    """
    columns = [(span, place in values) for place, span in enumerate(spans)]
    owned: set[int] = set()
    loose: list[Line] = []
    for stack in stacks:
        over = _overlapped(stack, spans)
        if len(over) > 1 and any(columns[place][1] for place in over):
            return None
        owned.update(over[:1])
        if not over:
            loose.append(stack)
        elif columns[over[0]][1]:
            columns[over[0]] = (_widened(spans[over[0]], stack), True)
    nameless = [place for place in sorted(values) if place not in owned]
    if len(loose) == len(nameless):
        for stack, place in zip(loose, nameless, strict=True):
            if sum(right <= _reach(stack)[0] for _, right in spans) not in (place, place + 1):
                return None
            columns[place] = (_widened(spans[place], stack), True)
    elif nameless:
        return None
    else:
        columns = sorted([*columns, *((_reach(stack), True) for stack in loose)], key=lambda column: column[0])
    here = [span for span, _ in columns]
    if any(left > right for (_, left), (right, _) in pairwise(here)):
        return None
    return columns, [_overlapped(stack, here)[0] for stack in stacks]


def _reach(words: Sequence[Word]) -> Span:
    x0, _, x1, _ = bounds(words)
    return x0, x1


def _widened(span: Span, words: Sequence[Word]) -> Span:
    x0, x1 = _reach(words)
    return min(span[0], x0), max(span[1], x1)


def _first_line(
    lines: Sequence[Line], end: int, lowest: int, spans: Sequence[Span], values: frozenset[int], pitch: float
) -> int:
    """Where the header begins: below a title, a row of values, a far line or a sentence."""
    first, named, labelled = end, False, False
    while first > lowest and end - first < _MOST_LINES:
        line = lines[first - 1]
        below = lines[first] if first < len(lines) else line
        step = foot(below) - foot(line)
        if step > _FAR * size_of(line) or (named and step > _NEW_TABLE * pitch * size_of(line)):
            break
        parts = pieces(line, _NAME_GAP)
        texts = [text_of(part) for part in parts]
        if any(is_value(text) and not is_year(text) for text in texts):
            break
        reach = [_overlapped(part, spans) for part in parts]
        if labelled and reach == [[0]] and (size_of(line) > 1.05 * size_of(below) or step > _TIGHT * size_of(line)):
            break  # a title at the left
        if any(over[:1] == [0] and len(over) > 1 and (len(parts) == 1 or set(over) & values) for over in reach):
            break
        labelled = labelled or any(over[:1] == [0] for over in reach)
        named = named or any(over and over[0] > 0 for over in reach)
        first -= 1
    return first


def _names(line: Line, spans: Sequence[Span], values: frozenset[int]) -> list[Line]:
    """The names on a line; those of labels that stand close are parted where each word is over one column."""
    found: list[Line] = []
    for part in pieces(line, _NAME_GAP):
        over = _overlapped(part, spans)
        owners = [_overlapped((word,), spans) for word in part]
        if len(over) > 1 and values.isdisjoint(over) and all(len(owner) == 1 for owner in owners):
            found += [tuple(w for w, owner in zip(part, owners, strict=True) if owner == [place]) for place in over]
        else:
            found.append(part)
    return found


def _overlapped(part: Line, spans: Sequence[Span]) -> list[int]:
    x0, _, x1, _ = bounds(part)
    return [place for place, (left, right) in enumerate(spans) if min(x1, right) - max(x0, left) > 0.5]


def _edges(spans: Sequence[Span]) -> tuple[float, ...]:
    """The borders: halfway between columns; whatever stands further out belongs to the first or the last one."""
    return (0.0, *((one[1] + other[0]) / 2 for one, other in pairwise(spans)), _OUTERMOST)
