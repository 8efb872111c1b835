"""The order in which the passages of an answer are shown: those that it cites come first."""

from __future__ import annotations

from collections.abc import Sequence

from qa.records import Citation, Hit


def cited_first(hits: Sequence[Hit], citations: Sequence[Citation]) -> list[Hit]:
    """The hits, those that the citations stand in or meet first, in the order of the citations; else as they were.

    What the answer was composed from has been read closer than a ranking of passages can: a row, a form, a list.

    Args:
        hits: the passages found, best first.
        citations: what the answer cites, in its order; none leave the order of the hits.
    """
    return sorted(hits, key=lambda hit: _place(hit, citations))


def _place(hit: Hit, citations: Sequence[Citation]) -> int:
    """The position of the first citation that the passage meets; their number where it meets none."""
    passage = hit.passage
    for position, citation in enumerate(citations):
        if (
            passage.document == citation.document
            and passage.span.start < citation.span.end
            and citation.span.start < passage.span.end
        ):
            return position
    return len(citations)
