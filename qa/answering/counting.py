"""Counts: how many activities, projects, directorates there are.

A number that the source prints of them goes first (the figure answers tell it). Where the question asks for all
together and the source tells the parts in sentences of one form ("Altyapı alanında 4 adet performans hedefi …"), the
parts are added up. Else the rows of the tables are counted, each thing once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.figures import NumberStyle, number_style, parse_number
from indexer.index import Index
from indexer.records import Fact, Figure, Passage, Span
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.features import FeatureReader
from qa.finding.figures import Found
from qa.finding.lines import Line, lines_of
from qa.finding.row_question import Things, scope_of, things_counted
from qa.records import Hit, Question
from qa.row_wording import count_sentence, parts_sentence
from qa.wording import computed_sentence, nothing_found

_NEAR = 6_000  # characters around the best passage in which sentences of one form are looked for
_PARTS = 3  # sentences of one form that tell the parts of a whole
_LEAST_ROWS = 2
_COVERED = 0.75  # share of the words that narrow the question down that a row must have
_PRINTED = 5  # figures found among which the number printed is looked for
_LEAST_PARTS = 2
_NAME = 60  # characters before a number in which what it is the number of is named
_STEM = 5  # letters that a verb keeps, also where a line breaks it
_SHOWN = 12  # rows that stand behind a count each with a figure; of more rows only the first and the last
_SURE = 0.9
_NUMBER = r"(?<![\w.,/])(\d{1,3}(?:\.\d{3})*)(?![\w,/]|\.\d)"
_ENDING = re.compile(r"(?:si|i|u|leri|lari|ler|lar|lig\w*|lug\w*)$")


@dataclass(frozen=True, slots=True)
class _Told:
    """A number of things that a text tells: where, and the figure."""

    figure: Figure
    quote: Span


def count_draft(
    question: Question, found: Sequence[Found], hits: Sequence[Hit], index: Index, reader: FeatureReader
) -> Draft | None:
    """The number of things that the question asks for, computed; None where the source prints it or rows do not tell.

    Args:
        question: the question as understood.
        found: the figures that may answer, likeliest first.
        hits: the passages found, best first.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    things = things_counted(question)
    if things is None or not hits:
        return None
    told = _parts(question, things, hits, index)
    if told is not None:
        return told
    if question.measures or any(_is_printed(one, things, index) for one in found[:_PRINTED]):
        return None
    counted = _rows(question, things, index, reader)
    if counted is None and not things.rest and not any(one.fact is not None for one in found[:1]):
        return Draft(index, status="abstained", text=nothing_found(question.language))
    return counted


def _parts(question: Question, things: Things, hits: Sequence[Hit], index: Index) -> Draft | None:
    """The sum of the parts that sentences of one form tell, where all together are asked for."""
    if "sum" not in question.wants:
        return None
    for hit in hits[:3]:
        told = list(_told(things, hit.passage, index))
        inside = [one for one in told if hit.passage.span.start <= one.figure.span.start < hit.passage.span.end]
        if not inside or len(told) < _PARTS:
            continue
        draft = Draft(index)
        told = _meant(told, things, index.documents[hit.passage.document].text)
        if len(told) < _LEAST_PARTS:
            return None
        figures = [draft.add(_found(one, hit.passage, index)) for one in told]
        total = sum((figure.value for figure in figures), Decimal(0))
        if any(figure.value == total for figure in figures):
            continue
        formula = " + ".join(str(figure.value) for figure in figures)
        result = draft.compute(total, formula, figures, "adet")
        draft.text = f"{computed_sentence(result, question.language)} {parts_sentence(figures, question.language)}"
        return draft
    return None


def _told(things: Things, passage: Passage, index: Index) -> Iterator[_Told]:
    """The numbers of such things that sentences of one form tell near a passage."""
    document = index.documents[passage.document]
    start, end = max(0, passage.span.start - _NEAR), min(len(document.text), passage.span.end + _NEAR)
    stems = r"[-\s]+".join(rf"{re.escape(_ENDING.sub('', word) or word)}\w*" for word in things.noun)
    pattern = re.compile(rf"{_NUMBER}\s+(?:adet\s+|tane\s+)?{stems}\s+(\w+)")
    matches = list(pattern.finditer(ascii_key(document.text[start:end])))
    form = [match[2] for match in matches if start + match.start() >= passage.span.start]
    for match in matches:
        if not form or match[2][:_STEM] != form[0][:_STEM]:
            continue
        value = parse_number(match[1], number_style(document.text) if "." in match[1] else NumberStyle.DOT)
        if value is None:
            continue
        first, last = document.text.rfind("\n", 0, start + match.start()) + 1, start + match.end()
        stop = document.text.find("\n", last)
        span = Span(start + match.start(1), start + match.end(1))
        yield _Told(Figure(value, match[1], span, "adet", None), Span(first, stop if stop >= 0 else last))


def _meant(told: list[_Told], things: Things, text: str) -> list[_Told]:
    """The parts that the question names ("ekonomi ve doğa alanlarında"); all where it names none of them apart."""
    before = [set(keys(text[max(0, one.figure.span.start - _NAME) : one.figure.span.start])) for one in told]
    apart = [word for word in things.rest if 0 < sum(word in words for words in before) < len(told)]
    return [one for one, words in zip(told, before, strict=True) if words & set(apart)] if apart else told


def _found(told: _Told, passage: Passage, index: Index) -> Found:
    source = index.documents[passage.document].source
    label = " ".join(index.documents[passage.document].text[told.quote.start : told.quote.end].split())
    return Found(
        figure=told.figure,
        document=passage.document,
        quote=told.quote,
        context=passage.context,
        municipality=source.municipality,
        label=label,
        year=source.year,
        measure="count",
        probability=_SURE,
        features={"share": 1.0, "counted": 1.0, "near": 1.0, "unit": 1.0},
    )


def _is_printed(found: Found, things: Things, index: Index) -> bool:
    """Whether a figure is the number of all such things as a sentence prints it: "123 adet Faaliyet/Proje"."""
    if found.fact is not None:
        return found.features.get("counted", 0.0) > 0.5 and found.measure == "count"
    text = index.documents[found.document].text
    after = ascii_key(text[found.figure.span.end : found.figure.span.end + 60])
    stem = _ENDING.sub("", things.noun[0]) or things.noun[0]
    if not re.match(rf"\W*(?:adet |tane |ayri )?{re.escape(stem)}", " ".join(after.split())):
        return False
    rows = any(
        line.row.span.start <= found.figure.span.start < line.row.span.end for line in lines_of(index, found.document)
    )
    return not rows and found.features.get("missing", 0.0) < 0.5


def _rows(question: Question, things: Things, index: Index, reader: FeatureReader) -> Draft | None:
    """The number of such things among the rows of one form; None where two forms of a document disagree."""
    best: list[Line] = []
    counts: list[int] = []
    for document in scope_of(question, index):
        forms: dict[tuple[str, ...], dict[str, Line]] = {}
        for line in lines_of(index, document):
            if not line.attribute and things.fit(line) == 1.0 and _covers(line, things, reader):
                name = line.row.code if "project" in line.kinds and line.row.code else _letters(line.name)
                forms.setdefault(line.form, {}).setdefault(name, line)
        for lines in forms.values():
            if len(lines) > len(best):
                best = list(lines.values())
            counts.append(len(lines))
        if best:
            break
    if len(best) < _LEAST_ROWS:
        return None
    valued = [(line, line.facts[0]) for line in best if line.facts]
    shown = valued if len(valued) <= _SHOWN else [valued[0], valued[-1]]
    if not shown:
        return None
    agreed = sum(count == len(best) for count in counts) > 1 or len(counts) == 1
    draft = Draft(index)
    figures = [draft.add(_row(line, fact, _SURE if agreed else _SURE / 2)) for line, fact in shown]
    formula = f"count({len(best)})"
    result = draft.compute(Decimal(len(best)), formula, figures, "adet")
    draft.text = count_sentence(result, things.name, question.language)
    return draft


def _row(line: Line, fact: Fact, probability: float) -> Found:
    return found_of(fact, line, 1.0, probability)


def _covers(line: Line, things: Things, reader: FeatureReader) -> bool:
    return not things.rest or reader.coverage(things.rest, line.words) >= _COVERED


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", ascii_key(text))
