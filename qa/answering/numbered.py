"""What stands below a goal that a question names by its number: "3 numaralı performans hedefinin faaliyetleri".

Words alone find the wrong goal here, for its number tells it from all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.index import Index
from indexer.records import Span
from indexer.turkish import ascii_key, tokens
from qa.answering.draft import Draft
from qa.finding.lines import Line, lines_of
from qa.finding.lists import list_below
from qa.finding.row_question import kind_of, scope_of
from qa.records import Question
from qa.remembering import tables_of
from qa.wording import quote_sentence

_GOALS = ("target", "goal", "aim")
_THINGS = ("activity", "indicator", "project")
_CODE = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{1,3})*(?![\w,]|\.\d)")
_BETWEEN = re.compile(r"[\s.()'’]*(?:(?:no|nolu|nci|ncu|inci|uncu|numarali|lu|li)\b[\s.'’]*)*\Z")
_LEAD = re.compile(r"(?P<words>[^\W\d_]+\.? [^\W\d_]+)[\s(]*(?P<code>\d+(?:\.\d+)*)\.?[)]?\s*[:.]?")
_ORDINALS = ("birinci", "ikinci", "ucuncu", "dorduncu", "besinci", "altinci", "yedinci", "sekizinci")
_CHARACTERS = 1_500
_MOST = 40


def numbered_draft(question: Question, index: Index) -> Draft | None:
    """The activities, indicators or projects below the goal with the number asked for; None where none is asked.

    Args:
        question: the question as understood.
        index: the index whose documents are read.
    """
    asked = _asked(question)
    if asked is None:
        return None
    goal, code, thing = asked
    for document in _documents(question, index):
        lines = [line for line in lines_of(index, document) if _is_of(line, thing, goal, code)]
        own = [line for line in lines if line.table.family != "costs"] or lines
        draft = _of_rows(_first_run(own, index), goal, code, index) if own else _of_text(document, goal, code, index)
        if draft is not None:
            return draft
    return None


def _documents(question: Question, index: Index) -> list[str]:
    """The documents that the question leaves, those of a year asked for first; none where it leaves all of them."""
    if not (question.municipalities or question.documents or question.years):
        return []
    found = [(name, index.documents[name].source.year or 0) for name in scope_of(question, index)]
    return [name for name, year in sorted(found, key=lambda one: (one[1] not in question.years, -one[1]))]


def _asked(question: Question) -> tuple[str, str, str] | None:
    """The kind of the goal, its number and the kind of what is asked for, the last that is named."""
    text = question.query_text or question.text
    words = [(ascii_key(token.text), token.start, token.end) for token in tokens(text)]
    named: tuple[str, str] | None = None
    thing: str | None = None
    for place, (word, _start, end) in enumerate(words):
        two = (words[place - 1][0], word) if place else (word,)
        kind = kind_of(two)
        if kind in _GOALS and place:
            code = _code_beside(ascii_key(text), words[place - 1][1], end)
            named = (str(kind), code) if code else named
        elif kind_of((word,)) in _THINGS:
            thing = kind_of((word,))
    return (*named, thing) if named and thing else None


def _code_beside(key: str, start: int, end: int) -> str | None:
    """The number right before or after the name of a goal."""
    after = _CODE.search(key, end)
    if after and not key[end : after.start()].strip(" ('’"):
        return after[0]
    before = [match for match in _CODE.finditer(key, 0, start) if _BETWEEN.match(key, match.end(), start)]
    if before:
        return before[-1][0]
    ordinal = key[:start].split()[-1:]
    return str(_ORDINALS.index(ordinal[0]) + 1) if ordinal and ordinal[0] in _ORDINALS else None


def _is_of(line: Line, thing: str, goal: str, code: str) -> bool:
    return thing in line.kinds and not line.total and any(_leads(heading, goal, code) for heading in line.table.context)


def _leads(heading: str, goal: str, code: str) -> bool:
    lead = _LEAD.match(ascii_key(heading))
    return lead is not None and lead["code"] == code and kind_of(tuple(lead["words"].split())) == goal


def _of_rows(lines: Sequence[Line], goal: str, code: str, index: Index) -> Draft:
    draft = Draft(index, over_rows=True)
    document = lines[0].document
    heading = next(heading for heading in lines[0].table.context if _leads(heading, goal, code))
    told: dict[str, None] = {}
    marks = []
    for run in _runs(lines):
        names = [line.name for line in run if line.name not in told]
        if names and len(told) < _MOST:
            told |= dict.fromkeys(names)
            span = Span(run[0].row.span.start, run[-1].row.span.end)
            marks.append(draft.cite(document, span, run[0].table.context))
    draft.text = quote_sentence(f"{heading.rstrip(' .:')}: {'; '.join(told)}", marks[0])
    draft.text += "".join(f" [{mark}]" for mark in marks[1:])
    return draft


def _first_run(lines: Sequence[Line], index: Index) -> list[Line]:
    """The lines of the first table and of those that it goes on in, page by page: no other table stands between."""
    places = {table.span: place for place, table in enumerate(tables_of(index, lines[0].document))}
    kept = [lines[0]]
    for line in lines[1:]:
        if places[line.table.span] - places[kept[-1].table.span] > 1:
            break
        kept.append(line)
    return kept


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines by their tables, in order."""
    run: list[Line] = []
    for line in lines:
        if run and (line.table is not run[-1].table):
            yield run
            run = []
        run.append(line)
    yield run


def _of_text(document: str, goal: str, code: str, index: Index) -> Draft | None:
    """The list with bullets or numbers that stands right below the goal's name."""
    for line in index.documents[document].lines:
        if not _leads(line.text.strip(), goal, code):
            continue
        listed = list_below(document, line, index)
        if listed is not None:
            span, items = listed
            draft = Draft(index, over_rows=True)
            mark = draft.cite(document, span, (line.text.strip(),))
            draft.text = quote_sentence("; ".join(items)[:_CHARACTERS], mark)
            return draft
    return None
