"""Words to lines, lines to pieces with wide gaps between them, and lines to blocks by the room between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.reading.pdf.ink import Line, Lines, Word

_SAME_LINE = 0.35  # of the smaller letters' size, between the feet of two words
_SMALL = 0.8  # of the size beside it: an index or exponent
ONE_CELL = 1.45  # letters' sizes between two lines of a cell or a name, at most
WIDE_GAP = 0.9  # of the letters' size; no space between two words of a sentence is that wide
_TIGHTEST, _WIDEST = 1.0, 2.2  # distance of lines within a paragraph in letters' sizes
_NEW_BLOCK = 1.3  # of that distance
_USUAL = 0.1  # share of the distances that are at most the one within paragraphs


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines that ``words`` stand in, from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.x0)):
        for line in reversed(lines[-4:]):
            if _is_beside(word, line):
                line.append(word)
                break
        else:
            lines.append([word])
    ordered = [tuple(sorted(line, key=lambda word: word.x0)) for line in lines]
    return sorted(ordered, key=lambda line: (foot(line), line[0].x0))


def _is_beside(word: Word, line: Sequence[Word]) -> bool:
    other = line[0]
    smaller, larger = sorted((word.size, other.size))
    if abs(word.bottom - other.bottom) <= _SAME_LINE * smaller:
        return True
    middle = word.height if word.size <= other.size else other.height
    host = other if word.size <= other.size else word
    return smaller < _SMALL * larger and host.top <= middle <= host.bottom


def foot(line: Line) -> float:
    """Where a line stands: the bottom of its largest words."""
    size = max(word.size for word in line)
    return max(word.bottom for word in line if word.size >= _SMALL * size)


def size_of(line: Line) -> float:
    """The size of the largest letters of a line."""
    return max(word.size for word in line)


def pieces(line: Line, gap: float = WIDE_GAP) -> list[Line]:
    """The parts of a line that a gap of ``gap`` sizes or more divides."""
    parts: list[list[Word]] = []
    for word in line:
        if parts and word.x0 - parts[-1][-1].x1 < gap * min(word.size, parts[-1][-1].size):
            parts[-1].append(word)
        else:
            parts.append([word])
    return [tuple(part) for part in parts]


def pitch_of(lines: Sequence[Line]) -> float:
    """The distance of two lines of a paragraph, in sizes of their letters."""
    ratios = sorted((foot(below) - foot(above)) / size_of(below) for above, below in pairwise(lines))
    near = [ratio for ratio in ratios if _TIGHTEST * 0.7 <= ratio <= _WIDEST]
    return max(_TIGHTEST, near[int(_USUAL * len(near))]) if near else 1.2


def parted(lines: Sequence[Line], pitch: float) -> Iterator[Lines]:
    """The blocks of ``lines``: a new one begins where more room is left than ``pitch`` needs."""
    block: list[Line] = []
    for line in lines:
        if block and is_apart(block[-1], line, pitch):
            yield Lines(tuple(block))
            block = []
        block.append(line)
    if block:
        yield Lines(tuple(block))


def is_apart(above: Line, below: Line, pitch: float) -> bool:
    """Whether two lines belong to different blocks."""
    step = foot(below) - foot(above)
    return step > _NEW_BLOCK * pitch * max(size_of(above), size_of(below)) or step < 0
