"""A row of a table that an answer quotes, told as its words and its values by year and measure, not as bare numbers.

"2 Huzurevi hizmetleri 40.758.000,00 0,00 40.758.000,00" says nothing to a reader; "Huzurevi hizmetleri (2025 bütçesi
40.758.000,00 TL)" does. The citation stays the row as the source prints it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.index import Index
from indexer.marks import unmarked
from indexer.records import Fact, Span
from indexer.repair import repair
from qa.answering.draft import Draft
from qa.finding.lines import Line, lines_of
from qa.records import AnswerFigure, Citation, Question
from qa.row_wording import valued_row
from qa.wording import quote_sentence

_FEWEST = 2  # values that make a row of bare numbers
_MOST = 3  # values told; of more, that of the document's own year or a year asked for
_SERIAL = re.compile(r"^\s*\d{1,3}[.)]?[ \t\u00a0]+(?=[^\W\d])")


def rows_told(question: Question, draft: Draft) -> Draft:
    """The draft, each row that it quotes with nothing but numbers behind its words told with named values.

    Args:
        question: the question as understood.
        draft: an answer that is sure enough to be shown; one with figures tells their names already.
    """
    if draft.figures:
        return draft
    for citation in list(draft.citations):
        quoted = quote_sentence(repair(citation.quote).text, citation.n)
        line = _row_of(citation, draft.index) if quoted in draft.text else None
        if line is not None:
            draft.text = draft.text.replace(quoted, _told(question, citation, line, draft))
    return draft


def _row_of(citation: Citation, index: Index) -> Line | None:
    """The one row with values within a quotation; None where it holds none or several."""
    span = citation.span
    rows = {
        line.row.span: line
        for line in reversed(lines_of(index, citation.document))
        if line.facts and span.start <= line.row.span.start and max(_cells(line)).end <= span.end
    }
    if len(rows) != 1:
        return None
    (line,) = rows.values()
    return line if len(_cells(line)) >= _FEWEST and not line.row.ambiguous else None


def _cells(line: Line) -> list[Span]:
    """The cells of a row's values, in order."""
    places = (place for fact in line.facts for place in fact.places)
    return sorted({place.cell for place in places if (place.document, place.row) == (line.document, line.row.span)})


def _told(question: Question, citation: Citation, line: Line, draft: Draft) -> str:
    text = draft.index.documents[citation.document].text
    cells = _cells(line)
    start = _below_header(citation.span, line, text)
    between = [text[cell.end : after.start] for cell, after in pairwise(cells)]
    words = _plain(_SERIAL.sub("", text[start : cells[0].start]))
    rest = _plain(" ".join((*between, text[cells[-1].end : citation.span.end]))).lstrip("-– ")
    own = draft.index.documents[citation.document].source.year
    held = [fact for fact in line.facts if fact.figure.text in citation.quote]
    figures = [_figure(fact, citation.n) for fact in _chosen(question, held, own)]
    draft.figures += figures
    return valued_row(words, figures, rest, citation.n, question.language)


def _figure(fact: Fact, mark: int) -> AnswerFigure:
    return AnswerFigure(
        value=fact.figure.value,
        text=fact.figure.text,
        label=fact.label,
        citation=mark,
        municipality=fact.municipality,
        unit=fact.unit,
        year=fact.year,
        measure=fact.measure,
    )


def _plain(text: str) -> str:
    return " ".join(unmarked(repair(text).text).split())


def _below_header(span: Span, line: Line, text: str) -> int:
    """Where a quotation goes on after the names of the row's columns, one after the other; else its beginning."""
    of_table = [column.name for column in line.table.columns]
    of_values = list(dict.fromkeys(fact.column for fact in line.facts))
    for names in (of_table, of_values):
        words = r"\s+".join(re.escape(word) for name in names for word in name.split())
        header = re.compile(words).search(text, span.start, line.row.span.end) if len(names) > 1 else None
        if header is not None:
            return header.end()
    return span.start


def _chosen(question: Question, facts: Sequence[Fact], own: int | None) -> list[Fact]:
    """One value for each year and measure, the whole before its parts; of many, those of the year meant."""
    best: dict[tuple[int | None, str], Fact] = {}
    for fact in facts:
        key = (fact.year, fact.measure)
        if key not in best or fact.figure.value > best[key].figure.value:
            best[key] = fact
    chosen = list(best.values())
    years = question.years or (own,)
    return chosen if len(chosen) <= _MOST else [fact for fact in chosen if fact.year in years] or chosen[:_MOST]
