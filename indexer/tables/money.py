"""Whether a table without decimals or currency signs holds money: its caption or its columns say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.records import Row
from indexer.tables.columns import YEAR_OF_PLAN, header_key, mentions, parse_column
from indexer.tables.forms import form_words

_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?: ?(?:TL|₺))?")
_YEAR_NAME = re.compile(rf"(?:19|20)\d\d|{YEAR_OF_PLAN.pattern}|(?:genel )?toplam(?: maliyet| kaynak)?")


def names_money(caption: str, names: Sequence[str], rows: Iterable[Row]) -> bool:
    """Whether the caption or all columns but years and totals speak of money ("Maliyetler (TL)", "2026 Bütçe").

    Most cells must be numbers with thousands apart.
    """
    said = [name for name in names if not _YEAR_NAME.fullmatch(header_key(name))]
    if any(parse_column(name).measure in ("other", "rate", "count") for name in said):
        return False
    cells = [cell.text for row in rows for cell in row.cells if cell is not None]
    if 2 * sum(_GROUPED.fullmatch(text) is not None for text in cells) <= len(cells):
        return False
    money = form_words("money", "words")
    return mentions(header_key(caption), money) or (bool(said) and all(mentions(header_key(n), money) for n in said))
