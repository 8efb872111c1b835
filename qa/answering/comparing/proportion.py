"""Shares: what part of the staff are women, what part of the budget goes to one thing.

Part and whole are two cells that share a row or a column. A whole is the row or column of totals, known by its name or
because it adds up the others. A share that the source prints itself goes first. Where the whole is the budget, it is
the largest total of the document for that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from indexer.index import Index
from indexer.records import Fact, Measure
from indexer.turkish import ascii_key, keys
from qa.answering.comparing.cells import (
    LEAST_COVERED,
    LEAST_EXACT,
    Cell,
    Pair,
    cell_of,
    covered,
    done,
    exactness,
    grids,
    named_pair,
    named_words,
    of_one_unit,
    topical,
)
from qa.answering.comparing.pairing import Ask, choose_together, named
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.features import FeatureReader
from qa.finding.contrast import share_sides
from qa.finding.figures import Found
from qa.finding.lines import Line, is_below_goal, is_whole, lines_of
from qa.finding.row_question import scope_of
from qa.finding.row_words import means, word_pattern
from qa.finding.vocabulary import says
from qa.records import Question
from qa.row_wording import operand_sentence
from qa.wording import computed_sentence, figure_sentence

_SURE = 0.9
_SHARE = "pay"
_LARGEST = 0.1  # what it counts that a part stands in the column of the largest total
_PRINTED = 0.3  # how probable a percentage must be to be the share that is asked for
_LAST = re.compile(r"(?<!\w)payi(?=\W*\Z)")
_OF_MONEY: tuple[Measure, ...] = ("budget", "spending")
_NAMED = 0.6  # share of its own words that a part needs in its label or sentence
_NEAR = 800  # characters within which a part and its whole are told
_TOGETHER = re.compile(r"(?<!\w)birlikte(?!\w)")


def proportion_draft(question: Question, found: Sequence[Found], index: Index, reader: FeatureReader) -> Draft | None:
    """A share with its two operands; None where none is asked for or no two cells are the ones meant.

    Args:
        question: the question as understood.
        found: the figures that were weighed for it, likeliest first; a likely percentage is the share as printed.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    if len(question.municipalities) > 1 or "share" not in question.wants or not asks_share(question):
        return None
    if _TOGETHER.search(ascii_key(question.text)):
        return _joint_share(question, index, reader)
    if not _split(question)[0] and found and found[0].unit == "%" and found[0].probability >= _PRINTED:
        return None
    pair = _share(question, index, reader)
    if pair is None:
        return None
    draft = Draft(index)
    printed = _printed(pair.part, question, reader)
    if printed is not None:
        figure = draft.add(found_of(printed, pair.part.line, pair.coverage, _SURE))
        amount = draft.add(found_of(pair.part.fact, pair.part.line, pair.coverage, _SURE))
        draft.text = " ".join(figure_sentence(one, question.language) for one in (figure, amount))
        return draft
    part, whole = (draft.add(found_of(one.fact, one.line, pair.coverage, _SURE)) for one in (pair.part, pair.whole))
    if len(draft.figures) < 2 or not whole.value:
        return None
    value = (part.value / whole.value * 100).quantize(Decimal("0.1"))
    result = draft.compute(value, f"{part.value} / {whole.value} * 100", (part, whole), "%")
    sentences = [computed_sentence(result, question.language)]
    sentences += [operand_sentence(figure, question.language) for figure in (part, whole)]
    draft.text = " ".join(sentences)
    return draft


def told_share_draft(question: Question, ask: Ask, index: Index) -> Draft | None:
    """A share of which part and whole are told near each other, the whole as a total; None where they are not.

    Args:
        question: the question as understood.
        ask: finds the figures for a part of the question.
        index: the index whose documents are read.
    """
    sides = share_sides(question) if len(question.municipalities) < 2 and "share" in question.wants else []
    if not sides:
        return None

    def ask_total(part: Question) -> list[Found]:
        found = ask(part)
        return [one for one in found if _is_total(one, index)] if part is sides[0].question else found

    chosen = choose_together(sides, ask_total, index)
    if len(chosen) < 2 or not _tells_part(chosen[0], chosen[1]) or named(sides[1].own, chosen[1], index) < _NAMED:
        return None
    draft = Draft(index)
    whole, part = (draft.add(one) for one in chosen)
    value = (part.value / whole.value * 100).quantize(Decimal("0.1"))
    result = draft.compute(value, f"{part.value} / {whole.value} * 100", (part, whole), "%")
    sentences = [computed_sentence(result, question.language)]
    sentences += [figure_sentence(figure, question.language) for figure in (part, whole)]
    draft.text = " ".join(sentences)
    return draft


def _is_total(found: Found, index: Index) -> bool:
    if found.fact is not None:
        words = f"{found.label} {found.fact.column}"
    else:
        words = index.documents[found.document].text[found.quote.start : found.quote.end]
    return "toplam" in keys(words)


def _tells_part(whole: Found, part: Found) -> bool:
    near = abs(whole.figure.span.start - part.figure.span.start) < _NEAR
    return near and whole.document == part.document and whole.unit == part.unit and _smaller(part, whole)


def _smaller(part: Found, whole: Found) -> bool:
    return Decimal(0) < part.figure.value < whole.figure.value


def _joint_share(question: Question, index: Index, reader: FeatureReader) -> Draft | None:
    """The shares of two rows together, as the rows print them, with their sum."""
    pair = named_pair(question, index, reader)
    if pair is None:
        return None
    printed = [_printed(one, question, reader) for one in (pair.part, pair.whole)]
    draft = Draft(index)
    figures = [
        draft.add(found_of(fact, cell.line, pair.coverage, _SURE))
        for fact, cell in zip(printed, (pair.part, pair.whole), strict=True)
        if fact is not None
    ]
    if len(draft.figures) < 2:
        return None
    one, other = figures
    result = draft.compute(one.value + other.value, f"{one.value} + {other.value}", (one, other), "%")
    sentences = [computed_sentence(result, question.language)]
    sentences += [figure_sentence(figure, question.language) for figure in figures]
    draft.text = " ".join(sentences)
    return draft


def asks_share(question: Question) -> bool:
    """Whether the share of a part is asked for."""
    return _asked(question.query_text or question.text) is not None


def _asked(text: str) -> re.Match[str] | None:
    """Where a question asks for a share: "yüzde kaçı", "payı nedir", or "payı" as its last word."""
    return word_pattern("parts", "asked").search(ascii_key(text)) or _LAST.search(ascii_key(text))


def asks_percent(question: Question) -> bool:
    """Whether the figure asked for is a percentage by the question's own words."""
    return word_pattern("parts", "percent").search(ascii_key(question.query_text or question.text)) is not None


def _share(question: Question, index: Index, reader: FeatureReader) -> Pair | None:
    whole, part = _split(question)
    if not part:
        return None
    if not whole and says("money", question.query_text or question.text):
        pair = _of_budget(question, part, index, reader, of_all=True)
        if pair is not None:
            return pair
    pairs = [
        pair
        for document in scope_of(question, index)
        for cells in grids(question, document, index)
        for pair in _shares(cells, whole, _within(part, cells), reader)
        if not _is_elsewhere(pair, question)
    ]
    best = max(pairs, key=lambda pair: pair.score, default=None)
    narrowed = [word for word in whole if not means("whole_budget", "frame", word)]
    return best or (None if narrowed else _of_budget(question, part, index, reader))


def _within(part: Sequence[str], cells: Sequence[Cell]) -> tuple[str, ...]:
    """The words of the part that the heading above a table does not say: "konservatuarda | personel giderleri"."""
    table = cells[0].line.table
    above = set(keys(table.context[-1])) if table.context and is_below_goal(table) else set()
    return tuple(word for word in part if word not in above) or tuple(part)


def _is_elsewhere(pair: Pair, question: Question) -> bool:
    """Whether two sums of money are of one activity, goal or unit that the question says nothing of."""
    table = pair.part.line.table
    if pair.part.fact.unit != "TL" or not is_below_goal(table) or not table.context:
        return False
    own = [word for word in keys(table.context[-1]) if word not in pair.part.words and not word.isdigit()]
    return not set(own) & set(question.content)


def _split(question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the whole and those of the part: "çalışanların | yüzde kaçı | kadın", "giderleri bütçenin | …".

    No words for the whole where the question names none but the budget or the total: "giderlerin payı", "bütçenin yüzde
    kaçı". The noun in the genitive before "yüzde kaçı" is the whole, that before "payı" the part.
    """
    text = question.query_text or question.text
    match = _asked(text)
    if match is None:
        return (), ()
    before = topical(question, text[: match.start()])
    after = topical(question, text[match.end() :])
    if after:
        return before, after
    last = topical(question, " ".join(text[: match.start()].split()[-1:]))
    share = match[0].startswith(_SHARE) or _SHARE in ascii_key(text[: match.start()]).split()[-1:]
    if not last or share or len(before) < 2:
        return (), before
    return before[-1:], before[:-1]


def _shares(cells: Sequence[Cell], whole: Sequence[str], part: Sequence[str], reader: FeatureReader) -> Iterator[Pair]:
    """Each cell that the question names as the part, with the total of its row or column."""
    content, named = (*whole, *part), set(part)
    for one in cells:
        if not one.words & named or reader.coverage(part, one.words) < LEAST_COVERED:
            continue
        for other in cells:
            if not _is_whole_of(one, other):
                continue
            across = one.line.row is other.line.row
            own, shared = (one.column, one.row) if across else (one.row, one.column)
            is_total = one.total_row if across else one.total_column
            coverage = covered(one, other, content, reader)
            if own & named and (is_total or shared & set(content)) and coverage >= LEAST_COVERED:
                exact = reader.coverage(named_words(one, across), content) + done(one)
                score = coverage + 0.3 * (exact + exactness(one, not across, content, reader))
                yield Pair(one, other, score, coverage)


def _is_whole_of(part: Cell, whole: Cell) -> bool:
    if part is whole or not of_one_unit(part, whole):
        return False
    if whole.fact.figure.value < part.fact.figure.value or not whole.fact.figure.value:
        return False
    if part.line.row is whole.line.row:
        return whole.total_column and not part.total_column and part.fact.measure == whole.fact.measure
    same = (part.fact.column, part.fact.year) == (whole.fact.column, whole.fact.year)
    return same and whole.total_row and not part.total_row


def _of_budget(
    question: Question, content: Sequence[str], index: Index, reader: FeatureReader, of_all: bool = False
) -> Pair | None:
    """A part of the whole budget: the row that the question names best, and the total of its table or document.

    With ``of_all`` only rows of tables that tell of the whole municipality count.
    """
    measures = [measure for measure in question.measures if measure in _OF_MONEY]
    if not measures and not says("money", question.query_text or question.text):
        return None
    best: Pair | None = None
    for document in scope_of(question, index):
        year = question.years[0] if question.years else index.documents[document].source.year
        cells = [
            (line, fact)
            for line in lines_of(index, document)
            for fact in line.facts
            if fact.unit == "TL" and fact.measure in (measures or _OF_MONEY) and fact.year == year
        ]
        wholes = [item for item in cells if is_whole(item[0]) and not is_below_goal(item[0].table)]
        if not wholes:
            continue
        largest = max(fact.figure.value for _, fact in wholes)
        for line, fact in cells:
            name = keys(f"{line.name} {line.attribute}")
            own = any(other.table is line.table and one.column == fact.column for other, one in wholes)
            last = own or fact is line.facts[-1] or means("sums", "whole", fact.column)
            if line.total or line.form[0] == "items" or not last or reader.coverage(content, name) < 1 - 1e-9:
                continue
            whole = cell_of(*_whole_of(line, fact, wholes))
            if is_below_goal(line.table) and (of_all or not _names_more(content, line)):
                continue
            value = whole.fact.figure.value
            if not value:
                continue
            score = reader.coverage(name, content) + float(fact.figure.value / value) / 100
            score += _LARGEST * float(value / largest)
            if fact.figure.value <= value and (best is None or score > best.score):
                best = Pair(cell_of(line, fact), whole, score, 1.0)
    return best if best is not None and best.score >= LEAST_EXACT else None


def _whole_of(line: Line, fact: Fact, wholes: Sequence[tuple[Line, Fact]]) -> tuple[Line, Fact]:
    """The total of the part's own column and table where it has one, else the largest."""
    own = [one for one in wholes if one[0].table is line.table and one[1].column == fact.column]
    own = [one for one in own if one[1].figure.value >= fact.figure.value]
    return max(own or wholes, key=lambda item: item[1].figure.value)


def _names_more(content: Sequence[str], line: Line) -> bool:
    """Whether the words of a part name the activity or goal that a row stands below, not its label alone."""
    return not set(content) <= set(keys(line.row.label)) or not line.attribute


def _printed(part: Cell, question: Question, reader: FeatureReader) -> Fact | None:
    """The share that the row of the part prints itself."""
    pattern = word_pattern("parts", "printed")
    shares = [fact for fact in part.line.facts if fact.unit == "%" and pattern.search(ascii_key(fact.column))]
    asked = keys(question.text)
    return max(shares, key=lambda fact: reader.coverage(asked, keys(fact.column)), default=None)
