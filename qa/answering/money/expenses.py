"""Cost tables read both ways: the kinds of expense of an activity, and the activities that have one of a kind.

A cost table belongs to one activity (its last heading) and has a row for each economic code; a row counts where its
cell holds a value other than 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.figures import number_style, parse_number
from indexer.index import Index
from indexer.records import Cell, Row, Span, Table
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.finding.vocabulary import says
from qa.records import AnswerFigure, Hit, Question
from qa.remembering import once_a_document, tables_of
from qa.wording import quote_sentence

_ASKS_KIND = re.compile(
    r"\bhangi (?:ekonomik |butce )?"
    r"(?:(?:gider|harcama|odenek|maliyet) ?(?:tur|kalem|grub|kod|sinif)\w*|gider\w*|kod\w*|kalem\w*)"
)
_ASKS_ACTIVITIES = re.compile(r"\b(?:hangi|hangileri\w*|neler\w*|sirala\w*|listele\w*)\b")
_NAMED = 0.7  # share of the words of an activity's name that the question must hold
_CODE = re.compile(r"^[\d.]+[ \u00a0]*")
_HITS = 6
_MOST = 15  # activities told


@dataclass(frozen=True, slots=True)
class _Cost:
    """A row with a value of an activity's cost table."""

    document: str
    table: Table
    row: Row
    cell: Cell
    value: Decimal

    @property
    def activity(self) -> str:
        return self.table.context[-1]

    @property
    def kind(self) -> str:
        return _CODE.sub("", self.row.label)


def expense_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The kinds of expense of the activity asked about, or the activities with an expense of the kind asked about.

    Args:
        question: the question as understood.
        hits: the passages found, best first; they tell the documents.
        index: the index that they come from.

    Returns:
        the answer with each value as a figure; None where the question asks for neither.
    """
    key = ascii_key(question.text)
    kind = _ASKS_KIND.search(key) is not None
    if not kind and not (_ASKS_ACTIVITIES.search(key) and says("money", key) and "faaliyet" in key):
        return None
    asked = frozenset(keys(question.query_text or question.text))
    for document in dict.fromkeys(hit.passage.document for hit in hits[:_HITS]):
        costs = _costs(index, document)
        chosen = _of_activity(costs, asked) if kind else _of_kind(costs, asked)
        if chosen:
            return _told(chosen[:_MOST], by_kind=kind, index=index)
    return None


@once_a_document
def _costs(index: Index, document: str) -> tuple[_Cost, ...]:
    return tuple(_read_costs(index, document))


def _read_costs(index: Index, document: str) -> Iterator[_Cost]:
    style = number_style(index.documents[document].text)
    for table in tables_of(index, document):
        if table.kind != "budget" or len(table.columns) != 1 or not table.context:
            continue
        for row in table.rows:
            cell = row.cells[0] if row.cells else None
            if cell is None or row.ambiguous or says("total", row.label):
                continue
            value = parse_number(cell.text, style)
            if value:
                yield _Cost(document, table, row, cell, value)


def _of_activity(costs: Sequence[_Cost], asked: frozenset[str]) -> list[_Cost]:
    """The costs of the activity whose name the question holds best."""
    best: tuple[float, int] = (_NAMED, 0)
    chosen: list[_Cost] = []
    for activity in dict.fromkeys(cost.activity for cost in costs):
        name = frozenset(keys(activity))
        met = (len(name & asked) / len(name), len(name & asked)) if name else (0.0, 0)
        if met >= best and met[1]:
            if met > best:
                chosen = []
            best = met
            chosen += [cost for cost in costs if cost.activity == activity]
    return chosen


def _of_kind(costs: Sequence[_Cost], asked: frozenset[str]) -> list[_Cost]:
    """The costs of the kind whose whole name the question holds; nothing where it names none."""
    named = {cost.kind for cost in costs if len(keys(cost.kind)) > 1 and frozenset(keys(cost.kind)) <= asked}
    longest = max(named, key=len, default=None)
    return [cost for cost in costs if cost.kind == longest]


def _told(costs: Sequence[_Cost], by_kind: bool, index: Index) -> Draft:
    draft = Draft(index, over_rows=True)
    source = index.documents[costs[0].document].source
    pieces = []
    for cost in costs:
        mark = draft.cite(cost.document, Span(cost.row.span.start, cost.row.span.end), cost.table.context)
        column = cost.table.columns[0]
        draft.figures.append(
            AnswerFigure(
                value=cost.value,
                text=cost.cell.text,
                label=f"{cost.activity}: {cost.kind}",
                citation=mark,
                municipality=source.municipality,
                unit="TL",
                year=column.year or source.year,
                measure="budget",
            )
        )
        name = cost.kind if by_kind else cost.activity
        pieces.append(quote_sentence(f"{name}: {cost.cell.text} TL", mark))
    lead = costs[0].activity if by_kind else costs[0].kind
    draft.text = f"{lead}: {'; '.join(pieces)}"
    return draft
