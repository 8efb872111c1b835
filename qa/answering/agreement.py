"""Whether a figure's unit can be the one that a question asks for."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.units import Unit, find_unit
from qa.answering.items import Item
from qa.answering.vocabulary import alike_units

_COUNTS = ("adet", "kişi")
_NEVER_COUNTED = ("%", "TL")


def unit_agreement(items: Sequence[Item], unit: str | None) -> float:
    """The best agreement of a figure's canonical ``unit`` with one of the figures asked for.

    Returns:
        1 for the very unit, 0.5 for one of its kind, 0 where one of the two is open, -1 where they contradict.
    """
    return max((_of(item, unit) for item in items), default=0.0)


def _of(item: Item, unit: str | None) -> float:
    if unit is None or item.unit is None:
        asks_a_count = bool(item.after) and item.unit is None
        return -1.0 if asks_a_count and unit in _NEVER_COUNTED else 0.0
    if unit == item.unit.name:
        return 1.0
    if alike_units(unit, item.unit.name):
        return 0.5
    found = find_unit(unit)
    if _counts(item.unit) and found is not None and _counts(found):
        return 0.5
    return -1.0 if item.firm or item.unit.name in _NEVER_COUNTED or unit in _NEVER_COUNTED else -0.5


def _counts(unit: Unit) -> bool:
    return not unit.measure or unit.name in _COUNTS
