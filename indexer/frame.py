"""Facts and commitments as pandas data frames, for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from indexer.fact_records import FIELDS, fact_record
from indexer.index import Index
from indexer.records import Document, Fact


def frame_of(facts: Iterable[Fact], documents: Mapping[str, Document]) -> pd.DataFrame:
    """A data frame with one line a fact and the fields of :func:`indexer.fact_records.fact_record`.

    ``value`` is a float for arithmetic; ``exact`` holds the exact decimal value as text; ``year`` may be missing.
    """
    records = [fact_record(fact, documents) for fact in facts]
    frame = pd.DataFrame.from_records(records, columns=FIELDS)
    frame.insert(frame.columns.get_loc("value") + 1, "exact", [str(record["value"]) for record in records])
    return frame.astype({"value": "float64", "year": "Int64"})


def facts_frame(index: Index) -> pd.DataFrame:
    """All facts of an index as a data frame, see :func:`frame_of`."""
    return frame_of(index.facts, index.documents)


def commitments_frame(index: Index) -> pd.DataFrame:
    """The outcomes of all commitments: one line a year that has a target and an actual value.

    ``target``, ``actual``, ``deviation`` and ``deviation_percent`` are floats; ``likeness`` says how alike the labels
    were that were joined (100: all in one row, or the same words).
    """
    return pd.DataFrame.from_records(
        [
            {
                "municipality": commitment.municipality,
                "label": commitment.label,
                "unit": commitment.unit,
                "year": outcome.year,
                "target": float(outcome.target.figure.value),
                "actual": float(outcome.actual.figure.value),
                "deviation": float(outcome.deviation),
                "deviation_percent": None if outcome.deviation_percent is None else float(outcome.deviation_percent),
                "status": outcome.status,
                "reason": outcome.reason,
                "target_document": outcome.target.document,
                "actual_document": outcome.actual.document,
                "likeness": commitment.likeness,
            }
            for commitment in index.commitments
            for outcome in commitment.outcomes
        ]
    )
