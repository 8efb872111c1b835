"""What is worked out of a document once, and kept as long as its index is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from indexer.index import Index
from indexer.records import Table
from indexer.storing.store import Store

_Made = TypeVar("_Made")


def once_a_document(make: Callable[[Index, str], _Made]) -> Callable[[Index, str], _Made]:
    """A function that works something out of a document, as one that does so once for each open index.

    Args:
        make: given the index and a document's id. What it returns must not hold the index, which could not be let go
            of then.
    """
    known: WeakKeyDictionary[Store, dict[str, _Made]] = WeakKeyDictionary()

    @wraps(make)
    def remembered(index: Index, document: str) -> _Made:
        made = known.setdefault(index.store, {})
        if document not in made:
            made[document] = make(index, document)
        return made[document]

    return remembered


@once_a_document
def tables_of(index: Index, document: str) -> tuple[Table, ...]:
    """All tables of a document in reading order."""
    return tuple(index.tables(document))
