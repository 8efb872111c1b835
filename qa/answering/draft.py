"""The draft of an answer while it is being composed: text, figures and citations that number themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indexer.figures import format_number
from indexer.index import Index
from indexer.records import Span
from qa.finding.figures import Found
from qa.records import AnswerFigure, Citation, Computed, Status

_MARK = re.compile(r"\[(\d+)\]")


@dataclass
class Draft:
    """An answer in the making.

    ``over_rows`` where it was counted, ranked or divided over the rows of tables; ``understood`` are the keys of the
    question's words that say how it was worked out, which no place cited has to hold ("en çok sapan gösterge").
    """

    index: Index
    status: Status = "answered"
    text: str = ""
    confidence: float = 0.0
    figures: list[AnswerFigure] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)  # what the figures were taken from
    over_rows: bool = False
    understood: frozenset[str] = frozenset()

    def cite(self, document_id: str, span: Span, context: tuple[str, ...] = ()) -> int:
        """The number of the citation for ``span``, white space at its ends left out; the same place gets one number."""
        document = self.index.documents[document_id]
        quote = document.text[span.start : span.end]
        start = span.start + len(quote) - len(quote.lstrip())
        span = Span(start, start + len(quote.strip()))
        for citation in self.citations:
            if (citation.document, citation.span) == (document_id, span):
                return citation.n
        line_start, line_end = document.line_range(span)
        citation = Citation(
            n=len(self.citations) + 1,
            document=document_id,
            title=document.source.title,
            span=span,
            line_start=line_start,
            line_end=line_end,
            quote=document.text[span.start : span.end],
            page=document.page_at(span.start),
            context=context,
        )
        self.citations.append(citation)
        return citation.n

    def add(self, found: Found) -> AnswerFigure:
        """Adds a figure with its row or sentence as the citation, and returns it; the same place is added once."""
        figure = self.figure_of(found)
        if figure not in self.figures:
            self.figures.append(figure)
            self.found.append(found)
        return figure

    def figure_of(self, found: Found) -> AnswerFigure:
        """A figure that is only told, with the citation of its row or sentence."""
        return AnswerFigure(
            value=found.figure.value,
            text=found.figure.text,
            label=found.label,
            citation=self.cite(found.document, found.quote, found.context),
            municipality=found.municipality,
            unit=found.unit,
            year=found.year,
            measure=found.measure,
        )

    def only(self, marks: Sequence[int]) -> Draft:
        """The draft with the citations of some numbers alone and their figures, numbered anew in the order of the text.

        Args:
            marks: numbers of citations; ``text`` must name no other.
        """
        order = sorted(marks, key=lambda mark: self.text.index(f"[{mark}]"))
        anew = {mark: place + 1 for place, mark in enumerate(order)}
        kept = [place for place, figure in enumerate(self.figures) if figure.citation in anew]
        return replace(
            self,
            text=_MARK.sub(lambda match: f"[{anew[int(match[1])]}]", self.text),
            citations=[replace(self.citations[mark - 1], n=anew[mark]) for mark in order],
            figures=[replace(self.figures[place], citation=anew[self.figures[place].citation]) for place in kept],
            found=[self.found[place] for place in kept],
        )

    def compute(self, value: Decimal, formula: str, operands: Sequence[AnswerFigure], unit: str | None) -> AnswerFigure:
        """Adds a figure computed from figures of the draft, and returns it.

        Args:
            value: the result.
            formula: the computation with the operands' values, such as ``929691 / 2000000 * 100``.
            operands: figures that :meth:`add` returned.
            unit: the unit of the result.
        """
        first = operands[0]
        figure = AnswerFigure(
            value=value,
            text=format_number(value),
            label=formula,
            citation=first.citation,
            municipality=first.municipality,
            unit=unit,
            computed=Computed(formula, tuple(self.figures.index(operand) for operand in operands)),
        )
        self.figures.append(figure)
        return figure
