"""The outline of a document: which headings hold at each place of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from indexer.outline_reader import ACTIVITY, AREA, GOAL, TARGET, OutlineReader
from indexer.records import Document, Heading
from indexer.turkish import ascii_key


@dataclass(frozen=True)
class Outline:
    """The headings of a document in reading order, and where each begins to hold.

    ``starts`` is where the scope of each heading begins: its own place, or the start of its page for a page title that
    flattening left at the page's end. Scopes are in order; ``headings`` are in the same order.
    """

    headings: tuple[Heading, ...]
    starts: tuple[int, ...] = ()

    def path_at(self, offset: int) -> tuple[Heading, ...]:
        """The headings that hold at ``offset``, outermost first."""
        position = bisect_right(self._starts, offset) - 1
        return self._paths[position] if position >= 0 else ()

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return self.starts or tuple(heading.span.start for heading in self.headings)

    @cached_property
    def _paths(self) -> tuple[tuple[Heading, ...], ...]:
        paths: list[tuple[Heading, ...]] = []
        parents: dict[tuple[int, str], tuple[Heading, ...]] = {}
        path: tuple[Heading, ...] = ()
        for heading in self.headings:
            above = tuple(other for other in path if other.level < heading.level)
            name = heading.title.partition(": ")[2]
            if GOAL < heading.level <= TARGET and name:
                known = parents.setdefault((heading.level, ascii_key(name)), above)
                sibling = any(other.level == heading.level for other in path)
                above = _with_parents(above, known) if sibling else above
            path = (*above, heading)
            paths.append(path)
        return tuple(paths)


def _with_parents(path: tuple[Heading, ...], known: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """``path`` with the aims and objectives of a target ``known`` before: its costs stand below another target."""
    own = tuple(heading for heading in known if heading.level >= GOAL)
    return (*(heading for heading in path if heading.level < GOAL), *own) if own else path


def read_outline(document: Document) -> Outline:
    """The outline of ``document``."""
    found = list(OutlineReader(document).read())
    placed = _with_areas(_page_titles(document, found))
    return Outline(tuple(heading for _, heading in placed), tuple(start for start, _ in placed))


def _with_areas(placed: list[tuple[int, Heading]]) -> list[tuple[int, Heading]]:
    """The headings with the strategic area of each goal that begins without one below another goal's area.

    Areas are running page titles in some documents, printed now and then: which goal belongs to which is known from
    where an area stands right above a goal. A goal that never stands below an area goes on in the last one.
    """
    known: dict[str, set[str]] = {}
    areas: dict[str, Heading] = {}
    for (_, above), (_, heading) in pairwise(placed):
        if above.level == AREA and heading.level == GOAL and heading.number:
            known.setdefault(heading.number, set()).add(ascii_key(above.title))
            areas.setdefault(ascii_key(above.title), above)
    settled: list[tuple[int, Heading]] = []
    current: str | None = None
    for start, heading in placed:
        if heading.level < GOAL:
            current = ascii_key(heading.title) if heading.level == AREA else None
        own = known.get(heading.number or "", set()) if heading.level == GOAL and current is not None else set()
        if own and current not in own and len(own) == 1:
            current = next(iter(own))
            settled.append((start, areas[current]))
        settled.append((start, heading))
    return settled


def _page_titles(document: Document, found: list[Heading]) -> list[tuple[int, Heading]]:
    """Every heading with the start of its scope, in order of scope.

    A page title drawn as a text box comes out as the last line of its page; it holds from the page's start on.
    """
    placed: list[tuple[int, int, Heading]] = [(heading.span.start, 1, heading) for heading in found]
    ends = [page.start for page in document.pages]
    position = 0
    for start, end in zip([0, *ends], ends, strict=False):
        first = position
        while position < len(placed) and placed[position][0] < end:
            position += 1
        tail = position
        at = end
        while tail > first and not document.text[placed[tail - 1][2].span.end : at].strip():
            tail -= 1
            at = placed[tail][2].span.start
        opening = placed[first][2] if first < tail else None
        opens_page = opening is not None and not document.text[start : opening.span.start].strip()
        if not document.text[start:at].strip():
            continue
        for index in range(tail, position):
            heading = placed[index][2]
            deeper = opens_page and opening is not None and opening.level > heading.level
            if heading.level < AREA and (heading.level <= 2 or deeper):
                placed[index] = (start, 0, heading)
    order = sorted(range(len(placed)), key=lambda index: (placed[index][0], placed[index][1], index))
    return [(placed[index][0], placed[index][2]) for index in order]


__all__ = ["ACTIVITY", "AREA", "GOAL", "TARGET", "Outline", "read_outline"]
