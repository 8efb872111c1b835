"""The draft of an answer while it is being composed: text, figures and citations that number themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.index import Index
from indexer.records import Fact, Span
from qa.records import AnswerFigure, Citation, Status


@dataclass
class Draft:
    """An answer in the making."""

    index: Index
    status: Status = "answered"
    text: str = ""
    confidence: float = 0.0
    figures: list[AnswerFigure] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

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

    def add_fact(self, fact: Fact) -> AnswerFigure:
        """Adds a fact's figure with its row as the citation, and returns it."""
        place = fact.places[0]
        figure = AnswerFigure(
            value=fact.figure.value,
            text=fact.figure.text,
            label=fact.label,
            citation=self.cite(place.document, place.row, fact.context),
            municipality=fact.municipality,
            unit=fact.unit_text or fact.unit,
            year=fact.year,
            measure=fact.measure,
        )
        self.figures.append(figure)
        return figure
