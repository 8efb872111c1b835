"""Whether a word stands anywhere in the documents, or in those of some municipalities."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from indexer.index import Index
from indexer.turkish import PREFIX


def stands(word: str, index: Index, municipalities: Collection[str] = ()) -> bool:
    """Whether a key, or a word of its first letters, stands in a document.

    Args:
        word: the key of a word.
        index: the index that is looked at.
        municipalities: whose documents; by default all.
    """
    forms = [form for form in (word, word[:PREFIX] + "*") if index.lexical.frequency(form)]
    if not municipalities:
        return bool(forms)
    return any(
        index.documents[index.passages[int(position)].document].source.municipality in municipalities
        for form in forms
        for position in np.flatnonzero(index.lexical.scores([form]))
    )
