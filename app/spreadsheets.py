"""Text for the cells of CSV files: in a spreadsheet, none that comes from a document becomes a formula."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[-+]?%?\d+(?:[.,]\d+)*%?")


def csv_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula (OWASP: CSV injection).

    A number as printed, as -5 or +1.250,5, stays as it is.
    """
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
