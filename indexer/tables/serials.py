"""Serial numbers that stand in one cell with the labels of a table's rows ("13 Çözüm merkezi", "9. Kütüphane")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.tables.number_words import is_total

_NUMBERED = r"(?i:no['’]?lu|no|numaralı)(?![^\W\d_])"  # "1 No'lu": the number is the name
_SERIAL = re.compile(rf"(\d{{1,3}})[.)]?[ \u00a0]+(?!{_NUMBERED})(?=[^\W\d_])")


def without_serials(labels: Sequence[str]) -> list[str]:
    """``labels`` without the numbers in front of them, where those of all rows but totals count up by one."""
    found = [_SERIAL.match(label) for label in labels if not is_total(label)]
    numbers = [int(match[1]) for match in found if match]
    counted = len(numbers) == len(found) > 1 and all(after - before == 1 for before, after in pairwise(numbers))
    return [label if not counted or is_total(label) else _SERIAL.sub("", label, count=1) for label in labels]
