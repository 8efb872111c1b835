"""Units that stand in brackets at the end of an indicator's label."""

from __future__ import annotations

import re

from indexer.figures import is_unit
from indexer.tables.columns import header_key

_LAST_UNIT = re.compile(r"\(([^()]*)\)")


def label_unit(label: str) -> str | None:
    """The unit in the last parentheses of an indicator's label that name one: ``(ton)``, ``(yıl/m ²)``."""
    for text in reversed(_LAST_UNIT.findall(label)):
        parts = [part.strip() for part in text.split("/")]
        if all(is_unit(part) for part in parts) or is_unit(text) or any(is_unit(part) for part in parts[1:]):
            return str(text).strip()
        counted = header_key(parts[-1]).rsplit(" ", 1)
        if len(parts) > 1 and counted[-1] in ("sayisi", "adedi"):
            return str(text).strip()
    return None
