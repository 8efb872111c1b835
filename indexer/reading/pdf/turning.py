"""Pages whose letters do not stand upright as the page is shown: a wide table set sideways, a sheet upside down.

Such a page is read as if it were turned until most of its letters stand upright; places are turned back for the boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Edges = tuple[float, float, float, float]
"""Left, top, right and bottom in points from the upper left corner."""

_MOST = 0.6  # share of the letters that run one way, from which on the page is read that way


def turn_of(chars: Iterable[Mapping[str, Any]]) -> int:
    """By how many degrees clockwise a page is to be turned so that most of its letters run from left to right."""
    ways = Counter(_way(char["matrix"][0], char["matrix"][1]) for char in chars if not char["text"].isspace())
    turn, times = ways.most_common(1)[0] if ways else (0, 0)
    return turn if times >= _MOST * ways.total() else 0


def _way(right: float, up: float) -> int:
    """The turn that a letter needs whose line runs ``right`` and ``up``."""
    if abs(right) >= abs(up):
        return 0 if right >= 0 else 180
    return 90 if up > 0 else 270


def turned(edges: Edges, turn: int, width: float, height: float) -> Edges:
    """A box of a page of ``width`` and ``height`` after the page was turned clockwise by ``turn`` degrees."""
    x0, top, x1, bottom = edges
    match turn:
        case 90:
            return height - bottom, x0, height - top, x1
        case 180:
            return width - x1, height - bottom, width - x0, height - top
        case 270:
            return top, width - x1, bottom, width - x0
        case _:
            return edges


def turned_size(turn: int, width: float, height: float) -> tuple[float, float]:
    """The width and height of a page after it was turned."""
    return (height, width) if turn in (90, 270) else (width, height)


def turned_letter(char: Mapping[str, Any], edges: Edges, turn: int) -> dict[str, Any]:
    """A letter of the library at its new ``edges``, its direction turned likewise."""
    right, up, *rest = char["matrix"]
    for _ in range(turn // 90):
        right, up = up, -right
    x0, top, x1, bottom = edges
    upright = _way(right, up) == 0
    return {**char, "x0": x0, "top": top, "x1": x1, "bottom": bottom, "matrix": (right, up, *rest), "upright": upright}
