"""Filters as people and programs name them, checked against what the index holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from indexer.errors import InputError
from indexer.fact_search import FactFilter
from indexer.figures import canonical_unit
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
        municipalities: names or their beginnings, in any casing and with or without Turkish letters.
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


def fact_filter_of(
    sources: Sequence[Source],
    municipalities: Sequence[str] = (),
    years: Sequence[int] = (),
    documents: Sequence[str] = (),
    measures: Sequence[str] = (),
    units: Sequence[str] = (),
) -> FactFilter:
    """The filter of facts; arguments and errors as :func:`filters_of`.

    Args:
        sources: as there, and the next three.
        municipalities: see ``sources``.
        years: see ``sources``.
        documents: see ``sources``.
        measures: names of measures.
        units: units, however they are written ("TON", "%").

    Raises:
        InputError: also where there is no such measure.
    """
    chosen = filters_of(sources, municipalities, years, documents)
    return FactFilter(
        chosen.municipalities,
        chosen.documents,
        chosen.years,
        tuple(_measure(name) for name in measures),
        tuple(canonical_unit(name) or name for name in units),
    )


def _measure(name: str) -> Measure:
    for measure in MEASURES:
        if measure == name:
            return measure
    raise InputError(f"{name}: böyle bir ölçü yok. Olanlar: {', '.join(MEASURES)}")


def _municipality(name: str, held: Sequence[str]) -> str:
    found = [municipality for municipality in held if ascii_key(municipality).startswith(ascii_key(name.strip()))]
    if len(found) != 1:
        raise InputError(f"{name}: dizinde böyle bir belediye yok. Olanlar: {', '.join(held)}")
    return found[0]
