"""The header of a table without borders: which name stands over which column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.reading.pdf.ink import Line, Word, bounds, text_of
from indexer.reading.pdf.lines import ONE_CELL, foot, pieces, size_of
from indexer.reading.pdf.row_groups import is_value, is_year

_MOST_LINES = 8
_NAME_GAP = 0.6  # of the letters' size, between the names of two columns
_FAR = 3.2  # letters' sizes between two lines of a header
_TIGHT = 1.35  # letters' sizes between two lines of a name
_NEW_TABLE = 1.6  # of the distance of lines in paragraphs, between a header's lines and a title above them
_LEVEL = 1.15  # of the distance from a header to the first row, between two levels of the header
_OFF_CENTRE = 0.25  # of the width of the names below, how far a name above them is off their middle
_OUTERMOST = 14_400.0  # points; no page is wider

Span = tuple[float, float]
_Over = tuple[Line, tuple[Span, ...]]  # a name, and what those reach over that stand below it


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
    room = (foot(lines[end]) - foot(lines[end - 1])) / size_of(lines[end]) if end > lowest else 0.0
    usual = _NEW_TABLE * pitch
    for step in sorted({max(usual, _LEVEL * room), usual}, reverse=True):
        first = _first_line(lines, end, lowest, spans, values, step)
        header = _header(lines, first, end, spans, values, usual) if first < end else None
        if header is not None:
            return header
    return None


def _header(
    lines: Sequence[Line], first: int, end: int, spans: Sequence[Span], values: frozenset[int], usual: float
) -> Header | None:
    """The header from line ``first`` on, where the lines of one name stand no further apart than is ``usual``."""
    stacked = _stacked(lines[first:end], spans, values, usual)
    if stacked is None:
        return None
    stacks, groups = stacked
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
    covered: set[int] = set()
    for part, below in groups:
        over = [owner for stack, owner in zip(stacks, owners, strict=True) if _overlapped(stack, below)]
        if not over or not all(columns[owner][1] for owner in over) or upper[min(over)]:
            return None
        upper[min(over)] = part
        covered.update(over)
    if any(valued and not name for (_, valued), name in zip(columns, names, strict=True)):
        return None
    rows: tuple[tuple[Line, ...], ...] = (tuple(names),)
    if groups:  # what stands over no other name is a cell of both rows, which the upper one holds
        single = [() if place in covered else name for place, name in enumerate(names)]
        lower = tuple(name if place in covered else () for place, name in enumerate(names))
        rows = (tuple(own or over for own, over in zip(single, upper, strict=True)), lower)
    kinds = frozenset(place for place, (_, valued) in enumerate(columns) if valued)
    return Header(rows, first, _edges([span for span, _ in columns]), kinds)


def _stacked(
    head: Sequence[Line], spans: Sequence[Span], values: frozenset[int], usual: float
) -> tuple[list[Line], list[_Over]] | None:
    """The names, each with its parts from top to bottom, and the names that stand over several of them.

    None where the parts of a name would stand further apart than is ``usual``: what is above is no header.
    """
    parted = [_names(line, spans, values) for line in head]
    base = max(range(len(head)), key=lambda place: (len(parted[place]), place))
    stacks: list[list[Line]] = [[part] for part in parted[base]]
    groups: list[_Over] = []
    labels = [span for place, span in enumerate(spans) if place not in values]
    for place in (*range(base + 1, len(head)), *range(base - 1, -1, -1)):
        for part in parted[place]:
            met = _overlapped(part, [_reach(_words(stack)) for stack in stacks])
            met = met or _either_side(part, stacks)
            beside = [other for other in parted[place] if other is part or not _overlapped(other, labels)]
            over = _covered(part, beside, met, stacks, spans, labels) if met else []
            if len(over) == 1:
                if min(abs(foot(part) - foot(other)) for other in stacks[over[0]]) > usual * size_of(part):
                    return None
                stacks[over[0]].append(part)
            elif over:
                groups.append((part, tuple(_reach(_words(stacks[at])) for at in over)))
            else:
                stacks.append([part])
    ordered = (sorted(stack, key=lambda part: part[0].bottom) for stack in stacks)
    names = [tuple(word for part in stack for word in part) for stack in ordered]
    return sorted(names, key=lambda words: _reach(words)[0]), groups


def _covered(
    part: Line,
    beside: Sequence[Line],
    met: Sequence[int],
    stacks: Sequence[Sequence[Line]],
    spans: Sequence[Span],
    labels: Sequence[Span],
) -> list[int]:
    """The names that ``part`` stands over: those below it, and their neighbours that are nearer to it than to others.

    A part that is as near as the lines of a name are goes on with that name. ``beside`` are the parts of its line,
    ``spans`` the columns, and ``labels`` those without values, whose names it does not lead.
    """
    heads = [min(stack, key=lambda line: line[0].top)[0] for stack in stacks]
    head = heads[met[0]]
    if head.top <= part[0].top or head.bottom - part[0].bottom <= ONE_CELL * part[0].size:
        return list(met)
    near = [at for at, other in enumerate(heads) if abs(other.top - head.top) < head.size]
    own = [at for at in near if at in met or not _overlapped(_words(stacks[at]), labels)]
    level = sorted(own, key=lambda at: heads[at].x0)
    if repeated := _repeated(part, beside, level, stacks):
        return repeated
    left, right = level.index(met[0]), level.index(next(at for at in reversed(met) if at in level))
    while left and _nearest(stacks[level[left - 1]], beside) is part:
        left -= 1
    while right + 1 < len(level) and _nearest(stacks[level[right + 1]], beside) is part:
        right += 1
    run = level[left : right + 1]
    names = [word for at in run for word in _words(stacks[at])]
    reach, (start, end) = _reach(names), _reach(part)
    below = [reach, *(spans[place] for place in _overlapped(names, spans))]
    whole = (min(x0 for x0, _ in below), max(x1 for _, x1 in below))  # names may stand at one side of their columns
    if any(
        abs((x0 + x1) - (start + end)) / 2 <= _OFF_CENTRE * (x1 - x0) or abs(x0 - start) <= part[0].size
        for x0, x1 in (reach, whole)
    ):
        return run
    return list(met)


def _repeated(part: Line, beside: Sequence[Line], level: Sequence[int], stacks: Sequence[Sequence[Line]]) -> list[int]:
    """The names below ``part`` where each of ``beside`` has the same names: Bütçe, Harcama, Bütçe, Harcama."""
    size, rest = divmod(len(level), len(beside))
    texts = [text_of(_words(stacks[at])) for at in level]
    if len(beside) < 2 or size < 2 or rest or texts != texts[:size] * len(beside) or len({*texts[:size]}) < size:
        return []
    start = size * sorted(beside, key=lambda other: other[0].x0).index(part)
    return list(level[start : start + size])


def _either_side(part: Line, stacks: Sequence[Sequence[Line]]) -> list[int]:
    """The names right below on either side of ``part``, where it stands in the middle of several of them."""
    left, right = _reach(part)
    heads = {at: min(stack, key=lambda line: line[0].top)[0] for at, stack in enumerate(stacks)}
    below = [at for at, head in heads.items() if head.bottom - part[0].bottom > ONE_CELL * part[0].size]
    before = [at for at in below if _reach(_words(stacks[at]))[1] <= left]
    behind = [at for at in below if _reach(_words(stacks[at]))[0] >= right]
    if not before or not behind:
        return []
    ends = [max(before, key=lambda at: heads[at].x0), min(behind, key=lambda at: heads[at].x0)]
    return ends if abs(heads[ends[0]].top - heads[ends[1]].top) < part[0].size else []


def _nearest(stack: Sequence[Line], parts: Sequence[Line]) -> Line:
    x0, x1 = _reach(_words(stack))
    return min(parts, key=lambda part: (max(0.0, _reach(part)[0] - x1, x0 - _reach(part)[1]), part[0].x0), default=())


def _words(stack: Sequence[Line]) -> list[Word]:
    return [word for part in stack for word in part]


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
    for stack in loose[:]:  # over the rest of a column of labels, which are shorter than its name
        place = sum(left < _reach(stack)[0] for left, _ in spans) - 1
        if place >= 0 and place not in owned and place not in values:
            owned.add(place)
            loose.remove(stack)
            columns[place] = (_widened(spans[place], stack), False)
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
    lines: Sequence[Line], end: int, lowest: int, spans: Sequence[Span], values: frozenset[int], widest: float
) -> int:
    """Where the header begins: below a title, a row of values, a far line or a sentence.

    ``widest`` is how far its lines may stand apart, in sizes of letters.
    """
    first, named, labelled = end, False, False
    while first > lowest and end - first < _MOST_LINES:
        line = lines[first - 1]
        below = lines[first] if first < len(lines) else line
        step = foot(below) - foot(line)
        if step > _FAR * size_of(line) or (named and step > widest * size_of(line)):
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


def _overlapped(part: Sequence[Word], spans: Sequence[Span]) -> list[int]:
    x0, _, x1, _ = bounds(part)
    return [place for place, (left, right) in enumerate(spans) if min(x1, right) - max(x0, left) > 0.5]


def _edges(spans: Sequence[Span]) -> tuple[float, ...]:
    """The borders: halfway between columns; whatever stands further out belongs to the first or the last one."""
    return (0.0, *((one[1] + other[0]) / 2 for one, other in pairwise(spans)), _OUTERMOST)
