"""Filters as people and programs name them, checked against what the index holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from indexer.errors import InputError
from indexer.records import Measure, Source
from indexer.turkish import ascii_key
from qa.records import Filters

MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)


def filters_of(
    sources: Sequence[Source],
    municipalities: Sequence[str] = (),
    years: Sequence[int] = (),
    documents: Sequence[str] = (),
) -> Filters:
    """The filters, each checked against what the index holds.

    Args:
        sources: the documents of the index.
        municipalities: names or their beginnings, in any casing and with or without Turkish letters ("izmir").
        years: as they are.
        documents: ids.

    Raises:
        InputError: the index holds no such municipality or document; the message lists those that it holds.
    """
    ids = [source.id for source in sources]
    for document in documents:
        if document not in ids:
            raise InputError(f"{document}: dizinde böyle bir belge yok. Olanlar: {', '.join(ids)}")
    held = sorted({source.municipality for source in sources})
    return Filters(tuple(_municipality(name, held) for name in municipalities), tuple(documents), tuple(years))


def measure_of(name: str) -> Measure:
    """The measure of that name.

    Raises:
        InputError: there is no such measure.
    """
    for measure in MEASURES:
        if measure == name:
            return measure
    raise InputError(f"{name}: böyle bir ölçü yok. Olanlar: {', '.join(MEASURES)}")


def _municipality(name: str, held: Sequence[str]) -> str:
    found = [municipality for municipality in held if ascii_key(municipality).startswith(ascii_key(name.strip()))]
    if len(found) != 1:
        raise InputError(f"{name}: dizinde böyle bir belediye yok. Olanlar: {', '.join(held)}")
    return found[0]
