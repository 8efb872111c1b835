"""Facts as a pandas data frame, for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from indexer.fact_records import FIELDS, fact_record
from indexer.records import Document, Fact


def frame_of(facts: Iterable[Fact], documents: Mapping[str, Document]) -> pd.DataFrame:
    """A data frame with one line a fact and the fields of :func:`indexer.fact_records.fact_record`.

    ``value`` is a float for arithmetic; ``exact`` holds the exact decimal value as text; ``year`` may be missing.
    """
    records = [fact_record(fact, documents) for fact in facts]
    frame = pd.DataFrame.from_records(records, columns=FIELDS)
    frame.insert(frame.columns.get_loc("value") + 1, "exact", [str(record["value"]) for record in records])
    return frame.astype({"value": "float64", "year": "Int64"})
