"""Answers with figures: the one that fits, or one for each value asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from indexer.index import Index
from indexer.records import Span
from indexer.turkish import keys
from indexer.units import Unit, find_unit
from qa.answering.coordination import named_together
from qa.answering.draft import Draft
from qa.answering.others import others
from qa.answering.sides_told import sides_told
from qa.finding.agreement import is_measured
from qa.finding.figures import Found, fitting
from qa.finding.items import items_of
from qa.parts import Part, parts_of, rows_named
from qa.records import Asked, Question
from qa.wording import elsewhere_sentence, figure_sentence, neighbour_sentence, reason_sentence, told_sentence

Ask = Callable[[Question], list[Found]]
"""Retrieves for a question and weighs the figures found."""

_CODE = re.compile(r"(?<![\d.,])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d,]|\.\d)")  # "3.4.1", no sum, no date
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RIVAL = 0.5  # what a figure of a sentence elsewhere counts against those that a passage tells together
_MONEY, _HOW_MUCH = "TL", "ne kadar"
_ROOM = 200  # characters around the row of a sum within which the things stand that it is for
_OF_ANOTHER = 0.4  # what a cell counts of a measure that may answer and is not the one asked for
_UNNAMED = 0.1  # what a figure counts whose row says no word of a part of the question
_ROW_FOR_ALL = 1.5  # and what more it counts when its row has a figure for every part
_OPTIONS = 6  # figures of a part that are looked at for such a row
_ASIDE = 0.25  # of the best one's probability: what a value needs to count as one that was asked for
_DATED = 0.7  # of the probability of a value of no year: what one of the year asked for needs to go before it
_AIMED = ("target", "estimate")
_ALIKE = 0.6  # share of words that two labels of one thing have in common
_TOGETHER = 0.35  # of the best one's probability: what another value of the same label needs to be shown beside it


def figure_draft(question: Question, found: Sequence[Found], ask: Ask, index: Index) -> Draft | None:
    """The figures that answer, likeliest first; None where none is of the year and measure asked for.

    A source that gives two values for the same thing is shown with both.
    """
    found = _of_code(question, _counting(question, _no_serials(found)))
    chosen = several(question, found, ask, index) or choose(question, found) or _printed_share(question, found)
    if not chosen:
        return None
    draft = Draft(index, confidence=chosen[0].probability)
    sentences = []
    for one in chosen:
        figure = draft.add(one)
        tell = figure_sentence if one.fact is not None else told_sentence
        sentences.append(tell(figure, question.language))
    if len(chosen) == 1:
        neighbour = _neighbour(chosen[0], found)
        if neighbour is not None:
            sentences.append(neighbour_sentence(draft.figure_of(neighbour), question.language))
        elsewhere = [draft.add(one) for one in others(question, chosen[0], found)]
        if elsewhere:
            sentences.append(elsewhere_sentence(elsewhere, question.language))
    reason = chosen[0].fact.reason if chosen[0].fact is not None else None
    if reason and "why" in question.wants:
        sentences.append(reason_sentence("", reason, draft.citations[0].n, question.language))
    draft.text = " ".join(sentences)
    return draft


def several(question: Question, found: Sequence[Found], ask: Ask, index: Index) -> list[Found]:
    """A figure for each of the things that a question asks for in one breath; none where it asks for one thing only."""
    return (
        sides_told(question, found, index)
        or _by_part(question, found, ask)
        or _with_money(question, found, ask)
        or named_together(question, found, ask, index)
    )


def choose(question: Question, found: Sequence[Found]) -> list[Found]:
    """The figures to show, in the order of the values asked for."""
    if not found:
        return []
    items = items_of(question)
    asked = tuple(dict.fromkeys(question.asked)) or tuple(Asked(year) for year in question.years) or (Asked(),)
    units = {item.unit.name for item in items if item.unit is not None}
    if len(items) > 1 and (len(asked) == 1 or len(units) == len(items)):
        chosen = _told_together(found)
        if len(chosen) > 1:
            return chosen
    least = found[0].probability * _ASIDE
    count = rows_named(question)
    if count > 1 and len(asked) == 1:
        return _rows(fitting(found, asked[0]), count)
    chosen = []
    for one in asked:
        candidates = fitting(found, one)
        if chosen:
            candidates = _akin(chosen[0], [c for c in candidates if c.probability >= least or _alike(c, chosen[0])])
        else:
            candidates = [candidate for candidate in candidates if candidate.probability >= least]
        if candidates:
            best = _reached(question, _dated(candidates, one), candidates)
            chosen += [best, *_contradictions(best, candidates)]
    return _distinct(chosen)


def _no_serials(found: Sequence[Found]) -> list[Found]:
    """Without the bare numbers of rows that are none of their cells: codes and serials ("6 2 Taşınır Satış …")."""
    rows = {(one.document, one.quote) for one in found if one.fact is not None}
    return [one for one in found if one.fact is not None or one.unit is not None or not _in_a_row(one, rows)]


def _in_a_row(one: Found, rows: Iterable[tuple[str, Span]]) -> bool:
    at = one.figure.span
    return any(one.document == document and row.start <= at.start and at.end <= row.end for document, row in rows)


def _counting(question: Question, found: Sequence[Found]) -> Sequence[Found]:
    """Without quantities ("600 ton") where a cell tells the number of the very things counted ("kaç kepçe")."""
    cells = (one for one in found if one.fact is not None and one.features.get("counted", 0.0) >= 1.0)
    if not question.counted or all(_conflicts(one) for one in cells):
        return found
    return [one for one in found if one.fact is not None or not (_conflicts(one) and is_measured(_unit_of(one)))]


def _unit_of(one: Found) -> Unit | None:
    return find_unit(one.unit) if one.unit is not None else None


def _of_code(question: Question, found: Sequence[Found]) -> Sequence[Found]:
    """The cells under the numbers of goals and projects that a question names ("Hedef 3.4"), where there are such."""
    for code in _CODE.findall(question.query_text or question.text):
        named = re.compile(rf"(?<![\d.,]){re.escape(code)}(?![\d,]|\.\d)")
        own = [one for one in found if one.fact is not None and named.search(" ".join((one.label, *one.context)))]
        found = own or found
    return found


def _printed_share(question: Question, found: Sequence[Found]) -> list[Found]:
    """The share that a table prints beside the sum that a question names: "ayrılan kaynağın bütçe içindeki payı"."""
    if "share" not in question.wants or "%" not in question.units:
        return []
    years = {one.year for one in question.asked if one.year is not None}
    shares = (one for one in found if one.fact is not None and one.measure == "rate" and one.unit in (None, "%"))
    return [one for one in shares if not years or one.year is None or one.year in years][:1]


def _dated(candidates: Sequence[Found], asked: Asked) -> Found:
    """The likeliest; one that is said to be of the year asked for goes before one of no year that is as likely."""
    best = candidates[0]
    if asked.year is None or best.year is not None:
        return best
    dated = (one for one in candidates if one.year == asked.year and one.probability >= _DATED * best.probability)
    return next(dated, best)


def _reached(question: Question, best: Found, candidates: Sequence[Found]) -> Found:
    """What was reached goes before what was aimed at in the same row and year, where the question names no measure."""
    if question.measures or best.fact is None or best.measure not in _AIMED:
        return best
    own = (one for one in candidates if one.measure == "actual" and one.unit == best.unit and one.year == best.year)
    return next((one for one in own if (one.document, one.quote) == (best.document, best.quote)), best)


def _held(found: Found) -> set[str]:
    """The keys of what a cell's label, column and path, or a sentence, say."""
    column = found.fact.column if found.fact is not None else ""
    return set(keys(" ".join((found.label, column, *found.context[-2:]))))


def _rows(found: Sequence[Found], count: int) -> list[Found]:
    """The values of the likeliest rows in the same column of a table."""
    cells = [one for one in found if one.fact is not None]
    first = cells[:1]
    alike = [one for one in cells[1:] if _column(one) == _column(first[0]) and keys(one.label) != keys(first[0].label)]
    return first + list({tuple(keys(one.label)): one for one in reversed(alike)}.values())[::-1][: count - 1]


def _column(one: Found) -> tuple[object, ...]:
    """What the values of one column share."""
    return (one.document, one.measure, one.year, one.unit, one.fact.column if one.fact is not None else None)


def _told_together(found: Sequence[Found]) -> list[Found]:
    """The figures of a passage that tells all things asked for, item by item; none where another figure is likelier."""
    prose = sorted((one for one in found if one.item is not None), key=lambda one: one.item or 0)
    rival = max((one.probability * (_RIVAL if one.fact is None else 1.0) for one in found), default=0.0)
    if not prose or max(one.probability for one in prose) < rival:
        return []
    return _distinct(list({one.item: one for one in reversed(prose)}.values())[::-1])


def _by_part(question: Question, found: Sequence[Found], ask: Ask) -> list[Found]:
    """The likeliest figure for each thing that the question asks for ("kaç temsil ve kaç yeni oyun").

    Each part is asked for by itself; what the part's own words name counts most. No figure answers two parts.
    """
    parts = parts_of(question)
    if len(parts) < 2 or _in_one_row(question, found):
        return []
    together = _told_together(found)
    if len(together) == len(parts):
        return together
    options = []
    for part in parts:
        able = [one for one in _fitting_any(ask(part.question), part.question.asked) if not _conflicts(one)]
        options.append([(one, _fit(part, one)) for one in able])
    rows = [{(one.document, one.quote) for one, _ in weighed[:_OPTIONS]} for weighed in options]
    chosen: list[Found] = []
    for part, weighed in zip(parts, options, strict=True):
        free = [(one, weight) for one, weight in weighed if not _among(one, chosen)]
        best = max(free, key=lambda pair: pair[1] * _ROW_FOR_ALL ** _in_all(pair[0], rows), default=None)
        if best is not None:
            chosen += _of_its_years(part, best[0], free) or [best[0]]
    return chosen if len(chosen) > 1 else []


def _of_its_years(part: Part, best: Found, weighed: Sequence[tuple[Found, float]]) -> list[Found]:
    """A value for each year where a part itself names several ("2020'den 2022'ye"); none where one is lacking.

    The rows of two documents may name the thing otherwise: the unit is what the values share.
    """
    years = {int(year) for year in _YEAR.findall(part.question.text)}
    asked = [one for one in part.question.asked if one.year in years]
    if best.fact is None or len(asked) < 2:
        return []
    cells = [one for one, _ in sorted(weighed, key=lambda pair: -pair[1]) if one.fact is not None]
    alike = [[one for one in fitting(cells, value) if one.unit == best.unit] for value in asked]
    return [able[0] for able in alike] if all(alike) else []


def _with_money(question: Question, found: Sequence[Found], ask: Ask) -> list[Found]:
    """A number of things and the money for them ("kaç mahallede olacak, bütçesi ne"); none where only one is asked."""
    money = tuple(one for one in question.asked if one.measure in ("budget", "spending"))
    counting = [item for item in items_of(question) if item.after and (item.unit is None or item.unit.name != _MONEY)]
    if not (money and counting and question.counted):
        return []
    things = [
        one for one in found if one.unit not in (_MONEY, "%") and not _conflicts(one) and _is_of_year(one, question)
    ]
    plain = replace(question, text=_HOW_MUCH, units=(_MONEY,), counted=(), asked=money)
    sums = [one for one in _fitting_any(ask(plain), money) if one.fact is not None and one.unit == _MONEY]
    for thing in things[:1]:
        beside = [one for one in sums if _beside(one, thing)]
        return [thing, beside[0]] if beside else []
    return []


def _is_of_year(one: Found, question: Question) -> bool:
    return one.year is None or not question.years or one.year in question.years


def _fit(part: Part, one: Found) -> float:
    """How well a figure answers a part: how likely it is, named by the part's own words, of its measure."""
    asked = part.question.measures
    other = one.fact is not None and bool(asked) and one.measure not in (*asked, "count", "other")
    of_all = _UNNAMED + _met(part.head, one) if part.head else 1.0
    return one.probability * of_all * (_UNNAMED + _met(part.own, one)) * (_OF_ANOTHER if other else 1.0)


def _beside(cell: Found, one: Found) -> bool:
    """Whether a figure stands in or near a row that states a cell; a plan may print the row several times."""
    rows = [place.row for place in cell.fact.places if place.document == one.document] if cell.fact else []
    return any(row.start - _ROOM <= one.figure.span.start < row.end + _ROOM for row in rows)


def _in_one_row(question: Question, found: Sequence[Found]) -> bool:
    """Whether the indicator of the likeliest row has every year and measure that a question for one thing asks for."""
    asked = set(question.asked)
    if len(asked) < 2 or len(items_of(question)) > 1 or not found or found[0].fact is None:
        return False
    label = keys(found[0].label)
    row = [one for one in found if one.municipality == found[0].municipality and keys(one.label) == label]
    return all(
        any((cell.year, cell.measure) == (one.year or cell.year, one.measure or cell.measure) for cell in row)
        for one in asked
    )


def _conflicts(one: Found) -> bool:
    """Whether a figure's unit is of another kind than the one asked for."""
    return one.features.get("agreement", one.features.get("unit", 0.0)) < 0


def _in_all(one: Found, rows: Sequence[set[tuple[str, Span]]]) -> bool:
    """Whether the row of a figure has one for every part."""
    return all((one.document, one.quote) in held for held in rows)


def _fitting_any(found: Sequence[Found], asked: Sequence[Asked]) -> list[Found]:
    return [one for one in found if any(fitting([one], value) for value in asked or (Asked(),))]


def _among(one: Found, chosen: Sequence[Found]) -> bool:
    return any((one.document, one.figure.span) == (other.document, other.figure.span) for other in chosen)


def _met(named: frozenset[str], found: Found) -> float:
    """The share of the words of a part that a cell's label, column and path, or the sentence, hold."""
    return len(named & _held(found)) / len(named)


def _distinct(chosen: Sequence[Found]) -> list[Found]:
    return list({(one.document, one.figure.span): one for one in chosen}.values())


def _akin(first: Found, candidates: Sequence[Found]) -> list[Found]:
    """Values of the row of ``first`` before others: several values asked for are mostly of one thing."""
    return sorted(candidates, key=lambda one: (one.document, one.quote) != (first.document, first.quote))


def _alike(one: Found, other: Found) -> bool:
    """Whether two labels name the same thing, as far as their words tell."""
    first, second = set(keys(one.label)), set(keys(other.label))
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE


def _contradictions(best: Found, candidates: Sequence[Found]) -> list[Found]:
    """Other values that a source gives for the very same label, municipality, year and measure."""
    if best.fact is None:
        return []
    name = keys(best.label)
    return [
        one
        for one in candidates
        if one.fact is not None
        and one is not best
        and (one.municipality, one.year, one.measure) == (best.municipality, best.year, best.measure)
        and one.figure.value != best.figure.value
        and one.fact.column == best.fact.column
        and one.probability > _TOGETHER * best.probability
        and keys(one.label) == name
    ][:2]


def _neighbour(chosen: Found, found: Sequence[Found]) -> Found | None:
    """The target beside the actual of the same row and year, or the other way round."""
    if chosen.fact is None or chosen.year is None:
        return None
    wanted = {"target": "actual", "actual": "target"}.get(chosen.measure)
    return next(
        (
            one
            for one in found
            if one.fact is not None
            and (one.document, one.quote) == (chosen.document, chosen.quote)
            and one.measure == wanted
            and one.year == chosen.year
        ),
        None,
    )
