"""The marks with which documents open the items of their lists."""

from __future__ import annotations

import re

SIGNS = "•▪●○◦■□▶►➢➤➔✓✔❖"
"""Signs that open an item wherever they stand."""

BULLETS = f"{SIGNS}*"
"""Signs that open an item and are no letters, digits or dashes; an asterisk elsewhere leads to a note."""

_OPENING = re.compile(rf"(?:[{BULLETS}][ \t\n\u00a0]*)+(?=[^\s\u00a0])")


def unmarked(text: str) -> str:
    """``text`` without the bullets that it begins with: ``"➢ 25 ton alındı."`` → ``"25 ton alındı."``."""
    found = _OPENING.match(text)
    return text[found.end() :] if found else text
