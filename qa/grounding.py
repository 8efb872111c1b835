"""The gate that every answer passes: quotes stand where they are said to, and figures stand in their quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.figures import format_number
from indexer.records import Document
from qa.records import Answer, AnswerFigure, Citation

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MARK = re.compile(r"\[\d+\]")


def is_grounded(answer: Answer, documents: Mapping[str, Document]) -> bool:
    """Whether everything that ``answer`` shows can be traced.

    Every quote equals its span of the document, every figure that is not computed occurs in the quote that it cites,
    every computed figure names operands that are themselves figures of the answer and not computed from it, and every
    number of an answer's text is one of its figures or stands in what it cites.
    """
    citations = {citation.n: citation for citation in answer.citations}
    if len(citations) != len(answer.citations):
        return False
    return (
        all(_quote_stands(citation, documents) for citation in answer.citations)
        and all(_figure_stands(position, figure, answer, citations) for position, figure in enumerate(answer.figures))
        and (answer.status == "abstained" or _numbers_stand(answer))
    )


def _numbers_stand(answer: Answer) -> bool:
    """Whether every number told stands in a quote, a heading or a title cited, or is a figure of the answer."""
    held = {number for citation in answer.citations for number in _digits(citation.quote)}
    for citation in answer.citations:
        held |= _digits(" ".join((citation.title, *citation.context)))
    for figure in answer.figures:
        held |= _digits(figure.text) | _digits(figure.label) | {str(figure.year)} | _digits(format_number(figure.value))
        held |= _digits(figure.computed.formula) | {"100"} if figure.computed else set()
    return _digits(_MARK.sub("", answer.text)) <= held


def _digits(text: str) -> set[str]:
    """The numbers of a text without their separators, so that 15,035,000 and 15.035.000 are one."""
    return {re.sub(r"[.,]", "", number) for number in _NUMBER.findall(text)}


def _quote_stands(citation: Citation, documents: Mapping[str, Document]) -> bool:
    document = documents.get(citation.document)
    if document is None or not citation.quote.strip():
        return False
    stands = document.text[citation.span.start : citation.span.end] == citation.quote
    return stands and document.line_at(citation.span.start) == citation.line_start


def _figure_stands(position: int, figure: AnswerFigure, answer: Answer, citations: Mapping[int, Citation]) -> bool:
    if figure.computed is not None:
        operands = figure.computed.operands
        return bool(operands) and all(
            0 <= operand < len(answer.figures) and operand != position and answer.figures[operand].computed is None
            for operand in operands
        )
    citation = citations.get(figure.citation)
    return citation is not None and bool(figure.text) and figure.text in citation.quote
